/* UTF-8, and white space as Python sees it. */
#include "cleaning.h"

#include <string.h>

/* A letter beyond ASCII; never reads at or beyond `end`. A byte that starts no letter counts as one. */
unsigned wide_letter(const char **at, const char *end)
{
    const unsigned char *p = (const unsigned char *)*at;
    size_t left = (size_t)(end - *at);
    unsigned first = p[0];
    if (first >= 0xc2 && first < 0xe0 && left > 1) {
        *at += 2;
        return (first & 0x1f) << 6 | (p[1] & 0x3fu);
    }
    if (first >= 0xe0 && first < 0xf0 && left > 2) {
        *at += 3;
        return (first & 0x0f) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
    }
    if (first >= 0xf0 && first < 0xf5 && left > 3) {
        *at += 4;
        return (first & 0x07) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
    }
    *at += 1;
    return 0xfffd;
}

int is_wide_space(unsigned c)
{
    return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000;
}

/* str.isspace(): an empty text is none. */
int all_space(Text text)
{
    const char *at = text.at, *end = text.at + text.size;
    while (at < end)
        if (!is_space(letter(&at, end)))
            return 0;
    return text.size > 0;
}

int64_t letters_of(Text text)
{
    int64_t n = 0;
    for (size_t i = 0; i < text.size; i++)
        n += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    return n;
}

/* How many bytes the first letters take. */
size_t prefix(Text text, int64_t letters)
{
    if (text.size <= (size_t)letters)
        return text.size;
    const char *at = text.at, *end = text.at + text.size;
    while (at < end && letters-- > 0)
        letter(&at, end);
    return (size_t)(at - text.at);
}

/* Where the last letter of a text that is not empty starts. */
static const char *last_letter(const char *at, const char *end)
{
    const char *last = end - 1;
    while (last > at && end - last < 4 && ((unsigned char)*last & 0xc0) == 0x80)
        last--;
    return last;
}

Text stripped(Text text)
{
    const char *at = text.at, *end = text.at + text.size;
    while (at < end) {
        const char *here = at;
        if (!is_space(letter(&at, end))) {
            at = here;
            break;
        }
    }
    while (at < end) {
        const char *last = last_letter(at, end), *read = last;
        if (!is_space(letter(&read, end)))
            break;
        end = last;
    }
    return (Text){at, (size_t)(end - at)};
}

/* Whether a lower-case ASCII word stands in the text, in whichever case. */
int holds(Text text, const char *word)
{
    size_t size = strlen(word);
    for (size_t i = 0; i + size <= text.size; i++) {
        size_t k = 0;
        while (k < size && (text.at[i + k] == word[k] ||
                            (text.at[i + k] >= 'A' && text.at[i + k] <= 'Z' && (text.at[i + k] | 0x20) == word[k])))
            k++;
        if (k == size)
            return 1;
    }
    return 0;
}

/* Eight bytes at a time, multiplied and mixed. Seeded, so that no page can choose its collisions. */
uint64_t hashed(Text text, uint64_t seed)
{
    uint64_t h = 0xcbf29ce484222325u ^ seed ^ text.size, word;
    size_t i = 0;
    for (; i + 8 <= text.size; i += 8) {
        memcpy(&word, text.at + i, 8);
        h = (h ^ word) * 0x9e3779b97f4a7c15u;
        h ^= h >> 29;
    }
    word = 0;
    if (i < text.size)
        memcpy(&word, text.at + i, text.size - i);
    h = (h ^ word) * 0xbf58476d1ce4e5b9u;
    h ^= h >> 32;
    h *= 0x94d049bb133111ebu;
    return h ^ h >> 29;
}

int equals(Text text, const char *word)
{
    return text.size == strlen(word) && !memcmp(text.at, word, text.size);
}
