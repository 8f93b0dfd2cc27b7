"""An appraisal's way: opened, its jury called, called off or posted, put on the honours roll."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linli.audit import actions as audit
from linli.deliberation.actions.words import WHY, title_of, words_of
from linli.deliberation.kinds import Event, Honours, TieRule
from linli.deliberation.models import (
    Appraisal,
    Chooser,
    Criterion,
    Declined,
    Juror,
    Nomination,
    Points,
    Voice,
)
from linli.deliberation.policies import appraisals as policies
from linli.deliberation.read import appraisals as read
from linli.deliberation.read import honours
from linli.deliberation.read.opinions import open_place
from linli.deliberation.rules import appraisals as rules
from linli.deliberation.rules.appraisals import Days, Weights
from linli.deliberation.rules.opening import LONGEST_ABOUT
from linli.documents import actions as documents
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, accept, person_of, require
from linli.kernel.text import clean
from linli.notices import actions as notices
from linli.notices.kinds import Topic
from linli.organizations import read as organizations


@dataclass(frozen=True, slots=True)
class Plan:
    """What an appraisal is: its words, how many are honoured, how many each resident may choose, its rule."""

    title: str
    about: str
    honours: Honours
    criteria: Sequence[str]
    seats: int
    choices: int
    weights: Weights
    tie: TieRule
    self_allowed: bool


@transaction.atomic
def open_appraisal(*, by: Actor, place_id: UUID, plan: Plan, days: Days, is_demo: bool = False) -> Appraisal:
    """Open an appraisal: from today people put others forward."""
    place = open_place(place_id)
    if place is None:
        raise Refused("Choose a place that is open.", status=UNPROCESSABLE)
    require(policies.may_run(by, place.path))
    title = title_of(plan.title)
    accept(rules.fault_of_days(days, today()))
    accept(rules.fault_of_weights(plan.weights))
    criteria = rules.criteria_of(clean("\n".join(plan.criteria)))
    accept(rules.fault_of_criteria(criteria))
    if not (1 <= plan.seats <= rules.MOST_HONOURED and 1 <= plan.choices <= rules.MOST_CHOICES):
        raise Refused("One to 30 are honoured, and each resident chooses one to 10.", status=UNPROCESSABLE)
    row = Appraisal.objects.create(
        place=place,
        title=title,
        about=clean(plan.about)[:LONGEST_ABOUT],
        honours=plan.honours.value,
        seats=plan.seats,
        choices=plan.choices,
        self_allowed=plan.self_allowed,
        weight_jury=plan.weights.jury,
        weight_residents=plan.weights.residents,
        tie=plan.tie.value,
        nominate_until=days.nominate_until,
        choose_from=days.choose_from,
        choose_until=days.choose_until,
        posted_days=days.posted_days,
        opened_by_id=person_of(by),
        is_demo=is_demo,
    )
    Criterion.objects.bulk_create(
        Criterion(appraisal=row, number=number, text=text) for number, text in enumerate(criteria, 1)
    )
    audit.record(Event.APPRAISAL_OPENED, by=by, subject=row, place_path=place.path)
    return row


@transaction.atomic
def call_off(*, by: Actor, appraisal_id: UUID, reason: str) -> Appraisal:
    """Call it off, with a reason people read. What was written of anybody is forgotten."""
    row = read.appraisal_for_update(appraisal_id)
    decision = policies.may_call_off(by, stage=read.stage_of(row), place_path=row.place.path)
    require(decision, status=CONFLICT)
    words = words_of(reason, WHY)
    row.called_off_at, row.called_off_reason = now(), words
    row.save(update_fields=["called_off_at", "called_off_reason"])
    _forget(by, row, keep_honoured=False)
    audit.record(Event.APPRAISAL_CALLED_OFF, by=by, subject=row, place_path=row.place.path)
    return row


# The jury


@transaction.atomic
def name_juror(*, by: Actor, appraisal_id: UUID, person_id: UUID) -> Juror:
    """Call a resident to the jury."""
    row = read.appraisal_for_update(appraisal_id)
    if read.person_at(person_id, row.place.path) is None:
        raise Refused("Nobody of that name lives here.", status=UNPROCESSABLE)
    return _named(by, row, person_id, None)


@transaction.atomic
def name_post(*, by: Actor, appraisal_id: UUID, post_id: UUID) -> Juror:
    """Call whoever holds a post now to the jury."""
    row = read.appraisal_for_update(appraisal_id)
    holders = organizations.persons_of(post_id, today())
    if post_id not in {post.pk for post in honours.posts_for_jury(row)} or not holders:
        raise Refused("Nobody holds this post now. Choose another.", status=UNPROCESSABLE)
    return _named(by, row, holders[0], post_id)


@transaction.atomic
def release_juror(*, by: Actor, appraisal_id: UUID, juror_id: UUID) -> Appraisal:
    """Let a juror go, before the choosing begins."""
    row = read.appraisal_for_update(appraisal_id)
    require(policies.may_release(by, stage=read.stage_of(row), place_path=row.place.path), status=CONFLICT)
    Juror.objects.filter(appraisal=row, pk=juror_id).delete()
    audit.record(Event.JUROR_RELEASED, by=by, subject=row, place_path=row.place.path)
    return row


def _named(by: Actor, row: Appraisal, person_id: UUID, post_id: UUID | None) -> Juror:
    decision = policies.may_name_juror(
        by,
        stage=read.stage_of(row),
        is_there=read.is_juror(row.pk, person_id),
        is_nominated=read.nomination_of(row.pk, person_id) is not None,
        has_nominated=bool(read.nominated_by(row.pk, person_id)),
        place_path=row.place.path,
    )
    require(decision, status=CONFLICT)
    juror = Juror.objects.create(appraisal=row, person_id=person_id, post_id=post_id)
    audit.record(Event.JUROR_NAMED, by=by, subject=row, place_path=row.place.path)
    notices.notify(
        Topic.JURY_CALLED,
        by=by,
        to=[person_id],
        params={
            "title": row.title,
            "due": row.choose_from.isoformat(),
            "until": row.choose_until.isoformat(),
        },
        url=reverse("appraisals:appraisal", args=[row.pk]),
        subject=row,
        place_path=row.place.path,
    )
    return juror


# The result


@transaction.atomic
def post(*, by: Actor, appraisal_id: UUID) -> Appraisal:
    """Work the result out by its rule and post it. Who has chosen is forgotten, and every single voice."""
    row = read.appraisal_for_update(appraisal_id)
    require(policies.may_post(by, stage=read.stage_of(row), place_path=row.place.path), status=CONFLICT)
    given = honours.given(row)
    chosen = rules.honoured(
        given.standings,
        seats=row.seats,
        weights=honours.weights_of(row),
        tie=TieRule(row.tie),
        most_points=given.most_points,
        voters=given.voters,
    )
    Nomination.objects.filter(appraisal=row, pk__in=chosen).update(is_honoured=True)
    row.candidates, row.voters, row.judges = len(given.standings), given.voters, given.judges
    row.posted_on, row.posted_by_id = today(), person_of(by)
    row.save(update_fields=["candidates", "voters", "judges", "posted_on", "posted_by"])
    Chooser.objects.filter(appraisal=row).delete()
    Voice.objects.filter(nomination__appraisal=row).delete()
    Points.objects.filter(nomination__appraisal=row).delete()
    data = {"honoured": len(chosen)}
    audit.record(Event.APPRAISAL_POSTED, by=by, subject=row, place_path=row.place.path, data=data)
    return row


@transaction.atomic
def conclude(*, by: Actor, appraisal_id: UUID) -> Appraisal:
    """Put the honoured on the roll; what was written of anybody else is forgotten with its photos."""
    row = read.appraisal_for_update(appraisal_id)
    decision = policies.may_conclude(
        by,
        stage=read.stage_of(row),
        is_over=read.is_posting_over(row),
        waiting=honours.waiting_doubts(row.pk),
        place_path=row.place.path,
    )
    require(decision, status=CONFLICT)
    row.concluded_on = today()
    row.save(update_fields=["concluded_on"])
    _forget(by, row, keep_honoured=True)
    audit.record(Event.APPRAISAL_CONCLUDED, by=by, subject=row, place_path=row.place.path)
    return row


def _forget(by: Actor, row: Appraisal, *, keep_honoured: bool) -> None:
    """Nominations that are not on the roll, who made the others, who chose, and who did not want to."""
    rows = Nomination.objects.filter(appraisal=row)
    for each in rows.filter(is_honoured=False) if keep_honoured else rows:
        removed(by, each)
    rows.update(nominated_by=None)
    Declined.objects.filter(appraisal=row).delete()
    Chooser.objects.filter(appraisal=row).delete()


def removed(by: Actor, row: Nomination) -> None:
    """Take a nomination out of the house, with its photos."""
    files = list(row.photos.values_list("file_id", flat=True))
    row.delete()
    for file_id in files:
        documents.remove(by=by, file_id=file_id)
