"""Who pays what, at the desk: begun, proposed round by round, answers from the doors, closed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import sharing as acts
from linli.deliberation.forms.sharing import NoteForm, OpenForm, RoundForm, fen, yuan
from linli.deliberation.kinds import Power
from linli.deliberation.policies.works import may_go_round, may_keep
from linli.deliberation.read import sharing as read
from linli.frame.doors import actor_of, done, door, holds, status_of, told_in
from linli.frame.paging import page_of
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused, require
from linli.kernel.names import mask_name
from linli.kernel.references import reference_in
from linli.people.kinds import Power as PeoplePower
from linli.places import read as places

KEEPERS = holds(Power.WORKS)
ROUNDS = holds(Power.WORKS, Power.WORKS_DOOR)
OPENING = "opening"


def address(sharing_id: UUID) -> str:
    """The desk's page of one."""
    return reverse("shares_desk:sharing", args=[sharing_id])


def listed(request: HttpRequest) -> dict[str, Any]:
    """The middle column."""
    return {"page": page_of(request, read.at_desk(actor_of(request)))}


@door(ROUNDS)
def all_sharings(request: HttpRequest) -> HttpResponse:
    """Everything that is or was talked over at this desk's entrances."""
    return render(request, "deliberation/sharing/desk_all.html", listed(request))


@door(KEEPERS, methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Begin one; for a matter whose step talks about it (`?asked=`), the one it has already is opened."""
    actor, asked = actor_of(request), reference_in(request.GET.get("asked", ""))
    opening = asked.id if asked is not None and asked.kind == OPENING else None
    matter = read.matter_asking(opening) if opening else None
    begun = read.of_matter(matter.pk) if matter else None
    if begun is not None:
        return HttpResponseRedirect(address(begun))
    rows = read.entrances(actor)
    near = next((row.pk for row in rows if matter and matter.place_path.startswith(row.path)), None)
    form = OpenForm(
        request.POST or None,
        places=list(places.full_address_map(rows).items()),
        initial={"title": request.GET.get("title", "")[:60], "place": near},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            row = acts.open_sharing(by=actor, place_id=said["place"], title=said["title"], opening_id=opening)
            return address(row.pk)

        found = _done(request, form, act, _("Begun. Now write the first proposal."))
        if found is not None:
            return found
    context = {"form": form, "title": _("Talk over who pays what"), **listed(request)}
    return render(request, "deliberation/sharing/desk_form.html", context, status=status_of(form))


@door(ROUNDS)
def sharing(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    """One with its rounds: figures, answers with their reasons, what to do next."""
    row, actor = seen(request, sharing_id), actor_of(request)
    context = {
        "sharing": row,
        "rounds": read.rounds(row),
        "keeps": bool(may_keep(actor, row.place.path)),
        "where": places.address(row.place),
    }
    return render(request, "deliberation/sharing/desk_one.html", context | listed(request))


@door(KEEPERS, methods=("GET", "POST"))
def propose(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    """Write the next round; it begins with the figures of the one before."""
    row, actor = seen(request, sharing_id), actor_of(request)
    floors = sorted(set(read.floors(read.homes(row.place)).values()))
    form = RoundForm(request.POST or None, floors=floors, initial=_start(row))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            acts.propose(
                by=actor,
                sharing_id=row.pk,
                cost=fen(said["cost"]),
                subsidy=fen(said["subsidy"]),
                floors=form.proposed(),
                words=said["words"],
            )
            return address(row.pk)

        found = _done(request, form, act, _("The homes have it before them now."))
        if found is not None:
            return found
    context = {"form": form, "sharing": row, **listed(request)}
    return render(request, "deliberation/sharing/desk_round.html", context, status=status_of(form))


def _start(row: Any) -> dict[str, Any]:
    rounds = read.rounds(row)
    start: dict[str, Any] = {}
    if rounds:
        start = {"cost": yuan(rounds[0].row.cost), "subsidy": yuan(rounds[0].row.subsidy)}
    for floor, (weight, gets) in read.latest_floors(row.pk).items():
        start |= {f"weight_{floor}": weight, f"gets_{floor}": yuan(gets) if gets else None}
    return start


@door(ROUNDS, methods=("GET", "POST"))
def note(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """At a door: what an owner says."""
    line, actor = read.line(line_id), actor_of(request)
    row = seen(request, line.round.sharing_id)
    whole = actor.may(PeoplePower.READ, row.place.path)
    owners = [
        (each.pk, each.name if whole else mask_name(each.name)) for each in read.owners(line.home_id, today())
    ]
    start = {"owner": str(owners[0][0])} if len(owners) == 1 else {}
    form = NoteForm(request.POST or None, owners=owners, initial=start)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            acts.note_answer(by=actor, line_id=line.pk, owner_id=form.cleaned_data["owner"], **form.said())
            return address(row.pk)

        found = _done(request, form, act, _("Noted."))
        if found is not None:
            return found
    context = {"form": form, "sharing": row, "line": line, "owners": owners, **listed(request)}
    return render(request, "deliberation/sharing/desk_home.html", context, status=status_of(form))


@door(KEEPERS, methods=("POST",))
def close(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    """End it."""
    return _turned(request, sharing_id, acts.close, _("It is over. The figures stay to be read."))


@door(KEEPERS, methods=("POST",))
def reopen(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    """Talk it over again."""
    return _turned(request, sharing_id, acts.reopen, _("It can be answered again."))


def _turned(request: HttpRequest, sharing_id: UUID, act: Any, said: str) -> HttpResponse:
    row, actor = seen(request, sharing_id), actor_of(request)
    return done(request, lambda: act(by=actor, sharing_id=row.pk), said, to=address(row.pk))


def seen(request: HttpRequest, sharing_id: UUID) -> Any:
    """One that is talked over where this desk goes round."""
    row = read.sharing(sharing_id)
    require(may_go_round(actor_of(request), row.place.path), status=MISSING)
    return row


def _done(request: HttpRequest, form: Any, act: Any, said: str) -> HttpResponse | None:
    """Do it once and go on; None where it is refused for what was typed, which then stands above the form."""
    try:
        return done(request, act, said)
    except Refused as refused:
        told_in(form, refused)
        return None
