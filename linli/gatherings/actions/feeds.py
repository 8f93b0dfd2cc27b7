"""The secret address of somebody's calendar: made, replaced, taken back."""

import secrets

from django.db import transaction

from linli.audit import actions as audit
from linli.frame.crypto import blind_index
from linli.gatherings import policies
from linli.gatherings.kinds import Event
from linli.gatherings.models import CalendarFeed
from linli.kernel.actor import Actor
from linli.kernel.clock import now
from linli.kernel.decision import person_of, require

TOKEN_BYTES = 24  # 192 random bits


@transaction.atomic
def make_feed(*, by: Actor) -> str:
    """A new secret for one's own calendar, told once; an older one no longer opens anything."""
    require(policies.may_have_feed(by))
    person_id = person_of(by)
    CalendarFeed.objects.filter(person=person_id, revoked_at__isnull=True).update(revoked_at=now())
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = CalendarFeed.objects.create(person_id=person_id, token_index=blind_index(token))
    audit.record(Event.FEED_MADE, by=by, subject=row)
    return token


@transaction.atomic
def revoke_feed(*, by: Actor) -> None:
    """From now on the address opens nothing."""
    require(policies.may_have_feed(by))
    row = (
        CalendarFeed.objects.select_for_update().filter(person=person_of(by), revoked_at__isnull=True).first()
    )
    if row is not None:
        row.revoked_at = now()
        row.save(update_fields=["revoked_at"])
        audit.record(Event.FEED_REVOKED, by=by, subject=row)
