/* The parsed page, read by lexbor's own functions: children, attributes, texts. Nothing here changes the tree. */
#include "cleaning.h"

#include <string.h>

enum { ELEMENT = 1, TEXT_NODE = 2 };

static uintptr_t first_child_of(const Lexbor *lexbor, void *node) { return (uintptr_t)lexbor->first_child(node); }
static uintptr_t next_of(const Lexbor *lexbor, void *node) { return (uintptr_t)lexbor->next(node); }
static uintptr_t parent_of(const Lexbor *lexbor, void *node) { return (uintptr_t)lexbor->parent(node); }
static uintptr_t tag_id_of(const Lexbor *lexbor, void *node) { return lexbor->tag_id(node); }

/* The one place of a node that holds what the function tells, in every node of the page; 0 where none or two do. */
static size_t place_of(const Page *page, void *root, uintptr_t (*told)(const Lexbor *, void *))
{
    size_t found = 0;
    for (size_t at = sizeof(void *); at < page->lexbor->data; at += sizeof(void *)) {
        void *node = root;
        while (node && kept_at(node, at) == told(page->lexbor, node))
            node = after(page, node, root);
        if (!node && found)
            return 0;
        found = node ? found : at;
    }
    return found;
}

/* Learn from a page of all kinds of nodes where they keep their relations: no version of the parser is assumed. */
PUBLIC void streams_learn(Lexbor *lexbor, void *root)
{
    Page page = {.lexbor = lexbor};
    size_t first_child_at = place_of(&page, root, first_child_of), next_at = place_of(&page, root, next_of);
    size_t parent_at = place_of(&page, root, parent_of), tag_id_at = place_of(&page, root, tag_id_of);
    lexbor->first_child_at = first_child_at;
    lexbor->next_at = next_at;
    lexbor->parent_at = parent_at;
    lexbor->tag_id_at = tag_id_at;
}

/* A text node's text: the one structure of lexbor that has no function, checked when the library is loaded. */
Text text_of(const Page *page, void *node)
{
    struct { const char *at; size_t size; } data;
    memcpy(&data, (const char *)node + page->lexbor->data, sizeof data);
    return data.at ? (Text){data.at, data.size} : (Text){"", 0};
}

/* The node after this one in document order, inside `root`; NULL at its end. */
void *after(const Page *page, void *node, void *root)
{
    void *next = first_child(page, node);
    while (!next && node && node != root) {
        next = next_node(page, node);
        if (!next)
            node = parent_node(page, node);
    }
    return next;
}

static int named(const char *name, size_t size, const char *wanted)
{
    return size == strlen(wanted) && !memcmp(name, wanted, size);
}

static Text *place(Attributes *a, const char *name, size_t size)
{
    switch (name[0]) {
    case 'c': return named(name, size, "class") ? &a->class : named(name, size, "content") ? &a->content : NULL;
    case 'i': return named(name, size, "id") ? &a->id : named(name, size, "itemprop") ? &a->itemprop : NULL;
    case 'r': return named(name, size, "rel") ? &a->rel : named(name, size, "role") ? &a->role : NULL;
    case 's': return named(name, size, "style") ? &a->style : NULL;
    case 'd':
        return named(name, size, "data-testid")      ? &a->testid
               : named(name, size, "data-component") ? &a->component
               : named(name, size, "datetime")       ? &a->datetime
                                                     : NULL;
    case 'h':
        return named(name, size, "href")         ? &a->href
               : named(name, size, "http-equiv") ? &a->http_equiv
               : named(name, size, "hreflang")   ? &a->hreflang
                                                 : NULL;
    case 'a': return named(name, size, "aria-label") ? &a->label : NULL;
    case 'n': return named(name, size, "name") ? &a->name : NULL;
    case 'p': return named(name, size, "property") ? &a->property : NULL;
    case 't': return named(name, size, "type") ? &a->type : NULL;
    case 'l': return named(name, size, "lang") ? &a->lang : NULL;
    case 'x': return named(name, size, "xml:lang") ? &a->xml_lang : NULL;
    default: return NULL;
    }
}

void read_attributes(const Page *page, void *node, Attributes *a)
{
    const Lexbor *lexbor = page->lexbor;
    memset(a, 0, sizeof *a);
    if (lexbor->type(node) != ELEMENT)
        return;
    for (void *at = lexbor->first_attribute(node); at; at = lexbor->next_attribute(at)) {
        size_t size = 0, length = 0;
        const char *name = lexbor->attribute_name(at, &size);
        a->count++;
        if (!name || !size)
            continue;
        Text *text = place(a, name, size);
        if (text) {
            const char *value = lexbor->attribute_value(at, &length);
            if (value)
                *text = (Text){value, length};
            a->has_rel |= text == &a->rel;
            a->has_href |= text == &a->href;
            a->has_content |= text == &a->content;
        } else if (named(name, size, "hidden")) {
            a->has_hidden = 1;
        } else if (named(name, size, "pubdate")) {
            a->has_pubdate = 1;
        }
    }
}

/* The element's text, a space between the texts of its nodes, while the page's reading allowance lasts.
 * Its first letters go to `out`; the number of all letters comes back, and is taken off the allowance. */
int64_t read_text(Page *page, void *node, Bytes *out, int64_t most_letters)
{
    int64_t total = 0, nodes = 0;
    if (page->reading <= 0)
        return 0;
    for (void *at = after(page, node, node); at; at = after(page, at, node)) {
        if (tag_of(page, at) != TEXT_NODE)
            continue;
        Text text = text_of(page, at);
        if (nodes++ && total++ < most_letters)
            put(page, out, (Text){" ", 1}, -1);
        if (total < most_letters)
            put(page, out, text, most_letters - total);
        total += letters_of(text);
    }
    page->reading -= total;
    return total;
}

/* The same with every node's text stripped, without the allowance; with `all`, the letters past the first are counted
 * too. */
int64_t read_stripped(Page *page, void *node, Bytes *out, int64_t most_letters, int all)
{
    int64_t total = 0, nodes = 0;
    for (void *at = after(page, node, node); at && (all || total < most_letters); at = after(page, at, node)) {
        if (tag_of(page, at) != TEXT_NODE)
            continue;
        Text text = stripped(text_of(page, at));
        if (nodes++ && total++ < most_letters)
            put(page, out, (Text){" ", 1}, -1);
        if (total < most_letters)
            put(page, out, text, most_letters - total);
        total += letters_of(text);
    }
    return total;
}

/* The same with nothing between the texts and nothing taken off; all letters where `most_letters` is -1. */
void read_plain(Page *page, void *node, Bytes *out, int64_t most_letters)
{
    int64_t left = most_letters < 0 ? INT64_MAX : most_letters;
    for (void *at = after(page, node, node); at && left > 0; at = after(page, at, node)) {
        if (tag_of(page, at) != TEXT_NODE)
            continue;
        Text text = text_of(page, at);
        put(page, out, text, most_letters < 0 ? -1 : left);
        left -= letters_of(text);
    }
}

/* The first letters of the text that stands in the element itself, not in its children. */
void read_own_text(Page *page, void *node, Bytes *out, int64_t most_letters)
{
    for (void *at = first_child(page, node); at && most_letters > 0; at = next_node(page, at)) {
        if (tag_of(page, at) != TEXT_NODE)
            continue;
        Text text = text_of(page, at);
        put(page, out, text, most_letters);
        most_letters -= letters_of(text);
    }
}
