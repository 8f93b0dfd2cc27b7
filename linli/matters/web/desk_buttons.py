"""Which acts a matter's page offers, and the forms behind them. Policies decide; nothing is greyed out."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.references import Reference
from linli.matters import policies
from linli.matters.forms import handling
from linli.matters.kinds import (
    BEGUN_OPENINGS,
    CODED_OPENINGS,
    DECIDING_OPENINGS,
    OpeningKind,
    OrderState,
    State,
)
from linli.matters.procedures.kinds import Need
from linli.matters.read import desk, one, posted
from linli.matters.rules.orders import STOPS_AT_END, all_wait
from linli.matters.web import desk_story
from linli.matters.web.case import title_for_others
from linli.matters.web.desk_acts import ACTS
from linli.matters.web.desk_items import with_query
from linli.matters.web.desk_triage import unit_choices
from linli.matters.wording import BEGIN_LABELS, OPENING_LABELS
from linli.places import read as places
from linli.places.kinds import PlaceKind

Bound = Mapping[str, forms.Form]


def form_for(
    name: str,
    matter: Any,
    actor: Actor,
    data: Any = None,
    files: Any = None,
    orders: list[Any] | None = None,
) -> forms.Form:
    """The form of an act with the choices that fit this matter; `orders` where the matter's are at hand."""
    options: dict[str, Any] = {"auto_id": f"{name}_%s"}
    if name == "triage":
        options["units"] = unit_choices(matter.place_path)
    elif name in ("chase", "supervise"):
        options["whom"] = whom(one.orders(matter) if orders is None else orders)
    elif name == "hand-over":
        options["communities"] = other_communities(matter)
    elif name == "say":
        options["kinds"] = kinds_of_saying(actor, matter)
    return ACTS[name].form(data, files, **options)


def whom(orders: list[Any]) -> list[tuple[str, str]]:
    """Whom one may chase: the units with a running order, or whoever holds the matter."""
    running = [order for order in orders if order.state not in STOPS_AT_END]
    if not running:
        return []
    return [*((str(order.id), order.unit.name) for order in running), ("", _("Whoever holds the matter"))]


def other_communities(matter: Any) -> list[tuple[str, str]]:
    """The communities of the same district a matter could belong to."""
    labels = matter.community.path.strip("/").split("/")
    street = "/" + "/".join(labels[:-2]) + "/" if len(labels) > 2 else "/"
    found = places.communities(street, clock.today()).exclude(id=matter.community_id)
    return [(str(row.id), row.name) for row in found]


def kinds_of_saying(actor: Actor, matter: Any) -> tuple[str, ...]:
    """How the actor may speak on this matter."""
    kinds: tuple[str, ...] = ("answer",) if policies.may_answer(actor, matter) else ()
    return (*kinds, "contact", "note") if policies.may_note(actor, matter) else kinds


def is_late(matter: Any) -> bool:
    """Whether the step's limit has passed while its clock runs."""
    return matter.state == State.OPEN and matter.step_due_at is not None and matter.step_due_at < clock.now()


def buttons(matter: Any, told: desk_story.Told, actor: Actor, bound: Bound) -> dict[str, Any]:
    """Everything the page offers besides its moves: a form, or True for a bare button."""
    found: dict[str, Any] = {}

    def offer(name: str, allowed: Any) -> None:
        if allowed:
            key = name.replace("-", "_")
            found[key] = bound.get(name) or _fresh(name, matter, actor, told)

    mine = matter.claimed_by_id == actor.person_id and matter.claimed_by_id is not None
    offer("say", kinds_of_saying(actor, matter))
    offer("claim", policies.may_claim(actor, matter) and not mine)
    offer("release", policies.may_claim(actor, matter) and mine)
    offer("suspend", policies.may_suspend(actor, matter))
    offer("resume", policies.may_resume(actor, matter))
    offer("chase", policies.is_staff(actor, matter) and matter.state != State.CLOSED)
    offer("supervise", policies.may_supervise(actor, matter))
    offer("relocate", policies.may_triage(actor, matter))
    offer("hand-over", policies.may_hand_over(actor, matter))
    offer("sort-again", policies.may_sort_again(actor, matter))
    offer("merge", policies.may_merge(actor, matter, matter))
    offer("split", policies.may_split(actor, matter))
    offer("postpone", policies.may_postpone(actor, matter))
    offer("publish", policies.may_publish(actor, matter))
    offer("unpublish", matter.published_at and policies.may_unpublish(actor, matter))
    offer("attach", policies.is_staff(actor, matter))
    asked = told.around.exclusion
    offer("exclude", asked is None and policies.may_ask_exclusion(actor, matter))
    if asked is not None and asked.approved_at is None:
        offer("approve-exclusion", policies.may_approve_exclusion(actor, matter, asked.asked_by_id))
    found["exclusion"] = asked
    found["issue"] = bool(policies.may_issue(actor, matter, whistle=False))
    found["whistle"] = bool(policies.may_issue(actor, matter, whistle=True))
    found["forbidden"] = matter.forbids_publication
    found["suspension"] = told.around.suspension
    found["instructions"] = _instructions(told, actor, bound)
    found["openings"] = _openings(matter, told, actor, bound)
    found["callbacks"] = _callbacks(matter, told, actor, bound)
    found["running"] = any(order.state not in STOPS_AT_END for order in told.orders)
    found["all_wait"] = matter.state == State.OPEN and all_wait(
        (OrderState(order.state), order.suspended_at is not None) for order in told.orders
    )
    found["to_verify"] = any(order.state == OrderState.REPORTED for order in told.orders)
    found["link"] = place_link(matter)
    return found


def _fresh(name: str, matter: Any, actor: Actor, told: desk_story.Told) -> forms.Form:
    form = form_for(name, matter, actor, orders=told.orders)
    if name == "sort-again":
        form.initial = {"category": matter.category, "level": matter.level}
    elif name == "publish":
        form.initial = {"title": matter.public_title or "", "summary": matter.public_summary or ""}
    return form


def _instructions(told: desk_story.Told, actor: Actor, bound: Bound) -> list[dict[str, Any]]:
    """Supervision that waits for one of the actor's posts."""
    rows = []
    for watch in told.around.supervisions:
        if watch.answered_at is None and watch.post_id in actor.posts:
            initial = {"supervision": watch.id}
            form = bound.get("instruct") or handling.InstructForm(initial=initial, auto_id=f"i{watch.id}_%s")
            rows.append({"watch": watch, "post": told.post(watch.post_id), "form": form})
    return rows


def _openings(matter: Any, told: desk_story.Told, actor: Actor, bound: Bound) -> list[dict[str, Any]]:
    """Meetings, ballots, works and opinion maps this step opened: their names, and the form while nothing is
    recorded. What has no code of its own can be done without, unless the step waits for it."""
    rows = []
    for opening in one.openings(told.stay):
        if opening.kind not in BEGUN_OPENINGS:
            continue
        form: Any = None
        waits = opening.recorded_at is None and bool(policies.may_move(actor, matter))
        awaited = Need.OUTCOME in told.procedure.step(matter.step_key).needs
        by_hand = opening.kind in CODED_OPENINGS or (awaited and opening.kind in DECIDING_OPENINGS)
        if waits and by_hand:
            initial = {"opening": opening.id, "held_on": clock.today()}
            form = bound.get("outcome") or handling.OutcomeForm(initial=initial, auto_id=f"o{opening.id}_%s")
        title = told.procedure.name_of(opening.code, told.language) or str(OPENING_LABELS[opening.kind])
        sheet = posted.hanging(opening.id) if opening.kind == OpeningKind.POSTING else None
        waits = waits and sheet is None
        leads = waits or (opening.kind == OpeningKind.SHARES and bool(policies.may_move(actor, matter)))
        begin = _begin(opening, matter) if leads else None
        rows.append({"opening": opening, "title": title, "form": form, "begin": begin, "sheet": sheet})
    return rows


def _begin(opening: Any, matter: Any) -> dict[str, Any]:
    """The button that leads where it is begun; what comes of it is told to this opening."""
    asked = {"asked": str(Reference("opening", opening.id)), "title": title_for_others(matter)}
    if opening.kind in (OpeningKind.BALLOT, OpeningKind.OPINIONS):
        asked["place"] = str(matter.place_id)
    if opening.kind == OpeningKind.BALLOT:
        asked["rule"] = opening.code
    icon, label = BEGIN_LABELS[opening.kind]
    return {"url": with_query(reverse(settings.OPENERS[opening.kind]), asked), "icon": icon, "label": label}


def _callbacks(matter: Any, told: desk_story.Told, actor: Actor, bound: Bound) -> list[dict[str, Any]]:
    """One form per raiser, once there is something to ask about."""
    opens = (
        told.procedure.step(matter.step_key).opens_kind(OpeningKind.EVALUATION)
        if matter.step_key in {step.key for step in told.procedure.steps}
        else False
    )
    if not (opens or matter.state == State.CLOSED):
        return []
    if not policies.may_call_back(actor, matter, one.workers(matter)):
        return []
    seen = policies.may_see_raiser(actor, matter)
    names: dict[UUID | None, str] = {}
    if seen:
        names = {row.id: row.name for row in desk.raisers(told.around.callbacks, told.raiser_ids)}
    asked: list[UUID | None] = [*told.raiser_ids] or ([None] if matter.anonymous else [])
    rows = []
    for number, raiser_id in enumerate(asked):
        initial = {"raiser": raiser_id or ""}
        form: Any = bound.get("call-back")
        if form is None or form["raiser"].value() != str(raiser_id or ""):
            form = handling.CallBackForm(initial=initial, auto_id=f"c{number}_%s")
        name = names.get(raiser_id) or _("The raiser")
        valid = [row for row in told.around.callbacks if row.raiser_id == raiser_id and not row.superseded]
        rows.append({"number": number, "name": name, "form": form, "last": valid[-1] if valid else None})
    return rows


def place_link(matter: Any) -> str:
    """The desk's page of the place, where it is finer than the community."""
    return f"/desk/places/{matter.place_id}/" if matter.place.kind != PlaceKind.COMMUNITY else ""
