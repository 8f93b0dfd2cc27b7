"""Residents choose, the jury judges, whoever doubts a result objects and is answered."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linli.audit import actions as audit
from linli.deliberation.actions.words import WHY, words_of
from linli.deliberation.kinds import Event, NominationState
from linli.deliberation.models import Appraisal, Chooser, HonourDoubt, Nomination, Points, Voice
from linli.deliberation.policies import appraisals as policies
from linli.deliberation.read import appraisals as read
from linli.deliberation.read import honours
from linli.deliberation.read.opinions import belongs
from linli.deliberation.rules import appraisals as rules
from linli.kernel.actor import Actor
from linli.kernel.clock import now
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, person_of, require
from linli.notices import actions as notices
from linli.notices.kinds import Topic


@transaction.atomic
def choose(*, by: Actor, appraisal_id: UUID, chosen: Collection[UUID]) -> None:
    """Give one's voice for some of those nominated, once.

    Nothing is written into the record: its hour and actor beside the voices would tell whose is whose.
    """
    row = read.appraisal_for_update(appraisal_id)
    decision = policies.may_choose(
        by,
        belongs=belongs(by.person_id, row.place.path),
        stage=read.stage_of(row),
        has_chosen=read.has_chosen(row.pk, by.person_id),
    )
    require(decision, status=CONFLICT)
    keys = set(chosen)
    there = {key for key, _standing in honours.given(row).standings}
    if not keys or len(keys) > row.choices:
        raise Refused("Choose one to %(count)s of them.", {"count": row.choices}, status=UNPROCESSABLE)
    if not keys <= there:
        raise Refused("One of them does not take part any more. Choose again.", status=CONFLICT)
    Chooser.objects.create(appraisal=row, person_id=person_of(by))
    Voice.objects.bulk_create(Voice(nomination_id=key) for key in sorted(keys))


@transaction.atomic
def judge(*, by: Actor, appraisal_id: UUID, points: Mapping[tuple[UUID, UUID], int]) -> Appraisal:
    """Give points to everybody for every criterion, or change what one gave. Half a sheet does not count."""
    row = read.appraisal_for_update(appraisal_id)
    seat = read.juror(row.pk, by.person_id)
    require(policies.may_judge(by, is_juror=seat is not None, stage=read.stage_of(row)), status=CONFLICT)
    if seat is None:
        raise Refused("Points are given by the jury.")
    asked = {
        (nomination, criterion.pk)
        for nomination, _standing in honours.given(row).standings
        for criterion in read.criteria(row.pk)
    }
    given = {key: value for key, value in points.items() if key in asked}
    if given.keys() != asked or not all(0 <= value <= rules.MOST_POINTS for value in given.values()):
        raise Refused("Give everybody 0 to 10 points for each criterion.", status=UNPROCESSABLE)
    Points.objects.filter(juror=seat).delete()
    Points.objects.bulk_create(
        Points(juror=seat, nomination_id=nomination, criterion_id=criterion, points=value)
        for (nomination, criterion), value in given.items()
    )
    seat.judged_at = now()
    seat.save(update_fields=["judged_at"])
    audit.record(Event.JUROR_JUDGED, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def doubt(*, by: Actor, nomination_id: UUID, words: str) -> HonourDoubt:
    """Object to somebody's honour while it is posted."""
    row, made = _locked(nomination_id)
    decision = policies.may_doubt(
        by,
        belongs=belongs(by.person_id, row.place.path),
        is_honoured=made.is_honoured,
        is_over=read.is_posting_over(row),
        stage=read.stage_of(row),
        has_doubted=made.pk in honours.doubts_by(by.person_id, row.pk),
    )
    require(decision, status=CONFLICT)
    said = words_of(words, "Say in a few words what you object to.")
    objection = HonourDoubt.objects.create(nomination=made, author_id=person_of(by), words=said)
    audit.record(Event.HONOUR_DOUBTED, by=by, subject=row, place_path=row.place.path)
    notices.notify(
        Topic.OBJECTION_MADE,
        by=by,
        to=[row.posted_by_id] if row.posted_by_id else [],
        params={"title": row.title},
        url=reverse("appraisals_desk:appraisal", args=[row.pk]),
        subject=objection,
        place_path=row.place.path,
    )
    return objection


@transaction.atomic
def answer(*, by: Actor, doubt_id: UUID, upheld: bool, words: str) -> HonourDoubt:
    """Answer an objection. Upheld, it takes them off the posted result, with the reason; nobody moves up."""
    row, made = _locked(read.doubt(doubt_id).nomination_id)
    objection = HonourDoubt.objects.select_for_update().get(pk=doubt_id)
    decision = policies.may_answer(by, read.objected(objection, made, row), row.place.path)
    require(decision, status=CONFLICT)
    said = words_of(words, WHY)
    objection.upheld, objection.answer = upheld, said
    objection.answered_by_id, objection.answered_at = person_of(by), now()
    objection.save(update_fields=["upheld", "answer", "answered_by", "answered_at"])
    if upheld:
        made.is_honoured, made.struck_reason = False, said
        made.save(update_fields=["is_honoured", "struck_reason"])
    audit.record(
        Event.HONOUR_DOUBT_ANSWERED, by=by, subject=row, place_path=row.place.path, data={"upheld": upheld}
    )
    _tell(by, row, made, objection)
    return objection


def _tell(by: Actor, row: Appraisal, made: Nomination, objection: HonourDoubt) -> None:
    """The one who objected hears the answer; whom an upheld objection takes off hears the reason."""
    notices.notify(
        Topic.OBJECTION_ANSWERED,
        by=by,
        to=[objection.author_id],
        params={"title": row.title, "text": objection.answer},
        url=reverse("appraisals:appraisal", args=[row.pk]),
        subject=objection,
        place_path=row.place.path,
    )
    if objection.upheld and made.person_id is not None:
        notices.notify(
            Topic.HONOUR_STRUCK,
            by=by,
            to=[made.person_id],
            params={"title": row.title, "text": objection.answer},
            url=reverse("appraisals:nomination", args=[made.pk]),
            subject=made,
            place_path=row.place.path,
        )


def _locked(nomination_id: UUID) -> tuple[Appraisal, Nomination]:
    row = read.appraisal_for_update(read.nomination(nomination_id).appraisal_id)
    made = read.nomination(nomination_id)
    if made.state != NominationState.AGREED.value:
        raise Refused(read.NOMINATION_NOT_HERE, status=MISSING)
    return row, made
