"""An election counted by hand, an opinion that binds nobody, and the record that is signed."""

import hashlib
import json
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from linli.ballots.actions import canvassing, handcounting, preparing, running, voting
from linli.ballots.kinds import BallotState, Channel, Electorate, Method, RuleName, Ruling, VisitOutcome
from linli.ballots.models import Ballot, RollEntry
from linli.ballots.read import roll
from linli.ballots.rules.drafting import Asked
from linli.ballots.rules.handcount import HandCount, Slips
from linli.ballots.rules.recount import recount
from linli.ballots.web import record
from linli.kernel import clock
from linli.kernel.decision import Refused
from linli.kernel.references import Reference
from linli.notices.templatetags.notices import when
from tests import world
from tests.ballots import entrance
from tests.ballots.entrance import CLOSES, MORNING, OPENS, Entrance
from tests.ballots.test_web import done, shown, signed_in, step
from tests.pdf import words_of

COMMITTEE = Asked(
    "居委会委员", Method.CHOOSE, RuleName.ELECTION_VOTERS, seats=2, at_most=2,
    options=(("周一", 0), ("吴二", 0), ("郑三", 0)),
)  # fmt: skip
ELECTION: dict[str, Any] = {
    "title": "居委会换届选举",
    "electorate": Electorate.RESIDENTS,
    "is_secret": True,
    "part_kind": entrance.PartKind.NONE,
    "channels": frozenset({Channel.PAPER}),
    "opens_at": OPENS + timedelta(days=5),
    "closes_at": CLOSES,
}
OPENED = ELECTION["opens_at"]
SOUND = {"handed_out": 10, "collected": 9, "q1_valid": 7, "q1_invalid": 1, "q1_blank": 1,
         "q1_A": 6, "q1_B": 5, "q1_C": 2}  # fmt: skip


def election(built: Entrance) -> Ballot:
    """Open, its roll of twelve written."""
    row = entrance.announced(built, entrance.plan(COMMITTEE, **ELECTION))
    with clock.at(OPENED):
        return running.open_ballot(by=built.staff("clerk"), ballot_id=row.pk)


def figures(handed_out: int = 10, collected: int = 9, **votes: int) -> HandCount:
    return HandCount(handed_out, collected, {"1": Slips(7, 1, 1, votes or {"A": 6, "B": 5, "C": 2})})


def test_an_election_from_the_roll_to_the_result(built: Entrance) -> None:
    row = election(built)
    assert row.is_by_hand
    clerk, grid = signed_in(built, "clerk"), signed_in(built, "grid")
    with clock.at(OPENED):
        done(grid.post(reverse("ballots_desk:taken", args=[row.pk]), {"number": "1"}))
        with pytest.raises(Refused, match="carry no code"):
            voting.print_sheets(by=built.staff("clerk"), ballot_id=row.pk)
        assert "Number on the roll" in shown(grid.get(reverse("ballots_desk:sheets", args=[row.pk])))
        assert "Nothing is counted yet" in shown(grid.get(reverse("ballots_desk:hand_count", args=[row.pk])))
    with clock.at(CLOSES):
        done(step(clerk, row, "close"))
        address = reverse("ballots_desk:hand_count", args=[row.pk])
        wrong = grid.post(address, SOUND | {"collected": 8})
        assert wrong.status_code == 422
        assert "make 9, but 8 came back" in wrong.content.decode()
        done(grid.post(address, SOUND))
        assert step(clerk, row, "count").status_code == 409
        assert grid.post(reverse("ballots_desk:hand_count_step", args=[row.pk, "confirm"])).status_code == 409
        assert "周一" in shown(clerk.get(address))
        done(clerk.post(reverse("ballots_desk:hand_count_step", args=[row.pk, "confirm"])))
        done(step(clerk, row, "count"))
        done(step(clerk, row, "publish"))
    row.refresh_from_db()
    found = recount(row.document.encode())
    assert (found["passed"], found["agrees_with_published"]) == (True, True)
    assert found["questions"][0]["won"] == ["A", "B"], "five of nine are more than half, two are not"
    published = json.loads(row.document)
    assert published["hand_count"]["collected"] == 9
    assert "votes" not in published


def announced_on(built: Entrance, day: datetime) -> Ballot:
    """The same election announced in time, and its roll written on the day."""
    clerk, row = built.staff("clerk"), entrance.drafted(built, entrance.plan(COMMITTEE, **ELECTION))
    with clock.at(MORNING):
        preparing.announce(by=clerk, ballot_id=row.pk)
    with clock.at(day):
        return entrance.nominated(built, preparing.freeze_roll(by=clerk, ballot_id=row.pk))


def test_the_announcement_of_an_election_says_that_there_is_a_booth(built: Entrance) -> None:
    """组织法 19: 秘密写票处; a vote by name has none."""
    row = entrance.announced(built, entrance.plan(COMMITTEE, **ELECTION))
    other, desk = entrance.announced(built), signed_in(built, "clerk")
    said = "There is a booth to write the slip in secret; the slips are counted in public."
    with clock.at(MORNING):
        pages = [shown(desk.get(reverse("ballots:ballot", args=[each.pk]))) for each in (row, other)]
        papers = [
            words_of(desk.get(reverse("ballots:announcement", args=[each.pk])).content)
            for each in (row, other)
        ]
    assert [said in page for page in pages] == [True, False]
    assert ["".join(said.split()) in words for words in papers] == [True, False]


def test_in_an_election_nobody_goes_from_door_to_door(built: Entrance) -> None:
    row, desk = election(built), signed_in(built, "clerk")
    with clock.at(OPENED):
        with pytest.raises(Refused, match="no vote is taken at the door"):
            canvassing.note_visit(
                by=built.staff("grid"),
                ballot_id=row.pk,
                home_id=built.homes["101"],
                outcome=VisitOutcome.AGREED,
            )
        page = shown(desk.get(reverse("ballots_desk:ballot", args=[row.pk])))
    assert reverse("ballots_desk:doors", args=[row.pk]) not in page


LATEST = OPENED - timedelta(days=20)


def test_the_roll_is_out_for_twenty_days_before_the_election(built: Entrance) -> None:
    row, desk = announced_on(built, LATEST), signed_in(built, "clerk")
    with clock.at(LATEST):
        page = shown(desk.get(reverse("ballots_desk:ballot", args=[row.pk])))
        assert "The roll of voters has been out since" in page
    with clock.at(OPENED):
        done(step(desk, row, "open"))


def test_a_roll_a_day_late_holds_the_election_up_by_a_day(built: Entrance) -> None:
    row, desk = announced_on(built, LATEST + timedelta(days=1)), signed_in(built, "clerk")
    with clock.at(LATEST + timedelta(days=1)):
        page = shown(desk.get(reverse("ballots_desk:ballot", args=[row.pk])))
        with override("en"):
            assert f"voting can begin from {when(clock.local(OPENED).date() + timedelta(days=1))}." in page
    with clock.at(OPENED):
        refused = step(desk, row, "open")
        assert refused.status_code == 409
        assert "It has been since 2026-11-18, so voting can begin on 2026-12-08." in refused.content.decode()
    with clock.at(OPENED + timedelta(days=1)):
        done(step(desk, row, "open"))


def test_the_desk_is_told_of_the_roll_before_it_is_late(built: Entrance) -> None:
    clerk, desk = built.staff("clerk"), signed_in(built, "clerk")
    row = entrance.drafted(built, entrance.plan(COMMITTEE, **ELECTION))
    address = reverse("ballots_desk:ballot", args=[row.pk])
    with clock.at(MORNING):
        assert "To be announced by" in shown(desk.get(address))
        preparing.announce(by=clerk, ballot_id=row.pk)
        assert "Write the roll of voters by" in shown(desk.get(address))
    with clock.at(LATEST + timedelta(days=1)):
        page = shown(desk.get(address))
        assert "The roll of voters was due by" in page
        assert "written today, voting can begin from" in page
    with clock.at(CLOSES):
        assert "the last hour comes sooner" in shown(desk.get(address))


@pytest.mark.parametrize("upheld", [True, False])
def test_a_roll_written_anew_after_a_ruling_keeps_its_first_day(built: Entrance, upheld: bool) -> None:
    """Changed for any other reason it is published anew: nobody has seen that roll for twenty days."""
    clerk, row = built.staff("clerk"), announced_on(built, LATEST)
    day = LATEST + timedelta(days=3)
    newcomer = world.add_person(built.world, "newcomer", "新来的")
    world.residence.move_in(
        by=world.SYSTEM,
        person_id=newcomer,
        place_id=built.homes["101"],
        kind=world.ResidenceKind.USUAL,
        starts=world.BEGAN,
    )
    with clock.at(day):
        if upheld:
            said = preparing.object_to_roll(
                by=built.world.actor("newcomer"), ballot_id=row.pk, words="没有我"
            )
            preparing.rule_on_objection(
                by=clerk, objection_id=said.pk, ruling=Ruling.UPHELD, words="十月就搬来了"
            )
        row = preparing.freeze_roll(by=clerk, ballot_id=row.pk)
        first = LATEST if upheld else day
        assert row.objections_until == clock.local(first).date() + timedelta(days=5)
        again = preparing.freeze_roll(by=clerk, ballot_id=row.pk)
        assert again.objections_until == row.objections_until, "the same roll once more changes nothing"
    with clock.at(OPENED):
        if upheld:
            running.open_ballot(by=clerk, ballot_id=row.pk)
        else:
            with pytest.raises(Refused, match="has to be out for 20 days"):
                running.open_ballot(by=clerk, ballot_id=row.pk)


def test_who_is_elected_is_handed_over_to_within_ten_days(built: Entrance) -> None:
    row, clerk, desk = election(built), built.staff("clerk"), signed_in(built, "clerk")
    with clock.at(CLOSES):
        running.close(by=clerk, ballot_id=row.pk)
        handcounting.enter_hand_count(by=built.staff("grid"), ballot_id=row.pk, figures=figures())
        handcounting.confirm_hand_count(by=clerk, ballot_id=row.pk)
        running.count(by=clerk, ballot_id=row.pk)
        page = shown(desk.get(reverse("ballots_desk:ballot", args=[row.pk])))
    assert "The outgoing residents’ committee has handed over" in page
    with clock.at(CLOSES), override("en"):
        assert when(clock.local(CLOSES).date() + timedelta(days=10)) in page.split("has handed over")[1][:80]


def test_whoever_was_written_in_is_counted_and_can_be_elected(built: Entrance) -> None:
    row = election(built)
    clerk, grid = signed_in(built, "clerk"), signed_in(built, "grid")
    address = reverse("ballots_desk:hand_count", args=[row.pk])
    slips = SOUND | {"q1_A": 6, "q1_B": 0, "q1_C": 1}
    with clock.at(CLOSES):
        done(step(clerk, row, "close"))
        assert "Written in by voters" in shown(grid.get(address))
        wrong = grid.post(address, slips | {"q1_written": "张三丰"})
        assert wrong.status_code == 422
        assert "Write the name, a space, and its votes: 张三丰" in unescape(wrong.content.decode())
        done(grid.post(address, slips | {"q1_written": "张三丰 5\n\n欧阳修  1 "}))
        assert "欧阳修, written in" in shown(clerk.get(address)), (
            "whole for whoever compares it with the sheet"
        )
        done(clerk.post(reverse("ballots_desk:hand_count_step", args=[row.pk, "confirm"])))
        done(step(clerk, row, "count"))
        done(step(clerk, row, "publish"))
    row.refresh_from_db()
    found = recount(row.document.encode())
    assert found["agrees_with_published"] is True
    assert found["questions"][0]["won"] == ["A", "+1"]
    public = signed_in(built, "101")
    pages = [
        public.get(reverse(f"ballots:{name}", args=[row.pk])) for name in ("ballot", "file", "result_csv")
    ]
    paper = words_of(public.get(reverse("ballots:poster", args=[row.pk])).content)
    for words in (*(unescape(each.content.decode()) for each in pages), paper):
        assert "欧阳修" not in words, "a vote or two says nothing about anybody"
    assert "张三丰" in shown(pages[0])
    assert "张三丰" in paper


def test_a_count_is_set_aside_and_entered_anew(built: Entrance) -> None:
    row = election(built)
    clerk, grid = built.staff("clerk"), built.staff("grid")
    with clock.at(OPENED), pytest.raises(Refused, match="after voting has ended"):
        handcounting.enter_hand_count(by=grid, ballot_id=row.pk, figures=figures())
    with clock.at(CLOSES):
        running.close(by=clerk, ballot_id=row.pk)
        with pytest.raises(Refused, match="than there are voters on the roll"):
            handcounting.enter_hand_count(by=grid, ballot_id=row.pk, figures=figures(handed_out=13))
        first = handcounting.enter_hand_count(by=grid, ballot_id=row.pk, figures=figures())
        with pytest.raises(Refused, match="A count has been entered already"):
            handcounting.enter_hand_count(by=clerk, ballot_id=row.pk, figures=figures())
        with pytest.raises(Refused, match="somebody else compare it"):
            running.count(by=clerk, ballot_id=row.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            type(first).objects.filter(pk=first.pk).update(
                confirmed_by=first.entered_by_id, confirmed_at=clock.now()
            )
        handcounting.confirm_hand_count(by=clerk, ballot_id=row.pk)
        handcounting.set_aside_hand_count(by=clerk, ballot_id=row.pk)
        with pytest.raises(Refused, match="No count has been entered yet"):
            handcounting.confirm_hand_count(by=clerk, ballot_id=row.pk)
        handcounting.enter_hand_count(by=clerk, ballot_id=row.pk, figures=figures(A=4, B=4, C=5))
        handcounting.confirm_hand_count(by=grid, ballot_id=row.pk)
        counted = running.count(by=clerk, ballot_id=row.pk)
    assert recount(counted.document.encode())["questions"][0]["won"] == ["C"], (
        "four of nine are not more than half"
    )


# ── an opinion ──────────────────────────────────────────────────────────────────────────────────────────

BENCH = Asked("楼下装长椅好不好", Method.YES_NO, RuleName.OPINION)
OPINION: dict[str, Any] = {
    "title": "楼下装长椅",
    "electorate": Electorate.ANYONE,
    "part_kind": entrance.PartKind.NONE,
}
SAID = "Nothing is decided by it."


def test_an_opinion_binds_nobody_and_says_so_everywhere(built: Entrance) -> None:
    child = world.add_person(built.world, "child", "小宝")
    world.residence.move_in(
        by=world.SYSTEM,
        person_id=child,
        place_id=built.homes["101"],
        kind=world.ResidenceKind.REGISTERED,
        starts=world.BEGAN,
    )
    row = entrance.opened(built, entrance.plan(BENCH, **OPINION))
    assert RollEntry.objects.filter(ballot=row).count() == 13, "whoever is registered there is asked too"
    phone, desk = signed_in(built, "601"), signed_in(built, "clerk")
    with clock.at(OPENS):
        [entry] = roll.entries_of(row, built.world.persons["601"])
        vote = reverse("ballots:vote", args=[row.pk, entry.pk])
        page = shown(phone.get(vote))
        receipt = page.split('name="receipt" value="')[1].split('"')[0]
        for name in ("ballot", "roll"):
            assert SAID in shown(phone.get(reverse(f"ballots:{name}", args=[row.pk])))
        for name in ("ballot", "roll", "doors", "sheets"):
            assert SAID in shown(desk.get(reverse(f"ballots_desk:{name}", args=[row.pk])))
        assert SAID in page
        assert SAID in shown(phone.post(vote, {"q1": "yes", "receipt": receipt}))
    row = entrance.counted(built, row)
    for name in ("ballot", "receipt"):
        assert SAID in shown(phone.get(reverse(f"ballots:{name}", args=[row.pk])))
    poster = phone.get(reverse("ballots:poster", args=[row.pk])).content
    assert "".join(SAID.split()) in words_of(poster)
    assert json.loads(row.document)["binding"] is False
    assert recount(row.document.encode())["passed"] is None


def test_a_step_does_not_wait_for_an_opinion(built: Entrance) -> None:
    with clock.at(MORNING), pytest.raises(Refused, match="an opinion decides nothing"):
        preparing.draft(
            by=built.staff("clerk"),
            place_id=built.world.place("lift"),
            plan=entrance.plan(BENCH, **OPINION),
            asked_by=Reference("opening", built.world.place("lift")),
        )


# ── the record ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_record_names_what_anybody_can_work_out(built: Entrance) -> None:
    row = entrance.opened(built)
    entrance.votes(built, row, ["601", "602", "501", "502", "401", "402", "301", "302"], "yes")
    clerk, anybody = signed_in(built, "clerk"), signed_in(built, "101")
    with clock.at(CLOSES):
        assert clerk.get(reverse("ballots_desk:record", args=[row.pk])).status_code == 409
        done(step(clerk, row, "close"))
        done(step(clerk, row, "count"))
        early = clerk.get(reverse("ballots_desk:record", args=[row.pk]))
        assert early.content.startswith(b"%PDF-"), "it is signed before it is published"
        assert anybody.get(reverse("ballots:record", args=[row.pk])).status_code == 404
        done(step(clerk, row, "publish"))
    row.refresh_from_db()
    assert row.state == BallotState.PUBLISHED
    made = anybody.get(reverse("ballots:record", args=[row.pk]))
    assert (made["Content-Type"], made.content[:5]) == ("application/pdf", b"%PDF-")
    assert len(made.content) > 10_000, "its fonts go with it"
    words = words_of(made.content)
    assert "Countedby" in words
    assert row.title in words
    kept = record.contents(row, "https://example.org/")
    file = anybody.get(reverse("ballots:file", args=[row.pk])).content
    proofs = [value for _label, value in kept["proofs"]]
    assert all(proof in words for proof in proofs[1:]), "each of them can be read off the paper"
    assert hashlib.sha256(file).hexdigest() in proofs
    assert json.loads(file)["sha256"] in proofs
    lines = [f"{each.number}\t{each.label}\t{each.area}\t0\n" for each in roll.entries(row)]
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    assert digest in proofs
    assert digest in shown(anybody.get(reverse("ballots:roll", args=[row.pk])))
    [question] = kept["questions"]
    assert [each[4] for each in question["checks"]] == ["yes"] * 4
