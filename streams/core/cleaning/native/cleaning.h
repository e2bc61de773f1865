/* The compiled pass of the cleaner: what its files share. Plain C11, no Python.h; see docs/decisions/0010.
 *
 * It must give what the Python of the folder above gives: walk.py, elements.py, head.py, tables.py, features.py,
 * model.py, guard.py. Every loop is bounded by the parsed page; nothing recurses; all growth goes through `grow`.
 */
#ifndef STREAMS_CLEANING_H
#define STREAMS_CLEANING_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(_WIN32)
#define PUBLIC __declspec(dllexport)
#else
#define PUBLIC __attribute__((visibility("default")))
#endif

typedef struct { const char *at; size_t size; } Text; /* UTF-8 that belongs to the tree */
typedef struct { char *at; size_t size, room; } Bytes;

/* lexbor's own functions, as the parser's library exports them, and where a text node keeps its text. */
typedef struct {
    void *(*first_child)(void *);
    void *(*next)(void *);
    void *(*parent)(void *);
    uintptr_t (*tag_id)(void *);
    unsigned (*type)(void *);
    void *(*first_attribute)(void *);
    void *(*next_attribute)(void *);
    const char *(*attribute_name)(void *, size_t *);
    const char *(*attribute_value)(void *, size_t *);
    size_t data;
    size_t first_child_at, next_at, parent_at, tag_id_at; /* where nodes keep what the functions tell; 0: unknown */
} Lexbor;

/* How the walk treats an element, by lexbor's number of its tag: a way, and marks. */
enum { A_BLOCK, A_TEXT, SKIPPED, INLINE, UNUSUAL, WAY = 7, PLAIN = 8, FURNITURE = 16, ASKED = 32 };
enum { KNOWN_TAGS = 256 };

typedef struct {
    uint8_t way[KNOWN_TAGS];
    int64_t code[KNOWN_TAGS]; /* our own numbers, which the trees know */
    int64_t a, li, br, aside, time, h1, address, body, nav, footer, title, meta, link, script, table, article;
    int64_t author, date, breadcrumb, hidden, in_aside, negative; /* bits of hint groups */
    int64_t most_blocks, most_links, most_nodes, groups;
    const char *no_metas, *rels; /* of head.py: words, each ended by NUL, and an empty one last */
} Known;

typedef struct { int64_t tag, where, linked, furniture, size; uint64_t start, end; } Block;
typedef struct { int64_t parent, tag, bits, end, depth; uint64_t name; } Container;
typedef struct { int64_t block; uint64_t address; } Linked;
typedef struct { void *next; int64_t kind; } Open;
typedef struct { int64_t kind, block, bits, container, last; } Find; /* last: the container's last */

typedef unsigned (*AskLetter)(unsigned);
typedef struct Names Names;
typedef struct Lexicon Lexicon;
typedef struct Tables Tables;
typedef struct Hearing Hearing;

/* What blocks may say again: the headline and the description, folded. */
typedef struct { Text title, description; } Told;

/* Oblivious trees: tree by tree its features and borders, then its leaves. */
enum { DEEPEST = 8 };
typedef struct {
    int64_t count, depth;
    const int64_t *feature;
    const float *border, *leaves;
} Trees;

/* A page being read; the first part is what Python reads back, and mirrors native/__init__.py. */
typedef struct {
    Block *blocks;
    int64_t n_blocks;
    Container *containers;
    int64_t n_containers;
    Bytes texts, links, said; /* strings, each ended by NUL */
    int64_t *link_blocks;
    int64_t n_links;
    Find *finds;
    int64_t n_finds;
    int64_t cut_short;
    int64_t n_tables; /* elements, not struct Tables */
    int64_t n_look;
    const int64_t *look, *bits; /* bits: every block's, inherited from its containers */
    const float *rows, *scores;
    int64_t n_loud, n_titled;
    const int64_t *loud, *titled; /* places among those to look at */
    const int64_t *found;         /* bits of what stands in the loud */
    const uint8_t *crediting;     /* of every block */
    Bytes folds;                  /* of the loud */

    const Lexbor *lexbor;
    const Known *known;
    Names *names;
    Text *pieces;
    int64_t n_pieces, room_pieces, room_blocks, room_containers, room_links, room_finds;
    Open *stack;
    int64_t n_stack, room_stack;
    Linked *under;
    int64_t n_under, room_under;
    int64_t linked, link_from, here, allowance, reading, times, pending;
    Text href;
    Bytes fold; /* the block being read */
    int failed, is_long; /* long: it may hold more furniture than is read */
    Tables *tables;
} Page;

/* memory.c */
int grow(Page *, void *array, int64_t *room, int64_t wanted, size_t item);
void put(Page *, Bytes *, Text, int64_t most_letters);
void put_end(Page *, Bytes *);
char *room_for(Page *, Bytes *, size_t more);
void page_clear(Page *);

/* text.c, and what is asked of every letter */
unsigned wide_letter(const char **at, const char *end);
int is_wide_space(unsigned letter);

/* The next letter of text that is not at its end. */
static inline unsigned letter(const char **at, const char *end)
{
    unsigned first = (unsigned char)**at;
    if (first >= 0x80)
        return wide_letter(at, end);
    *at += 1;
    return first;
}

/* What str.split() and str.strip() take for white space. */
static inline int is_space(unsigned c)
{
    return c < 0x80 ? c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x1f) : is_wide_space(c);
}

int all_space(Text);
int64_t letters_of(Text);
size_t prefix(Text, int64_t letters);
Text stripped(Text);
int holds(Text, const char *word);
int equals(Text, const char *word);
uint64_t hashed(Text, uint64_t seed);

/* words.c */
int64_t bits_of_names(const Lexicon *, Text names);
int64_t bits_of_whole(const Lexicon *, const char *words, size_t size);

/* names.c */
enum { DIGIT = 1, UPPER = 2, ALNUM = 4 };
unsigned kind_of(Names *, unsigned letter);
unsigned small_of(Names *, unsigned letter);
int64_t hint_bits(Names *, Text names);
uint64_t seed_of(const Names *); /* so that no page can choose its collisions */

/* fold.c */
Text folded(Page *, Text, int64_t most_letters);
int is_within(Text part, Text whole);

/* tree.c */
typedef struct {
    int64_t count;
    Text id, role, itemprop, testid, component, rel, href, style, datetime, class, label, content, name, property,
        http_equiv, hreflang, type, lang, xml_lang;
    int has_rel, has_hidden, has_pubdate, has_href, has_content;
} Attributes;

/* What a node keeps so many bytes in: asking lexbor's functions would be a tenth of the walk. */
static inline uintptr_t kept_at(const void *node, size_t at)
{
    uintptr_t kept;
    memcpy(&kept, (const char *)node + at, sizeof kept);
    return kept;
}

static inline void *first_child(const Page *page, void *node)
{
    const Lexbor *lexbor = page->lexbor;
    return lexbor->first_child_at ? (void *)kept_at(node, lexbor->first_child_at) : lexbor->first_child(node);
}

static inline void *next_node(const Page *page, void *node)
{
    const Lexbor *lexbor = page->lexbor;
    return lexbor->next_at ? (void *)kept_at(node, lexbor->next_at) : lexbor->next(node);
}

static inline void *parent_node(const Page *page, void *node)
{
    const Lexbor *lexbor = page->lexbor;
    return lexbor->parent_at ? (void *)kept_at(node, lexbor->parent_at) : lexbor->parent(node);
}

static inline int64_t tag_of(const Page *page, void *node)
{
    const Lexbor *lexbor = page->lexbor;
    return (int64_t)(lexbor->tag_id_at ? kept_at(node, lexbor->tag_id_at) : lexbor->tag_id(node));
}

Text text_of(const Page *, void *node);
void *after(const Page *, void *node, void *root);
void read_attributes(const Page *, void *node, Attributes *);
int64_t read_text(Page *, void *node, Bytes *, int64_t most_letters);
int64_t read_stripped(Page *, void *node, Bytes *, int64_t most_letters, int all);
void read_plain(Page *, void *node, Bytes *, int64_t most_letters);
void read_own_text(Page *, void *node, Bytes *, int64_t most_letters);

/* blocks.c */
void text_piece(Page *, Text);
void line_break(Page *);
void flush(Page *);
void drop(Page *, void *node, int64_t tag);

/* finds.c */
enum { FIND_TIME = 1, FIND_NAMED, FIND_H1, FIND_CRUMB, FIND_LABELLED, FIND_OWNED };
void find_inline(Page *, void *node, int64_t tag, const Attributes *, int64_t bits);
void find_block(Page *, void *node, int64_t tag, const Attributes *, int64_t bits);
void find_in_nav(Page *, void *node);
void find_in_footer(Page *, void *node);
int64_t bits_of(Page *, const Attributes *);
void add_find(Page *, int64_t kind, int64_t block, int64_t bits, int64_t container);

#endif
