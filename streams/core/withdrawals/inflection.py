"""The forms of the lexicon's verbs and nouns. Spelling only."""

from __future__ import annotations

from collections.abc import Iterable

from streams.core.withdrawals.data import Predicate

_IRREGULAR = {
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "quit": "quits quit quitting quitted",
    "leave": "leaves left leaving",
    "take": "takes took taken taking",
    "get": "gets got gotten getting",
    "break": "breaks broke broken breaking",
    "split": "splits split splitting",
    "tear": "tears tore torn tearing",
    "cut": "cuts cut cutting",
    "shut": "shuts shut shutting",
    "give": "gives gave given giving",
    "freeze": "freezes froze frozen freezing",
    "forsake": "forsakes forsook forsaken forsaking",
    "rip": "rips ripped ripping",
    "scrap": "scraps scrapped scrapping",
    "drop": "drops dropped dropping",
    "opt": "opts opted opting",
    "annul": "annuls annulled annulling",
    "cancel": "cancels cancelled canceled cancelling canceling",
    "step": "steps stepped stepping",
    "do": "does did done doing",
    "come": "comes came coming",
    "go": "goes went gone going",
    "steal": "steals stole stolen stealing",
    "lead": "leads led leading",
    "drag": "drags dragged dragging",
    "drive": "drives drove driven driving",
    "slip": "slips slipped slipping",
    "unplug": "unplugs unplugged unplugging",
    "free": "frees freed freeing",
    "bin": "bins binned binning",
    "undo": "undoes undid undone undoing",
    "unwind": "unwinds unwound unwinding",
    "sink": "sinks sank sunk sinking",
    "put": "puts put putting",
    "bring": "brings brought bringing",
    "set": "sets set setting",
    "hold": "holds held holding",
    "say": "says said saying",
    "bid": "bids bid bade bidden bidding",
    "slam": "slams slammed slamming",
    "have": "has had having",
    "be": "is are was were been being",
    "run": "runs ran running",
    "send": "sends sent sending",
    "fly": "flies flew flown flying",
    "ship": "ships shipped shipping",
    "ax": "axes axed axing",
    "haul": "hauls hauled hauling",
    "throw": "throws threw thrown throwing",
    "draw": "draws drew drawn drawing",
    "wear": "wears wore worn wearing",
    "sell": "sells sold selling",
    "cry": "cries cried crying",
    "sit": "sits sat sitting",
    "skip": "skips skipped skipping",
    "stay": "stays stayed staying",
    "rethink": "rethinks rethought rethinking",
    "rejoin": "rejoins rejoined rejoining",
    "dump": "dumps dumped dumping",
    "stop": "stops stopped stopping",
    "readmit": "readmits readmitted readmitting",
    "roll": "rolls rolled rolling",
    "strike": "strikes struck stricken striking",
    "stick": "sticks stuck sticking",
    "ring": "rings rang rung ringing",
    "fling": "flings flung flinging",
    "cast": "casts cast casting",
    "rub": "rubs rubbed rubbing",
    "stand": "stands stood standing",
    "show": "shows showed shown showing",
    "shed": "sheds shed shedding",
    "forgo": "forgoes forwent forgone forgoing",
    "shred": "shreds shredded shredding",
    "find": "finds found finding",
    "keep": "keeps kept keeping",
    "cling": "clings clung clinging",
    "hang": "hangs hung hanging",
    "seek": "seeks sought seeking",
    "lose": "loses lost losing",
    "buy": "buys bought buying",
    "let": "lets let letting",
}


def verb_forms(lemma: str) -> list[str]:
    """All forms of a verb, the lemma first."""
    if lemma in _IRREGULAR:
        return [lemma, *_IRREGULAR[lemma].split()]
    if lemma.endswith("e"):
        return [lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    if lemma.endswith(("s", "sh", "ch", "x")):
        return [lemma, lemma + "es", lemma + "ed", lemma + "ing"]
    return [lemma, lemma + "s", lemma + "ed", lemma + "ing"]


def forms_of(predicates: Iterable[Predicate]) -> dict[str, tuple[str, ...]]:
    """Form -> lemmas; the lemma of a noun carries "n:" before it."""
    forms: dict[str, dict[str, None]] = {}
    for predicate in predicates:
        for form in verb_forms(predicate.lemma):
            forms.setdefault(form, {})[predicate.lemma] = None
        for noun in predicate.nouns:
            for form in (noun, noun + "s"):
                forms.setdefault(form, {})["n:" + noun] = None
    return {form: tuple(lemmas) for form, lemmas in forms.items()}
