/* Blocks whose wording surely says nothing, so that Python need not read them. As wording.py would find. */
#include "cleaning.h"

#include <string.h>

enum { OPENS = 1, WHOLE = 2, STARTS = 4, MOST_NEEDS = 500, LONGEST_READ = 600, LONGEST_LINE = 160, DATED = 90, DATE = 40 };

typedef struct { const char *word[MOST_NEEDS]; int16_t size[MOST_NEEDS], next[MOST_NEEDS], first[256]; } Needs;

static int by_letter(Needs *needs, const char *words, int64_t n)
{
    memset(needs->first, 0xff, sizeof needs->first);
    for (int64_t i = 0; i < n && i < MOST_NEEDS; i++) {
        unsigned char letter = (unsigned char)*words;
        size_t size = strlen(words);
        if (!size || size > LONGEST_LINE)
            return 0;
        needs->word[i] = words;
        needs->size[i] = (int16_t)size;
        needs->next[i] = needs->first[letter];
        needs->first[letter] = (int16_t)i;
        words += size + 1;
    }
    return n <= MOST_NEEDS;
}

static int holds_any(const Needs *needs, const char *line, size_t size)
{
    for (size_t i = 0; i < size; i++)
        for (int k = needs->first[(unsigned char)line[i]]; k >= 0; k = needs->next[k])
            if ((size_t)needs->size[k] <= size - i && !memcmp(line + i, needs->word[k], (size_t)needs->size[k]))
                return 1;
    return 0;
}

/* Fold ASCII as notices.py does; the size, or -1 where another letter stands in it. */
static int64_t folded(Text text, char *fold)
{
    size_t n = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.at[i];
        if ((unsigned char)c >= 0x80)
            return -1;
        c = c == '\n' ? ' ' : c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
        if (n || !strchr(" \t*-|:>![]()\"'_~#", c))
            fold[n++] = c;
    }
    return (int64_t)n;
}

static size_t first_word(const char *fold, size_t size)
{
    size_t n = 0;
    while (n < size && fold[n] >= 'a' && fold[n] <= 'z')
        n++;
    return n ? n : size > 0;
}

static int is_quiet(Text text, const Lexicon *lexicon, const Needs *needs)
{
    char fold[LONGEST_READ];
    int64_t read = text.size <= LONGEST_READ ? folded(text, fold) : -1;
    if (read < 0)
        return 0;
    size_t size = (size_t)read, whole = size, first = 0;
    if (bits_of_whole(lexicon, fold, first_word(fold, size)) & OPENS)
        return 0;
    if (size > LONGEST_LINE || !size)
        return 1;
    for (size_t i = 0; size <= DATED && i < size && i < DATE; i++)
        if (fold[i] >= '0' && fold[i] <= '9')
            return 0;
    while (whole && strchr(" :>", fold[whole - 1]))
        whole--;
    while (first < size && fold[first] != ' ')
        first++;
    while (first && fold[first - 1] == ':')
        first--;
    return !(bits_of_whole(lexicon, fold, whole) & WHOLE) && !(bits_of_whole(lexicon, fold, first) & STARTS) &&
           !holds_any(needs, fold, size);
}

/* Of each block to look at, 1 where it opens as no notice and is, by its words, no line of furniture.
 *
 * The lexicon has the words that open notices, the whole lines, and the first words of lines; `needs` the words of
 * which a line must hold one where only a pattern can tell, each ended by NUL. */
PUBLIC void streams_quiet(const Page *page, const Lexicon *lexicon, const char *needs, int64_t n_needs, uint8_t *quiet)
{
    Needs by;
    int known = by_letter(&by, needs, n_needs);
    for (int64_t i = 0; i < page->n_look; i++) {
        const Block *b = &page->blocks[page->look[i]];
        Text text = {page->texts.at + b->start, (size_t)(b->end - b->start)};
        quiet[i] = (uint8_t)(known && is_quiet(text, lexicon, &by));
    }
}
