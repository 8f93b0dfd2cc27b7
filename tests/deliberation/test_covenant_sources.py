"""A covenant takes the figures of a vote or a resolution of its place; others are typed."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.ballots.actions import preparing, running, voting
from linli.ballots.kinds import Electorate, Method, RuleName
from linli.ballots.models import Ballot, RollEntry
from linli.ballots.rules.drafting import Asked, Plan
from linli.deliberation.actions import covenants
from linli.deliberation.kinds import Body, CovenantStage
from linli.deliberation.models import Covenant, Decision
from linli.deliberation.read import covenant_sources as read
from linli.deliberation.rules.covenants import Mandate
from linli.gatherings.actions import name_member
from linli.gatherings.kinds import BodyKind, Role
from linli.gatherings.rules.meetings import Hands
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.clock import today
from linli.kernel.decision import Refused
from linli.kernel.ids import tracking_code, uuid7
from linli.kernel.references import Reference
from tests import world as worlds
from tests.deliberation.covenanting import asked
from tests.gatherings import meeting as making
from tests.matters.desking import desk, shown
from tests.world import World


@pytest.fixture(autouse=True)
def _monday():
    with worlds.on("2026-11-16"):
        yield


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def deciding(world: World) -> Covenant:
    """A covenant whose consultation ends today."""
    return covenants.end_consultation(by=world.actor("clerk"), covenant_id=asked(world).pk)


def assembly(world: World, kind: BodyKind, hands: Hands, *here: str, title: str = "") -> Reference:
    """A resolution of an assembly that sits now, its minutes approved."""
    body = making.body(world, kind, members=())
    if kind is BodyKind.REP_ASSEMBLY:
        for key in here:
            name_member(by=SYSTEM, body_id=body.pk, role=Role.REP, person_id=world.persons[key])
    meeting = making.opened(world, body, *here)
    resolved = making.resolved(world, meeting, hands=hands)
    making.published(world, meeting)
    return Reference(read.RESOLUTION, resolved.pk)


def vote(world: World, rule: RuleName, *said: tuple[str, str], place: str = "community") -> Ballot:
    """A vote of the residents from its draft to its published result, three weeks from now."""
    clerk, opens = world.actor("clerk"), clock.now() + timedelta(days=16)
    closes = opens + timedelta(days=5)
    plan = Plan(
        title="居民公约表决",
        electorate=Electorate.RESIDENTS,
        opens_at=opens,
        closes_at=closes,
        questions=(Asked("通过居民公约，是否同意", Method.YES_NO, rule),),
    )
    row = preparing.draft(by=clerk, place_id=world.place(place), plan=plan)
    preparing.announce(by=clerk, ballot_id=row.pk)
    preparing.freeze_roll(by=clerk, ballot_id=row.pk)
    with clock.at(opens):
        row = running.open_ballot(by=clerk, ballot_id=row.pk)
        for key, side in said:
            entry = RollEntry.objects.get(ballot=row, persons__person=world.persons[key])
            voting.cast(
                by=world.actor(key),
                ballot=row,
                entry_id=entry.pk,
                answers={"1": side},
                receipt=tracking_code(),
            )
    with clock.at(closes):
        for step in (running.close, running.count, running.publish):
            row = step(by=clerk, ballot_id=row.pk)
    return row


def on(day: datetime):
    return clock.at(day + timedelta(days=1))


def test_a_resolution_of_the_assembly_decides_with_its_figures(world: World) -> None:
    row, clerk = deciding(world), world.actor("clerk")
    about = assembly(world, BodyKind.RESIDENTS_ASSEMBLY, Hands(2, 0, 0), "wang", "chen")
    [found] = read.sources(row)
    assert found.about == about
    met = found.meeting
    assert (met.body, met.entitled, met.present, met.in_favour) == (Body.ASSEMBLY, 3, 2, 2)
    decision = covenants.take_over(by=clerk, covenant_id=row.pk, about=about)
    row.refresh_from_db()
    assert (decision.adopted, row.stage) == (True, CovenantStage.ADOPTED)
    assert (decision.resolution_id, decision.question_id) == (about.id, None)
    page = shown(desk(world, "clerk").get(f"/desk/covenants/{row.pk}/"))
    assert f"/desk/meetings/{decision.resolution.gathering_id}/" in page


def test_half_of_those_present_is_not_enough(world: World) -> None:
    row = deciding(world)
    about = assembly(world, BodyKind.RESIDENTS_ASSEMBLY, Hands(1, 1, 0), "wang", "chen")
    assert not covenants.take_over(by=world.actor("clerk"), covenant_id=row.pk, about=about).adopted
    row.refresh_from_db()
    assert row.stage == CovenantStage.DECIDING


def test_representatives_decide_with_their_mandate(world: World) -> None:
    row = deciding(world)
    about = assembly(world, BodyKind.REP_ASSEMBLY, Hands(3, 0, 0), "wang", "chen", "old-liu")
    client, address = desk(world, "clerk"), f"/desk/covenants/{row.pk}/take-over/"
    sent = {"source": str(about), "note": ""}
    assert "on what day the residents’ assembly charged" in shown(client.post(address, sent), 422)
    assert "The mandate comes before" in shown(
        client.post(address, sent | {"mandated_on": "2026-12-01"}), 422
    )
    bare = client.post(address, sent | {"mandated_on": "2026-10-08"})
    assert "Write what the assembly resolved that day" in shown(bare, 422)
    said = {"mandated_on": "2026-10-08", "mandate_words": "公约由居民代表会议审议"}
    assert client.post(address, sent | said).status_code == 302
    decision = Decision.objects.get()
    assert (decision.mandate_id, decision.mandate_words) == (None, "公约由居民代表会议审议")
    assert (decision.adopted, decision.body, decision.mandated_on) == (True, "delegates", date(2026, 10, 8))


def test_a_resolution_of_the_assembly_recorded_here_is_the_mandate(world: World) -> None:
    charged = assembly(world, BodyKind.RESIDENTS_ASSEMBLY, Hands(2, 0, 0), "wang", "chen")
    row = deciding(world)
    about = assembly(world, BodyKind.REP_ASSEMBLY, Hands(3, 0, 0), "wang", "chen", "old-liu")
    client, address = desk(world, "clerk"), f"/desk/covenants/{row.pk}/"
    assert f'value="{charged.id}"' in shown(client.get(address))
    for wrong in (about.id, uuid7()):
        with pytest.raises(Refused, match="Choose a resolution of the residents’ assembly"):
            covenants.take_over(
                by=world.actor("clerk"), covenant_id=row.pk, about=about,
                mandate=Mandate(today(), resolution_id=wrong),
            )  # fmt: skip
    sent = {"source": str(about), "note": "", "mandate": str(charged.id)}
    assert client.post(f"{address}take-over/", sent).status_code == 302
    decision = Decision.objects.get()
    assert (decision.adopted, decision.mandate_id, decision.mandated_on) == (True, charged.id, today())
    assert "Not on file yet." in shown(client.get(address))


def test_a_published_vote_decides_with_its_figures(world: World) -> None:
    row = deciding(world)
    ballot = vote(
        world, RuleName.RESIDENTS_ASSEMBLY, ("wang", "yes"), ("chen", "yes"), ("old-liu", "abstain")
    )
    client, address = desk(world, "clerk"), f"/desk/covenants/{row.pk}/"
    with on(ballot.closes_at):
        [found] = read.sources(row)
        met = found.meeting
        assert (met.entitled, met.present, met.in_favour) == (3, 3, 2)
        page = shown(client.get(address))
        assert "2 in favour of 3 who came, 3 entitled" in page
        assert "Decided elsewhere" in page, "figures typed by hand stay for that"
        assert "Day the assembly charged" in page.split("Decided elsewhere")[1]
        assert "Day the assembly charged" not in page.split("Decided elsewhere")[0]
        assert client.post(f"{address}take-over/", {"source": str(found.about)}).status_code == 302
        decision = Decision.objects.get()
        assert (decision.adopted, decision.met_on) == (True, found.meeting.met_on)
        assert decision.question.ballot_id == ballot.pk
        assert f"/ballots/{ballot.pk}/" in shown(client.get(address))


def test_what_is_not_offered(world: World) -> None:
    """A vote by another rule or of another place, what came before the end of the consultation."""
    vote(world, RuleName.SIMPLE, ("wang", "yes"))
    vote(world, RuleName.RESIDENTS_ASSEMBLY, ("wang", "yes"), place="grid")
    meeting = making.opened(
        world, making.body(world, BodyKind.RESIDENTS_ASSEMBLY, members=()), "wang", "chen"
    )
    unapproved = making.resolved(world, meeting, hands=Hands(2, 0, 0))
    row, clerk = deciding(world), world.actor("clerk")
    assert read.sources(row) == [], "the minutes do not stand yet"
    making.published(world, meeting)
    assert [each.about.id for each in read.sources(row)] == [unapproved.pk]
    for about in (Reference(read.RESOLUTION, uuid7()), Reference(read.QUESTION, unapproved.pk)):
        with pytest.raises(Refused, match="Choose a vote or a resolution of this place"):
            covenants.take_over(by=clerk, covenant_id=row.pk, about=about)
    with pytest.raises(Refused, match="Your post does not include"):
        covenants.take_over(
            by=world.actor("wang"), covenant_id=row.pk, about=Reference(read.RESOLUTION, unapproved.pk)
        )
    Covenant.objects.update(consult_ends=today() + timedelta(days=1))
    row.refresh_from_db()
    assert read.sources(row) == [], "it was held before the consultation ended"
    assert (
        desk(world, "clerk").post(f"/desk/covenants/{row.pk}/take-over/", {"source": "x"}).status_code == 422
    )


def test_a_decision_has_one_source(world: World) -> None:
    row = deciding(world)
    ballot = vote(world, RuleName.RESIDENTS_ASSEMBLY, ("wang", "yes"))
    about = assembly(world, BodyKind.RESIDENTS_ASSEMBLY, Hands(2, 0, 0), "wang", "chen")
    decision = covenants.take_over(by=world.actor("clerk"), covenant_id=row.pk, about=about)
    with pytest.raises(IntegrityError, match="decision_of_one_source"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(question=ballot.questions.get())
