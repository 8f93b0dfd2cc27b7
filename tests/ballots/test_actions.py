"""A ballot from its draft to its result: every way to vote in one tally, every refusal with its reason."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from linli.audit.models import Entry
from linli.ballots.actions import canvassing, preparing, running, voting
from linli.ballots.kinds import (
    Channel,
    Electorate,
    Event,
    Method,
    OwnersMatter,
    RuleName,
    Ruling,
    VisitOutcome,
)
from linli.ballots.models import Ballot, RollEntry, Sheet, Vote
from linli.ballots.read import counting, roll
from linli.ballots.rules.drafting import Asked
from linli.ballots.rules.evidence import may_be_entered
from linli.ballots.rules.recount import recount
from linli.ballots.rules.weights import Weight
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.kernel.ids import tracking_code
from linli.notices.models import Notice
from linli.people.actions import residence
from linli.places import actions as places
from linli.places.kinds import AreaSource
from tests import world
from tests.ballots import entrance
from tests.ballots.entrance import AREA, CLOSES, LIFT, MORNING, NO_PHOTO, OPENS, Entrance
from tests.ballots.test_web import signed_in


def recounted(row: Ballot) -> dict[str, Any]:
    """What anybody gets from the published file."""
    row.refresh_from_db()
    found = recount(row.document.encode())
    assert found["agrees_with_published"] is True
    assert found["sealed"] is True
    return found


def test_a_lift_by_paper_doorstep_and_online_in_one_tally(built: Entrance) -> None:
    row = entrance.opened(built)
    with clock.at(OPENS):
        voting.print_sheets(by=built.staff("clerk"), ballot_id=row.pk)
    entrance.votes(built, row, ["601", "602", "501", "502", "401"], "yes")
    with clock.at(OPENS + timedelta(days=1)):
        entrance.on_paper(built, row, "402", "yes")
        entrance.on_paper(built, row, "301", "yes", Channel.DOORSTEP)
        entrance.on_paper(built, row, "101", "no", Channel.DOORSTEP)
    entrance.votes(built, row, ["202"], "yes")
    result = recounted(entrance.counted(built, row))
    figures = result["questions"][0]["figures"]
    assert figures["entitled"] == {"area": 12 * AREA, "heads": 12}
    assert figures["took_part"] == {"area": 9 * AREA, "heads": 9}
    assert figures["yes"] == {"area": 8 * AREA, "heads": 8}
    assert result["passed"] is True
    assert Entry.objects.filter(event=Event.RESULT_PUBLISHED.value, data__passed=True).count() == 1


def test_one_vote_less_and_it_fails(built: Entrance) -> None:
    row = entrance.opened(built)
    entrance.votes(built, row, ["601", "602", "501", "502", "401"], "yes")
    entrance.votes(built, row, ["101"], "no")
    entrance.votes(built, row, ["102"], "abstain")
    result = recounted(entrance.counted(built, row))
    assert result["reason"] == "Not passed: too little of the area took part."


# ── before voting ───────────────────────────────────────────────────────────────────────────────────────


def test_fifteen_days_of_notice_and_not_one_less(built: Entrance) -> None:
    row = entrance.drafted(built)
    with clock.at(OPENS - timedelta(days=14)), pytest.raises(Refused) as refused:
        preparing.announce(by=built.staff("clerk"), ballot_id=row.pk)
    assert str(refused.value).startswith("15 days of notice are needed. Announced today, voting can begin on")
    with clock.at(OPENS - timedelta(days=15)):
        preparing.announce(by=built.staff("clerk"), ballot_id=row.pk)


def test_a_roll_needs_every_area(built: Entrance) -> None:
    home = built.homes["101"]
    row = entrance.drafted(built)
    places.note_areas(by=SYSTEM, under_id=row.place_id, areas={home: AREA + 1}, source=AreaSource.CONTRACT)
    with clock.at(MORNING):
        preparing.announce(by=built.staff("clerk"), ballot_id=row.pk)
        preparing.freeze_roll(by=built.staff("clerk"), ballot_id=row.pk)
    assert entrance.entry(row, "101").area == AREA  # the register goes before the contract


def test_a_roll_without_an_area_is_refused(built: Entrance) -> None:
    row = entrance.drafted(built)
    new = places.open_place(
        by=SYSTEM,
        kind=entrance.PlaceKind.HOME,
        name="701",
        label="0701",
        parent_id=row.place_id,
        opened_on=world.BEGAN,
    )
    with clock.at(MORNING):
        preparing.announce(by=built.staff("clerk"), ballot_id=row.pk)
        with pytest.raises(Refused, match="homes and bays have no area yet"):
            preparing.freeze_roll(by=built.staff("clerk"), ballot_id=row.pk)
        places.note_areas(by=SYSTEM, under_id=row.place_id, areas={new.id: AREA}, source=AreaSource.CONTRACT)
        preparing.freeze_roll(by=built.staff("clerk"), ballot_id=row.pk)
    unsold = RollEntry.objects.get(ballot=row, is_developer=True)
    assert (unsold.area, unsold.persons.count()) == (AREA, 0)


def test_co_owners_are_one_head_and_either_votes(built: Entrance) -> None:
    world.add_person(built.world, "wife", "王芳")
    wife = built.world.persons["wife"]
    residence.note_holding(by=SYSTEM, person_id=wife, home_id=built.homes["601"], starts=world.BEGAN)
    row = entrance.opened(built)
    assert roll.turnout(row).everybody == Weight(12 * AREA, 12)
    with clock.at(OPENS):
        voting.cast(
            by=built.world.actor("wife"),
            ballot=row,
            entry_id=entrance.entry(row, "601").pk,
            answers={"1": "yes"},
            receipt=tracking_code(),
        )
    assert roll.turnout(row).voted == Weight(AREA, 1)


def test_an_objection_waits_for_a_ruling_and_mends_the_roll(built: Entrance) -> None:
    row = entrance.announced(built)
    buyer = world.add_person(built.world, "buyer", "新业主")
    with clock.at(MORNING + timedelta(days=5)):
        objection = preparing.object_to_roll(
            by=built.world.actor("buyer"), ballot_id=row.pk, words="601 也是我的，我和他一起买的"
        )
    with clock.at(OPENS), pytest.raises(Refused, match="wait for a ruling"):
        running.open_ballot(by=built.staff("clerk"), ballot_id=row.pk)
    residence.note_holding(by=SYSTEM, person_id=buyer, home_id=built.homes["601"], starts=world.BEGAN)
    with clock.at(MORNING + timedelta(days=6)):
        preparing.rule_on_objection(
            by=built.staff("clerk"), objection_id=objection.pk, ruling=Ruling.UPHELD, words="房产证上有"
        )
        preparing.freeze_roll(by=built.staff("clerk"), ballot_id=row.pk)
    assert roll.entries_of(row, buyer)
    with (
        clock.at(MORNING + timedelta(days=6)),
        pytest.raises(Refused, match="Objections could be made until"),
    ):
        preparing.object_to_roll(by=built.world.actor("buyer"), ballot_id=row.pk, words="晚了一天")
    with clock.at(OPENS):
        running.open_ballot(by=built.staff("clerk"), ballot_id=row.pk)


def test_the_vote_does_not_open_before_its_hour(built: Entrance) -> None:
    row = entrance.announced(built)
    with clock.at(OPENS - timedelta(seconds=1)), pytest.raises(Refused, match="Voting begins at"):
        running.open_ballot(by=built.staff("clerk"), ballot_id=row.pk)


# ── voting ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_form_sent_twice_is_one_vote(built: Entrance) -> None:
    row = entrance.opened(built)
    with clock.at(OPENS):
        receipt = entrance.vote(built, row, "601", "yes")
        assert entrance.vote(built, row, "601", "yes", receipt) == receipt
        with pytest.raises(Refused, match="used before"):
            entrance.vote(built, row, "601", "no", receipt)
    assert Vote.objects.filter(ballot=row).count() == 1


def test_a_named_vote_online_can_be_changed_until_the_end(built: Entrance) -> None:
    row = entrance.opened(built)
    entrance.votes(built, row, ["601"], "no")
    with clock.at(CLOSES - timedelta(seconds=1)):
        entrance.vote(built, row, "601", "yes")
    counting_votes = Vote.objects.filter(ballot=row, counts=True)
    assert [each.answers for each in counting_votes] == [{"1": "yes"}]
    with clock.at(CLOSES), pytest.raises(Refused, match="Voting ended at"):
        entrance.vote(built, row, "601", "no")


def test_a_sheet_of_paper_goes_before_a_vote_online(built: Entrance) -> None:
    row = entrance.opened(built)
    with clock.at(OPENS):
        voting.print_sheets(by=built.staff("clerk"), ballot_id=row.pk)
        entrance.vote(built, row, "601", "yes")
        entrance.on_paper(built, row, "601", "no")
        with pytest.raises(Refused, match="it goes before a vote online"):
            entrance.vote(built, row, "601", "yes")
    assert Vote.objects.get(ballot=row, counts=True).answers == {"1": "no"}


def test_nobody_confirms_their_own_sheet(built: Entrance) -> None:
    row = entrance.opened(built)
    with clock.at(OPENS):
        voting.print_sheets(by=built.staff("clerk"), ballot_id=row.pk)
        sheet = entrance.entry(row, "601").sheets.get()
        given: dict[str, Any] = {"by": built.staff("clerk"), "ballot_id": row.pk, "code": sheet.code}
        voting.enter_sheet(**given, answers={"1": "yes"}, channel=Channel.PAPER, no_photo=NO_PHOTO)
        with pytest.raises(Refused, match="Somebody else has to compare"):
            voting.confirm_sheet(**given)
    assert not Vote.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(
            state="confirmed", confirmed_by=built.world.persons["clerk"], confirmed_at=OPENS
        )


def test_a_sheet_that_waits_holds_up_the_count(built: Entrance) -> None:
    row = entrance.opened(built)
    with clock.at(OPENS):
        voting.print_sheets(by=built.staff("clerk"), ballot_id=row.pk)
        code = entrance.entry(row, "601").sheets.get().code
        voting.enter_sheet(
            by=built.staff("grid"), ballot_id=row.pk, code=code, answers={"1": "yes"}, channel=Channel.PAPER,
            no_photo=NO_PHOTO,
        )  # fmt: skip
    with clock.at(CLOSES):
        running.close(by=built.staff("clerk"), ballot_id=row.pk)
        with pytest.raises(Refused, match="sheets wait to be confirmed"):
            running.count(by=built.staff("clerk"), ballot_id=row.pk)
        voting.reject_sheet(by=built.staff("clerk"), ballot_id=row.pk, code=code, reason="没有签名")
        running.count(by=built.staff("clerk"), ballot_id=row.pk)


def test_who_is_not_on_the_roll_has_no_vote(built: Entrance) -> None:
    row = entrance.opened(built)
    with clock.at(OPENS), pytest.raises(Refused, match="You are not on the roll"):
        voting.cast(
            by=built.world.actor("wang"),
            ballot=row,
            entry_id=entrance.entry(row, "601").pk,
            answers={"1": "yes"},
            receipt=tracking_code(),
        )


def test_the_owner_whose_part_is_built_upon_has_to_agree(built: Entrance) -> None:
    row = entrance.announced(built)
    number = entrance.entry(row, "101").number
    with clock.at(MORNING):
        preparing.ask_consent(by=built.staff("clerk"), ballot_id=row.pk, number=number, is_needed=True)
        preparing.freeze_roll(by=built.staff("clerk"), ballot_id=row.pk)  # written anew it keeps the mark
    with clock.at(OPENS):
        running.open_ballot(by=built.staff("clerk"), ballot_id=row.pk)
    entrance.votes(built, row, [home for home in built.homes if home != "101"], "yes")
    entrance.votes(built, row, ["101"], "no")
    result = recounted(entrance.counted(built, row))
    assert result["reason"] == "Not passed: 1 whose consent is needed have not agreed."


def test_every_floor_has_to_pass(built: Entrance) -> None:
    asked = Asked("加装电梯", Method.YES_NO, RuleName.LIFT, every_part=True)
    row = entrance.opened(built, entrance.plan(asked))
    entrance.votes(built, row, [home for home in built.homes if home != "101"], "yes")
    entrance.votes(built, row, ["101"], "no")
    result = recounted(entrance.counted(built, row))
    assert result["reason"] == "Not passed: in 1F too little of the area agrees."


# ── secret votes ────────────────────────────────────────────────────────────────────────────────────────

NAMES = Asked("给小院起个名字", Method.CHOOSE, RuleName.SIMPLE, options=(("同心院", 0), ("幸福里", 0)))
SECRET: dict[str, Any] = {
    "electorate": Electorate.RESIDENTS,
    "is_secret": True,
    "part_kind": entrance.PartKind.NONE,
}


def test_a_secret_vote_tells_nobody_who_gave_it(built: Entrance) -> None:
    row = entrance.opened(built, entrance.plan(NAMES, **SECRET))
    with clock.at(OPENS):
        receipt = entrance.vote(built, row, "601", {"1": ["A"]})
        assert entrance.vote(built, row, "601", {"1": ["A"]}, receipt) == receipt
        with pytest.raises(Refused, match="A secret vote cannot be changed"):
            entrance.vote(built, row, "601", {"1": ["B"]})
    [vote] = Vote.objects.filter(ballot=row)
    assert (vote.entry_id, vote.by_id, vote.given_at, vote.channel) == (None, None, None, "")
    assert vote.pk.version == 4  # no time in its key
    assert not Entry.objects.filter(event=Event.CAST.value).exists()
    assert entrance.entry(row, "601").voted == "online"


def test_the_database_keeps_a_secret_vote_secret(built: Entrance) -> None:
    row = entrance.opened(built, entrance.plan(NAMES, **SECRET))
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(
            ballot=row,
            receipt=tracking_code(),
            answers={"1": ["A"]},
            is_secret=True,
            entry=entrance.entry(row, "601"),
        )


def test_secret_sheets_are_nobodys_and_are_counted_with_the_rest(built: Entrance) -> None:
    row = entrance.opened(built, entrance.plan(NAMES, **SECRET))
    with clock.at(OPENS):
        assert voting.print_sheets(by=built.staff("clerk"), ballot_id=row.pk, spare=3) == 15
        entrance.vote(built, row, "601", {"1": ["A"]})
        code = Sheet.objects.filter(ballot=row).first().code  # type: ignore[union-attr]
        number = entrance.entry(row, "602").number
        voting.take_paper(by=built.staff("grid"), ballot_id=row.pk, number=number)
        with pytest.raises(Refused, match="already been given for this number"):
            voting.take_paper(by=built.staff("grid"), ballot_id=row.pk, number=number)
        voting.enter_sheet(
            by=built.staff("grid"), ballot_id=row.pk, code=code, answers={"1": ["A"]}, channel=Channel.PAPER
        )
        voting.confirm_sheet(by=built.staff("clerk"), ballot_id=row.pk, code=code)
    assert not Sheet.objects.filter(entry__isnull=False).exists()
    before = set(Vote.objects.values_list("pk", flat=True))
    result = recounted(entrance.counted(built, row))
    assert result["questions"][0]["won"] == ["A"]
    assert result["questions"][0]["figures"]["took_part"] == {"heads": 2}
    assert before.isdisjoint(Vote.objects.values_list("pk", flat=True))  # written anew when it closed
    published = json.loads(Ballot.objects.get(pk=row.pk).document)
    receipts = [each["receipt"] for each in published["votes"]]
    assert code in receipts
    assert receipts == sorted(receipts)
    assert all(set(each) == {"receipt", "choices"} for each in published["votes"])


def test_more_votes_than_people_are_seen(built: Entrance) -> None:
    row = entrance.opened(built, entrance.plan(NAMES, **SECRET))
    with clock.at(OPENS):
        voting.print_sheets(by=built.staff("clerk"), ballot_id=row.pk)
        code = Sheet.objects.filter(ballot=row).first().code  # type: ignore[union-attr]
        voting.enter_sheet(
            by=built.staff("grid"), ballot_id=row.pk, code=code, answers={"1": ["A"]}, channel=Channel.PAPER
        )
        voting.confirm_sheet(by=built.staff("clerk"), ballot_id=row.pk, code=code)
    with clock.at(CLOSES):
        running.close(by=built.staff("clerk"), ballot_id=row.pk)
        with pytest.raises(Refused, match="more votes than people"):
            running.count(by=built.staff("clerk"), ballot_id=row.pk)


# ── doors, the end ──────────────────────────────────────────────────────────────────────────────────────


def test_a_visit_to_a_home_that_is_not_asked(built: Entrance) -> None:
    row = entrance.opened(built)
    with clock.at(OPENS), pytest.raises(Refused, match="not on the roll"):
        canvassing.note_visit(
            by=built.staff("grid"),
            ballot_id=row.pk,
            home_id=built.world.place("home"),
            outcome=VisitOutcome.ABSENT,
        )


def test_what_is_withdrawn_takes_no_vote(built: Entrance) -> None:
    row = entrance.opened(built)
    with clock.at(OPENS):
        running.withdraw(by=built.staff("clerk"), ballot_id=row.pk, reason="方案要重新商量")
        with pytest.raises(Refused, match="This ballot was withdrawn"):
            entrance.vote(built, row, "601", "yes")


def test_only_those_who_run_it_take_a_ballot_on(built: Entrance) -> None:
    row = entrance.opened(built)
    with clock.at(CLOSES):
        for step in (running.close, running.count, running.publish):
            with pytest.raises(Refused):
                step(by=built.owner("601"), ballot_id=row.pk)


def test_the_residents_committee_hears_of_what_owners_are_to_decide(built: Entrance) -> None:
    """物业管理条例 14: beside the owners, whoever runs ballots at the committee; who announces it knows."""

    def told(row: Ballot) -> set[UUID]:
        return set(Notice.objects.filter(subject_id=row.pk).values_list("person", flat=True))

    owners = {built.world.persons[home] for home in built.homes}
    row = entrance.announced(built)
    assert told(row) == owners | {built.world.persons["secretary"]}
    asked = Asked("给小院起个名字", Method.YES_NO, RuleName.SIMPLE)
    others = entrance.plan(asked, electorate=Electorate.RESIDENTS, part_kind=entrance.PartKind.NONE)
    assert told(entrance.announced(built, others)) == owners


UNSOUND = [
    (
        Asked("动用维修资金修屋面", Method.YES_NO, RuleName.OWNERS_SPECIAL, matter=OwnersMatter.USE_FUND),
        {},
        "the owners’ ordinary majority",
    ),
    (
        Asked("续筹维修资金", Method.YES_NO, RuleName.OWNERS_ORDINARY, matter=OwnersMatter.RAISE_FUND),
        {},
        "the owners’ special majority",
    ),
    (LIFT, {"electorate": Electorate.RESIDENTS}, "not made for those who are asked"),
    (LIFT, {"is_secret": True}, "Owners vote by name"),
    (LIFT, {"closes_at": OPENS}, "Voting ends after it begins"),
    (Asked("", Method.YES_NO), {}, "A ballot needs a title"),
    (Asked("a", Method.RANKED, RuleName.LIFT, options=(("x", 0), ("y", 0))), {}, "count heads only"),
    (Asked("a", Method.CHOOSE, RuleName.OWNERS_ORDINARY, options=(("x", 0),)), {}, "one on each line"),
    (Asked("a", Method.BUDGET, RuleName.SIMPLE, fund=5, options=(("x", 6),)), {}, "costs more than there is"),
    (
        Asked("a", Method.CHOOSE, RuleName.ELECTION_VOTERS, options=(("x", 0), ("y", 0))),
        {"electorate": Electorate.RESIDENTS, "is_secret": True},
        "elected in secret and on paper",
    ),
    (
        Asked("a", Method.YES_NO, RuleName.ELECTION_VOTERS),
        {"electorate": Electorate.RESIDENTS, "is_secret": True, "channels": frozenset({Channel.PAPER})},
        "voters choose among candidates",
    ),
    (
        Asked("a", Method.YES_NO, RuleName.SIMPLE),
        {"electorate": Electorate.ANYONE, "part_kind": entrance.PartKind.NONE},
        "an opinion only: nothing can be decided",
    ),
]


@pytest.mark.parametrize(("asked", "change", "said"), UNSOUND, ids=[case[2] for case in UNSOUND])
def test_a_ballot_that_does_not_fit_together(
    built: Entrance, asked: Asked, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        entrance.drafted(built, entrance.plan(asked, **change))


def test_the_tally_of_the_database_is_the_one_of_the_file(built: Entrance) -> None:
    """Co-owners, one owner of two homes and several questions: the same figures either way."""
    residence.note_holding(
        by=SYSTEM, person_id=built.world.persons["601"], home_id=built.homes["602"], starts=world.BEGAN
    )
    names = Asked("选谁", Method.CHOOSE, RuleName.OWNERS_ORDINARY, options=(("甲", 0), ("乙", 0)))
    row = entrance.opened(built, entrance.plan(LIFT, names))
    with clock.at(OPENS):
        for number, home in enumerate(["601", "501", "401", "301", "201", "101"]):
            side = "yes" if number % 3 else "no"
            entrance.vote(built, row, home, {"1": side, "2": ["A"] if number % 2 else []})
    recounted(entrance.counted(built, row))
    assert counting.results(row)[0].count.took_part == Weight(6 * AREA, 6)


# ── what is kept of an owner's sheet ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("electorate", list(Electorate))
@pytest.mark.parametrize(("has_photo", "why"), [(True, ""), (False, "没电"), (False, "")])
def test_of_an_owners_sheet_there_is_a_photo_or_the_reason(
    electorate: Electorate, has_photo: bool, why: str
) -> None:
    may = may_be_entered(electorate, has_photo=has_photo, why_not=why)
    assert bool(may) is (electorate is not Electorate.OWNERS or has_photo or bool(why))


def test_an_owners_sheet_without_a_photo_says_why(built: Entrance) -> None:
    row, desk = entrance.opened(built), signed_in(built, "grid")
    with clock.at(OPENS):
        voting.print_sheets(by=built.staff("clerk"), ballot_id=row.pk)
        sheet = entrance.entry(row, "601").sheets.get()
        address = reverse("ballots_desk:sheet", args=[row.pk, sheet.code])
        sent = {"q1": "yes", "channel": "paper"}
        for blank in ("", "  "):
            wrong = desk.post(address, sent | {"no_photo": blank})
            assert wrong.status_code == 422
            assert "A photo of an owner’s sheet is kept." in wrong.content.decode()
            assert 'value="yes"' in wrong.content.decode()
        assert desk.post(address, sent | {"no_photo": "手机没电"}).status_code == 302
        sheet.refresh_from_db()
        assert (sheet.photo, sheet.no_photo) == (None, "手机没电")
        page = signed_in(built, "clerk").get(reverse("ballots_desk:sheets", args=[row.pk]))
        assert "No photo: 手机没电" in page.content.decode()
