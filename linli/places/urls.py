"""Addresses of places on the desk."""

from django.urls import path

from linli.places.web import bays, outlines, tree

app_name = "places"

urlpatterns = [
    path("", tree.tree, name="tree"),
    path("<uuid:place_id>/", tree.place, name="place"),
    path("<uuid:place_id>.xlsx", tree.place_xlsx, name="place_xlsx"),
    path("<uuid:place_id>/add/", tree.open_place, name="place_open"),
    path("<uuid:place_id>/rename/", tree.rename, name="place_rename"),
    path("<uuid:place_id>/code/", tree.give_code, name="place_code"),
    path("<uuid:place_id>/close/", tree.close, name="place_close"),
    path("<uuid:place_id>/bays/", bays.bays, name="bays"),
    path("<uuid:place_id>/bays.xlsx", bays.bays_xlsx, name="bays_xlsx"),
    path("<uuid:place_id>/bays/add/", bays.add, name="bays_add"),
    path("<uuid:place_id>/bay/", bays.change, name="bay"),
    path("<uuid:place_id>/outline/", outlines.draw, name="outline"),
    path("<uuid:place_id>/outline/<uuid:former_id>/", outlines.restore, name="outline_restore"),
    path("<uuid:place_id>/outlines.json", outlines.shapes, name="outline_shapes"),
    path("<uuid:place_id>.geojson", outlines.download, name="outlines_download"),
    path("<uuid:place_id>/outlines/", outlines.upload, name="outlines_upload"),
]
