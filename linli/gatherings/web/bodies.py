"""One body at the desk: its rules, members, what waits for it, its meetings, and planning the next."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door, status_of, told_in
from linli.gatherings import actions, policies, wording
from linli.gatherings.actions.calling import Plan
from linli.gatherings.forms.calling import BodyForm, HouseForm, MemberForm, PlanForm
from linli.gatherings.kinds import BodyKind, Counted, Entitled, Power, Role
from linli.gatherings.read import bodies as read
from linli.gatherings.read import duties as read_duties
from linli.gatherings.read import gatherings as read_gatherings
from linli.gatherings.read import minutes_templates as templates
from linli.gatherings.read import owners, residents, seats
from linli.gatherings.read import petitions as read_petitions
from linli.gatherings.rules.bodies import STANDINGS
from linli.gatherings.rules.composition import Said
from linli.gatherings.rules.duties import AFTER_ELECTION
from linli.gatherings.rules.meetings import earliest_day
from linli.gatherings.web.appraising import office_of
from linli.gatherings.web.asking import HOLDERS, id_of
from linli.gatherings.web.deciding import ballot_page
from linli.gatherings.web.desk import listed
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused, require
from linli.organizations import read as organizations

MOST_PAST = 20


def _address(body_id: UUID) -> str:
    return reverse("gatherings_desk:body", args=[body_id])


def _kept(actor: Actor, body_id: UUID) -> Any:
    """A body of this actor's places; others are not there for them."""
    row = read.body(body_id)
    require(policies.may_keep_bodies(actor, row.place.path), status=MISSING)
    return row


@door(HOLDERS)
def body(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """When it is due, who belongs to it, what waits for it, and what it has met for."""
    actor = actor_of(request)
    row = _kept(actor, body_id)
    [due] = read.dues([row])
    members = read.members(row.pk, today())
    context = {
        "b": row,
        "due": due,
        "standing": STANDINGS[BodyKind(row.kind)],
        "members": members,
        "points": [
            {"asks": _said(point.asks), "lacks": [_said(each) for each in point.lacks], "met": point.is_met}
            for point in seats.points(row, members, today())
        ],
        "office": office_of(row, members),
        "duties": [(each, ballot_page(each.row)) for each in read_duties.of_body(row.pk, today())],
        "can_be_elected": BodyKind(row.kind) in AFTER_ELECTION,
        "waiting": read.waiting(row.pk),
        "calls": STANDINGS[BodyKind(row.kind)].law.calls,
        "petitions": read_petitions.standing(read_petitions.open_petitions(row.pk), today()),
        "past": list(read_gatherings.of_body(row.pk)[:MOST_PAST]),
        "ics": request.build_absolute_uri(reverse("gatherings:body_ics", args=[row.pk])),
        "q": request.GET.get("q", "").strip()[:40],
        **listed(request, actor, over=False),
    }
    context["member_form"] = _member_form(row, context["q"])
    return render(request, "gatherings/desk/body.html", context)


def _said(said: Said) -> str:
    """A sentence of the rules in the reader's language."""
    return _(said.words) % said.params


def _member_form(row: Any, words: str, posted: Any = None) -> MemberForm:
    found = read_gatherings.found_people(words, row.place.path) if words else []
    return MemberForm(
        posted,
        kind=BodyKind(row.kind),
        people=[(each.pk, each.name) for each in found],
        units=[(each.pk, each.name) for each in organizations.organizations_over(row.place.path, today())],
        areas=[(place.pk, written) for place, written in read.areas_of(row.place.path)],
        initial={"role": Role.MEMBER.value},
    )


@door(HOLDERS, methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Begin a body with the rules of its kind."""
    actor = actor_of(request)
    places = [(place.pk, written) for place, written in read.places_to_meet_in(actor, Power.HOLD)]
    form = BodyForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            row = actions.form_body(
                by=actor, place_id=said["place"], kind=BodyKind(said["kind"]), name=said["name"]
            )
            return _address(row.pk)

        try:
            return done(request, act, _("The body is formed. Name its members next."))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"form": form, **listed(request, actor, over=False)}
    return render(request, "gatherings/desk/body_new.html", context, status=status_of(form))


@door(HOLDERS, methods=("GET", "POST"))
def house(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """A body's house rules: stricter than the law, never laxer."""
    actor = actor_of(request)
    row = _kept(actor, body_id)
    names = ("name", "every_months", "notice_days", "quorum", "proxies_most", "is_public", "video_base")
    form = HouseForm(
        request.POST or None,
        templates=[(each.pk, each.name) for each in templates.usable_at(row.place.path)],
        initial={name: getattr(row, name) for name in names} | {"template": row.minutes_template_id},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            actions.change_body(
                by=actor,
                body_id=row.pk,
                name=said["name"],
                rules=form.house_rules(),
                is_public=said["is_public"],
                video_base=said["video_base"],
                template_id=said["template"],
            )
            return _address(row.pk)

        try:
            return done(request, act, _("Saved. Meetings already planned keep their rules."))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"form": form, "b": row, **listed(request, actor, over=False)}
    return render(request, "gatherings/desk/house.html", context, status=status_of(form))


@door(HOLDERS, methods=("POST",))
def member(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """Take somebody into the body."""
    actor = actor_of(request)
    row = _kept(actor, body_id)
    form = _member_form(row, request.POST.get("q", "").strip()[:40], request.POST)
    if not form.is_valid():
        raise Refused("Choose a person or a unit, and days of the calendar.", status=422)
    said = form.cleaned_data

    def act() -> str:
        actions.name_member(
            by=actor,
            body_id=row.pk,
            role=Role(said["role"]),
            person_id=said.get("person"),
            organization_id=said["unit"],
            liaison_id=said["liaison"],
            starts=said["starts"],
            ends=said.get("ends"),
        )
        return _address(row.pk)

    return done(request, act, _("Named."))


@door(HOLDERS, methods=("POST",))
def leave(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Somebody leaves the body today."""
    actor, body_id = actor_of(request), id_of(request, "body")

    def act() -> str:
        actions.end_membership(by=actor, membership_id=membership_id)
        return _address(body_id)

    return done(request, act, _("They have left the body."))


@door(HOLDERS, methods=("POST",))
def wait(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """Let something wait for the body's next meeting."""
    actor, title = actor_of(request), request.POST.get("title", "")

    def act() -> str:
        actions.await_item(by=actor, body_id=body_id, title=title)
        return _address(body_id)

    return done(request, act, _("It waits for the next meeting."))


@door(HOLDERS, methods=("GET", "POST"))
def plan(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """Plan the next meeting; the first day its notice allows is said, and a day too near is refused."""
    actor = actor_of(request)
    row = _kept(actor, body_id)
    kind = BodyKind(row.kind)
    earliest = earliest_day(today(), row.notice_days)
    room = read_gatherings.last_room(row.pk) or row.place.name
    start = {"title": row.name, "room": room, "starts_at": f"{earliest}T14:30"}
    entitled, path = STANDINGS[kind].entitled, row.place.path
    found = residents.numbers_in(path, today()) if entitled is Entitled.RESIDENTS else None
    owned = owners.entitled_in(path, today()) if entitled is Entitled.OWNERS else None
    petitions = read_petitions.standing(read_petitions.open_petitions(row.pk), today())
    asked = [
        (each.row.pk, _("%(who)s: %(callers)s of %(whole)s") % {
            "who": wording.CALLED_LABELS[each.row.asked_by], "callers": each.callers, "whole": each.whole,
        })
        for each in petitions
    ]  # fmt: skip
    start["petition"] = request.GET.get("petition", "")
    form = PlanForm(
        request.POST or None, kind=kind, found=found, owners=owned, petitions=asked, initial=start
    )
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            made = actions.plan(by=actor, body_id=row.pk, plan=_plan(form))
            return reverse("gatherings_desk:meeting", args=[made.pk])

        try:
            return done(request, act, _("Planned. Look the agenda over, then send the notice."))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {
        "form": form,
        "b": row,
        "earliest": earliest,
        "calls": [
            {
                "who": wording.CALLED_LABELS[way],
                "share": share.fraction,
                "least": share.least(owned.heads) if owned and owned.heads else None,
                "whole": owned.heads if owned else None,
            }
            for way, share in STANDINGS[kind].law.calls.items()
        ],
        "owners": owned,
        "waiting": read.waiting(row.pk),
        **listed(request, actor, over=False),
    }
    return render(request, "gatherings/desk/plan.html", context, status=status_of(form))


def _plan(form: PlanForm) -> Plan:
    said = form.cleaned_data
    return Plan(
        title=said["title"],
        starts_at=said["starts_at"],
        room=said["room"],
        minutes=said["minutes"],
        entitled=said.get("entitled"),
        area_entitled=form.area_entitled(),
        counted=Counted(said.get("counted") or Counted.ADULTS),
        correction=said.get("correction", ""),
        petition_id=said.get("petition"),
        urgent_reason=said.get("urgent_reason", ""),
    )
