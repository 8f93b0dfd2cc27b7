"""Residents: works on their place with all that is laid open, doubts, acceptance, the warranty."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import acceptance, doubts
from linli.deliberation.forms.works_photos import DoubtWithPhotos
from linli.deliberation.forms.works_voices import SayForm, WordsForm
from linli.deliberation.kinds import WorksStage
from linli.deliberation.policies import works as policies
from linli.deliberation.read import covenants
from linli.deliberation.read import works as read
from linli.deliberation.read.opinions import belongs
from linli.deliberation.rules.works import FEWEST_TOLD
from linli.documents.web import serve
from linli.frame import qr
from linli.frame.doors import SIGNED_IN, actor_of, done, door, explain, status_of
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Denied, Refused, person_of, require


@door(SIGNED_IN)
def all_works(request: HttpRequest) -> HttpResponse:
    """Works on the places somebody belongs to."""
    rows = read.of_person(person_of(actor_of(request)), today())
    return render(request, "deliberation/works/all.html", {"rows": rows})


@door(SIGNED_IN)
def works(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """One file: what is built, by whom, of what, what it costs, what is doubted, what is under warranty."""
    return _page(request, works_id)


@door(SIGNED_IN, methods=("POST",))
def ask(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """Ask in public what one doubts."""
    by, row = actor_of(request), _seen(request, works_id)[0]
    materials = [(each.pk, each.name) for each in read.inside(row.pk).materials]
    form = DoubtWithPhotos(request.POST, request.FILES, materials=materials)
    if not form.is_valid():
        return _page(request, works_id, doubt_form=form)
    kept, photos = form.cleaned_data, form.sent()

    def act() -> str:
        doubts.ask(by=by, works_id=works_id, text=kept["text"], material_id=kept["material"], photos=photos)
        return _address(works_id, "doubts")

    return done(request, act, _("Asked. The answer comes here within the workdays the file promises."))


@door(SIGNED_IN, methods=("POST",))
def share(request: HttpRequest, works_id: UUID, doubt_id: UUID) -> HttpResponse:
    """Doubt the same."""
    by = actor_of(request)
    _seen(request, works_id)

    def act() -> str:
        doubts.share(by=by, doubt_id=doubt_id)
        return _address(works_id, "doubts")

    return done(request, act, _("Noted. You are told when it is answered."))


@door(SIGNED_IN, methods=("POST",))
def say(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """Say for one's home whether it accepts."""
    by, form = actor_of(request), SayForm(request.POST)
    _seen(request, works_id)
    if not form.is_valid():
        return _page(request, works_id, say_form=form)
    kept = form.cleaned_data

    def act() -> str:
        acceptance.say(by=by, works_id=works_id, accepts=kept["accepts"], reason=kept["reason"])
        return _address(works_id, "accept")

    return done(request, act, _("Noted for your home. Until the last day you can say otherwise."))


@door(SIGNED_IN, methods=("GET", "POST"))
def claim(request: HttpRequest, works_id: UUID, warranty_id: UUID) -> HttpResponse:
    """Say what is broken of what is under warranty: a matter of one's own comes of it."""
    by, (row, _here) = actor_of(request), _seen(request, works_id)
    warranty = next((each for each in read.inside(row.pk).warranties if each.pk == warranty_id), None)
    if warranty is None:
        raise Refused(policies.NOT_HERE, status=MISSING)
    form = WordsForm(request.POST or None, label=_("What is broken, and where?"))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            kept = acceptance.claim(
                by=by, works_id=works_id, warranty_id=warranty_id, text=form.cleaned_data["text"]
            )
            return reverse("matters:mine_one", args=[kept.matter_id])

        return done(request, act, _("It is on its way. You follow it here."))
    context = {"works": row, "warranty": warranty, "form": form}
    return render(request, "deliberation/works/claim.html", context, status=status_of(form))


@door(SIGNED_IN)
def paper(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """A photo or document, for whoever sees the works."""
    found = read.paper(paper_id)
    _allowed(request, found.works)
    return serve(found.file, thumbnail=request.GET.get("thumbnail") == "1")


@door(SIGNED_IN)
def printed(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """The works on one sheet, to hang up."""
    row, _here = _seen(request, works_id)
    link = request.build_absolute_uri(_address(row.pk))
    answered = [each for each in read.doubts(row.pk) if each.row.answered_at]
    context = {
        "works": row,
        "inside": read.inside(row.pk),
        "answered": answered[:6],
        "today": today(),
        "qr": qr.svg(link, label=_("Opens these works")),
    }
    return render(request, "deliberation/works/print.html", context)


def _address(works_id: UUID, part: str = "") -> str:
    address = reverse("works:works", args=[works_id])
    return f"{address}#{part}" if part else address


def _allowed(request: HttpRequest, row: Any) -> bool:
    actor = actor_of(request)
    here = belongs(actor.person_id, row.place.path)
    decision = policies.may_see(actor, belongs=here, stage=WorksStage(row.stage), place_path=row.place.path)
    require(decision, status=MISSING)
    return here


def _seen(request: HttpRequest, works_id: UUID) -> tuple[Any, bool]:
    """The works, if they may be seen, and whether the reader belongs to their place."""
    row = read.works(works_id)
    return row, _allowed(request, row)


def _page(request: HttpRequest, works_id: UUID, **forms: Any) -> HttpResponse:
    actor, (row, here) = actor_of(request), _seen(request, works_id)
    stage, person_id = WorksStage(row.stage), person_of(actor)
    held, who = read.inside(row.pk), covenants.signer(person_id, row.place.path, today())
    speaks = policies.may_speak(
        home_id=who.home_id, adult=who.is_adult, stage=stage, until=row.speak_until, day=today()
    )
    waiting = read.waiting_of(person_id, row.pk)
    asks = policies.may_doubt(actor, belongs=here, stage=stage, waiting=waiting)
    asked_now = stage is WorksStage.ACCEPTING
    context = {
        "works": row,
        "inside": held,
        "doubts": read.doubts(row.pk),
        "community": read.community_of(row),
        "mine": read.shared_by(person_id, row.pk),
        "here": here,
        "heard": read.heard(row, today()) if asked_now else None,
        "voice": read.voice_of(row, who.home_id) if asked_now else None,
        "acceptances": read.acceptances(row.pk),
        "can_say": bool(speaks),
        "not_saying": explain(speaks) if isinstance(speaks, Denied) else "",
        "can_ask": bool(asks),
        "not_asking": explain(asks) if isinstance(asks, Denied) and here else "",
        "fewest": FEWEST_TOLD,
        "say_form": SayForm(),
        "doubt_form": DoubtWithPhotos(materials=[(each.pk, each.name) for each in held.materials]),
        "today": today(),
    } | forms
    return render(request, "deliberation/works/one.html", context, status=422 if forms else 200)
