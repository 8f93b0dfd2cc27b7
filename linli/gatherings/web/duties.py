"""What follows an election at the desk: noted, written down as done with where it was filed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door, status_of, told_in
from linli.gatherings import actions, policies, wording
from linli.gatherings.forms.duties import DoneForm, ElectionForm
from linli.gatherings.kinds import BodyKind, DutyKind
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import duties as read
from linli.gatherings.rules import duties as rules
from linli.gatherings.web.asking import HOLDERS
from linli.gatherings.web.desk import listed
from linli.kernel.decision import MISSING, Refused, require


@door(HOLDERS, methods=("GET", "POST"))
def elected(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """Note an election that was no ballot here; what has to follow begins to run."""
    actor, row = actor_of(request), read_bodies.body(body_id)
    require(policies.may_keep_bodies(actor, row.place.path), status=MISSING)
    if BodyKind(row.kind) not in rules.AFTER_ELECTION:
        raise Refused("This page is not here.", status=MISSING)
    form = ElectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return done(
                request,
                lambda: actions.note_election(
                    by=actor, body_id=row.pk, elected_on=form.cleaned_data["elected_on"]
                ),
                _("Noted. What has to follow stands on the page of the body."),
                to=_address(row.pk),
            )
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"form": form, "b": row, "title": _("It was elected"), **listed(request, actor, over=False)}
    return render(request, "gatherings/desk/duty.html", context, status=status_of(form))


@door(HOLDERS, methods=("GET", "POST"))
def finish(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Write down that it was done."""
    actor, duty = actor_of(request), read.duty(duty_id)
    row, kind = duty.body, DutyKind(duty.kind)
    require(policies.may_keep_bodies(actor, row.place.path), status=MISSING)
    form = DoneForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            return done(
                request,
                lambda: actions.finish_duty(
                    by=actor,
                    duty_id=duty.pk,
                    done_on=said["done_on"],
                    office=said.get("office", ""),
                    number=said.get("number", ""),
                    papers=form.papers_said(),
                ),
                _("Written down."),
                to=_address(row.pk),
            )
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    needed = [wording.PAPER_LABELS[paper] for paper in rules.NEEDED.get(kind, ())]
    context = {"form": form, "b": row, "duty": duty, "needed": needed, "title": wording.DUTY_LABELS[kind]}
    context |= listed(request, actor, over=False)
    return render(request, "gatherings/desk/duty.html", context, status=status_of(form))


def _address(body_id: UUID) -> str:
    return reverse("gatherings_desk:body", args=[body_id]) + "#duties"
