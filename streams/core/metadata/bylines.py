"""A byline cut into its names, and what each of them is: person, desk, organisation, or no name at all.

It must not choose between bylines; `authors.py` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from streams.core.metadata.agency import whole
from streams.core.metadata.data import Calendar, Labels
from streams.core.metadata.reading import Reading
from streams.core.records import Author

_LONGEST_OPENING = 40  # characters in which "This post was written by" begins its "written by"
_LONGEST = 300  # characters of a byline read
_SPLIT = re.compile(
    r"\s?[;|/•·⋅∙&+]\s?|\s?,\s?(?:and\s)?|\s(?:and|und|et|och|og|with|mit|avec|con|и|та)\s|\s[-–—]\s|\s(?:for|in)\s(?:the\s)?",
    re.IGNORECASE,
)
# "2019By Ann Lee", "Written byAnn Lee", where two elements met without a blank
_GLUED = re.compile(r"(?<=\d{4})(?=[^\W\d_])|(?<=\b[Bb]y)(?=[A-Z])")
_DIGIT = re.compile(r"\d")
_RUN_ON = re.compile(r"[a-z]{4}[A-Z]")  # "ChecklistsJust", two of a menu's entries
_SEGMENT = re.compile(r"\s?[|•·⋅∙]\s?")
_HANDLE = re.compile(r"@\w{1,40}")
_STOP = re.compile(r"(?<=[a-z]{3})\. (?=[A-Z])")  # "Written by Ann Lee. Published on …"
_ASIDE = re.compile(r"\([^()]{1,30}\)")  # "(now)", "(earlier)"
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?")
_NO_NAME = re.compile(r"https?:|www\.|\.(?:com|org|net|html|php)\b|[@{}<>=\[\]#%*\"“”]|\d")
_CREDENTIAL = re.compile(
    r"(?:[A-Z][A-Za-z]{0,2}\.?-?){1,4}[A-Z]\.?[®™]?|[A-Z]{2,6}[®™]?|Ph\.?D\.?|Jr\.?|Sr\.?|I{2,3}|IV"
)
_CLOCK_WORDS = frozenset({"am", "pm", "a.m", "p.m", "at", "on", "h", "uhr"})
_FRONT = frozenset({"de", "van", "von", "al", "el", "le", "la", "di", "da", "ter"})
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "zu",
        "al",
        "el",
        "bin",
        "ibn",
        "bint",
        "y",
        "e",
        "af",
        "av",
        "the",
        "of",
    ]
)
MOST_WORDS = 6
_GIVEN = frozenset({"md"})  # a degree behind a name, a given name before one


def split_byline(text: str, reading: Reading) -> Iterator[str]:
    """`By Ann Lee and Bo Ek, AP | Nov 16` -> `Ann Lee`, `Bo Ek`, `AP`."""
    text = text[:_LONGEST]
    if "(" in text:
        text = _ASIDE.sub("|", text)
    if ". " in text:
        text = _STOP.sub(" | ", text)
    text = lead_cut(without_dates(text, reading.data.calendar), reading)
    for part in _SPLIT.split(text):
        cut = lead_cut(part.strip(" ,.;:()-–—'"), reading)
        if cut:
            yield cut.removeprefix("the ")


def without_dates(text: str, calendar: Calendar) -> str:
    """Bars in the place of handles, weekdays, words with digits, and months and clock words beside those."""
    if "@" in text:
        text = _HANDLE.sub(" | ", text)
    if "by" in text or "By" in text or _DIGIT.search(text):
        text = _GLUED.sub(" ", text)
    words = text.split()
    folded = [w.casefold().strip(".,:") for w in words]
    barred = [
        (not w.isalpha() and any(map(str.isdigit, w))) or bare in calendar.weekdays
        for w, bare in zip(words, folded, strict=True)
    ]
    if True not in barred:
        return " ".join(words)
    for i in (*range(len(words)), *reversed(range(len(words)))):  # "on Nov 16": each tells of the one before it
        word, bare = words[i], folded[i]
        timely = bare in calendar.shared_months or bare in _CLOCK_WORDS or word.strip(".,") in calendar.zones
        if timely and any(barred[max(0, i - 1) : i + 2]):
            barred[i] = True
    return " ".join("|" if bar else w for w, bar in zip(words, barred, strict=True))


def from_lead(text: str, reading: Reading) -> str:
    """The text from its "By" on, where that stands first or behind a date or bar, or from its "written by"; else ""."""
    if has_lead(text, reading):
        return text
    if not reading.lead_within.search(text, 0, _LONGEST):
        return ""
    parts = _SEGMENT.split(without_dates(text[:_LONGEST], reading.data.calendar))
    at = next((i for i, part in enumerate(parts) if has_lead(part, reading)), len(parts))
    if at < len(parts):
        return " | ".join(parts[at:])
    within = reading.long_lead.search(text[:_LONGEST_OPENING])
    return text[within.start() :] if within else ""


def lead_cut(text: str, reading: Reading) -> str:
    """Without "By", "Von", "Written by:"."""
    found = reading.lead.match(text) if text[:2].casefold() in reading.openings else None
    return text[found.end() :] if found else text


def has_lead(text: str, reading: Reading) -> bool:
    """True where the text begins with "By" or its like."""
    return text[:2].casefold() in reading.openings and reading.lead.match(text) is not None


def from_field(name: str, source: str, reading: Reading, *, first: bool) -> Author | None:
    """A part of a value that is meant to hold names: a handle or a firm may stand in it, and jobs follow the first."""
    words = [w.casefold().strip(".") for w in _WORD.findall(name)]
    if not words or not 2 <= len(name) <= 80 or len(words) > 2 * MOST_WORDS or "://" in name or "@" in name:
        return None
    if next(whole(name, reading.agencies), None):
        return Author(name, "organization", source)
    if (
        name.casefold() in reading.data.labels.nobody
        or all(w in reading.data.labels.roles for w in words)
        or _is_date(words, reading.data.calendar)
    ):
        return None
    if not first and (_CREDENTIAL.fullmatch(name) or any(w in reading.data.labels.roles for w in words)):
        return None
    if any(w in reading.data.labels.desks for w in words):
        return Author(name, "desk", source)
    if any(w in reading.data.labels.firms for w in words):
        return Author(name, "organization", source)
    return Author(_without_title(name), "person", source)


def from_view(name: str, source: str, reading: Reading, *, alone: bool = False) -> Author | None:
    """A part of a text that readers see near a byline's mark: only what has a name's shape, an agency or a desk.

    One word passes where it is `alone` in an element that is marked as the author's.
    """
    if next(whole(name, reading.agencies), None):
        return Author(name, "organization", source)
    labels = reading.data.labels
    words, folded = _words(name)
    if any(w in labels.roles for w in folded[2:]) and not any(w in labels.desks for w in folded):
        name = _without_job(name, labels)
        words, folded = _words(name)
        if next(whole(name, reading.agencies), None):
            return Author(name, "organization", source)
    if (
        not (1 if alone else 2) <= len(words) <= MOST_WORDS
        or ":" in name
        or _NO_NAME.search(name)
        or len(name) > 60
        or _CREDENTIAL.fullmatch(name)
    ):
        return None
    if (
        name.casefold() in labels.nobody
        or name.casefold() in reading.bare_leads
        or any(w in labels.never for w in folded)
        or _is_date(folded, reading.data.calendar)
    ):
        return None
    if any(w in labels.desks for w in folded):
        return Author(name, "desk", source) if name[0] == name[0].upper() else None
    if any(w in labels.firms for w in folded):
        return Author(name, "organization", source)
    bare = _once(_shouted(_without_title(name)))
    shaped = (alone and len(words) == 1 and words[0][0].isupper()) or _is_name(_WORD.findall(bare))
    job = any(w in labels.roles for w in folded[1:]) or folded[0] in labels.roles - _GIVEN
    return Author(bare, "person", source) if shaped and not job else None


def _words(name: str) -> tuple[list[str], list[str]]:
    """The name's words, and the same folded."""
    words = _WORD.findall(name)
    return words, [w.casefold().strip(".") for w in words]


def _without_job(name: str, labels: Labels) -> str:
    """`Keith Barry Senior Autos Reporter` -> `Keith Barry`: a job glued behind a name of two words or more."""
    words = name.split()
    at = next((i for i, w in enumerate(words) if i > 1 and w.casefold().strip(".,") in labels.roles), len(words))
    return " ".join(words[:at])


def _is_date(folded: list[str], calendar: Calendar) -> bool:
    return all(w in calendar.shared_months or w in calendar.weekdays for w in folded)


def _is_name(words: list[str]) -> bool:
    """The first and last words have a capital, or their script has none; those between may be particles."""
    return (
        bool(words)
        and not any(map(_RUN_ON.search, words))
        and all(
            w[0] == w[0].upper() or (0 < i < len(words) - 1 and w.casefold() in _PARTICLES) or (i == 0 and w in _FRONT)
            for i, w in enumerate(words)
        )
        and words[0] not in ("The", "A", "An", "In", "Of", "For", "Our", "My")
    )


def is_person(name: str) -> bool:
    """Two to four words in name's shape: what a line of its own needs to pass for one."""
    words = _WORD.findall(name)
    return 2 <= len(words) <= 4 and " ".join(words) == name and _is_name(words) and not name.isupper()


def _shouted(name: str) -> str:
    """`PETRA LINDEN Capitol Beat` -> `PETRA LINDEN`: where a name is in capitals, the rest is a desk or a town."""
    words = name.split()
    shouted = [w for w in words if len(w) > 1 and w.isupper()]
    return " ".join(shouted) if 2 <= len(shouted) < len(words) and words[: len(shouted)] == shouted else name


def _once(name: str) -> str:
    """`Ann Lee Ann Lee` -> `Ann Lee`: a name that an image's text repeats."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half > 1 and words[:half] == words[half:] else name


def _without_title(name: str) -> str:
    for title in ("Dr. ", "Dr ", "Prof. ", "Mr. ", "Ms. ", "Mrs. "):
        if name.startswith(title) and " " in name[len(title) :]:
            return name[len(title) :]
    return name


def family_name_first(value: str) -> str:
    """`Roy, Aniruddha` -> `Aniruddha Roy`, for the citation metas, which write so."""
    family, comma, given = value.partition(", ")
    return f"{given} {family}" if comma and "," not in given and len(value.split()) <= 5 else value
