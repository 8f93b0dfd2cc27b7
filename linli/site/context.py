"""What every page may show."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from linli.frame.doors import actor_of
from linli.matters.web.desk import DESK
from linli.site import navigation


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """Reader's preferences and the request's id; needs no database, so error pages can use it."""
    account = getattr(request, "account", None)
    return {
        "actor": getattr(request, "actor", None),
        "person_name": account.person.name if account else "",
        "elder": account.elder if account else request.COOKIES.get("linli_elder") == "1",
        "text_size": account.text_size if account else 20,
        "shortcuts": account.shortcuts if account else True,
        "demo_mode": settings.DEMO,
        "request_id": getattr(request, "request_id", ""),
        "nav": SimpleLazyObject(lambda: navigation.nav(request)),
        "finds_matters": SimpleLazyObject(lambda: bool(DESK(actor_of(request)))),
        "place_name": SimpleLazyObject(lambda: navigation.place_name(request)),
    }
