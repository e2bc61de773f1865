/* What class names, ids and roles say of an element, as bits. As hints.py does it. */
#include "cleaning.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_WORD = 24, LONGEST_NAME = 120, LONGEST_NAMES = 400 };

typedef struct { uint64_t hash; const char *word; size_t size; int64_t bits; } Entry;
typedef struct { Entry *entries; uint64_t mask; size_t longest; } Table;
struct Lexicon { Table whole, starts; };

static uint64_t step(uint64_t h, char c) { return (h ^ (unsigned char)c) * 0x100000001b3u; }
static uint64_t first_step(void) { return 0xcbf29ce484222325u; }

static const Entry *find(const Table *table, uint64_t hash, const char *word, size_t size)
{
    for (uint64_t at = hash >> 7 & table->mask; table->entries[at].word; at = (at + 1) & table->mask) {
        const Entry *e = &table->entries[at];
        if (e->hash == hash && e->size == size && !memcmp(e->word, word, size))
            return e;
    }
    return NULL;
}

/* A table of NUL-terminated words, which must live as long; no page can add to it. */
static int fill(Table *table, const char *words, const int64_t *bits, int64_t n)
{
    uint64_t slots = 64;
    while (slots < 4 * (uint64_t)n)
        slots *= 2;
    table->mask = slots - 1;
    table->entries = calloc(slots, sizeof *table->entries);
    if (!table->entries)
        return 0;
    for (int64_t i = 0; i < n; i++) {
        size_t size = strlen(words);
        uint64_t hash = first_step(), at;
        table->longest = size > table->longest ? size : table->longest;
        for (size_t k = 0; k < size; k++)
            hash = step(hash, words[k]);
        for (at = hash >> 7 & table->mask; table->entries[at].word; at = (at + 1) & table->mask)
            ;
        table->entries[at] = (Entry){hash, words, size, bits[i]};
        words += size + 1;
    }
    return 1;
}

PUBLIC void streams_lexicon_free(Lexicon *lexicon)
{
    if (!lexicon)
        return;
    free(lexicon->whole.entries);
    free(lexicon->starts.entries);
    free(lexicon);
}

PUBLIC Lexicon *streams_lexicon_new(const char *whole, const int64_t *whole_bits, int64_t n_whole, const char *starts,
                                    const int64_t *starts_bits, int64_t n_starts)
{
    Lexicon *lexicon = calloc(1, sizeof *lexicon);
    if (!lexicon || !fill(&lexicon->whole, whole, whole_bits, n_whole) ||
        !fill(&lexicon->starts, starts, starts_bits, n_starts)) {
        streams_lexicon_free(lexicon);
        return NULL;
    }
    return lexicon;
}

/* A word's bits: as a whole, else by its longest beginning. */
static int64_t bits_of_word(const Lexicon *lexicon, const char *word, size_t size)
{
    uint64_t hash = first_step();
    const Entry *longest = NULL;
    for (size_t i = 0; i < size; i++) {
        hash = step(hash, word[i]);
        if (i >= lexicon->starts.longest)
            continue;
        const Entry *start = find(&lexicon->starts, hash, word, i + 1);
        longest = start ? start : longest;
    }
    const Entry *whole = find(&lexicon->whole, hash, word, size);
    return whole ? whole->bits : longest ? longest->bits : 0;
}

int64_t bits_of_whole(const Lexicon *lexicon, const char *words, size_t size)
{
    uint64_t hash = first_step();
    if (size > lexicon->whole.longest)
        return 0;
    for (size_t i = 0; i < size; i++)
        hash = step(hash, words[i]);
    const Entry *whole = find(&lexicon->whole, hash, words, size);
    return whole ? whole->bits : 0;
}

/* Lower case as str.lower() has it, as far as it gives ASCII letters; 0 for all that ends a word. */
static char lowered(unsigned c)
{
    if (c >= 'a' && c <= 'z')
        return (char)c;
    if (c >= 'A' && c <= 'Z')
        return (char)(c | 0x20);
    return c == 0x212a ? 'k' : c == 0x130 ? 'i' : c == '2' ? '2' : 0;
}

/* One name's bits: postComments-2 has the words post and comments. */
static int64_t bits_of_name(const Lexicon *lexicon, const char *at, const char *end)
{
    char letters[LONGEST_NAME + 1], cut[LONGEST_NAME + 1]; /* lower case; whether a word must end after it */
    size_t n = 0;
    int64_t bits = 0;
    unsigned before = 0;
    for (; at < end && n < LONGEST_NAME; n++) {
        unsigned c = letter(&at, end);
        letters[n] = lowered(c);
        cut[n] = c == 0x130;
        if (n && before >= 'a' && before <= 'z' && c >= 'A' && c <= 'Z')
            cut[n - 1] = 1;
        before = c;
    }
    for (size_t i = 0; i < n;) {
        size_t size = 0;
        while (i + size < n && size < LONGEST_WORD && letters[i + size] >= 'a') {
            size++;
            if (cut[i + size - 1])
                break;
        }
        if (size < 2 && n - i > 2 && !cut[i] && !cut[i + 1] && !memcmp(letters + i, "a2a", 3))
            size = 3;
        if (size >= 2)
            bits |= bits_of_word(lexicon, letters + i, size);
        i += size ? size : 1;
    }
    return bits;
}

/* The bits of all the names that an attribute's value holds, white space between them. */
int64_t bits_of_names(const Lexicon *lexicon, Text names)
{
    const char *at = names.at, *end = names.at + prefix(names, LONGEST_NAMES);
    int64_t bits = 0;
    while (at < end) {
        const char *from = at, *back = at;
        while (at < end) {
            back = at;
            if (is_space(letter(&at, end)))
                break;
            back = at;
        }
        if (back > from)
            bits |= bits_of_name(lexicon, from, back);
    }
    return bits;
}
