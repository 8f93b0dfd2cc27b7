"""Who named the candidates of an election: the party organisation or ten voters, counted against the roll."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.urls import reverse

from linli.audit.models import Entry
from linli.ballots.actions import nominating, preparing, running
from linli.ballots.kinds import Event
from linli.ballots.models import Ballot, Nomination, Option, RollPerson
from linli.ballots.read import nominating as read
from linli.ballots.rules import nominating as rules
from linli.kernel import clock
from linli.kernel.decision import Refused
from linli.organizations.models import Organization
from tests.ballots import entrance
from tests.ballots.entrance import MORNING, Entrance
from tests.ballots.test_elections import COMMITTEE, ELECTION, OPENED
from tests.ballots.test_web import done, shown, signed_in, step


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        (range(1, 11), ""),
        (range(1, 10), "9 voters of the roll are not enough"),
        ((*range(1, 10), 9), "9 is written twice"),
        ((*range(1, 10), 99), "99 is not on the roll"),
        ((), "0 voters of the roll are not enough"),
    ],
)
def test_ten_voters_of_the_roll_each_once(numbers: Sequence[int], why: str) -> None:
    decision = rules.may_be_named(list(numbers), set(range(1, 13)))
    assert bool(decision) is not bool(why)
    assert why in str(decision)


@pytest.mark.parametrize(("by_party", "voters", "may"), [
    (True, None, True), (False, 10, True), (False, 9, False), (False, None, False),
])  # fmt: skip
def test_who_may_stand(by_party: bool, voters: int | None, may: bool) -> None:
    assert bool(rules.may_stand("周一", by_party=by_party, voters=voters)) is may


@pytest.fixture
def row(built: Entrance) -> Ballot:
    """An election announced, its roll of twelve written; nobody is named yet."""
    found = entrance.drafted(built, entrance.plan(COMMITTEE, **ELECTION))
    with clock.at(MORNING):
        preparing.announce(by=built.staff("clerk"), ballot_id=found.pk)
        return preparing.freeze_roll(by=built.staff("clerk"), ballot_id=found.pk)


def candidate(row: Ballot, code: str) -> Option:
    return Option.objects.get(question__ballot=row, code=code)


def test_nobody_stands_whom_nobody_named(built: Entrance, row: Ballot) -> None:
    clerk = built.staff("clerk")
    with clock.at(OPENED), pytest.raises(Refused, match="Nobody has named 周一 yet"):
        running.open_ballot(by=clerk, ballot_id=row.pk)
    party = read.party_organizations(row)[0][0]
    with clock.at(MORNING):
        for code in "AB":
            nominating.nominate_by_party(
                by=clerk, ballot_id=row.pk, option_id=candidate(row, code).pk, organization_id=party
            )
        third = candidate(row, "C").pk
        with pytest.raises(Refused, match="party organisation of this place"):
            other = Organization.objects.exclude(pk=party).exclude(kind="party_branch").first()
            assert other is not None
            nominating.nominate_by_party(
                by=clerk, ballot_id=row.pk, option_id=third, organization_id=other.pk
            )
        nominating.nominate_by_voters(by=clerk, ballot_id=row.pk, option_id=third, numbers=range(3, 13))
        with pytest.raises(Refused, match="Take that back first"):
            nominating.nominate_by_voters(by=clerk, ballot_id=row.pk, option_id=third, numbers=range(1, 11))
        with pytest.raises(Refused, match="does not include"):
            nominating.withdraw_nomination(by=built.staff("grid"), ballot_id=row.pk, option_id=third)
    with clock.at(OPENED):
        opened = running.open_ballot(by=clerk, ballot_id=row.pk)
        with pytest.raises(Refused, match="before voting begins"):
            nominating.withdraw_nomination(by=clerk, ballot_id=row.pk, option_id=third)
    assert opened.state == "open"
    assert Entry.objects.filter(subject_id=row.pk, event=Event.NOMINATED).count() == 3


def test_voters_are_counted_against_the_roll_as_it_stands(built: Entrance, row: Ballot) -> None:
    entrance.nominated(built, row)
    with clock.at(MORNING):
        assert all(each.stands for each in read.candidates(row))
        RollPerson.objects.filter(entry__ballot=row, entry__number=1).delete()
    found = read.candidates(row)[0]
    assert found.voters == 9
    assert "Of the voters who named 周一, 9 are on the roll; 10 are needed." in str(found.stands)
    with clock.at(OPENED), pytest.raises(Refused, match="9 are on the roll"):
        running.open_ballot(by=built.staff("clerk"), ballot_id=row.pk)


def test_the_desk_notes_them_and_says_what_is_missing(built: Entrance, row: Ballot) -> None:
    clerk, grid = signed_in(built, "clerk"), signed_in(built, "grid")
    address = reverse("ballots_desk:nominations", args=[row.pk])
    option = str(candidate(row, "A").pk)
    with clock.at(MORNING + timedelta(hours=1)):
        assert address in clerk.get(reverse("ballots_desk:ballot", args=[row.pk])).content.decode()
        assert "Nobody has named 周一 yet" in shown(clerk.get(address))
        few = clerk.post(address, {"option": option, "numbers": "1 2 3"})
        assert few.status_code == 422
        assert "3 voters of the roll are not enough" in few.content.decode()
        neither = clerk.post(address, {"option": option})
        assert "the party organisation, or voters" in neither.content.decode()
        done(clerk.post(address, {"option": option, "numbers": "1，2 3 4 5 6 7 8 9 10"}))
        assert "Named by 10 voters of the roll" in shown(clerk.get(address))
        done(clerk.post(reverse("ballots_desk:nomination_withdraw", args=[row.pk, option])))
        assert not Nomination.objects.exists()
        assert grid.get(address).status_code == 403
    with clock.at(OPENED):
        refused = step(clerk, row, "open")
        assert refused.status_code == 409
        assert "Nobody has named" in refused.content.decode()
