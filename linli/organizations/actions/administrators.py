"""Who runs the installation."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, MISSING, Refused, require
from linli.organizations import policies
from linli.organizations.kinds import Event
from linli.organizations.models import Administrator
from linli.people import read as people


def name_administrator(*, by: Actor, person_id: UUID) -> Administrator:
    """Let a person run the installation from today on."""
    with transaction.atomic():
        require(policies.may_name_administrator(by))
        if people.person(person_id) is None:
            raise Refused("This person is not known.", status=MISSING)
        row, is_new = Administrator.objects.get_or_create(
            person_id=person_id, ends=None, defaults={"starts": today()}
        )
        if not is_new:
            raise Refused("This person already runs the installation.", status=CONFLICT)
        audit.record(Event.ADMINISTRATOR_NAMED, by=by, subject=row, data={"person": str(person_id)})
    return row


def end_administrator(*, by: Actor, person_id: UUID) -> Administrator:
    """From today on the person no longer runs the installation. The last one stays: nobody could name another
    but the command line."""
    with transaction.atomic():
        require(policies.may_name_administrator(by))
        running = {row.person_id: row for row in Administrator.objects.select_for_update().filter(ends=None)}
        row = running.get(person_id)
        if row is None:
            raise Refused("This person does not run the installation.", status=MISSING)
        if len(running) == 1:
            raise Refused("Somebody has to run the installation. Name another one first.", status=CONFLICT)
        row.ends = today()
        row.save(update_fields=["ends"])
        audit.record(Event.ADMINISTRATOR_ENDED, by=by, subject=row, data={"person": str(person_id)})
    return row
