"""The public count by hand of an election: entered by one person, compared by another, or set aside."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.ballots import policies
from linli.ballots.actions.voting import Photo
from linli.ballots.kinds import Event
from linli.ballots.models import Ballot, HandCount
from linli.ballots.read import ballots, counting, roll
from linli.ballots.rules import handcount as rules
from linli.documents import actions as documents
from linli.kernel.actor import Actor
from linli.kernel.clock import now
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, person_of, require


@transaction.atomic
def enter_hand_count(
    *, by: Actor, ballot_id: UUID, figures: rules.HandCount, photo: Photo | None = None
) -> HandCount:
    """Enter the figures of the count sheet, with a photo of it where there is one."""
    row = ballots.ballot_for_update(ballot_id)
    require(policies.may_enter_count(by, ballots.about(row)), status=CONFLICT)
    if counting.hand_count(row) is not None:
        raise Refused("A count has been entered already. Set it aside first.", status=CONFLICT)
    entitled = roll.turnout(row).everybody.heads
    fault = next(rules.faults(figures, ballots.asked(row), entitled), None)
    if fault is not None:
        raise Refused(fault.reason, fault.params, status=UNPROCESSABLE)
    kept = documents.store(by=by, content=photo.content, name=photo.name) if photo is not None else None
    found = HandCount.objects.create(
        ballot=row,
        handed_out=figures.handed_out,
        collected=figures.collected,
        counts={key: rules.written(each) for key, each in figures.questions.items()},
        photo=kept,
        entered_by_id=person_of(by),
        entered_at=now(),
    )
    _record(Event.HAND_COUNT_ENTERED, by, row)
    return found


@transaction.atomic
def confirm_hand_count(*, by: Actor, ballot_id: UUID) -> HandCount:
    """Another person has compared it with the signed paper: the election can be settled on it."""
    row, found = _entered(ballot_id)
    decision = policies.may_confirm_count(
        by,
        ballots.about(row),
        entered_by=found.entered_by_id,
        is_confirmed=found.confirmed_by_id is not None,
    )
    require(decision, status=CONFLICT)
    found.confirmed_by_id, found.confirmed_at = person_of(by), now()
    found.save(update_fields=["confirmed_by", "confirmed_at"])
    _record(Event.HAND_COUNT_CONFIRMED, by, row)
    return found


@transaction.atomic
def set_aside_hand_count(*, by: Actor, ballot_id: UUID) -> Ballot:
    """The count and the paper differ: it is entered anew. Possible until the election is settled on it."""
    row, found = _entered(ballot_id)
    require(policies.may_enter_count(by, ballots.about(row)), status=CONFLICT)
    found.delete()
    _record(Event.HAND_COUNT_SET_ASIDE, by, row)
    return row


def _entered(ballot_id: UUID) -> tuple[Ballot, HandCount]:
    row = ballots.ballot_for_update(ballot_id)
    found = counting.hand_count(row)
    if found is None:
        raise Refused("No count has been entered yet.", status=MISSING)
    return row, found


def _record(event: Event, by: Actor, row: Ballot) -> None:
    audit.record(event, by=by, subject=row, place_path=row.place.path)
