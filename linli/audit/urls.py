"""Addresses of the record."""

from django.urls import path

from linli.audit import web

app_name = "audit"

urlpatterns = [
    path("", web.day, name="day"),
    path("day.xlsx", web.day_xlsx, name="day_xlsx"),
    path("subject/<uuid:subject_id>/", web.story, name="story"),
    path("post/<uuid:post_id>/", web.post, name="of_post"),
    path("person/<uuid:person_id>/", web.person, name="of_person"),
]
