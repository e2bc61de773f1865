/* Elements that may be signals for metadata: their strings, as elements.py reads them. finds.py judges. */
#include "cleaning.h"

enum { MOST_TIMES = 24, MOST_PENDING = 200, MOST_STEPS = 16, MOST_IN_FOOTER = 200 };
enum { SHOWN = 300, BESIDE = 120, NAMED = 1000, HEADING = 2000, STEP = 81 };

void add_find(Page *page, int64_t kind, int64_t block, int64_t bits, int64_t container)
{
    if (grow(page, &page->finds, &page->room_finds, page->n_finds + 1, sizeof *page->finds))
        page->finds[page->n_finds++] = (Find){kind, block, bits, container, -1};
}

static void say(Page *page, Text text)
{
    put(page, &page->said, text, -1);
    put_end(page, &page->said);
}

static void say_read(Page *page, void *node, int64_t most_letters)
{
    read_text(page, node, &page->said, most_letters);
    put_end(page, &page->said);
}

/* The class, itemprop and rel that an element has. */
static void say_names(Page *page, const Attributes *a)
{
    const Text *names[] = {&a->class, &a->itemprop, &a->rel};
    int some = 0;
    for (int i = 0; i < 3; i++) {
        if (!names[i]->size)
            continue;
        if (some++)
            put(page, &page->said, (Text){" ", 1}, -1);
        put(page, &page->said, *names[i], -1);
    }
    put_end(page, &page->said);
}

static void find_time(Page *page, void *node, const Attributes *a)
{
    void *parent = parent_node(page, node);
    Attributes above = {0};
    page->times++;
    if (parent)
        read_attributes(page, parent, &above);
    add_find(page, FIND_TIME, page->n_blocks, a->has_pubdate | (parent ? 2 : 0), 0);
    say(page, a->datetime);
    say(page, a->class);
    say(page, a->itemprop);
    say(page, above.class);
    if (parent)
        read_own_text(page, parent, &page->said, BESIDE);
    put_end(page, &page->said);
    say_read(page, node, SHOWN);
}

void find_inline(Page *page, void *node, int64_t tag, const Attributes *a, int64_t bits)
{
    const Known *known = page->known;
    if (tag == known->time) {
        if (page->times < MOST_TIMES)
            find_time(page, node, a);
    } else if (bits & (known->author | known->date) || equals(a->rel, "author")) {
        int is_author = !(bits & known->date) || bits & known->author;
        add_find(page, FIND_NAMED, page->n_blocks, is_author, 0);
        say_read(page, node, NAMED);
        say_names(page, a);
    }
}

static void find_steps(Page *page, void *node, int64_t block)
{
    int64_t steps = 0;
    for (void *at = after(page, node, node); at && steps < MOST_STEPS; at = after(page, at, node)) {
        int64_t tag = tag_of(page, at);
        if (tag != page->known->a && tag != page->known->li)
            continue;
        steps++;
        add_find(page, FIND_CRUMB, block, 0, 0);
        say_read(page, at, STEP);
    }
}

/* A block element, which the walk is about to number. */
void find_block(Page *page, void *node, int64_t tag, const Attributes *a, int64_t bits)
{
    const Known *known = page->known;
    if (tag == known->h1) {
        add_find(page, FIND_H1, page->n_blocks, 0, 0);
        say_read(page, node, HEADING);
        say(page, a->class);
    } else if (bits & known->breadcrumb) {
        find_steps(page, node, page->n_blocks);
    } else if (page->pending < MOST_PENDING && (bits & (known->author | known->date) || tag == known->address)) {
        page->pending++;
        add_find(page, FIND_LABELLED, page->n_blocks, (bits & known->author) != 0, page->n_containers);
        say_names(page, a);
    }
}

/* Dates and authors in an article's own <footer>, which the walk does not enter; a page's footer has others'. */
void find_in_footer(Page *page, void *node)
{
    int64_t here = page->here, read = 0;
    while (here > 0 && page->containers[here].tag != page->known->article)
        here = page->containers[here].parent;
    if (page->containers[here].tag != page->known->article)
        return;
    for (void *at = after(page, node, node); at && read < MOST_IN_FOOTER; at = after(page, at, node)) {
        Attributes a;
        read_attributes(page, at, &a);
        if (a.count) {
            find_inline(page, at, tag_of(page, at), &a, bits_of(page, &a));
            read++;
        }
    }
}

/* Breadcrumbs in a <nav>, which the walk does not enter. */
void find_in_nav(Page *page, void *node)
{
    Attributes a;
    read_attributes(page, node, &a);
    if (holds(a.class, "crumb") || holds(a.id, "crumb") || holds(a.label, "crumb"))
        find_steps(page, node, 0);
}
