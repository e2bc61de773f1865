/* One look at a page's bytes before they are parsed: how many tags, how deep. As guard.py counts them. */
#include "cleaning.h"

#include <string.h>

enum { LONG_TAG = 16000, MAX_ATTRIBUTES = 8000, LONGEST_NAME = 38, CUSTOM_FIRST = 12, CUSTOM_REST = 24, PLACES = 256 };

typedef struct { int64_t tags, closing, suspect, formatting, nesting; } Scan;

static const char *const FORMATTING[] = {"a",  "b", "big",   "code",   "em",     "font", "i",
                                         "nobr", "s", "small", "strike", "strong", "tt",   "u"};
static const char *const NESTING[] = {
    "div",    "span",   "section", "article",  "table",   "ul",    "ol",      "dl",      "blockquote", "center",
    "form",   "fieldset", "main",  "header",   "details", "figure", "nav",    "aside",   "footer",     "svg",
    "g",      "math",   "mrow",    "mi",       "object",  "template", "select", "button", "label",      "ruby",
    "address", "pre",   "h1",      "h2",       "h3",      "h4",    "h5",      "h6",      "ins",        "del",
    "applet", "marquee", "dir",    "menu",     "listing", "frameset", "foreignobject", "desc", "mtext", "ms",
    "mn",     "mo",     "q",       "sub",      "sup",     "var",   "kbd",     "cite",    "abbr"};

static int is_letter(char c) { return c >= 'a' && c <= 'z'; }

/* The first letters and sizes of names: most tags are told from all of them by this. */
static unsigned place_of(const char *name, size_t size)
{
    return ((unsigned char)name[0] * 8 + (unsigned)size) % PLACES;
}

static void fill(uint8_t *places, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        places[place_of(names[i], strlen(names[i]))] = 1;
}

static int among(const uint8_t *places, const char *name, size_t size, const char *const *names, size_t n)
{
    if (!places[place_of(name, size)])
        return 0;
    for (size_t i = 0; i < n; i++)
        if (names[i][0] == name[0] && strlen(names[i]) == size && !memcmp(names[i], name, size))
            return 1;
    return 0;
}

/* A custom element's name: letters, a hyphen, letters and hyphens. */
static int is_custom(const char *name, size_t size)
{
    size_t first = 0, rest;
    while (first < size && is_letter(name[first]))
        first++;
    rest = first + 1;
    if (!first || first > CUSTOM_FIRST || first >= size || name[first] != '-')
        return 0;
    while (rest < size && (is_letter(name[rest]) || name[rest] == '-'))
        rest++;
    return rest == size && size - first - 1 >= 1 && size - first - 1 <= CUSTOM_REST;
}

/* Whether a long stretch from one < to the next may be a tag of too many names or values. */
static int is_suspect(const char *at, const char *end)
{
    int64_t values = 0;
    if (!is_letter((char)(*at | 0x20)))
        return 0;
    if (!memchr(at, '>', LONG_TAG))
        return 1;
    for (; at < end; at++)
        values += *at == '=';
    return values > MAX_ATTRIBUTES;
}

static void climb(int64_t *height, int64_t *highest, int closing)
{
    *height += closing ? -1 : 1;
    if (*height < 0)
        *height = 0;
    else if (*height > *highest)
        *highest = *height;
}

/* Count the tags of `size` bytes; with `deep`, how high their elements stand on each other too. */
PUBLIC void streams_scan(const char *html, int64_t size, int deep, Scan *out)
{
    const char *end = html + size, *at = size ? memchr(html, '<', (size_t)size) : NULL;
    int64_t formatting = 0, nesting = 0;
    uint8_t may_format[PLACES] = {0}, may_nest[PLACES] = {0};
    fill(may_format, FORMATTING, sizeof FORMATTING / sizeof *FORMATTING);
    fill(may_nest, NESTING, sizeof NESTING / sizeof *NESTING);
    *out = (Scan){0};
    while (at) {
        const char *next = at + 1 < end ? memchr(at + 1, '<', (size_t)(end - at - 1)) : NULL;
        char name[LONGEST_NAME];
        size_t n = 0;
        int closing = at + 1 < end && at[1] == '/';
        out->tags++;
        out->closing += closing;
        if ((next ? next : end) - at > LONG_TAG + 1)
            out->suspect += is_suspect(at + 1, next ? next : end);
        if (deep) {
            const char *c = at + 1 + closing;
            for (; c < end && n < LONGEST_NAME; c++) {
                char low = *c >= 'A' && *c <= 'Z' ? (char)(*c | 0x20) : *c;
                if (!is_letter(low) && low != '-' && !(low >= '1' && low <= '6'))
                    break;
                name[n++] = low;
            }
            int ended = n && c < end && (*c == '>' || *c == '/' || *c == ' ' || (*c >= 9 && *c <= 13));
            if (ended && among(may_format, name, n, FORMATTING, sizeof FORMATTING / sizeof *FORMATTING)) {
                climb(&formatting, &out->formatting, closing);
                climb(&nesting, &out->nesting, closing);
            } else if (ended && (among(may_nest, name, n, NESTING, sizeof NESTING / sizeof *NESTING) ||
                                 is_custom(name, n))) {
                climb(&nesting, &out->nesting, closing);
            }
        }
        at = next;
    }
}
