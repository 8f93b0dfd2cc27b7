"""Residents: a covenant's text, what they say to its draft, signing for a household, the wall."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import signatures, voices
from linli.deliberation.forms.covenants import AmendmentForm, RemarkForm, SignForm
from linli.deliberation.kinds import CovenantStage, Stance
from linli.deliberation.policies import covenants as policies
from linli.deliberation.read import covenants as read
from linli.deliberation.read.opinions import belongs
from linli.frame import qr
from linli.frame.doors import ANYONE, SIGNED_IN, actor_of, done, door, explain
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Decision, Denied, Refused, person_of, require


@door(SIGNED_IN)
def covenants(request: HttpRequest) -> HttpResponse:
    """The covenants of the places somebody belongs to."""
    rows = read.of_person(person_of(actor_of(request)), today())
    return render(request, "deliberation/covenants/all.html", {"rows": rows})


@door(ANYONE)
def covenant(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """One covenant as it stands: to be commented on, before the meeting, or in force and to be signed."""
    actor = actor_of(request)
    row, here = _seen(request, covenant_id)
    stage = CovenantStage(row.stage)
    context: dict[str, Any] = {"covenant": row, "can_speak": bool(_speech(request, row, here))}
    if stage in policies.IN_FORCE:
        who = read.signer(actor.person_id, row.place.path, today())
        mine = read.signature_of(row.pk, who)
        decision = policies.may_sign(signer=who, stage=stage, has_signed=mine is not None)
        context |= {
            "signed": _signed(row),
            "mine": mine,
            "can_sign": bool(decision),
            "not_signing": explain(decision) if isinstance(decision, Denied) and here else "",
            "sign_form": SignForm(),
            "paragraphs": read.paragraphs(row.pk),
        }
    else:
        context["voiced"] = read.voiced(row.pk)
    context["decision"] = next((each for each in read.decisions_on(row.pk) if each.adopted), None)
    context["successor"] = read.successor_of(row.pk) if stage is CovenantStage.REPLACED else None
    return render(request, "deliberation/covenants/one.html", context)


@door(SIGNED_IN)
def paragraph(request: HttpRequest, covenant_id: UUID, number: int) -> HttpResponse:
    """One paragraph with all that is said to it, and the ways to say something."""
    return _paragraph_page(request, covenant_id, number)


@door(SIGNED_IN, methods=("POST",))
def remark(request: HttpRequest, covenant_id: UUID, number: int) -> HttpResponse:
    """Say something to a paragraph."""
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _paragraph_page(request, covenant_id, number, remark_form=form)
    kept, actor = form.cleaned_data, actor_of(request)
    key = _paragraph_of(_seen(request, covenant_id)[0], number).row.pk
    return done(
        request,
        lambda: voices.remark(by=actor, paragraph_id=key, stance=kept["stance"], text=kept["text"]),
        _("Thank you. It stands with this paragraph."),
        to=reverse("covenants:paragraph", args=[covenant_id, number]),
    )


@door(SIGNED_IN, methods=("POST",))
def amend(request: HttpRequest, covenant_id: UUID, number: int) -> HttpResponse:
    """Propose other words for a paragraph."""
    found = _paragraph_of(_seen(request, covenant_id)[0], number)
    form = AmendmentForm(request.POST, before=found.row.text)
    if not form.is_valid():
        return _paragraph_page(request, covenant_id, number, amendment_form=form)
    kept, actor = form.cleaned_data, actor_of(request)
    return done(
        request,
        lambda: voices.propose(by=actor, paragraph_id=found.row.pk, text=kept["after"], why=kept["why"]),
        _("Sent. You read here what is decided, with the reason."),
        to=reverse("covenants:paragraph", args=[covenant_id, number]),
    )


@door(SIGNED_IN, methods=("POST",))
def sign(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """Sign for one's household."""
    actor, shown = actor_of(request), request.POST.get("shown") == "on"
    return done(
        request,
        lambda: signatures.sign(by=actor, covenant_id=covenant_id, shown=shown),
        _("Signed for your household. Thank you."),
        to=_address(covenant_id),
    )


@door(SIGNED_IN, methods=("POST",))
def show(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """Be on the wall, or not any more."""
    shown = request.POST.get("shown") == "on"
    signatures.show(by=actor_of(request), covenant_id=covenant_id, shown=shown)
    said = _("Your household is on the wall now.") if shown else _("Your household is off the wall.")
    messages.success(request, said)
    return HttpResponseRedirect(_address(covenant_id))


@door(SIGNED_IN, methods=("POST",))
def withdraw(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """Take one's household's signature back."""
    actor = actor_of(request)
    return done(
        request,
        lambda: signatures.withdraw(by=actor, covenant_id=covenant_id),
        _("Taken back. You can sign again at any time."),
        to=_address(covenant_id),
    )


@door(ANYONE)
def wall(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """Who signed and agreed to be shown."""
    row = _in_force(request, covenant_id)
    context = {"covenant": row, "shown": read.wall(row, today()), "signed": _signed(row)}
    return render(request, "deliberation/covenants/wall.html", context)


@door(ANYONE)
def printed(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """The adopted text, to hang up."""
    row = _in_force(request, covenant_id)
    link = request.build_absolute_uri(_address(row.pk))
    context = {
        "covenant": row,
        "paragraphs": read.paragraphs(row.pk),
        "decision": next((each for each in read.decisions_on(row.pk) if each.adopted), None),
        "signed": _signed(row),
        "qr": qr.svg(link, label=_("Opens this covenant")),
    }
    return render(request, "deliberation/covenants/print.html", context)


def _address(covenant_id: UUID) -> str:
    return reverse("covenants:covenant", args=[covenant_id])


def _seen(request: HttpRequest, covenant_id: UUID) -> tuple[Any, bool]:
    """The covenant, if it may be seen, and whether the reader belongs to its place."""
    actor, row = actor_of(request), read.covenant(covenant_id)
    here = belongs(actor.person_id, row.place.path)
    stage = CovenantStage(row.stage)
    require(policies.may_see(actor, belongs=here, stage=stage, place_path=row.place.path), status=MISSING)
    return row, here


def _in_force(request: HttpRequest, covenant_id: UUID) -> Any:
    row, _here = _seen(request, covenant_id)
    if CovenantStage(row.stage) not in policies.IN_FORCE:
        raise Refused("This covenant has not been published yet.", status=MISSING)
    return row


def _speech(request: HttpRequest, row: Any, here: bool) -> Decision:
    stage = CovenantStage(row.stage)
    return policies.may_speak(
        actor_of(request), belongs=here, stage=stage, ends=row.consult_ends, day=today()
    )


def _signed(row: Any) -> dict[str, Any]:
    """The households that signed, building by building and together."""
    rows = read.signed_by_building(row, today())
    return {
        "rows": [[each.name or _("Elsewhere"), str(each.signed), str(each.households)] for each in rows],
        "columns": [
            _("Building"),
            {"label": _("Signed"), "num": True},
            {"label": _("Households"), "num": True},
        ],
        "count": sum(each.signed for each in rows),
        "of": sum(each.households for each in rows),
    }


def _paragraph_of(row: Any, number: int) -> Any:
    found = next((each for each in read.voiced(row.pk) if each.row.number == number), None)
    if found is None or CovenantStage(row.stage) in policies.IN_FORCE:
        raise Refused("This paragraph is not here.", status=MISSING)
    return found


def _paragraph_page(request: HttpRequest, covenant_id: UUID, number: int, **forms: Any) -> HttpResponse:
    row, here = _seen(request, covenant_id)
    found = _paragraph_of(row, number)
    mine = read.remarks_of(person_of(actor_of(request)), found.row.pk)
    side = next((each for each in mine if each.stance != Stance.IDEA.value), None)
    decision = _speech(request, row, here)
    context = {
        "covenant": row,
        "paragraph": found,
        "side": side,
        "hidden": [each for each in mine if each.hidden_at is not None],
        "can_speak": bool(decision),
        "not_speaking": explain(decision) if isinstance(decision, Denied) else "",
        "remark_form": RemarkForm(),
        "amendment_form": AmendmentForm(before=found.row.text),
    } | forms
    return render(request, "deliberation/covenants/paragraph.html", context, status=422 if forms else 200)
