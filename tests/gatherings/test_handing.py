"""Handing an item to another body, with its matter; and the ballot of an assembly of owners."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from linli.audit.models import Entry
from linli.gatherings import actions
from linli.gatherings.kinds import BodyKind, Event, State
from linli.gatherings.models import AgendaItem, Body, Gathering
from linli.gatherings.rules import meetings
from linli.kernel.decision import Refused
from tests.gatherings import meeting as making
from tests.matters.desking import desk, shown
from tests.world import World, on


@pytest.fixture(autouse=True)
def _monday(db: None):
    with on("2026-11-16"):
        yield


@pytest.fixture
def council(world: World) -> Body:
    return making.body(world, BodyKind.BUILDING_COUNCIL)


@pytest.fixture
def committee(world: World) -> Body:
    return making.body(world, BodyKind.PARTY_COMMITTEE)


def waiting(world: World, body: Body, *, subject: bool = True) -> AgendaItem:
    about = {"subject_kind": "opening", "subject_id": uuid4()} if subject else {}
    return actions.await_item(by=world.actor("secretary"), body_id=body.pk, title="夜间停车", **about)


def handed(world: World, item: AgendaItem, to: Body, *, by: str = "secretary") -> AgendaItem:
    return actions.hand_on(by=world.actor(by), item_id=item.pk, body_id=to.pk)


@pytest.mark.parametrize(
    ("state", "facts", "said"),
    [
        (None, {}, ""),
        (State.PLANNED, {}, ""),
        (State.OPEN, {}, ""),
        (State.CLOSED, {}, ""),
        (State.OPEN, {"is_handed_on": True}, "This item has been handed to another body."),
        (State.OPEN, {"is_resolved": True}, "Something was resolved on it here."),
        (State.CLOSED, {"is_approved": True}, "The minutes stand."),
        (State.PUBLISHED, {}, "The minutes stand."),
        (State.CANCELLED, {}, "The agenda is closed."),
    ],
)
def test_when_an_item_can_go_to_another_body(state: State | None, facts: dict[str, bool], said: str) -> None:
    known = {"is_handed_on": False, "is_resolved": False, "is_approved": False}
    decision = meetings.may_hand_on(state, **known | facts)
    assert bool(decision) is not bool(said)
    assert not said or decision.reason.startswith(said)


def test_what_waits_moves_with_its_matter(world: World, council: Body, committee: Body) -> None:
    item = waiting(world, council)
    after = handed(world, item, committee)
    assert (after.pk, after.body_id, after.subject_id) == (item.pk, committee.pk, item.subject_id)
    assert Entry.objects.filter(event=Event.ITEM_HANDED_ON.value).count() == 1
    with pytest.raises(Refused, match="Choose another body"):
        handed(world, item, committee)


def test_what_was_talked_over_stays_on_the_agenda_and_waits_elsewhere(
    world: World, council: Body, committee: Body
) -> None:
    waiting(world, council)
    sitting = making.opened(world, council, "secretary", "clerk", "grid")
    [item] = sitting.items.all()
    after = handed(world, item, committee)
    item.refresh_from_db()
    assert (item.gathering_id, item.handed_to_id) == (sitting.pk, after.pk)
    assert (after.body_id, after.gathering_id, after.subject_id) == (committee.pk, None, item.subject_id)
    with pytest.raises(Refused, match="has been handed to another body"):
        handed(world, item, committee)
    decided = making.agreed("同意", item_id=item.pk)
    with pytest.raises(Refused, match="has been handed to another body"):
        actions.resolve(by=world.actor("secretary"), gathering_id=sitting.pk, decided=decided)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=after.pk).update(handed_to=item.pk)


def test_it_waits_once_and_not_after_something_was_resolved(
    world: World, council: Body, committee: Body
) -> None:
    first = waiting(world, council)
    again = actions.await_item(
        by=world.actor("secretary"), body_id=committee.pk, title="夜间停车",
        subject_kind="opening", subject_id=first.subject_id,
    )  # fmt: skip
    with pytest.raises(Refused, match="It waits for this body already"):
        handed(world, first, committee)
    sitting = making.opened(world, committee, "secretary", "clerk", "grid")
    again.refresh_from_db()
    decided = making.agreed("同意", item_id=again.pk)
    actions.resolve(by=world.actor("secretary"), gathering_id=sitting.pk, decided=decided)
    with pytest.raises(Refused, match="Something was resolved on it here"):
        handed(world, again, council)
    with pytest.raises(Refused, match="Your post does not include calling meetings"):
        handed(world, first, committee, by="wang")


def test_the_desk_hands_on_and_the_minutes_say_so(world: World, council: Body, committee: Body) -> None:
    waiting(world, council, subject=False)
    sitting = making.opened(world, council, "secretary", "clerk", "grid")
    [item] = sitting.items.all()
    secretary = desk(world, "secretary")
    address = f"/desk/meetings/items/{item.pk}/hand-on/"
    assert address in shown(secretary.get(f"/desk/meetings/{sitting.pk}/"))
    page = shown(secretary.get(address))
    assert str(committee.pk) in page
    assert str(council.pk) not in page.split("<form", 1)[1], "where it is already is not offered"
    assert desk(world, "wang").get(address).status_code == 403
    answer = secretary.post(address, {"body": str(committee.pk)})
    assert answer.status_code == 302
    page = shown(secretary.get(f"/desk/meetings/{sitting.pk}/"))
    assert f"handed on to {committee.name}" in page
    assert address not in page
    assert f"Handed on to {committee.name}" in shown(secretary.get(f"/desk/meetings/{sitting.pk}/minutes/"))
    seen = shown(desk(world, "wang").get(f"/meetings/{sitting.pk}/"))
    assert "handed on to another body" in seen, "residents see nothing of a committee's meetings"


def test_an_assembly_of_owners_leads_to_its_ballot(world: World, council: Body) -> None:
    body = making.body(world, BodyKind.OWNERS_ASSEMBLY)
    assembly = making.planned(world, body, 20, entitled=100, area_entitled=900_000, correction="按测绘报告")
    secretary, wang = desk(world, "secretary"), desk(world, "wang")
    making.actions.notify_members(by=world.actor("secretary"), gathering_id=assembly.pk)
    Gathering.objects.filter(pk=assembly.pk).update(state="open", opened_at=assembly.starts_at)
    page = shown(secretary.get(f"/desk/meetings/{assembly.pk}/"))
    assert f"/desk/ballots/new/?asked=gathering%3A{assembly.pk}" in page
    assert "To the ballot" not in shown(wang.get(f"/meetings/{assembly.pk}/"))
    ballot = uuid4()
    actions.note_ballot(by=world.actor("secretary"), gathering_id=assembly.pk, ballot_id=ballot)
    for page in (secretary.get(f"/desk/meetings/{assembly.pk}/"), wang.get(f"/meetings/{assembly.pk}/")):
        assert f'href="/ballots/{ballot}/"' in shown(page)
    other = making.planned(world, council)
    with pytest.raises(Refused, match="Only owners decide by ballot"):
        actions.note_ballot(by=world.actor("secretary"), gathering_id=other.pk, ballot_id=ballot)
