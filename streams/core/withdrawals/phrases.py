"""Names that no list holds: capitalised phrases, typed by their head noun. It must not look at grammar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from streams.core.withdrawals.adjectives import of_peoples
from streams.core.withdrawals.names import COMPANY, INSTITUTION, NAME, PARTY, PERSON
from streams.core.withdrawals.text import Token
from streams.core.withdrawals.vocabulary import words

SPORTS = words(
    "Boxing Cycling Athletics Swimming Rugby Football Hockey Cricket Basketball Netball Tennis Skate Ski Golf Rowing "
    "Sailing Wrestling Judo Gymnastics Badminton Archery Volleyball Handball Surfing Triathlon Team"
)
_OWNING_PEOPLE = words(
    "People Women Workers Men Children Farmers Peasants Nurses Students Teachers Lawyers King Queen Lord Bishop "
    "Mother Fisherman Fishermen Producers Players Citizens"
)
_OF_HEADS = frozenset({"Party", "Movement", "Front", "Department", "Ministry"}) | words(
    "University Republic Kingdom State States City Province House Order Sons Daughters Friends Doctors Sisters "
    "Brothers Bishops Ministers Producers Workers Teachers Nurses Parliamentarians Mayors Universities Industries "
    "Churches Parties Trades Lawyers Journalists Physicians Isles Territory Region Army Duchy Diocese Declaration "
    "Code Rules Law Tour Grand Prix Museum College School Society Voice Sultanate Gulf Bay Cape Coast Strait Straits "
    "Lake Mouth Horn Tigers Lions Knights Soldiers Heirs Sons Defenders Guardians Voices "
    "Town Municipality Borough County Parish Village District Canton Isle Island Port Shire Township Commune Prefecture"
)
#: Parts of some government, whose deeds are its state's.
STATE_PARTS = words(
    "Ministry Department Parliament Senate Congress Cabinet Government Presidency Treasury Embassy Administration "
    "Legislature Lawmakers"
)
LINKING = words(
    "of for on against to in the and & de du des la le da do di del von van der den al bin y e with concerning relating"
)
_UNIONS = words("Union Association Federation Guild Society Workers Employees")
_WIDE = words("for on against to concerning relating with in")
_NUMBERED = words("Convention Protocol Resolution Recommendation Local Lodge Branch")
_INNER = words("of by from through between")
_NAME_PARTICLES = words("de du des la le da do dos das di del della von van der den zur zum al bin & y")
_COMPANY_TAILS = words("Electric Gas Sons Co. Co Company Partners Power Light Rail Noble Gamble Spencer")
CALENDAR = words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sept. Sep. Oct. Nov. Dec. Christmas "
    "Easter Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec New-Year Ramadan"
)
FUNCTION = words(
    "the a an it its he she they we i you his her their our this that these those in on at by for from with without "
    "under after before when while as if but and or nor yet so not no there here who what which whose where why how "
    "all both each every some any many most more much few several another other such only just even also still once "
    "since until during between among over about against into through despite although though because whether to of "
    "is are was were be been has have had do does did will would can could may might must shall should one two three "
    "four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty dozens scores hundreds thousands "
    "last next now then later earlier today yesterday tomorrow meanwhile however "
    "instead according asked speaking analysts officials critics supporters members ministers lawmakers leaders "
    "diplomats experts up out off down neither either rather than never always perhaps thus hence nearly almost "
    "around my your me him them us let dear first second third half under-fire within along across beyond outside "
    "inside amid amongst per via like unlike moreover furthermore additionally nevertheless nonetheless otherwise "
    "therefore similarly good great best new old plus simply please click read see share sign subscribe membership "
    "withdrawal negotiations talks parliament government opposition police prosecutors countries states governments "
    "citing leaving having being following announcing unless lest nobody everybody somebody anybody someone anyone "
    "everyone nothing everything"
)


NOT_NAMES = words(
    "MPs MEPs MP MEP CEO CFO PM FM TV AI GDP CO2 DNA EDT GMT EST PR HQ ID BREAKING UPDATE EXCLUSIVE FACTBOX WRAPUP AP "
    "AFP Reuters UPI I Mr Mrs Ms AM AD BC"
)
REGIONAL = words(
    "Eurasian European African Asian Western Eastern Northern Southern Arab Islamic Muslim Christian Catholic Jewish "
    "Nordic Baltic Balkan Caribbean Atlantic Pacific Mediterranean Scandinavian Arctic Latin Central North South East "
    "West Gulf Sahel Alpine Andean Anglican Orthodox Protestant Lutheran Methodist Baptist Republican Democratic "
    "Democrat Conservative Labour Liberal Socialist Communist Ultra-Orthodox Olympic Parliament Congress Senate House "
    "Cabinet State Kremlin-backed Black White Red Indian-Ocean Nazi Marxist Maoist Bolshevik Cold Internet Web "
    "English"
)


#: Beliefs that name a party: "the Labour party", "the Green party".
BELIEFS = words(
    "Labour Labor Conservative Socialist Communist Liberal Republican Democratic Green Christian Workers Freedom "
    "Reform Progressive Nationalist Unionist"
)
_COUNTS = words("one two three four five six seven eight nine ten multi first second third")
#: As wires append it to a company: "<CARR.PA>".
_TICKER = re.compile(r"[A-Z0-9]{2,6}\.[A-Z]{1,2}")
#: What is said of a body before its name: "the BJP-led National Democratic Alliance".
SAID_OF = (
    "-led",
    "-backed",
    "-dominated",
    "-based",
    "-brokered",
    "-sponsored",
    "-controlled",
    "-run",
    "-style",
    "-era",
)


#: Papers that name the one they belong to.
_AMENDING = frozenset({"Protocol", "Annex", "Amendment", "Supplement", "Accession", "Agreement", "Convention"})


@lru_cache(maxsize=4096)
def is_acronym(word: str) -> bool:
    """Two or more capitals and hardly anything else: ICCAT, EU, G7, OPEC+."""
    capitals = sum(c.isupper() for c in word)
    return len(word) >= 2 and capitals >= 2 and capitals + sum(c in "0123456789+-.&" for c in word) >= len(word) - 1


def is_capital(token: Token) -> bool:
    """Whether a word could be part of a name."""
    word = token.text
    first = word[0]
    if first.isupper():
        return word not in CALENDAR and word not in NOT_NAMES and not ("." in word and _TICKER.fullmatch(word))
    return len(word) > 2 and first.islower() and word[1].isupper()


def is_count(word: str) -> bool:
    """As in "Two-time champion", "Five-party talks": a number, no name."""
    return "-" in word and word.partition("-")[0].lower() in _COUNTS


def phrase_end(units: list[Token], start: int, heads: frozenset[str], stops: frozenset[int]) -> int:
    """Where the capitalised phrase that starts at `start` ends (exclusive); `stops` are places it must not cross."""
    at, end, headed, joined = start, start, False, False
    while at < len(units) and at - start < 16:
        word = units[at].text
        if at in stops and at > start:
            break
        if is_capital(units[at]) or _numbers(units, at):
            headed = headed or word in heads
            end = at + 1
        elif not _joins(units, at, start, heads, headed, joined):
            break
        else:
            joined = joined or word in _WIDE or word == "of"
        at += 1
    return end


def _numbers(units: list[Token], at: int) -> bool:
    """As in "Convention No. 26", "Protocol 13": the number is the name."""
    word, before = units[at].text, units[at - 1].text if at else ""
    return word.isdigit() and (before in ("No.", "dos", "das") or (before in _NUMBERED and len(word) < 4))


def _joins(units: list[Token], at: int, start: int, heads: frozenset[str], headed: bool, joined: bool) -> bool:  # noqa: PLR0917 - one fact each, all needed
    word, before = units[at].text, units[at - 1].text
    following = units[at + 1] if at + 1 < len(units) else None
    if at == start or following is None:
        return False
    if word in ("'s", "’s", "'", "’"):
        owned = before in _OWNING_PEOPLE or before.endswith("men") or (len(word) == 1 and before.endswith("s"))
        shared = following.text == "and" and is_capital(units[min(at + 2, len(units) - 1)])
        return owned and _head_follows(
            units,
            at + 2 if shared else at + 1,  # "the Pilots' and Deckhands' Union"
            heads
            | {"Party", "Movement", "Front", "Army", "Guard", "Liberation", "Democratic", "National", "List", "Voice"},
        )
    if word in _NAME_PARTICLES:
        return is_capital(following) or _numbers(units, at + 1)  # "Clube dos 13"
    if word in _INNER and headed and joined:
        return is_capital(following) or (following.text == "the" and at + 2 < len(units) and is_capital(units[at + 2]))
    if word == "of":
        named = before in heads or before in _OF_HEADS
        return (named and (is_capital(following) or following.text == "the")) or (
            is_capital(following) and _told_of(units, at - 1, start)
        )
    if word in ("the", "a", "an"):
        return (before in LINKING or (before.endswith("ing") and headed)) and is_capital(following)
    if word in _WIDE:
        return before in heads and not _another_follows(units, at, heads) and _goes_wide(units, at)
    if word == "and":
        return (
            is_capital(following)
            and ((joined and _goes_on(units, at + 1)) or _head_follows(units, at + 1, heads | _COMPANY_TAILS))
            and not headed_alone(units, at, start, heads)
        )
    if word == ",":
        listed = (joined and _and_follows(units, at + 1)) or (at == start + 1 and _trades(units, start))
        return is_capital(following) and (listed or of_peoples(units, start, heads))
    return False


def _told_of(units: list[Token], at: int, start: int) -> bool:
    """As in "the Circle of Varn", whatever a circle is; the Senate of a state is that state's."""
    return at == start > 0 and units[at - 1].text.lower() == "the" and units[at].text not in STATE_PARTS


def _goes_wide(units: list[Token], at: int) -> bool:
    """A capital behind the preposition, or behind its article."""
    article = units[at + 1].text in ("the", "a", "an") and at + 2 < len(units)
    return is_capital(units[at + 1]) or (article and is_capital(units[at + 2]))


def _another_follows(units: list[Token], at: int, heads: frozenset[str]) -> bool:
    """As in "from the Tin Council to the Grain League": the second is no part of the first's name."""
    end, word = at + 2, units[at].text
    if not (word == "for" or (word == "to" and units[at - 1].text not in _AMENDING)) or units[at + 1].text != "the":
        return False
    while end < len(units) and is_capital(units[end]):
        end += 1
    return end > at + 3 and units[end - 1].text in heads


def headed_alone(units: list[Token], at: int, start: int, heads: frozenset[str]) -> bool:
    """Whether what stands before the "and" is a finished name already: "Tuna Commission and Reef Forum"."""
    return units[at - 1].text in heads and not any(units[i].text in ("of", "for", "on") for i in range(start, at))


def _head_follows(units: list[Token], at: int, heads: frozenset[str]) -> bool:
    for unit in units[at : at + 4]:
        if unit.text in heads:
            return True
        if not is_capital(unit) and unit.text not in ("'", "’"):
            return False
    return False


def _goes_on(units: list[Token], at: int) -> bool:
    """One capital word after the "and" is part of the name, or two of a trade: "River and Bar Pilots"."""
    capitals = next((i for i, unit in enumerate(units[at : at + 4]) if not is_capital(unit)), 4)
    return capitals == 1 or (capitals == 2 and units[at + 1].text[-1] == "s" and not is_acronym(units[at].text))


def _and_follows(units: list[Token], at: int) -> bool:
    for offset, unit in enumerate(units[at : at + 6]):
        if unit.text == "and":
            return offset > 0 and at + offset + 1 < len(units) and is_capital(units[at + offset + 1])
        if not is_capital(unit) and unit.text != ",":
            return False
    return False


def _trades(units: list[Token], start: int) -> bool:
    """As in "the Bakers, Food and Allied Workers' Union": trades in a row that end in the name of one union."""
    if not start or units[start - 1].text not in ("the", "The"):
        return False
    at = start
    while (
        at + 2 < len(units) and is_capital(units[at]) and not is_acronym(units[at].text) and units[at + 1].text == ","
    ):
        at += 2
    if at + 2 >= len(units) or not is_capital(units[at]) or units[at + 1].text != "and":
        return False
    union = next((i for i in range(at + 2, min(at + 7, len(units))) if units[i].text in _UNIONS), 0)
    return union > 0 and all(is_capital(units[i]) or units[i].text in ("'", "’") for i in range(at + 2, union))


def head_of(words: list[str], heads: frozenset[str]) -> str | None:
    """The head noun: the word before the first preposition if it is one, else the last word."""
    for index, word in enumerate(words):
        if word in ("of", "for", "on", "against", "to", "in", "concerning", "relating", "with") and index:
            if words[index - 1] in heads:
                return words[index - 1]
            break
    for word in reversed(words):
        if word in heads:
            return word
        if not (word.isdigit() or is_acronym(word) or word in ("(", ")", "No.")):
            return None
    return None


_ABROAD = frozenset({"European", "African", "Asian", "Nordic", "International"})  # a party of parties is a body


def type_of(
    words: list[str], sets: Mapping[str, frozenset[str]], before: str, given: frozenset[str]
) -> tuple[str, str]:
    """(type, head noun) of an unknown name; `before` is the word before it."""
    if (
        before in sets["title_heads"]
        and len(words) <= 4
        and words[-1] not in ("Division", "League")
        and not head_of(words, sets["institution"])
    ):
        return PERSON, ""
    head = head_of(words, sets["institution"])
    if words[-1] in sets["company"] and words[-1] not in ("Bank", "Group", "Exchange"):
        return COMPANY, "company"
    if words[-1] in ("Party", "party", "Democrats", "Greens", "Conservatives", "Liberals", "Socialists"):
        return (INSTITUTION if words[0] in _ABROAD and len(words) > 2 else PARTY), "party"
    if head:
        return INSTITUTION, head.lower()
    if is_acronym(words[-1]) and len(words) == 1:
        return INSTITUTION, ""
    if 2 <= len(words) <= 4 and words[0] in given:
        return PERSON, ""
    return NAME, ""
