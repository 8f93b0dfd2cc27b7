"""What stands on the desk and behind the rates, as XLSX with the filters named."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, door
from linli.frame.exports import MOST_ROWS, Column, book_response
from linli.kernel import clock
from linli.kernel.decision import MISSING, Refused
from linli.matters.actions.files import record_export
from linli.matters.kinds import Power
from linli.matters.read import desk
from linli.matters.read.desk import Item
from linli.matters.read.lists import AT_MOST
from linli.matters.web import rates
from linli.matters.web.desk_items import DUE_LABELS, LISTS, due_within, may_leave, parts, rests
from linli.matters.web.exports import EXPORTERS, TAKERS, place_exported


@door(TAKERS)
def list_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """One of the desk's lists, narrowed as on the desk: what lies where the actor exports, and of a unit
    what is its own."""
    if code not in LISTS:
        raise Refused("There is no such list.", status=MISSING)
    actor = actor_of(request)
    title, read, _address = LISTS[code]
    own = not actor.paths(Power.EXPORT)
    place = place_exported(actor, "", Power.ORDER_HANDLE if own else Power.EXPORT)
    due = request.GET.get("due", "")
    due = due if due in DUE_LABELS else ""
    found = [item for item in read(actor) if not due or due_within(item, due)]
    items = [item for item in found if may_leave(item, actor)]
    asked = {"due": due} if due else {}
    record_export(
        by=actor, place_id=place.id, listing=f"desk.{code}", filters=asked, rows=len(items), own=own
    )
    named = [_("orders of my unit") if own else place.name, str(DUE_LABELS[due]) if due else ""]
    if len(found) >= AT_MOST:
        named.append(_("only the first %(count)s rows are here") % {"count": AT_MOST})
    columns = [
        Column(_("Number"), 22),
        Column(_("Matter"), 36),
        Column(_("Where"), 22),
        Column(_("Unit"), 22),
        Column(_("Where it stands"), 32),
        Column(_("Due"), 18),
        Column(_("Late"), 8),
    ]
    return book_response(title=str(title), filters=named, columns=columns, rows=_items(desk.addressed(items)))


def _items(items: list[Item]) -> Iterator[list[object]]:
    for item in items:
        _where, *stands = parts(item)
        running = not rests(item)
        yield [
            item.order.number if item.order else item.matter.number,
            item.matter.title,
            item.address,
            item.order.unit.name if item.order else "",
            " · ".join(stands) if running else _("suspended"),
            item.due,
            running and item.due is not None and item.due < clock.now(),
        ]


@door(EXPORTERS)
def rates_xlsx(request: HttpRequest) -> HttpResponse:
    """The three rates of each community the actor exports, with both numbers of each."""
    actor = actor_of(request)
    since, until = rates.span_of(request)
    communities = [
        row
        for row in rates.chosen_of(request, rates.communities_of(actor))
        if actor.may(Power.EXPORT, row.path)
    ]
    if not communities:
        raise Refused("Your post does not include these figures.")
    place = communities[0] if len(communities) == 1 else place_exported(actor, "")
    figures = rates.figures_of(communities, since, until)
    days = {"since": since.isoformat(), "until": until.isoformat()}
    record_export(by=actor, place_id=place.id, listing="rates", filters=days, rows=len(figures))
    columns = [Column(_("Community"), 18), Column(_("Raised"), 10)]
    for name in (_("Response"), _("Resolution"), _("Satisfaction")):
        columns += [Column(name, 12), Column(_("Numerator"), 10), Column(_("Denominator"), 10)]
    return book_response(
        title=_("The three rates"),
        filters=[place.name, f"{since} – {until}"],
        columns=[*columns, Column(_("Left out"), 10)],
        rows=(_rates(row) for row in figures),
    )


def _rates(row: Mapping[str, Any]) -> list[object]:
    cells: list[object] = [row["place"].name, row["raised"]]
    for rate in (row["response"], row["resolution"], row["satisfaction"]):
        cells += [rate.percent, rate.numerator, rate.denominator]
    return [*cells, row["excluded"]]


@door(EXPORTERS)
def rates_behind_xlsx(request: HttpRequest, what: str) -> HttpResponse:
    """The matters or callbacks one number counts."""
    actor = actor_of(request)
    place = rates.place_behind(request, actor, what)
    since, until = rates.span_of(request)
    rows = list(rates.rows_behind(place, since, until, what)[: MOST_ROWS + 1])
    kept = [rates.line_behind(row, what) for row in rows[:MOST_ROWS]]
    asked = {"what": what, "since": since.isoformat(), "until": until.isoformat()}
    record_export(by=actor, place_id=place.id, listing="rates.behind", filters=asked, rows=len(kept))
    columns = [
        Column(_("Number"), 20),
        Column(_("Matter"), 40),
        Column(_("Result"), 18),
        Column(_("When"), 18),
    ]
    return book_response(
        title=rates.title_behind(what),
        filters=[place.name, f"{since} – {until}"],
        columns=columns,
        rows=([line["number"], line["title"], line["said"], line["at"]] for line in kept),
        has_more=len(rows) > MOST_ROWS,
    )
