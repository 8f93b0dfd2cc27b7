"""Residents: the topics of where they live, one topic with its proposals or names, and its poster."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.deliberation.forms.naming import NameForm
from linli.deliberation.forms.topics import ProposalForm
from linli.deliberation.kinds import NameState, Sorting, TopicKind, TopicStage
from linli.deliberation.policies import naming as naming_policies
from linli.deliberation.policies import topics as policies
from linli.deliberation.read import history, naming, opinions
from linli.deliberation.read import topics as read
from linli.frame import qr
from linli.frame.doors import ANYONE, SIGNED_IN, actor_of, door, explain
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Denied, person_of, require


@door(SIGNED_IN)
def topics(request: HttpRequest) -> HttpResponse:
    """The topics of the places somebody belongs to."""
    rows = read.of_person(person_of(actor_of(request)), today())
    return render(request, "deliberation/topics/all.html", {"rows": rows})


@door(SIGNED_IN)
def topic(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """One topic: its proposals and the way to raise one, or its names and the way to enter one."""
    return page(request, topic_id)


@door(ANYONE)
def poster(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """A sheet for the board: what is asked and until when, the names before the vote, or the name found."""
    row, _here = seen(request, topic_id)
    stage = read.stage_of(row)
    names = naming.names(row.pk) if row.kind == TopicKind.NAMING and stage is not TopicStage.RUNNING else []
    context = {
        "topic": row,
        "stage": stage,
        "kept": [each for each in names if each.state != NameState.LEFT_OUT],
        "left_out": [each for each in names if each.state == NameState.LEFT_OUT],
        "credits": naming.credited(row.chosen) if row.chosen else [],
        "link": request.build_absolute_uri(reverse("topics:topic", args=[row.pk])),
    }
    context["qr"] = qr.svg(context["link"], label=_("Opens this topic"))
    return render(request, "deliberation/topics/poster.html", context)


def seen(request: HttpRequest, topic_id: UUID) -> tuple[Any, bool]:
    """The topic, if it may be seen, and whether the reader belongs to its place."""
    actor, row = actor_of(request), read.topic(topic_id)
    here = opinions.belongs(actor.person_id, row.place.path)
    decision = policies.may_see(actor, belongs=here, stage=read.stage_of(row), place_path=row.place.path)
    require(decision, status=MISSING)
    return row, here


def page(request: HttpRequest, topic_id: UUID, **forms: Any) -> HttpResponse:
    """A topic's page; with a form that was refused it is drawn again."""
    row, here = seen(request, topic_id)
    if row.kind == TopicKind.NAMING:
        return _naming_page(request, row, here, forms)
    actor, sections = actor_of(request), read.sections(row.pk)
    chosen = request.GET.get("section", "")
    section = int(chosen) if chosen.isdecimal() and int(chosen) <= len(sections) else None
    sorting = Sorting.SUPPORT if request.GET.get("sort") == Sorting.SUPPORT else Sorting.NEWEST
    decision = policies.may_raise(
        actor,
        belongs=here,
        stage=read.stage_of(row),
        kind=TopicKind(row.kind),
        waiting=read.waiting_of(person_of(actor), row.pk),
    )
    context = {
        "topic": row,
        "before": history.before(row),
        "tabs": tabs(sorting, section),
        "parts": parts(sections, sorting, section),
        "proposals": read.proposals(row.pk, reader=person_of(actor), sorting=sorting, section=section),
        "sorting": sorting,
        "can_raise": bool(decision),
        "not_raising": explain(decision) if isinstance(decision, Denied) else "",
        "form": ProposalForm(sections=sections),
    } | forms
    return render(request, "deliberation/topics/one.html", context, status=422 if forms else 200)


def tabs(sorting: Sorting, section: int | None) -> list[dict[str, Any]]:
    """The two orders proposals can stand in."""
    more = f"&section={section}" if section is not None else ""
    labels = {Sorting.NEWEST: _("Newest first"), Sorting.SUPPORT: _("Most support first")}
    return [
        {"label": label, "url": f"?sort={each.value}{more}", "on": each is sorting}
        for each, label in labels.items()
    ]


def parts(sections: list[Any], sorting: Sorting, section: int | None) -> list[dict[str, Any]]:
    """A topic's sections to choose from; none where it has none."""
    if not sections:
        return []
    every = [{"label": _("All"), "url": f"?sort={sorting.value}", "on": section is None}]
    return every + [
        {
            "label": each.title,
            "url": f"?sort={sorting.value}&section={each.number}",
            "on": each.number == section,
        }
        for each in sections
    ]


def _naming_page(request: HttpRequest, row: Any, here: bool, forms: dict[str, Any]) -> HttpResponse:
    actor, stage = actor_of(request), read.stage_of(row)
    mine = naming.entered_by(actor.person_id, row.pk)
    decision = naming_policies.may_enter(
        actor,
        belongs=here,
        stage=stage,
        kind=TopicKind.NAMING,
        entered=len(mine),
        names_each=row.names_each,
    )
    context = {
        "topic": row,
        "before": history.before(row),
        "stage": stage,
        "names": naming.names(row.pk),
        "mine": mine,
        "credits": naming.credited(row.chosen) if row.chosen else [],
        "votable": row.ballot is not None and row.ballot.announced_at is not None,
        "can_enter": bool(decision),
        "not_entering": explain(decision) if isinstance(decision, Denied) and not mine else "",
        "form": NameForm(),
    } | forms
    return render(request, "deliberation/topics/naming.html", context, status=422 if forms else 200)
