"""Buildings by range: typed, previewed, made."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.founding import actions
from linli.founding.forms import BuildingsForm, said_of
from linli.founding.kinds import Stage
from linli.founding.rules import layout as rules
from linli.founding.rules.layout import Layout
from linli.founding.rules.ranges import Problem, read_buildings, read_grids
from linli.founding.web.stages import SETTERS, address, community_of, context_of
from linli.frame.doors import actor_of, door, once
from linli.kernel.clock import today
from linli.places import read as places
from linli.places.kinds import PlaceKind

SHOWN_PROBLEMS = 12


@door(SETTERS, methods=("GET", "POST"))
def buildings(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Type, look at what will be made, make it. What is there already is shown instead of asked for again."""
    row = community_of(request, community_id)
    counts = places.counts_by_kind(row.path, today())
    context = context_of(row, Stage.BUILDINGS)
    if counts.get(PlaceKind.BUILDING.value) and request.method != "POST":
        context |= {"made": _made(counts)}
        return render(request, "founding/buildings.html", context)
    form = BuildingsForm(request.POST or None)
    plan: Layout | None = None
    if form.is_bound and form.is_valid():
        plan = _plan(form)
        if plan is not None and request.POST.get("do") == "make":
            ready = plan
            return HttpResponseRedirect(once(request, lambda: _make(request, row, ready)))
    context |= {"form": form, "plan": plan, "lines": _lines(plan) if plan else []}
    return render(request, "founding/buildings.html", context, status=422 if form.errors else 200)


def _plan(form: BuildingsForm) -> Layout | None:
    """The layout of what is typed, or none with the objections beside their fields."""
    blocks, wrong = read_buildings(form.cleaned_data["buildings"])
    grids, more = read_grids(form.cleaned_data["grids"])
    _object(form, "buildings", wrong)
    _object(form, "grids", more)
    if wrong or more:
        return None
    plan = rules.lay_out(blocks, grids)
    of_blocks = {block.line for block in blocks} if not form.cleaned_data["grids"].strip() else set()
    for problem in plan.problems[:SHOWN_PROBLEMS]:
        _object(form, _field_of(problem, of_blocks), [problem])
    return None if plan.problems else plan


def _field_of(problem: Problem, of_blocks: set[int]) -> str:
    about_buildings = problem.line == 0 or problem.line in of_blocks or "in line" in problem.why.reason
    return "buildings" if about_buildings else "grids"


def _object(form: BuildingsForm, field: str, problems: list[Problem]) -> None:
    for problem in problems[:SHOWN_PROBLEMS]:
        said = said_of(problem.why)
        line = _("Line %(n)s: %(said)s") % {"n": problem.line, "said": said}
        form.add_error(field, line if problem.line else said)


def _make(request: HttpRequest, row: Any, plan: Layout) -> str:
    count = actions.lay_out_buildings(by=actor_of(request), community_id=row.id, layout=plan)
    messages.success(request, _("Made: %(count)s places, %(homes)s of them homes.")
                     % {"count": count, "homes": plan.homes})  # fmt: skip
    return address(Stage.PRACTICE, row)


def _lines(plan: Layout) -> list[dict[str, Any]]:
    """The preview: neighbours of one kind in one line, with the first and the last home of all of them."""
    groups: dict[tuple[Any, ...], list[rules.Building]] = defaultdict(list)
    for each in plan.buildings:
        groups[each.grid, each.estate, each.entrances, each.floors, each.homes].append(each)
    return [_line(group) for group in groups.values()]


def _line(group: list[rules.Building]) -> dict[str, Any]:
    first, last = group[0], group[-1]
    begin, end = rules.ends_of(first), rules.ends_of(last)
    count = len(group)
    return {
        "names": first.name if count == 1 else f"{first.name} – {last.name}",
        "count": count,
        "where": " · ".join(part for part in (first.grid, first.estate) if part),
        "each": first,
        "homes": sum(each.all_homes for each in group),
        "first": f"{first.name} {begin.first}",
        "last": f"{last.name} {end.last}",
        "codes": f"{begin.first_code} … {end.last_code}",
    }


def _made(counts: dict[str, int]) -> dict[str, int]:
    wanted = {
        "grids": PlaceKind.GRID,
        "estates": PlaceKind.COURTYARD,
        "buildings": PlaceKind.BUILDING,
        "entrances": PlaceKind.ENTRANCE,
        "homes": PlaceKind.HOME,
    }
    return {name: counts.get(kind.value, 0) for name, kind in wanted.items()}
