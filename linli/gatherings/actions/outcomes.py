"""What a meeting leaves: minutes saved and approved, resolutions item by item, what became of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.gatherings import policies
from linli.gatherings.kinds import Asks, Event, Manner, Result, State, Verb
from linli.gatherings.models import Gathering, Minutes, Resolution
from linli.gatherings.read import gatherings as read
from linli.gatherings.rules import meetings
from linli.gatherings.rules.meetings import Hands
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, person_of, require
from linli.kernel.text import clean


@dataclass(frozen=True, slots=True)
class Decided:
    """What was resolved on an item: in which manner, with which count of hands, what it asks, and who carries
    it out until when."""

    text: str
    manner: Manner
    hands: Hands | None = None
    item_id: UUID | None = None
    asks: Asks = Asks.TASK
    organization_id: UUID | None = None
    due_on: date | None = None


@transaction.atomic
def resolve(*, by: Actor, gathering_id: UUID, decided: Decided) -> Resolution:
    """Record what was resolved, with its quorum; more than half of those present carry it.

    A resolution for a unit is to become an order: its event carries what to look up (`read.to_carry_out`).
    """
    gathering = read.gathering_for_update(gathering_id)
    require(policies.may_run(by, read.about(gathering)))
    _unapproved(gathering)
    quorum, hands = read.quorum_of(gathering), decided.hands
    state, kind = State(gathering.state), read.kind_of(gathering)
    require(meetings.may_resolve(kind, state, decided.manner, quorum, hands), status=UNPROCESSABLE)
    words = clean(decided.text)
    if not words or len(words) > meetings.LONGEST_RESOLUTION:
        raise Refused(
            "Write what was resolved in at most %(most)s characters.",
            {"most": meetings.LONGEST_RESOLUTION},
            status=UNPROCESSABLE,
        )
    passed = hands is None or meetings.passes(hands, quorum.present)
    wanted = decided.organization_id
    unit = wanted if passed else None
    asked = meetings.may_ask(decided.asks, decided.due_on, today(), has_unit=wanted is not None)
    require(asked, status=UNPROCESSABLE)
    item = read.item_of(gathering, decided.item_id)
    if item is not None and item.handed_to_id is not None:
        raise Refused("This item has been handed to another body.", status=CONFLICT)
    row = Resolution.objects.create(
        gathering=gathering,
        item=item,
        number=read.next_number(gathering.pk),
        text=words,
        manner=decided.manner.value,
        yes=hands.yes if hands else None,
        no=hands.no if hands else None,
        abstained=hands.abstained if hands else None,
        present=quorum.present,
        passed=passed,
        asks=decided.asks.value,
        organization_id=unit,
        due_on=decided.due_on if unit else None,
        result=Result.PENDING.value if unit else "",
    )
    audit.record(
        Event.RESOLUTION_PASSED if passed else Event.RESOLUTION_LOST,
        by=by,
        subject=row,
        place_path=gathering.place.path,
        data={"resolution": str(row.pk), "gathering": str(gathering.pk), "for_a_unit": unit is not None},
    )
    return row


@transaction.atomic
def follow(*, by: Actor, resolution_id: UUID, kind: str, follow_id: UUID) -> Resolution:
    """Note what carries a resolution out (an order, by kind and id); said once."""
    row = read.resolution_for_update(resolution_id)
    path = row.gathering.place.path
    require(policies.may_follow(by, path))
    if row.organization_id is None:
        raise Refused("This resolution asks nothing of a unit.", status=UNPROCESSABLE)
    if row.follow_id not in (None, follow_id):
        raise Refused("Something else already carries this resolution out.", status=CONFLICT)
    row.follow_kind, row.follow_id = kind, follow_id
    row.save(update_fields=["follow_kind", "follow_id"])
    audit.record(
        Event.RESOLUTION_FOLLOWED,
        by=by,
        subject=row,
        place_path=path,
        data={"kind": kind, "follow": str(follow_id)},
    )
    return row


@transaction.atomic
def record_result(*, by: Actor, resolution_id: UUID, done: bool, text: str) -> Resolution:
    """What became of a resolution: carried out or not, and in a few words how; residents read it."""
    row = read.resolution_for_update(resolution_id)
    path = row.gathering.place.path
    require(policies.may_follow(by, path))
    if row.result != Result.PENDING:
        raise Refused("What became of it is already on record.", status=CONFLICT)
    words = clean(text)[: meetings.LONGEST_POINT]
    if not words:
        raise Refused("Say in a few words what became of it.", status=UNPROCESSABLE)
    row.result = (Result.DONE if done else Result.NOT_DONE).value
    row.result_text, row.result_at = words, now()
    row.save(update_fields=["result", "result_text", "result_at"])
    audit.record(Event.RESULT_RECORDED, by=by, subject=row, place_path=path, data={"done": done})
    return row


@transaction.atomic
def save_minutes(*, by: Actor, gathering_id: UUID, text: str) -> Minutes:
    """Keep the minutes as the next version; the same words again change nothing. Once approved they stand."""
    gathering = read.gathering_for_update(gathering_id)
    require(policies.may_run(by, read.about(gathering)))
    if State(gathering.state) not in (State.OPEN, State.CLOSED):
        raise Refused("Minutes are written while a meeting sits and after it.", status=CONFLICT)
    words = clean(text)
    if not words or len(words) > meetings.LONGEST_MINUTES:
        raise Refused(
            "Minutes have at most %(most)s characters.",
            {"most": meetings.LONGEST_MINUTES},
            status=UNPROCESSABLE,
        )
    latest = _unapproved(gathering)
    if latest is not None and latest.text == words:
        return latest
    row = Minutes.objects.create(
        gathering=gathering,
        version=latest.version + 1 if latest else 1,
        text=words,
        written_by_id=person_of(by),
    )
    return _recorded(Event.MINUTES_SAVED, by, gathering, row)


def _unapproved(gathering: Gathering) -> Minutes | None:
    """The latest version of the minutes, if there are any; refused once they are approved."""
    latest = read.latest_minutes(gathering.pk)
    if latest is not None and latest.approved_at is not None:
        raise Refused("These minutes are approved and stand.", status=CONFLICT)
    return latest


@transaction.atomic
def approve_minutes(*, by: Actor, gathering_id: UUID, version: int) -> Minutes:
    """Approve the latest version after the meeting; another person than its writer."""
    gathering = read.gathering_for_update(gathering_id)
    row = read.latest_minutes(gathering.pk)
    if row is None or row.version != version:
        raise Refused("The minutes were changed meanwhile. Read them again.", status=CONFLICT)
    require(policies.may_approve_minutes(by, read.about(gathering), row.written_by_id))
    if gathering.state != State.CLOSED or row.approved_at is not None:
        raise Refused("Minutes are approved once, after the meeting.", status=CONFLICT)
    row.approved_by_id, row.approved_at = by.person_id, now()
    row.save(update_fields=["approved_by", "approved_at"])
    return _recorded(Event.MINUTES_APPROVED, by, gathering, row)


@transaction.atomic
def publish(*, by: Actor, gathering_id: UUID) -> Gathering:
    """Let residents read what was resolved; only with approved minutes behind it."""
    gathering = read.gathering_for_update(gathering_id)
    require(policies.may_call(by, gathering.place.path))
    require(meetings.may_go(State(gathering.state), Verb.PUBLISH), status=CONFLICT)
    latest = read.latest_minutes(gathering.pk)
    if latest is None or latest.approved_at is None:
        raise Refused("The minutes have to be approved first.", status=CONFLICT)
    gathering.state, gathering.published_at = State.PUBLISHED.value, now()
    gathering.save(update_fields=["state", "published_at"])
    audit.record(Event.PUBLISHED, by=by, subject=gathering, place_path=gathering.place.path)
    return gathering


def _recorded(event: Event, by: Actor, gathering: Gathering, row: Minutes) -> Minutes:
    path, version = gathering.place.path, {"version": row.version}
    audit.record(event, by=by, subject=gathering, place_path=path, data=version)
    return row
