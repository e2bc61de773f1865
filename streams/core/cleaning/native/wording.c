/* Blocks whose wording surely says nothing, so that Python need not read them. As wording.py would find. */
#include "cleaning.h"

#include <string.h>

enum { OPENS = 1, WHOLE = 2, STARTS = 4, MOST_NEEDS = 500, LONGEST_READ = 600, LONGEST_LINE = 160, LONGEST_DATE = 90 };

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

/* Whether any of the needs from one number to before another stands in the line. */
static int holds_any(const Needs *needs, int64_t from, int64_t to, const char *line, size_t size)
{
    for (size_t i = 0; i < size; i++)
        for (int k = needs->first[(unsigned char)line[i]]; k >= 0; k = needs->next[k]) {
            size_t n = (size_t)needs->size[k];
            if (k >= from && k < to && n <= size - i && line[i + n - 1] == needs->word[k][n - 1] &&
                !memcmp(line + i, needs->word[k], n))
                return 1;
        }
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

/* Whether a line may be a date, a time or so much time ago: four digits in a row, or a mark between two. */
static int may_be_date(const char *line, size_t size)
{
    size_t digits = 0;
    for (size_t i = 0; i < size; i++) {
        int is_digit = line[i] >= '0' && line[i] <= '9';
        if (is_digit && digits == 3)
            return 1;
        if (is_digit && i > 1 && strchr(":./", line[i - 1]) && line[i - 2] >= '0' && line[i - 2] <= '9')
            return 1;
        digits = is_digit ? digits + 1 : 0;
    }
    return size > 3 && !memcmp(line + size - 3, "ago", 3);
}

static int is_quiet(Text text, const Lexicon *lexicon, const Needs *needs, int64_t of_lines)
{
    char fold[LONGEST_READ];
    int64_t read = text.size <= LONGEST_READ ? folded(text, fold) : -1;
    if (read < 0)
        return 0;
    size_t size = (size_t)read, whole = size, first = 0;
    int opens = (bits_of_whole(lexicon, fold, first_word(fold, size)) & OPENS) != 0;
    if (opens && holds_any(needs, of_lines, MOST_NEEDS, fold, size))
        return 0;
    if (size > LONGEST_LINE || !size)
        return 1;
    if (size <= LONGEST_DATE && may_be_date(fold, size))
        return 0;
    while (whole && strchr(" :>", fold[whole - 1]))
        whole--;
    while (first < size && fold[first] != ' ')
        first++;
    while (first && fold[first - 1] == ':')
        first--;
    return !(bits_of_whole(lexicon, fold, whole) & WHOLE) && !(bits_of_whole(lexicon, fold, first) & STARTS) &&
           !holds_any(needs, 0, of_lines, fold, size);
}

/* Of each block to look at, 1 where it is no notice and, by its words, no line of furniture.
 *
 * The lexicon has the words that open notices, the whole lines, and the first words of lines. `needs`, each ended by
 * NUL, are first the words of which a line must hold one where only a pattern can tell, then the same of notices. */
PUBLIC void streams_quiet(const Page *page, const Lexicon *lexicon, const char *needs, int64_t n_needs,
                          int64_t of_lines, uint8_t *quiet)
{
    Needs by;
    int known = by_letter(&by, needs, n_needs);
    for (int64_t i = 0; i < page->n_look; i++) {
        const Block *b = &page->blocks[page->look[i]];
        Text text = {page->texts.at + b->start, (size_t)(b->end - b->start)};
        quiet[i] = (uint8_t)(known && is_quiet(text, lexicon, &by, of_lines));
    }
}
