"""Addresses of places on the desk."""

from django.urls import path

from linli.places import web

app_name = "places"

urlpatterns = [
    path("", web.tree, name="tree"),
    path("<uuid:place_id>/", web.place, name="place"),
    path("<uuid:place_id>.xlsx", web.place_xlsx, name="place_xlsx"),
    path("<uuid:place_id>/add/", web.open_place, name="place_open"),
    path("<uuid:place_id>/rename/", web.rename, name="place_rename"),
    path("<uuid:place_id>/code/", web.give_code, name="place_code"),
    path("<uuid:place_id>/close/", web.close, name="place_close"),
]
