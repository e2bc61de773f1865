"""From a subject token to the named actors. It must not decide whether an actor may leave an object."""

from __future__ import annotations

import re
from typing import Any

from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.context import Context
from streams.core.withdrawals.grammar import child, children, of_what
from streams.core.withdrawals.groups import PLACES
from streams.core.withdrawals.names import COMPANY, DEMONYM, INSTITUTION, NAME, PARTY, PERSON, STATE, Mention
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.peoples import governed, people, ruled_by
from streams.core.withdrawals.pronouns import PRONOUN, Pronouns, nearest_mention
from streams.core.withdrawals.reading import Reading, entity_of
from streams.core.withdrawals.vocabulary import words

_TROOPS = words(
    "troops forces soldiers peacekeepers contingent army military marines servicemen navy force battalion garrison "
    "units policemen personnel advisers combat"
)


_OFFICES = frozenset({"Ministry", "Department"})
_LOCAL = frozenset({"Police", "Fire", "Sheriff"})
_PARTS = words("states provinces regions islands territories")  # "five U.S. states" are not the United States
#: Whose vote or word is the state's.
_CHAMBER = re.compile(
    r"(?:(?:People['’]s|National|Federal|Grand National|Constituent|Supreme) (?:Assembly|Soviet)|Presidium"
    r"|House of Representatives|Chamber of Deputies|Ministry of \w+|Council of Ministers|State Duma)(?:$| of )"
)
_FIGHTERS = words("rebels guerrillas fighters militants")
_MEMBERS = words("faction wing party group movement rebels union club company board members")
_OWNING = words("poss amod compound nmod nummod npadvmod dep appos advmod")
_SHARES = words("last first rest most half all remainder bulk majority")
_NATIONS = words("nation country republic kingdom")
_CONTINENTS = words("Africa Asia Europe America Americas Oceania")


_HEADS = words("bishops clergy trustees directors")
# As in "a second Sabah party, UPKO": what is named beside such a noun is who acts.
_GROUPED = words("party union company club federation association airline group movement faction firm broadcaster")
_FOLLOWERS = _HEADS | words(
    "rebels guerrillas fighters militants insurgents members leaders faction wing delegates leadership delegation "
    "representatives negotiators lawmakers ministers executive board"
)


_VAGUE = words("members countries nations states critics some others parties companies people")


_VAGUE_DETS = words("any some no every another a an many several more other most few")


def _vague(token: Any, lower: str, determiner: Any) -> bool:
    """As in "some members", "three governments": nobody in particular."""
    if token.tag_ == "NNS" and any(c.dep_ == "nummod" for c in token.lefts):
        return True
    return lower in _VAGUE or (determiner is not None and determiner.lower_ in _VAGUE_DETS and lower != "government")


class Actors:
    """Resolves subject tokens of one article."""

    def __init__(self, reading: Reading, context: Context) -> None:
        self._reading, self._context = reading, context
        self._pronouns = Pronouns(reading, context, self.resolve)
        self._words = reading.data.words

    def resolve(self, parsed: Parsed, place: int, depth: int = 0) -> Actor | None:
        """The actor a token stands for, or None."""
        token, mention = parsed.doc[place], parsed.mentions[place]
        lower = token.lower_
        if depth > 4:
            return None
        if mention is not None:
            return self._named(parsed, token, mention)
        if lower in PRONOUN:
            return self._pronouns.resolve(parsed, token, depth)
        if parsed.words[place] in _OFFICES and parsed.words[place - 1] not in _LOCAL:
            return self._of_office(parsed, token)
        if token.pos_ == "PROPN" and parsed.words[place][:1].isupper() and lower not in self._words["government"]:
            return self._unlisted(parsed, token)
        if self._opens(parsed, token):
            return self._unlisted(parsed, token)
        return self._noun(parsed, token, depth)

    def _of_office(self, parsed: Parsed, token: Any) -> Actor | None:
        """As in "the Department of Employment", "Ostia's Ministry of Fisheries": the state whose office it is."""
        own = next((m for m in (parsed.mentions[c.i] for c in token.lefts) if m is not None), None)
        if own is not None and own.type in (STATE, DEMONYM):
            return Actor(entity_of(self._reading, own), own, token.i)
        return self._ruled(parsed, token, troops=False)

    def _opens(self, parsed: Parsed, token: Any) -> bool:
        """A bare singular that opens the sentence is a name: no common noun stands there without an article."""
        word = parsed.words[token.i]
        bare = (
            not token.lower_.endswith("ing")
            and token.tag_ == "NN"
            and token.left_edge.i == token.i
            and token.i == 0
            and word[:1].isupper()
        )
        return (
            bare
            and token.lower_ not in self._words["government"]
            and token.lower_ not in self._words["actors"]
            and token.lemma_.lower() not in self._reading.data.governors
            and token.lower_ not in self._reading.lower
        )

    def _named(self, parsed: Parsed, token: Any, mention: Mention) -> Actor | None:
        entity = entity_of(self._reading, mention)
        if entity.type == NAME and entity.name in _CONTINENTS:
            return None
        if entity.type in (NAME, INSTITUTION) and _CHAMBER.match(entity.name):
            state = self._context.home_state(parsed.read, parsed.spans[token.i][0])
            if state is not None and state.mentions:
                return Actor(state, nearest_mention(state, parsed), token.i, True)
        if (
            token.dep_ in ("compound", "amod", "nmod", "poss")
            and token.head.i != token.i
            and parsed.mentions[token.head.i] is None
            and token.head.i > token.i
        ):
            head = token.head.lemma_.lower()
            if head in _TROOPS or token.head.lower_ in _TROOPS:
                return Actor(entity, mention, token.i, troops=True)
        if PERSON in (mention.type, entity.type):
            return Actor(entity, mention, token.i)
        return Actor(entity, mention, token.i)

    def _unlisted(self, parsed: Parsed, token: Any) -> Actor | None:
        start, end = parsed.spans[token.i]
        text = parsed.words[token.i]
        if len(text) < 2 or token.lower_ in _VAGUE:
            return None
        entity = self._reading.register.named(text, NAME, "")
        mention = Mention(start, end, parsed.read.sentence.field, text, NAME, entity.key)
        return Actor(entity, mention, token.i)

    def _noun(self, parsed: Parsed, token: Any, depth: int) -> Actor | None:
        counted = of_what(token) if token.lower_ in _SHARES else None
        token = counted if counted is not None and parsed.mentions[counted.i] is None else token
        lower = token.lower_
        troops = lower in _TROOPS
        inside = (self._apposed(parsed, token) if lower in _GROUPED else None) or self._inside(
            parsed, token, troops, depth
        )
        if inside:
            return inside
        determiner = child(token, "det")
        if (
            determiner is not None
            and determiner.lower_ in ("a", "an")
            and lower in self._words["actors"]
            and 0 <= parsed.read.sentence.number <= 2
            and token.dep_ not in ("dobj", "pobj")  # "admitted a group that broke with the union": nobody named
        ):
            later = self._context.later_group(parsed.read, lower)
            if later is not None and later.mentions:
                return Actor(later, nearest_mention(later, parsed), token.i, True)
        if _vague(token, lower, determiner):
            return self._apposed(parsed, token)
        if lower in self._words["government"] or lower in _TROOPS or token.lemma_.lower() in self._words["government"]:
            if lower in (
                "company",
                "union",
                "party",
                "parties",
                "members",
                "member",
                "court",
                "council",
                "decision",
                "team",
            ):
                return self._group(parsed, token, lower)
            return self._ruled(parsed, token, troops=troops)
        if lower in self._words["actors"]:
            return self._group(parsed, token, lower)
        return self._apposed(parsed, token)

    def _inside(self, parsed: Parsed, token: Any, troops: bool, depth: int) -> Actor | None:
        """A name inside the noun phrase: "the Polish government", "Chad's army", "the president of Kenya"."""
        if not (
            troops
            or token.lower_ in self._words["government"]
            or token.lemma_.lower() in self._words["government"]
            or token.lower_ in self._words["actors"]
            or token.lower_ in _HEADS
        ):
            return self._apposed(parsed, token) if token.dep_ != "pobj" else None
        named = self._apposed(parsed, token) if token.lower_ in self._words["actors"] else None
        if named is not None and named.token == token.i + 1 and named.entity.type not in (STATE, PERSON):
            return named  # "the Highland group Moor Producers"
        left = list(token.lefts) + [g for c in token.lefts for g in c.lefts]
        for part in sorted(left, key=lambda c: -c.i):
            mention = parsed.mentions[part.i]
            if mention is not None and part.dep_ in _OWNING:
                entity = entity_of(self._reading, mention)
                if self._owns(entity.type, token, troops=troops):
                    if token.tag_ == "NNS" and token.lower_ in _FIGHTERS:
                        self._reading.register.alias(entity, entity.name + "s")
                    return Actor(entity, mention, part.i, False, troops)
            if part.dep_ == "poss" and part.lower_ in PRONOUN:
                found = self._opening(parsed) if token.lower_ in PLACES else None
                found = found or (people(self._reading, parsed, part) if token.lower_ in _NATIONS else None)
                found = found or self._pronouns.resolve(parsed, part, depth + 1)
                if found and token.lower_ in _NATIONS and found.entity.type == PERSON and not found.entity.id:
                    state = ruled_by(self._reading, found.mention)
                    state = state or self._context.home_state(parsed.read, parsed.spans[token.i][0])
                    return Actor(state, nearest_mention(state, parsed), token.i, True) if state else None
                return Actor(found.entity, found.mention, found.token, True, troops) if found else None
        return self._apposed(parsed, token) or self._behind(parsed, token, troops=troops)

    def _owns(self, kind: str, token: Any, *, troops: bool) -> bool:
        """Whether a name of that sort before the noun says whose it is; an "Indian Ocean nation" is not the ocean's."""
        lower = token.lower_
        if kind == STATE:
            governs = lower in self._words["government"] or token.lemma_.lower() in self._words["government"]
            return (troops or governs) and lower not in _PARTS
        if kind == INSTITUTION:
            return lower in _MEMBERS
        return kind in (COMPANY, PARTY, NAME, PERSON) and not troops and lower not in _NATIONS

    def _behind(self, parsed: Parsed, token: Any, *, troops: bool) -> Actor | None:
        """As in "the government of Ostia"; a party in Ostia is not Ostia."""
        governs = token.lower_ in self._words["government"] or token.lemma_.lower() in self._words["government"]
        for preposition in children(token, "prep"):
            if preposition.lower_ == "of" or (preposition.lower_ in ("in", "from") and (governs or troops)):
                pobj = child(preposition, "pobj")
                mention = parsed.mentions[pobj.i] if pobj is not None else None
                owners = (STATE, COMPANY, PARTY, NAME, *((INSTITUTION,) if token.lower_ in _FOLLOWERS else ()))
                if pobj is not None and mention is not None and entity_of(self._reading, mention).type in owners:
                    return Actor(entity_of(self._reading, mention), mention, pobj.i, False, troops)
        return None

    def _ruled(self, parsed: Parsed, token: Any, *, troops: bool) -> Actor | None:
        """Whose government or troops: the place that opens the sentence where places leave, else the state."""
        opening, last = self._opening(parsed), self._context.actor
        if opening is not None and last is not None and last.type in (NAME, INSTITUTION):
            return opening
        state = self._context.home_state(parsed.read, parsed.spans[token.i][0])
        if state is None or not state.mentions:
            return None
        return Actor(state, nearest_mention(state, parsed), token.i, True, troops)

    def _opening(self, parsed: Parsed) -> Actor | None:
        """As in "In Ostia, the governor said her province …": the place that opens the sentence."""
        mention = parsed.mentions[1] if len(parsed.mentions) > 2 and parsed.words[0] in ("In", "At") else None
        if mention is None or mention.type != NAME or parsed.words[2] != ",":
            return None
        return Actor(entity_of(self._reading, mention), mention, 1, True)

    def _apposed(self, parsed: Parsed, token: Any) -> Actor | None:
        for apposition in children(token, "appos"):
            town = of_what(apposition) if apposition.lower_ in PLACES else None
            place = apposition if town is None else town
            mention = parsed.mentions[place.i]
            if mention is not None:
                return Actor(entity_of(self._reading, mention), mention, place.i)
        return None

    def _group(self, parsed: Parsed, token: Any, lower: str) -> Actor | None:
        found = self._context.last_group(parsed.read, parsed.spans[token.i][0], lower)
        recent = self._context.actor
        if (
            recent is not None
            and recent.type in (COMPANY, NAME, PARTY, INSTITUTION)
            and (
                found is None
                or lower not in found.heads
                or (lower in ("company", "firm", "group") and recent.type in (COMPANY, NAME))
            )
        ):
            found = recent
        if found is None:
            found = self._context.later_group(parsed.read, lower)
        if found is None and lower in PLACES:
            found = governed(self._reading, self._context, parsed, token)
        if found is not None and found.mentions:
            return Actor(found, nearest_mention(found, parsed), token.i, True)
        return None
