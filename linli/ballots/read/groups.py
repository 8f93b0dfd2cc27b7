"""Whose members a ballot can ask. Who belongs together is kept beside this floor; `settings.GROUPS` names
what knows it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from linli.ballots.kinds import Power
from linli.ballots.models import Ballot
from linli.ballots.rules.eligibility import Member
from linli.kernel.actor import Actor
from linli.kernel.references import Reference


@dataclass(frozen=True, slots=True)
class Groups:
    """What is asked of whoever keeps groups: those of several places by name, the members of one on a day,
    and the volunteers of a place on a day."""

    of_places: Callable[[Collection[str]], list[tuple[Reference, str]]]
    members: Callable[[Reference, date], list[Member]]
    volunteers: Callable[[str, date], list[Member]]


def to_choose(actor: Actor) -> list[tuple[Reference, str]]:
    """The groups of the places somebody runs ballots of, by name."""
    return _kept().of_places(actor.paths(Power.RUN))


def name_of(group: Reference, path: str) -> str:
    """What a group of the place is called; "" where the place has no such group."""
    return dict(_kept().of_places([path])).get(group, "")


def members(row: Ballot, on: date) -> list[Member]:
    """The members, on the day, of the group a ballot asks."""
    assert row.group_id is not None
    return _kept().members(Reference(row.group_kind, row.group_id), on)


def volunteers(row: Ballot, on: date) -> list[Member]:
    """The volunteers of the place a ballot asks, on the day."""
    return _kept().volunteers(row.place.path, on)


def _kept() -> Groups:
    found: Groups = import_string(settings.GROUPS)
    return found
