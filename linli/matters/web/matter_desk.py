"""Everything of one matter on one screen, and the door through which staff act on it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.audit import policies as audit_policies
from linli.frame.doors import actor_of, door, explain, once, told_in
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused
from linli.matters import policies
from linli.matters.forms import handling
from linli.matters.kinds import State
from linli.matters.procedures.kinds import StationState
from linli.matters.read import desk as read
from linli.matters.read import one
from linli.matters.rules import steps
from linli.matters.rules.ties import Ties
from linli.matters.web import case, desk_buttons, desk_story, desk_triage, for_groups, order_cards
from linli.matters.web.desk import DESK
from linli.matters.web.desk_acts import ACTS, open_phone
from linli.matters.web.desk_items import LISTS, kept_in, shown, with_query
from linli.matters.wording import (
    CHANNEL_LABELS,
    KIND_LABELS,
    OUTCOME_LABELS,
    STATE_LABELS,
    URGENCY_SHORT_LABELS,
    URGENCY_TONES,
    category_title,
    in_words,
    level_title,
    moment,
)
from linli.places import read as places

Bound = Mapping[str, forms.Form]


@door(DESK)
def matter(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """The page of a matter."""
    found = one.matter(matter_id)
    elsewhere = page_elsewhere(request, found)
    return HttpResponseRedirect(elsewhere) if elsewhere else page(request, found)


def page_elsewhere(request: HttpRequest, found: Any) -> str:
    """Where somebody who is not staff of the place finds this matter; refused as not there when nowhere."""
    actor = actor_of(request)
    if policies.is_staff(actor, found):
        return ""
    ties = one.ties(actor, found)
    if ties.supervises:
        return ""
    if ties.handles_order:
        mine = next(order for order in one.orders(found) if order.handler_id in actor.posts)
        return reverse("desk:order", args=[mine.id])
    if ties.is_party:
        return f"/my/{found.id}/"
    raise Refused(one.NOT_THERE, status=MISSING)


@door(DESK, methods=("GET", "POST"))
def act(request: HttpRequest, matter_id: UUID, name: str) -> HttpResponse:
    """One act of the page. What cannot be understood comes back with what was typed."""
    found, chosen = one.matter(matter_id), ACTS.get(name)
    here = address(request, found.id)
    if request.method != "POST":
        return HttpResponseRedirect(here)
    if page_elsewhere(request, found) or chosen is None:
        raise Refused(one.NOT_THERE, status=MISSING)
    form = desk_buttons.form_for(name, found, actor_of(request), request.POST, request.FILES)
    if not form.is_valid():
        return page(request, found, {name: form}, UNPROCESSABLE)

    def run() -> str:
        messages.success(request, chosen.do(request, found, form.cleaned_data))
        return here

    try:
        target = once(request, run)
    except Refused as refusal:
        told_in(form, refusal)
        return page(request, one.matter(matter_id), {name: form}, UNPROCESSABLE)
    return HttpResponseRedirect(
        target if policies.is_staff(actor_of(request), one.matter(matter_id)) else "/desk/"
    )


@door(DESK, methods=("POST",))
def raiser_phone(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """说明用途后查看: the number once, for a stated purpose, on a page nothing keeps."""
    found = one.matter(matter_id)
    if page_elsewhere(request, found) or not policies.may_see_raiser(actor_of(request), found):
        raise Refused(one.NOT_THERE, status=MISSING)
    form = handling.OpenPhoneForm(request.POST)
    if not form.is_valid():
        raise Refused("Say what you need the number for; the record keeps it.", status=UNPROCESSABLE)
    number = open_phone(request, found, form.cleaned_data)
    response = page(request, found, opened={form.cleaned_data["person"]: number})
    response["Cache-Control"] = "no-store"
    return response


def address(request: HttpRequest, matter_id: UUID) -> str:
    """The matter's page within the list it was opened from."""
    return with_query(reverse("desk:matter", args=[matter_id]), kept_in(request))


def page(
    request: HttpRequest,
    found: Any,
    bound: Bound | None = None,
    status: int = 200,
    opened: Mapping[UUID, str] | None = None,
) -> HttpResponse:
    """Draw the page; `bound` are forms that came back, `opened` a number just shown."""
    actor, code = actor_of(request), request.GET.get("in", "mine")
    selected = request.GET.get("order", "") or str(found.id)
    told = desk_story.read_story(found)
    request.desk_list = code  # type: ignore[attr-defined]  # the sidebar marks the list this came from
    kept = kept_in(request)
    bound = bound or {}
    new = found.triaged_at is None and bool(policies.may_triage(actor, found))
    triage_form: Any = bound.get("triage")
    context = {
        "list": shown(request, code if code in LISTS else "mine", selected),
        "may_enter": True,
        "m": found,
        "point": case.point_of(actor, found, Ties()),
        "query": with_query("", kept),
        "head": _head(found, told, actor, opened or {}),
        "where": _where(found, told),
        "stations": _stations(found, told),
        "proposal": desk_triage.propose(found, actor, triage_form) if new else None,
        "moves": _moves(found, told, actor),
        "moved": bound.get("move"),
        "parties": _parties(found, told, actor),
        "missing": _missing(found, told),
        "orders": order_cards.cards(
            request,
            told.orders,
            order_cards.Who(told.names, told.posts),
            at_matter=True,
            on=request.GET.get("order", ""),
        ),
        "photos": [order_cards.photo_of(row) for row in one.attachments(found, internal=False)],
        "story": desk_story.story(told),
        "b": desk_buttons.buttons(found, told, actor, bound),
        "wrong": next((form for form in bound.values() if form.non_field_errors()), None),
        "copy": for_groups.of_matter(request, found, told.procedure),
        "may_audit": bool(audit_policies.may_read(actor, found.place_path)),
    }
    return render(request, "matters/desk/matter.html", context, status=status)


def _head(found: Any, told: desk_story.Told, actor: Any, opened: Mapping[UUID, str]) -> dict[str, Any]:
    shown_raisers, first = [], 0 if found.raised_by_id is None else 1
    if policies.may_see_raiser(actor, found):
        for raiser in read.raisers(told.around.callbacks, told.raiser_ids):
            form = handling.OpenPhoneForm(initial={"person": raiser.id}, auto_id=f"open_{raiser.id}_%s")
            number = opened.get(raiser.id, "")
            is_first = raiser.id == found.raised_by_id
            shown_raisers.append({"raiser": raiser, "form": form, "opened": number, "first": is_first})
    over = [found.number, moment(found.raised_at), str(CHANNEL_LABELS.get(found.channel, ""))]
    inside = places.address(found.place) if found.place_id != found.community_id else ""
    return {
        "over": " · ".join(part for part in over if part),
        "place": " ".join(part for part in (found.community.name, inside, found.where) if part),
        "raisers": shown_raisers[:first],
        "joined": shown_raisers[first:],
        "opened": bool(opened),
        "entered_by": told.name(found.entered_by_id),
    }


def _where(found: Any, told: desk_story.Told) -> dict[str, Any]:
    """Who holds it until when, and what it was sorted as."""
    facts = [{"label": _("Sort of matter"), "value": KIND_LABELS.get(found.kind, found.kind)}]
    if found.triaged_at:
        facts = [
            {"label": _("Category"), "value": category_title(found.category) or "—"},
            {"label": _("How to settle it"), "value": level_title(found.level) or "—"},
        ]
    facts.append({"label": _("Promised by"), "value": moment(found.promised_at)})
    if found.contacted_at:
        facts.append({"label": _("First contact"), "value": moment(found.contacted_at)})
    return {
        "holder": told.acting(found.holder_id),
        "claimed": told.names.get(found.claimed_by_id, "") if found.claimed_by_id else "",
        "facts": facts,
        "urgency": URGENCY_SHORT_LABELS.get(found.urgency, ""),
        "urgency_tone": URGENCY_TONES.get(found.urgency, "plain"),
        "state": OUTCOME_LABELS[found.outcome] if found.state == State.CLOSED else STATE_LABELS[found.state],
        "procedure": in_words(told.procedure.title),
    }


def _stations(found: Any, told: desk_story.Told) -> list[dict[str, Any]]:
    closed = found.state == State.CLOSED
    states = told.procedure.station_states(
        [step.key for step in told.steps], None if closed else found.step_key
    )
    names = {StationState.DONE: "done", StationState.NOW: "now"}
    return [
        {
            "label": in_words(station.short),
            "state": names.get(station.state, "next"),
            "late": station.state is StationState.NOW and desk_buttons.is_late(found),
        }
        for station in states
    ]


def _moves(found: Any, told: desk_story.Told, actor: Any) -> list[dict[str, Any]]:
    if not policies.may_move(actor, found):
        return []
    return [
        {
            "to": f"{move.target}:{move.verb.value}",
            "label": in_words(move.title),
            "primary": number == 0,
            "confirm": _("This ends the matter. The raiser is told how it ended.") if move.is_final else "",
        }
        for number, move in enumerate(told.procedure.moves_from(found.step_key))
    ]


def _parties(found: Any, told: desk_story.Told, actor: Any) -> list[tuple[str, str]]:
    """Those the present step offers to take part: how they are kept, how they are called."""
    if not policies.may_move(actor, found):
        return []
    return [(each.zh, in_words(each)) for each in told.procedure.step(found.step_key).parties]


def _missing(found: Any, told: desk_story.Told) -> list[str]:
    """What leaving this step still needs, in words."""
    if found.state == State.CLOSED:
        return []
    needs = told.procedure.step(found.step_key).needs
    if not needs:
        return []
    facts = one.facts(found, told.stay)
    return [explain(steps.lacking(need, facts)) for need in steps.missing(needs, facts)]
