"""Who votes for whom in a ballot: what was entrusted, by whom, to whom."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from linli.ballots.models import Ballot, Proxy, RollEntry, RollPerson
from linli.kernel.names import normalise_name
from linli.people import read as people
from linli.people.models import Person


def _in_force(row: Ballot) -> QuerySet[Proxy]:
    return Proxy.objects.filter(ballot=row, withdrawn_at=None)


def given_by(row: Ballot, person_id: UUID | None) -> Proxy | None:
    """What somebody has entrusted in this ballot."""
    return _in_force(row).filter(giver_id=person_id).select_related("holder").first()


def held(row: Ballot, person_id: UUID) -> int:
    """How many have entrusted somebody with their vote."""
    return _in_force(row).filter(holder_id=person_id).count()


def givers(row: Ballot, person_id: UUID | None) -> list[str]:
    """The names of those who have entrusted somebody, for that somebody."""
    rows = _in_force(row).filter(holder_id=person_id).order_by("given_at", "id")
    return list(rows.values_list("giver__name", flat=True)) if person_id else []


def listed(row: Ballot) -> list[Proxy]:
    """Everything entrusted in a ballot that holds, for its staff."""
    return list(_in_force(row).select_related("giver", "holder", "photo").order_by("given_at", "id"))


def proxy(proxy_id: UUID) -> Proxy | None:
    """One, with its ballot and its paper, withdrawn or not."""
    return Proxy.objects.filter(pk=proxy_id).select_related("ballot__place", "photo").first()


def is_entrusted(entry: RollEntry) -> bool:
    """Whether somebody of an entry has entrusted another with their vote."""
    return bool(signing_for(entry))


def signing_for(entry: RollEntry | None) -> list[Proxy]:
    """Who may sign a sheet for an entry: everything in force that somebody of it has entrusted; nobody for a
    secret sheet, which belongs to no entry."""
    if entry is None:
        return []
    own = RollPerson.objects.filter(entry=entry, person=OuterRef("giver"))
    rows = Proxy.objects.filter(Exists(own), ballot_id=entry.ballot_id, withdrawn_at=None)
    return list(rows.select_related("giver", "holder").order_by("given_at", "id"))


def person_on(entry: RollEntry, name: str) -> UUID | None:
    """The person of that name who may vote for an entry."""
    wanted = normalise_name(name)
    rows = RollPerson.objects.filter(entry=entry, person__name=wanted).order_by("id")
    return rows.values_list("person_id", flat=True).first()


def somebody(name: str, phone: str) -> Person | None:
    """The person with this name and this phone number: both have to be known, none is found out here."""
    wanted = normalise_name(name)
    return next((each for each in people.by_phone(phone) if each.name == wanted), None)
