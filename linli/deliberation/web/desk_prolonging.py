"""The desk's door to more days for an appraisal."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.deliberation.actions import prolonging
from linli.deliberation.forms.prolonging import ProlongForm
from linli.deliberation.policies import appraisals as policies
from linli.deliberation.read import appraisals as read
from linli.deliberation.web.desk_appraisals import RUNNERS, address, listed, run
from linli.frame.doors import actor_of, done, door, status_of
from linli.kernel.clock import local, today
from linli.kernel.decision import CONFLICT, require


@door(RUNNERS, methods=("GET", "POST"))
def prolong(request: HttpRequest, appraisal_id: UUID) -> HttpResponse:
    """Give an appraisal more days, with the reason."""
    row, by = run(request, appraisal_id), actor_of(request)
    decision = policies.may_prolong(by, stage=read.stage_of(row), place_path=row.place.path)
    require(decision, status=CONFLICT)
    opened_on = local(row.opened_at).date()
    form = ProlongForm(request.POST or None, before=read.days_of(row), opened_on=opened_on, today=today())
    if request.method == "POST" and form.is_valid():
        days, reason = form.days(), form.cleaned_data["reason"]
        return done(
            request,
            lambda: prolonging.prolong(
                by=by,
                appraisal_id=appraisal_id,
                nominate_until=days.nominate_until,
                choose_from=days.choose_from,
                choose_until=days.choose_until,
                reason=reason,
            ),
            _("It has more days. The jury and those put forward are told."),
            to=address(appraisal_id),
        )
    context = listed(request) | {"appraisal": row, "form": form}
    return render(request, "deliberation/appraisals/desk_prolong.html", context, status=status_of(form))
