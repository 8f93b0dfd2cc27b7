"""Slips by which somebody sets their password: given out, taken back, used once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from linli.audit import actions as audit
from linli.frame.crypto import blind_index
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.kernel.ids import normalise_tracking_code, tracking_code
from linli.organizations import policies, read, rules
from linli.organizations.kinds import Event
from linli.organizations.models import Invitation
from linli.people import actions as people_actions
from linli.people import read as people

if TYPE_CHECKING:
    from linli.people.models import Account, Person


@dataclass(frozen=True, slots=True)
class Slip:
    """An invitation and its code, which is told this once and kept nowhere."""

    invitation: Invitation
    person: "Person"
    code: str


def invite(*, by: Actor, person_id: UUID) -> Slip:
    """Give somebody a new slip; one they had before stops working. Who has an account sets a new password."""
    with transaction.atomic():
        person = people.person(person_id)
        if person is None:
            raise Refused("This person is not known.", status=MISSING)
        _may_invite(by, person_id)
        if person.phone_index is None:
            raise Refused("An account needs a mobile number.", status=UNPROCESSABLE)
        code, moment = tracking_code(), now()
        _open(person_id).update(withdrawn_at=moment)
        row = Invitation.objects.create(
            person=person,
            code_index=blind_index(normalise_tracking_code(code)),
            made_at=moment,
            expires_at=rules.invitation_expires(moment),
        )
        audit.record(Event.INVITED, by=by, subject=row, data={"person": str(person_id)})
    return Slip(row, person, code)


def withdraw_invitation(*, by: Actor, person_id: UUID) -> None:
    """Take back the slip somebody was given and has not used."""
    with transaction.atomic():
        _may_invite(by, person_id)
        row = _open(person_id).first()
        if row is None:
            raise Refused("There is no slip to withdraw: it was used, or withdrawn before.", status=CONFLICT)
        row.withdrawn_at = now()
        row.save(update_fields=["withdrawn_at"])
        audit.record(Event.INVITATION_WITHDRAWN, by=by, subject=row, data={"person": str(person_id)})


def use_invitation(*, by: Actor, code: str, password_hash: str) -> "Account":
    """Set a password with the code of a slip, opening the account if there is none yet.

    `by` is nobody in particular: the slip shows who it is, and what follows is done in their name.
    `password_hash` comes from Django's `make_password`: a plain password never enters an action.
    """
    with transaction.atomic():
        found = read.invitation_of_code(code)
        row = Invitation.objects.select_for_update().filter(id=found.id).first() if found else None
        require(policies.may_use_invitation(row, now()), status=CONFLICT)
        assert row is not None
        themself = Actor(person_id=row.person_id)
        row.used_at = now()
        row.save(update_fields=["used_at"])
        account = people.account_of(row.person_id)
        if account is None:
            account = people_actions.open_account(
                by=themself, person_id=row.person_id, password_hash=password_hash
            )
        else:
            account = people_actions.set_password(
                by=themself, person_id=row.person_id, password_hash=password_hash
            )
        audit.record(Event.INVITATION_USED, by=themself, subject=row)
    return account


def _may_invite(by: Actor, person_id: UUID) -> None:
    day = today()
    require(
        policies.may_invite(
            by,
            read.seats_of(person_id, day),
            people.paths_of(person_id, day),
            is_administrator=read.is_administrator(person_id, day),
        )
    )


def _open(person_id: UUID) -> QuerySet[Invitation]:
    return Invitation.objects.select_for_update().filter(
        person_id=person_id, used_at__isnull=True, withdrawn_at__isnull=True
    )
