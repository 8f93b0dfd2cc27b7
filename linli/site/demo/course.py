"""How one demo matter runs: through the real actions, at the hours the story asks for."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from linli.kernel import clock
from linli.kernel.actor import ANONYMOUS, Actor
from linli.kernel.workdays import default as calendar
from linli.matters.actions import (
    checking,
    judging,
    moving,
    orders,
    raising,
    sorting,
    speaking,
    watching,
    whistles,
)
from linli.matters.kinds import (
    Channel,
    Level,
    MatterKind,
    OpeningKind,
    OrderKind,
    Outcome,
    Stance,
    State,
    Urgency,
    Verb,
)
from linli.matters.models import Matter, Order
from linli.matters.procedures.kinds import Need
from linli.matters.procedures.schema import Move, Step
from linli.matters.read import one as read
from linli.matters.read import settings
from linli.matters.rules.orders import STOPS_AT_END
from linli.matters.rules.ties import Ties
from linli.matters.triage.taxonomy import Taxonomy
from linli.site.demo.cast import Cast

OPENS, CLOSES = time(8, 30), time(17, 40)
BACKWARD = frozenset({Verb.SEND_BACK, Verb.DISAGREE})
RAISER = Ties(is_raiser=True, lives_in_community=True)
BY_CODE = Ties(holds_tracking_code=True)
NEIGHBOUR = Ties(lives_in_community=True)
# Which step a level asks for, where the procedure has it among the moves at hand.
TARGETS = {
    Level.COUNCIL: ("discuss", "council"),
    Level.PARTY_COMMITTEE: ("committee", "discuss"),
    Level.JOINT_CONFERENCE: ("conference", "discuss"),
    Level.SETTLE_AT_ONCE: ("carry_out", "handle", "act"),
}
MOVING = (
    "state",
    "step_key",
    "holder_id",
    "outcome",
    "triaged_at",
    "contacted_at",
    "promised_at",
    "published_at",
    "closed_at",
    "reopened",
)
TALKED_OVER = frozenset({"council", "party_committee", "joint_conference"})
STANCES = (Stance.SUPPORT, Stance.SUGGEST, Stance.SUPPORT)


class Unfinished(Exception):
    """The story's next hour lies beyond the demo's day: the matter stays where it is."""


@dataclass
class Course:
    """One matter's way, from its template."""

    cast: Cast
    told: dict[str, Any]
    rng: Random
    taxonomy: Taxonomy
    at: datetime
    end: datetime
    raiser: UUID
    stop_at: str = ""
    matter: Matter = field(init=False)
    spoken: bool = False

    @property
    def turns(self) -> set[str]:
        return set(self.told["turns"])

    @property
    def voice(self) -> Actor:
        """The raiser as they come back: by themselves, or with the code."""
        return ANONYMOUS if self.matter.anonymous else Actor(person_id=self.raiser)

    @property
    def ties(self) -> Ties:
        return BY_CODE if self.matter.anonymous else RAISER

    def run(self) -> None:
        """Raise it and take it as far as the demo's day allows."""
        with clock.at(self.at):
            self._raise()
        try:
            while self.matter.state != State.CLOSED and not self._stops_here():
                self._one_step()
            if self._stops_here():
                self._begin_work()
            elif "reopened" in self.turns and self.matter.outcome != Outcome.WITHDRAWN:
                self._again()
        except Unfinished:
            return

    def fresh(self) -> Matter:
        """The matter as it stands now."""
        self.matter.refresh_from_db(fields=MOVING)
        return self.matter

    def later(self, low: float, high: float) -> datetime:
        """Some hours on, within office hours of a working day; raises when that is beyond the demo's day."""
        moment = clock.local(self.at + timedelta(hours=self.rng.uniform(low, high)))
        if moment.time() > CLOSES:
            moment = datetime.combine(moment.date() + timedelta(days=1), OPENS, clock.SHANGHAI)
        elif moment.time() < OPENS:
            moment = datetime.combine(moment.date(), OPENS, clock.SHANGHAI)
        day = calendar().next_workday(moment.date())
        if day != moment.date():
            moment = datetime.combine(day, OPENS, clock.SHANGHAI)
        moment += timedelta(minutes=self.rng.randint(0, 14))
        if moment >= self.end:
            raise Unfinished
        self.at = moment
        return moment

    def _stops_here(self) -> bool:
        return self.matter.state != State.CLOSED and self.matter.step_key in self.stop_at.split()

    # ── raising and sorting ─────────────────────────────────────────────────────────────────────────────

    def _raise(self) -> None:
        said = raising.Raised(
            place_id=self.cast.spot(self.raiser, self.told["at"]).id,
            text=self.told["text"],
            title=self.told["title"],
            kind=MatterKind(self.told["kind"]),
            channel=Channel(self.told["channel"]),
            is_demo=True,
        )
        if "anonymous" in self.turns or said.channel in (Channel.APP, Channel.MINI_PROGRAM):
            by = Actor(person_id=self.raiser)
            receipt = raising.raise_matter(by=by, raised=said, anonymously="anonymous" in self.turns)
        else:
            by = self.cast.staff("community_clerk")
            receipt = raising.enter_matter(by=by, raised=said, raiser_id=self.raiser)
        self.matter = receipt.matter

    def _sort(self, holder: Actor) -> None:
        leaf = self.taxonomy.leaves.get(self.told["category"])
        decision = sorting.Triage(
            category=self.told["category"],
            level=Level(self.told["level"]),
            urgency=Urgency(leaf.urgency if leaf else "ordinary"),
        )
        sorting.triage(by=holder, matter_id=self.matter.id, decision=decision)
        if self.rng.random() < 0.9:
            speaking.contact(
                by=holder, matter_id=self.matter.id, channel="phone", text="电话联系过，情况属实。"
            )
        shared = self.told["level"] in TALKED_OVER or self.rng.random() < 0.15
        if shared and "unpublished" not in self.turns and not self.matter.anonymous:
            self._publish()

    def _publish(self) -> None:
        clerk = self.cast.staff("community_clerk")
        title, summary = self.told["title"], self.told["text"]
        speaking.publish(by=clerk, matter_id=self.matter.id, title=title, summary=summary)
        for _ in range(min(int(self.told["joiners"]), 6 if self.stop_at else 2)):
            neighbour = self.cast.neighbour()
            if neighbour.person_id != self.raiser:
                raising.join_matter(by=neighbour, matter_id=self.matter.id, lives_here=True)

    # ── one step after another ──────────────────────────────────────────────────────────────────────────

    def _one_step(self) -> None:
        matter = self.matter
        plan = settings.procedure_of(matter).step(matter.step_key)
        holder = self.cast.holder(matter.holder_id)
        with clock.at(self.later(*self._pace(plan))):
            if matter.triaged_at is None:
                self._sort(holder)
                self.fresh()
        self._duties(plan, holder)
        with clock.at(self.later(0.2, 2)):
            chosen = self._choose(plan)
            self.matter = moving.move(
                by=holder,
                matter_id=matter.id,
                from_step=plan.key,
                target=chosen.target,
                verb=chosen.verb.value,
                parties=[one.zh for one in plan.parties],
            )

    def _pace(self, plan: Step) -> tuple[float, float]:
        """Hours until the holder turns to it; a late one takes longer than its limit."""
        if "late" in self.turns and plan.opens_kind(OpeningKind.ORDERS, OpeningKind.MEETING):
            return (170, 260)
        return (0.5, 6) if self.matter.triaged_at is None else (2, 30)

    def _duties(self, plan: Step, holder: Actor) -> None:
        if plan.opens_kind(OpeningKind.MEETING):
            for opening in read.openings(read.current_step(self.matter)):
                if opening.kind == OpeningKind.MEETING:
                    with clock.at(self.later(20, 70)):
                        self._meet(opening.id, holder)
        if plan.opens_kind(OpeningKind.COMMENTS):
            self._neighbours_speak()
        if plan.opens_kind(OpeningKind.ORDERS, OpeningKind.WHISTLE):
            self._work(plan, holder)
        if Need.FIRST_CONTACT in plan.needs and self.matter.contacted_at is None:
            with clock.at(self.later(0.1, 1)):
                speaking.contact(by=holder, matter_id=self.matter.id, channel="phone", text="已电话说明。")
        if Need.OFFICIAL_ANSWER in plan.needs:
            with clock.at(self.later(0.5, 4)):
                speaking.answer(by=holder, matter_id=self.matter.id, text=self.told["answer"])
        if Need.CALLBACK in plan.needs:
            self._judge(holder)

    def _meet(self, opening_id: UUID, holder: Actor) -> None:
        came = self.rng.randint(12, 40)
        minutes = f"{came} 户到场，大家同意先这样办：{self.told['answer'].split('。')[0]}。"
        moving.record_outcome(by=holder, opening_id=opening_id, result={"attended": came}, minutes=minutes)

    def _neighbours_speak(self) -> None:
        if self.spoken or self.matter.published_at is None:
            return
        self.spoken = True
        for words, stance in zip(self.told["comments"][:2], STANCES, strict=False):
            with clock.at(self.later(0.1, 3)):
                speaking.comment(
                    by=self.cast.neighbour(),
                    matter_id=self.matter.id,
                    ties=NEIGHBOUR,
                    text=words,
                    stance=stance,
                )

    # ── orders ──────────────────────────────────────────────────────────────────────────────────────────

    def _begin_work(self) -> None:
        """The stage a story stops at: where it gives work out, the order is out and accepted."""
        plan = settings.procedure_of(self.matter).step(self.matter.step_key)
        if not plan.opens_kind(OpeningKind.ORDERS):
            return
        with clock.at(self.later(1, 4)):
            order = self._issue(self.cast.staff("community_secretary"), OrderKind.ORDER, self.told["unit"])
            orders.accept(by=self.cast.holder(order.handler_id), order_id=order.id)

    def _issue(self, by: Actor, kind: OrderKind, duty: str) -> Order:
        unit = self.cast.unit(duty, self.matter.place_path)
        promised = self.matter.promised_at
        ask = orders.Ask(
            unit.id, self.told["title"], promised if promised > self.at else self.at + timedelta(days=2)
        )
        return orders.issue(by=by, matter_id=self.matter.id, asks=[ask], kind=kind)[0]

    def _work(self, plan: Step, holder: Actor) -> None:
        whistle = "whistle" in self.turns and plan.opens_kind(OpeningKind.WHISTLE)
        if not whistle and not plan.opens_kind(OpeningKind.ORDERS):
            whistle = True
        if whistle and self.matter.orders.filter(kind=OrderKind.WHISTLE).exists():
            whistle = False
        if self.matter.orders.exists() and self._settled():
            return
        by = self.cast.staff("street_dispatcher") if whistle else self.cast.staff("community_clerk")
        duties = [self.told["unit"]]
        if "joint" in self.turns:
            duties.append("power_company" if duties[0] == "property_company" else "property_company")
        for duty in duties:
            with clock.at(self.later(0.2, 3)):
                unit = self.cast.unit(duty, self.matter.place_path)
                if self.matter.orders.filter(unit=unit).exclude(state__in=STOPS_AT_END).exists():
                    continue
                order = self._issue(by, OrderKind.WHISTLE if whistle else OrderKind.ORDER, duty)
            self._carry_out(order)

    def _settled(self) -> bool:
        return read.facts(self.matter, read.current_step(self.matter)).satisfies(Need.ORDER_VERIFIED)

    def _carry_out(self, order: Order) -> None:
        unit = self.cast.holder(order.handler_id)
        if order.kind == OrderKind.WHISTLE:
            self._report_in(order, unit)
        elif "paper" not in self.turns:
            with clock.at(self.later(0.3, 5)):
                orders.accept(by=unit, order_id=order.id)
        self._on_the_way(order, unit)
        with clock.at(self.later(4, 40)):
            text = self.told["answer"].split("。")[0] + "。"
            if order.unit.has_computer:
                orders.report(by=unit, order_id=order.id, text=text)
            else:
                orders.enter_paper_report(by=self.cast.staff("community_clerk"), order_id=order.id, text=text)
        with clock.at(self.later(0.5, 6)):
            verifier = "street_dispatcher" if order.kind == OrderKind.WHISTLE else "community_secretary"
            checking.verify(by=self.cast.staff(verifier), order_id=order.id)
            if order.kind == OrderKind.WHISTLE:
                self._assess(order, unit)

    def _report_in(self, order: Order, unit: Actor) -> None:
        with clock.at(self.later(0.3, 4)):
            whistles.report_in(by=unit, order_id=order.id)

    def _assess(self, order: Order, unit: Actor) -> None:
        street = self.cast.staff("street_dispatcher")
        whistles.assess(by=street, order_id=order.id, of_unit=True, score=self.rng.choice((3, 4, 5, 5)))
        whistles.assess(by=unit, order_id=order.id, of_unit=False, score=self.rng.choice((4, 5)))

    def _on_the_way(self, order: Order, unit: Actor) -> None:
        """What happened before the work was done: urged, returned and upheld, more time."""
        if "urged" in self.turns and not self.matter.chases.exists():
            with clock.at(self.later(10, 30)):
                watching.urge(by=self.voice, matter_id=self.matter.id, ties=self.ties)
        if "returned" in self.turns and not order.turns.filter(verb="return").exists():
            with clock.at(self.later(1, 8)):
                orders.return_order(by=unit, order_id=order.id, reason="责任清单上这一段不归我们。")
            with clock.at(self.later(1, 8)):
                secretary = self.cast.staff("community_secretary")
                orders.review_return(by=secretary, order_id=order.id, note="查了责任清单，是你们的。")
        if "extended" in self.turns and not order.extensions.exists():
            with clock.at(self.later(2, 12)) as moment:
                until = max(order.due_at, moment) + timedelta(days=4)
                asked = checking.ask_extension(
                    by=unit, order_id=order.id, reason="配件要从外地调。", until=until
                )
            with clock.at(self.later(1, 8)):
                secretary = self.cast.staff("community_secretary")
                checking.decide_extension(by=secretary, extension_id=asked.id, granted=True)

    # ── the end ─────────────────────────────────────────────────────────────────────────────────────────

    def _judge(self, holder: Actor) -> None:
        score, text = int(self.told["score"] or 3), self.told.get("remark") or ""
        if self.rng.random() < 0.12:  # not everybody is content, whatever the template says
            score, text = self.rng.choice((1, 2, 2)), "说是办了，我看还差一点。"
        solved = self.told["ended"] != "unresolved" and score > 2
        with clock.at(self.later(2, 30)):
            if self.matter.anonymous or self.rng.random() < 0.6:
                judging.evaluate(
                    by=self.voice,
                    matter_id=self.matter.id,
                    ties=self.ties,
                    solved=solved,
                    score=score,
                    text=text,
                )
                return
            said = judging.Said(reached=True, solved=solved, score=score, note=text)
            judging.call_back(by=holder, matter_id=self.matter.id, raiser_id=self.raiser, said=said)

    def _again(self) -> None:
        """The raiser says it is not solved; it runs once more."""
        with clock.at(self.later(30, 90)):
            moving.reopen(
                by=self.voice, matter_id=self.matter.id, ties=self.ties, reason="没过几天又这样了。"
            )
        self.told = {**self.told, "turns": [turn for turn in self.turns if turn not in ("reopened", "late")]}
        self.fresh()
        while self.matter.state != State.CLOSED:
            self._one_step()

    def _choose(self, plan: Step) -> Move:
        """The move the story takes: by its level, to its end, never backward."""
        ended, level = self.told["ended"], Level(self.told["level"])
        moves = [move for move in plan.moves if move.verb not in BACKWARD]
        if ended == "out_of_scope":
            moves = [move for move in plan.moves if move.verb is Verb.OUT_OF_SCOPE] or moves
            return moves[0]
        moves = [move for move in moves if move.verb is not Verb.OUT_OF_SCOPE]
        final = [move for move in moves if move.is_final and move.outcome == ended]
        if final:
            return final[0]
        at_once = [move for move in moves if move.verb is Verb.SETTLE_AT_ONCE]
        if at_once and level is Level.SETTLE_AT_ONCE and not self.turns and self.rng.random() < 0.9:
            return at_once[0]
        onward = [move for move in moves if move.verb not in (Verb.SETTLE_AT_ONCE, Verb.UNRESOLVED)]
        for target in TARGETS.get(level, ()):
            for move in onward:
                if move.target == target:
                    return move
        return (onward or moves)[0]
