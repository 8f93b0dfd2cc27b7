"""The desk: decisions on proposed changes, words taken out of sight, and signatures given on paper."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import signatures, voices
from linli.deliberation.forms.fields import WhyForm
from linli.deliberation.kinds import CovenantStage
from linli.deliberation.policies import covenants as policies
from linli.deliberation.read import covenants as read
from linli.deliberation.web.desk_covenants import KEEPERS, address, kept, listed
from linli.deliberation.web.sight import moderated
from linli.frame.doors import actor_of, done, door, id_sent, status_of
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused
from linli.people import read as people


@door(KEEPERS, methods=("GET", "POST"))
def amendment(request: HttpRequest, covenant_id: UUID, amendment_id: UUID) -> HttpResponse:
    """Take a change or leave it out, with the reason."""
    row, by = kept(request, covenant_id), actor_of(request)
    change = read.amendment(amendment_id)
    if change.paragraph.covenant_id != row.pk:
        raise Refused("This change is not here.", status=MISSING)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = request.POST.get("do")
        if chosen not in ("take", "refuse"):
            raise Refused("Take the change, or leave it out.", status=UNPROCESSABLE)
        reason = form.cleaned_data["reason"]
        return done(
            request,
            lambda: voices.decide(by=by, amendment_id=amendment_id, take=chosen == "take", reason=reason),
            _("Decided. Everybody reads the reason."),
            to=address(covenant_id),
        )
    context = listed(request) | {"covenant": row, "change": change, "form": form}
    context["fits"] = change.paragraph.text == change.before
    return render(request, "deliberation/covenants/desk_amendment.html", context, status=status_of(form))


@door(KEEPERS, methods=("GET", "POST"))
def remark(request: HttpRequest, covenant_id: UUID, remark_id: UUID) -> HttpResponse:
    """Take somebody's words out of sight, or show them again."""
    row, by = kept(request, covenant_id), actor_of(request)
    said = read.remark(remark_id)
    if said.paragraph.covenant_id != row.pk:
        raise Refused("These words are not here.", status=MISSING)

    def page(form: WhyForm) -> HttpResponse:
        context = listed(request) | {"covenant": row, "said": said, "form": form}
        return render(request, "deliberation/covenants/desk_remark.html", context, status=status_of(form))

    return moderated(
        request,
        hide=lambda reason: voices.hide(by=by, remark_id=remark_id, reason=reason),
        show=lambda: voices.show(by=by, remark_id=remark_id),
        page=page,
        to=address(covenant_id),
    )


@door(KEEPERS)
def signed(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """The signatures by building, and a search for who signed on paper."""
    row = kept(request, covenant_id)
    if CovenantStage(row.stage) not in policies.IN_FORCE:
        raise Refused("A covenant is signed after it has been published.", status=MISSING)
    words = request.GET.get("q", "").strip()
    can_enter = bool(policies.may_enter(actor_of(request), row.place.path))
    found = people.search(words, row.place.path, today()) if words and can_enter else []
    context = listed(request) | {
        "covenant": row,
        "buildings": read.signed_by_building(row, today()),
        "signatures": read.signed_at_desk(row, today()),
        "words": words,
        "can_enter": can_enter and row.stage == CovenantStage.PUBLISHED.value,
        "found": [{"id": each.pk, "person": people.masked(each)} for each in found],
    }
    context["count"] = sum(each.signed for each in context["buildings"])
    context["of"] = sum(each.households for each in context["buildings"])
    return render(request, "deliberation/covenants/desk_signed.html", context)


@door(KEEPERS, methods=("POST",))
def enter(request: HttpRequest, covenant_id: UUID) -> HttpResponse:
    """Write down a signature given on paper."""
    row, by = kept(request, covenant_id), actor_of(request)
    person_id = id_sent(request, "person", Refused("Choose who signed.", status=UNPROCESSABLE))
    shown = request.POST.get("shown") == "on"
    return done(
        request,
        lambda: signatures.enter(by=by, covenant_id=row.pk, person_id=person_id, shown=shown),
        _("Written down for their household."),
        to=reverse("covenants_desk:signed", args=[row.pk]),
    )


@door(KEEPERS, methods=("POST",))
def strike(request: HttpRequest, covenant_id: UUID, signature_id: UUID) -> HttpResponse:
    """Take a paper signature back for a household."""
    row, by = kept(request, covenant_id), actor_of(request)
    return done(
        request,
        lambda: signatures.strike(by=by, signature_id=signature_id),
        _("Taken back."),
        to=reverse("covenants_desk:signed", args=[row.pk]),
    )
