"""Telling persons: one notice each, over the channel each has chosen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel.actor import Actor
from linli.kernel.clock import now
from linli.kernel.decision import require
from linli.notices import policies, read, rules
from linli.notices.kinds import Channel, DeliveryState, Event, Topic
from linli.notices.models import Delivery, Notice

AT_ONCE = 1000  # rows per insert

# False outside a replay; inside one, whose notices are kept (True: everybody's).
_replaying: ContextVar[frozenset[UUID] | bool] = ContextVar("linli_notices_replaying", default=False)


@contextmanager
def replaying(keep: frozenset[UUID] | None = None) -> Iterator[None]:
    """Inside the block the past is replayed: notices are stored as read, and nobody is told anything.

    `keep` limits what is stored to these persons: an inbox nobody can open needs no past.
    """
    token = _replaying.set(True if keep is None else keep)
    try:
        yield
    finally:
        _replaying.reset(token)


def to_be_told(persons: Iterable[UUID]) -> set[UUID]:
    """Those of them for whom a notice is stored now: everybody, but in a replay only whom it keeps."""
    kept = _replaying.get()
    return {person for person in persons if isinstance(kept, bool) or person in kept}


@transaction.atomic
def notify(
    topic: Topic,
    *,
    by: Actor,
    to: Iterable[UUID],
    params: Mapping[str, str | int],
    url: str,
    subject: audit.Subject,
    place_path: str,
) -> None:
    """Tell every person in `to` once, except the one who acts.

    Who uses the app finds it in the inbox; for the others a call or a printed slip waits with the staff of
    `place_path`. `params` fill the topic's sentence: `due` and `until` are ISO dates or times, worded in the
    reader's language; the others are texts or numbers.
    """
    told = to_be_told(to) - {by.person_id}
    persons = read.reachable(told) if told else []
    if not persons:
        return
    moment, past = now(), _replaying.get() is not False
    notices = [
        Notice(
            person_id=person.id,
            topic=topic.value,
            params=rules.kept_params(params),
            url=url,
            subject_id=subject.id,
            at=moment,
            read_at=moment if past else None,
        )
        for person in persons
    ]
    Notice.objects.bulk_create(notices, batch_size=AT_ONCE)
    channels = _deliver(notices, persons, place_path, past=past)
    counts = {channel.value: channels.count(channel) for channel in Channel if channel in channels}
    audit.record(
        Event.NOTIFIED,
        by=by,
        subject=subject,
        place_path=place_path,
        data={"topic": topic.value, "count": len(notices), "replayed": past, **counts},
    )


def _deliver(
    notices: Sequence[Notice], persons: Sequence[read.Reachable], place_path: str, *, past: bool
) -> list[Channel]:
    """One delivery per notice; gives the channel of each."""
    channels = [
        rules.channel_for(each.reach, can_sign_in=each.can_sign_in, has_phone=each.has_phone)
        for each in persons
    ]
    deliveries = [
        _delivery(notice, channel, place_path, past=past)
        for notice, channel in zip(notices, channels, strict=True)
    ]
    Delivery.objects.bulk_create(deliveries, batch_size=AT_ONCE)
    return channels


def _delivery(notice: Notice, channel: Channel, place_path: str, *, past: bool) -> Delivery:
    if past:
        state = DeliveryState.REPLAYED
    elif channel is Channel.INBOX:
        state = DeliveryState.DELIVERED
    else:
        state = DeliveryState.WAITING
    done_at = None if state is DeliveryState.WAITING else notice.at
    return Delivery(
        notice=notice,
        channel=channel.value,
        state=state.value,
        place_path=place_path,
        at=notice.at,
        done_at=done_at,
    )


@transaction.atomic
def mark_read(*, by: Actor, notice_id: UUID) -> Notice:
    """The person opened this notice. Not recorded in the audit: Linli does not track what people read."""
    notice = read.notice_for_update(notice_id)
    require(policies.may_open_notice(by, notice.person_id), status=404)
    if notice.read_at is None:
        notice.read_at = now()
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def mark_all_read(*, by: Actor) -> int:
    """The person has seen everything in the inbox; gives how many were new. Not recorded, as above."""
    require(policies.may_have_inbox(by))
    return Notice.objects.filter(person_id=policies.person_of(by), read_at__isnull=True).update(read_at=now())
