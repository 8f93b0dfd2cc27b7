"""Signing a covenant: once a household, withdrawn at any time."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.deliberation.kinds import CovenantStage, Event
from linli.deliberation.models import Covenant, Signature
from linli.deliberation.policies import covenants as policies
from linli.deliberation.read import covenants as read
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused, person_of, require


@transaction.atomic
def sign(*, by: Actor, covenant_id: UUID, shown: bool) -> Signature:
    """Sign for one's household; `shown` is whether the wall may show the building and the masked name."""
    row = read.covenant_for_update(covenant_id)
    return _signed(by, row, person_of(by), shown=shown, entered=False)


@transaction.atomic
def enter(*, by: Actor, covenant_id: UUID, person_id: UUID, shown: bool) -> Signature:
    """Write down a signature given on paper, for somebody who does not use a phone."""
    row = read.covenant_for_update(covenant_id)
    require(policies.may_enter(by, row.place.path))
    return _signed(by, row, person_id, shown=shown, entered=True)


@transaction.atomic
def show(*, by: Actor, covenant_id: UUID, shown: bool) -> Signature:
    """Let the wall show one's household, or not any more."""
    covenant, row = _own(by, covenant_id)
    row.shown = shown
    row.save(update_fields=["shown"])
    audit.record(Event.COVENANT_SHOWN, by=by, subject=covenant, place_path=covenant.place.path)
    return row


@transaction.atomic
def withdraw(*, by: Actor, covenant_id: UUID) -> Covenant:
    """Take one's household's signature back. Nothing of it is kept but the entry in the record."""
    covenant, row = _own(by, covenant_id)
    row.delete()
    audit.record(Event.COVENANT_UNSIGNED, by=by, subject=covenant, place_path=covenant.place.path)
    return covenant


@transaction.atomic
def strike(*, by: Actor, signature_id: UUID) -> Covenant:
    """Take back a signature entered from paper, because the household says so."""
    row = read.signature(signature_id)
    covenant = read.covenant_for_update(row.covenant_id)
    require(policies.may_strike(by, on_paper=row.entered_by_id is not None, place_path=covenant.place.path))
    row.delete()
    audit.record(Event.COVENANT_UNSIGNED, by=by, subject=covenant, place_path=covenant.place.path)
    return covenant


def _signed(by: Actor, covenant: Covenant, person_id: UUID, *, shown: bool, entered: bool) -> Signature:
    who = read.signer(person_id, covenant.place.path, today())
    has_signed = read.signature_of(covenant.pk, who) is not None
    require(policies.may_sign(signer=who, stage=CovenantStage(covenant.stage), has_signed=has_signed))
    assert who.home_id is not None  # the policy lets nobody sign without one
    row = Signature.objects.create(
        covenant=covenant,
        home_id=who.home_id,
        household_id=who.household_id,
        signer_id=person_id,
        shown=shown,
        entered_by_id=person_of(by) if entered else None,
    )
    audit.record(Event.COVENANT_SIGNED, by=by, subject=covenant, place_path=covenant.place.path)
    return row


def _own(by: Actor, covenant_id: UUID) -> tuple[Covenant, Signature]:
    covenant = read.covenant_for_update(covenant_id)
    who = read.signer(by.person_id, covenant.place.path, today())
    row = read.signature_of(covenant.pk, who)
    require(policies.may_change_signature(signer=who, has_signed=row is not None))
    if row is None:
        raise Refused("Your household has not signed.", status=MISSING)
    return covenant, row
