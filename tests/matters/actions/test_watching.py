"""Whistles, lateness, escalation, suspension, urging and supervision."""

from datetime import date

import pytest

from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.matters import jobs
from linli.matters.actions import orders, procedures, watching, whistles
from linli.matters.actions.lateness import ORDER_TOPICS, TOPICS
from linli.matters.kinds import LatenessKind, OrderState, State
from linli.matters.models import LatenessMark, Matter, Order, Supervision
from linli.matters.read import one as read
from linli.notices.models import Notice
from linli.notices.rules import sentence
from tests.matters.telling import RAISER, at_handling, dispatch, move, raise_one
from tests.world import World, on


def test_a_department_that_reports_in_late_is_kept_as_late_and_both_sides_assess(plain_world: World) -> None:
    with on("2026-11-18", 9):
        matter = at_handling(plain_world)
        move(plain_world, "clerk", matter, "street", "unresolved")
        whistle = dispatch(plain_world, "street", matter, unit="urban", whistle=True)
    with on("2026-11-18", 11, 1):
        there = whistles.report_in(by=plain_world.actor("urban"), order_id=whistle.id)
        assert there.reported_in_at > there.report_in_due_at
        with pytest.raises(Refused, match="already reported in"):
            whistles.report_in(by=plain_world.actor("urban"), order_id=whistle.id)
        with pytest.raises(Refused, match="comes after"):
            whistles.assess(by=plain_world.actor("street"), order_id=whistle.id, of_unit=True, score=3)
        orders.report(by=plain_world.actor("urban"), order_id=whistle.id, text="到了，已清走")
        whistles.assess(by=plain_world.actor("street"), order_id=whistle.id, of_unit=True, score=3)
        whistles.assess(by=plain_world.actor("urban"), order_id=whistle.id, of_unit=False, score=5)
    assert Order.objects.get(id=whistle.id).state == OrderState.REPORTED
    assert set(whistle.assessments.values_list("of_unit", "score")) == {(True, 3), (False, 5)}


def test_a_community_clerk_cannot_blow_the_whistle(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        with pytest.raises(Refused, match="blowing the whistle"):
            dispatch(plain_world, "clerk", matter, unit="urban", whistle=True)


def test_an_ordinary_order_asks_nobody_to_report_in(plain_world: World) -> None:
    with on("2026-11-18"):
        order = dispatch(plain_world, "clerk", at_handling(plain_world))
        with pytest.raises(Refused, match="Only a whistle"):
            whistles.report_in(by=plain_world.actor("property"), order_id=order.id)


def test_lateness_tells_and_escalates_once_and_never_moves_the_matter(world: World) -> None:
    with on("2026-11-18", 9):
        matter = raise_one(world)  # the grid worker has one workday: until the 19th, 18:00
    with on("2026-11-19", 18, 0):
        jobs.sweep()
        assert _marks(matter) == [LatenessKind.REMIND]
    with on("2026-11-19", 18, 1):
        assert jobs.sweep() == 1
        assert jobs.sweep() == 0
    with on("2026-11-19", 22, 0):
        jobs.sweep()
    assert _marks(matter) == [LatenessKind.REMIND, LatenessKind.ESCALATE, LatenessKind.URGE]
    fresh = Matter.objects.get(id=matter.id)
    assert (fresh.step_key, fresh.holder_id) == ("raise", world.posts["grid"].id)
    assert Supervision.objects.get(matter=matter).post_id == world.posts["branch"].id
    assert Notice.objects.filter(person_id=world.persons["branch"], topic="matter_escalated").count() == 1


def test_after_a_time_nobody_looked_only_the_highest_is_told_and_all_are_marked(world: World) -> None:
    with on("2026-11-18", 9):
        matter = raise_one(world)  # the grid worker has until the 19th, 18:00
    with on("2026-11-20", 9):
        assert jobs.sweep() == 3
    assert set(_marks(matter)) == {LatenessKind.REMIND, LatenessKind.URGE, LatenessKind.ESCALATE}
    told = Notice.objects.filter(person_id=world.persons["grid"], topic__in=TOPICS.values())
    assert list(told.values_list("topic", flat=True)) == ["matter_escalated"]


def test_an_order_late_for_long_is_told_of_once(plain_world: World) -> None:
    with on("2026-11-18"):
        order = dispatch(plain_world, "clerk", at_handling(plain_world), days=1)
    with on("2026-11-23"):
        jobs.sweep()
    assert {kind for _report_in, kind in _order_marks(order)} == set(LatenessKind)
    told = Notice.objects.filter(person_id=plain_world.persons["property"], topic__in=ORDER_TOPICS.values())
    assert list(told.values_list("topic", flat=True)) == ["order_late"]


def _marks(matter: Matter) -> list[str]:
    return list(
        LatenessMark.objects.filter(step__matter=matter).order_by("at", "id").values_list("kind", flat=True)
    )


def test_the_supervisor_acts_with_an_instruction(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world)
    with on("2026-11-20"):
        jobs.sweep()
        supervision = Supervision.objects.get(matter=matter)
        with pytest.raises(Refused, match="not on your post"):
            watching.answer_supervision(
                by=world.actor("caller"), supervision_id=supervision.id, instruction="今天办"
            )
        watching.answer_supervision(
            by=world.actor("branch"), supervision_id=supervision.id, instruction="今天办"
        )
        with pytest.raises(Refused, match="already acted"):
            watching.answer_supervision(
                by=world.actor("branch"), supervision_id=supervision.id, instruction=""
            )


def test_an_overdue_order_escalates_above_who_issued_it(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        order = dispatch(plain_world, "clerk", matter, days=1)
    with on("2026-11-23"):
        jobs.sweep()
    assert _called(plain_world, matter, "secretary") == _overdue_at(order)
    with on("2026-11-25"):  # nobody acted: whoever is above hears of the unit as well
        jobs.sweep()
    assert _called(plain_world, matter, "street") == _overdue_at(order)


def test_who_is_called_above_for_what_is_done_by_now_hears_of_the_holder(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        order = dispatch(plain_world, "clerk", matter, unit="power", days=1)
    with on("2026-11-23"):
        jobs.sweep()
        power = plain_world.actor("power")
        orders.accept(by=power, order_id=order.id)
        orders.report(by=power, order_id=order.id, text="换好了")
    with on("2026-11-25"):
        jobs.sweep()
    said, url = _called(plain_world, matter, "street")
    assert "waits for you to act" in said
    assert url == f"/desk/matters/{matter.id}/"


def _called(world: World, matter: Matter, key: str) -> tuple[str, str]:
    """What the post was told that was called to supervise the matter, and where it leads."""
    assert Supervision.objects.filter(matter=matter, post=world.posts[key]).exists()
    told = Notice.objects.get(person_id=world.persons[key], topic="matter_escalated")
    return sentence(told.topic, told.params) % told.params, told.url


def _overdue_at(order: Order) -> tuple[str, str]:
    said = f"“{order.matter.title}” is overdue at {order.unit.name}; please step in."
    return said, f"/desk/orders/{order.id}/"


def _order_marks(order: Order) -> list[tuple[bool, str]]:
    marks = LatenessMark.objects.filter(order=order).order_by("at", "id")
    return list(marks.values_list("report_in", "kind"))


def _told(world: World, key: str, topic: str) -> int:
    return Notice.objects.filter(person_id=world.persons[key], topic=topic).count()


def test_a_whistle_nobody_reports_in_for_is_told_and_escalates_by_that_clock(plain_world: World) -> None:
    with on("2026-11-18", 9):
        matter = at_handling(plain_world)
        move(plain_world, "clerk", matter, "street", "unresolved")
        whistle = dispatch(plain_world, "street", matter, unit="urban", days=5, whistle=True)
    with on("2026-11-18", 9, 59):
        assert jobs.sweep() == 0
    with on("2026-11-18", 10, 0):
        assert (jobs.sweep(), jobs.sweep()) == (1, 0)
    assert _order_marks(whistle) == [(True, LatenessKind.REMIND)]
    with on("2026-11-18", 11, 0):
        assert jobs.sweep() == 0
    with on("2026-11-18", 11, 1):
        assert (jobs.sweep(), jobs.sweep()) == (1, 0)
    with on("2026-11-18", 12, 59):
        assert jobs.sweep() == 0
    with on("2026-11-18", 13, 0):
        assert (jobs.sweep(), jobs.sweep()) == (1, 0)
    marks = [LatenessKind.REMIND, LatenessKind.URGE, LatenessKind.ESCALATE]
    assert _order_marks(whistle) == [(True, kind) for kind in marks]
    assert (_told(plain_world, "urban", "whistle_reminded"), _told(plain_world, "urban", "whistle_late")) == (
        1,
        2,
    )
    watch = Supervision.objects.get(matter=matter)
    assert watch.post_id == plain_world.posts["district"].id
    assert clock.local(watch.due_at).isoformat() == "2026-11-19T18:00:00+08:00"


def test_who_reported_in_in_time_is_not_asked_for_again(plain_world: World) -> None:
    with on("2026-11-18", 9):
        matter = at_handling(plain_world)
        move(plain_world, "clerk", matter, "street", "unresolved")
        whistle = dispatch(plain_world, "street", matter, unit="urban", days=5, whistle=True)
    with on("2026-11-18", 9, 30):
        whistles.report_in(by=plain_world.actor("urban"), order_id=whistle.id)
    with on("2026-11-18", 14):
        assert jobs.sweep() == 0
    assert _order_marks(whistle) == []


def test_a_supervision_nobody_answers_rises_level_by_level_to_the_top(world: World) -> None:
    with on("2026-11-18", 9):
        matter = raise_one(world)  # the grid worker has until the 19th, 18:00

    def called() -> list[str]:
        names = {post.id: name for name, post in world.posts.items()}
        watches = Supervision.objects.filter(matter=matter).order_by("since", "id")
        return [names[watch.post_id] for watch in watches]

    with on("2026-11-19", 18, 1):
        jobs.sweep()
        assert called() == ["branch"]
    with on("2026-11-20", 18, 0):
        jobs.sweep()
        assert called() == ["branch"]
    for day, hour, minute, chain in (
        ("2026-11-20", 18, 1, ["branch", "secretary"]),
        ("2026-11-23", 18, 0, ["branch", "secretary"]),
        ("2026-11-23", 18, 1, ["branch", "secretary", "street"]),
        ("2026-11-24", 18, 1, ["branch", "secretary", "street", "district"]),
        ("2026-11-30", 18, 1, ["branch", "secretary", "street", "district"]),
    ):
        with on(day, hour, minute):
            jobs.sweep()
            assert jobs.sweep() == 0
            assert called() == chain
    assert _told(world, "street", "matter_escalated") == 1
    assert _told(world, "district", "matter_escalated") == 1
    assert not Supervision.objects.filter(risen_at__isnull=False, post=world.posts["district"]).exists()


def test_an_answered_supervision_rises_no_further(world: World) -> None:
    with on("2026-11-18", 9):
        matter = raise_one(world)
    with on("2026-11-19", 18, 1):
        jobs.sweep()
    with on("2026-11-20", 17):
        first = Supervision.objects.get(matter=matter)
        watching.answer_supervision(by=world.actor("branch"), supervision_id=first.id, instruction="今天办")
    with on("2026-11-25"):
        jobs.sweep()
    assert Supervision.objects.get(matter=matter).risen_at is None


def test_a_supervision_waits_with_the_clock_of_its_matter(world: World) -> None:
    with on("2026-11-18", 9):
        matter = raise_one(world)
    with on("2026-11-19", 18, 1):
        jobs.sweep()
    with on("2026-11-20", 9):
        watching.suspend(
            by=world.actor("secretary"), matter_id=matter.id, reason="等配件", until=date(2026, 11, 24)
        )
    with on("2026-11-24", 9):
        jobs.sweep()
    watch = Supervision.objects.get(matter=matter)
    assert clock.local(watch.due_at).isoformat() == "2026-11-24T18:00:00+08:00"
    with on("2026-11-24", 18, 1):
        jobs.sweep()
    assert Supervision.objects.filter(matter=matter).count() == 2


def test_a_suspended_clock_stands_still_and_goes_on_later(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        before = Matter.objects.get(id=matter.id)
        watching.suspend(
            by=plain_world.actor("clerk"), matter_id=matter.id, reason="等冬天过去", until=date(2026, 11, 25)
        )
        with pytest.raises(Refused, match="suspended"):
            move(plain_world, "clerk", matter, "street", "unresolved")
    with on("2026-11-24"):
        assert jobs.sweep() == 0
    with on("2026-11-25"):
        jobs.sweep()
    after = Matter.objects.get(id=matter.id)
    assert after.state == State.OPEN
    assert after.promised_at - before.promised_at >= date(2026, 11, 25) - date(2026, 11, 18)
    assert after.step_due_at > before.step_due_at
    assert read.current_step(after).due_at == after.step_due_at


@pytest.mark.parametrize("until", [date(2026, 11, 18), date(2027, 2, 17)])
def test_a_suspension_has_an_end_within_ninety_days(plain_world: World, until: date) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        with pytest.raises(Refused, match="90 days"):
            watching.suspend(by=plain_world.actor("clerk"), matter_id=matter.id, reason="…", until=until)


def test_a_raiser_urges_once_a_day_and_the_unit_is_named(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        dispatch(plain_world, "clerk", matter)
        chase = watching.urge(by=plain_world.actor("wang"), matter_id=matter.id, ties=RAISER)
        assert chase.unit_id == plain_world.unit("property")
    with on("2026-11-19", 8, 59), pytest.raises(Refused, match="within the last day"):
        watching.urge(by=plain_world.actor("wang"), matter_id=matter.id, ties=RAISER)
    with on("2026-11-19", 9, 1):
        watching.urge(by=plain_world.actor("wang"), matter_id=matter.id, ties=RAISER)
    assert Notice.objects.filter(person_id=plain_world.persons["property"], topic="urged").count() == 2


def test_supervision_names_the_unit_chased(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        order = dispatch(plain_world, "clerk", matter)
        chase = watching.supervise(
            by=plain_world.actor("secretary"), matter_id=matter.id, text="三天内要有结果", order_id=order.id
        )
    assert (chase.unit_id, chase.kind) == (plain_world.unit("property"), "supervise")


def test_the_system_resumes_nothing_twice(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        with pytest.raises(Refused, match="not suspended"):
            watching.resume(by=SYSTEM, matter_id=matter.id)


def test_a_places_own_limit_is_followed_from_its_day_on(plain_world: World) -> None:
    with on("2026-11-18"):
        street = plain_world.actor("secretary")
        with pytest.raises(Refused, match="no such local setting"):
            procedures.set_local_rule(
                by=street, place_id=plain_world.place("community"), key="mood", value="1 hour",
                starts=date(2026, 11, 19),
            )  # fmt: skip
        procedures.set_local_rule(
            by=street, place_id=plain_world.place("community"), key="promise.ordinary", value="3 workdays",
            starts=date(2026, 11, 19),
        )  # fmt: skip
        before = raise_one(plain_world)
    with on("2026-11-19"):
        after = raise_one(plain_world)
    assert before.promised_at.isoformat() == "2026-11-25T10:00:00+00:00"
    assert after.promised_at.isoformat() == "2026-11-24T10:00:00+00:00"
