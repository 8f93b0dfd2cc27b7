"""台账 as XLSX of what is talked over: topics and names, opinion maps, covenants, signatures, surveys.

Who proposed, supported or answered stands in none of them. What is out of sight does not leave the house.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linli.audit.books import taken_out
from linli.deliberation.kinds import Event, TopicKind
from linli.deliberation.read import covenants, naming, opinions, surveys, topics
from linli.deliberation.rules.covenants import is_overdue
from linli.deliberation.templatetags.covenants import covenant_kind, covenant_stage
from linli.deliberation.templatetags.deliberation import stage_label
from linli.deliberation.templatetags.honours import survey_stage
from linli.deliberation.templatetags.topics import name_state, proposal_state, topic_kind, topic_stage
from linli.deliberation.web.desk_covenants import KEEPERS, kept
from linli.deliberation.web.desk_surveys import ASKERS
from linli.deliberation.web.desk_topics import LEADERS, led, sorting_asked
from linli.frame.doors import actor_of, door
from linli.frame.exports import MOST_ROWS, Column, cut
from linli.kernel.clock import today
from linli.kernel.decision import person_of
from linli.places import read as places


@door(LEADERS)
def topics_xlsx(request: HttpRequest) -> HttpResponse:
    """Every topic, with the replies it is owed."""
    actor = actor_of(request)
    place = places.place_to_export(actor)
    columns = [Column(_("Title"), 36), Column(_("Kind"), 18), Column(_("Place"), 20), Column(_("State"), 18)]
    columns += [Column(_("First day"), 14), Column(_("Last day"), 14), Column(_("Replies owed"), 12)]
    columns += [Column(_("Of them overdue"), 12), Column(_("The name found"), 16)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="topics",
        title=_("Topics and names"),
        columns=columns,
        found=cut(topics.at_desk(actor).filter(place__path__startswith=place.path)),
        lines=_topics,
    )


def _topics(rows: list[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.title,
            topic_kind(row.kind),
            row.place.name,
            topic_stage(row),
            row.starts,
            row.ends,
            row.owed,
            row.overdue,
            row.chosen.text if row.chosen else "",
        ]


@door(LEADERS)
def topic_xlsx(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """The proposals of a topic, or the names that came in where one is looked for."""
    actor, row = actor_of(request), led(request, topic_id)
    if row.kind == TopicKind.NAMING:
        columns = [Column(_("Proposed name"), 16), Column(_("State"), 18), Column(_("Came in"), 18)]
        columns += [Column(_("Votes"), 10), Column(_("Why left out"), 40)]
        title, listing, lines = _("The names"), "names", _names
        found = cut(naming.names(row.pk))
    else:
        columns = [Column(_("Title"), 36), Column(_("Section"), 20), Column(_("Raised at"), 18)]
        columns += [Column(_("State"), 18), Column(_("Support"), 10), Column(_("Comments"), 10)]
        columns += [Column(_("Reply by"), 14), Column(_("Replied at"), 18), Column(_("Merged into"), 36)]
        title, listing, lines = _("Proposals"), "proposals", _proposals
        rows = topics.proposals(row.pk, reader=person_of(actor), sorting=sorting_asked(request))
        found = cut([each for each in rows if each.hidden_at is None])
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=row.place,
        subject=row,
        listing=listing,
        title=title,
        columns=columns,
        found=found,
        lines=lines,
        filters={"topic": row.title},
    )


def _proposals(rows: list[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.title,
            row.section.title if row.section else "",
            row.raised_at,
            proposal_state(row),
            row.supported,
            row.said,
            row.due_on,
            row.replied_at,
            row.merged_into.title if row.merged_into and row.merged_into.hidden_at is None else "",
        ]


def _names(rows: list[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [row.text, name_state(row.state), row.entered_at, row.votes, row.reason]


@door(LEADERS)
def conversations_xlsx(request: HttpRequest) -> HttpResponse:
    """Every opinion map, with how many took part."""
    actor = actor_of(request)
    place = places.place_to_export(actor)
    columns = [Column(_("Question"), 44), Column(_("Place"), 20), Column(_("State"), 18)]
    columns += [Column(_("First day"), 14), Column(_("Last day"), 14), Column(_("Took part"), 10)]
    columns += [Column(_("Statements to read"), 12)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="conversations",
        title=_("Opinion maps"),
        columns=columns,
        found=cut(opinions.at_desk(actor).filter(place__path__startswith=place.path)),
        lines=_conversations,
    )


def _conversations(rows: list[Any]) -> Iterator[list[object]]:
    counted = opinions.participation(row.pk for row in rows)
    for row in rows:
        took_part = counted.get(row.pk)
        yield [
            row.question,
            row.place.name,
            stage_label(opinions.stage_of(row)),
            row.starts,
            row.ends,
            took_part.people if took_part else 0,
            row.waiting,
        ]


@door(KEEPERS)
def covenants_xlsx(request: HttpRequest) -> HttpResponse:
    """Every covenant, with its review and the changes to decide."""
    actor = actor_of(request)
    place = places.place_to_export(actor)
    columns = [Column(_("Title"), 36), Column(_("Kind"), 20), Column(_("Place"), 20), Column(_("State"), 18)]
    columns += [Column(_("On file since"), 14), Column(_("Published at"), 18), Column(_("Review by"), 14)]
    columns += [Column(_("Review overdue"), 10), Column(_("Changes to decide"), 12)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="covenants",
        title=_("Covenants"),
        columns=columns,
        found=cut(covenants.at_desk(actor).filter(place__path__startswith=place.path)),
        lines=_covenants,
    )


def _covenants(rows: list[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.title,
            covenant_kind(row.kind),
            row.place.name,
            covenant_stage(row.stage),
            row.filed_on,
            row.published_at,
            row.review_due,
            is_overdue(row.review_due, today()),
            row.waiting,
        ]


@door(KEEPERS)
def signed_xlsx(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """Building by building how many households signed, of how many."""
    row = kept(request, covenant_id)
    columns = [Column(_("Building"), 24), Column(_("Households"), 12), Column(_("Signed"), 10)]
    return taken_out(
        Event.EXPORTED,
        by=actor_of(request),
        place=row.place,
        subject=row,
        listing="signed",
        title=_("Signatures by building"),
        columns=columns,
        found=cut(covenants.signed_by_building(row, today())),
        lines=lambda rows: ([each.name or _("Elsewhere"), each.households, each.signed] for each in rows),
        filters={"covenant": row.title},
    )


@door(KEEPERS)
def signatures_xlsx(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """The households that signed, the signers masked as at the desk."""
    row = kept(request, covenant_id)
    columns = [Column(_("Which home"), 34), Column(_("Who signed"), 14), Column(_("Signed at"), 18)]
    columns += [Column(_("On paper"), 10), Column(_("On the wall"), 10)]
    return taken_out(
        Event.EXPORTED,
        by=actor_of(request),
        place=row.place,
        subject=row,
        listing="signatures",
        title=_("Signatures"),
        columns=columns,
        found=cut(covenants.signed_at_desk(row, today(), MOST_ROWS + 1)),
        lines=lambda rows: (
            [
                each.home,
                each.name,
                each.row.signed_at,
                each.row.entered_by_id is not None,
                each.row.shown,
            ]
            for each in rows
        ),
        filters={"covenant": row.title},
    )


@door(ASKERS)
def surveys_xlsx(request: HttpRequest) -> HttpResponse:
    """Every survey, with how many answered."""
    actor = actor_of(request)
    place = places.place_to_export(actor)
    columns = [Column(_("Title"), 40), Column(_("Place"), 20), Column(_("State"), 24)]
    columns += [Column(_("First day"), 14), Column(_("Last day"), 14), Column(_("For each household"), 14)]
    columns += [Column(_("Answered"), 10), Column(_("Published at"), 18)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="surveys",
        title=_("Surveys"),
        columns=columns,
        found=cut(surveys.at_desk(actor).filter(place__path__startswith=place.path)),
        lines=_surveys,
    )


def _surveys(rows: list[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.title,
            row.place.name,
            survey_stage(surveys.stage_of(row)),
            row.opened_on,
            row.ends,
            row.per_household,
            row.answered if row.published_at else row.so_far,
            row.published_at,
        ]
