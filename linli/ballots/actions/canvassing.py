"""Going from door to door: every visit is noted; refusals stay with the staff of the ballot."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.ballots import policies
from linli.ballots.actions.voting import Photo
from linli.ballots.kinds import Event, VisitOutcome
from linli.ballots.models import Visit
from linli.ballots.read import ballots, counting
from linli.documents import actions as documents
from linli.kernel.actor import Actor
from linli.kernel.clock import now
from linli.kernel.decision import CONFLICT, MISSING, Refused, person_of, require
from linli.kernel.text import one_line
from linli.places import read as places

LONGEST_NOTE = 200


@transaction.atomic
def note_visit(
    *,
    by: Actor,
    ballot_id: UUID,
    home_id: UUID,
    outcome: VisitOutcome,
    note: str = "",
    photo: Photo | None = None,
) -> Visit:
    """Note what a visit came to, with a photo or a signature where there is one."""
    row = ballots.ballot(ballot_id)
    home = places.place(home_id)
    if home is None or not counting.door(row, home_id):
        raise Refused("This home is not on the roll.", status=MISSING)
    require(policies.may_visit(by, ballots.about(row), home.path), status=CONFLICT)
    visit = Visit(
        ballot=row,
        home=home,
        outcome=outcome.value,
        note=one_line(note)[:LONGEST_NOTE],
        by_id=person_of(by),
        at=now(),
    )
    if photo is not None:
        visit.photo = documents.store(by=by, content=photo.content, name=photo.name)
    visit.save(force_insert=True)
    audit.record(Event.VISITED, by=by, subject=row, place_path=home.path)
    return visit
