"""Where a sentence speaks of leaving: each trigger with its predicate and the place of its object.

It must not resolve who or what: `arguments.py` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from streams.core.withdrawals.data import Predicate, WithdrawalsData
from streams.core.withdrawals.grammar import FINITE, child, children, is_verb, negated, noun_head
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.vocabulary import words

SKIPPED = words(
    "the a an its their his her our both all this these those any from entirely immediately altogether formally "
    "officially permanently unilaterally"
)
MEMBERS = words(
    "member members party parties signatory part participant partner participants affiliate shareholder state-party "
    "membership contributor candidate contender runner"
)
KEEPING = {
    "belong": ("to",),
    "participate": ("in",),
    "abide": ("by",),
    "comply": ("with",),
    "adhere": ("to",),
    "cooperate": ("with",),
    "co-operate": ("with",),
    "observe": ("direct",),
    "honor": ("direct",),
    "honour": ("direct",),
    "recognize": ("direct",),
    "recognise": ("direct",),
    "bind": ("by",),
    "bound": ("by",),
    "apply": ("direct",),
    "attend": ("direct",),
    "contribute": ("to",),
    "respect": ("direct",),
    "implement": ("direct",),
    "sit": ("on", "in"),
    "accept": ("direct",),
    "fund": ("direct",),
    "compete": ("in",),
    "take": ("in",),
    "play": ("in",),
    "send": ("to",),
    "support": ("direct",),
    "operate": ("in",),
    "use": ("direct",),
}
_SUSPENDING = words(
    "participate cooperate co-operate observe honor honour apply attend respect implement fund comply abide adhere"
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """`token` fires; the object phrase starts at token `start` (None: bare); `cause` is what is pulled out."""

    token: int
    last: int
    predicate: Predicate
    noun: bool
    start: int | None
    link: str
    cause: int | None = None
    ceased: bool = False


def find(parsed: Parsed, data: WithdrawalsData) -> list[Trigger]:
    """All triggers of a sentence, at most one a token."""
    found: dict[int, Trigger] = {}
    by_lemma: dict[str, list[Predicate]] = {}
    for predicate in data.predicates:
        for lemma in (predicate.lemma, *("n:" + n for n in predicate.nouns)):
            by_lemma.setdefault(lemma, []).append(predicate)
    for token in parsed.doc:
        if parsed.mentions[token.i] is not None:
            continue
        trigger = _at(parsed, token, data, by_lemma)
        if trigger:
            found[token.i] = trigger
    return list(found.values())


def _at(parsed: Parsed, token: Any, data: WithdrawalsData, by_lemma: dict[str, list[Predicate]]) -> Trigger | None:
    ceased = _membership(parsed, token) or _ceased(parsed, token) or _unsigned(parsed, token) or _similar(parsed, token)
    if ceased:
        return ceased
    for form in data.forms.get(token.lower_, ()):
        if form.startswith("n:"):
            if token.pos_ in ("NOUN", "PROPN") and not _verb_in_headline(parsed, token):
                return _noun(parsed, token, by_lemma[form][0])
            continue
        if not (
            is_verb(token)
            or token.dep_ == "ROOT"
            or (form in ("lapse", "expire", "run") and letting_verb(parsed, token) is not None)
            or _verb_in_headline(parsed, token)
            or _after_to(parsed, token)
        ):
            continue
        for predicate in sorted(by_lemma.get(form, ()), key=lambda p: -len(p.words)):
            trigger = _verb(parsed, token, predicate)
            if trigger:
                return trigger
    return None


def _after_to(parsed: Parsed, token: Any) -> bool:
    """A base form after "to" or a modal is a verb, whatever the tagger says."""
    return (
        token.i > 0
        and token.tag_ in ("NN", "VB", "JJ")
        and parsed.words[token.i - 1].lower() in ("to", "will", "would", "may", "might", "could", "should")
        and parsed.mentions[token.i] is None
        and (
            parsed.words[token.i - 1].lower() != "to"
            or token.dep_ in ("xcomp", "ROOT", "acl", "relcl", "advcl", "conj", "ccomp")
        )
    )


def _verb_in_headline(parsed: Parsed, token: Any) -> bool:
    return (
        parsed.read.sentence.field == "headline"
        and token.i > 0
        and token.lower_.endswith("s")
        and parsed.mentions[token.i - 1] is not None
    )


def _verb(parsed: Parsed, token: Any, predicate: Predicate) -> Trigger | None:
    at = token.i
    for word in predicate.words:
        place = _word(
            parsed,
            token.i,
            word,
            15
            if word in ("hold", "ice", "end", "abeyance")
            else 3
            if word in ("out", "in", "off", "back", "away") and not predicate.cause
            else 9,
        )
        if place is None:
            return None
        at = place
    if predicate.lemma == "be" and any(parsed.doc[i].pos_ not in ("ADV", "PART") for i in range(token.i + 1, at)):
        return None
    if predicate.words == ("nothing", "do") and not {"more", "further"} & {
        w.lower() for w in parsed.words[token.i : at]
    }:
        return None
    if predicate.need_possessive and parsed.words[at - 1].lower() not in ("its", "their", "his", "her", "our", "my"):
        return None
    if predicate.lemma == "part" and not (is_verb(token) or _after_to(parsed, token)):
        return None
    if predicate.frame == "troops" or (
        predicate.lemma in ("withdraw", "pull")
        and child(token, "nsubjpass") is not None
        and child(token, "nsubjpass").lower_ in TROOPS
    ):
        return _troops(parsed, token, predicate)
    if predicate.lemma == "leave" and _left_in_a_state(token):
        return None
    cause = _between(parsed, token, at) if predicate.cause else None
    for link in predicate.links:
        start = _link(parsed, token, at, link, predicate)
        if start is not None:
            if cause is None and predicate.cause:
                cause = _between(parsed, token, start)
            if predicate.need_cause and cause is None and not _passive(token):
                return None
            return Trigger(token.i, at, predicate, False, start, link, cause)
    if (
        predicate.frame == "suspend"
        and _passive(token)
        and at + 1 < len(parsed.words)
        and parsed.words[at + 1].lower() == "out"
    ):
        return None
    if predicate.frame == "follow" and predicate.lemma == "follow" and token.tag_ in ("VBG", "NN"):
        return None
    if predicate.lemma in ("go", "get") and not predicate.words[1:] and not _stands_alone(parsed, token, at):
        return None
    if "bare" in predicate.links and all(c.i <= at for c in children(token, "dobj", "attr", "acomp")):
        return Trigger(token.i, at, predicate, False, None, "bare", cause)
    return None


TROOPS = words(
    "troops forces soldiers peacekeepers contingent contingents marines servicemen battalion battalions units unit "
    "policemen troopers blue helmets engineers personnel men trainers advisers brigade company observers medics "
    "police"
)


def _troops(parsed: Parsed, token: Any, predicate: Predicate) -> Trigger | None:
    """ "recalled its battalion", "its men were being brought home": the place or mission comes behind, or from the context."""
    what = child(token, "dobj", "nsubjpass")
    if (
        what is None
        or not (what.lower_ in TROOPS)
        or (
            predicate.lemma in ("call", "bring", "fly", "ship")
            and not any(w in ("home", "back", "out") for w in (x.lower() for x in parsed.words[token.i : token.i + 9]))
        )
    ):
        return None
    if (
        what.lower_ in ("company", "unit", "men", "units", "police", "engineers")
        and child(what, "poss", "amod", "compound", "nummod") is None
        and child(what, "prep") is None
    ):
        return None
    leave = Predicate(predicate.lemma, "leave", ("from",), words=("troops",))
    inside = next(
        (
            child(p, "pobj")
            for p in children(what, "prep")
            if p.lower_ in ("in", "on", "from") and child(p, "pobj") is not None
        ),
        None,
    )
    if (
        inside is not None
        and parsed.mentions[inside.i] is not None
        and not any(parsed.words[i].lower() == "from" for i in range(token.i, min(token.i + 6, len(parsed.words))))
    ):
        return Trigger(token.i, token.i, leave, False, int(inside.i), "from", int(what.i))
    for place in range(token.i + 1, min(token.i + 16, len(parsed.words) - 1)):
        if parsed.words[place].lower() == "from" and place > what.i - 1:
            return Trigger(token.i, token.i, leave, False, place + 1, "from", int(what.i))
    return Trigger(token.i, token.i, leave, False, None, "bare", int(what.i))


def _left_in_a_state(token: Any) -> bool:
    """ "leaving the UN scrambling", "left open whether", "leaves it with no choice": another sense of leave."""
    for part in token.rights:
        if part.dep_ in ("ccomp", "xcomp", "oprd", "acomp") and part.tag_ in ("VBG", "JJ", "VBN", "VBD", "RB", "NN"):
            return True
        if part.dep_ == "prt" or (
            part.dep_ == "advmod" and part.lower_ in ("behind", "open", "alone", "aside", "over")
        ):
            return True
        if part.dep_ in ("prep", "dative") and part.lower_ in ("with", "to") and child(token, "dobj") is not None:
            return True
        if part.dep_ == "prep" and part.lower_ in ("for", "to", "behind") and child(token, "dobj") is None:
            return True
    return False


def _passive(token: Any) -> bool:
    return child(token, "auxpass", "nsubjpass") is not None


def _word(parsed: Parsed, at: int, word: str, reach: int = 9) -> int | None:
    for place in range(at + 1, min(at + reach, len(parsed.words))):
        lower = parsed.words[place].lower()
        if lower == word:
            return place
        if lower in (",", ";", ":", "that", ".") or parsed.doc[place].tag_ in FINITE:
            return None
    return None


def _between(parsed: Parsed, token: Any, end: int) -> int | None:
    """The noun between a causative verb and its preposition: "pulled [Norland] out of"."""
    own = child(token, "dobj")
    if own is not None and token.i < own.i < end:
        return int(own.i)
    for place in range(token.i + 1, min(end, len(parsed.words))):
        if parsed.mentions[place] is not None:
            return int(noun_head(parsed.doc, place).i) if place + 1 < end else place
        if parsed.words[place].lower() in ("itself", "themselves"):
            return place
    return None


def _link(parsed: Parsed, token: Any, at: int, link: str, predicate: Predicate) -> int | None:
    words, doc = parsed.words, parsed.doc
    if link == "after":
        return at + 1 if at + 1 < len(words) - 1 else None
    if link == "direct":
        return _direct(parsed, token, at)
    if link == "subject":
        letting = letting_verb(parsed, token)
        if letting is not None:
            return int(letting.i) + 1
        subject = child(token, "nsubj", "nsubjpass", "dobj")
        if subject is None and token.dep_ in ("ccomp", "xcomp"):
            subject = child(token.head, "dobj")
        return int(subject.left_edge.i) if subject is not None else None
    if link == "bare":
        return None
    if (
        at != token.i
        and link in ("of", "on", "with", "in", "to")
        and not (at + 1 < len(words) and words[at + 1].lower() == link)
    ):
        return _late(parsed, token, at, link)
    for place in range(at + 1, min(at + 15, len(words) - 1)):
        lower = words[place].lower()
        if link == "out of":
            if lower == "out" and words[place + 1].lower() == "of":
                return place + 2
        elif lower == link and not (link == "in" and place > at + 3):
            return place + 1
        if (
            lower in (";", ":", "that", ".")
            or (doc[place].tag_ in FINITE and doc[place].i != token.i)
            or (lower == "," and link in ("in", "with", "on", "to", "of"))
        ):
            return None
    return _stranded(parsed, token, link)


def _late(parsed: Parsed, token: Any, at: int, link: str) -> int | None:
    """A time or adverb may stand before the preposition: "pull out next year of …"."""
    for place in range(at + 1, min(at + 5, len(parsed.words) - 1)):
        if parsed.words[place].lower() == link and parsed.doc[place].head.i in (token.i, at):
            return place + 1
    return _stranded(parsed, token, link)


def letting_verb(parsed: Parsed, token: Any) -> Any | None:
    """The "let" or "allow" before a word of expiry."""
    for place in range(token.i - 1, max(-1, token.i - 14), -1):
        if parsed.doc[place].lemma_.lower() in ("let", "allow", "permit", "leave") and is_verb(parsed.doc[place]):
            return parsed.doc[place]
    return None


def _stranded(parsed: Parsed, token: Any, link: str) -> int | None:
    """ "the treaty that it withdrew from": the noun before the relative clause."""
    for place in range(token.i + 1, min(token.i + 5, len(parsed.words))):
        if (
            parsed.words[place].lower() == link.split()[-1]
            and child(parsed.doc[place], "pobj") is None
            and token.dep_ == "relcl"
        ):
            return int(token.head.left_edge.i)
    for relative in children(token, "prep"):
        pobj = child(relative, "pobj")
        if relative.lower_ == link and pobj is not None and pobj.lower_ in ("which", "whom") and token.dep_ == "relcl":
            return int(token.head.left_edge.i)
    return None


def _direct(parsed: Parsed, token: Any, at: int) -> int | None:
    every = children(token, "dobj")
    own = every[1] if len(every) > 1 and every[1].left_edge.i <= every[0].i + 1 else (every[0] if every else None)
    if own is not None and own.lower_ in ("which", "that", "whom") and token.dep_ == "relcl":
        return int(token.head.left_edge.i) if token.head.i < token.i else None
    if own is not None and own.i > token.i:
        return int(min(own.left_edge.i, every[0].left_edge.i)) if own is every[0] else int(own.i)
    passive = child(token, "nsubjpass")
    if passive is not None:
        if passive.lower_ in ("which", "that") and token.dep_ == "relcl":
            return int(token.head.left_edge.i)
        return int(passive.left_edge.i)
    if (
        token.dep_ == "relcl"
        and own is None
        and child(token, "nsubj") is not None
        and child(token, "nsubj").lower_ not in ("which", "that", "who")
    ):
        return int(token.head.left_edge.i)
    if token.dep_ == "acl" and token.tag_ == "VBN" and parsed.words[token.i - 1] != ",":
        return int(token.head.left_edge.i)
    for place in range(at + 1, min(at + 6, len(parsed.words))):
        if parsed.mentions[place] is not None:
            return place
        if parsed.words[place].lower() not in SKIPPED and parsed.doc[place].pos_ not in ("ADJ", "ADV", "DET", "NOUN"):
            return None
        if parsed.doc[place].pos_ == "NOUN" and parsed.doc[place].dep_ in ("dobj", "pobj", "ccomp", "conj", "attr"):
            return place
    return None


def _noun(parsed: Parsed, token: Any, predicate: Predicate) -> Trigger | None:
    words = parsed.words
    for place in range(token.i + 1, min(token.i + 12, len(words) - 1)):
        lower = words[place].lower()
        if lower == "from":
            return Trigger(token.i, token.i, predicate, True, place + 1, "from")
        if lower in (",", ";", "that", ".", "and", "after", "as") or parsed.doc[place].tag_ in FINITE:
            break
    following = words[token.i + 1].lower() if token.i + 1 < len(words) else ""
    if (
        following in ("of", "in", "with", "on")
        and token.i + 2 < len(words)
        and not (predicate.frame == "leave" and predicate.lemma != "abandon")
    ):
        if following == "of" or predicate.frame in ("end", "suspend"):
            return Trigger(token.i, token.i, predicate, True, token.i + 2, following)
    return Trigger(token.i, token.i, predicate, True, None, "bare") if predicate.frame == "leave" else None


def _ceased(parsed: Parsed, token: Any) -> Trigger | None:
    """No longer being a member, no longer taking part, and the like."""
    lemma = token.lemma_.lower()
    word = token.lower_
    links = ("of", "to", "in", "with", "for", "direct") if word in MEMBERS else KEEPING.get(lemma) or KEEPING.get(word)
    if not links or (lemma == "take" and "part" not in parsed.words[token.i + 1 : token.i + 2]):
        return None
    if not _no_longer(parsed, token):
        return None
    at = token.i + (1 if lemma == "take" else 0)
    form = "suspension" if lemma in _SUSPENDING else "withdrawal"
    predicate = Predicate("cease" if word in MEMBERS else lemma, "nonmember", links, form=form, weak=True)
    if word in ("candidate", "contender"):
        return Trigger(token.i, at, predicate, False, token.i, "direct", ceased=True)
    for link in links:
        start = _direct(parsed, token, at) if link == "direct" and word not in MEMBERS else None
        if link == "direct" and word in MEMBERS and token.i and parsed.mentions[token.i - 1] is not None:
            start = token.i - 1
        if link != "direct" and at + 2 < len(parsed.words):
            place = next(
                (p for p in range(at + 1, min(at + 4, len(parsed.words) - 1)) if parsed.words[p].lower() == link), None
            )
            start = place + 1 if place is not None else None
        if start is not None:
            return Trigger(token.i, at, predicate, False, start, link, ceased=True)
    return None


def _unsigned(parsed: Parsed, token: Any) -> Trigger | None:
    """ "would not become a party to", "no intention of ratifying": a signature disowned."""
    words = parsed.words
    if token.lower_ == "party" and token.head.lemma_ == "become":
        start = next(
            (p + 1 for p in range(token.i + 1, min(token.i + 3, len(words) - 1)) if words[p].lower() == "to"), None
        )
        verb = token.head
    elif token.lemma_.lower() == "ratify" and is_verb(token):
        start, verb = _direct(parsed, token, token.i), token
    else:
        return None
    around = " ".join(w.lower() for w in words[max(0, verb.i - 8) : verb.i])
    if start is None or not any(n in around.split() for n in ("not", "no", "n't", "never", "n’t")) or "yet" in around:
        return None
    predicate = Predicate(
        "become" if token.lower_ == "party" else "ratify", "unsign", ("direct",), form="unsigning", instruments=True
    )
    return Trigger(verb.i, verb.i, predicate, False, start, "direct")


def _stands_alone(parsed: Parsed, token: Any, at: int) -> bool:
    """ "would go", "would be going too", "getting out": nothing behind but time or an adverb."""
    following = parsed.words[at + 1].lower() if at + 1 < len(parsed.words) else "."
    return (
        following
        in (".", ",", "too", "as", "in", "last", "on", "at", "this", "next", "altogether", "together", ";", '"', "”")
        and token.tag_ != "VBZ"
    )


_SHEDDING = words(
    "turn hand cede forfeit forgo forego shed wind vacate yield lose drop cancel quit sever dissolve discontinue "
    "withdraw revoke relinquish renounce abandon surrender end terminate give rescind lapse repeal"
)
_DOUBTING = words(
    "review reconsider rethink question reassess reevaluate re-examine reexamine weigh evaluate reappraise revisit"
)
_HELD = words("membership participation adherence affiliation involvement subscription")
_SIGNED = words("signature declaration ratification acceptance recognition candidacy candidature nomination accession")
_RETRACTING = words(
    "withdraw revoke rescind retract remove take drop cancel pull recall erase strike annul scrap abandon end "
    "renounce repeal"
)
RELATION = words(
    "cord tie link relation association relationship connection cooperation co-operation partnership affiliation "
    "contact bond collaboration dealing"
)
_BREAKING = words("sever cut break end terminate dissolve suspend freeze discontinue cease halt stop rupture loosen")


def _membership(parsed: Parsed, token: Any) -> Trigger | None:
    """Any verb of giving away, with membership as its object; any verb of doubt makes it considered."""
    lemma = token.lemma_.lower()
    if not is_verb(token) or lemma not in _SHEDDING | _DOUBTING | _BREAKING | _RETRACTING:
        return None
    held = child(token, "dobj", "nsubjpass")
    if held is None:
        return None
    if held.lemma_.lower() == "support" and lemma in ("withdraw", "pull", "revoke", "end"):
        return _support(parsed, token, held)
    if (
        held.lemma_.lower() in _SIGNED
        and lemma in _RETRACTING
        and (
            lemma != "take"
            or "back" in [w.lower() for w in parsed.words[token.i : token.i + 6]]
            or "off" in [w.lower() for w in parsed.words[token.i : token.i + 6]]
        )
    ):
        form = "unsigning" if held.lemma_.lower() == "signature" else "withdrawal"
        return Trigger(
            token.i,
            token.i,
            Predicate(
                lemma,
                "unsign" if form == "unsigning" else "end",
                ("direct",),
                words=(held.lemma_.lower(),),
                form=form,
                weak=True,
            ),
            False,
            int(held.left_edge.i),
            "direct",
        )
    if held.lemma_.lower() in RELATION and lemma in _BREAKING:
        return _relation(parsed, token, held, lemma)
    if held.lemma_.lower() not in _HELD or lemma not in _SHEDDING | _DOUBTING:
        return None
    if child(held, "poss") is None and child(held, "prep") is None:
        return None
    predicate = Predicate(lemma, "doubt" if lemma in _DOUBTING else "end", ("direct",))
    return Trigger(token.i, token.i, predicate, False, int(held.left_edge.i), "direct")


def _relation(parsed: Parsed, token: Any, held: Any, lemma: str) -> Trigger | None:
    """ "severed its association with": the partner is what is left."""
    for place in range(held.i + 1, min(held.i + 5, len(parsed.words) - 1)):
        if parsed.words[place].lower() in ("with", "to", "from"):
            form = "suspension" if lemma in ("suspend", "freeze", "halt") else "withdrawal"
            predicate = Predicate(lemma, "leave", ("with",), words=("ties",), form=form, weak=True)
            return Trigger(token.i, held.i, predicate, False, place + 1, "with")
    return None


def _support(parsed: Parsed, token: Any, held: Any) -> Trigger | None:
    """A party that withdraws its support leaves the coalition."""
    if child(held, "poss") is None and child(held, "prep") is None:
        return None
    predicate = Predicate(token.lemma_.lower(), "support", ("from", "bare"), words=("support",), weak=True)
    for place in range(held.i + 1, min(held.i + 4, len(parsed.words) - 1)):
        if parsed.words[place].lower() in ("from", "for", "of"):
            return Trigger(token.i, held.i, predicate, False, place + 1, "from")
    return Trigger(token.i, held.i, predicate, False, None, "bare")


def _similar(parsed: Parsed, token: Any) -> Trigger | None:
    """ "is considering a similar move": the act last spoken of, by another."""
    if token.lower_ not in (
        "move",
        "moves",
        "step",
        "steps",
        "course",
        "action",
        "decision",
        "exit",
        "withdrawal",
        "departure",
    ):
        return None
    if not any(c.lower_ in ("similar", "same", "comparable") for c in token.lefts):
        return None
    return Trigger(token.i, token.i, Predicate("similar", "follow", ("bare",)), True, None, "bare")


def _no_longer(parsed: Parsed, token: Any) -> bool:
    """Whether "no longer", "not … any longer", "cease to" or "stop …ing" stands over the token."""
    left = max(0, token.i - 8)
    words = [w.lower() for w in parsed.words[left : token.i + 1]]
    text = " ".join(words)
    if "no longer" in text or "not any longer" in text or "no more a" in text or "never again" in text:
        return True
    after = " ".join(w.lower() for w in parsed.words[token.i : token.i + 12])
    if "any longer" in after or "any more" in after:
        return any(w in ("not", "n't", "n’t") for w in words)
    head = token
    for _ in range(3):
        head = head.head
        if head.lemma_.lower() in ("cease", "stop", "quit") and head.i < token.i and not negated(head):
            return token.i - head.i < 7
    return False
