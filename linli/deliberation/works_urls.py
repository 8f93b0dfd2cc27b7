"""Addresses of works for residents."""

from django.urls import path

from linli.deliberation.web import works, works_photos

app_name = "works"

urlpatterns = [
    path("", works.all_works, name="all"),
    path("papers/<uuid:paper_id>/", works.paper, name="paper"),
    path("photos/<uuid:photo_id>/", works_photos.photo, name="photo"),
    path("photos/<uuid:photo_id>/back/", works_photos.take_back, name="photo_back"),
    path("<uuid:works_id>/", works.works, name="works"),
    path("<uuid:works_id>/doubt/", works.ask, name="ask"),
    path("<uuid:works_id>/doubts/<uuid:doubt_id>/share/", works.share, name="share"),
    path("<uuid:works_id>/accept/", works.say, name="say"),
    path("<uuid:works_id>/warranty/<uuid:warranty_id>/", works.claim, name="claim"),
    path("<uuid:works_id>/print/", works.printed, name="print"),
]
