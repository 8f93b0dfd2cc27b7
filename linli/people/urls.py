"""Addresses of people: the register on the desk, and everybody's own settings."""

from django.urls import path

from linli.people import web

app_name = "people"

urlpatterns = [
    path("desk/people/", web.people_list, name="list"),
    path("desk/people.xlsx", web.list_xlsx, name="list_xlsx"),
    path("desk/people/register/", web.register, name="register"),
    path("desk/people/<uuid:person_id>/", web.person, name="person"),
    path("desk/people/<uuid:person_id>/edit/", web.edit, name="edit"),
    path("desk/people/<uuid:person_id>/open/", web.open_field, name="open_field"),
    path("desk/people/<uuid:person_id>/home/", web.move_in, name="move_in"),
    path("desk/people/residences/<uuid:residence_id>/end/", web.move_out, name="move_out"),
    path("me/", web.preferences, name="preferences"),
]
