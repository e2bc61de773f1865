"""Who does it, as a token: the grammar's way from a trigger to its subject. It must not resolve names."""

from __future__ import annotations

from typing import Any

from streams.core.withdrawals import grammar, leftward
from streams.core.withdrawals.grammar import (
    OBJECT_CONTROL,
    alike,
    among,
    around_a_saying,
    child,
    children,
    companions,
    is_verb,
    list_around,
    named_after_copula,
    named_inside,
)
from streams.core.withdrawals.links import letting_verb
from streams.core.withdrawals.names import DEMONYM
from streams.core.withdrawals.owning import ANOTHERS, OWNING
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.vocabulary import words

RELATIVE = frozenset({"which", "that", "who", "whose", "whom"})
_GROUPS = words("country nation state member one company party government club union bank city team")
_OWNERLESS = frozenset({"it", "there", "this", "what"})


def subject_tokens(parsed: Parsed, trigger: Trigger) -> list[int]:
    """The tokens of the actors, coordinated ones included; empty where the sentence names none."""
    token = parsed.doc[trigger.token]
    if trigger.predicate.frame == "expire":
        letting = letting_verb(parsed, token)
        found = subjects(parsed, letting, 0) if letting is not None else _letting(token)
    elif trigger.link == "held":
        held = child(token, "nsubj", "nsubjpass")
        found = owner(parsed, held, 0) if held is not None else []
    elif trigger.noun:
        found = owner(parsed, token, 0, of=trigger.link != "of")
    elif trigger.predicate.frame == "nonmember" and not is_verb(token):
        found = _of_member(parsed, token)
    else:
        found = subjects(parsed, token, 0)
    led = child(token, "nsubjpass") if trigger.predicate.need_cause else None
    if led is not None and parsed.mentions[led.i] is not None:
        return spread(parsed, [led], trigger.token, trigger.start)  # "was led out of the pact by its premier"
    found = (
        (leftward.after_name(parsed, token) or leftward.lost_before(parsed, token)) if not trigger.noun else []
    ) or found
    if not found and not trigger.noun and trigger.predicate.words:
        found = [
            c
            for node in (token, token.head)
            for c in node.children
            if c.dep_ in ("nsubj", "nsubjpass") and c.i < trigger.token
        ][:1]
    if not found and not trigger.noun:
        found = leftward.before_aside(parsed, token) or leftward.next_left(parsed, trigger)
    if not found and not trigger.noun and parsed.read.sentence.field == "headline":
        found = leftward.titled_name(parsed, trigger)
    return spread(parsed, [named_after_copula(parsed, f, trigger.token) for f in found], trigger.token, trigger.start)


def spread(parsed: Parsed, found: list[Any], pivot: int, start: int | None) -> list[int]:
    """The subject with those coordinated to it on its side of the trigger, by the tree and by the flat list."""
    places: dict[int, None] = {}
    for one in [named_inside(parsed, f) for f in found]:
        places[one.i] = None
        for conjunct in one.conjuncts:
            if conjunct.pos_ in ("PROPN", "NOUN", "PRON") and (conjunct.i < pivot) == (one.i < pivot):
                places[conjunct.i] = None
        if parsed.mentions[one.i] is not None:
            for place in list_around(parsed, one.i):
                if (
                    (place < pivot) == (one.i < pivot)
                    and (start is None or place != start)
                    and alike(parsed, place, one.i)
                ):
                    places[place] = None
        if parsed.mentions[one.i] is not None or one.lower_ in ("it", "they"):
            places |= dict.fromkeys(companions(parsed, one.i, pivot))
    return list(places)


def _letting(token: Any) -> list[Any]:
    head = token.head
    if head.lemma_.lower() in ("let", "allow", "permit", "leave"):
        subject = child(head, "nsubj")
        if subject is not None:
            return [subject]
        return [head.head] if head.dep_ == "relcl" else subjects_of_head(head)
    return []


def subjects_of_head(head: Any) -> list[Any]:
    """The subject of the verb above an infinitive."""
    subject = child(head.head, "nsubj") if head.head.i != head.i else None
    return [subject] if subject is not None else []


def _of_member(parsed: Parsed, token: Any) -> list[Any]:
    node = token
    for _ in range(4):
        if is_verb(node):
            break
        if node.head.i == node.i:
            return []
        node = node.head
    return subjects(parsed, node, 0)


def subjects(parsed: Parsed, verb: Any, depth: int) -> list[Any]:
    """The subject of a verb, through control, coordination and relative clauses."""
    if depth > 7:
        return []
    subject = child(verb, "nsubj", "csubj")
    ranked = leftward.ranked_after(verb, subject) if subject is not None else None
    if ranked is not None:
        return [ranked]
    if subject is not None and subject.lower_ not in ("there", "what"):
        return _through_relative(parsed, verb, subject)
    bound = child(verb, "nsubjpass")
    if bound is not None and verb.lemma_.lower() in ("bind", "bound", "go"):
        return [bound]  # "no longer bound by the pact": who is bound leaves; "was gone"
    if bound is not None or (child(verb, "auxpass") is not None and verb.dep_ != "conj"):
        return _agent(verb)
    return _from_above(parsed, verb, depth)


def _through_relative(parsed: Parsed, verb: Any, subject: Any) -> list[Any]:
    if subject.lower_ in RELATIVE and verb.dep_ in ("relcl", "acl", "ccomp"):
        head = verb.head
        cleft = child(head, "attr") if verb.dep_ == "ccomp" and head.lemma_ == "be" else None
        if cleft is not None and parsed.mentions[cleft.i] is not None:
            return [cleft]  # "it was Ostia that left"
        if head.dep_ == "attr" and head.head.lemma_ in ("be", "become") and parsed.mentions[head.i] is None:
            copula = child(head.head, "nsubj")
            return [copula] if copula is not None else [head]
        return among(parsed, head) or [_named_before(parsed, subject, head)]
    return [subject]


def _named_before(parsed: Parsed, relative: Any, head: Any) -> Any:
    """As in "the move of Ostia, which left": the name right before the relative, where the tree has it of a noun."""
    place = relative.i - 2
    if parsed.mentions[head.i] is not None or place < 0 or parsed.words[place + 1] != ",":
        return head
    if head.dep_ == "appos" and parsed.mentions[head.head.i] is not None:
        return head.head
    named = parsed.mentions[place]
    return parsed.doc[place] if named is not None and named.type not in ("object", "institution", DEMONYM) else head


def _agent(verb: Any) -> list[Any]:
    agent = child(verb, "agent")
    pobj = child(agent, "pobj") if agent is not None else None
    return [pobj] if pobj is not None else []


def _from_above(parsed: Parsed, verb: Any, depth: int) -> list[Any]:
    head, dep = verb.head, verb.dep_
    if head.i == verb.i:
        return []
    if dep == "conj" and is_verb(head):
        near = getattr(parsed.mentions[verb.i - 1], "type", "") if verb.tag_ in ("VBD", "VBZ", "VBP") else ""
        if near in ("state", "company", "party", "name"):
            return [parsed.doc[verb.i - 1]]  # "and in April Ostia and Norland quit": the month took the name
        return subjects(parsed, head, depth + 1)
    if dep == "csubj" and head.lemma_ == "be" and head.dep_ == "ccomp" and head.head.i != head.i:
        said = subjects(parsed, head.head, depth + 1)  # "Leaving the pact is not on the table, Ostia said"
        own = [[s, *s.lefts] for s in said]
        return [s[0] for s in own if any(getattr(parsed.mentions[t.i], "type", "") == "state" for t in s)]
    if dep == "ccomp" and (before := around_a_saying(parsed, verb)) is not None:
        return [before]
    if dep in ("xcomp", "ccomp", "advcl", "dep", "oprd", "acomp", "parataxis"):
        return _controlled(parsed, verb, head, depth)
    if dep in ("pcomp", "pobj"):
        above = head.head
        if is_verb(above):
            return subjects(parsed, above, depth + 1)
        return owner(parsed, above, depth + 1)
    if dep in ("acl", "relcl"):
        return _of_noun(parsed, head, depth)
    if dep in {"attr", "amod"}:
        return subjects(parsed, head, depth + 1) if is_verb(head) else owner(parsed, head, depth + 1)
    return []


def _controlled(parsed: Parsed, verb: Any, head: Any, depth: int) -> list[Any]:
    if not is_verb(head):
        if head.pos_ == "ADJ" and is_verb(head.head):
            return subjects(parsed, head.head, depth + 1)
        return owner(parsed, head, depth + 1) if head.pos_ in ("NOUN", "PROPN") else []
    if head.lemma_.lower() in OBJECT_CONTROL and verb.dep_ in ("xcomp", "ccomp", "advcl"):
        controlled = child(head, "dobj", "dative")
        if controlled is not None and controlled.i < verb.i:
            return [controlled]
        passive = child(head, "nsubjpass")
        if passive is not None:
            return [passive]
    passive = child(head, "nsubjpass")
    if passive is not None:
        return [passive]
    return subjects(parsed, head, depth + 1)


def _of_noun(parsed: Parsed, noun: Any, depth: int) -> list[Any]:
    """As in "decision to leave" has an owner; "the first country to leave" is the subject of its copula."""
    if parsed.mentions[noun.i] is not None and parsed.mentions[noun.i].type != DEMONYM:
        return [noun]
    if noun.dep_ == "attr" and noun.head.lemma_ in ("be", "become"):
        copula = child(noun.head, "nsubj")
        if copula is not None and copula.lower_ not in _OWNERLESS:
            return [copula]
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be" and parsed.mentions[noun.i] is None:
        named = child(noun.head, "attr")  # "the only other to have left is Ostia"
        if named is not None and parsed.mentions[named.i] is not None:
            return [named]
    before = noun.left_edge.i - 1
    if before > 0 and parsed.words[before].lower() in ("it", "them") and parsed.doc[before - 1].lemma_ == "make":
        return [parsed.doc[before]]
    if noun.lemma_.lower() in _GROUPS:
        return [noun]
    found = owner(parsed, noun, depth + 1)
    return found or ([noun] if noun.lower_ in ("order", "decree", "bill", "law") else [])


def owner(parsed: Parsed, noun: Any, depth: int, *, of: bool = True) -> list[Any]:
    """Whose the noun is: possessive, demonym, "of X", "by X", or the subject of its verb."""
    if depth > 7:
        return []
    possessor = grammar.possessor_of(parsed, noun)
    if possessor is not None and possessor.lower_ == "whose":
        above = noun
        while above.head.i != above.i and above.dep_ != "relcl":
            above = above.head
        return [above.head] if above.dep_ == "relcl" else []
    if possessor is not None and possessor.lemma_ == "predecessor":
        return _owner_above(parsed, noun, depth)  # "reversed its predecessor's withdrawal"
    if possessor is not None:
        return [possessor]
    for modifier in [*children(noun, "amod", "compound", "nmod", "nummod", "det", "npadvmod"), *noun.lefts]:
        mention = parsed.mentions[modifier.i]
        if mention is not None and mention.type in (DEMONYM, "state", "company", "party", "person", "name"):
            return [modifier]
    whose = child(noun, "compound")
    if whose is not None and whose.lower_ in ("country", "nation", "government", "kingdom") and whose.i == noun.i - 1:
        return [whose]
    return _of_or_by(parsed, noun, depth, of=of) or _owner_above(parsed, noun, depth)


def _of_or_by(parsed: Parsed, noun: Any, depth: int, *, of: bool) -> list[Any]:
    for preposition in children(noun, "prep", "agent"):
        if preposition.lower_ == "of" and not of:
            continue
        if preposition.lower_ in ("of", "by") or (preposition.lower_ == "for" and noun.lemma_ in ("call", "demand")):
            pobj = child(preposition, "pobj")
            if pobj is not None and (pobj.lower_ in ("own", "sorts", "kind") or pobj.tag_ == "VBG"):
                continue
            if (
                pobj is not None
                and preposition.lower_ == "of"
                and pobj.lemma_.lower() in ("participation", "membership", "involvement", "cooperation", "adherence")
            ):
                return owner(parsed, pobj, max(6, depth + 1))
            if (
                pobj is not None
                and preposition.lower_ != "for"
                and (parsed.mentions[pobj.i] is None or parsed.mentions[pobj.i].type not in ("object", "institution"))
            ):
                return [pobj]
            if pobj is not None and preposition.lower_ == "by":
                return [pobj]
    return []


def _owner_above(parsed: Parsed, noun: Any, depth: int) -> list[Any]:
    head, dep = noun.head, noun.dep_
    if head.i == noun.i:
        return []
    if dep in ("dobj", "attr", "oprd", "dative") and is_verb(head):
        return subjects(parsed, head, depth + 1) if head.lemma_.lower() in OWNING else []
    if dep == "conj":
        return owner(parsed, head, depth + 1) if not is_verb(head) else subjects(parsed, head, depth + 1)
    if dep == "pobj":
        above = head.head
        if above.i == head.i:
            return []
        if is_verb(above):
            return subjects(parsed, above, depth + 1) if above.lemma_.lower() in OWNING else []
        return owner(parsed, above, depth + 1, of=head.lower_ != "of")
    if dep in ("nsubj", "nsubjpass"):
        return _agent(head) if head.lemma_ not in ANOTHERS else []
    if dep == "compound":
        return owner(parsed, head, depth + 1)
    return []
