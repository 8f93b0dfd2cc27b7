"""说件事: raising something, in one's own name or without any, and the receipt for it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from linli.documents.rules import MOST_BYTES
from linli.frame import qr
from linli.frame.crypto import open_sealed, seal
from linli.frame.doors import ANYONE, SIGNED_IN, actor_of, door, explain, once, told_in
from linli.frame.photos import as_sent
from linli.kernel.actor import ANONYMOUS, Actor, ActorKind
from linli.kernel.decision import MISSING, Refused
from linli.matters.actions import files, raising
from linli.matters.forms.say import MOST_PHOTOS, SayForm
from linli.matters.read import one as read
from linli.matters.rules.ties import Ties
from linli.matters.web import alike
from linli.matters.web.alike import kept_photos
from linli.matters.web.case import holder_label, of_raiser
from linli.matters.web.where import place_in_community, spot_of, where_of
from linli.places import read as places

UNPROCESSABLE = 422


class BadPhoto(Exception):
    """One of the photos cannot be taken; the matter was not raised either."""

    def __init__(self, name: str, refusal: Refused) -> None:
        super().__init__(name)
        self.name = name
        self.refusal = refusal


@never_cache
@door(ANYONE, methods=("GET", "POST"))
def say(request: HttpRequest) -> HttpResponse:
    """The one screen, and what is sent from it. A tap on a building is a submission that only looks."""
    if request.method != "POST":
        return _screen(request, SayForm(initial=_beginning(request)), request.GET)
    if request.POST.get("pick") or request.POST.get("look"):
        return _screen(request, SayForm(initial=_typed(request)), request.POST)
    form = SayForm(request.POST, request.FILES)
    if not form.is_valid() or not _place_is_there(form):
        return _screen(request, form, request.POST, status=UNPROCESSABLE)
    if len(form.cleaned_data["photos"]) + len(kept_photos(request)) > MOST_PHOTOS:
        form.add_error("photos", _("At most %(most)s photos can be sent at once.") % {"most": MOST_PHOTOS})
        return _screen(request, form, request.POST, status=UNPROCESSABLE)
    try:
        between = _same_thing(request, form)
    except BadPhoto as bad:
        form.add_error("photos", _photo_error(bad))
        return _screen(request, form, request.POST, status=UNPROCESSABLE)
    if between is not None:
        return between
    named = actor_of(request).kind is ActorKind.PERSON and not form.cleaned_data["nameless"]
    try:
        return _raise_named(request, form) if named else _raise_nameless(request, form)
    except BadPhoto as bad:
        form.add_error("photos", _photo_error(bad))
    except Refused as refusal:
        told_in(form, refusal)
    return _screen(request, form, request.POST, status=UNPROCESSABLE)


@door(ANYONE)
def where(request: HttpRequest) -> HttpResponse:
    """The part of the page that asks for the place, after a tap: for scripts."""
    return render(request, "matters/resident/where.html", {"where": where_of(request, request.GET)})


@door(ANYONE)
def spot(request: HttpRequest) -> HttpResponse:
    """What lies at a point of the map, and who gets what is said there: for the script of the map."""
    return render(request, "matters/resident/spot.html", {"spot": spot_of(request.GET)})


@never_cache
@door(SIGNED_IN)
def receipt(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """What was received: its number, who has it, until when."""
    case = of_raiser(request, matter_id)
    if not case.own:
        raise Refused(read.NOT_THERE, status=MISSING)
    link = request.build_absolute_uri(reverse("matters:mine_one", args=[matter_id]))
    return _receipt(request, case.matter, link=link)


def _same_thing(request: HttpRequest, form: SayForm) -> HttpResponse | None:
    """The step between: matters like this one not shown to the sender yet. Photos are kept meanwhile."""
    said = form.cleaned_data
    place = places.place(said["place"])
    found = alike.published_like(request, said["title"], said["text"], place)
    if not alike.unseen(request, found):
        return None
    kept = kept_photos(request)
    with transaction.atomic():
        for name, content in as_sent(form.cleaned_data["photos"], most_bytes=MOST_BYTES):
            try:
                kept.append(files.keep(by=ANONYMOUS, content=content, name=name).id)
            except Refused as refusal:
                raise BadPhoto(name, refusal) from refusal
    names = ("text", "title", "kind", "where", "place", "community", "nameless", "unpublished")
    context = {
        "alike": found,
        "seen": alike.seen_with(request, found),
        "typed": [(name, request.POST[name]) for name in names if request.POST.get(name)],
        "kept": alike.sealed_photos(kept),
        "photos": len(kept),
        "signed_in": actor_of(request).kind is ActorKind.PERSON,
    }
    return render(request, "matters/resident/same_thing.html", context)


def _screen(request: HttpRequest, form: SayForm, data: Any, *, status: int = 200) -> HttpResponse:
    spot = where_of(request, data)
    if spot is None:
        query = urlencode({"next": "say"})
        return HttpResponseRedirect(f"{reverse('matters:communities')}?{query}")
    asked = request.method == "POST"
    found, named = alike.looked_up(request) if asked else ([], [])
    context = {
        "form": form,
        "where": spot,
        "alike": found,
        "named_places": named,
        "first": alike.first(request) if asked else "",
        "seen": alike.seen_with(request, found) if asked else [],
        "kept": alike.sealed_photos(kept_photos(request)) if asked else "",
        "photos": len(kept_photos(request)) if asked else 0,
        "named": actor_of(request).kind is ActorKind.PERSON,
        "most_photos": MOST_PHOTOS,
        "sign_in_next": urlencode({"next": request.get_full_path()}),
    }
    return render(request, "matters/resident/say.html", context, status=status)


def _beginning(request: HttpRequest) -> dict[str, Any]:
    kind = request.GET.get("kind", "")
    return {"kind": kind} if kind else {}


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What stands in the form while a building is being chosen; nothing is checked yet."""
    names = ("text", "title", "kind", "where", "nameless", "unpublished")
    return {name: request.POST[name][:8000] for name in names if name in request.POST}


def _place_is_there(form: SayForm) -> bool:
    if place_in_community(form.cleaned_data["place"]):
        return True
    form.add_error("place", _("There is no such place. Please choose again."))
    return False


def _raise_named(request: HttpRequest, form: SayForm) -> HttpResponse:
    actor = actor_of(request)
    photos = as_sent(form.cleaned_data["photos"], most_bytes=MOST_BYTES)

    def act() -> str:
        made = _raise(actor, form, photos, kept_photos(request), nameless=False)
        return reverse("matters:receipt", args=[made.matter.id])

    return HttpResponseRedirect(once(request, act))


def _raise_nameless(request: HttpRequest, form: SayForm) -> HttpResponse:
    """Answered at once, without a redirect: the code must stand in no address, session or log.

    For a retry of the same submission the answer is kept sealed beside its key.
    """
    photos = as_sent(form.cleaned_data["photos"], most_bytes=MOST_BYTES)

    def act() -> str:
        return seal(_raise(ANONYMOUS, form, photos, kept_photos(request), nameless=True).code)

    code = open_sealed(once(request, act, by=ANONYMOUS))
    link = request.build_absolute_uri(reverse("matters:code"))
    return _receipt(request, read.by_tracking_code(code), link=link, code=code)


def _raise(
    actor: Actor,
    form: SayForm,
    photos: Sequence[tuple[str, bytes]],
    kept: Sequence[UUID],
    *,
    nameless: bool,
) -> raising.Receipt:
    said = form.cleaned_data
    raised = raising.Raised(
        place_id=said["place"],
        text=said["text"],
        title=said["title"],
        kind=said["kind"],
        where=said["where"],
        point=form.point,
        forbids_publication=said["unpublished"],
    )
    ties = Ties(holds_tracking_code=True) if nameless else Ties(is_raiser=True)
    with transaction.atomic():  # with a photo that cannot be taken nothing is raised
        made = raising.raise_matter(by=actor, raised=raised, anonymously=nameless)
        for kept_id in kept:
            files.attach_kept(by=actor, matter_id=made.matter.id, ties=ties, kept_id=kept_id)
        for name, content in photos:
            try:
                files.attach(by=actor, matter_id=made.matter.id, ties=ties, content=content, name=name)
            except Refused as refusal:
                raise BadPhoto(name, refusal) from refusal
    return made


def _photo_error(bad: BadPhoto) -> str:
    name = bad.name if len(bad.name) <= 40 else f"{bad.name[:38]}…"
    return _("“%(name)s”: %(reason)s") % {"name": name, "reason": explain(bad.refusal)}


def _receipt(request: HttpRequest, matter: Any, *, link: str, code: str = "") -> HttpResponse:
    context = {
        "matter": matter,
        "code": code,
        "link": link,
        "holder": holder_label(matter),
        "qr": qr.svg(link, label=_("Opens the page with the progress")),
    }
    return render(request, "matters/resident/receipt.html", context)
