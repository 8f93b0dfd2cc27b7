"""Words taken out of sight with the reason, and shown again: proposals, comments, remarks, names, doubts."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linli.deliberation.forms.fields import WhyForm
from linli.frame.doors import done


def moderated(
    request: HttpRequest,
    *,
    hide: Callable[[str], object],
    show: Callable[[], object],
    page: Callable[[WhyForm], HttpResponse],
    to: str,
    hidden: str = "",
) -> HttpResponse:
    """Take it out of sight with the reason sent, or show it again; without a reason yet, ask on the page.

    `hidden` says that it is out of sight, where its author does not read the reason.
    """
    if request.POST.get("do") == "show":
        return done(request, show, _("Everybody reads it again."), to=to)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return page(form)
    reason = form.cleaned_data["reason"]
    return done(
        request, lambda: hide(reason), hidden or _("Out of sight. Its author reads the reason."), to=to
    )
