"""Who the law wants in a body, at every boundary; how long an office lasts and what ends it."""

from datetime import date

import pytest

from linli.gatherings.kinds import BodyKind, CalledBy, Finding, Role
from linli.gatherings.rules import composition, office
from linli.gatherings.rules.composition import ASKED, Seats
from linli.kernel.decision import Denied

TODAY = date(2026, 11, 16)
OWNERS, COMMITTEE = BodyKind.OWNERS_COMMITTEE, BodyKind.RESIDENTS_COMMITTEE
WATCHING, REPS = BodyKind.SUPERVISORY, BodyKind.REP_ASSEMBLY


def lacking(kind: BodyKind, **seats: object) -> list[str]:
    found = composition.points(kind, Seats(**seats), TODAY)
    return [str(said) for point in found for said in point.lacks]


CASES = [  # kind, who sits in it, what is said to be not met
    (OWNERS, {"members": 0}, ["It has 0.", "It has 0."]),
    (OWNERS, {"members": 4}, ["It has 4.", "It has 4."]),
    (OWNERS, {"members": 5}, []),
    (OWNERS, {"members": 6}, ["It has 6."]),
    (OWNERS, {"members": 11}, []),
    (OWNERS, {"members": 12}, ["It has 12.", "It has 12."]),
    (OWNERS, {"members": 13}, ["It has 13."]),
    (COMMITTEE, {"members": 4, "women": 1}, ["It has 4."]),
    (COMMITTEE, {"members": 5, "women": 1}, []),
    (COMMITTEE, {"members": 6, "women": 1}, []),
    (COMMITTEE, {"members": 9, "women": 1}, []),
    (COMMITTEE, {"members": 10, "women": 1}, ["It has 10."]),
    (COMMITTEE, {"members": 5}, ["There is none among them."]),
    (COMMITTEE, {"members": 5, "sex_unknown": 2}, ["The register does not say it of 2 of them."]),
    (COMMITTEE, {"members": 5, "women": 1, "sex_unknown": 4}, []),
    (COMMITTEE, {"members": 5, "women": 1, "together": 2}, ["2 of them live in one home with another."]),
    (COMMITTEE, {"members": 5, "women": 1, "households": 999}, ["The register has 999."]),
    (COMMITTEE, {"members": 5, "women": 1, "households": 1000}, []),
    (COMMITTEE, {"members": 5, "women": 1, "households": 3000}, []),
    (COMMITTEE, {"members": 5, "women": 1, "households": 3001}, ["The register has 3001."]),
    (WATCHING, {"members": 3}, []),
    (WATCHING, {"members": 3, "of_committee": 1}, ["1 of them belong to the committee."]),
    (
        WATCHING,
        {"members": 3, "of_committee": 1, "near_committee": 2},
        ["1 of them belong to the committee.", "2 of them live in one home with a member of the committee."],
    ),
    (REPS, {"members": 10, "reps": 8, "households": 400}, []),
    (REPS, {"members": 10, "reps": 7, "households": 350}, ["They are 7 of 10."]),
    (REPS, {"members": 8, "reps": 8, "households": 401}, ["It has 8."]),
    (REPS, {"members": 9, "reps": 9, "households": 401}, []),
    (REPS, {"members": 20, "reps": 20, "households": 400}, []),
    (REPS, {"members": 21, "reps": 21, "households": 400}, ["It has 21."]),
    (REPS, {"members": 0, "reps": 0, "households": 0}, ["They are 0 of 0."]),
    (BodyKind.JOINT_CONFERENCE, {"members": 1}, []),
]


@pytest.mark.parametrize(("kind", "seats", "expected"), CASES)
def test_what_is_not_met(kind, seats, expected) -> None:
    assert lacking(kind, **seats) == expected


def test_only_bodies_the_law_forms_are_asked_anything() -> None:
    assert [kind for kind in BodyKind if composition.points(kind, Seats(), TODAY)] == [
        kind for kind in BodyKind if kind in ASKED
    ]
    asks = [str(point.asks) for point in composition.points(COMMITTEE, Seats(), TODAY)]
    assert asks[0] == "5 to 9 members."
    [reps, share] = composition.points(REPS, Seats(households=401), TODAY)
    assert str(reps.asks) == "One representative for every 20 to 50 households: 9 to 20 for the 401 here."
    assert str(share.asks) == "At least 4/5 of the members are representatives."


@pytest.mark.parametrize(
    ("households", "expected"),
    [(1, (1, 1)), (19, (1, 1)), (20, (1, 1)), (40, (1, 2)), (50, (1, 2)), (51, (2, 2)), (59, (2, 2)),
     (60, (2, 3)), (100, (2, 5)), (101, (3, 5)), (3000, (60, 150))],
)  # fmt: skip
def test_representatives_for_so_many_households(households, expected) -> None:
    assert composition.reps_for(households, (20, 50)) == expected


@pytest.mark.parametrize(
    ("kind", "starts", "ends", "reason"),
    [
        (OWNERS, date(2026, 1, 1), date(2031, 1, 1), ""),
        (OWNERS, date(2026, 1, 1), date(2031, 1, 2), "it ends by 2031-01-01"),
        (COMMITTEE, date(2026, 1, 1), date(2031, 1, 1), ""),
        (COMMITTEE, date(2026, 1, 1), date(2031, 1, 2), "A term is 5 years at most here"),
        (COMMITTEE, date(2028, 2, 29), date(2033, 2, 28), ""),
        (COMMITTEE, date(2028, 2, 29), date(2033, 3, 1), "it ends by 2033-02-28"),
        (COMMITTEE, date(2026, 1, 1), date(2026, 1, 1), "ends after it begins"),
        (COMMITTEE, date(2026, 1, 1), None, ""),
        (WATCHING, date(2026, 1, 1), date(2040, 1, 1), ""),
        (BodyKind.JOINT_CONFERENCE, date(2026, 1, 1), date(2040, 1, 1), ""),
        (BodyKind.JOINT_CONFERENCE, date(2026, 1, 1), date(2025, 1, 1), "ends after it begins"),
    ],
)
def test_how_long_an_office_may_last(kind, starts, ends, reason) -> None:
    found = composition.may_last(kind, starts, ends)
    assert bool(found) == (not reason)
    assert not isinstance(found, Denied) or reason in str(found)


def test_a_term_without_an_end_is_told_once_it_is_over() -> None:
    over = [date(2021, 11, 16), date(2021, 11, 17), date(2026, 1, 1)]
    five = {"members": 5, "women": 1, "since": (*over, date(2026, 1, 1), date(2026, 1, 1))}
    assert lacking(COMMITTEE, **five) == ["The term of 1 of them is over."]
    assert lacking(WATCHING, members=1, since=(date(2000, 1, 1),)) == []


@pytest.mark.parametrize(
    ("kind", "role", "is_unit", "expected"),
    [
        (COMMITTEE, Role.MEMBER, False, True), (COMMITTEE, Role.MEMBER, True, False),
        (COMMITTEE, Role.INVITED, True, True), (COMMITTEE, Role.REP, False, False),
        (OWNERS, Role.CHAIR, True, False), (WATCHING, Role.MEMBER, True, False),
        (REPS, Role.REP, False, True), (REPS, Role.REP, True, False), (REPS, Role.MEMBER, True, True),
        (BodyKind.JOINT_CONFERENCE, Role.MEMBER, True, True),
        (BodyKind.JOINT_CONFERENCE, Role.INVITED, False, False),
    ],
)  # fmt: skip
def test_who_can_be_what(kind, role, is_unit, expected) -> None:
    assert bool(composition.may_sit(kind, role, is_unit=is_unit)) is expected


def test_representatives_are_offered_in_their_assembly_alone() -> None:
    assert [kind for kind in BodyKind if Role.REP in composition.roles_in(kind)] == [REPS]
    assert composition.roles_in(COMMITTEE) == (Role.CHAIR, Role.MEMBER, Role.ADVISER, Role.INVITED)


FIT, UNFIT = Finding.FIT, Finding.UNFIT


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], False), ([UNFIT], False), ([UNFIT, UNFIT], True), ([UNFIT, FIT, UNFIT], False),
        ([FIT, UNFIT, UNFIT], True), ([UNFIT, UNFIT, FIT], False), ([FIT, FIT], False),
    ],
)  # fmt: skip
def test_unfit_twice_in_a_row_ends_an_office(findings, expected) -> None:
    assert office.ends_office(findings) is expected


@pytest.mark.parametrize(
    ("by", "whole", "least"),
    [
        (CalledBy.ADULTS, 1, 1), (CalledBy.ADULTS, 10, 1), (CalledBy.ADULTS, 11, 2),
        (CalledBy.ADULTS, 1000, 100), (CalledBy.ADULTS, 1001, 101),
        (CalledBy.HOUSEHOLD_REPS, 500, 50), (CalledBy.HOUSEHOLD_REPS, 501, 51),
        (CalledBy.REPS, 30, 10), (CalledBy.REPS, 31, 11), (CalledBy.REPS, 3, 1),
    ],
)  # fmt: skip
def test_how_many_can_ask_for_a_recall(by, whole, least) -> None:
    assert office.least_to_recall(by, whole) == least


@pytest.mark.parametrize(
    ("kind", "held_on", "last", "reason"),
    [
        (COMMITTEE, TODAY, None, ""),
        (COMMITTEE, date(2026, 11, 17), None, "has not been held yet"),
        (COMMITTEE, TODAY, date(2026, 11, 15), ""),
        (COMMITTEE, TODAY, TODAY, "of 2026-11-16 is on record"),
        (OWNERS, TODAY, None, "no yearly appraisal"),
    ],
)
def test_when_an_appraisal_is_written_down(kind, held_on, last, reason) -> None:
    found = office.may_appraise(kind, held_on, last, TODAY)
    assert bool(found) == (not reason)
    assert not isinstance(found, Denied) or reason in str(found)
