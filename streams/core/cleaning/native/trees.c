/* The trees' arithmetic, as model.py does it: the same additions in the same order, so that the sums are the same. */
#include "tables.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#include <immintrin.h>
#define HAS_WIDE 1
#else
#define HAS_WIDE 0
#endif

enum { WIDE = 8, WIDE_DEPTH = 4 };

typedef struct {
    const float *row[DEEPEST], *border, *leaf;
    int64_t depth;
} Tree;

/* Adds to the scores of some blocks the leaves that they reach in one tree. */
static void add_leaves(const Tree *tree, int64_t from, int64_t to, float *score)
{
    for (int64_t i = from; i < to; i++) {
        int32_t at = 0;
        for (int64_t k = 0; k < tree->depth; k++)
            at |= (int32_t)(tree->row[k][i] > tree->border[k]) << k;
        score[i] += tree->leaf[at];
    }
}

#if HAS_WIDE
/* The same for eight blocks at once, and trees of sixteen leaves, on processors with AVX2; how many it did. */
__attribute__((target("avx2"))) static int64_t add_leaves_wide(const Tree *tree, int64_t n, float *score)
{
    const __m256 low = _mm256_loadu_ps(tree->leaf), high = _mm256_loadu_ps(tree->leaf + WIDE);
    __m256 border[WIDE_DEPTH];
    int64_t i = 0;
    for (int k = 0; k < WIDE_DEPTH; k++)
        border[k] = _mm256_set1_ps(tree->border[k]);
    for (; i + WIDE <= n; i += WIDE) {
        __m256 above[WIDE_DEPTH];
        for (int k = 0; k < WIDE_DEPTH; k++)
            above[k] = _mm256_cmp_ps(_mm256_loadu_ps(tree->row[k] + i), border[k], _CMP_GT_OQ);
        __m256i at = _mm256_srli_epi32(_mm256_castps_si256(above[0]), 31);
        at = _mm256_or_si256(at, _mm256_slli_epi32(_mm256_srli_epi32(_mm256_castps_si256(above[1]), 31), 1));
        at = _mm256_or_si256(at, _mm256_slli_epi32(_mm256_srli_epi32(_mm256_castps_si256(above[2]), 31), 2));
        __m256 leaf = _mm256_blendv_ps(_mm256_permutevar8x32_ps(low, at), _mm256_permutevar8x32_ps(high, at), above[3]);
        _mm256_storeu_ps(score + i, _mm256_add_ps(_mm256_loadu_ps(score + i), leaf));
    }
    return i;
}

static int has_wide(void) { return __builtin_cpu_supports("avx2"); }
#else
static int64_t add_leaves_wide(const Tree *tree, int64_t n, float *score)
{
    (void)tree, (void)n, (void)score;
    return 0;
}

static int has_wide(void) { return 0; }
#endif

static void add_trees(const Trees *trees, const float *rows, int64_t n, int wide, float *score)
{
    int64_t depth = trees->depth, leaves = (int64_t)1 << depth;
    for (int64_t t = 0; t < trees->count; t++) {
        Tree tree = {{0}, trees->border + t * depth, trees->leaves + t * leaves, depth};
        for (int64_t k = 0; k < depth; k++)
            tree.row[k] = rows + trees->feature[t * depth + k] * n;
        add_leaves(&tree, wide ? add_leaves_wide(&tree, n, score) : 0, n, score);
    }
}

/* The sum of the leaves that each block to look at reaches, in `scores`, by the codes of their wordings' labels; wide
 * registers are used where `wide` allows it. The number of blocks; -1: no memory. */
PUBLIC int64_t streams_score(Page *page, const uint8_t *labels, const Trees *trees, int wide)
{
    if (streams_features(page, labels) < 0)
        return -1;
    Tables *t = page->tables;
    memset(t->scores, 0, (size_t)t->n * sizeof *t->scores);
    if (trees->depth >= 1 && trees->depth <= DEEPEST)
        add_trees(trees, t->rows, t->n, wide && trees->depth == WIDE_DEPTH && has_wide(), t->scores);
    page->scores = t->scores;
    return t->n;
}
