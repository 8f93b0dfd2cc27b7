"""Votes coming in: online, and on sheets of paper that one person enters and another confirms.

A vote that is answered for is a vote that is committed: nothing here is queued or written later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from linli.audit import actions as audit
from linli.ballots import policies
from linli.ballots.kinds import Channel, Event, SheetState
from linli.ballots.models import Ballot, Proxy, RollEntry, Sheet, Vote
from linli.ballots.read import ballots, counting, entrusting, roll
from linli.ballots.rules import precedence
from linli.ballots.rules.answers import WrongAnswer, checked
from linli.ballots.rules.entrusting import may_sign
from linli.ballots.rules.evidence import may_be_entered
from linli.ballots.rules.precedence import Given
from linli.documents import actions as documents
from linli.kernel.actor import Actor
from linli.kernel.clock import SHANGHAI, now, today
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.kernel.errors import InvalidCode
from linli.kernel.ids import normalise_tracking_code, tracking_code
from linli.kernel.text import clean

NOON = time(12)  # a sheet carries a day, not an hour
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo or scan of a sheet as it was sent."""

    content: bytes
    name: str


@transaction.atomic
def cast(*, by: Actor, ballot: Ballot, entry_id: UUID, answers: Mapping[str, Any], receipt: str) -> Vote:
    """Vote online for an entry of the roll. The form brings the receipt; sent twice, it is one vote.

    `ballot` is as the page read it: what may have changed since, its state, is read anew under its lock.
    A secret vote leaves no entry in the record: its hour beside the votes would tell whose is whose. The mark
    on the roll, written in the same transaction, is the record that somebody voted.
    """
    ballots.hold(ballot)
    found = roll.votable_for_update(ballot, entry_id, by.person_id)
    entry, as_proxy = (found.entry, not found.is_own) if found is not None else (None, False)
    mark, said = _receipt(receipt), _answers(ballot, answers)
    so_far = policies.Mark(entry.voted, entry.by_proxy) if entry is not None else policies.Mark()
    # Every vote marks its entry: one that is not marked has none, whatever its receipt.
    before = counting.vote_of_receipt(ballot, mark) if so_far.voted else None
    if before is not None and entry is not None and _is_same(before, entry, said):
        return before
    decision = policies.may_cast(
        by,
        ballots.about(ballot),
        now(),
        is_on_roll=entry is not None,
        mark=so_far,
        as_proxy=as_proxy,
        is_signed_together=entry is not None and entry.pk in roll.signed_together(ballot, [entry]),
    )
    require(decision, status=CONFLICT)
    if before is not None or entry is None:
        raise _used()
    try:
        vote = _give(ballot, entry, said, Given(Channel.ONLINE, now(), mark, as_proxy), by)
    except IntegrityError as clash:  # the receipt stands with another entry's vote: nothing is kept
        raise _used() from clash
    if not ballot.is_secret:
        data = {"channel": Channel.ONLINE.value}
        audit.record(Event.CAST, by=by, subject=ballot, place_path=ballot.place.path, data=data)
    return vote


def _used() -> Refused:
    return Refused("This page was used before. Open the vote again.", status=CONFLICT)


def _is_same(before: Vote, entry: RollEntry, said: Mapping[str, Any]) -> bool:
    """Whether a vote with this receipt is the very one that is sent again."""
    return before.answers == said and (
        before.entry_id == entry.pk or (before.is_secret and bool(entry.voted))
    )


def _give(row: Ballot, entry: RollEntry | None, said: Mapping[str, Any], given: Given, by: Actor) -> Vote:
    """Write a vote and mark the roll. The entry is locked by the caller; a secret sheet comes without one."""
    if row.is_secret:
        vote = Vote.objects.create(ballot=row, receipt=given.mark, answers=said, is_secret=True)
        if entry is not None:
            _mark(entry, given.channel, by_proxy=given.by_proxy)
        return vote
    if entry is None:
        raise Refused("This sheet belongs to nobody on the roll.", status=CONFLICT)
    earlier = Vote.objects.filter(entry=entry) if entry.voted else ()  # an entry not marked has none
    others = {
        each.pk: Given(Channel(each.channel), each.given_at or given.at, each.receipt, each.by_proxy)
        for each in earlier
    }
    vote = Vote(
        ballot=row,
        receipt=given.mark,
        answers=said,
        is_secret=False,
        entry=entry,
        channel=given.channel.value,
        given_at=given.at,
        by_id=by.person_id,
        by_proxy=given.by_proxy,
    )
    strongest = precedence.counting({**others, vote.pk: given})
    vote.counts = strongest == vote.pk
    if vote.counts:
        if others:
            Vote.objects.filter(entry=entry, counts=True).update(counts=False)
        _mark(entry, given.channel, by_proxy=given.by_proxy)
    vote.save(force_insert=True)
    return vote


def _mark(entry: RollEntry, channel: Channel, *, by_proxy: bool = False) -> None:
    entry.voted, entry.by_proxy = channel.value, by_proxy
    entry.save(update_fields=["voted", "by_proxy"])


# ── sheets of paper ─────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def print_sheets(*, by: Actor, ballot_id: UUID, spare: int = 0) -> int:
    """Make the sheets with a code each: one for every entry; on a secret ballot as many, nobody's.

    `spare` more for those who spoil theirs, on a secret ballot. Asked again, only what is missing is added;
    gives how many were.
    """
    row = ballots.ballot_for_update(ballot_id)
    require(policies.may_print(by, ballots.about(row)), status=CONFLICT)
    have = Sheet.objects.filter(ballot=row)
    if row.is_secret:
        wanted = roll.entries(row).count() + spare - have.count()
        owners: list[RollEntry | None] = [None] * max(wanted, 0)
    else:
        done = set(have.values_list("entry_id", flat=True))
        owners = [entry for entry in roll.entries(row) if entry.pk not in done]
    Sheet.objects.bulk_create(
        (
            Sheet(ballot=row, entry=entry, code=tracking_code(), state=SheetState.PRINTED.value)
            for entry in owners
        ),
        batch_size=2000,
    )
    data = {"count": len(owners)}
    audit.record(Event.SHEETS_PRINTED, by=by, subject=row, place_path=row.place.path, data=data)
    return len(owners)


@transaction.atomic
def take_paper(*, by: Actor, ballot_id: UUID, number: int, by_proxy: bool = False) -> RollEntry:
    """Mark on the roll of a secret ballot that somebody took a sheet; what they put on it nobody knows.

    `by_proxy`: whoever was entrusted in writing took it for them; refused where nobody was.
    """
    row = ballots.ballot_for_voting(ballot_id)
    require(policies.may_take_paper(by, ballots.about(row)), status=CONFLICT)
    found = roll.entry_by_number(row, number)
    entry = roll.entry_for_update(row, found.pk) if found is not None else None
    if entry is None:
        raise Refused("This number is not on the roll.", status=MISSING)
    if not row.is_secret:
        raise Refused("Here each sheet belongs to somebody; enter it by its code.", status=CONFLICT)
    if entry.voted:
        raise Refused("A vote has already been given for this number.", status=CONFLICT)
    if by_proxy and not entrusting.is_entrusted(entry):
        raise Refused("Nobody has been entrusted for this number in writing.", status=CONFLICT)
    _mark(entry, Channel.PAPER, by_proxy=by_proxy)
    audit.record(Event.PAPER_TAKEN, by=by, subject=row, place_path=row.place.path)
    return entry


@transaction.atomic
def enter_sheet(
    *,
    by: Actor,
    ballot_id: UUID,
    code: str,
    answers: Mapping[str, Any],
    channel: Channel,
    signed_on: date | None = None,
    photo: Photo | None = None,
    no_photo: str = "",
    proxy_id: UUID | None = None,
) -> Sheet:
    """Enter what is on a sheet, with a photo of it. It counts once another confirms it.

    Of an owner's sheet, which the owner signs personally, a photo is kept as evidence; where there is none,
    `no_photo` says why. `proxy_id`: whoever signed it was entrusted with it; refused where nobody of the
    entry has done so, and for an owner's sheet anywhere but at the meeting.
    """
    row = ballots.ballot_for_voting(ballot_id)
    sheet = counting.sheet_for_update(row, _receipt(code))
    if sheet is None:
        raise Refused("No sheet of this ballot has this code.", status=MISSING)
    require(policies.may_enter(by, ballots.about(row), _door_path(row, sheet)), status=CONFLICT)
    if channel is Channel.ONLINE or channel.value not in row.channels:
        raise Refused("This ballot does not take votes that way.", status=UNPROCESSABLE)
    if sheet.state not in (SheetState.PRINTED, SheetState.REJECTED):
        raise Refused("This sheet has already been entered.", status=CONFLICT)
    signed = signed_on or today()
    if signed > today():
        raise Refused("The sheet is dated after today.", status=UNPROCESSABLE)
    sheet.proxy = _signing(row, sheet, proxy_id, channel)
    sheet.no_photo = clean(no_photo)[:LONGEST_REASON] if photo is None and sheet.photo is None else ""
    if photo is not None:
        sheet.photo = documents.store(by=by, content=photo.content, name=photo.name)
    require(
        may_be_entered(row.electorate, has_photo=sheet.photo is not None, why_not=sheet.no_photo),
        status=UNPROCESSABLE,
    )
    sheet.state, sheet.channel = SheetState.ENTERED.value, channel.value
    sheet.answers, sheet.signed_on = _answers(row, answers), signed
    sheet.entered_by_id, sheet.entered_at, sheet.rejected_reason = by.person_id, now(), ""
    sheet.save()
    data = {"channel": channel.value, "by_proxy": sheet.proxy is not None, "photo": sheet.photo is not None}
    audit.record(Event.SHEET_ENTERED, by=by, subject=row, place_path=row.place.path, data=data)
    return sheet


@transaction.atomic
def confirm_sheet(*, by: Actor, ballot_id: UUID, code: str) -> Vote:
    """Another person has compared the sheet with what was entered: now it is a vote.

    One that somebody entrusted signed counts only as long as they are entrusted, and gives way to a vote of
    those it belongs to, whichever came first.
    """
    row, sheet = _entered(by, ballot_id, code)
    _signing(row, sheet, sheet.proxy_id, Channel(sheet.channel))
    signed, by_proxy = sheet.signed_on or today(), sheet.proxy_id is not None
    at = datetime.combine(signed, NOON, SHANGHAI)
    given = Given(Channel(sheet.channel), at, sheet.code, by_proxy)
    entry = roll.entry_for_update(row, sheet.entry_id) if sheet.entry_id else None
    vote = _give(row, entry, sheet.answers, given, by)
    sheet.state = SheetState.CONFIRMED.value
    sheet.confirmed_by_id, sheet.confirmed_at = by.person_id, now()
    fields = ["state", "confirmed_by", "confirmed_at"]
    if row.is_secret:
        sheet.answers = {}  # what was on it is in the votes; beside its code it would stay with the paper
        fields.append("answers")
    sheet.save(update_fields=fields)
    audit.record(Event.SHEET_CONFIRMED, by=by, subject=row, place_path=row.place.path)
    return vote


@transaction.atomic
def reject_sheet(*, by: Actor, ballot_id: UUID, code: str, reason: str) -> Sheet:
    """The sheet and what was entered differ: it is entered again, or stays aside."""
    row, sheet = _entered(by, ballot_id, code)
    said = clean(reason)[:LONGEST_REASON]
    if not said:
        raise Refused("Say what differs.", status=UNPROCESSABLE)
    sheet.state, sheet.rejected_reason = SheetState.REJECTED.value, said
    sheet.save(update_fields=["state", "rejected_reason"])
    audit.record(Event.SHEET_REJECTED, by=by, subject=row, place_path=row.place.path)
    return sheet


def _signing(row: Ballot, sheet: Sheet, proxy_id: UUID | None, channel: Channel) -> Proxy | None:
    """What entitles whoever signed a sheet for another; as the ballot is held, none is taken back now."""
    if proxy_id is None:
        return None
    require(may_sign(row.electorate, channel), status=CONFLICT)
    found = next((each for each in entrusting.signing_for(sheet.entry) if each.pk == proxy_id), None)
    if found is None:
        raise Refused(
            "Whoever signed this sheet is not entrusted with it, or no longer. Note the signed paper first, "
            "or set the sheet aside.",
            status=CONFLICT,
        )
    return found


def _entered(by: Actor, ballot_id: UUID, code: str) -> tuple[Ballot, Sheet]:
    """The ballot and a sheet that waits for another person; refused for the one who entered it."""
    row = ballots.ballot_for_voting(ballot_id)
    sheet = counting.sheet_for_update(row, _receipt(code))
    if sheet is None or sheet.state != SheetState.ENTERED:
        raise Refused("This sheet does not wait to be confirmed.", status=MISSING)
    about, path = ballots.about(row), _door_path(row, sheet)
    require(policies.may_confirm(by, about, path, entered_by=sheet.entered_by_id), status=CONFLICT)
    return row, sheet


def _door_path(row: Ballot, sheet: Sheet) -> str:
    """Where a sheet belongs: the home behind it, or the whole place."""
    homes = roll.with_units([sheet.entry]).get(sheet.entry.pk, []) if sheet.entry else []
    return homes[0].home.path if homes else row.place.path


def _receipt(text: str) -> str:
    try:
        return normalise_tracking_code(text)
    except InvalidCode as wrong:
        raise Refused(wrong.reason, wrong.params, status=UNPROCESSABLE) from wrong


def _answers(row: Ballot, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers in the one form they are kept in, by the number of the question."""
    said: dict[str, Any] = {}
    for question in ballots.asked(row):
        if question.id not in answers:
            raise Refused("Answer every question, or say that you abstain.", status=UNPROCESSABLE)
        try:
            answer = checked(question, answers[question.id])
        except WrongAnswer as wrong:
            raise Refused("This answer cannot be given to the question.", status=UNPROCESSABLE) from wrong
        said[question.id] = counting.plain(answer)
    return said
