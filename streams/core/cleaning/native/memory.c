/* A page's memory: every array grows here, and is given back when a page was unusually large. */
#include "tables.h"

#include <stdlib.h>
#include <string.h>

enum { SMALLEST = 256, KEPT = 1 << 20 };

/* Room for `wanted` items in the array that `array` points to; 0, and the page failed, where there is no memory. */
int grow(Page *page, void *array, int64_t *room, int64_t wanted, size_t item)
{
    if (wanted <= *room)
        return 1;
    int64_t more = *room < SMALLEST ? SMALLEST : *room;
    while (more < wanted)
        more *= 2;
    void *old, *new;
    memcpy(&old, array, sizeof old);
    new = realloc(old, (size_t)more * item);
    if (!new) {
        page->failed = 1;
        return 0;
    }
    memcpy(array, &new, sizeof new);
    *room = more;
    return 1;
}

static int bytes_room(Page *page, Bytes *bytes, size_t more)
{
    int64_t room = (int64_t)bytes->room;
    if (!grow(page, &bytes->at, &room, (int64_t)(bytes->size + more), 1))
        return 0;
    bytes->room = (size_t)room;
    return 1;
}

/* Append a text's first letters, as they are. NUL separates strings, and the parser lets none through. */
void put(Page *page, Bytes *bytes, Text text, int64_t most_letters)
{
    size_t size = most_letters < 0 ? text.size : prefix(text, most_letters);
    if (!size || !bytes_room(page, bytes, size))
        return;
    memcpy(bytes->at + bytes->size, text.at, size);
    bytes->size += size;
}

/* Where the next `more` bytes may be written, or NULL; who writes them moves `size`. */
char *room_for(Page *page, Bytes *bytes, size_t more)
{
    return bytes_room(page, bytes, more) ? bytes->at + bytes->size : NULL;
}

void put_end(Page *page, Bytes *bytes)
{
    if (bytes_room(page, bytes, 1))
        bytes->at[bytes->size++] = 0;
}

static void shrink(Bytes *bytes)
{
    bytes->size = 0;
    if (bytes->room <= KEPT)
        return;
    free(bytes->at);
    *bytes = (Bytes){0};
}

static void give_back(void *array, int64_t *room, size_t item)
{
    if ((size_t)*room * item <= KEPT)
        return;
    void *old, *none = NULL;
    memcpy(&old, array, sizeof old);
    free(old);
    memcpy(array, &none, sizeof none);
    *room = 0;
}

void page_clear(Page *page)
{
    shrink(&page->texts);
    shrink(&page->links);
    shrink(&page->said);
    shrink(&page->folds);
    shrink(&page->fold);
    give_back(&page->blocks, &page->room_blocks, sizeof *page->blocks);
    give_back(&page->containers, &page->room_containers, sizeof *page->containers);
    give_back(&page->link_blocks, &page->room_links, sizeof *page->link_blocks);
    give_back(&page->finds, &page->room_finds, sizeof *page->finds);
    give_back(&page->pieces, &page->room_pieces, sizeof *page->pieces);
    give_back(&page->stack, &page->room_stack, sizeof *page->stack);
    give_back(&page->under, &page->room_under, sizeof *page->under);
    if (page->tables) {
        give_back(&page->tables->arena, &page->tables->room, sizeof *page->tables->arena);
        give_back(&page->tables->rows, &page->tables->room_rows, sizeof *page->tables->rows);
    }
    page->n_blocks = page->n_containers = page->n_links = page->n_finds = page->cut_short = 0;
    page->n_tables = page->n_look = page->n_loud = page->n_titled = 0;
    page->n_pieces = page->n_stack = page->n_under = 0;
    page->linked = page->here = page->times = page->pending = 0;
    page->link_from = -1;
    page->href = (Text){0};
    page->failed = 0;
}

PUBLIC Page *streams_page_new(const Lexbor *lexbor, const Known *known, Names *names)
{
    Page *page = calloc(1, sizeof *page);
    if (page) {
        page->lexbor = lexbor;
        page->known = known;
        page->names = names; /* owned from here on */
    }
    return page;
}

PUBLIC void streams_page_free(Page *page)
{
    void *arrays[] = {page->blocks, page->containers, page->texts.at, page->links.at, page->said.at, page->link_blocks,
                      page->finds,  page->pieces,     page->stack,    page->under,    page->folds.at, page->fold.at};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        free(arrays[i]);
    if (page->tables) {
        free(page->tables->arena);
        free(page->tables->rows);
        free(page->tables);
    }
    free(page->names);
    free(page);
}

/* Names the sources that this was compiled from. */
PUBLIC const char *streams_sources(void) { return STREAMS_SOURCES; }
