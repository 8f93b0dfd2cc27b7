"""Who hands out the means to be somebody: who could appoint them, an administrator, the register's staff."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor, Grant
from linli.kernel.clock import SHANGHAI
from linli.kernel.ids import uuid7
from linli.organizations import policies
from linli.organizations.kinds import Power
from linli.organizations.read.invitations import Seat
from linli.people.kinds import Power as PeoplePower
from tests.places.making import COMMUNITY, GRID, HOME, STREET

CLERK = Seat(COMMUNITY, frozenset({"matter.triage"}))
SECRETARY = Seat(COMMUNITY, frozenset({Power.APPOINT.value}))
WORKER = Seat(GRID, frozenset({"matter.enter"}))
ABROAD = Seat("/620201/002/005/", frozenset({"matter.enter"}))
FILL = "Only staff who fill posts here may appoint somebody."
ABOVE = "A post that fills other posts is filled by the level above."
NOON = datetime(2026, 11, 22, 12, tzinfo=SHANGHAI)


def holding(power: str, path: str) -> Actor:
    """Somebody with one power over a place."""
    return Actor(uuid7(), (Grant(power, path),))


@pytest.mark.parametrize(
    ("actor", "seats", "paths", "administrator", "reason"),
    [
        (SYSTEM, [SECRETARY], [], True, None),
        (holding(Power.SET_UP, "/"), [SECRETARY], [], True, None),
        (holding(Power.SET_UP, COMMUNITY), [CLERK], [], False, FILL),  # only over everything
        (holding(Power.APPOINT, COMMUNITY), [CLERK, WORKER], [], False, None),
        (holding(Power.APPOINT, COMMUNITY), [CLERK, ABROAD], [], False, FILL),
        (holding(Power.APPOINT, COMMUNITY), [SECRETARY], [], False, ABOVE),
        (holding(Power.APPOINT, STREET), [SECRETARY], [], False, None),
        (holding(Power.APPOINT, STREET), [CLERK], [], True,
         "Only another administrator may invite an administrator."),
        (holding(PeoplePower.EDIT, COMMUNITY), [CLERK], [HOME], False, FILL),
        (holding(PeoplePower.EDIT, COMMUNITY), [], [HOME], False, None),
        (holding(PeoplePower.EDIT, COMMUNITY), [], [], False,
         "Note where they live first: then the staff of that place can invite them."),
        (holding(PeoplePower.READ, COMMUNITY), [], [HOME], False,
         "Only staff who keep the register of residents here may change it."),
        (ANONYMOUS, [], [HOME], False, "Only staff who keep the register of residents here may change it."),
    ],
)  # fmt: skip
def test_may_invite(
    actor: Actor, seats: list[Seat], paths: list[str], administrator: bool, reason: str | None
) -> None:
    decision = policies.may_invite(actor, seats, paths, is_administrator=administrator)
    assert (None if decision else str(decision)) == reason


@pytest.mark.parametrize(
    ("expires", "used", "withdrawn", "reason"),
    [
        (timedelta(seconds=1), False, False, ""),
        (timedelta(0), False, False, "This slip is too old."),
        (timedelta(days=1), True, False, "This code was used already."),
        (timedelta(days=1), False, True, "This slip no longer holds"),
        (timedelta(days=-1), True, False, "This code was used already."),
    ],
)
def test_may_use_an_invitation(expires: timedelta, used: bool, withdrawn: bool, reason: str) -> None:
    slip = SimpleNamespace(
        expires_at=NOON + expires, used_at=NOON if used else None, withdrawn_at=NOON if withdrawn else None
    )
    decision = policies.may_use_invitation(slip, NOON)
    assert (not decision) == bool(reason)
    assert not reason or str(decision).startswith(reason)


def test_an_unknown_code_opens_nothing() -> None:
    assert str(policies.may_use_invitation(None, NOON)).startswith("This code is not known")
