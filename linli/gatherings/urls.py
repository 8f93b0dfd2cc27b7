"""Addresses of meetings for residents, for whoever opens a talk on the spot, and for calendars."""

from django.urls import path

from linli.gatherings.web import calendars, posters, resident, sitting

app_name = "gatherings"

urlpatterns = [
    path("", resident.meetings, name="meetings"),
    path("sit/", sitting.sit, name="sit"),
    path("calendar/", calendars.mine, name="calendar"),
    path("calendar/<str:token>.ics", calendars.person_ics, name="person_ics"),
    path("bodies/<uuid:body_id>.ics", calendars.body_ics, name="body_ics"),
    path("board/", resident.board, name="board"),
    path("board/<uuid:posting_id>/", resident.posting, name="posting"),
    path("board/<uuid:posting_id>/object/", resident.object_to, name="object"),
    path("board/<uuid:posting_id>/photo/", posters.photo, name="posting_photo"),
    path("board/<uuid:posting_id>/poster/", posters.poster, name="poster"),
    path("affairs/<uuid:place_id>/", resident.affairs, name="affairs"),
    path("<uuid:gathering_id>/", resident.meeting, name="meeting"),
    path("<uuid:gathering_id>/minutes/", resident.minutes, name="minutes"),
    path("<uuid:gathering_id>/here/", resident.here, name="here"),
    path("<uuid:gathering_id>/remote/", resident.remote, name="remote"),
    path("<uuid:gathering_id>/run/", sitting.run, name="run"),
    path("<uuid:gathering_id>/run/<slug:name>/", sitting.run_act, name="run_act"),
    path("<uuid:gathering_id>/code/", sitting.code, name="code"),
]
