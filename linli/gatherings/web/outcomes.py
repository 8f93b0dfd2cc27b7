"""What a meeting leaves, at the desk: a resolution, the minutes, the posting, what became of it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, done, door, status_of, told_in
from linli.frame.paging import page_of
from linli.gatherings import actions, policies
from linli.gatherings.actions.outcomes import Decided
from linli.gatherings.forms.outcomes import MinutesForm, PostingForm, ResolutionForm, ResultForm
from linli.gatherings.kinds import Asks, Manner
from linli.gatherings.read import gatherings as read
from linli.gatherings.rules.bodies import counts_hands
from linli.gatherings.web.asking import HOLDERS, SITTERS
from linli.gatherings.web.desk import listed
from linli.gatherings.web.minutes import Choice, choices, first_minutes
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused, require
from linli.organizations import read as organizations


def _address(gathering_id: UUID, part: str) -> str:
    return f"{reverse('gatherings_desk:meeting', args=[gathering_id])}#{part}"


def _run(request: HttpRequest, gathering_id: UUID) -> Any:
    """A meeting this actor runs; others are not there for them."""
    row = read.gathering(gathering_id)
    require(policies.may_run(actor_of(request), read.about(row)), status=MISSING)
    return row


@door(HOLDERS, methods=("GET", "POST"))
def resolve(request: HttpRequest, gathering_id: UUID) -> HttpResponse:
    """Record what was resolved on one item; what asks for something becomes a task of its unit by its day."""
    actor, row = actor_of(request), _run(request, gathering_id)
    items = [(each.pk, each.title) for each in read.items(row.pk) if each.handed_to is None]
    units = [(each.pk, each.name) for each in organizations.organizations_over(row.place.path, today())]
    start = {"manner": Manner.CONSENSUS.value, "asks": Asks.TASK.value, "item": request.GET.get("item", "")}
    counted = counts_hands(read.kind_of(row))
    form = ResolutionForm(request.POST or None, items=items, units=units, is_counted=counted, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        decided = Decided(
            text=said["text"],
            manner=form.how(),
            hands=form.hands(),
            item_id=said.get("item"),
            asks=Asks(said["asks"]),
            organization_id=said["unit"],
            due_on=said["due_on"],
        )

        def act() -> str:
            actions.resolve(by=actor, gathering_id=row.pk, decided=decided)
            return _address(row.pk, "resolutions")

        try:
            return done(request, act, _("What was resolved is on record."))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {
        "form": form,
        "m": row,
        "quorum": read.quorum_of(row),
        "counted": counted,
        **listed(request, actor, over=False),
    }
    return render(request, "gatherings/desk/resolve.html", context, status=status_of(form))


@door(SITTERS, methods=("GET", "POST"))
def minutes(request: HttpRequest, gathering_id: UUID) -> HttpResponse:
    """Write the minutes; a first version is put together by a template from what the meeting left."""
    actor, row = actor_of(request), _run(request, gathering_id)
    versions = read.minutes(row.pk)
    at_desk = bool(policies.may_call(actor, row.place.path))
    choice = [] if versions else choices(row, request.GET.get("template", ""))
    start = versions[0].text if versions else first_minutes(row, choice)
    form = MinutesForm(request.POST or None, initial={"text": start})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.save_minutes(by=actor, gathering_id=row.pk, text=form.cleaned_data["text"])
            if at_desk:
                return _address(row.pk, "minutes")
            return reverse("gatherings:run", args=[row.pk])

        try:
            return done(request, act, _("Saved. Somebody else approves them."))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"form": form, "m": row, "versions": versions, **_begun(choice)}
    if not at_desk:
        return render(request, "gatherings/resident/write.html", context, status=status_of(form))
    context |= listed(request, actor, over=False)
    return render(request, "gatherings/desk/minutes.html", context, status=status_of(form))


def _begun(choice: list[Choice]) -> dict[str, Any]:
    """The templates as tabs where there are several, and a mark of the one that is on: drafts of what was
    begun differently are kept apart."""
    if len(choice) < 2:
        return {}
    return {
        "tabs": [{"label": each.name, "url": f"?template={each.key}", "on": each.on} for each in choice],
        "begun": "".join(f"-{each.key}" for each in choice if each.on),
    }


@door(HOLDERS, methods=("GET", "POST"))
def post(request: HttpRequest, gathering_id: UUID) -> HttpResponse:
    """Put what was resolved on the board, open to objections."""
    actor, row = actor_of(request), _run(request, gathering_id)
    passed = [each for each in read.resolutions([row.pk]) if each.passed]
    body = render_to_string("gatherings/minutes/posting.txt", {"m": row, "resolutions": passed}).strip()
    form = PostingForm(request.POST or None, initial={"title": row.title, "body": body})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            posting = actions.post_resolutions(
                by=actor, gathering_id=row.pk, title=said["title"], body=said["body"], days=said["days"]
            )
            return reverse("gatherings_desk:posting", args=[posting.pk])

        try:
            return done(request, act, _("It is on the board now. Print the poster for the door."))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"form": form, "m": row, **listed(request, actor, over=True)}
    return render(request, "gatherings/desk/post.html", context, status=status_of(form))


@door(HOLDERS)
def pending(request: HttpRequest) -> HttpResponse:
    """What units still have to carry out, the oldest day first."""
    actor = actor_of(request)
    context = {
        "rows": page_of(request, read.pending_resolutions(actor)),
        "today": today(),
        **listed(request, actor, over=True),
    }
    return render(request, "gatherings/desk/pending.html", context)


@door(HOLDERS, methods=("GET", "POST"))
def result(request: HttpRequest, resolution_id: UUID) -> HttpResponse:
    """Say what became of a resolution."""
    actor = actor_of(request)
    row = read.resolution(resolution_id)
    require(policies.may_follow(actor, row.gathering.place.path), status=MISSING)
    form = ResultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            actions.record_result(
                by=actor, resolution_id=row.pk, done=said["done"] == "yes", text=said["text"]
            )
            return _address(row.gathering_id, "resolutions")

        try:
            return done(request, act, _("Noted. Residents read it with the resolution."))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"form": form, "r": row, **listed(request, actor, over=True)}
    return render(request, "gatherings/desk/result.html", context, status=status_of(form))
