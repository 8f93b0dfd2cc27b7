"""A ballot on its way: opened, closed, counted, published, withdrawn."""

from uuid import UUID

from django.db import connection, transaction

from linli.audit import actions as audit
from linli.ballots import policies
from linli.ballots.actions.preparing import tell
from linli.ballots.kinds import BallotState, Event, RuleName, SheetState
from linli.ballots.models import Ballot, Question
from linli.ballots.read import ballots, counting, nominating, roll
from linli.ballots.rules import drafting, timetable
from linli.kernel.actor import Actor
from linli.kernel.clock import local, now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, require
from linli.kernel.text import clean

LONGEST_REASON = 200

# Secret votes are written anew in the order of their receipts: neither where a row lies nor the number of
# the transaction it came in tells any longer which change of the roll it came with.
_SHUFFLE = """
WITH gone AS (DELETE FROM ballots_vote WHERE ballot_id = %s AND is_secret RETURNING *)
INSERT INTO ballots_vote (id, ballot_id, receipt, answers, is_secret, counts, channel)
SELECT gen_random_uuid(), ballot_id, receipt, answers, is_secret, counts, channel FROM gone ORDER BY receipt
"""


@transaction.atomic
def open_ballot(*, by: Actor, ballot_id: UUID) -> Ballot:
    """Let votes in. Refused before the hour, while objections can be made or wait, while the roll of an
    election has not been out for its days, and while somebody stands in it whom not enough have named."""
    row = ballots.ballot_for_update(ballot_id)
    rules = [RuleName(each.rule) for each in Question.objects.filter(ballot=row)]
    announced = local(row.announced_at).date() if row.announced_at else None
    notice_over = announced is not None and timetable.is_announced_in_time(
        announced, today(), drafting.notice_days(rules)
    )
    waiting = roll.waiting_objections(row)
    decision = policies.may_open(
        by,
        ballots.about(row),
        now(),
        waiting=waiting,
        notice_over=notice_over,
        roll_days=drafting.roll_days(rules),
    )
    require(decision, status=CONFLICT)
    for candidate in nominating.candidates(row):
        require(candidate.stands, status=CONFLICT)
    row.state = BallotState.OPEN.value
    row.save(update_fields=["state"])
    audit.record(Event.OPENED, by=by, subject=row, place_path=row.place.path)
    tell(by=by, row=row, persons=roll.voters(row))
    return row


@transaction.atomic
def close(*, by: Actor, ballot_id: UUID) -> Ballot:
    """End the vote. Waits for the votes that are being written, and none comes in after it."""
    row = ballots.ballot_for_update(ballot_id)
    require(policies.may_close(by, ballots.about(row), now()), status=CONFLICT)
    row.state = BallotState.CLOSED.value
    row.save(update_fields=["state"])
    if row.is_secret:
        with connection.cursor() as cursor:
            cursor.execute(_SHUFFLE, [row.pk])
    audit.record(Event.CLOSED, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def count(*, by: Actor, ballot_id: UUID) -> Ballot:
    """Count, and seal the file that anybody can count again. Nobody but staff sees it yet."""
    row = ballots.ballot_for_update(ballot_id)
    waiting = counting.sheet_counts(row).get(SheetState.ENTERED.value, 0)
    hand = counting.hand_count(row)
    has_hand_count = hand is not None and hand.confirmed_by_id is not None
    decision = policies.may_count(by, ballots.about(row), waiting=waiting, has_hand_count=has_hand_count)
    require(decision, status=CONFLICT)
    found = counting.results(row)
    seen = roll.turnout(row)
    if (
        not row.is_by_hand
        and found[0].count.took_part.heads - found[0].count.followed.heads > seen.voted.heads
    ):
        raise Refused(
            "There are more votes than people who voted or took a sheet. Look at the sheets again.",
            status=CONFLICT,
        )
    row.document = counting.document(row, found)
    row.state, row.counted_at = BallotState.COUNTED.value, now()
    row.save(update_fields=["document", "state", "counted_at"])
    data = {"passed": all(result.passed is not False for result in found), "count": seen.voted.heads}
    audit.record(Event.COUNTED, by=by, subject=row, place_path=row.place.path, data=data)
    return row


@transaction.atomic
def publish(*, by: Actor, ballot_id: UUID) -> Ballot:
    """公示 the result with its file, and tell everybody on the roll."""
    row = ballots.ballot_for_update(ballot_id)
    require(policies.may_publish(by, ballots.about(row)), status=CONFLICT)
    row.state, row.published_at = BallotState.PUBLISHED.value, now()
    row.save(update_fields=["state", "published_at"])
    passed = [result.passed for result in counting.results(row)]
    data = {
        "passed": all(each is not False for each in passed),
        "asked_kind": row.asked_kind,
        "asked_id": str(row.asked_id or ""),
    }
    audit.record(Event.RESULT_PUBLISHED, by=by, subject=row, place_path=row.place.path, data=data)
    tell(by=by, row=row, persons=roll.voters(row))
    return row


@transaction.atomic
def withdraw(*, by: Actor, ballot_id: UUID, reason: str) -> Ballot:
    """Take a ballot back for good, saying why; what was voted is not counted."""
    row = ballots.ballot_for_update(ballot_id)
    require(policies.may_withdraw(by, ballots.about(row)), status=CONFLICT)
    said = clean(reason)[:LONGEST_REASON]
    if not said:
        raise Refused("Say in a few words why it is withdrawn.", status=UNPROCESSABLE)
    was_shown = row.state != BallotState.DRAFT
    row.state, row.withdrawn_reason = BallotState.WITHDRAWN.value, said
    row.save(update_fields=["state", "withdrawn_reason"])
    audit.record(Event.WITHDRAWN, by=by, subject=row, place_path=row.place.path)
    if was_shown:
        tell(by=by, row=row, persons=roll.voters(row))
    return row
