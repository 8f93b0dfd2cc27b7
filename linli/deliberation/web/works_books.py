"""台账 as XLSX of works with their materials and doubts, of who pays what, and of appraisals.

What a home said to a proposal or to the works stays at the desk.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linli.audit.books import taken_out
from linli.deliberation.kinds import Event, NominationState, WorksStage
from linli.deliberation.read import appraisals, honours, sharing, works
from linli.deliberation.templatetags.honours import appraisal_stage, honours_name, nomination_state
from linli.deliberation.templatetags.works import told_count, works_stage
from linli.deliberation.web.desk_appraisals import RUNNERS, run
from linli.deliberation.web.desk_sharing import seen
from linli.deliberation.web.desk_works import ROUNDS, kept
from linli.frame.doors import actor_of, door
from linli.frame.exports import Column, cut
from linli.kernel.clock import now, today
from linli.kernel.names import mask_name
from linli.places import read as places


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100


@door(ROUNDS)
def all_xlsx(request: HttpRequest) -> HttpResponse:
    """All works, with the doubts that wait for an answer."""
    actor = actor_of(request)
    place = places.place_to_export(actor)
    columns = [Column(_("Title"), 36), Column(_("Place"), 20), Column(_("State"), 22)]
    columns += [Column(_("Builder"), 24), Column(_("Decided on"), 14), Column(_("Homes are asked until"), 14)]
    columns += [Column(_("Accepted on"), 14), Column(_("Doubts to answer"), 12)]
    columns += [Column(_("Of them overdue"), 12)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="works",
        title=_("Works laid open"),
        columns=columns,
        found=cut(works.at_desk(actor, now()).filter(place__path__startswith=place.path)),
        lines=_works,
    )


def _works(rows: list[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.title,
            row.place.name,
            works_stage(row.stage),
            row.builder,
            row.decided_on,
            row.speak_until,
            row.accepted_on,
            row.waiting,
            row.overdue,
        ]


@door(ROUNDS)
def materials_xlsx(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """The materials of works, with how many papers prove each and when it was checked."""
    row = kept(request, works_id, at_doors=True)
    inside = works.inside(row.pk)
    columns = [Column(_("Number"), 8), Column(_("Material"), 28), Column(_("Used for"), 28)]
    columns += [Column(_("Maker"), 24), Column(_("Grade"), 16), Column(_("Batch"), 16)]
    columns += [Column(_("Came on"), 14), Column(_("Proofs"), 8), Column(_("Checked on"), 14)]
    return taken_out(
        Event.EXPORTED,
        by=actor_of(request),
        place=row.place,
        subject=row,
        listing="materials",
        title=_("Materials and their proofs"),
        columns=columns,
        found=cut(inside.materials),
        lines=lambda rows: _materials(rows, inside),
        filters={"works": row.title},
    )


def _materials(rows: list[Any], inside: works.Inside) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.number,
            row.name,
            row.used_for,
            row.maker,
            row.grade,
            row.batch,
            row.arrived_on,
            len(inside.papers.get(row.pk, [])),
            max((look.done_on for look in inside.checks.get(row.pk, [])), default=None),
        ]


@door(ROUNDS)
def doubts_xlsx(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """What is doubted about works and what was answered; nothing of who doubts, nothing out of sight."""
    row = kept(request, works_id, at_doors=True)
    columns = [Column(_("Doubt"), 44), Column(_("Material"), 20), Column(_("Asked at"), 18)]
    columns += [Column(_("Neighbours who ask it"), 12), Column(_("To be answered by"), 18)]
    columns += [Column(_("Answered at"), 18), Column(_("Answer"), 44)]
    return taken_out(
        Event.EXPORTED,
        by=actor_of(request),
        place=row.place,
        subject=row,
        listing="doubts",
        title=_("Doubts and answers"),
        columns=columns,
        found=cut(works.doubts(row.pk)),
        lines=_doubts,
        filters={"works": row.title},
    )


def _doubts(rows: list[Any]) -> Iterator[list[object]]:
    for each in rows:
        yield [
            each.row.text,
            each.row.material.name if each.row.material else "",
            each.row.asked_at,
            told_count(each.voices) or _("a few"),
            each.row.due_at,
            each.row.answered_at,
            "\n".join(said.text for said in each.row.answers.all()),
        ]


@door(ROUNDS)
def homes_xlsx(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """The doors to knock at: homes that have not said yet whether they accept the works."""
    row = kept(request, works_id, at_doors=True)
    silent = works.silent_homes(row, today()) if row.stage == WorksStage.ACCEPTING.value else []
    return taken_out(
        Event.EXPORTED,
        by=actor_of(request),
        place=row.place,
        subject=row,
        listing="homes",
        title=_("Doors to knock at"),
        columns=[Column(_("Which home"), 40)],
        found=cut(silent),
        lines=lambda rows: ([each] for each in places.address_map(rows).values()),
        filters={"works": row.title},
    )


@door(ROUNDS)
def sharings_xlsx(request: HttpRequest) -> HttpResponse:
    """Everything that is or was talked over about who pays what."""
    actor = actor_of(request)
    place = places.place_to_export(actor)
    columns = [Column(_("Title"), 36), Column(_("Place"), 24), Column(_("Begun at"), 18)]
    columns += [Column(_("Proposals"), 10), Column(_("Over since"), 14)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="sharings",
        title=_("Who pays what"),
        columns=columns,
        found=cut(sharing.at_desk(actor).filter(place__path__startswith=place.path)),
        lines=_sharings,
    )


def _sharings(rows: list[Any]) -> Iterator[list[object]]:
    for row in rows:
        where = f"{row.place.parent.name} {row.place.name}" if row.place.parent else row.place.name
        yield [row.title, where, row.opened_at, row.round or 0, row.closed_on]


@door(ROUNDS)
def sharing_xlsx(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    """What each home pays or gets, proposal by proposal, in yuan; not what it says to it."""
    row = seen(request, sharing_id)
    found = cut([(one.row, each) for one in sharing.rounds(row) for each in one.lines])
    columns = [Column(_("Which proposal"), 10), Column(_("Proposed at"), 18), Column(_("Which home"), 16)]
    columns += [Column(_("Pays, in yuan"), 14), Column(_("Gets, in yuan"), 14)]
    columns += [Column(_("Than before, in yuan"), 16), Column(_("Has answered"), 12)]
    return taken_out(
        Event.EXPORTED,
        by=actor_of(request),
        place=row.place,
        subject=row,
        listing="shares",
        title=_("Who pays what"),
        columns=columns,
        found=found,
        lines=_shares,
        filters={"sharing": row.title},
    )


def _shares(rows: list[Any]) -> Iterator[list[object]]:
    for one, each in rows:
        yield [
            one.number,
            one.proposed_at,
            each.row.home.name,
            _yuan(each.row.pays),
            _yuan(each.row.gets),
            None if each.change is None else _yuan(each.change),
            each.answer is not None,
        ]


@door(RUNNERS)
def appraisals_xlsx(request: HttpRequest) -> HttpResponse:
    """Every appraisal with where it stands."""
    actor = actor_of(request)
    place = places.place_to_export(actor)
    columns = [Column(_("Title"), 36), Column(_("Place"), 20), Column(_("Who is honoured"), 18)]
    columns += [Column(_("State"), 20), Column(_("Put forward until"), 14), Column(_("Choosing from"), 14)]
    columns += [Column(_("Choosing until"), 14), Column(_("Nominations to look at"), 12)]
    columns += [Column(_("Posted on"), 14), Column(_("On the roll since"), 14)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="appraisals",
        title=_("Appraisals"),
        columns=columns,
        found=cut(appraisals.at_desk(actor).filter(place__path__startswith=place.path)),
        lines=_appraisals,
    )


def _appraisals(rows: list[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.title,
            row.place.name,
            honours_name(row.honours),
            appraisal_stage(appraisals.stage_of(row)),
            row.nominate_until,
            row.choose_from,
            row.choose_until,
            row.to_find,
            row.posted_on,
            row.concluded_on,
        ]


@door(RUNNERS)
def nominations_xlsx(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """Who was put forward and what came of it. Who has not agreed stands masked; the reasons stay here."""
    row = run(request, appraisal_id)
    columns = [Column(_("Put forward"), 24), Column(_("Where"), 20), Column(_("Put forward at"), 18)]
    columns += [Column(_("State"), 20), Column(_("Honoured"), 10)]
    return taken_out(
        Event.EXPORTED,
        by=actor_of(request),
        place=row.place,
        subject=row,
        listing="nominations",
        title=_("Put forward"),
        columns=columns,
        found=cut(honours.at_desk_of(row)),
        lines=_nominations,
        filters={"appraisal": row.title},
    )


def _nominations(rows: list[Any]) -> Iterator[list[object]]:
    for each in rows:
        agreed = each.row.state == NominationState.AGREED
        yield [
            each.name if agreed else mask_name(each.row.person.name if each.row.person else each.row.named),
            each.where,
            each.row.nominated_at,
            _("Taken off the result") if each.row.struck_reason else nomination_state(each.row.state),
            each.row.is_honoured,
        ]
