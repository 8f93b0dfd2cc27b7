"""Setting up is for whoever runs the installation; the default is no."""

import pytest

from linli.founding import policies
from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor, Grant
from linli.kernel.ids import uuid7
from linli.organizations.kinds import Power

COMMUNITY = "/620201/002/006/"
REASON = "Setting up a community is for whoever runs this installation."


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (SYSTEM, None),
        (Actor(uuid7(), (Grant(Power.SET_UP, "/"),)), None),
        (Actor(uuid7(), (Grant(Power.APPOINT, "/"),)), REASON),
        (Actor(uuid7(), (Grant(Power.SET_UP, "/620201/002/005/"),)), REASON),
        (Actor(uuid7()), REASON),
        (ANONYMOUS, REASON),
    ],
)
def test_may_set_up(actor: Actor, reason: str | None) -> None:
    decision = policies.may_set_up(actor, COMMUNITY)
    assert (None if decision else str(decision)) == reason


@pytest.mark.parametrize(
    ("actor", "allowed"), [(SYSTEM, True), (Actor(uuid7(), (Grant(Power.SET_UP, "/"),)), False)]
)
def test_may_store_practices(actor: Actor, allowed: bool) -> None:
    assert bool(policies.may_store_practices(actor)) is allowed
