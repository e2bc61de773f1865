"""Every reading of a trigger as (actor, object, stage, dates), and the readings turned down. It must not merge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from streams.core.records import Claim, EventDate, Kind, Stage
from streams.core.withdrawals import pointing
from streams.core.withdrawals.actor import Actor
from streams.core.withdrawals.barring import accused, in_quotes, shut_out
from streams.core.withdrawals.bidding import Bidding
from streams.core.withdrawals.candidate import Candidate
from streams.core.withdrawals.context import Context
from streams.core.withdrawals.dates import act_and_effect, lead_day
from streams.core.withdrawals.deeds import accompanies
from streams.core.withdrawals.elliptic import date_after, first_after, listed_actors
from streams.core.withdrawals.extending import extended
from streams.core.withdrawals.following import ONE, left_before
from streams.core.withdrawals.forms import form_of
from streams.core.withdrawals.gapped import gapped
from streams.core.withdrawals.grammar import noun_head
from streams.core.withdrawals.inheriting import INHERITING, Inheritance
from streams.core.withdrawals.law import admit
from streams.core.withdrawals.names import INSTITUTION, NAME, OBJECT, PERSON, STATE
from streams.core.withdrawals.noticing import formed, told_in
from streams.core.withdrawals.objects import Objects
from streams.core.withdrawals.parsed import Parsed
from streams.core.withdrawals.pointing_back import told_again
from streams.core.withdrawals.reading import Reading
from streams.core.withdrawals.recipients import with_partners
from streams.core.withdrawals.senses import sets_out
from streams.core.withdrawals.settling import Told, settled
from streams.core.withdrawals.shedding import HELD
from streams.core.withdrawals.stage import Judgement, judge
from streams.core.withdrawals.standing import headlined
from streams.core.withdrawals.switching import SWITCH, left_by_switching
from streams.core.withdrawals.taking_up import follows
from streams.core.withdrawals.target import Target
from streams.core.withdrawals.targets import entity_target
from streams.core.withdrawals.topics import of_business, of_contest
from streams.core.withdrawals.trigger import Trigger
from streams.core.withdrawals.triggers import find
from streams.core.withdrawals.who import Who

_WORK = frozenset({"work", "activity", "meeting", "session", "organ"})


class Finder:
    """Finds the candidates of one article's parsed sentences."""

    def __init__(self, reading: Reading, context: Context, anchor: date | None) -> None:
        self._reading, self._context, self._anchor = reading, context, anchor
        self.day = date.fromisoformat(lead.value) if (lead := lead_day(reading, anchor)) else anchor
        self.triggers: list[tuple[Parsed, Trigger]] = []
        self._memory: list[Candidate] = []
        self._inheritance = Inheritance(self._memory)
        self._who = Who(reading, context, self._memory)
        self._objects, self._bidding = Objects(reading, context), Bidding(reading)
        self._business, self._contest = of_business(reading.fields["text"]), of_contest(reading.fields["text"])

    def find(self, parsed: Parsed) -> list[Candidate]:
        """All candidates of a sentence."""
        found: list[Candidate] = []
        triggers = find(parsed, self._reading.data)
        self.triggers += [(parsed, trigger) for trigger in triggers]
        if parsed.read.sentence.field == "headline":
            self._context.actor = next((c.actor.entity for c in self._memory if c.actor), None)
        for trigger in triggers:
            if trigger.predicate.frame == "notice" and pointing.notice_of_else(parsed, trigger, triggers):
                continue
            told = told_in(parsed, trigger, triggers) if trigger.predicate.frame == "notice" else None
            new = self._trigger(parsed, trigger, told)
            found.extend(new)
            self._memory.extend(c for c in new if not c.reason)
            self._inheritance.speak(parsed.read.sentence.number, parsed.read.sentence.paragraph, new)
            self._context.actor = next(
                (c.actor.entity for c in reversed(new) if not c.reason and c.actor), self._context.actor
            )
            self._context.left.extend(c.target.key for c in new if not c.reason and c.target)
        listed = listed_actors(parsed, found, self._memory, self._reading, self._anchor)
        listed += gapped(parsed, found, self._memory, self._reading, self._anchor)
        listed += extended(parsed, self._memory, self._reading)
        self._memory.extend(listed)
        return found + listed

    def _trigger(self, parsed: Parsed, trigger: Trigger, told: Trigger | None = None) -> list[Candidate]:
        judgement = judge(parsed, trigger, self._reading.data)
        if judgement.stage is None:
            return [self._bare(parsed, trigger, judgement.reason or "no_object")]
        named = self._targets(parsed, told) if told is not None else []
        named = [t for t in named if t.type in (OBJECT, INSTITUTION) and not t.weak]
        targets = [self._bidding.prize(t) for t in named or self._targets(parsed, trigger)]
        told_to = with_partners(self._reading, parsed, trigger, targets)
        if told_to != targets and judgement.stage == "announced":
            judgement = replace(judgement, stage="notified")  # the other side has been told
        targets = told_to
        if not targets:
            return [self._bare(parsed, trigger, "no_object")]
        actors = [self._bidding.city(a, targets[0]) for a in self._who.of(parsed, trigger, targets)]
        if trigger.start is None and trigger.predicate.frame in INHERITING:
            actors = [a for a in actors if self._inheritance.fits(parsed, trigger, a, targets[0])]
        if not actors:
            return [self._bare(parsed, trigger, "no_actor", target=targets[0])]
        found = [self.judged(parsed, trigger, judgement, actor, target) for actor in actors for target in targets]
        return found if told is None or not named else formed(parsed, told, found, self._memory)

    def _targets(self, parsed: Parsed, trigger: Trigger) -> list[Target]:
        """The objects; where none is said, that of the event last spoken of."""
        number = parsed.read.sentence.number
        if trigger.predicate.words == SWITCH:
            return left_by_switching(self._reading, parsed, trigger, self._inheritance.main())
        if trigger.predicate.frame == "notice" or pointing.on_the_same_day(parsed, trigger):
            served = self._objects.resolve(parsed, trigger) if trigger.link == "on" else []
            if served and served[0].kind in ("treaty", "agreement") and served[0].type in (OBJECT, INSTITUTION):
                return served
            trigger = replace(trigger, start=None, link="bare")
        if trigger.start is not None:
            found = self._said(parsed, trigger, trigger.start)
            if found is not None:
                return found
        return self._unsaid(parsed, trigger, number)

    def _said(self, parsed: Parsed, trigger: Trigger, start: int) -> list[Target] | None:
        """The objects at the trigger's own place; None where that place says nothing."""
        number, word = parsed.read.sentence.number, parsed.words[start].lower()
        if pointing.out_of_the_door(parsed, start) or (
            word == "them" and pointing.told_bodies(self._reading, parsed, trigger)
        ):
            return None
        opening = pointing.told_of(parsed, trigger, self._reading.data.kinds) if word == "it" else None
        if opening is not None:
            start, word = opening, "the"
            trigger = replace(trigger, start=start, link="direct")
        if word in ("it", "them") and not self._context.in_sentence(parsed.read, parsed.spans[start][0]):
            last = [(c.number, c.target) for c in self._memory if c.target is not None]
            turned = self._context.turned_to(parsed.read, last[-1][0], last[-1][1].key) if last else None
            if turned is not None:
                return [entity_target(self._reading, parsed, start, turned, weak=True)]
            if last and 0 <= number - last[-1][0] <= 3:
                return [replace(last[-1][1], token=-1, weak=True)]
        found = pointing.market_before(self._reading, parsed, trigger, self._memory)
        found = found or told_again(parsed, start, self._memory, self._reading.data.kinds)
        found = found or self._objects.resolve(parsed, trigger)
        found = found or pointing.described_before(self._reading, parsed, start, self._memory)
        if found:
            return found
        if self._own_membership(parsed, trigger):
            before = self._inheritance.target(number, parsed.read.sentence.paragraph)
            held = [replace(before, through="membership")] if before else []
            return held or self._objects.resolve(parsed, replace(trigger, start=None))
        return None if word in ("it", "them") or pointing.stray(parsed, trigger) else []

    def _unsaid(self, parsed: Parsed, trigger: Trigger, number: int) -> list[Target]:
        frame = trigger.predicate.frame
        if noticed := pointing.noticed_body(self._reading, parsed, trigger):
            return noticed
        going = frame in ("leave", "follow")
        if going and (told := pointing.told_or_joined(self._reading, parsed, trigger, self._context)):
            return told
        inherits = frame in (*INHERITING, "support") or trigger.predicate.contests
        named = self._context.named_here(parsed.read, parsed.spans[trigger.token][0])
        inherited = self._inheritance.target(number, parsed.read.sentence.paragraph, named) if inherits else None
        if frame == "support":
            heads = ("government", "coalition", "alliance")
            return [inherited] if inherited and (inherited.kind == "coalition" or inherited.head in heads) else []
        if inherited is not None:
            return [inherited]
        if frame in ("follow", "notice", "return", "stay"):
            return []
        if frame == "leave" and trigger.predicate.weak:
            titled = self._context.titled(parsed.read, parsed.spans[trigger.token][0])
            if titled is None:
                return []
        if frame == "unsign" or (frame == "nonmember" and not trigger.predicate.contests):
            here = self._context.topic(parsed.read, parsed.spans[trigger.token][0])
            return [entity_target(self._reading, parsed, trigger.token, here, weak=True)] if here else []
        return self._objects.resolve(parsed, replace(trigger, start=None))

    def _own_membership(self, parsed: Parsed, trigger: Trigger) -> bool:
        """As in "let its membership lapse", "American participation ended": of what, the article has said before."""
        assert trigger.start is not None  # noqa: S101 - the caller has looked
        if trigger.link == "subject" and set(parsed.words[trigger.start : trigger.token]) & HELD:
            return True
        head = noun_head(parsed.doc, trigger.start)
        around = {c.dep_ for c in head.children if c.dep_ != "prep" or not pointing.timed(parsed, c)}
        return "prep" not in around and head.lemma_.lower() in (HELD | _WORK if "poss" in around else HELD)

    def judged(self, parsed: Parsed, trigger: Trigger, judgement: Judgement, actor: Actor, target: Target) -> Candidate:
        kind, reason = self._kind(parsed, trigger, actor, target)
        sentence = parsed.read.sentence
        at = parsed.span(trigger.token, trigger.token)
        stage: Stage = judgement.stage or "announced"
        act, effect = self._dates(parsed, trigger, actor, target, stage)
        if judgement.undone is not None:
            act, effect = first_after(self._reading, parsed, judgement.undone, self._anchor), None
        form = form_of(parsed, trigger, target, kind, self._memory)
        told = Told(parsed, trigger, actor, kind, act, judgement.bare, reason, accompanies(parsed, trigger.token))
        stage = settled(told, stage, self._memory, self._anchor)
        return Candidate(
            sentence.number,
            (sentence.start, sentence.end),
            sentence.field,
            at,
            trigger.predicate.rule,
            "leave" if judgement.leaves else trigger.predicate.frame,
            form,
            actor,
            target,
            kind,
            stage,
            act,
            effect,
            Claim(judgement.by, in_quotes(self._reading, at, sentence.field)),
            reason,
            actor.weak or target.weak or trigger.link == "bare",
            trigger.noun,
            "present" if headlined(parsed, parsed.doc[trigger.token]) else "",
        )

    def _kind(self, parsed: Parsed, trigger: Trigger, actor: Actor, target: Target) -> tuple[Kind | None, str]:
        """The law's word, then what the article has told before."""
        kind, reason = admit(actor, target, trigger, business=self._business, contest=self._contest)
        if reason == "object_is_place" and target.weak and self._told(target, "deployment"):
            kind, reason = "deployment", ""
        if reason == "unknown_object" and self._told(target, "organization"):
            kind, reason = "organization", ""
        if reason:
            return kind, reason
        predicate = trigger.predicate
        if kind == "deployment" and sets_out(parsed.doc[trigger.token]):
            return kind, "wrong_sense"
        if shut_out(parsed, trigger):
            return kind, "suspended_by_other"
        if accused(parsed, trigger) and in_quotes(
            self._reading, parsed.spans[trigger.token], parsed.read.sentence.field
        ):
            return kind, "wrong_sense"
        if trigger.cause is not None and kind == "market" and actor.entity.type in (NAME, PERSON):
            return kind, "wrong_sense"
        if predicate.words == ONE:
            if not left_before(self._reading, parsed, trigger, target, self._memory):
                return kind, "no_prior_step"
        elif predicate.frame == "follow" and not follows(
            parsed, trigger, actor, target, self._memory, self._inheritance, self._reading.reads
        ):
            return kind, "no_prior_step"
        if (
            trigger.link == "bare"
            and predicate.weak
            and actor.entity.type == STATE
            and kind in ("deal", "contest", "market")
            and predicate.frame not in ("stay", "nonmember")
        ):
            return kind, "weak_context"
        return kind, ""

    def _dates(
        self, parsed: Parsed, trigger: Trigger, actor: Actor, target: Target, stage: Stage
    ) -> tuple[EventDate | None, EventDate | None]:
        sentence = parsed.read.sentence
        act, effect = act_and_effect(
            self._reading.fields[sentence.field],
            parsed,
            trigger,
            self._near(parsed, trigger, target),
            stage,
            self._anchor,
            self.day,
        )
        if trigger.token < actor.token < len(parsed.mentions) and parsed.mentions[actor.token] is actor.mention:
            act = date_after(parsed, actor.token, self._reading, self._anchor) or act
        return act, effect

    def _told(self, target: Target, kind: Kind) -> bool:
        """Whether the article has already told of an event of that kind with this very thing."""
        return any(c.kind == kind and c.target is not None and c.target.key == target.key for c in self._memory)

    def _near(self, parsed: Parsed, trigger: Trigger, target: Target) -> int:
        sentence = parsed.read.sentence
        inside = target.field == sentence.field and sentence.start <= target.span[0] < sentence.end
        at = parsed.spans[trigger.token]
        if inside and trigger.start is not None and target.span[0] >= at[0] - 200:
            return max(target.span[1], at[1])
        return at[1]

    def _bare(self, parsed: Parsed, trigger: Trigger, reason: str, target: Target | None = None) -> Candidate:
        sentence = parsed.read.sentence
        return Candidate(
            sentence.number,
            (sentence.start, sentence.end),
            sentence.field,
            parsed.span(trigger.token, trigger.token),
            trigger.predicate.rule,
            trigger.predicate.frame,
            trigger.predicate.form,
            target=target,
            reason=reason,
            noun=trigger.noun,
        )
