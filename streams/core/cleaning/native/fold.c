/* A block's words as lexicons have them: small letters, straight quotes. As notices.py folds them. */
#include "cleaning.h"

#include <string.h>

enum { SOFT_HYPHEN = 0xad, DOTTED_I = 0x130, DOT_ABOVE = 0x307, GROWS = 3, WIDEST = 4 };

static char *write_letter(char *to, unsigned c)
{
    if (c < 0x80) {
        *to++ = (char)c;
    } else if (c < 0x800) {
        *to++ = (char)(0xc0 | c >> 6);
        *to++ = (char)(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        *to++ = (char)(0xe0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 0x3f));
        *to++ = (char)(0x80 | (c & 0x3f));
    } else {
        *to++ = (char)(0xf0 | c >> 18);
        *to++ = (char)(0x80 | (c >> 12 & 0x3f));
        *to++ = (char)(0x80 | (c >> 6 & 0x3f));
        *to++ = (char)(0x80 | (c & 0x3f));
    }
    return to;
}

/* A letter beyond ASCII, folded. */
static char *fold_letter(Page *page, char *to, unsigned c)
{
    switch (c) {
    case 0x2018: case 0x2019: *to++ = '\''; return to;
    case 0x201c: case 0x201d: *to++ = '"'; return to;
    case 0x2013: case 0x2014: *to++ = '-'; return to;
    case 0xa0: *to++ = ' '; return to;
    case SOFT_HYPHEN: return to;
    case DOTTED_I: *to++ = 'i'; return write_letter(to, DOT_ABOVE);
    default: return write_letter(to, small_of(page->names, c));
    }
}

static int is_ornament(unsigned c)
{
    if (c < 0x80)
        return c && strchr(" \t*-|:>![]()\"'_~#", (int)c);
    return c == 0x2022 || c == 0xb7 || c == 0xbb || c == 0x24d8 || c == 0x26a0 || c == 0xfe0f;
}

static Text without_lead(Text text)
{
    const char *at = text.at, *end = at + text.size;
    while (at < end) {
        const char *back = at;
        if (!is_ornament(letter(&at, end))) {
            at = back;
            break;
        }
    }
    return (Text){at, (size_t)(end - at)};
}

/* The text's first letters, folded; it stands until the next is. */
Text folded(Page *page, Text text, int64_t most_letters)
{
    const char *at = text.at, *end = at + prefix(text, most_letters);
    page->fold.size = 0;
    char *start = room_for(page, &page->fold, GROWS * (size_t)(end - at) + WIDEST), *to = start;
    if (!start)
        return (Text){"", 0};
    while (at < end) {
        unsigned char c = (unsigned char)*at;
        if (c < 0x80) {
            *to++ = (char)(c == '\n' ? ' ' : c >= 'A' && c <= 'Z' ? c | 0x20 : c);
            at++;
        } else {
            to = fold_letter(page, to, letter(&at, end));
        }
    }
    memset(to, 0, WIDEST); /* who reads it looks some bytes ahead */
    return without_lead((Text){start, (size_t)(to - start)});
}

/* Whether one text stands in another; an empty one does. */
int is_within(Text part, Text whole)
{
    if (!part.size)
        return 1;
    const char *at = whole.at, *end = at + whole.size;
    while ((size_t)(end - at) >= part.size && (at = memchr(at, *part.at, (size_t)(end - at) - part.size + 1))) {
        if (!memcmp(at, part.at, part.size))
            return 1;
        at++;
    }
    return 0;
}
