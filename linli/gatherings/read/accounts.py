"""Accounts of the owners' money: the one before, its classes, and what of it is somebody's own."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from linli.frame.scopes import in_force
from linli.gatherings.kinds import AccountKind
from linli.gatherings.models import HomeShare, OwnersAccount
from linli.gatherings.read.postings import class_codes
from linli.kernel.decision import Decision
from linli.people.models import Holding
from linli.places import read as places


def before(place_id: UUID, kind: AccountKind) -> OwnersAccount | None:
    """The latest account of a place."""
    return OwnersAccount.objects.filter(place=place_id, kind=kind.value).order_by("-last").first()


def account_of(disclosure_id: UUID | None) -> OwnersAccount | None:
    """The account that was laid open by a disclosure, if it is one."""
    return OwnersAccount.objects.filter(disclosure=disclosure_id).first() if disclosure_id else None


def has_owners_classes(place_id: UUID) -> bool:
    """Whether a community lays the owners' money open."""
    return not class_codes(place_id).isdisjoint(kind.value for kind in AccountKind)


def divided_by(ballot_id: UUID, path: str) -> Decision:
    """Whether the owners of a place decided by this ballot how their income is divided; ballots are kept
    beside this floor."""
    divides: Callable[[UUID, str], Decision] = import_string(settings.INCOME_DIVIDED)
    return divides(ballot_id, path)


def own_shares(disclosure_id: UUID | None, person_id: UUID | None, on: date) -> list[tuple[str, int]]:
    """What of an account is somebody's own: where each of their homes is, and the amount in fen."""
    if disclosure_id is None or person_id is None:
        return []
    held = Holding.objects.filter(in_force(on), person=person_id).values("home")
    rows = HomeShare.objects.filter(account__disclosure=disclosure_id, home__in=held)
    found = list(rows.select_related("home").order_by("home__path"))
    written = places.address_map(row.home for row in found)
    return [(written[row.home_id], row.amount) for row in found]
