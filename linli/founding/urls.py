"""Addresses of setting up, below /desk/setup/."""

from django.urls import path

from linli.founding.web import laying_out, people, stages, units

app_name = "founding"

urlpatterns = [
    path("", stages.home, name="home"),
    path("new/", stages.begin, name="begin"),
    path("<uuid:community_id>/", stages.go_on, name="go_on"),
    path("<uuid:community_id>/buildings/", laying_out.buildings, name="buildings"),
    path("<uuid:community_id>/practice/", people.practice, name="practice"),
    path("<uuid:community_id>/posts/", people.posts, name="posts"),
    path("<uuid:community_id>/units/", units.units, name="units"),
    path("<uuid:community_id>/slips/", people.slips, name="slips"),
    path("<uuid:community_id>/done/", stages.done, name="done"),
    path("<uuid:community_id>/poster/", stages.poster, name="poster"),
]
