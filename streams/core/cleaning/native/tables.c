/* The walked page as columns: what every container holds, and which blocks are worth a look. As tables.py does it. */
#include "tables.h"

#include <stdlib.h>
#include <string.h>

enum { PARAGRAPH_CHARS = 80, LEAVES = 16, ARTICLE = 19, MOST_ARTICLES = 1000, SHORT = 200 };
static const float PARAGRAPH_LINKED = 0.35f, MOSTLY = 0.8f;
static const double MAIN_SHARE = 0.6, DENSE = 0.7;

Tables *tables_of(Page *page)
{
    if (!page->tables)
        page->tables = calloc(1, sizeof *page->tables);
    if (!page->tables)
        page->failed = 1;
    return page->tables;
}

/* Cuts the one array of a page's numbers into its columns; every entry is eight bytes wide. */
static int lay_out(Page *page, Tables *t, int64_t blocks, int64_t containers)
{
    int64_t longer = blocks > containers ? blocks : containers, slots = 64;
    while (slots < 2 * longer)
        slots *= 2;
    int64_t wanted = 16 * blocks + 12 * containers + 5 * longer + 2 * slots + 1;
    if (!grow(page, &t->arena, &t->room, wanted, sizeof(double)))
        return 0;
    char *at = (char *)t->arena;
#define CUT(column, n) (t->column = (void *)at, at += 8 * (n))
    CUT(look, blocks), CUT(where, blocks), CUT(host, blocks), CUT(tag, blocks), CUT(make, blocks);
    CUT(loud, blocks), CUT(found, blocks), CUT(titled, blocks), CUT(inherited, blocks);
    CUT(twice, blocks), CUT(described, blocks), CUT(crediting, blocks);
    CUT(chars, blocks), CUT(linked, blocks), CUT(mass, blocks), CUT(scores, blocks);
    CUT(code, containers), CUT(bits, containers), CUT(article, containers), CUT(made, containers);
    for (int i = 0; i < SUMS; i++)
        CUT(sums[i], containers);
    CUT(times, containers), CUT(direct, containers), CUT(hosted, containers);
    CUT(g1, longer), CUT(g2, longer), CUT(g3, longer), CUT(g4, longer), CUT(total, longer + 1);
    CUT(keys, slots), CUT(ids, slots);
#undef CUT
    t->slots = slots;
    return 1;
}

/* Turns each container's own sum into the one of its subtree, which is a range of numbers. */
static void sum_subtrees(const Page *page, Tables *t, double *column)
{
    int64_t count = page->n_containers;
    double *total = t->total, sum = 0;
    total[0] = 0;
    for (int64_t i = 0; i < count; i++)
        total[i + 1] = sum += column[i];
    for (int64_t i = 0; i < count; i++)
        column[i] = total[page->containers[i].end + 1] - total[i];
}

static void sum_up(const Page *page, Tables *t)
{
    for (int i = 0; i < SUMS; i++)
        memset(t->sums[i], 0, (size_t)page->n_containers * sizeof(double));
    for (int64_t i = 0; i < page->n_blocks; i++) {
        const Block *b = &page->blocks[i];
        if (b->furniture)
            continue;
        float chars = (float)b->size, linked = (float)b->linked;
        int paragraph = chars >= PARAGRAPH_CHARS && linked < chars * PARAGRAPH_LINKED;
        t->sums[CHARS][b->where] += chars;
        t->sums[LINKED][b->where] += linked;
        t->sums[MASS][b->where] += paragraph ? chars : 0;
        t->sums[BLOCKS][b->where] += 1;
        t->sums[PARAGRAPHS][b->where] += paragraph;
    }
    for (int i = 0; i < SUMS; i++)
        sum_subtrees(page, t, t->sums[i]);
}

/* Own and inherited bits, freed of condemnation where the container holds the article; our tag numbers; articles. */
static void mark(const Page *page, Tables *t)
{
    const Known *known = page->known;
    double most = MAIN_SHARE * (t->sums[MASS][0] > 1.0 ? t->sums[MASS][0] : 1.0);
    int64_t articles = 0;
    t->articles = 0;
    for (int64_t i = 0; i < page->n_containers; i++) {
        const Container *c = &page->containers[i];
        t->bits[i] = c->bits & (t->sums[MASS][i] >= most ? ~known->negative : -1);
        if (i)
            t->bits[i] |= t->bits[c->parent];
        t->code[i] = c->tag >= 0 && c->tag < KNOWN_TAGS ? known->code[c->tag] : 0;
        t->articles += t->code[i] == ARTICLE;
        t->article[i] = 0;
    }
    for (int64_t i = 0; i < page->n_containers && articles < MOST_ARTICLES; i++)
        if (t->code[i] == ARTICLE) {
            articles++;
            for (int64_t k = i; k <= page->containers[i].end; k++)
                t->article[k] = i;
        }
}

/* Short links among links, in a place without a paragraph: menus and lists of other stories. */
static int in_link_list(const Page *page, const Tables *t, const Block *b)
{
    float chars = (float)b->size;
    int64_t host = page->containers[page->containers[b->where].parent].parent;
    return (float)b->linked > MOSTLY * chars && chars < SHORT &&
           t->sums[LINKED][host] > DENSE * t->sums[CHARS][host] && t->sums[BLOCKS][host] >= 3 &&
           t->sums[PARAGRAPHS][host] == 0;
}

static void look_at(const Page *page, Tables *t, int every)
{
    for (int64_t i = 0; i < page->n_blocks; i++) {
        const Block *b = &page->blocks[i];
        t->inherited[i] = t->bits[b->where];
        if (b->furniture || (!every && in_link_list(page, t, b)))
            continue;
        int64_t k = t->n++, code = t->code[b->where];
        t->look[k] = i;
        t->where[k] = b->where;
        t->tag[k] = code;
        t->host[k] = code > 0 && code <= LEAVES ? page->containers[b->where].parent : b->where;
        t->chars[k] = (float)b->size;
        t->linked[k] = (float)b->linked;
        t->mass[k] =
            t->chars[k] >= PARAGRAPH_CHARS && t->linked[k] < t->chars[k] * PARAGRAPH_LINKED ? t->chars[k] : 0.0f;
    }
}

/* Make the columns of the walked page. The number of blocks to look at; 0 where all is furniture; -1: no memory. */
PUBLIC int64_t streams_look(Page *page)
{
    Tables *t = tables_of(page);
    if (!t || !lay_out(page, t, page->n_blocks, page->n_containers))
        return -1;
    t->n = 0;
    sum_up(page, t);
    mark(page, t);
    look_at(page, t, 0);
    if (!t->n)
        look_at(page, t, 1);
    page->n_look = t->n;
    page->look = t->look;
    page->bits = t->inherited;
    return t->n;
}

/* A small number for each distinct key, from 0 on, in the order of their coming. */
void group_start(Tables *t)
{
    memset(t->ids, 0xff, (size_t)t->slots * sizeof *t->ids);
    t->groups = 0;
}

int64_t group_of(Tables *t, uint64_t key)
{
    uint64_t mask = (uint64_t)t->slots - 1, at = (key * 0x9e3779b97f4a7c15u >> 20) & mask;
    while (t->ids[at] >= 0 && t->keys[at] != key)
        at = (at + 1) & mask;
    if (t->ids[at] < 0) {
        t->keys[at] = key;
        t->ids[at] = t->groups++;
    }
    return t->ids[at];
}
