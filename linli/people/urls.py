"""Addresses of people: the register on the desk, and everybody's own settings."""

from django.urls import path

from linli.people.web import holdings, register

app_name = "people"

urlpatterns = [
    path("desk/people/", register.people_list, name="list"),
    path("desk/people.xlsx", register.list_xlsx, name="list_xlsx"),
    path("desk/people/register/", register.register, name="register"),
    path("desk/people/<uuid:person_id>/", register.person, name="person"),
    path("desk/people/<uuid:person_id>/edit/", register.edit, name="edit"),
    path("desk/people/<uuid:person_id>/open/", register.open_field, name="open_field"),
    path("desk/people/<uuid:person_id>/home/", register.move_in, name="move_in"),
    path("desk/people/residences/<uuid:residence_id>/end/", register.move_out, name="move_out"),
    path("desk/people/<uuid:person_id>/owns/", holdings.own, name="own"),
    path("desk/people/holdings/<uuid:holding_id>/end/", holdings.end, name="holding_end"),
    path("me/", register.preferences, name="preferences"),
]
