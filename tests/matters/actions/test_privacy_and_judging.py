"""Who sees what, anonymity, publication, reopening, callbacks, claims."""

from datetime import date

import pytest

from linli.audit.models import Entry
from linli.frame.models import IdempotencyRecord
from linli.kernel.actor import ANONYMOUS
from linli.kernel.decision import Denied, Refused
from linli.matters import policies
from linli.matters.actions import checking, judging, moving, orders, raising, sorting, speaking
from linli.matters.kinds import Channel, Level, State, Urgency
from linli.matters.models import Callback, Matter
from linli.matters.read import figures, lists
from linli.matters.read import one as read
from linli.matters.rules.ties import Ties
from linli.organizations.actions import appointments
from tests.matters.telling import RAISER, TEXT, at_handling, dispatch, move, raise_one
from tests.world import World, add_person, on

BY_CODE = Ties(holds_tracking_code=True)


def test_an_anonymous_matter_keeps_nobody_and_is_found_by_its_code(world: World) -> None:
    with on("2026-11-18"):
        receipt = raising.raise_matter(
            by=world.actor("wang"),
            raised=raising.Raised(place_id=world.place("building"), text=TEXT),
            anonymously=True,
        )
    matter = Matter.objects.get(id=receipt.matter.id)
    assert (matter.raised_by_id, matter.entered_by_id, matter.anonymous) == (None, None, True)
    assert not Entry.objects.filter(subject_id=matter.id).exclude(actor_id=None).exists()
    assert not IdempotencyRecord.objects.exists()
    assert read.by_tracking_code(receipt.code.lower().replace("-", " ")).id == matter.id
    with pytest.raises(Refused, match="No matter has this code"):
        read.by_tracking_code("0000-0000-0000-0000")
    moving.withdraw(by=ANONYMOUS, matter_id=matter.id, ties=BY_CODE)
    assert Matter.objects.get(id=matter.id).state == State.CLOSED


def test_a_neighbour_sees_nothing_until_staff_publish(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world)
        neighbour = world.actor("chen")
        assert not policies.may_see(neighbour, matter, read.ties(neighbour, matter))
        assert list(lists.published(world.places["community"].path)) == []
        speaking.publish(
            by=world.actor("clerk"), matter_id=matter.id, title="楼道灯", summary="三号楼楼道灯坏了"
        )
        assert [one.id for one in lists.published(world.places["community"].path)] == [matter.id]
        speaking.forbid_publication(by=world.actor("wang"), matter_id=matter.id, ties=RAISER)
        assert list(lists.published(world.places["community"].path)) == []
        with pytest.raises(Refused, match="does not want"):
            speaking.publish(by=world.actor("clerk"), matter_id=matter.id, title="楼道灯", summary="…")


@pytest.mark.parametrize(
    ("summary", "reason"),
    [
        ("王小明家门口的灯", "names the raiser"),
        ("302 门口的灯坏了", "raiser's home"),
        ("请打 13900001234 联系", "phone or identity number"),
    ],
)
def test_published_words_never_name_the_raiser_or_their_home(world: World, summary: str, reason: str) -> None:
    with on("2026-11-18"):
        matter = raise_one(world)
        with pytest.raises(Refused, match=reason):
            speaking.publish(by=world.actor("clerk"), matter_id=matter.id, title="楼道灯", summary=summary)


def test_a_unit_sees_its_matter_but_not_who_raised_it(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = at_handling(plain_world)
        unit = plain_world.actor("property")
        assert not policies.may_see(unit, matter, read.ties(unit, matter))
        dispatch(plain_world, "clerk", matter)
        assert policies.may_see(unit, matter, read.ties(unit, matter))
        assert policies.may_see_raiser(unit, matter) == Denied(
            "Who raised this is known to the community's staff only."
        )


def test_two_people_on_the_same_step_one_wins_and_the_other_is_told(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world)
        moving.move(by=world.actor("grid"), matter_id=matter.id, from_step="raise", target="discuss")
        with pytest.raises(Refused, match="Somebody was quicker") as refusal:
            moving.move(by=world.actor("grid"), matter_id=matter.id, from_step="raise", target="act")
    assert refusal.value.status == 409


def test_a_claimed_matter_is_not_pushed_aside_and_is_freed_when_its_holder_leaves(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world)
        second = add_person(world, "grid2", "二号网格员")
        appointments.appoint(
            by=world.actor("secretary"),
            post_id=world.posts["grid"].id,
            person_id=second,
            starts=date(2026, 11, 1),
        )
        moving.claim(by=world.actor("grid"), matter_id=matter.id)
        with pytest.raises(Refused, match="already on it"):
            moving.move(by=world.actor("grid2"), matter_id=matter.id, from_step="raise", target="discuss")
        freed = moving.release_claims_of(
            by=world.actor("secretary"), person_id=world.persons["grid"], post_id=world.posts["grid"].id
        )
        assert freed == 1
        moving.move(by=world.actor("grid2"), matter_id=matter.id, from_step="raise", target="discuss")


def test_an_unsatisfied_raiser_reopens_and_judges_again(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = settled(plain_world)
        judging.evaluate(
            by=plain_world.actor("wang"), matter_id=matter.id, ties=RAISER, solved=False, score=2
        )
        move(plain_world, "caller", matter, "closed", "resolve")
        with pytest.raises(Refused, match="Only who raised"):
            moving.reopen(by=plain_world.actor("chen"), matter_id=matter.id, ties=Ties(), reason="…")
        again = moving.reopen(
            by=plain_world.actor("wang"), matter_id=matter.id, ties=RAISER, reason="灯又灭了"
        )
        assert (again.state, again.step_key, again.reopened) == (State.OPEN, "handle", 1)
        assert not Callback.objects.filter(matter=matter, superseded=False).exists()
        with pytest.raises(Refused, match="not ready"):
            judging.evaluate(
                by=plain_world.actor("wang"), matter_id=matter.id, ties=RAISER, solved=True, score=5
            )


def settled(world: World) -> Matter:
    """On the plain way up to the callback step."""
    matter = at_handling(world)
    order = dispatch(world, "clerk", matter)
    orders.report(by=world.actor("property"), order_id=order.id, text="好了")
    checking.verify(by=world.actor("clerk"), order_id=order.id)
    move(world, "clerk", matter, "answer", "resolve")
    speaking.answer(by=world.actor("clerk"), matter_id=matter.id, text="灯换好了。")
    return move(world, "clerk", matter, "callback", "answer")


def test_reopening_ends_thirty_days_after_closing(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = settled(plain_world)
        judging.evaluate(by=plain_world.actor("wang"), matter_id=matter.id, ties=RAISER, solved=True, score=4)
        move(plain_world, "caller", matter, "closed", "resolve")
    with on("2026-12-18", 18, 1), pytest.raises(Refused, match="too long ago"):
        moving.reopen(by=plain_world.actor("wang"), matter_id=matter.id, ties=RAISER, reason="又坏了")
    with on("2026-12-18", 17, 59):
        moving.reopen(by=plain_world.actor("wang"), matter_id=matter.id, ties=RAISER, reason="又坏了")


def test_nobody_calls_back_their_own_work_and_one_follow_up_is_allowed(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = settled(plain_world)
        said = judging.Said(reached=True, solved=True, score=5)
        with pytest.raises(Refused, match="own work"):
            judging.call_back(
                by=plain_world.actor("clerk"),
                matter_id=matter.id,
                raiser_id=plain_world.persons["wang"],
                said=said,
            )
        judging.call_back(
            by=plain_world.actor("caller"),
            matter_id=matter.id,
            raiser_id=plain_world.persons["wang"],
            said=said,
        )
        judging.evaluate(by=plain_world.actor("wang"), matter_id=matter.id, ties=RAISER, solved=True, score=4)
        assert Callback.objects.filter(matter=matter, superseded=False).count() == 1
        judging.follow_up(by=plain_world.actor("wang"), matter_id=matter.id, ties=RAISER, text="用了一周还好")
        with pytest.raises(Refused, match="already added"):
            judging.follow_up(by=plain_world.actor("wang"), matter_id=matter.id, ties=RAISER, text="再说一句")


def test_rates_show_both_counts_and_leave_out_only_what_somebody_else_approved(plain_world: World) -> None:
    day = date(2026, 11, 18)
    community = plain_world.places["community"]
    with on("2026-11-18"):
        matter = settled(plain_world)
        judging.evaluate(
            by=plain_world.actor("wang"), matter_id=matter.id, ties=RAISER, solved=False, score=1
        )
        raise_one(plain_world, "chen", "entrance")
    with on("2026-11-20"):
        rates = figures.figures([community], day, day)[community.id].rates
        assert (rates.response.numerator, rates.response.denominator) == (1, 2)
        assert (rates.resolution.numerator, rates.resolution.denominator) == (0, 1)
        judging.ask_exclusion(by=plain_world.actor("street"), matter_id=matter.id, reason="重复反映")
        with pytest.raises(Refused, match="own request"):
            judging.approve_exclusion(by=plain_world.actor("street"), matter_id=matter.id)
        judging.approve_exclusion(by=plain_world.actor("district"), matter_id=matter.id)
        rates = figures.figures([community], day, day)[community.id].rates
        assert (rates.response.numerator, rates.response.denominator, rates.excluded) == (0, 1, 1)
        assert rates.resolution.percent == "—"


def test_what_is_not_our_duty_goes_on_with_its_number_and_promise(plain_world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(plain_world)
        moved = sorting.hand_over(
            by=plain_world.actor("clerk"),
            matter_id=matter.id,
            to_place_id=plain_world.place("other"),
            reason="是兰新社区的路灯",
        )
    assert (moved.number, moved.promised_at) == (matter.number, matter.promised_at)
    assert moved.community_id == plain_world.place("other")
    assert [step.verb for step in read.steps(moved)] == ["hand_over", ""]


def test_triage_sets_the_promise_and_dispatches(plain_world: World) -> None:
    with on("2026-11-18", 9):
        matter = raise_one(plain_world)
        decision = sorting.Triage(
            category="corridor_light",
            level=Level.SETTLE_AT_ONCE,
            urgency=Urgency.LIFE,
            unit_id=plain_world.unit("property"),
            task="换灯",
        )
        sorting.triage(by=plain_world.actor("clerk"), matter_id=matter.id, decision=decision)
        fresh = Matter.objects.get(id=matter.id)
        assert (fresh.promised_at - fresh.raised_at).total_seconds() == 2 * 3600
        assert fresh.step_due_at == fresh.promised_at
        assert fresh.orders.count() == 1


def test_staff_write_down_what_somebody_said(world: World) -> None:
    with on("2026-11-18"):
        receipt = raising.enter_matter(
            by=world.actor("clerk"),
            raised=raising.Raised(place_id=world.place("entrance"), text=TEXT, channel=Channel.VISIT),
            raiser_id=world.persons["old-liu"],
        )
        assert receipt.matter.entered_by_id == world.persons["clerk"]
        with pytest.raises(Refused, match="for the staff"):
            raising.enter_matter(
                by=world.actor("chen"),
                raiser_id=None,
                raised=raising.Raised(place_id=world.place("entrance"), text=TEXT, channel=Channel.VISIT),
            )


def test_search_finds_by_number_words_address_and_raiser(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world)
        clerk = world.actor("clerk")
        for words in (matter.number, "楼道灯", "3号楼", "王小明", world.phones["wang"], "灯"):
            found = lists.matters(clerk, lists.Filters(words=words))
            assert [one.id for one in found] == [matter.id], words
        assert list(lists.matters(clerk, lists.Filters(words="电梯"))) == []
        assert list(lists.matters(world.actor("chen"), lists.Filters())) == []
