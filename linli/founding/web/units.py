"""The responsible units of a community, so that it can send out its first matter."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import ngettext

from linli.founding import actions, read
from linli.founding.actions import Unit
from linli.founding.forms import UnitForm
from linli.founding.kinds import Stage
from linli.founding.web.stages import SETTERS, address, community_of, context_of
from linli.frame.doors import actor_of, door, explain, once
from linli.kernel.decision import Refused
from linli.matters.wording import in_words

ROWS = 4  # at a time; the page comes again for more


@door(SETTERS, methods=("GET", "POST"))
def units(request: HttpRequest, community_id: UUID) -> HttpResponse:
    """Who answers for what, and rows for more: a unit, its duty, who takes its orders."""
    row = community_of(request, community_id)
    names = {code: in_words(words) for code, words in read.duties().items()}
    served = [(names.get(each.duty, each.duty), each.organization) for each in read.units(row)]
    choices = list(names.items())
    forms = [UnitForm(request.POST or None, prefix=f"u{n}", duties=choices) for n in range(ROWS)]
    context = context_of(row, Stage.UNITS) | {"served": served, "forms": forms}
    checked = [form.is_valid() for form in forms]  # every row, so that every fault is said at once
    if request.method == "POST" and all(checked):
        try:
            return HttpResponseRedirect(once(request, lambda: _add(request, row, forms)))
        except Refused as refusal:
            if refusal.status < 409:
                raise
            context["refusal"] = explain(refusal)
    wrong = request.method == "POST"
    return render(request, "founding/units.html", context, status=422 if wrong else 200)


def _add(request: HttpRequest, row: Any, forms: list[UnitForm]) -> str:
    said = [form.cleaned_data for form in forms if form.cleaned_data.get("name")]
    new = [
        Unit(each["duty"], each["name"], each["phone"], each["contact"], each["contact_phone"])
        for each in said
    ]
    if new:
        count = actions.add_units(by=actor_of(request), community_id=row.id, units=new)
        text = ngettext("%(n)s unit noted.", "%(n)s units noted.", count)
        messages.success(request, text % {"n": count})
    return address(Stage.UNITS if request.POST.get("do") == "more" else Stage.SLIPS, row)
