"""The matters told in full: what happens on their way is told as well, and nothing of it is drawn by lot."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from linli.frame.crypto import blind_index
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.ids import normalise_tracking_code
from linli.matters.actions import judging, moving, orders, whistles
from linli.matters.kinds import State
from linli.matters.models import Matter, Order
from linli.matters.triage.taxonomy import Taxonomy
from linli.site.demo.cast import Cast
from linli.site.demo.course import Course


def of(cast: Cast, told: list[dict[str, Any]], taxonomy: Taxonomy, end: datetime) -> list[Course]:
    """The stories of this community. They draw no lots: what others draw stays as it is."""
    found: list[Course] = []
    for one in told:
        if one["community"] == cast.community.short_code:
            rng = Random(one["title"])
            when = end - timedelta(days=one["days"], hours=14)
            found.append(Story(cast, one, rng, taxonomy, when, end, _raiser(cast, one, rng)))
    return found


def _raiser(cast: Cast, told: dict[str, Any], rng: Random) -> UUID:
    """Any resident; for a story somebody should see as its raiser does, the resident with a demo login."""
    return cast.members[0].person_id if told.get("member") and cast.members else rng.choice(cast.residents)


@dataclass
class Story(Course):
    """A course with what `stories.yaml` tells beyond a template."""

    def _raise(self) -> None:
        super()._raise()
        if code := self.told.get("code"):
            # A visitor of the demo can know this one; the one raising gives is told to nobody else.
            index = blind_index(normalise_tracking_code(code))
            Matter.objects.filter(id=self.matter.id).update(tracking_index=index)

    def _report_in(self, order: Order, unit: Actor) -> None:
        """Late where the story says why."""
        if "reports_in" not in self.told or order.report_in_due_at is None:
            super()._report_in(order, unit)
            return
        self.at = order.report_in_due_at
        with clock.at(self.later(0.4, 0.6)):
            whistles.report_in(by=unit, order_id=order.id, text=self.told["reports_in"])

    def _assess(self, order: Order, unit: Actor) -> None:
        if "assessed" not in self.told:
            super()._assess(order, unit)
            return
        for side, by in (("unit", self.cast.staff("street_dispatcher")), ("street", unit)):
            score, text = self.told["assessed"][side]
            whistles.assess(by=by, order_id=order.id, of_unit=side == "unit", score=score, text=text)

    def _carry_out(self, order: Order) -> None:
        """Returned where the story says so: the review gives it to another unit, which does it."""
        if "returned" in self.told and order.replaces_id is None:
            unit, told = self.cast.holder(order.handler_id), self.told["returned"]
            with clock.at(self.later(0.5, 2)):
                orders.return_order(by=unit, order_id=order.id, reason=told["reason"])
            with clock.at(self.later(0.5, 3)):
                order = orders.review_return(
                    by=self.cast.staff("community_secretary"),
                    order_id=order.id,
                    note=told["review"],
                    new_unit_id=self.cast.unit(told["to"], self.matter.place_path).id,
                )
        super()._carry_out(order)

    def _judge(self, holder: Actor) -> None:
        """As the story has it; its raiser says so by themselves."""
        solved, score = self.told["ended"] != "unresolved", int(self.told["score"])
        with clock.at(self.later(2, 30)):
            judging.evaluate(
                by=self.voice,
                matter_id=self.matter.id,
                ties=self.ties,
                solved=solved,
                score=score,
                text=self.told["remark"],
            )

    def _again(self) -> None:
        """Not solved after all, in the raiser's words; the second time has its own answer and judgement."""
        with clock.at(self.later(30, 60)):
            reason = self.told["again"]["reason"]
            moving.reopen(by=self.voice, matter_id=self.matter.id, ties=self.ties, reason=reason)
        self.told = {**self.told, **self.told["again"], "turns": []}
        self.fresh()
        while self.matter.state != State.CLOSED:
            self._one_step()
