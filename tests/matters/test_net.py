"""The net drawn under every procedure is what the policies hold: the same powers, the same states."""

import pytest

from linli.kernel.actor import Actor, Grant
from linli.kernel.ids import uuid7
from linli.matters import policies
from linli.matters.kinds import State
from linli.matters.models import Matter
from linli.matters.procedures.net import NET, MatterState, NetMove, NetVerb
from linli.places.models import Place

PATH = "/620201/002/006/"
POLICIES = {
    NetVerb.SUSPEND: policies.may_suspend,
    NetVerb.RESUME: policies.may_resume,
    NetVerb.EXTEND: policies.may_postpone,
    NetVerb.HAND_OVER: policies.may_hand_over,
    NetVerb.MERGE: lambda actor, matter: policies.may_merge(actor, matter, matter),
    NetVerb.SPLIT: policies.may_split,
}
STAFF_MOVES = [move for move in NET if not move.raiser]


def matter(state: str) -> Matter:
    return Matter(place_path=PATH, state=state, place=Place(path=PATH))


@pytest.mark.parametrize("move", STAFF_MOVES, ids=[move.verb for move in STAFF_MOVES])
def test_the_power_drawn_is_the_power_asked(move: NetMove) -> None:
    may = POLICIES[move.verb]
    here = Actor(uuid7(), (Grant(move.power or "", PATH),))
    elsewhere = Actor(uuid7(), (Grant(move.power or "", "/620201/002/007/"),))
    for state in State:
        from_here = MatterState(state.value) in move.leaves
        assert bool(may(here, matter(state.value))) is from_here, state
        assert not may(elsewhere, matter(state.value))


def test_every_move_of_the_net_has_its_policy() -> None:
    assert {move.verb for move in STAFF_MOVES} == set(POLICIES)
