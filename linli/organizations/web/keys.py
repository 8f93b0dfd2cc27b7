"""The desk's page of keys: which other systems act here, when they last did, and taking a key back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of, door, holds, once
from linli.frame.paging import page_of
from linli.kernel.clock import today
from linli.kernel.decision import require
from linli.organizations import actions, policies, read
from linli.organizations.kinds import Power

FILLERS = holds(Power.APPOINT)


@door(FILLERS)
def keys(request: HttpRequest) -> HttpResponse:
    """The keys over the widest place where the reader fills posts; those at work first."""
    actor = actor_of(request)
    scope = actor.paths(Power.APPOINT)[0]
    require(policies.may_see_keys(actor, scope))
    page = page_of(request, read.keys_under(scope))
    context = {"page": page, "rows": [_shown(row, get_language() or "") for row in page.rows]}
    return render(request, "organizations/keys.html", context)


@door(FILLERS, methods=("POST",))
def revoke(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """Take one back."""

    def act() -> str:
        row = actions.revoke_key(by=actor_of(request), key_id=key_id)
        messages.success(
            request, _("Taken back. %(name)s can do nothing here from now on.") % {"name": row.name}
        )
        return reverse("organizations:keys")

    return HttpResponseRedirect(once(request, act))


def _shown(row: Any, language: str) -> dict[str, Any]:
    works = row.revoked_at is None and row.ends > today()
    if row.revoked_at is not None:
        state, tone = _("Taken back"), "plain"
    else:
        state, tone = (_("In force"), "go") if works else (_("Over"), "plain")
    return {
        "key": row,
        "acts_for": read.post_title(row.post, language),
        "where": row.place.name,
        "powers": ", ".join(row.powers),
        "state": state,
        "tone": tone,
        "works": works,
    }
