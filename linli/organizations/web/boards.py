"""Boards for printing: on a building, and at an estate's gate. Public: they hang in the street."""

from typing import Any
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.frame.doors import ANYONE, door
from linli.frame.for_groups import composed, said
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused
from linli.organizations import read
from linli.organizations.web.words import ON_BOARDS, duty_label, duty_rank
from linli.places import read as places
from linli.places.kinds import PlaceKind

ESTATES = frozenset({PlaceKind.COMMUNITY, PlaceKind.GRID, PlaceKind.COURTYARD})


@door(ANYONE)
def building_board(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """居民公示牌: whom the people of this building turn to, with the office's phone."""
    row = _open(place_id, frozenset({PlaceKind.BUILDING}))
    context = _context(request, row, _("Who looks after this building"))
    context["lines"] = _lines(read.building_board(row, today()))
    context["copy"] = _for_group(request, context)
    return render(request, "organizations/board.html", context)


@door(ANYONE)
def estate_board(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """责任公示牌: who answers for this estate, and which unit for what."""
    row = _open(place_id, ESTATES)
    board = read.estate_board(row, today())
    context = _context(request, row, _("Who answers for what here"))
    context["lines"] = _lines(board.lines)
    shown = sorted((unit for unit in board.units if unit.duty in ON_BOARDS), key=_rank)
    context["units"] = [(duty_label(unit.duty), unit.organization) for unit in shown]
    context["copy"] = _for_group(request, context)
    return render(request, "organizations/board.html", context)


def _rank(unit: Any) -> int:
    return duty_rank(unit.duty)


def _open(place_id: UUID, kinds: frozenset[PlaceKind]) -> Any:
    row = places.place(place_id)
    if row is None or PlaceKind(row.kind) not in kinds or (row.closed_on and row.closed_on <= today()):
        raise Refused("There is no board for this place.", status=MISSING)
    return row


def _context(request: HttpRequest, row: Any, title: str) -> dict[str, Any]:
    line = places.chain(row)
    return {
        "place": row,
        "title": title,
        "where": " ".join(each.name for each in line if each.kind not in ("division", "street")),
        "street": " ".join(each.name for each in line if each.kind in ("division", "street")),
        "qr": qr_code(_to_say(request, row)),
        "day": today(),
    }


def _to_say(request: HttpRequest, row: Any) -> str:
    return request.build_absolute_uri(f"/say/?place={row.id}")


def _for_group(request: HttpRequest, board: dict[str, Any]) -> str:
    """The board as words for a chat group: posts with who holds them, units with what they do."""
    lines = [
        said(line["title"], f"{line['names'] or _('Vacant')} {line['phone']}".strip())
        for line in board["lines"]
    ]
    lines += [said(duty, f"{unit.name} {unit.phone}".strip()) for duty, unit in board.get("units", [])]
    lines.append(said(_("Say something"), _to_say(request, board["place"])))
    return composed(board["where"], board["title"], lines, request.build_absolute_uri())


def _lines(board: list[Any]) -> list[dict[str, Any]]:
    language = get_language() or ""
    return [
        {
            "title": read.kind_title(line.post.kind, language),
            "names": _(", ").join(line.names),
            "phone": line.phone,
        }
        for line in board
    ]


def qr_code(text: str) -> SafeString:
    """The text as an SVG of squares, which prints sharp at any size."""
    return mark_safe(segno.make(text, error="m").svg_inline(scale=4, border=2, omitsize=True))
