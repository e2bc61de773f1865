/* A page's bytes before they are parsed: whether they are UTF-8, and whether tags have too many attributes. */
#include "cleaning.h"

#include <string.h>

enum { LONG_TAG = 16000, MAX_ATTRIBUTES = 8000, LONGEST_NAME = 200, READ_TWICE = 4, ASCII_AT_ONCE = 32 };

static int follows(const unsigned char *at, const unsigned char *end, int n)
{
    if (end - at < n)
        return 0;
    for (int i = 0; i < n; i++)
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    return 1;
}

/* How many bytes the letter beyond ASCII takes, or 0 where it is none: Unicode, table 3-7. */
static int letter_size(const unsigned char *at, const unsigned char *end)
{
    unsigned first = at[0], second = end - at > 1 ? at[1] : 0;
    if (first >= 0xc2 && first < 0xe0)
        return follows(at + 1, end, 1) ? 2 : 0;
    if (first >= 0xe0 && first < 0xf0)
        return follows(at + 1, end, 2) && !(first == 0xe0 && second < 0xa0) && !(first == 0xed && second >= 0xa0) ? 3 : 0;
    if (first >= 0xf0 && first < 0xf5)
        return follows(at + 1, end, 3) && !(first == 0xf0 && second < 0x90) && !(first == 0xf4 && second >= 0x90) ? 4 : 0;
    return 0;
}

/* Whether the bytes are UTF-8 as str.decode() takes it. */
PUBLIC int streams_is_utf_8(const char *bytes, int64_t size)
{
    const unsigned char *at = (const unsigned char *)bytes, *end = at + size;
    while (at < end) {
        uint64_t some[ASCII_AT_ONCE / 8];
        if (end - at >= ASCII_AT_ONCE) {
            memcpy(some, at, sizeof some);
            if (!((some[0] | some[1] | some[2] | some[3]) & 0x8080808080808080u)) {
                at += ASCII_AT_ONCE;
                continue;
            }
        }
        int n = 1;
        for (int i = 0; i < ASCII_AT_ONCE && at < end && n; i++, at += n)
            n = *at < 0x80 ? 1 : letter_size(at, end);
        if (!n)
            return 0;
    }
    return 1;
}

static int is_blank(char c) { return c == ' ' || (c >= 9 && c <= 13); }

/* The end of an attribute's value with its =, or `at` where none stands there. */
static const char *value_end(const char *at, const char *end)
{
    const char *c = at;
    while (c < end && is_blank(*c))
        c++;
    if (c >= end || *c++ != '=')
        return at;
    while (c < end && is_blank(*c))
        c++;
    if (c >= end || *c == '>')
        return at;
    if (*c == '"' || *c == '\'') {
        const char *close = memchr(c + 1, *c, (size_t)(end - c - 1));
        return close ? close + 1 : at;
    }
    while (c < end && !is_blank(*c) && *c != '>')
        c++;
    return c;
}

/* The end of the tag that starts here, without its >, and how many attributes it has. */
static const char *tag_end(const char *at, const char *end, int64_t *attributes)
{
    const char *c = at + 2;
    for (int n = 0; n < LONGEST_NAME && c < end && !is_blank(*c) && *c != '/' && *c != '>'; n++)
        c++;
    for (*attributes = 0;; ++*attributes) {
        const char *name = c, *rest;
        while (name < end && (is_blank(*name) || *name == '/'))
            name++;
        for (rest = name; rest < end && !is_blank(*rest) && *rest != '/' && *rest != '>' && *rest != '=';)
            rest++;
        if (name == c || rest == name)
            return c;
        c = value_end(rest, end);
    }
}

/* Whether a tag has too many attributes, or tags so run into one another that nobody can tell without reading much of
 * it again. As guard.py finds. */
PUBLIC int streams_has_too_many_attributes(const char *html, int64_t size)
{
    const char *end = html + size, *at = size ? memchr(html, '<', (size_t)size) : NULL;
    int64_t left = READ_TWICE * size, attributes;
    while (at) {
        char first = at + 1 < end ? (char)(at[1] | 0x20) : 0;
        if (first >= 'a' && first <= 'z') {
            int64_t read = tag_end(at, end, &attributes) - at;
            left -= read;
            if (left < 0 || (read > LONG_TAG && attributes >= MAX_ATTRIBUTES))
                return 1;
        }
        at = at + 1 < end ? memchr(at + 1, '<', (size_t)(end - at - 1)) : NULL;
    }
    return 0;
}
