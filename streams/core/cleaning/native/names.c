/* What Python knows of letters, asked once, and what class names say, worked out once. Bounded, and never wrong. */
#include "cleaning.h"

#include <stdlib.h>
#include <string.h>

enum { LETTERS = 0x110000, SLOTS = 1 << 15, PROBES = 8, LONGEST = 400, ARENA = 4 << 20, KINDS = 127 };
enum { ASKED_BEFORE = 128, SMALL = 8 };

typedef struct { uint64_t hash; uint32_t start, size; int64_t bits; } Slot;

struct Names {
    AskLetter ask_letter;
    const Lexicon *lexicon;
    uint64_t seed;
    uint32_t used;
    Slot slots[SLOTS];
    char arena[ARENA];
    uint32_t letters[LETTERS]; /* kinds, ASKED where Python has told them, and the small letter's number */
};

PUBLIC Names *streams_names_new(AskLetter ask_letter, const Lexicon *lexicon, uint64_t seed)
{
    Names *names = calloc(1, sizeof *names); /* pages are given by the system as they are touched */
    if (names) {
        names->ask_letter = ask_letter;
        names->lexicon = lexicon;
        names->seed = seed;
        names->used = 1;
    }
    return names;
}

static uint32_t told(Names *names, unsigned c)
{
    if (!(names->letters[c] & ASKED_BEFORE))
        names->letters[c] = ASKED_BEFORE | names->ask_letter(c);
    return names->letters[c];
}

unsigned kind_of(Names *names, unsigned c)
{
    if (c >= '0' && c <= '9')
        return DIGIT | ALNUM;
    if (c >= 'A' && c <= 'Z')
        return UPPER | ALNUM;
    if (c >= 'a' && c <= 'z')
        return ALNUM;
    return c < 0x80 || c >= LETTERS ? 0 : told(names, c) & KINDS;
}

/* The small letter of one beyond ASCII. */
unsigned small_of(Names *names, unsigned c) { return c < LETTERS ? told(names, c) >> SMALL : c; }

uint64_t seed_of(const Names *names) { return names->seed; }

/* The hint bits of an attribute's value. */
int64_t hint_bits(Names *names, Text text)
{
    if (!text.size)
        return 0;
    if (text.size > LONGEST)
        return bits_of_names(names->lexicon, text);
    uint64_t hash = hashed(text, names->seed);
    Slot *slot = NULL;
    for (uint64_t i = 0; i < PROBES; i++) {
        Slot *s = &names->slots[(hash + i) % SLOTS];
        if (!s->start) {
            slot = s;
            break;
        }
        if (s->hash == hash && s->size == text.size && !memcmp(names->arena + s->start, text.at, text.size))
            return s->bits;
    }
    int64_t bits = bits_of_names(names->lexicon, text);
    if (names->used + text.size > ARENA) {
        memset(names->slots, 0, sizeof names->slots);
        names->used = 1;
        slot = NULL;
    }
    if (!slot)
        slot = &names->slots[hash % SLOTS];
    *slot = (Slot){hash, names->used, (uint32_t)text.size, bits};
    memcpy(names->arena + names->used, text.at, text.size);
    names->used += (uint32_t)text.size;
    return bits;
}
