/* Signals of the head, wherever they stand: title, metas, links, JSON-LD. head.py judges. */
#include "cleaning.h"

#include <string.h>

enum { MOST_METAS = 140, MOST_LINKS = 200, MOST_SCRIPTS = 12, VALUE = 2000 };
enum { HEAD_TITLE = 11, HEAD_META, HEAD_LINK, HEAD_SCRIPT };

static void say(Page *page, Text text, int64_t most_letters)
{
    put(page, &page->said, text, most_letters);
    put_end(page, &page->said);
}

static int say_script(Page *page, void *node)
{
    Attributes a;
    read_attributes(page, node, &a);
    if (!holds(a.type, "ld+json"))
        return 0;
    add_find(page, HEAD_SCRIPT, 0, 0, 0);
    read_plain(page, node, &page->said, -1);
    put_end(page, &page->said);
    return 1;
}

/* Whether the text begins with one of the words, each ended by NUL and an empty one last, in whichever case. */
static int begins_any(Text text, const char *words)
{
    while (text.size && (*text.at == ' ' || (*text.at >= 9 && *text.at <= 13)))
        text.at++, text.size--;
    for (; *words; words += strlen(words) + 1) {
        size_t size = strlen(words);
        if (size <= text.size && holds((Text){text.at, size}, words))
            return 1;
    }
    return 0;
}

/* Whether a rel may have one of these words; other letters than ASCII may become one. */
static int may_relate(Text rel, const char *words)
{
    for (size_t i = 0; i < rel.size; i++)
        if ((unsigned char)rel.at[i] >= 0x80)
            return 1;
    for (; *words; words += strlen(words) + 1)
        if (holds(rel, words))
            return 1;
    return 0;
}

/* Whether head.py could have use for a meta element. */
static int may_tell(const Page *page, const Attributes *a)
{
    Text name = a->property.size ? a->property : a->name;
    if (!a->content.size)
        return 0;
    return name.size ? !begins_any(name, page->known->no_metas) : a->itemprop.size || a->http_equiv.size;
}

static int say_meta(Page *page, void *node)
{
    Attributes a;
    read_attributes(page, node, &a);
    if (!a.has_content)
        return 0;
    if (!may_tell(page, &a))
        return 1;
    add_find(page, HEAD_META, 0, 0, 0);
    say(page, a.content, VALUE);
    say(page, a.property, -1);
    say(page, a.name, -1);
    say(page, a.itemprop, -1);
    say(page, a.http_equiv, -1);
    return 1;
}

static int say_link(Page *page, void *node)
{
    Attributes a;
    read_attributes(page, node, &a);
    if (!a.has_rel || !a.has_href)
        return 0;
    if (!a.href.size || !may_relate(a.rel, page->known->rels))
        return 1;
    add_find(page, HEAD_LINK, 0, 0, 0);
    say(page, a.rel, -1);
    say(page, a.href, -1);
    say(page, a.hreflang, -1);
    say(page, a.type, -1);
    return 1;
}

/* Read the document below `root`, its html element. 0: done; -1: no memory. */
PUBLIC int streams_head(Page *page, void *root)
{
    const Known *known = page->known;
    int64_t titles = 0, metas = 0, links = 0, scripts = 0;
    page_clear(page);
    for (void *at = root; at && !page->failed; at = after(page, at, root)) {
        int64_t tag = tag_of(page, at);
        if (tag == known->meta && metas < MOST_METAS) {
            metas += say_meta(page, at);
        } else if (tag == known->link && links < MOST_LINKS) {
            links += say_link(page, at);
        } else if (tag == known->script && scripts < MOST_SCRIPTS) {
            scripts += say_script(page, at);
        } else if (tag == known->title && !titles++) {
            add_find(page, HEAD_TITLE, 0, 0, 0);
            read_plain(page, at, &page->said, VALUE);
            put_end(page, &page->said);
        }
    }
    return page->failed ? -1 : 0;
}
