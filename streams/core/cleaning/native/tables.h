/* The columns that tables.c makes and features.c reads. Of blocks to look at (n), of all containers, and scratch. */
#ifndef STREAMS_TABLES_H
#define STREAMS_TABLES_H

#include "cleaning.h"

enum { CHARS, LINKED, MASS, BLOCKS, PARAGRAPHS, SUMS };

struct Tables {
    double *arena;
    int64_t room, slots, n, groups, articles;
    int64_t *look, *where, *host, *tag, *make, *loud, *found, *titled, *inherited;
    uint8_t *twice, *described, *crediting;
    int64_t heading; /* the place of the block that is the headline, or -1 */
    float *chars, *linked, *mass, *scores;
    int64_t *code, *bits, *article, *made;
    double *sums[SUMS];
    int64_t *times, *hosted;
    double *direct, *total;
    double *g1, *g2, *g3;
    int64_t *g4;
    uint64_t *keys;
    int64_t *ids;
    float *rows; /* the features, a row each */
    int64_t room_rows;
};

void group_start(Tables *);
int64_t group_of(Tables *, uint64_t key);

/* features.c */
PUBLIC int64_t streams_features(Page *, const uint8_t *labels);

#endif
