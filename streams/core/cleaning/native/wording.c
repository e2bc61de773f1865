/* What the words of the blocks tell: which may say something and must be read by wording.py, which stand twice, which
 * are the headline or the description. As wording.py and features.py find. */
#include "tables.h"

#include <stdlib.h>
#include <string.h>

/* Bits of words and of needs: above these, one a pattern of the lines and one a rule of the notices. */
enum { WHOLE = 1, OF_CREDITS = 2, OF_STARTS = 4, OTHERS = ~7 };
enum { READ = 1600, LONGEST_LINE = 160, LONGEST_DATE = 90, LONGEST_CREDIT = 240, TELLING = 30, HEADING = 8, BEGIN = 120 };
enum { HASHES = 1 << 16, CHAINS = 1 << 10, TRIPLE = 3 };

typedef struct { const char *word; size_t size; int64_t bits; int32_t next; } Need;

struct Hearing {
    const Lexicon *lexicon;
    int64_t longest, of_lines; /* of a notice; the bits of the lines' patterns */
    int32_t n;
    Need *needs;
    int32_t chains[CHAINS], brief;                 /* of needs by their first three bytes' hash; of shorter ones */
    int32_t start_chains[CHAINS], start_brief;     /* the same of those that begin lines */
    uint8_t triples[HASHES / 8]; /* whether any need may begin with three bytes of this hash */
};

static unsigned hash_at(const char *at)
{
    uint32_t three = (unsigned char)at[0] | (unsigned)(unsigned char)at[1] << 8 | (unsigned)(unsigned char)at[2] << 16;
    return three * 0x9e3779b1u >> 16;
}

PUBLIC void streams_hearing_free(Hearing *hearing)
{
    if (hearing)
        free(hearing->needs);
    free(hearing);
}

static void add_need(Hearing *hearing, int32_t *chain, Need need)
{
    need.next = *chain;
    hearing->needs[hearing->n] = need;
    *chain = hearing->n++;
}

/* Needs are NUL-terminated words, which must live as long; `bits` says of what each is one. */
PUBLIC Hearing *streams_hearing_new(const Lexicon *lexicon, const char *words, const int64_t *bits, int64_t n,
                                    int64_t longest, int64_t of_lines)
{
    Hearing *hearing = calloc(1, sizeof *hearing);
    if (!hearing || !(hearing->needs = calloc(2 * (size_t)n + 1, sizeof *hearing->needs))) {
        streams_hearing_free(hearing);
        return NULL;
    }
    hearing->lexicon = lexicon;
    hearing->longest = longest;
    hearing->of_lines = of_lines;
    hearing->brief = hearing->start_brief = -1;
    memset(hearing->chains, 0xff, sizeof hearing->chains);
    memset(hearing->start_chains, 0xff, sizeof hearing->start_chains);
    for (int64_t i = 0; i < n; i++) {
        size_t size = strlen(words);
        unsigned hash = size < TRIPLE ? 0 : hash_at(words);
        Need need = {words, size, bits[i] & ~OF_STARTS, 0};
        if (need.bits) {
            hearing->triples[hash / 8] |= (uint8_t)((size >= TRIPLE) << hash % 8);
            add_need(hearing, size < TRIPLE ? &hearing->brief : &hearing->chains[hash % CHAINS], need);
        }
        if (bits[i] & OF_STARTS)
            add_need(hearing, size < TRIPLE ? &hearing->start_brief : &hearing->start_chains[hash % CHAINS], need);
        words += size + 1;
    }
    return hearing;
}

static int begins(Text line, const Need *need)
{
    return need->size <= line.size && !memcmp(line.at, need->word, need->size);
}

static int begins_any(const Hearing *hearing, int32_t chain, Text line)
{
    for (; chain >= 0; chain = hearing->needs[chain].next)
        if (begins(line, &hearing->needs[chain]))
            return 1;
    return 0;
}

/* The bits, as far as they are wanted, of the needs that stand in the line, which NULs end; of starts, at its start. */
static int64_t bits_in(const Hearing *hearing, Text line, int64_t wanted)
{
    int64_t found = 0;
    const Need *needs = hearing->needs;
    if (wanted & OF_STARTS && line.size &&
        (begins_any(hearing, hearing->start_chains[hash_at(line.at) % CHAINS], line) ||
         begins_any(hearing, hearing->start_brief, line)))
        found |= OF_STARTS;
    for (int32_t k = hearing->brief; k >= 0; k = needs[k].next)
        if (needs[k].bits & wanted & ~found && is_within((Text){needs[k].word, needs[k].size}, line))
            found |= needs[k].bits;
    for (size_t i = 0; i < line.size; i++) {
        unsigned hash = hash_at(line.at + i);
        if (!(hearing->triples[hash / 8] >> hash % 8 & 1))
            continue;
        for (int32_t k = hearing->chains[hash % CHAINS]; k >= 0; k = needs[k].next)
            if (needs[k].bits & wanted & ~found && begins((Text){line.at + i, line.size - i}, &needs[k]))
                found |= needs[k].bits;
    }
    return found & wanted;
}

static size_t small_letters(Text line)
{
    size_t n = 0;
    while (n < line.size && line.at[n] >= 'a' && line.at[n] <= 'z')
        n++;
    return n;
}

/* The rules of notices that may begin as the line does. */
static int64_t rules_of(const Hearing *hearing, Text line)
{
    size_t size = small_letters(line);
    return bits_of_whole(hearing->lexicon, line.at, size ? size : prefix(line, 1)) & OTHERS;
}

/* Whether a line's first word may begin a date: digits, a short word, a day's or month's name. */
static int opens_date(Text line)
{
    static const char names[] = "monwedtuethufrisatsunjanfebmaraprmayjunjulaugsepoctnovdec";
    size_t size = small_letters(line);
    for (const char *name = names; size > 4 && *name; name += 3)
        if (!memcmp(name, line.at, 3))
            return 1;
    return size ? size <= 4 : (unsigned char)line.at[0] >= '0';
}

/* Whether it may be a date, a time or so much time ago: four digits in a row, or a mark between two. */
static int may_be_date(Page *page, Text line)
{
    size_t digits = 0;
    if (!opens_date(line))
        return 0;
    for (size_t i = 0; i < line.size; i++) {
        int is_digit = line.at[i] >= '0' && line.at[i] <= '9';
        if (is_digit && digits == 3)
            return 1;
        if (is_digit && i > 1 && strchr(":./", line.at[i - 1]) && line.at[i - 2] >= '0' && line.at[i - 2] <= '9')
            return 1;
        digits = is_digit ? digits + 1 : 0;
    }
    for (const char *at = line.at, *end = at + line.size; at < end;) {
        unsigned c = letter(&at, end);
        if (c >= 0x80 && kind_of(page->names, c) & DIGIT)
            return 1;
    }
    return line.size > 3 && !memcmp(line.at + line.size - 3, "ago", 3);
}

/* Without what str.rstrip(" :›»>→") takes from its end. */
static Text without_tail(Text line)
{
    static const char *const marks[] = {" ", ":", ">", "›", "»", "→"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks;) {
        size_t size = strlen(marks[i]);
        int ends = line.size >= size && !memcmp(line.at + line.size - size, marks[i], size);
        line.size -= ends ? size : 0;
        i = ends ? 0 : i + 1;
    }
    return line;
}

/* Whether a folded block may be a notice or a line of furniture by its words. */
static int is_loud(Page *page, const Hearing *hearing, Text line, int64_t letters, int64_t found)
{
    if (found & OTHERS)
        return 1;
    return letters && letters <= LONGEST_LINE &&
           (found & OF_STARTS ||
            bits_of_whole(hearing->lexicon, line.at, without_tail(line).size) & WHOLE ||
            (letters <= LONGEST_DATE && may_be_date(page, line)));
}

static int is_described(const Block *block, Text fold, Text description)
{
    Text begin = {fold.at, prefix(fold, BEGIN)}, told = {description.at, prefix(description, BEGIN)};
    return description.size && block->size > TELLING && (is_within(begin, description) || is_within(told, fold));
}

static int same(Text a, Text b) { return a.size == b.size && !memcmp(a.at, b.at, a.size); }

/* Read the block to look at that has this place among them; the kinds of needs that stand in it. */
static int64_t hear_block(Page *page, const Hearing *hearing, const Told *told, const Block *block, int64_t place)
{
    Tables *t = page->tables;
    Text fold = folded(page, (Text){page->texts.at + block->start, (size_t)(block->end - block->start)}, READ);
    int64_t letters = letters_of(fold);
    int64_t wanted = (letters <= LONGEST_LINE ? hearing->of_lines | OF_STARTS : 0) |
                     (letters <= hearing->longest ? rules_of(hearing, fold) : 0) |
                     (block->size <= LONGEST_CREDIT ? OF_CREDITS : 0);
    int64_t found = wanted ? bits_in(hearing, fold, wanted) : 0;
    if (is_loud(page, hearing, fold, letters, found)) {
        t->found[page->n_loud] = found;
        t->loud[page->n_loud++] = place;
        put(page, &page->folds, fold, -1);
        put_end(page, &page->folds);
    }
    if (told->title.size && same(fold, told->title))
        t->titled[page->n_titled++] = place;
    t->described[place] = (uint8_t)is_described(block, fold, told->description);
    t->make[place] = group_of(t, hashed(fold, seed_of(page->names)));
    t->g4[t->make[place]]++;
    return found;
}

/* Read all blocks. 0: done; -1: no memory. The title and the description are folded, the latter empty where short. */
PUBLIC int streams_hear(Page *page, const Hearing *hearing, const Told *told)
{
    Tables *t = page->tables;
    int64_t place = 0;
    page->folds.size = 0;
    page->n_loud = page->n_titled = 0;
    if (!t || !t->n)
        return -1;
    group_start(t);
    memset(t->g4, 0, (size_t)t->n * sizeof *t->g4);
    for (int64_t i = 0; i < page->n_blocks; i++) {
        const Block *block = &page->blocks[i];
        int64_t found = 0;
        if (place < t->n && t->look[place] == i)
            found = hear_block(page, hearing, told, block, place++);
        else if (block->size <= LONGEST_CREDIT)
            found = bits_in(hearing,
                            folded(page, (Text){page->texts.at + block->start, (size_t)(block->end - block->start)},
                                   LONGEST_CREDIT),
                            OF_CREDITS);
        t->crediting[i] = (found & OF_CREDITS) != 0;
    }
    for (int64_t k = 0; k < t->n; k++)
        t->twice[k] = t->g4[t->make[k]] > 1;
    t->heading = page->n_titled && letters_of(told->title) > HEADING ? t->titled[0] : -1;
    page->loud = t->loud;
    page->found = t->found;
    page->titled = t->titled;
    page->crediting = t->crediting;
    return page->failed ? -1 : 0;
}
