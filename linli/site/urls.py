"""Every address of the site, app by app."""

import importlib

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from linli.site import errors, health

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("language/", set_language, name="set_language"),
]
for prefix, module in [
    ("", "linli.matters.urls"), ("", "linli.people.account_urls"), ("me/", "linli.people.me_urls"),
    ("notices/", "linli.notices.urls"), ("drafts/", "linli.documents.urls"),
    ("boards/", "linli.organizations.board_urls"), ("desk/", "linli.matters.desk_urls"),
    ("desk/audit/", "linli.audit.urls"), ("desk/notices/", "linli.notices.desk_urls"),
    ("desk/places/", "linli.places.urls"), ("desk/people/", "linli.people.urls"),
    ("desk/posts/", "linli.organizations.urls"),
]:
    try:
        importlib.import_module(module)
    except ModuleNotFoundError:
        continue
    urlpatterns.append(path(prefix, include(module)))
for url, module, view, name in [
    ("", "linli.site.home", "home", "home"), ("components/", "linli.site.catalogue", "catalogue", "catalogue"),
    ("desk/lock/", "linli.site.lock", "lock", "lock"), ("desk/outbox/", "linli.site.outbox_web", "parked", "outbox"),
    ("sign-in/", "allauth.account.views", "login", "account_login"),
    ("sign-out/", "allauth.account.views", "logout", "account_logout"),
]:
    try:
        urlpatterns.append(path(url, getattr(importlib.import_module(module), view), name=name))
    except (ModuleNotFoundError, AttributeError):
        continue
