"""居务公开 at the desk: a community's list of classes, what is overdue, laying affairs open."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door, status_of, told_in
from linli.frame.paging import page_of
from linli.gatherings import actions, policies, wording
from linli.gatherings.forms.outcomes import ClassForm, DisclosureForm
from linli.gatherings.kinds import AccountKind
from linli.gatherings.read import accounts
from linli.gatherings.read import postings as read
from linli.gatherings.web.asking import DISCLOSERS
from linli.kernel.actor import Actor
from linli.kernel.decision import MISSING, Refused, require


def _address(place_id: UUID) -> str:
    return reverse("gatherings_desk:affairs", args=[place_id])


def community(actor: Actor, place_id: UUID) -> Any:
    """A community of this actor; others are not there for them."""
    row = read.place(place_id)
    if row is None:
        raise Refused("This place is not here.", status=MISSING)
    require(policies.may_disclose(actor, row.path), status=MISSING)
    return row


@door(DISCLOSERS)
def communities(request: HttpRequest) -> HttpResponse:
    """The communities whose affairs this actor lays open; straight to the only one."""
    rows = read.communities_to_open(actor_of(request))
    if len(rows) == 1:
        return HttpResponseRedirect(_address(rows[0].pk))
    return render(request, "gatherings/desk/affairs_home.html", {"rows": rows})


@door(DISCLOSERS)
def affairs(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Each class: when it was laid open last, by when again, what is overdue; and the archive."""
    place = community(actor_of(request), place_id)
    rows = read.openness(place.pk)
    context = {
        "place": place,
        "rows": rows,
        "overdue": sum(each.missed > 0 for each in rows),
        "page": page_of(request, read.archive(place.pk)),
        "class_form": ClassForm(),
        "has_list": read.has_classes(place.pk),
        "has_owners": accounts.has_owners_classes(place.pk),
        "accounted": list(AccountKind),
    }
    return render(request, "gatherings/desk/affairs.html", context)


@door(DISCLOSERS, methods=("POST",))
def begin(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Begin the list."""
    actor = actor_of(request)

    def act() -> str:
        actions.adopt_classes(by=actor, place_id=place_id)
        return _address(place_id)

    return done(request, act, _("The list has begun. Word it as your community does."))


@door(DISCLOSERS, methods=("GET", "POST"))
def disclose(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Lay affairs of a class open."""
    actor = actor_of(request)
    place = community(actor, place_id)
    classes = [
        (row.pk, wording.class_title(row))
        for row in read.classes([place.pk])
        if row.code not in set(AccountKind)
    ]
    chosen = request.GET.get("class", "")
    form = DisclosureForm(request.POST or None, classes=classes, initial={"kind": chosen})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            posting = actions.disclose(
                by=actor, class_id=said["kind"], title=said["title"], body=said["body"], days=said["days"]
            )
            return reverse("gatherings_desk:posting", args=[posting.pk])

        try:
            return done(request, act, _("Laid open, and on the board from today."))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"form": form, "place": place}
    return render(request, "gatherings/desk/disclose.html", context, status=status_of(form))


@door(DISCLOSERS, methods=("POST",))
def add(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Add a class of the community's own."""
    actor, form = actor_of(request), ClassForm(request.POST)
    if not form.is_valid():
        raise Refused("Give it a name, and say every how many months.", status=422)
    said = form.cleaned_data

    def act() -> str:
        actions.add_class(by=actor, place_id=place_id, title=said["title"], every_months=said["every_months"])
        return _address(place_id)

    return done(request, act, _("On the list."))


@door(DISCLOSERS, methods=("GET", "POST"))
def change(request: HttpRequest, class_id: UUID) -> HttpResponse:
    """Word a class anew, or lay it open more or less often."""
    actor = actor_of(request)
    row = read.disclosure_class(class_id)
    require(policies.may_disclose(actor, row.place.path), status=MISSING)
    start = {"title": wording.class_title(row), "every_months": row.every_months}
    form = ClassForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        title = "" if row.code and said["title"] == str(wording.CLASS_LABELS[row.code]) else said["title"]

        def act() -> str:
            actions.change_class(by=actor, class_id=row.pk, title=title, every_months=said["every_months"])
            return _address(row.place_id)

        try:
            return done(request, act, _("Saved."))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"form": form, "c": row, "place": row.place}
    return render(request, "gatherings/desk/class.html", context, status=status_of(form))


@door(DISCLOSERS, methods=("POST",))
def end(request: HttpRequest, class_id: UUID) -> HttpResponse:
    """Strike a class of the community's own."""
    actor = actor_of(request)

    def act() -> str:
        return _address(actions.end_class(by=actor, class_id=class_id).place_id)

    return done(request, act, _("Struck from the list. What was laid open stays in the archive."))
