/* The trees' arithmetic, as model.py does it: the same additions in the same order, so that the sums are the same. */
#include "cleaning.h"

enum { AT_ONCE = 256 };

/* One tree over some blocks, level by level, which compilers turn into vector instructions. */
static void add_tree(const float *const *row, const float *border, int64_t depth, const float *leaf, int64_t n,
                     float *score)
{
    int32_t at[AT_ONCE];
    for (int64_t i = 0; i < n; i++)
        at[i] = row[0][i] > border[0];
    for (int64_t k = 1; k < depth; k++)
        for (int64_t i = 0; i < n; i++)
            at[i] |= (int32_t)(row[k][i] > border[k]) << k;
    for (int64_t i = 0; i < n; i++)
        score[i] += leaf[at[i]];
}

/* Adds to each block's score the leaf that it reaches in each tree. */
PUBLIC void streams_score(const Trees *trees, const float *rows, int64_t n, float *score)
{
    int64_t depth = trees->depth, leaves = (int64_t)1 << depth;
    for (int64_t i = 0; i < n; i++)
        score[i] = 0;
    if (depth < 1 || depth > DEEPEST)
        return;
    for (int64_t tree = 0; tree < trees->count; tree++)
        for (int64_t from = 0; from < n; from += AT_ONCE) {
            const float *row[DEEPEST];
            for (int64_t k = 0; k < depth; k++)
                row[k] = rows + trees->feature[tree * depth + k] * n + from;
            add_tree(row, trees->border + tree * depth, depth, trees->leaves + tree * leaves,
                     n - from < AT_ONCE ? n - from : AT_ONCE, score + from);
        }
}
