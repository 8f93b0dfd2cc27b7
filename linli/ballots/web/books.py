"""台账 as XLSX: ballots, a roll, the doors, the homes not reached, who votes for whom.

How anybody voted stands in none of them, and no resident's name stands whole.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linli.audit.books import taken_out
from linli.ballots import policies
from linli.ballots.kinds import Event
from linli.ballots.read import ballots, counting, entrusting, roll, settling
from linli.ballots.templatetags.ballots import called, square_metres
from linli.ballots.web.desk import RUNNERS, STAFF, seen, state_asked
from linli.ballots.web.doors import LEFT, TABS, behind, show_asked
from linli.ballots.web.settling import last_day, share_of
from linli.frame.doors import actor_of, door
from linli.frame.exports import Column, cut
from linli.kernel.names import mask_name
from linli.places import read as places


@door(STAFF)
def ballots_xlsx(request: HttpRequest) -> HttpResponse:
    """The ballots of one state, or all."""
    actor, state = actor_of(request), state_asked(request)
    place = places.place_to_export(actor)
    columns = [Column(_("Title"), 36), Column(_("Place"), 20), Column(_("Who is asked"), 26)]
    columns += [Column(_("Secret"), 8), Column(_("State"), 16)]
    columns += [Column(_("Voting from"), 18), Column(_("Voting until"), 18)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="ballots",
        title=_("Ballots"),
        columns=columns,
        found=cut(ballots.at_desk(actor, state).filter(place__path__startswith=place.path)),
        lines=_ballots,
        filters={"state": called(state, "state")},
    )


def _ballots(rows: list[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.title,
            row.place.name,
            called(row.electorate, "electorate"),
            row.is_secret,
            called(row.state, "state"),
            row.opens_at,
            row.closes_at,
        ]


@door(RUNNERS)
def house_rules_xlsx(request: HttpRequest) -> HttpResponse:
    """What is settled about counting, where it is written and since when."""
    actor = actor_of(request)
    place = places.place_to_export(actor)
    rows = [row for row in settling.house_rules_of(actor) if row.place.path.startswith(place.path)]
    columns = [Column(_("Place"), 20), Column(_("What is settled"), 40), Column(_("Share"), 14)]
    columns += [Column(_("Where it stands written"), 40)]
    columns += [Column(_("First day"), 14), Column(_("Last day"), 14)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=place,
        listing="house_rules",
        title=_("Local rules"),
        columns=columns,
        found=cut(rows),
        lines=_house_rules,
    )


def _house_rules(rows: list[Any]) -> Iterator[list[object]]:
    for each in rows:
        words = [called(each.kind, "house_rule"), share_of(each)]
        yield [each.place.name, *words, each.source, each.starts, last_day(each)]


@door(STAFF)
def roll_xlsx(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """The roll as it is published, with who has voted by which way; never how."""
    row = seen(request, ballot_id)
    columns = [Column(_("Number"), 10), Column(_("Who"), 34), Column(_("Area"), 12)]
    columns += [Column(_("has to agree"), 12), Column(_("Voted"), 16), Column(_("by proxy"), 10)]
    return taken_out(
        Event.EXPORTED,
        by=actor_of(request),
        place=row.place,
        subject=row,
        listing="roll",
        title=_("Roll"),
        columns=columns,
        found=cut(roll.entries(row)),
        lines=_roll,
        filters={"ballot": row.title},
    )


def _roll(rows: list[Any]) -> Iterator[list[object]]:
    for each in rows:
        yield [
            each.number,
            _("Developer: not sold or not handed over") if each.is_developer else each.label,
            square_metres(each.area) if each.area else None,
            each.consent_needed,
            called(each.voted, "channel"),
            each.by_proxy,
        ]


@door(STAFF)
def doors_xlsx(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """入户登记: each home of this person's doors with the latest visit, all or those still to visit."""
    row, actor, show = seen(request, ballot_id), actor_of(request), show_asked(request)
    visits = counting.latest_visits(row)
    listed = behind(actor, counting.doors(row))
    columns = [Column(_("Which home"), 34), Column(_("Voted"), 10), Column(_("Found at the door"), 22)]
    columns += [Column(_("When"), 18), Column(_("Who went"), 14)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=row.place,
        subject=row,
        listing="doors",
        title=_("From door to door"),
        columns=columns,
        found=cut([each for each in listed if show != LEFT or not each[1].voted]),
        lines=lambda rows: _doors(rows, visits),
        filters={"ballot": row.title, "show": str(TABS[show])},
    )


def _doors(rows: list[Any], visits: dict[UUID, Any]) -> Iterator[list[object]]:
    addresses = places.address_map(home for home, _entry in rows)
    for home, entry in rows:
        visit = visits.get(home.pk)
        yield [
            addresses[home.pk],
            bool(entry.voted),
            called(visit.outcome, "visit") if visit and not entry.voted else "",
            visit.at if visit else None,
            visit.by.name if visit else "",
        ]


@door(STAFF)
def unreached_xlsx(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """The homes where no sheet could be handed over, by number alone: neighbours may read it."""
    row, actor = seen(request, ballot_id), actor_of(request)
    listed = behind(actor, counting.doors(row))
    left = set(counting.delivered(row, listed).missed)
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=row.place,
        subject=row,
        listing="unreached",
        title=_("Homes not reached"),
        columns=[Column(_("Which home"), 40)],
        found=cut([home for home, _entry in listed if home.pk in left]),
        lines=lambda homes: ([each] for each in places.address_map(homes).values()),
        filters={"ballot": row.title},
    )


@door(STAFF)
def proxies_xlsx(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """Who votes for whom, masked; without names for staff who do not read the people of the place."""
    row, actor = seen(request, ballot_id), actor_of(request)
    names = bool(policies.may_see_names(actor, ballots.about(row)))
    columns = [Column(_("Who votes"), 16), Column(_("For whom"), 16)] if names else []
    columns += [Column(_("Entrusted at"), 18), Column(_("On paper"), 10)]
    return taken_out(
        Event.EXPORTED,
        by=actor,
        place=row.place,
        subject=row,
        listing="proxies",
        title=_("Who votes for whom"),
        columns=columns,
        found=cut(entrusting.listed(row)),
        lines=lambda rows: (
            [
                *([mask_name(each.holder.name), mask_name(each.giver.name)] if names else []),
                each.given_at,
                each.photo is not None,
            ]
            for each in rows
        ),
        filters={"ballot": row.title},
    )
