/* Numbers that tell article blocks from the others, a row a feature, in the order of NAMES in features.py. */
#include "tables.h"

#include <math.h>
#include <string.h>

enum { NEVER = 40, FAR = 30, NO_HEADING = 60, H1 = 3, H6 = 8, RELATED = 1, COMMENTS = 5, MOST_TIMES = 60 };
static const double MAIN_MASS = 0.65;
static const float MOSTLY = 0.8f, SHORT = 200.0f;

typedef struct {
    const Page *page;
    Tables *t;
    float *row;
} Out;

static double most(double a, double b) { return a > b ? a : b; }
static int64_t clipped(int64_t v, int64_t low, int64_t high) { return v < low ? low : v > high ? high : v; }
static int64_t parent_of(const Page *page, int64_t container) { return page->containers[container].parent; }

/* One row: `value` for every block `i` to look at. */
#define ROW(value)                                                                                                     \
    do {                                                                                                               \
        for (int64_t i = 0; i < n; i++)                                                                                \
            o->row[i] = (float)(value);                                                                                \
        o->row += n;                                                                                                   \
    } while (0)

static int ends(Text text, const char *with)
{
    size_t size = strlen(with);
    return text.size >= size && !memcmp(text.at + text.size - size, with, size);
}

static int ends_any(Text text, const char *const *with)
{
    for (; *with; with++)
        if (ends(text, *with))
            return 1;
    return 0;
}

static Text text_at(const Out *o, int64_t i)
{
    const Block *b = &o->page->blocks[o->t->look[i]];
    return (Text){o->page->texts.at + b->start, (size_t)(b->end - b->start)};
}

static double share_of_commas(Text text)
{
    int64_t commas = 0, spaces = 0;
    for (size_t i = 0; i < text.size; i++) {
        commas += text.at[i] == ',';
        spaces += text.at[i] == ' ';
    }
    return (double)commas / (double)(spaces + 1);
}

static void of_words(Out *o, const uint8_t *labels)
{
    static const char *const closed[] = {".", "!", "?", "\"", "”", "…", "’", "'", ")", ":", "。", "»", ";", NULL};
    static const char *const stopped[] = {".", "!", "?", "\"", "”", NULL};
    static const char *const cut[] = {"...", "…", "[…]", "[...]", "»", "→", "Read more", "More", NULL};
    int64_t n = o->t->n;
    const float *chars = o->t->chars, *linked = o->t->linked;
    ROW(share_of_commas(text_at(o, i)));
    ROW(ends_any(text_at(o, i), closed));
    ROW(ends_any(text_at(o, i), stopped));
    ROW(ends_any(text_at(o, i), cut));
    ROW(o->t->twice[i]);
    ROW(o->t->described[i]);
    ROW(linked[i] / chars[i]);
    ROW(log1pf(chars[i]));
    ROW(labels[i] > 0);
    ROW(labels[i] == RELATED);
}

static int64_t level(const Out *o, int64_t i, int up)
{
    const Tables *t = o->t;
    int64_t at = up ? t->host[i] : t->where[i];
    while (up-- > 1)
        at = parent_of(o->page, at);
    return at;
}

static void of_containers(Out *o)
{
    Tables *t = o->t;
    double *const *sums = t->sums, total = most(sums[MASS][0], 1.0);
    int64_t n = t->n, at;
    for (int up = 0; up < 4; up++)
        ROW(log1p(sums[CHARS][level(o, i, up)]));
    for (int up = 0; up < 4; up++)
        ROW((at = level(o, i, up), sums[LINKED][at] / most(sums[CHARS][at], 1.0)));
    for (int up = 0; up < 4; up++)
        ROW(sums[MASS][level(o, i, up)] / total);
    for (int up = 0; up < 4; up++)
        ROW(sums[BLOCKS][level(o, i, up)]);
    for (int up = 0; up < 4; up++)
        ROW((at = level(o, i, up), sums[PARAGRAPHS][at] / most(sums[BLOCKS][at], 1.0)));
    ROW(t->tag[i]);
    ROW(t->code[t->host[i]]);
    ROW(t->code[level(o, i, 2)]);
    ROW(o->page->containers[t->where[i]].depth);
    ROW(log1p(total));
    ROW(sums[PARAGRAPHS][0]);
    for (int bit = 0; bit < o->page->known->groups; bit++)
        ROW(t->bits[t->where[i]] >> bit & 1);
    ROW((t->bits[t->where[i]] & o->page->known->in_aside) != 0);
}

/* Groups blocks by the tags and classes of their own element and its parent; counts each container's like. */
static void group_makes(Out *o)
{
    Tables *t = o->t;
    const Page *page = o->page;
    group_start(t);
    memset(t->times, 0, (size_t)page->n_containers * sizeof *t->times);
    for (int64_t i = 0; i < page->n_containers; i++) {
        t->made[i] = group_of(t, page->containers[i].name * 64 + (uint64_t)t->code[i]);
        t->times[t->made[i]]++;
    }
    group_start(t);
    for (int64_t i = 0; i < t->n; i++) {
        int64_t w = t->where[i];
        t->make[i] = group_of(t, (uint64_t)t->made[w] << 32 | (uint64_t)t->made[parent_of(page, w)]);
    }
}

static int64_t times_of(const Tables *t, int64_t container)
{
    return clipped(t->times[t->made[container]], 0, MOST_TIMES);
}

static void of_make(Out *o)
{
    Tables *t = o->t;
    int64_t n = t->n, within;
    double every = 0, highest = 0, whole = most(t->sums[MASS][0], 1.0), *mass = t->g1, *chars = t->g2, *linked = t->g3;
    int64_t *blocks = t->g4;
    group_makes(o);
    for (int64_t i = 0; i < t->groups; i++)
        mass[i] = chars[i] = linked[i] = 0, blocks[i] = 0;
    for (int64_t i = 0; i < o->page->n_containers; i++)
        t->direct[i] = 0, t->hosted[i] = 0;
    for (int64_t i = 0; i < n; i++) {
        int64_t k = t->make[i];
        blocks[k]++, mass[k] += t->mass[i], chars[k] += t->chars[i], linked[k] += t->linked[i];
        every += t->mass[i];
        highest = most(highest, t->direct[t->host[i]] += t->mass[i]);
        t->hosted[t->host[i]]++;
    }
    every = most(every, 1.0), highest = most(highest, 1.0);
    ROW(mass[t->make[i]] / every);
    ROW(blocks[t->make[i]]);
    ROW(chars[t->make[i]] / (double)blocks[t->make[i]]);
    ROW(linked[t->make[i]] / most(chars[t->make[i]], 1.0));
    ROW(t->direct[t->host[i]] / every);
    ROW(t->direct[t->host[i]] / highest);
    ROW(t->hosted[t->host[i]]);
    for (int up = 1; up < 4; up++)
        ROW(times_of(t, level(o, i, up)));
    ROW(t->articles);
    ROW((within = t->article[t->where[i]], within > 0 ? t->sums[MASS][within] / whole : -1.0));
}

static int64_t main_container(const Out *o)
{
    const double *mass = o->t->sums[MASS];
    int64_t main = 0;
    for (int64_t i = 0; mass[0] > 0 && i < o->page->n_containers; i++)
        if (mass[i] >= MAIN_MASS * mass[0])
            main = i;
    return main;
}

static void of_place(Out *o, int64_t heading)
{
    Tables *t = o->t;
    const Page *page = o->page;
    int64_t n = t->n, main = main_container(o), end = page->containers[main].end, first = -1, last = -1, longest = 0;
    double share = t->sums[LINKED][main] / most(t->sums[CHARS][main], 1.0);
    float done = 0, total = 0;
#define INSIDE(i) (t->where[i] >= main && t->where[i] <= end)
    for (int64_t i = 0; i < n; i++) {
        total += t->mass[i];
        if (t->chars[i] > t->chars[longest])
            longest = i;
        if (t->mass[i] > 0 && INSIDE(i)) {
            first = first < 0 ? i : first;
            last = i;
        }
    }
    if (first < 0)
        first = last = longest;
    total = total > 1.0f ? total : 1.0f;
    ROW(INSIDE(i));
    ROW(page->containers[t->where[i]].depth - page->containers[main].depth);
    ROW(share);
    ROW(clipped(i - first, -20, 20));
    ROW(clipped(last - i, -20, 20));
    ROW((double)i / (double)n);
    ROW(n);
    ROW((done += t->mass[i], (done - t->mass[i]) / total));
    ROW(heading >= 0 ? clipped(i - heading, -10, 40) : NO_HEADING);
#undef INSIDE
}

static void of_headings(Out *o, const uint8_t *labels)
{
    Tables *t = o->t;
    const Page *page = o->page;
    int64_t n = t->n, before = -1, links = 0;
    float *since = o->row, *kind = since + n, *same = kind + n, *linked = same + 5 * n;
    for (int64_t i = 0; i < n; i++) {
        since[i] = before < 0 ? NEVER : (float)clipped(i - before, 0, FAR);
        kind[i] = before < 0 ? 0 : (float)t->tag[before];
        same[i] = before < 0 ? -1 : t->host[before] == t->host[i];
        if (t->tag[i] >= H1 && t->tag[i] <= H6)
            before = i;
        linked[i] = (float)((double)links / (double)n);
        links += t->linked[i] > MOSTLY * t->chars[i] && t->chars[i] < SHORT;
    }
    for (int comments = 0; comments < 2; comments++) {
        float *ago = same + n * (1 + 2 * comments), *within = ago + n;
        int64_t last = -1;
        for (int64_t i = 0; i < n; i++) {
            int64_t end = last < 0 ? -1 : page->containers[parent_of(page, t->where[last])].end;
            ago[i] = last < 0 ? NEVER : (float)clipped(i - last, 0, FAR);
            within[i] = last >= 0 && t->where[i] <= end;
            if (comments ? labels[i] == COMMENTS : labels[i] >= RELATED && labels[i] < COMMENTS)
                last = i;
        }
    }
    o->row = linked + n;
}

static void of_neighbours(Out *o)
{
    Tables *t = o->t;
    int64_t n = t->n;
    double *total = t->total;
    total[0] = 0;
    for (int64_t i = 0; i < n; i++)
        total[i + 1] = total[i] + t->linked[i];
    ROW(i ? (double)t->tag[i - 1] : -1.0);
    ROW(i + 1 < n ? (double)t->tag[i + 1] : -1.0);
    ROW(i ? log1pf(t->chars[i - 1]) : -1.0f);
    ROW(i + 1 < n ? log1pf(t->chars[i + 1]) : -1.0f);
    ROW(i ? t->linked[i - 1] / t->chars[i - 1] : -1.0f);
    ROW(i + 1 < n ? (double)(t->host[i] == t->host[i + 1]) : -1.0);
    for (int64_t k = 2; k <= 6; k += 4)
        ROW(total[i + k + 1 < n ? i + k + 1 : n] - total[i > k ? i - k : 0] - t->linked[i]);
}

/* All rows for the blocks to look at, of each the code of its wording's label; their number, or -1: no memory. */
PUBLIC int64_t streams_features(Page *page, const uint8_t *labels)
{
    Tables *t = page->tables;
    enum { ROOM = 128 };
    if (!t || !t->n || !grow(page, &t->rows, &t->room_rows, ROOM * t->n, sizeof *t->rows))
        return -1;
    Out out = {page, t, t->rows};
    of_words(&out, labels);
    of_containers(&out);
    of_make(&out);
    of_place(&out, t->heading);
    of_headings(&out, labels);
    of_neighbours(&out);
    page->rows = t->rows;
    return (out.row - t->rows) / t->n;
}
