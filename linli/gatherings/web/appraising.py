"""The yearly appraisal of a committee at the desk: when it is due, what was found, writing one down."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.frame.doors import actor_of, done, door, status_of, told_in
from linli.gatherings import actions, policies, wording
from linli.gatherings.forms.calling import AppraisalForm
from linli.gatherings.kinds import BodyKind
from linli.gatherings.read import bodies as read_bodies
from linli.gatherings.read import seats as read
from linli.gatherings.rules import dates, office
from linli.gatherings.web.asking import HOLDERS
from linli.gatherings.web.desk import listed
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused, require


def office_of(row: Any, members: Collection[Any]) -> dict[str, Any] | None:
    """For the page of a body whose members are appraised: when it is due, what was found of each, and how
    many may ask for a recall; None for others."""
    if BodyKind(row.kind) not in office.APPRAISED:
        return None
    day, last = today(), read.last_appraisal(row.pk)
    due = dates.next_due(office.EVERY_MONTHS, row.began_on, last)
    found = read.findings([each.pk for each in members])
    return {
        "last": last,
        "due": due,
        "missed": dates.missed(office.EVERY_MONTHS, due, day),
        "can_appraise": bool(read.to_appraise(row.pk, day, day)),
        "found": [
            {"member": each, "findings": found[each.pk]}
            for each in sorted(members, key=lambda each: each.person.name_key if each.person else "")
            if found[each.pk]
        ],
        "recall": [
            {"who": wording.CALLED_LABELS[by], "least": least, "of": whole}
            for by, least, whole in read.to_recall(row, day)
        ],
    }


@door(HOLDERS, methods=("GET", "POST"))
def appraisal(request: HttpRequest, body_id: UUID) -> HttpResponse:
    """Write down what the appraisal of a day found of every member."""
    actor, row = actor_of(request), read_bodies.body(body_id)
    require(policies.may_keep_bodies(actor, row.place.path), status=MISSING)
    if BodyKind(row.kind) not in office.APPRAISED:
        raise Refused("This page is not here.", status=MISSING)
    rows = read.to_appraise(row.pk, today(), today())
    members = [(each.pk, each.person.name if each.person else "") for each in rows]
    form = AppraisalForm(request.POST or None, members=members, initial={"held_on": today()})
    address = reverse("gatherings_desk:body", args=[row.pk])
    if request.method == "POST" and form.is_valid():
        ended: list[Any] = []

        def act() -> str:
            held_on, findings = form.cleaned_data["held_on"], form.findings()
            ended.extend(actions.appraise(by=actor, body_id=row.pk, held_on=held_on, findings=findings))
            return f"{address}#appraisal"

        try:
            return done(request, act, lambda: _told(ended))
        except Refused as refusal:
            told_in(form, refusal, conflicts=True)
    context = {"form": form, "b": row, "members": members, **listed(request, actor, over=False)}
    return render(request, "gatherings/desk/appraisal.html", context, status=status_of(form))


def _told(ended: Collection[Any]) -> str:
    if not ended:
        return _("Written down.")
    words = ngettext(
        "Written down. %(names)s was found unfit twice in a row: the office ends today.",
        "Written down. %(names)s were found unfit twice in a row: their offices end today.",
        len(ended),
    )
    return words % {"names": _(", ").join(each.person.name for each in ended)}
