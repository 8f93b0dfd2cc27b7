"""Carrying word to those without the app: calls made by staff, and printed slips."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel.actor import Actor
from linli.kernel.clock import now
from linli.kernel.decision import CONFLICT, Refused, require
from linli.notices import policies, read
from linli.notices.kinds import Channel, DeliveryState, Event
from linli.notices.models import Delivery


@transaction.atomic
def complete_call(*, by: Actor, delivery_id: UUID, reached: bool) -> Delivery:
    """The call was made. Who was reached has been told; for who was not, a slip waits to be printed."""
    delivery = read.delivery_for_update(delivery_id)
    require(policies.may_carry(by, place_path=delivery.place_path, state=delivery.state))
    moment = now()
    delivery.state = (DeliveryState.DELIVERED if reached else DeliveryState.FAILED).value
    delivery.done_at = moment
    delivery.done_by_id = by.person_id
    delivery.save(update_fields=["state", "done_at", "done_by"])
    if not reached:
        Delivery.objects.create(
            notice=delivery.notice,
            channel=Channel.SLIP.value,
            state=DeliveryState.WAITING.value,
            place_path=delivery.place_path,
            at=moment,
        )
    elif delivery.notice.read_at is None:
        delivery.notice.read_at = moment
        delivery.notice.save(update_fields=["read_at"])
    audit.record(
        Event.CALL_DONE, by=by, subject=delivery, place_path=delivery.place_path, data={"reached": reached}
    )
    return delivery


@transaction.atomic
def print_slips(*, by: Actor, delivery_ids: Collection[UUID]) -> datetime:
    """Mark these waiting slips as printed; gives the moment that names the batch for printing it again.

    Slips that another desk is printing at the same time are left out. Raises `Refused` (409) when none is
    left.
    """
    slips = read.slips_for_update(by, delivery_ids)
    for slip in slips:
        require(policies.may_carry(by, place_path=slip.place_path, state=slip.state))
    if not slips:
        raise Refused("These slips have already been printed.", status=CONFLICT)
    moment = now()
    Delivery.objects.filter(pk__in=[slip.pk for slip in slips]).update(
        state=DeliveryState.DELIVERED.value, done_at=moment, done_by_id=by.person_id
    )
    audit.record(
        Event.SLIP_PRINTED,
        by=by,
        subject=slips[0],
        place_path=slips[0].place_path,
        data={"count": len(slips), "deliveries": [str(slip.pk) for slip in slips]},
    )
    return moment
