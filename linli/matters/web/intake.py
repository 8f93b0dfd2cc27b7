"""代居民登记: writing down for somebody what they said, by keyboard, seeing what they raised before."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.documents.rules import MOST_BYTES
from linli.frame import qr
from linli.frame.doors import actor_of, door, holds, once
from linli.frame.photos import as_sent
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import UNPROCESSABLE, Refused
from linli.kernel.ids import id_in
from linli.matters.actions import files, raising
from linli.matters.forms.intake import NO_NAME, IntakeForm
from linli.matters.kinds import Channel, MatterKind, Power
from linli.matters.read import lists, one, settings
from linli.matters.read.mentioned import Named, named_places
from linli.matters.read.raisers import entering_paths, is_within_reach
from linli.matters.wording import in_words, on_paper
from linli.people import read as people
from linli.people.read import Found
from linli.places import read as places
from linli.places.kinds import PlaceKind

CLERKS = holds(Power.ENTER)
LAST_CHANNEL = "intake_channel"
FOUND_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Spot:
    """A place the form offers."""

    id: UUID
    label: str
    note: str


@door(CLERKS, methods=("GET", "POST"))
def intake(request: HttpRequest) -> HttpResponse:
    """The form; `find` re-reads who and where without judging the rest, for browsers without scripts."""
    if request.method != "POST":
        first = {"channel": request.session.get(LAST_CHANNEL, Channel.VISIT.value)}
        form = IntakeForm(
            initial={**first, "who": request.GET.get("who", "")[:60], "raiser": request.GET.get("raiser", "")}
        )
        return _page(request, form)
    if "find" in request.POST:
        typed = {name: request.POST.get(name, "") for name in IntakeForm.base_fields if name != "photos"}
        return _page(request, IntakeForm(initial=typed))
    form = IntakeForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, UNPROCESSABLE)
    return _save(request, form)


def _save(request: HttpRequest, form: IntakeForm) -> HttpResponse:
    said, actor, codes = form.cleaned_data, actor_of(request), []
    raiser_id = said["raiser"]
    if raiser_id is not None and not is_within_reach(actor, raiser_id):
        raise Refused("This person is not known.", status=UNPROCESSABLE)
    raised = raising.Raised(
        place_id=said["place"],
        text=said["text"],
        kind=MatterKind(said["kind"]),
        channel=Channel(said["channel"]),
        where=said["where"],
        way=said["way"],
    )

    def act() -> str:
        receipt = raising.enter_matter(by=actor, raised=raised, raiser_id=raiser_id)
        ties = one.ties(actor, receipt.matter)
        for name, content in as_sent(said["photos"], most_bytes=MOST_BYTES):
            files.attach(by=actor, matter_id=receipt.matter.id, ties=ties, content=content, name=name)
        codes.append(receipt)
        messages.success(request, _("Noted as %(number)s.") % {"number": receipt.matter.number})
        return reverse("desk:matter", args=[receipt.matter.id])

    url = once(request, act)
    request.session[LAST_CHANNEL] = said["channel"]
    if codes and codes[0].code:
        return _code_page(request, codes[0], url)
    return HttpResponseRedirect(url)


def _code_page(request: HttpRequest, receipt: Any, url: str) -> HttpResponse:
    """The code is told once: on this page, to be printed or copied for whoever gave no name."""
    follow = request.build_absolute_uri("/code/")
    context = {
        "m": receipt.matter,
        "code": receipt.code,
        "next": url,
        "follow": follow,
        "qr": qr.svg(follow, label=_("Opens the page to follow it")),
        "promised": on_paper(receipt.matter.promised_at),
    }
    response = render(request, "matters/print/code_slip.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, form: IntakeForm, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    value = {name: form[name].value() or "" for name in form.fields}
    found = find_people(actor, str(value["who"]))
    chosen = person_chosen(actor, str(value["raiser"]))
    spots = find_spots(actor, str(value["spot"])) if value["spot"] else spots_of(actor, chosen)
    context = {
        "form": form,
        "value": value,
        "found": found,
        "chosen": chosen,
        "earlier": lists.earlier_of(chosen.id, actor) if chosen else [],
        "spots": spots,
        "named": named_in(actor, str(value["text"]), chosen),
        "place": str(value["place"]) or (str(spots[0].id) if spots else ""),
        "no_name": NO_NAME,
        "ways": _ways(actor),
    }
    return render(request, "matters/desk/intake.html", context, status=status)


def _ways(actor: Actor) -> list[tuple[str, str]]:
    """The procedures followed only where staff choose them, in the communities they write for."""
    communities = places.communities_over(entering_paths(actor), clock.today())
    found = settings.ways_by_choice([row.id for row in communities])
    return [(str(version.id), in_words(settings.procedure(version).title)) for version in found]


@door(CLERKS)
def intake_people(request: HttpRequest) -> HttpResponse:
    """Who it may be, while a name, phone or building is typed."""
    words = request.GET.get("who", "")[:60]
    found = find_people(actor_of(request), words)
    context = {"found": found, "value": {"who": words, "raiser": ""}, "no_name": NO_NAME}
    return render(request, "matters/desk/_intake_people.html", context)


@door(CLERKS)
def intake_person(request: HttpRequest) -> HttpResponse:
    """What the chosen resident raised before, and the places of their home."""
    actor = actor_of(request)
    chosen = person_chosen(actor, request.GET.get("raiser", ""))
    spots = spots_of(actor, chosen)
    context = {
        "chosen": chosen,
        "earlier": lists.earlier_of(chosen.id, actor) if chosen else [],
        "spots": spots,
        "place": str(spots[0].id) if spots else "",
        "value": {"raiser": request.GET.get("raiser", "")},
        "no_name": NO_NAME,
        "swap": True,
    }
    return render(request, "matters/desk/_intake_person.html", context)


@door(CLERKS)
def intake_places(request: HttpRequest) -> HttpResponse:
    """Buildings, entrances and homes whose name begins so."""
    spots = find_spots(actor_of(request), request.GET.get("spot", ""))
    context = {"spots": spots, "place": str(spots[0].id) if spots else ""}
    return render(request, "matters/desk/_intake_spots.html", context)


@door(CLERKS, methods=("POST",))
def intake_named(request: HttpRequest) -> HttpResponse:
    """The places what was said speaks of, to be taken by a press. Posted: the words stand in no address."""
    actor = actor_of(request)
    chosen = person_chosen(actor, request.POST.get("raiser", ""))
    context = {"named": named_in(actor, request.POST.get("text", ""), chosen), "place": ""}
    return render(request, "matters/desk/_intake_named.html", context)


def named_in(actor: Actor, text: str, chosen: Found | None) -> list[Named]:
    """Places a text speaks of, in the community of whoever says it, else in the actor's only one."""
    if not text.strip():
        return []
    home = places.place(chosen.home_id) if chosen and chosen.home_id else None
    community = places.community_of(home.path) if home is not None else None
    if community is None:
        rows = [places.place_by_path(path) for path in entering_paths(actor)]
        found = {row.id: row for row in (places.community_of(each.path) for each in rows if each) if row}
        community = next(iter(found.values())) if len(found) == 1 else None
    return named_places(text, community, home) if community is not None else []


def find_people(actor: Actor, words: str) -> list[Found]:
    """Residents and owners of the actor's places by name, whole phone number or building."""
    return people.find(words, entering_paths(actor), clock.today(), FOUND_AT_MOST)


def person_chosen(actor: Actor, text: str) -> Found | None:
    """The person whose id was chosen, if the actor may write things down for them."""
    return people.found(id_in(text), entering_paths(actor), clock.today())


def spots_of(actor: Actor, chosen: Found | None) -> list[Spot]:
    """The home of the chosen person and what it lies in; without one the actor's own places."""
    home = places.place(chosen.home_id) if chosen and chosen.home_id else None
    if home is not None:
        line = [
            row
            for row in reversed(places.chain(home))
            if row.kind not in (PlaceKind.DIVISION, PlaceKind.STREET)
        ]
        return [Spot(row.id, row.name, "") for row in line]
    own = [places.place_by_path(path) for path in entering_paths(actor)]
    communities = places.communities_over([row.path for row in own if row], clock.today())
    if communities:
        return [Spot(row.id, row.name, "") for row in communities[:9]]
    return [Spot(row.id, row.name, places.address(row)) for row in own if row]


def find_spots(actor: Actor, words: str) -> list[Spot]:
    """Places of the actor's by the beginning of their name."""
    found, addresses = places.find_addressed(
        words[:40], entering_paths(actor), clock.today(), limit=FOUND_AT_MOST
    )
    return [Spot(row.id, addresses[row.id], "") for row in found]
