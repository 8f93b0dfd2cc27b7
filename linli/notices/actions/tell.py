"""Telling persons: one notice each, over the channel each has chosen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel.actor import Actor
from linli.kernel.clock import now
from linli.kernel.decision import person_of, require
from linli.notices import policies, read, rules
from linli.notices.kinds import Channel, DeliveryState, Event, Topic
from linli.notices.models import Delivery, Notice

AT_ONCE = 1000  # rows per insert

# False outside a replay; inside one, whose notices are kept (True: everybody's).
_replaying: ContextVar[frozenset[UUID] | bool] = ContextVar("linli_notices_replaying", default=False)


@contextmanager
def replaying(keep: frozenset[UUID] | None = None) -> Iterator[None]:
    """Inside the block the past is replayed: notices are stored as read, and nobody is told anything.

    `keep` limits what is stored to these persons: an inbox nobody can open needs no past. Whoever acts for
    a post is then not looked for at all.
    """
    token = _replaying.set(True if keep is None else keep)
    try:
        yield
    finally:
        _replaying.reset(token)


def tells_posts() -> bool:
    """Whether what is told to a post now reaches anybody."""
    return isinstance(_replaying.get(), bool)


def to_be_told(persons: Iterable[UUID]) -> set[UUID]:
    """Those of them for whom a notice is stored now: everybody, but in a replay only whom it keeps."""
    kept = _replaying.get()
    return {person for person in persons if isinstance(kept, bool) or person in kept}


@dataclass(frozen=True, slots=True)
class Message:
    """What some persons are to be told about one subject."""

    topic: Topic
    by: Actor
    to: frozenset[UUID]
    params: Mapping[str, str | int]
    url: str
    subject: audit.Subject
    place_path: str


_waiting: ContextVar[list[Message] | None] = ContextVar("linli_notices_waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """What is told inside the block goes out at its end, in as many statements as one message takes.

    For a verb that tells several people, inside its transaction; an error in the block tells nobody.
    """
    if _waiting.get() is not None:
        yield
        return
    messages: list[Message] = []
    token = _waiting.set(messages)
    try:
        yield
    finally:
        _waiting.reset(token)
    _send(messages)


@transaction.atomic(savepoint=False)
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
    """Tell every person in `to` once, except the one who acts; inside `together`, at its end.

    Who uses the app finds it in the inbox; for the others a call or a printed slip waits with the staff of
    `place_path`. `params` fill the topic's sentence: `due` and `until` are ISO dates or times, worded in the
    reader's language; the others are texts or numbers.
    """
    told = frozenset(to_be_told(to) - {by.person_id})
    if not told:
        return
    message = Message(topic, by, told, rules.kept_params(params), url, subject, place_path)
    waiting = _waiting.get()
    if waiting is None:
        _send([message])
    else:
        waiting.append(message)


def _send(messages: Sequence[Message]) -> None:
    """Store every message's notices with their deliveries, and record how many went which way."""
    everybody = {person for message in messages for person in message.to}
    if not everybody:
        return
    known = read.reachable(everybody)
    moment, past = now(), _replaying.get() is not False
    notices: list[Notice] = []
    deliveries: list[Delivery] = []
    acts: list[audit.Act] = []
    for message in messages:
        persons = [person for person in known if person.id in message.to]
        if not persons:
            continue
        mine = [_notice(message, person.id, moment, past=past) for person in persons]
        channels = [
            rules.channel_for(each.reach, can_sign_in=each.can_sign_in, has_phone=each.has_phone)
            for each in persons
        ]
        notices += mine
        deliveries += [
            _delivery(notice, channel, message.place_path, past=past)
            for notice, channel in zip(mine, channels, strict=True)
        ]
        acts.append(_told(message, channels, past=past))
    Notice.objects.bulk_create(notices, batch_size=AT_ONCE)
    Delivery.objects.bulk_create(deliveries, batch_size=AT_ONCE)
    audit.record_all(acts)


def _notice(message: Message, person_id: UUID, moment: datetime, *, past: bool) -> Notice:
    return Notice(
        person_id=person_id,
        topic=message.topic.value,
        params=message.params,
        url=message.url,
        subject_id=message.subject.id,
        at=moment,
        read_at=moment if past else None,
    )


def _told(message: Message, channels: Sequence[Channel], *, past: bool) -> audit.Act:
    counts = {channel.value: channels.count(channel) for channel in Channel if channel in channels}
    data = {"topic": message.topic.value, "count": len(channels), "replayed": past, **counts}
    return audit.Act(
        Event.NOTIFIED, by=message.by, subject=message.subject, place_path=message.place_path, data=data
    )


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
    return Notice.objects.filter(person_id=person_of(by), read_at__isnull=True).update(read_at=now())
