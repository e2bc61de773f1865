/* Blocks: the pieces of text that inline elements give, joined into one where the block ends. */
#include "cleaning.h"

#include <string.h>

enum {
    LONGEST_ORNAMENT = 6,
    MOST_APART = 16,
    SHORTEST_LINKED = 80,
    FURNITURE_SHOWN = 300,
    FOOTER_READ = 20000
};
static const Text LINE_BREAK = {"\x1e", 1};

static void piece(Page *page, Text text)
{
    if (grow(page, &page->pieces, &page->room_pieces, page->n_pieces + 1, sizeof *page->pieces))
        page->pieces[page->n_pieces++] = text;
}

void text_piece(Page *page, Text text)
{
    piece(page, text);
    if (page->link_from >= 0)
        page->linked += letters_of(text);
}

static void add_block(Page *page, size_t start, int64_t size, int64_t linked, int64_t furniture)
{
    if (!grow(page, &page->blocks, &page->room_blocks, page->n_blocks + 1, sizeof *page->blocks))
        return;
    page->blocks[page->n_blocks++] = (Block){
        page->containers[page->here].tag, page->here, linked, furniture, size, start, page->texts.size};
    put_end(page, &page->texts);
}

/* Whether any letter or digit stands among the first letters, which are few. */
static int any_alnum(Page *page, const char *at, const char *end)
{
    while (at < end)
        if (kind_of(page->names, letter(&at, end)) & ALNUM)
            return 1;
    return 0;
}

/* The end of the word that starts here; its last letter, and how many it has. */
static const char *word_end(const char *at, const char *end, unsigned *last, int64_t *size)
{
    while (at < end) {
        const char *back = at;
        while (at < end && *at > ' ' && *at < 0x7f) /* most letters of most words */
            at++;
        if (at > back) {
            *last = (unsigned char)at[-1];
            *size += at - back;
            continue;
        }
        unsigned c = letter(&at, end);
        if (is_space(c))
            return back;
        *last = c;
        *size += 1;
    }
    return at;
}

/* The pieces' words, single spaces between them; a date and a name that only a style sheet keeps apart get one too. */
static int64_t join(Page *page, int *has_alnum)
{
    int64_t size = 0;
    int space = 0;
    unsigned last = 0;
    for (int64_t i = 0; i < page->n_pieces; i++) {
        const char *at = page->pieces[i].at, *end = at + page->pieces[i].size;
        char *to = room_for(page, &page->texts, page->pieces[i].size + 1);
        if (!to)
            return size;
        if (at < end && last && page->n_pieces <= MOST_APART && kind_of(page->names, last) & DIGIT) {
            const char *peek = at;
            if (kind_of(page->names, letter(&peek, end)) & UPPER)
                space = 1;
        }
        while (at < end) {
            const char *from = at;
            unsigned first = letter(&at, end);
            if (is_space(first)) {
                last = first;
                space = 1;
                continue;
            }
            if (space && size) {
                *to++ = ' ';
                size++;
            }
            space = 0;
            at = word_end(from, end, &last, &size);
            memcpy(to, from, (size_t)(at - from));
            to += at - from;
            if (size <= LONGEST_ORNAMENT && !*has_alnum)
                *has_alnum = any_alnum(page, from, at);
        }
        page->texts.size = (size_t)(to - page->texts.at);
    }
    return size;
}

void flush(Page *page)
{
    size_t start = page->texts.size;
    int has_alnum = 0;
    int64_t size = join(page, &has_alnum), linked = page->linked;
    page->n_pieces = page->linked = 0;
    if (size <= LONGEST_ORNAMENT && !has_alnum) {
        page->texts.size = start;
        return;
    }
    if (linked >= SHORTEST_LINKED && grow(page, &page->under, &page->room_under, page->n_under + 1, sizeof *page->under))
        page->under[page->n_under++] = (Linked){page->n_blocks, hashed(page->href, seed_of(page->names))};
    add_block(page, start, size, linked < size ? linked : size, 0);
}

/* A furniture element: one block, cut, so that the account of what went is whole. */
void drop(Page *page, void *node, int64_t tag)
{
    if (page->allowance <= 0)
        return;
    size_t from = page->said.size, start = page->texts.size; /* read to where finds are written, and mostly taken back */
    int is_footer = tag == page->known->footer, ignored = 0;
    int64_t most = is_footer ? FOOTER_READ : FURNITURE_SHOWN, size = 0;
    int64_t total = read_stripped(page, node, &page->said, most, page->is_long);
    page->allowance -= total;
    if (total) {
        Text read = {page->said.at + from, page->said.size - from};
        piece(page, (Text){read.at, prefix(read, FURNITURE_SHOWN)});
        size = join(page, &ignored);
        page->n_pieces = 0;
        if (!size) {
            put(page, &page->texts, (Text){"\xc2\xb7", 2}, -1);
            size = 1;
        }
    }
    if (is_footer) {
        put_end(page, &page->said);
        add_find(page, FIND_OWNED, 0, 0, 0);
        find_in_footer(page, node);
    } else {
        page->said.size = from;
        if (tag == page->known->nav)
            find_in_nav(page, node);
    }
    if (total)
        add_block(page, start, size, 0, tag);
}

/* One <br> is a space, two are a new paragraph. */
void line_break(Page *page)
{
    int64_t i = page->n_pieces - 1;
    while (i >= 0 && all_space(page->pieces[i]) &&
           !(page->pieces[i].size == 1 && page->pieces[i].at[0] == LINE_BREAK.at[0]))
        i--;
    if (i < 0)
        return;
    if (page->pieces[i].size == 1 && page->pieces[i].at[0] == LINE_BREAK.at[0])
        flush(page);
    else
        piece(page, LINE_BREAK);
}
