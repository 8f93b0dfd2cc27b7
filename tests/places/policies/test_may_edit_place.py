"""Who may see and change places: each role, with the reason it gets."""

import pytest

from linli.kernel.actor import ANONYMOUS, SYSTEM
from linli.places import policies
from linli.places.kinds import Power
from tests.places.making import BUILDING, COMMUNITY, STREET, resident, staff

NOT_KEEPER = "Only staff who keep the register of this place may change it."
ELSEWHERE = "/620201/002/0061/"  # begins alike, lies beside


@pytest.mark.parametrize(
    ("actor", "path", "reason"),
    [
        (staff(Power.EDIT), COMMUNITY, None),
        (staff(Power.EDIT), BUILDING, None),
        (staff(Power.EDIT, path=STREET), COMMUNITY, None),
        (SYSTEM, "/", None),
        (staff(Power.EDIT), STREET, NOT_KEEPER),
        (staff(Power.EDIT), ELSEWHERE, NOT_KEEPER),
        (staff("matter.read"), COMMUNITY, NOT_KEEPER),
        (resident(), COMMUNITY, NOT_KEEPER),
        (ANONYMOUS, COMMUNITY, NOT_KEEPER),
    ],
)
def test_may_edit_place(actor, path, reason):
    decision = policies.may_edit_place(actor, path)
    assert bool(decision) is (reason is None)
    assert reason is None or decision.reason == reason


@pytest.mark.parametrize(
    ("actor", "path", "allowed"),
    [
        (staff("matter.read"), COMMUNITY, True),
        (staff("matter.read"), BUILDING, True),
        (staff("matter.read"), STREET, True),  # the line above is shown as the way down
        (staff("matter.read"), "/620201/002/005/", False),
        (resident(), COMMUNITY, False),
        (ANONYMOUS, COMMUNITY, False),
    ],
)
def test_may_see_place(actor, path, allowed):
    assert bool(policies.may_see_place(actor, path)) is allowed


def test_the_calendar_belongs_to_the_installation():
    assert policies.may_import_calendar(SYSTEM)
    assert policies.may_import_calendar(staff(Power.IMPORT, path="/"))
    assert not policies.may_import_calendar(staff(Power.IMPORT, path=STREET))


def test_the_desk_is_for_whoever_holds_a_post():
    assert policies.STAFF(staff("matter.read"))
    assert not policies.STAFF(resident())
