"""Who reads, edits and opens: each role at each place, with the reason it gets."""

import pytest

from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor
from linli.kernel.ids import uuid7
from linli.people import policies
from linli.people.kinds import Power, Purpose
from linli.places.kinds import Power as PlacePower
from tests.places.making import BUILDING, COMMUNITY, GRID, HOME, resident, staff

WHO = uuid7()
SELF = Actor(WHO)
ELSEWHERE = "/620201/002/005/g01/b1/u1/0101/"

READ = "This person's record is for staff of the place they belong to."
EDIT = "Only staff who keep the register of residents here may change it."
POST = "Your post does not include opening masked numbers."
PURPOSE = "Say what you need the number for; the record keeps it."


@pytest.mark.parametrize(
    ("actor", "paths", "reason"),
    [
        (SELF, [HOME], None),
        (SELF, [], None),
        (staff(Power.READ, path=GRID), [HOME], None),
        (staff(Power.READ), [ELSEWHERE, HOME], None),  # registered elsewhere, living here
        (staff(Power.READ), [], None),  # belongs nowhere yet
        (staff(Power.READ), [ELSEWHERE], READ),
        (staff("matter.read"), [HOME], READ),
        (resident(), [HOME], READ),
        (ANONYMOUS, [HOME], READ),
        (SYSTEM, [HOME], READ),
    ],
)
def test_may_read_person(actor, paths, reason):
    told(policies.may_read_person(actor, WHO, paths), reason)


@pytest.mark.parametrize(
    ("actor", "paths", "purpose", "reason"),
    [
        (SELF, [HOME], None, None),
        (staff(Power.OPEN_FIELD), [HOME], Purpose.VISIT, None),
        (staff(Power.OPEN_FIELD), [HOME], None, PURPOSE),
        (staff(Power.READ), [HOME], Purpose.VISIT, POST),
        (staff(Power.OPEN_FIELD), [ELSEWHERE], Purpose.VISIT, POST),
        (resident(), [HOME], Purpose.VISIT, POST),
        (ANONYMOUS, [HOME], Purpose.VISIT, POST),
    ],
)
def test_may_open_field(actor, paths, purpose, reason):
    told(policies.may_open_field(actor, WHO, paths, purpose), reason)


@pytest.mark.parametrize(
    ("actor", "paths", "reason"),
    [
        (staff(Power.EDIT), [HOME], None),
        (SYSTEM, [HOME], None),
        (SELF, [HOME], EDIT),
        (staff(Power.EDIT, path=BUILDING), [ELSEWHERE], EDIT),
        (staff(Power.READ), [HOME], EDIT),
        (ANONYMOUS, [], EDIT),
    ],
)
def test_may_edit_person(actor, paths, reason):
    told(policies.may_edit_person(actor, paths), reason)


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [(staff(Power.READ), True), (staff(Power.READ, path=GRID), False), (resident(), False), (SYSTEM, False)],
)
def test_may_list_people(actor, allowed):
    assert bool(policies.may_list_people(actor, COMMUNITY)) is allowed


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        (staff(Power.EDIT, PlacePower.IMPORT), True),
        (staff(Power.EDIT), False),
        (staff(PlacePower.IMPORT), False),
        (SYSTEM, True),
    ],
)
def test_an_import_needs_both_powers(actor, allowed):
    assert bool(policies.may_import_people(actor, COMMUNITY)) is allowed


def test_settings_are_everybodys_own():
    assert policies.may_set_preferences(SELF, WHO)
    assert not policies.may_set_preferences(staff(Power.EDIT), WHO)
    assert not policies.may_set_preferences(ANONYMOUS, WHO)


def told(decision, reason):
    assert bool(decision) is (reason is None)
    assert reason is None or decision.reason == reason


@pytest.mark.parametrize(
    ("actor", "opens", "sets"),
    [
        (SELF, None, None),  # shown by an invitation
        (staff(Power.EDIT), None, "Everybody sets their own password."),
        (SYSTEM, None, "Everybody sets their own password."),
        (staff(Power.READ), EDIT, "Everybody sets their own password."),
        (ANONYMOUS, EDIT, "Everybody sets their own password."),
    ],
)
def test_may_open_an_account_and_set_its_password(actor, opens, sets):
    told(policies.may_open_account(actor, WHO, [HOME]), opens)
    told(policies.may_set_password(actor, WHO), sets)
