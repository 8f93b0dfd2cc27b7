"""What a raiser may do with their matter: one way of doing it for who is signed in and who has a code.

An act without `sent` only shows its page, so that it can be opened by a link and, with a code, by a button.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.frame.doors import once, told_in
from linli.kernel.actor import ANONYMOUS
from linli.kernel.decision import Refused, require
from linli.matters import wording
from linli.matters.actions import judging, moving, speaking, watching
from linli.matters.forms.mine import NO, YES, EvaluateForm, FollowUpForm, ReopenForm, SupplementForm, UrgeForm
from linli.matters.kinds import Outcome, State
from linli.matters.read import lists, settings
from linli.matters.read import one as read
from linli.matters.web import for_groups
from linli.matters.web.case import Case, decisions, holder_label, point_of
from linli.matters.web.elsewhere import ways_on
from linli.matters.web.neighbours import spoken
from linli.matters.web.story import story

UNPROCESSABLE = 422
Do = Callable[[Case, Mapping[str, Any]], object]


@dataclass(frozen=True)
class Act:
    """One thing a raiser may do: what it asks, what it does, and what is said afterwards."""

    name: str
    do: Do
    done: Any
    form: type[forms.Form] = forms.Form
    template: str = "matters/resident/act.html"


def _supplement(case: Case, said: Mapping[str, Any]) -> object:
    return speaking.supplement(by=case.actor, matter_id=case.matter.id, ties=case.ties, text=said["text"])


def _urge(case: Case, said: Mapping[str, Any]) -> object:
    return watching.urge(by=case.actor, matter_id=case.matter.id, ties=case.ties, text=said["text"])


def _withdraw(case: Case, said: Mapping[str, Any]) -> object:
    return moving.withdraw(by=case.actor, matter_id=case.matter.id, ties=case.ties)


def _reopen(case: Case, said: Mapping[str, Any]) -> object:
    return moving.reopen(by=case.actor, matter_id=case.matter.id, ties=case.ties, reason=said["text"])


def _publication(case: Case, said: Mapping[str, Any]) -> object:
    forbidden = not case.matter.forbids_publication
    return speaking.forbid_publication(
        by=case.actor, matter_id=case.matter.id, ties=case.ties, forbidden=forbidden
    )


def _evaluate(case: Case, said: Mapping[str, Any]) -> object:
    return judging.evaluate(
        by=case.actor,
        matter_id=case.matter.id,
        ties=case.ties,
        solved=said["solved"] == YES,
        score=said["level"],
        text=said["text"],
    )


def _follow_up(case: Case, said: Mapping[str, Any]) -> object:
    return judging.follow_up(by=case.actor, matter_id=case.matter.id, ties=case.ties, text=said["text"])


ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        Act("supplement", _supplement, gettext_lazy("Added. Whoever has it reads it now."), SupplementForm),
        Act("urge", _urge, gettext_lazy("They have been told that you are waiting."), UrgeForm),
        Act("withdraw", _withdraw, gettext_lazy("You took it back. Nobody works on it any more.")),
        Act("reopen", _reopen, gettext_lazy("It is open again, and its time starts anew."), ReopenForm),
        Act("publication", _publication, gettext_lazy("Noted.")),
        Act(
            "evaluate",
            _evaluate,
            gettext_lazy("Thank you. What you said counts."),
            EvaluateForm,
            "matters/resident/evaluate.html",
        ),
        Act("follow_up", _follow_up, gettext_lazy("Added. Thank you."), FollowUpForm),
    )
}


def run(request: HttpRequest, case: Case, act: Act) -> HttpResponse:
    """Show the page of an act, or do it and show the matter."""
    if request.method != "POST" or "sent" not in request.POST:
        return _page(request, case, act, act.form())
    form = act.form(request.POST)
    if not form.is_valid():
        return _page(request, case, act, form, status=UNPROCESSABLE)
    answer = f"/my/{case.matter.id}/" if not case.code else ""

    def do() -> str:
        act.do(case, form.cleaned_data)
        return answer

    try:
        once(request, do, by=ANONYMOUS if case.code else None)
    except Refused as refusal:
        told_in(form, refusal)
        return _page(request, case, act, form, status=UNPROCESSABLE)
    if case.code:
        fresh = Case(read.matter(case.matter.id), case.ties, case.actor, case.code)
        return matter_page(request, fresh, told=str(act.done))
    if act.name == "evaluate" and form.cleaned_data["solved"] == NO and decisions(case)["reopen"]:
        messages.success(request, _("Thank you. If it is not solved, you can have it opened again here."))
        return HttpResponseRedirect(case.url("reopen"))
    messages.success(request, act.done)
    return HttpResponseRedirect(answer)


def _page(request: HttpRequest, case: Case, act: Act, form: forms.Form, *, status: int = 200) -> HttpResponse:
    require(decisions(case)[act.name])
    context = {
        "matter": case.matter,
        "title": case.title,
        "code": case.code,
        "act": act.name,
        "form": form,
        "action": case.url(act.name),
        "holder": holder_label(case.matter),
    }
    return render(request, act.template, context, status=status)


def matter_page(request: HttpRequest, case: Case, *, told: str = "") -> HttpResponse:
    """The page of a matter for its raiser: who has it, its story, what they can do."""
    matter = case.matter
    tale = story(case)
    links = {act: case.url(act) for act, allowed in decisions(case, tale.urged_at).items() if allowed}
    context = {
        "matter": matter,
        "title": case.title,
        "code": case.code,
        "told": told,
        "holder": holder_label(matter),
        "is_open": matter.state != State.CLOSED,
        "outcome": wording.OUTCOME_LABELS.get(matter.outcome, ""),
        "story": tale,
        "point": point_of(case.actor, matter, case.ties),
        "ways_on": ways_on(matter.text, matter.title)
        if case.own and matter.outcome == Outcome.OUT_OF_SCOPE
        else "",
        "acts": links,
        "copy": "" if case.code else for_groups.of_matter(request, matter, settings.procedure_of(matter)),
        "joiners": 0 if matter.anonymous else lists.joiners([matter.id]).get(matter.id, 0),
        "own": case.ties.is_raiser or case.ties.holds_tracking_code,
        "comments": spoken(matter) if matter.published_at else [],
        "judged": read.evaluation_of(matter, case.actor.person_id),
    }
    return render(request, "matters/resident/matter.html", context)
