"""Every address of the site, app by app."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from linli.site import api, api_docs, backups_web, catalogue, errors, health, home, lock, outbox_web

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("", home.home, name="home"),
    path("arrive/", home.arrive, name="arrive"),
    path("preferences/elder/", home.elder, name="elder"),
    path("language/", set_language, name="set_language"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("components/", catalogue.catalogue, name="catalogue"),
    path("", include("linli.matters.urls")),
    path("", include("linli.people.urls")),
    path("", include("linli.organizations.urls")),
    path("notices/", include("linli.notices.urls")),
    path("ballots/", include("linli.ballots.urls")),
    path("opinions/", include("linli.deliberation.urls")),
    path("covenants/", include("linli.deliberation.covenant_urls")),
    path("topics/", include("linli.deliberation.topic_urls")),
    path("appraisals/", include("linli.deliberation.appraisal_urls")),
    path("surveys/", include("linli.deliberation.survey_urls")),
    path("works/", include("linli.deliberation.works_urls")),
    path("shares/", include("linli.deliberation.shares_urls")),
    path("drafts/", include("linli.documents.urls")),
    path("meetings/", include("linli.gatherings.urls")),
    path("desk/", include("linli.matters.desk_urls")),
    path("desk/notices/", include("linli.notices.desk_urls")),
    path("desk/meetings/", include("linli.gatherings.desk_urls")),
    path("desk/ballots/", include("linli.ballots.desk_urls")),
    path("desk/opinions/", include("linli.deliberation.desk_urls")),
    path("desk/covenants/", include("linli.deliberation.covenant_desk_urls")),
    path("desk/topics/", include("linli.deliberation.topic_desk_urls")),
    path("desk/appraisals/", include("linli.deliberation.appraisal_desk_urls")),
    path("desk/surveys/", include("linli.deliberation.survey_desk_urls")),
    path("desk/works/", include("linli.deliberation.works_desk_urls")),
    path("desk/shares/", include("linli.deliberation.shares_desk_urls")),
    path("desk/places/", include("linli.places.urls")),
    path("desk/audit/", include("linli.audit.urls")),
    path("desk/setup/", include("linli.founding.urls")),
    path("desk/lock/", lock.lock, name="lock"),
    path("desk/backups/", backups_web.backups, name="backups"),
    path("desk/backups/now/", backups_web.back_up_now, name="back_up_now"),
    path("desk/outbox/", outbox_web.parked, name="outbox"),
    path("api/openapi.json", api_docs.openapi_json, name="api_openapi"),
    path("api/docs", api_docs.docs, name="api_docs"),
    path("api/", include((api.urls(), "api"))),
]
