"""Whose members a ballot can ask. Who belongs together is kept beside this floor; `settings.GROUPS` names
what knows it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from linli.ballots.kinds import Power, RuleName
from linli.ballots.models import Ballot, Question
from linli.ballots.rules.eligibility import Member
from linli.kernel.actor import Actor
from linli.kernel.references import Reference


@dataclass(frozen=True, slots=True)
class Groups:
    """What is asked of whoever keeps groups: those of several places by name, the members of one on a day,
    the volunteers of a place on a day, and whether a group is a representatives' assembly."""

    of_places: Callable[[Collection[str]], list[tuple[Reference, str]]]
    members: Callable[[Reference, date], list[Member]]
    volunteers: Callable[[str, date], list[Member]]
    is_of_reps: Callable[[Reference], bool]


def to_choose(actor: Actor) -> list[tuple[Reference, str]]:
    """The groups of the places somebody runs ballots of, by name."""
    return _kept().of_places(actor.paths(Power.RUN))


def name_of(group: Reference, path: str) -> str:
    """What a group of the place is called; "" where the place has no such group."""
    return dict(_kept().of_places([path])).get(group, "")


def is_of_reps(group: Reference) -> bool:
    """Whether a group is a representatives' assembly."""
    return _kept().is_of_reps(group)


def members(row: Ballot, on: date) -> list[Member]:
    """The members, on the day, of the group a ballot asks; where representatives elect, they alone."""
    assert row.group_id is not None
    found = _kept().members(Reference(row.group_kind, row.group_id), on)
    elects = Question.objects.filter(ballot=row, rule=RuleName.ELECTION_REPS.value).exists()
    return [each for each in found if each.is_rep] if elects else found


def volunteers(row: Ballot, on: date) -> list[Member]:
    """The volunteers of the place a ballot asks, on the day."""
    return _kept().volunteers(row.place.path, on)


def _kept() -> Groups:
    found: Groups = import_string(settings.GROUPS)
    return found
