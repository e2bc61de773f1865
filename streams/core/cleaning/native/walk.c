/* One pass over the parsed body, without recursion: blocks, and the containers they stand in. As walk.py does it. */
#include "cleaning.h"

#include <stdlib.h>
#include <string.h>

enum { LINK = 1, BLOCK = 2 };
enum {
    LONGEST_LINK = 600,
    FURNITURE_READ = 2000000,
    TEXT_READ = 1000000,
    LINK_TEXT = 300,
    HIDDEN_LABEL = -1
};

static int64_t way_of(const Page *page, int64_t tag)
{
    return tag >= 0 && tag < KNOWN_TAGS ? page->known->way[tag] : A_BLOCK;
}

static void push(Page *page, void *next, int64_t kind)
{
    if (grow(page, &page->stack, &page->room_stack, page->n_stack + 1, sizeof *page->stack))
        page->stack[page->n_stack++] = (Open){next, kind};
}

static void open_container(Page *page, int64_t tag, int64_t bits, Text name)
{
    int64_t number = page->n_containers;
    if (!grow(page, &page->containers, &page->room_containers, number + 1, sizeof *page->containers))
        return;
    int64_t depth = number ? page->containers[page->here].depth + 1 : 0;
    page->containers[number] = (Container){page->here, tag, bits, number, depth, hashed(name, seed_of(page->names))};
    page->n_containers++;
    page->n_tables += tag == page->known->table;
    page->here = number;
}

static void leave(Page *page, int64_t kind)
{
    if (kind == BLOCK) {
        if (page->n_pieces)
            flush(page);
        page->containers[page->here].end = page->n_containers - 1;
        page->here = page->containers[page->here].parent;
        return;
    }
    int64_t start = page->link_from, left = LINK_TEXT;
    page->link_from = -1;
    if (!page->href.size || start < 0 || start >= page->n_pieces || page->n_links >= page->known->most_links)
        return;
    if (!grow(page, &page->link_blocks, &page->room_links, page->n_links + 1, sizeof *page->link_blocks))
        return;
    page->link_blocks[page->n_links++] = page->n_blocks;
    put(page, &page->links, page->href, -1);
    put_end(page, &page->links);
    for (int64_t i = start; i < page->n_pieces && left > 0; i++) {
        put(page, &page->links, page->pieces[i], left);
        left -= letters_of(page->pieces[i]);
    }
    put_end(page, &page->links);
}

static int hides(Text style)
{
    static const char wanted[] = "display:none";
    const char *at = style.at, *end = style.at + prefix(style, 500);
    size_t k = 0;
    for (; at < end && k < sizeof wanted - 1; at++) {
        char c = *at >= 'A' && *at <= 'Z' ? (char)(*at | 0x20) : *at;
        if (c != ' ')
            k = c == wanted[k] ? k + 1 : c == 'd';
    }
    return k == sizeof wanted - 1;
}

/* The hint bits of an element's names, with `hidden` where it is not shown. */
int64_t bits_of(Page *page, const Attributes *a)
{
    int64_t bits = hint_bits(page->names, a->class) | hint_bits(page->names, a->id);
    bits |= hint_bits(page->names, a->role) | hint_bits(page->names, a->itemprop);
    bits |= hint_bits(page->names, a->testid) | hint_bits(page->names, a->component);
    if (a->has_hidden || (a->style.size && hides(a->style)))
        bits |= page->known->hidden;
    return bits;
}

/* Enter an element that extends the block; the node to visit next. */
static void *enter_inline(Page *page, void *node, int64_t tag)
{
    const Known *known = page->known;
    void *child = first_child(page, node);
    int64_t kind = 0;
    if (!child && tag != known->time)
        return next_node(page, node);
    if (!(way_of(page, tag) & PLAIN)) {
        Attributes a;
        read_attributes(page, node, &a);
        if (tag == known->a) {
            kind = LINK;
            page->href = a.href;
            page->link_from = page->n_pieces;
        }
        if (a.count > kind || tag == known->time) {
            int64_t bits = bits_of(page, &a);
            if (bits & known->hidden) {
                page->link_from = -1;
                return next_node(page, node);
            }
            find_inline(page, node, tag, &a, bits);
        }
    }
    push(page, next_node(page, node), kind);
    return child;
}

/* Enter an element that closes the block; the node to visit next. */
static void *enter_block(Page *page, void *node, int64_t tag)
{
    const Known *known = page->known;
    int64_t bits = 0, way = way_of(page, tag);
    Attributes a;
    memset(&a, 0, sizeof a);
    if (page->n_pieces)
        flush(page);
    void *child = first_child(page, node);
    if (!child)
        return next_node(page, node);
    if (!(way & PLAIN)) {
        read_attributes(page, node, &a);
        bits = bits_of(page, &a);
        if (bits & known->hidden) {
            drop(page, node, HIDDEN_LABEL);
            return next_node(page, node);
        }
    }
    if (bits & (known->author | known->date | known->breadcrumb) || way & ASKED)
        find_block(page, node, tag, &a, bits);
    if (tag == known->aside)
        bits |= known->in_aside;
    open_container(page, tag, bits, a.class);
    if ((way_of(page, tag_of(page, child)) & WAY) == A_TEXT && !next_node(page, child)) {
        text_piece(page, text_of(page, child));
        flush(page);
        page->here = page->containers[page->here].parent;
        return next_node(page, node);
    }
    push(page, next_node(page, node), BLOCK);
    return child;
}

static void *visit(Page *page, void *node)
{
    int64_t tag = tag_of(page, node), way = way_of(page, tag);
    switch (way & WAY) {
    case A_TEXT: {
        Text text = text_of(page, node);
        if (page->n_pieces || !all_space(text))
            text_piece(page, text);
        return next_node(page, node);
    }
    case SKIPPED: return next_node(page, node);
    case INLINE: return enter_inline(page, node, tag);
    case UNUSUAL:
        if (tag == page->known->br) {
            if (page->n_pieces)
                line_break(page);
        } else {
            if (page->n_pieces)
                flush(page);
            if (way & FURNITURE)
                drop(page, node, tag);
        }
        return next_node(page, node);
    default: return enter_block(page, node, tag);
    }
}

static int by_address(const void *a, const void *b)
{
    uint64_t x = ((const Linked *)a)->address, y = ((const Linked *)b)->address;
    return (x > y) - (x < y);
}

/* Take text for text where one address would have too much of it: the page forgot to close an <a>. */
static void close_links(Page *page)
{
    Linked *under = page->under;
    if (page->n_under > 1)
        qsort(under, (size_t)page->n_under, sizeof *under, by_address);
    for (int64_t first = 0, next; first < page->n_under; first = next) {
        int64_t sum = 0;
        for (next = first; next < page->n_under && under[next].address == under[first].address; next++)
            sum += page->blocks[under[next].block].linked;
        for (int64_t i = first; i < next && sum > LONGEST_LINK; i++)
            page->blocks[under[i].block].linked = 0;
    }
}

/* Say the links of the blocks that are kept, by number, of `n`. 0: done; -1: no memory. */
PUBLIC int streams_links(Page *page, const uint8_t *kept, int64_t n)
{
    const char *at = page->links.at;
    page->said.size = 0;
    for (int64_t i = 0; i < page->n_links; i++) {
        const char *text = at + strlen(at) + 1, *next = text + strlen(text) + 1;
        if (page->link_blocks[i] < n && kept[page->link_blocks[i]])
            put(page, &page->said, (Text){at, (size_t)(next - at)}, -1);
        at = next;
    }
    return page->failed ? -1 : 0;
}

/* Read all below the body of a page of so many bytes. 0: done; -1: no memory. */
PUBLIC int streams_walk(Page *page, void *body, int64_t size)
{
    const Known *known = page->known;
    Attributes a;
    page_clear(page);
    page->allowance = FURNITURE_READ;
    page->reading = TEXT_READ;
    page->is_long = size > FURNITURE_READ; /* no text has more letters than its page has bytes */
    read_attributes(page, body, &a);
    open_container(page, known->body, bits_of(page, &a) & ~known->hidden, (Text){"", 0});
    if (page->failed)
        return -1;
    page->containers[0].parent = 0;
    page->cut_short = 1;
    void *node = first_child(page, body);
    for (int64_t i = 0; i < known->most_nodes && !page->failed; i++) {
        if (!node) {
            if (!page->n_stack) {
                page->cut_short = 0;
                break;
            }
            Open top = page->stack[--page->n_stack];
            node = top.next;
            if (top.kind)
                leave(page, top.kind);
            continue;
        }
        int64_t way = way_of(page, tag_of(page, node)) & WAY;
        node = visit(page, node);
        if (way == A_BLOCK && page->n_blocks > known->most_blocks)
            break;
    }
    if (page->n_pieces)
        flush(page);
    if (page->failed)
        return -1;
    page->containers[0].end = page->n_containers - 1;
    for (int64_t i = 0; i < page->n_finds; i++)
        page->finds[i].last = page->finds[i].container < page->n_containers
                                  ? page->containers[page->finds[i].container].end
                                  : -1;
    close_links(page);
    return 0;
}
