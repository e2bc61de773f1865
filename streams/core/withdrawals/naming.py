"""Fills a sentence with the names in it: known ones, capitalised phrases, bracketed acronyms, appositions.

It must not parse grammar.
"""

from __future__ import annotations

from collections.abc import Mapping

from streams.core.records import TextField
from streams.core.withdrawals.adjectives import of_peoples
from streams.core.withdrawals.capitals import (
    begins_new,
    names_on,
    of_state,
    roles_in,
    stands_free,
    title_case,
    unheard,
    with_letters,
)
from streams.core.withdrawals.data import WithdrawalsData
from streams.core.withdrawals.gazetteer import Gazetteer
from streams.core.withdrawals.joining import Joiner
from streams.core.withdrawals.labels import ORDINALS, is_label
from streams.core.withdrawals.names import COMPANY, DEMONYM, OBJECT, PERSON, STATE, Mention
from streams.core.withdrawals.naming_types import Read
from streams.core.withdrawals.phrases import (
    BELIEFS,
    FUNCTION,
    REGIONAL,
    SAID_OF,
    SPORTS,
    is_acronym,
    is_capital,
    is_count,
    phrase_end,
    type_of,
)
from streams.core.withdrawals.register import Register
from streams.core.withdrawals.text import Token
from streams.core.withdrawals.vocabulary import words

Hit = tuple[int, int, str, str]
_AFTER_OWN_S = words("said says is was has had will would announced quit left plans and , did does may could also")
_RULING = words(
    "State Security Supreme National Military Federal Federation Legislative Governing Privy Transitional Cabinet "
    "Ministerial Executive Guardian Revolutionary Presidential Interim Sovereign Transition Leadership General "
    "Provincial"
)


_WAYS = words("Southern Eastern Northern Western")  # "China Southern" is an airline
_SITTING = words("Council Congress Assembly")  # a state's own, unless more than its adjective stands before
_WATERS = words("Ocean Sea Peninsula Channel Coast Subcontinent Gulf")
_NOT_OF_STATES = words("Latin Central Pan Native African New South North West East Fort Port Lake Mount River")
_BEFORE_STATES = words("Royal Air Radio")  # "Royal Dutch Shell", "Air France"


class Reader:
    def __init__(self, fields: Mapping[TextField, str], data: WithdrawalsData, gazetteer: Gazetteer) -> None:
        self.fields, self.data = fields, data
        self.heads = data.words["institution"]
        self.register = Register(gazetteer, dict(data.kinds))
        self.joiner = Joiner(self.register, data)
        self.hits: dict[TextField, dict[int, Hit]] = {
            f: {h[0]: h for h in gazetteer.find(t[:60_000])} for f, t in fields.items()
        }
        self.lower: set[str] = set()
        self.inner: set[str] = set()
        self.gazetteer, self._titled_now = gazetteer, False

    def name(self, one: Read) -> None:
        """Fill the sentence's mentions."""
        at, words = 0, one.tokens
        titled = title_case(words) if one.sentence.field == "headline" else False
        self._titled_now = titled
        hits = self.hits[one.sentence.field]
        while at < len(words):
            if not titled and words[at].start not in hits and words[at].text.islower():
                at += 1  # nearly every word
                continue
            first, last, found = self._step(one, at, titled)
            if found:
                one.mentions.append((first, last, found))
            at = max(last, at + 1)
        self.joiner.define(one)
        self.joiner.describe(one)

    def _step(self, one: Read, at: int, titled: bool) -> tuple[int, int, Mention | None]:
        words = one.tokens
        hit = self.hits[one.sentence.field].get(words[at].start)
        if (
            hit
            and is_acronym(self.fields[one.sentence.field][hit[0] : hit[1]])
            and self.register.find(self.fields[one.sentence.field][hit[0] : hit[1]])
        ):
            hit = None  # the article has given this name a meaning of its own
        if hit and not (self._really(hit, words, at) and stands_free(words, at, self.data.forms)):
            hit = None
        upto = next((i for i in range(at, len(words)) if hit and words[i].start >= hit[1]), len(words)) if hit else at
        if hit and (upto < len(words) and words[upto - 1].end != hit[1]):
            hit = None
        if titled and not hit:
            return self._titled(one, at)
        if not is_capital(words[at]) or (not hit and not self._starts(words, at)):
            return at, upto, self._hit_mention(one, hit) if hit else None
        end = phrase_end(words, at, self.heads, self._stops(one, at))
        if words[end - 1].text in BELIEFS and words[end : end + 1] and words[end].text == "party":
            return at, end + 1, self._name_mention(one, at, end + 1)  # "the Labour party"
        return self._phrase(one, at, end, upto, hit)

    def _really(self, hit: Hit, words: list[Token], at: int) -> bool:
        """A state's name that is a person's ("Michael Jordan") or a place's ("Indian Ocean") is none."""
        after = next((w.text for w in words[at : at + 4] if w.start >= hit[1]), "")
        if hit[2] == DEMONYM and after in _WATERS:
            return False
        if hit[2] not in (STATE, DEMONYM) or at == 0:
            return at > 0 or words[at].text not in ("North", "South") or hit[1] != words[at].end
        before = words[at - 1].text
        if hit[2] == STATE and not self._own_name(hit, words, at) and names_on(before) and not self._titled_now:
            return False  # "Real Madrid", "Radio Tirana": a capital at the end of a name
        if words[at].text in ("North", "South") and hit[1] == words[at].end:
            return before.lower() == "the" and not (at + 1 < len(words) and is_capital(words[at + 1]))
        return before not in self.data.words["given"] and before not in _NOT_OF_STATES

    def _own_name(self, hit: Hit, words: list[Token], at: int) -> bool:
        """Whether a state is called by a name of its own, not by its capital's."""
        known = self.gazetteer.state(hit[3])
        said = " ".join(w.text for w in words[at:] if w.start < hit[1])
        return known is None or said not in known.metonyms

    def _stops(self, one: Read, at: int) -> frozenset[int]:
        hits, words = self.hits[one.sentence.field], one.tokens
        stops: set[int] = set()
        if of_peoples(words, at, self.heads):
            return frozenset()
        for i in range(at + 1, min(at + 16, len(words))):
            hit = hits.get(words[i].start)
            if (
                hit
                and self._really(hit, words, i)
                and hit[2] in (STATE, DEMONYM, OBJECT)
                and words[i - 1].text.lower() not in ("of", "for", "in", "on", "the")
                and not (i == at + 1 and (words[at].text in SPORTS or words[at].text in _BEFORE_STATES))
            ) or (words[i - 1].text == "and" and words[i - 2].text in self.data.words["companies"]):
                stops.add(i)  # "UBS and Bank of Ostia" are two
        return frozenset(stops)

    def _starts(self, words: list[Token], at: int) -> bool:
        """Whether a capital here is more than the start of a sentence."""
        word = words[at].text
        if at and word in ORDINALS and at + 1 < len(words) and is_capital(words[at + 1]):
            return True
        if is_count(word):
            return False
        if at and words[at - 1].text not in ("“", '"', "‘", ":", "—", "-", "–", "•"):
            return word.lower() not in FUNCTION or is_acronym(word)
        nxt = words[at + 1] if at + 1 < len(words) else None
        if word.lower() in FUNCTION and not begins_new(word, nxt):
            return False
        plain = word.endswith("ing") and word not in self.inner and not (nxt and is_capital(nxt))
        if plain and not unheard(word, self.data.words["common"]):
            return False
        joined = "-" in word and not word.rpartition("-")[2].islower()  # but "Would-be", "State-owned", "Two-time"
        if is_acronym(word) or word in self.inner or joined or word in self.data.words["companies"]:
            return True
        if nxt and is_capital(nxt):
            return True
        told = nxt is not None and nxt.text in ("'s", "’s", ",", "of", "and", "&")
        return word.lower() not in self.lower and (told or unheard(word, self.data.words["common"]))

    def _phrase(self, one: Read, at: int, end: int, upto: int, hit: Hit | None) -> tuple[int, int, Mention | None]:
        words = one.tokens
        texts = [w.text for w in words[at:end]]
        if not hit and of_state(texts):
            return at, end, None
        if not hit and texts[0].endswith(SAID_OF) and len(texts) > 1:
            return at, at + 1, None
        opens = at == 0 or words[at - 1].text in ("“", '"', ":", "—", "the")
        if (
            opens
            and len(texts) > 1
            and is_label(texts, self.data.words)
            and texts[0] not in self.inner
            and not {texts[1], texts[-1]} & self.heads
        ):
            return at, at + 1, None
        roles = roles_in(texts, self.data.words["title_heads"], self.heads)
        if hit:
            if end > upto and self._grows(texts, hit, upto - at):
                return at, end, self._name_mention(one, at, end)
            return at, upto, self._hit_mention(one, hit)
        if roles and not (texts[-1] in self.heads or texts[0] in self.heads):
            return at, at + roles[-1] + 1, None
        if all(w in REGIONAL or w.endswith(SAID_OF) for w in texts) and not (
            len(texts) > 2 and texts[-1] == "Congress"
        ):
            return at, end, None
        if len(texts) == 1 and (
            texts[0] in self.data.words["titles"]
            or texts[0] in REGIONAL
            or (texts[0] in self.heads and not is_acronym(texts[0]))
        ):
            return at, at + 1, None
        if (
            len(texts) == 1
            and one.sentence.field == "headline"
            and at == 0
            and texts[0] not in self.inner
            and not is_acronym(texts[0])
        ):
            return at, at + 1, None
        return at, with_letters(words, end), self._name_mention(one, at, with_letters(words, end))

    def _grows(self, texts: list[str], hit: Hit, used: int) -> bool:
        """Whether a known name is only the first part of a longer one: "Norwegian Refugee Council"."""
        rest = texts[used:]
        if hit[2] == DEMONYM and len(rest) > 1 and rest[-1] in _SITTING and not _RULING & set(rest):
            return True
        own = rest[: rest.index("of")] if "of" in rest[1:] else rest
        if any(w in self.data.words["title_heads"] or w in self.data.words["government_names"] for w in own):
            return False
        if hit[2] == OBJECT and rest[0] in ("FC", "RFC", "AFC", "CC", "SC"):
            return True  # "Wimbledon RFC"
        if hit[2] == OBJECT:
            return rest[0] not in ("of", "and", "in", "for", "on", "the", "to") and (
                rest[-1] in self.heads or (rest[0] in self.heads and len(rest) > 2)
            )
        last = rest[-1]
        if rest[0] in ("and", "in", "to"):
            return False
        if last in self.heads or last in self.data.words["company"] or any(w in self.heads for w in rest[:-1]):
            return True
        if hit[2] == DEMONYM:
            return (
                not is_acronym(rest[0])
                and rest[0] not in self.data.words["given"]
                and rest[0] not in self.data.words["titles"]
                and rest[0] not in REGIONAL
                and not self.inner & set(rest)
                and not any(w in self.data.words["companies"] for w in rest)
            )
        return (
            hit[2] == STATE
            and len(rest) == 1
            and rest[0][0].isupper()
            and (rest[0] not in REGIONAL or rest[0] in _WAYS)
            and (rest[0] in SPORTS or rest[0].lower() not in self.lower)
        )

    def _hit_mention(self, one: Read, hit: Hit) -> Mention:
        start, end, kind, key = hit
        text = self.fields[one.sentence.field][start:end]
        entity = self.register.named(text, PERSON, "", key) if kind == PERSON else self.register.known(kind, key)
        mention = Mention(start, end, one.sentence.field, text, kind, entity.key)
        entity.mentions.append(mention)
        return mention

    def _name_mention(self, one: Read, first: int, last: int) -> Mention:
        words = one.tokens
        start, end = words[first].start, words[last - 1].end
        text = self.fields[one.sentence.field][start:end]
        worded = unheard(text, self.data.words["common"])  # "Comesa"
        known = self.gazetteer.lookup(text) or (self.gazetteer.lookup(text.upper()) if worded else None)
        if known and known[0] == OBJECT and not self.register.find(text):
            entity = self.register.known(*known)
            mention = Mention(start, end, one.sentence.field, text, OBJECT, entity.key)
            entity.mentions.append(mention)
            return mention
        texts, before = [w.text for w in words[first:last]], words[first - 1].text if first else ""
        kind, head = type_of(texts, self.data.words, before, self.data.words["given"])
        if text in self.data.words["companies"]:
            kind, head = COMPANY, "company"
        entity = self.register.named(text, kind, head)
        after = [w.text for w in words[last : last + 2]]
        known_so = text + "'s" in self.data.words["companies"] or (after[1:] and after[1] in _AFTER_OWN_S)
        if known_so and after[:1] in (["'s"], ["’s"]):
            self.register.alias(entity, text + "'s")
        mention = Mention(start, end, one.sentence.field, text, entity.type, entity.key)
        entity.mentions.append(mention)
        return mention

    def _titled(self, one: Read, at: int) -> tuple[int, int, Mention | None]:
        """In Headline Case only names that the text has are names."""
        words = one.tokens
        for end in range(min(len(words), at + 7), at, -1):
            text = self.fields["headline"][words[at].start : words[end - 1].end]
            entity = self.register.find(text)
            if entity:
                mention = Mention(words[at].start, words[end - 1].end, "headline", text, entity.type, entity.key)
                entity.mentions.append(mention)
                return at, end, mention
        return at, at + 1, None
