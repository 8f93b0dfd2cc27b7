"""The desk's topics: opened, given more days, ended; with what is owed to their proposals."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.actions import topics as acts
from linli.deliberation.actions.topics import Opening, Promise
from linli.deliberation.forms.naming import ContestForm, GiveForm, ShortlistForm, VoteForm
from linli.deliberation.forms.rewording import RewordForm
from linli.deliberation.forms.topics import ExtendForm, TopicForm
from linli.deliberation.kinds import Power, Sorting, TopicKind
from linli.deliberation.policies import naming as naming_policies
from linli.deliberation.policies import topics as policies
from linli.deliberation.read import history, naming, opinions
from linli.deliberation.read import topics as read
from linli.deliberation.web import topics as shared
from linli.frame.doors import actor_of, done, door, explain, holds, status_of
from linli.frame.paging import page_of
from linli.kernel.decision import MISSING, UNPROCESSABLE, Denied, Refused, person_of, require
from linli.kernel.ids import id_in
from linli.places.policies import may_edit_place

LEADERS = holds(Power.LEAD)


@door(LEADERS)
def topics(request: HttpRequest) -> HttpResponse:
    """All topics of this desk's places."""
    return render(request, "deliberation/topics/desk_all.html", listed(request))


@door(LEADERS, methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Open a topic; of a proposal that was taken up (`?from=`) its words are there already."""
    by = actor_of(request)
    origin = _origin(request)
    start = {"title": origin.title, "about": origin.text, "place": origin.topic.place_id} if origin else {}
    places = [(row.pk, written) for row, written in opinions.places_to_lead_at(by)]
    form = TopicForm(request.POST or None, initial=start, places=places)

    def act(kept: dict[str, Any]) -> Any:
        return acts.open_topic(
            by=by,
            place_id=kept["place"],
            opening=_opening(kept),
            promise=Promise(kept["threshold"], kept["workdays"]),
            sections=kept["sections"],
            origin_id=origin.pk if origin else None,
        )

    return _opened(request, form, act, {"origin": origin})


@door(LEADERS, methods=("GET", "POST"))
def new_naming(request: HttpRequest) -> HttpResponse:
    """Ask for a courtyard's or a building's name."""
    by = actor_of(request)
    places = [(row.pk, written) for row, written in naming.places_to_name(by)]
    form = ContestForm(request.POST or None, places=places)

    def act(kept: dict[str, Any]) -> Any:
        return acts.open_contest(
            by=by, place_id=kept["place"], opening=_opening(kept), names_each=kept["names_each"]
        )

    return _opened(request, form, act, {"naming": True})


def _origin(request: HttpRequest) -> Any:
    key = id_in(request.GET.get("from", ""))
    if key is None:
        return None
    row = read.proposal(key)
    require(policies.may_lead(actor_of(request), row.topic.place.path), status=MISSING)
    return row


def _opening(kept: dict[str, Any]) -> Opening:
    return Opening(kept["title"], kept["about"], kept["starts"], kept["ends"])


def _opened(
    request: HttpRequest,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], Any],
    context: dict[str, Any],
) -> HttpResponse:
    """Open it from a sound form, or show the form with what is wrong."""
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            return done(
                request,
                lambda: act(form.cleaned_data),
                _("Opened. Residents find it on their first page."),
                to=lambda row: address(row.pk),
            )
        except Refused as refused:
            if refused.status != UNPROCESSABLE:
                raise
            problem = explain(refused)
    context |= listed(request) | {"form": form, "problem": problem}
    return render(request, "deliberation/topics/desk_new.html", context, status=status_of(form))


@door(LEADERS)
def topic(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """One topic: what is owed, its proposals or names, and what can be done now."""
    return page(request, topic_id)


@door(LEADERS, methods=("POST",))
def close(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """End it before its last day."""
    led(request, topic_id)
    by = actor_of(request)
    return done(
        request,
        lambda: acts.close(by=by, topic_id=topic_id),
        _("Ended. You can give it more days again."),
        to=address(topic_id),
    )


@door(LEADERS, methods=("POST",))
def extend(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """Give it more days."""
    form, by = ExtendForm(request.POST), actor_of(request)
    if not form.is_valid():
        return page(request, topic_id, extend_form=form)
    ends = form.cleaned_data["ends"]
    return done(
        request,
        lambda: acts.extend(by=by, topic_id=topic_id, ends=ends),
        _("It has more days now."),
        to=address(topic_id),
    )


def address(topic_id: UUID) -> str:
    """A topic's page on the desk."""
    return reverse("topics_desk:topic", args=[topic_id])


def listed(request: HttpRequest) -> dict[str, Any]:
    """The desk's middle column: every topic, those with a reply overdue first."""
    return {"page": page_of(request, read.at_desk(actor_of(request)))}


def led(request: HttpRequest, topic_id: UUID) -> Any:
    """The topic, if this desk leads it."""
    row = read.topic(topic_id)
    require(policies.may_lead(actor_of(request), row.place.path), status=MISSING)
    return row


def page(request: HttpRequest, topic_id: UUID, **forms: Any) -> HttpResponse:
    """A topic's page on the desk; with a form that was refused it is drawn again."""
    actor, row = actor_of(request), led(request, topic_id)
    stage, path = read.stage_of(row), row.place.path
    context = listed(request) | {
        "topic": row,
        "stage": stage,
        "can_close": bool(policies.may_close(actor, stage=stage, place_path=path)),
        "can_extend": bool(policies.may_extend(actor, stage=stage, place_path=path)),
        "extend_form": ExtendForm(),
        "can_reword": bool(policies.may_reword(actor, stage=stage, place_path=path)),
        "reword_form": RewordForm(initial={"title": row.title, "about": row.about}),
        "before": history.before(row),
        "link": request.build_absolute_uri(reverse("topics:topic", args=[row.pk])),
    }
    more = _names(request, row) if row.kind == TopicKind.NAMING else _proposals(request, row)
    context |= more | forms
    return render(request, "deliberation/topics/desk_one.html", context, status=422 if forms else 200)


def sorting_asked(request: HttpRequest) -> Sorting:
    """The order proposals stand in: the newest first where nothing else is asked for."""
    return Sorting.SUPPORT if request.GET.get("sort") == Sorting.SUPPORT else Sorting.NEWEST


def _proposals(request: HttpRequest, row: Any) -> dict[str, Any]:
    sorting = sorting_asked(request)
    person_id = person_of(actor_of(request))
    return {
        "tabs": shared.tabs(sorting, None),
        "sorting": sorting,
        "proposals": read.proposals(row.pk, reader=person_id, sorting=sorting, hidden=True),
    }


def _names(request: HttpRequest, row: Any) -> dict[str, Any]:
    actor, stage, path = actor_of(request), read.stage_of(row), row.place.path
    names, ballot = naming.names(row.pk, with_hidden=True), naming.ballot_state(row)
    shortlist = naming_policies.may_shortlist(
        actor,
        kind=TopicKind.NAMING,
        stage=stage,
        has_entered=naming.has_entered(person_of(actor), row.pk),
        ballot=ballot,
        place_path=path,
    )
    give = naming_policies.may_give_name(
        actor, stage=stage, is_given=row.named_on is not None, place_path=path
    )
    rename = may_edit_place(actor, path)
    return {
        "names": names,
        "can_shortlist": bool(shortlist),
        "not_shortlisting": explain(shortlist) if isinstance(shortlist, Denied) else "",
        "can_call": bool(naming_policies.may_call_ballot(actor, stage=stage, ballot=ballot, place_path=path)),
        "can_give": bool(give) and bool(rename),
        "not_giving": explain(rename) if give and isinstance(rename, Denied) else "",
        "tied": ballot is not None and ballot in naming_policies.OVER and row.decided_at is None,
        "credits": naming.credited(row.chosen) if row.chosen else [],
        "shortlist_form": ShortlistForm(names=[each for each in names if each.hidden_at is None]),
        "vote_form": VoteForm(),
        "give_form": GiveForm(),
    }
