"""What a step opens tells its matter; what a meeting resolves becomes an order somebody follows."""

from datetime import timedelta
from typing import Any

import pytest

from linli.ballots.actions import preparing, running, voting
from linli.ballots.kinds import Electorate, Method, OwnersMatter, RuleName
from linli.ballots.models import Ballot, RollPerson
from linli.ballots.read import counting
from linli.ballots.rules.drafting import Asked, Plan
from linli.deliberation.actions import conversations
from linli.deliberation.models import Conversation
from linli.gatherings import actions as gatherings
from linli.gatherings.models import Gathering, Resolution
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.kernel.ids import tracking_code
from linli.kernel.references import Reference, reference_in
from linli.matters.actions import checking, moving, orders, raising
from linli.matters.kinds import OpeningKind, OrderState
from linli.matters.models import Contribution, Matter, Opening, Order
from linli.site.reactions import REACTIONS
from tests.deliberation import talking
from tests.gatherings import meeting
from tests.gatherings.meeting import LAMPS
from tests.matters.desking import desk, sent, shown
from tests.outbox import react
from tests.world import World, build, on


@pytest.fixture
def world(db: None) -> World:
    """建设社区 on the five affairs, on a Monday."""
    return build()


def discussed(world: World) -> tuple[Matter, Opening]:
    """A matter at the step that waits for the neighbours' council."""
    said = raising.Raised(place_id=world.place("home"), text="晚上没地方停车。")
    matter = raising.raise_matter(by=world.actor("wang"), raised=said).matter
    moving.move(by=world.actor("grid"), matter_id=matter.id, from_step="raise", target="discuss")
    return matter, Opening.objects.get(step__matter=matter, kind=OpeningKind.MEETING)


def brought(world: World, opening: Opening) -> Gathering:
    """The council meets with the matter on its agenda."""
    row = meeting.body(world)
    gatherings.await_item(
        by=SYSTEM, body_id=row.pk, title="夜间停车", subject_kind="opening", subject_id=opening.id
    )
    return meeting.opened(world, row, "secretary", "clerk", "grid")


def held(world: World, sitting: Gathering, *, unit: str = "") -> Resolution:
    """It resolves something on its first item, perhaps for a unit, and its minutes are approved."""
    secretary = world.actor("secretary")
    decided = meeting.Decided(
        text=LAMPS,
        manner=meeting.Manner.CONSENSUS,
        item_id=sitting.items.first().pk if sitting.items.exists() else None,
        asks=meeting.Asks.TASK if unit else meeting.Asks.ADOPTED,
        organization_id=world.unit(unit) if unit else None,
        due_on=clock.today() + timedelta(days=14) if unit else None,
    )
    row = gatherings.resolve(by=secretary, gathering_id=sitting.pk, decided=decided)
    gatherings.close(by=secretary, gathering_id=sitting.pk)
    gatherings.save_minutes(by=world.actor("clerk"), gathering_id=sitting.pk, text="到会三人，同意换灯。")
    gatherings.approve_minutes(by=secretary, gathering_id=sitting.pk, version=1)
    return row


def test_what_a_council_hands_on_is_settled_by_the_other_body(world: World) -> None:
    with on("2026-11-20"):
        matter, opening = discussed(world)
        sitting = brought(world, opening)
        [item] = sitting.items.all()
        committee = meeting.body(world, meeting.BodyKind.PARTY_COMMITTEE)
        gatherings.hand_on(by=world.actor("secretary"), item_id=item.pk, body_id=committee.pk)
        gatherings.close(by=world.actor("secretary"), gathering_id=sitting.pk)
        gatherings.save_minutes(by=world.actor("clerk"), gathering_id=sitting.pk, text="谈不拢，交党委会。")
        gatherings.approve_minutes(by=world.actor("secretary"), gathering_id=sitting.pk, version=1)
        react()
        opening.refresh_from_db()
        assert opening.recorded_at is None, "the council has not settled it"
        second = meeting.opened(world, committee, "secretary", "clerk", "grid")
        assert [each.title for each in second.items.all()] == ["夜间停车"]
        held(world, second)
        react()
        opening.refresh_from_db()
        assert opening.recorded_at is not None
        assert Contribution.objects.filter(matter=matter, text__contains=LAMPS).exists()


def test_an_owners_assembly_leads_to_its_ballot(world: World) -> None:
    with on("2026-11-16"):
        body = meeting.body(world, meeting.BodyKind.OWNERS_ASSEMBLY)
        assembly = meeting.planned(
            world, body, 20, entitled=100, area_entitled=900_000, correction="按测绘报告"
        )
        council = meeting.planned(world, meeting.body(world), 3)
        for number, asked in enumerate((assembly.pk, council.pk)):
            plan = Plan(
                title=f"维修资金{number}",
                electorate=Electorate.OWNERS,
                opens_at=clock.now() + timedelta(days=20),
                closes_at=clock.now() + timedelta(days=25),
                questions=(Asked("是否同意", Method.YES_NO, RuleName.OWNERS_ORDINARY),),
            )
            row = preparing.draft(
                by=world.actor("clerk"),
                place_id=world.place("community"),
                plan=plan,
                asked_by=Reference("gathering", asked),
            )
            preparing.announce(by=world.actor("clerk"), ballot_id=row.pk)
        react()
    assembly.refresh_from_db()
    council.refresh_from_db()
    assert assembly.ballot_id == Ballot.objects.get(title="维修资金0").pk
    assert council.ballot_id is None, "a council resolves by itself"


def test_a_step_goes_on_once_the_minutes_of_its_meeting_are_approved(world: World) -> None:
    with on("2026-11-20"):
        matter, opening = discussed(world)
        held(world, brought(world, opening))
        react()
    opening.refresh_from_db()
    assert (opening.result["attended"], opening.result["resolved"]) == (3, 1)
    words = Contribution.objects.get(matter=matter, kind="minutes").text
    assert words == f"2026-11-20 的会议，3 人到会。\n{LAMPS}"
    with on("2026-11-21"):
        moving.move(
            by=world.actor("branch"), matter_id=matter.id, from_step="discuss", target="act", verb="agree"
        )


def test_a_result_nobody_waits_for_changes_nothing(world: World) -> None:
    with on("2026-11-20"):
        matter, opening = discussed(world)
        sitting = brought(world, opening)
        moving.record_outcome(
            by=world.actor("branch"), opening_id=opening.id, result={"attended": 9}, minutes="树下先谈了。"
        )
        held(world, sitting)
        react()
    assert Contribution.objects.get(matter=matter, kind="minutes").text == "树下先谈了。"


def test_a_meeting_of_another_community_decides_nothing_here(world: World) -> None:
    with on("2026-11-20"):
        matter, opening = discussed(world)
        sitting = brought(world, opening)
        Gathering.objects.filter(pk=sitting.pk).update(place=world.places["other"])
        sitting.refresh_from_db()
        payload = {"subject": str(sitting.pk)}
        REACTIONS["gatherings.minutes_approved"](payload)
    assert not Contribution.objects.filter(matter=matter, kind="minutes").exists()


def test_a_resolution_is_an_order_of_the_matter_it_was_about(world: World) -> None:
    with on("2026-11-20"):
        matter, opening = discussed(world)
        row = held(world, brought(world, opening), unit="power")
        react()
        order = Order.objects.get()
        assert (order.matter_id, order.unit_id, order.task) == (matter.id, world.unit("power"), LAMPS)
        assert clock.local(order.due_at).isoformat() == "2026-12-04T18:00:00+08:00"
    row.refresh_from_db()
    assert (row.follow_kind, row.follow_id) == ("order", order.id)


@pytest.mark.parametrize(
    ("ending", "result", "words"),
    [("verified", "done", "灯都亮了。"), ("withdrawn", "not_done", "工单撤回了。")],
)
def test_what_became_of_a_resolution_is_told_by_its_order(
    world: World, ending: str, result: str, words: str
) -> None:
    with on("2026-11-20"):
        sitting = meeting.opened(world, meeting.body(world), "secretary", "clerk", "grid")
        row = held(world, sitting, unit="power")
        react()
        order = Order.objects.get()
        assert order.matter.channel == "meeting", (
            "a resolution about nothing that is open is a matter of its own"
        )
        assert (order.matter.anonymous, order.matter.tracking_index) == (False, None), "nobody raised it"
    with on("2026-11-23"):
        if ending == "verified":
            orders.accept(by=world.actor("power"), order_id=order.id)
            orders.report(by=world.actor("power"), order_id=order.id, text="灯都亮了。")
            checking.verify(by=world.actor("secretary"), order_id=order.id)
        else:
            orders.withdraw_order(by=world.actor("secretary"), order_id=order.id, reason="重复了")
        react()
    row.refresh_from_db()
    assert (row.result, row.result_text) == (result, words)
    assert Order.objects.get().state == getattr(OrderState, ending.upper())


def test_a_step_goes_on_once_the_result_of_its_ballot_is_published(world: World) -> None:
    with on("2026-11-16"):
        matter, opening = discussed(world)
        Opening.objects.filter(pk=opening.pk).update(kind=OpeningKind.BALLOT)
        row = decided(world, Reference("opening", opening.id))
    with clock.at(row.closes_at + timedelta(hours=1)):
        running.close(by=world.actor("clerk"), ballot_id=row.pk)
        running.count(by=world.actor("secretary"), ballot_id=row.pk)
        running.publish(by=world.actor("secretary"), ballot_id=row.pk)
        react()
    opening.refresh_from_db()
    assert (opening.result["voted"], opening.result["passed"]) == (1, True)
    assert "夜里开放车库" in Contribution.objects.get(matter=matter, kind="minutes").text


def asking(world: World, opening: Opening, *, people: int) -> Conversation:
    """The clerk asks the building for the step, people answer from two sides, and the result is published."""
    clerk = world.actor("clerk")
    row = conversations.open_conversation(
        by=clerk, place_id=world.place("building"), question=talking.QUESTION, about="",
        starts=clock.today(), ends=clock.today() + timedelta(days=7), statements=talking.STATEMENTS,
        asked_by=Reference("opening", opening.id),
    )  # fmt: skip
    talking.camps(world, row, talking.neighbours(world, people))
    conversations.close(by=clerk, conversation_id=row.pk)
    return conversations.publish(by=clerk, conversation_id=row.pk, outcome="先画消防通道。")


@pytest.mark.parametrize(
    ("people", "told", "words"),
    [
        (12, (12, 2), "意见地图「晚上车停不下，怎么办？」：12 人回答了。"),
        (4, (0, 0), "意见地图「晚上车停不下，怎么办？」：回答的人太少，不列数。"),
    ],
)
def test_a_step_hears_what_its_opinion_map_found(
    world: World, people: int, told: tuple[int, int], words: str
) -> None:
    with on("2026-11-20"):
        matter, opening = discussed(world)
        opening = Opening.objects.create(step=opening.step, kind=OpeningKind.OPINIONS)
        row = asking(world, opening, people=people)
        assert not Contribution.objects.filter(matter=matter).exclude(kind="supplement").exists()
        react()
        react()
    opening.refresh_from_db()
    assert opening.result == {"conversation": str(row.pk), "people": told[0], "groups": told[1]}
    said = Contribution.objects.get(matter=matter, kind="findings").text.split("\n")
    assert (said[0], said[-1]) == (words, "先画消防通道。")
    agreed = {f"多数同意：{talking.STATEMENTS[number]}" for number in (3, 5)}
    assert set(said[1:-1]) == (agreed if people >= 5 else set())
    assert not Contribution.objects.filter(matter=matter, kind="minutes").exists(), "nobody has met"


def test_an_opinion_map_asked_for_by_nobody_tells_nobody(world: World) -> None:
    with on("2026-11-20"):
        matter, opening = discussed(world)
        opening = Opening.objects.create(step=opening.step, kind=OpeningKind.OPINIONS)
        row = asking(world, opening, people=5)
        Conversation.objects.filter(pk=row.pk).update(asked_kind="", asked_id=None)
        react()
    opening.refresh_from_db()
    assert (opening.result, matter.state) == (None, "open")


def test_a_step_asks_for_one_opinion_map_from_the_desk(world: World) -> None:
    with on("2026-11-20"):
        matter, opening = discussed(world)
        opening = Opening.objects.create(step=opening.step, kind=OpeningKind.OPINIONS)
        clerk, asks = desk(world, "clerk"), str(Reference("opening", opening.id))
        page = shown(desk(world, "branch").get(f"/desk/matters/{matter.id}/"))
        assert "Ask neighbours what they think" in page
        assert f"/desk/opinions/new/?asked=opening%3A{opening.id}" in page
        address = f"/desk/opinions/new/?asked={asks}&title=停车&place={world.place('home')}"
        page = shown(clerk.get(address))
        assert 'value="停车"' in page
        assert f'value="{world.place("entrance")}" selected' in page, "a home is too narrow to ask"
        asked = {
            "place": world.place("building"), "question": "停车", "about": "", "starts": "2026-11-20",
            "ends": "2026-11-27", "statements": "一\n二\n三",
        }  # fmt: skip
        begun = sent(clerk.post(address, asked))
        assert "A matter waits for what is found" in shown(clerk.get(begun))
        assert sent(clerk.get(address)) == begun, "asked once"
        with pytest.raises(Refused, match="asked about this already"):
            asking(world, opening, people=0)


def decided(world: World, asked: Reference) -> Ballot:
    """An open ballot of the members of a place in which one has voted yes."""
    clerk, now = world.actor("clerk"), clock.now()
    plan: Any = Plan(
        title="夜里开放车库",
        electorate=Electorate.RESIDENTS,
        opens_at=now + timedelta(days=16),
        closes_at=now + timedelta(days=23),
        questions=(Asked("是否同意", Method.YES_NO, RuleName.SIMPLE),),
    )
    row = preparing.draft(by=clerk, place_id=world.place("community"), plan=plan, asked_by=asked)
    preparing.announce(by=clerk, ballot_id=row.pk)
    preparing.freeze_roll(by=clerk, ballot_id=row.pk)
    with clock.at(plan.opens_at):
        row = running.open_ballot(by=clerk, ballot_id=row.pk)
        entry = RollPerson.objects.get(entry__ballot=row, person=world.persons["wang"]).entry_id
        mark = tracking_code()
        voting.cast(by=world.actor("wang"), ballot=row, entry_id=entry, answers={"1": "yes"}, receipt=mark)
    return Ballot.objects.get(pk=row.pk)


@pytest.mark.parametrize("text", ["", "opening", "opening:", "opening:7", "Opening:x", "x" * 40, ":"])
def test_a_reference_that_is_none(text: str) -> None:
    assert reference_in(text) is None


def test_a_reference_reads_what_it_writes(world: World) -> None:
    asked = Reference("opening", world.place("home"))
    assert reference_in(str(asked)) == asked


@pytest.mark.parametrize(
    ("method", "duties"),
    [(Method.CHOOSE, {"first_meeting", "filing"}), (Method.YES_NO, {"change_filing"})],
)
def test_an_elected_owners_committee_owes_what_follows(
    world: World, method: Method, duties: set[str]
) -> None:
    committee = meeting.body(world, meeting.BodyKind.OWNERS_COMMITTEE, members=())
    meeting.own(world, "wang", label="o1")
    home = world.place("home")
    meeting.places.note_areas(
        by=SYSTEM, under_id=home, areas={home: 1000}, source=meeting.AreaSource.REGISTER
    )
    options = (("周一", 0), ("吴二", 0)) if method is Method.CHOOSE else ()
    asked = Asked("业委会", method, RuleName.OWNERS_ORDINARY, options=options, matter=OwnersMatter.COMMITTEE)
    with on("2026-11-16"):
        row = preparing.draft(
            by=world.actor("clerk"),
            place_id=world.place("community"),
            plan=Plan(
                title="选举业委会",
                electorate=Electorate.OWNERS,
                opens_at=clock.now() + timedelta(days=20),
                closes_at=clock.now() + timedelta(days=25),
                questions=(asked,),
            ),
        )
        preparing.announce(by=world.actor("clerk"), ballot_id=row.pk)
        preparing.freeze_roll(by=world.actor("clerk"), ballot_id=row.pk)
    with on("2026-12-07"):
        row = running.open_ballot(by=world.actor("clerk"), ballot_id=row.pk)
        entry = row.roll.get(is_developer=False)
        answers = {"1": "yes" if method is Method.YES_NO else ["A"]}
        voting.cast(
            by=world.actor("wang"), ballot=row, entry_id=entry.pk, answers=answers, receipt=tracking_code()
        )
    with on("2026-12-12"):
        clerk = world.actor("clerk")
        running.close(by=clerk, ballot_id=row.pk)
        running.count(by=clerk, ballot_id=row.pk)
        running.publish(by=clerk, ballot_id=row.pk)
        react()
    found = committee.duties.filter(ballot_id=row.pk)
    assert {each.kind for each in found} == (duties if row_passed(row) else set())


def row_passed(row: Ballot) -> bool:
    """Whether its only question passed."""
    row.refresh_from_db()
    return all(each.passed is not False for each in counting.results(row))
