"""Entrusting somebody with one's vote, in writing: online by oneself, or on paper that staff take in."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.ballots import policies
from linli.ballots.actions.preparing import tell
from linli.ballots.actions.voting import Photo
from linli.ballots.kinds import Event
from linli.ballots.models import Ballot, Proxy
from linli.ballots.read import ballots, roll
from linli.ballots.read import entrusting as read
from linli.ballots.rules import entrusting as rules
from linli.documents import actions as documents
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, person_of, require
from linli.people.rules import is_adult


@dataclass(frozen=True, slots=True)
class Trusted:
    """Whom somebody entrusts: the name and the phone number they know them by."""

    name: str
    phone: str


@transaction.atomic
def entrust(*, by: Actor, ballot_id: UUID, whom: Trusted) -> Proxy:
    """Entrust another person with one's own vote. They are told, and it can be taken back."""
    row = ballots.ballot_for_update(ballot_id)
    entries = roll.entries_of(row, by.person_id)
    has_voted = bool(entries) and all(entry.voted for entry in entries)
    about = ballots.about(row)
    require(policies.may_entrust(by, about, is_on_roll=bool(entries), has_voted=has_voted), status=CONFLICT)
    return _written(by, row, person_of(by), whom, None)


@transaction.atomic
def note_proxy(
    *, by: Actor, ballot_id: UUID, number: int, giver: str, whom: Trusted, photo: Photo | None
) -> Proxy:
    """Note what somebody signed on paper: the one on the roll by number and name, and whom they entrust.

    The photo of the paper is kept as the proof; without one it is refused.
    """
    row = ballots.ballot_for_update(ballot_id)
    entry = roll.entry_by_number(row, number)
    about = ballots.about(row)
    has_voted = entry is not None and bool(entry.voted)
    require(
        policies.may_note_proxy(by, about, is_on_roll=entry is not None, has_voted=has_voted), status=CONFLICT
    )
    person_id = read.person_on(entry, giver) if entry is not None else None
    if person_id is None:
        raise Refused("Nobody of this name stands under this number on the roll.", status=UNPROCESSABLE)
    if photo is None:
        raise Refused("Add a photo of the paper they signed.", status=UNPROCESSABLE)
    return _written(by, row, person_id, whom, photo)


@transaction.atomic
def withdraw_proxy(*, by: Actor, proxy_id: UUID) -> Proxy:
    """Take back what was entrusted, before the vote is given: whoever gave it, or staff they ask to."""
    found = read.proxy(proxy_id)
    if found is None:
        raise Refused("This has been taken back already.", status=MISSING)
    row = ballots.ballot_for_update(found.ballot_id)
    found.refresh_from_db()
    if found.withdrawn_at is not None:
        raise Refused("This has been taken back already.", status=CONFLICT)
    entries = roll.entries_of(row, found.giver_id)
    about = ballots.about(row)
    has_voted = bool(entries) and all(entry.voted for entry in entries)
    may = policies.may_entrust if by.person_id == found.giver_id else policies.may_note_proxy
    require(may(by, about, is_on_roll=True, has_voted=has_voted), status=CONFLICT)
    found.withdrawn_at = now()
    found.save(update_fields=["withdrawn_at"])
    audit.record(Event.PROXY_WITHDRAWN, by=by, subject=row, place_path=row.place.path)
    tell(by=by, row=row, persons=[found.holder_id])
    return found


def _written(by: Actor, row: Ballot, giver_id: UUID, whom: Trusted, photo: Photo | None) -> Proxy:
    """Write it down. The ballot is locked by the caller: two givers at once cannot exceed the limit."""
    if read.given_by(row, giver_id) is not None:
        raise Refused("Somebody has been entrusted already. Take that back first.", status=CONFLICT)
    holder = read.somebody(whom.name, whom.phone)
    if holder is None:
        raise Refused(
            "Nobody here has this name and this phone number. Compare both with them, or go to the community "
            "office together.",
            status=UNPROCESSABLE,
        )
    own = {entry.pk for entry in roll.entries_of(row, giver_id)}
    decision = rules.may_take_on(
        row.electorate,
        held=read.held(row, holder.pk),
        is_adult=is_adult(holder.born_year, today().year),
        is_own=giver_id == holder.pk or own <= {entry.pk for entry in roll.entries_of(row, holder.pk)},
    )
    require(decision, status=UNPROCESSABLE)
    kept = documents.store(by=by, content=photo.content, name=photo.name) if photo is not None else None
    proxy = Proxy.objects.create(
        ballot=row,
        giver_id=giver_id,
        holder=holder,
        given_at=now(),
        noted_by_id=person_of(by),
        photo=kept,
    )
    data = {"on_paper": photo is not None}
    audit.record(Event.PROXY_GIVEN, by=by, subject=row, place_path=row.place.path, data=data)
    tell(by=by, row=row, persons=[holder.pk])
    return proxy
