"""What could not be carried upward: reactions that failed ten times wait here for somebody to see."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.audit.kinds import Power
from linli.frame import outbox
from linli.frame.doors import door, holds
from linli.kernel import clock
from linli.site.audit_names import event_words


@door(holds(Power.READ), methods=("GET", "POST"))
def parked(request: HttpRequest) -> HttpResponse:
    """The list; each can be tried again. A row says which event, how often, and the kind of fault."""
    if request.method == "POST":
        with suppress(ValueError, OverflowError):
            outbox.release(int(request.POST.get("row", "")[:18]))
            messages.success(request, _("It will be tried again now."))
        return HttpResponseRedirect(reverse("outbox"))
    rows = [
        {
            "id": row.id,
            "event": event_words(row.event),
            "code": row.event,
            "attempts": row.attempts,
            "error": row.last_error,
            "since": f"{clock.local(row.created_at):%Y-%m-%d %H:%M}",
            "parked": f"{clock.local(row.parked_at):%Y-%m-%d %H:%M}" if row.parked_at else "",
            "subject": str(row.payload.get("subject", "")),
        }
        for row in outbox.parked()
    ]
    return render(request, "site/outbox.html", {"rows": rows})
