"""The desk's doubts about works: heard at doors, answered in time, explained from door to door."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import doubts as acts
from linli.deliberation.forms.fields import WhyForm
from linli.deliberation.forms.works_photos import HeardWithPhotos
from linli.deliberation.forms.works_voices import RoundForm, WordsForm
from linli.deliberation.policies import works as policies
from linli.deliberation.read import works as read
from linli.deliberation.rules.opening import LONGEST_ABOUT
from linli.deliberation.rules.works import is_overdue
from linli.deliberation.web.desk_works import KEEPERS, ROUNDS, address, form_page, kept, listed
from linli.deliberation.web.sight import moderated
from linli.frame.doors import actor_of, done, door
from linli.kernel.clock import now, today


@door(ROUNDS, methods=("GET", "POST"))
def hear(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """Write down what was doubted at doors."""
    row, by = kept(request, works_id, at_doors=True), actor_of(request)
    materials = [(each.pk, each.name) for each in read.inside(row.pk).materials]
    form = HeardWithPhotos(request.POST or None, request.FILES or None, materials=materials)
    if request.method == "POST" and form.is_valid():
        said, photos = form.cleaned_data, form.sent()
        return done(
            request,
            lambda: acts.hear(
                by=by,
                works_id=works_id,
                text=said["text"],
                doors=said["doors"],
                material_id=said["material"],
                photos=photos,
            ),
            _("Written down. It is answered in public like the others."),
            to=address(works_id),
        )
    return form_page(request, row, form, _("Heard at the door"))


@door(ROUNDS)
def doubt(request: HttpRequest, doubt_id: UUID) -> HttpResponse:
    """One doubt: its answer, the rounds, what can be done."""
    return _page(request, doubt_id)


@door(KEEPERS, methods=("POST",))
def answer(request: HttpRequest, doubt_id: UUID) -> HttpResponse:
    """Answer officially."""
    _kept(request, doubt_id)
    by, form = actor_of(request), _answer_form(request.POST)
    if not form.is_valid():
        return _page(request, doubt_id, answer_form=form)
    text = form.cleaned_data["text"]
    said = _("Answered. Who asked is told.")
    return done(
        request, lambda: acts.answer(by=by, doubt_id=doubt_id, text=text), said, to=_address(doubt_id)
    )


@door(ROUNDS, methods=("POST",))
def explain(request: HttpRequest, doubt_id: UUID) -> HttpResponse:
    """Write down a round from door to door."""
    _kept(request, doubt_id)
    by, form = actor_of(request), RoundForm(request.POST)
    if not form.is_valid():
        return _page(request, doubt_id, round_form=form)
    said = _("Written down: how many homes, never which.")
    return done(
        request, lambda: acts.explain(by=by, doubt_id=doubt_id, kept=form.kept()), said, to=_address(doubt_id)
    )


@door(KEEPERS, methods=("POST",))
def hide(request: HttpRequest, doubt_id: UUID) -> HttpResponse:
    """Take a doubt out of sight with the reason, or show it again."""
    _kept(request, doubt_id)
    by = actor_of(request)
    return moderated(
        request,
        hide=lambda reason: acts.hide(by=by, doubt_id=doubt_id, reason=reason),
        show=lambda: acts.show(by=by, doubt_id=doubt_id),
        page=lambda form: _page(request, doubt_id, hide_form=form),
        to=_address(doubt_id),
        hidden=_("Out of sight. Staff still read it."),
    )


def _answer_form(sent: Any = None) -> WordsForm:
    return WordsForm(sent, label=_("The answer, for everybody to read"), most=LONGEST_ABOUT)


def _address(doubt_id: UUID) -> str:
    return reverse("works_desk:doubt", args=[doubt_id])


def _kept(request: HttpRequest, doubt_id: UUID) -> tuple[Any, Any]:
    """The works a doubt is about, if this desk keeps them or is sent to their doors, and the doubt."""
    row = read.doubt(doubt_id)
    return kept(request, row.works_id, at_doors=True), row


def _page(request: HttpRequest, doubt_id: UUID, **forms: Any) -> HttpResponse:
    actor, (works, row) = actor_of(request), _kept(request, doubt_id)
    found = next(each for each in read.doubts(works.pk, with_hidden=True) if each.row.pk == doubt_id)
    path, answered = works.place.path, row.answered_at is not None
    context = listed(request) | {
        "works": works,
        "doubted": found,
        "community": read.community_of(works),
        "overdue": row.hidden_at is None and not answered and is_overdue(row.due_at, None, now()),
        "can_answer": bool(policies.may_answer(actor, asked_by=row.asked_by_id, place_path=path)),
        "can_explain": bool(policies.may_explain(actor, answered=answered, place_path=path)),
        "can_drop_photos": bool(policies.may_remove_photo(actor, asked_by=row.asked_by_id, place_path=path)),
        "can_hide": bool(policies.may_moderate(actor, asked_by=row.asked_by_id, place_path=path)),
        "answer_form": _answer_form(),
        "round_form": RoundForm(initial={"went_on": today()}),
        "hide_form": WhyForm(auto_id="why_%s"),
    }
    status = 422 if forms else 200
    return render(request, "deliberation/works/desk_doubt.html", context | forms, status=status)
