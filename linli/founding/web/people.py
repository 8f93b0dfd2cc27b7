"""The way of working, the posts it needs with their first holders, and their slips."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from linli.founding import actions, read
from linli.founding.actions import Name
from linli.founding.forms import PracticeForm, SeatForm
from linli.founding.kinds import Stage
from linli.founding.web.stages import SETTERS, address, community_of, context_of
from linli.frame.doors import actor_of, door, explain, once
from linli.kernel.clock import now, today
from linli.kernel.decision import Refused
from linli.matters.procedures.drawing import draw
from linli.matters.procedures.loader import DEFAULT_PRACTICE
from linli.matters.read import settings as matter_settings
from linli.matters.wording import in_words
from linli.organizations import read as organizations
from linli.organizations.kinds import OrganizationKind
from linli.places import read as places
from linli.places.kinds import PlaceKind


@door(SETTERS, methods=("GET", "POST"))
def practice(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Choose one of the practices that came along, each told in a line and drawn."""
    row = community_of(request, community_id)
    shown = [_shown(each) for each in read.shipped()]
    adopted = matter_settings.adopted_procedures(row.id)
    followed = adopted[0].procedure.practice if adopted else DEFAULT_PRACTICE
    names = [(each["code"], each["name"]) for each in shown]
    form = PracticeForm(request.POST or None, practices=names, initial={"practice": followed})

    def act() -> str:
        code = form.cleaned_data["practice"]
        actions.choose_practice(by=actor_of(request), community_id=row.id, code=code)
        return address(Stage.POSTS, row)

    if form.is_bound and form.is_valid():
        return HttpResponseRedirect(once(request, act))
    context = context_of(row, Stage.PRACTICE)
    context |= {"form": form, "practices": shown, "followed": followed, "has_one": bool(adopted)}
    return render(request, "founding/practice.html", context, status=422 if form.errors else 200)


def _shown(each: Any) -> dict[str, Any]:
    language = get_language() or "zh-hans"
    first = each.procedures[0]
    return {
        "code": each.code,
        "name": in_words(each.practice.name),
        "place": in_words(each.practice.place),
        "summary": in_words(each.practice.summary),
        "stations": [in_words(step.short) for step in first.stations()],
        "drawing": mark_safe(draw(first, language)),  # drawn here, every word escaped
    }


@door(SETTERS, methods=("GET", "POST"))
def posts(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Every post the practice needs, the widest first: a name and a number, or vacant."""
    row = community_of(request, community_id)
    rows = [_seat(seat, request.POST or None) for seat in read.seats(row)]
    open_forms = [each["form"] for each in rows if each["form"] is not None]
    context = context_of(row, Stage.POSTS) | {"rows": rows}
    if request.method == "POST" and all(form.is_valid() for form in open_forms):
        try:
            return HttpResponseRedirect(once(request, lambda: _fill(request, row, rows)))
        except Refused as refusal:
            if refusal.status < 409:
                raise
            context["refusal"] = explain(refusal)
    wrong = request.method == "POST"
    return render(request, "founding/posts.html", context, status=422 if wrong else 200)


def _seat(seat: read.Seat, data: Any) -> dict[str, Any]:
    need = seat.need
    form = None if seat.holders else SeatForm(data, prefix=f"{need.kind}.{need.ground.id}")
    return {
        "need": need,
        "title": in_words(read.kinds()[need.kind].title),
        "place": need.ground.name,
        "holders": _(", ").join(holder.name for holder in seat.holders),
        "form": form,
    }


def _fill(request: HttpRequest, row: Any, rows: list[dict[str, Any]]) -> str:
    names = [
        Name(
            each["need"].kind,
            each["need"].ground.id,
            each["form"].cleaned_data["name"],
            each["form"].cleaned_data["phone"],
        )
        for each in rows
        if each["form"] is not None
    ]
    bodies = _bodies(row)
    count = actions.fill_posts(by=actor_of(request), community_id=row.id, names=names, bodies=bodies)
    said = ngettext("%(n)s person appointed.", "%(n)s people appointed.", count)
    messages.success(request, said % {"n": count})
    return address(Stage.UNITS, row)


def _bodies(row: Any) -> dict[str, str]:
    """What organizations are called that are not there yet, in the installation's language."""
    named = {each.kind: each.name for each in places.chain(row)}
    with override(settings.LANGUAGE_CODE):
        return {
            OrganizationKind.DISTRICT.value: _("%(district)s dispatch centre")
            % {"district": named.get(PlaceKind.DIVISION.value, "")},
            OrganizationKind.STREET_OFFICE.value: _("%(street)s street office")
            % {"street": named.get(PlaceKind.STREET.value, "")},
            OrganizationKind.RESIDENTS_COMMITTEE.value: _("%(community)s residents' committee")
            % {"community": row.name},
            OrganizationKind.OWNERS_COMMITTEE.value: _("%(community)s owners' committee")
            % {"community": row.name},
        }


@door(SETTERS)
def slips(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Who needs a slip to sign in, who has one, who is in."""
    row = community_of(request, community_id)
    language = get_language() or ""
    rows = [
        {
            "who": each,
            "posts": _(", ").join(organizations.post_title(post, language) for post in each.posts),
            "expired": each.invitation is not None and each.invitation.expires_at <= now(),
            "chosen": not each.has_account and each.invitation is None,
        }
        for each in read.holders(row, today())
    ]
    context = context_of(row, Stage.SLIPS)
    context |= {
        "rows": rows,
        "waiting": any(each["chosen"] for each in rows),
        "here": address(Stage.SLIPS, row),
    }
    return render(request, "founding/slips.html", context)
