/* The trees' arithmetic, as model.py does it: the same additions in the same order, so that the sums are the same. */
#include "cleaning.h"

/* Adds to each block's score the leaf that it reaches in each tree. */
PUBLIC void streams_score(const Trees *trees, const float *rows, int64_t n, float *score)
{
    int64_t depth = trees->depth, leaves = (int64_t)1 << depth;
    for (int64_t i = 0; i < n; i++)
        score[i] = 0;
    for (int64_t tree = 0; tree < trees->count; tree++) {
        const float *leaf = trees->leaves + tree * leaves;
        const int64_t *feature = trees->feature + tree * depth;
        const float *border = trees->border + tree * depth;
        for (int64_t i = 0; i < n; i++) {
            int64_t at = 0;
            for (int64_t k = 0; k < depth; k++)
                at |= (int64_t)(rows[feature[k] * n + i] > border[k]) << k;
            score[i] += leaf[at];
        }
    }
}
