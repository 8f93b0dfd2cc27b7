"""Addresses of notices for residents."""

from django.urls import path

from linli.notices.web import resident

app_name = "notices"

urlpatterns = [
    path("", resident.inbox, name="inbox"),
    path("read/", resident.read_all, name="read_all_notices"),
    path("<uuid:notice_id>/", resident.open_notice, name="open_notice"),
    path("announcements/", resident.announcements, name="announcements"),
    path("announcements/<uuid:announcement_id>/", resident.announcement, name="announcement"),
    path("announcements/<uuid:announcement_id>/poster/", resident.poster, name="announcement_poster"),
]
