"""Addresses of surveys for the desk."""

from django.urls import path

from linli.deliberation.web import desk_books, desk_sheets, desk_surveys

app_name = "surveys_desk"

urlpatterns = [
    path("", desk_surveys.surveys, name="surveys"),
    path("new/", desk_surveys.new, name="new"),
    path("surveys.xlsx", desk_books.surveys_xlsx, name="surveys_xlsx"),
    path("<uuid:survey_id>/", desk_surveys.survey, name="survey"),
    path("<uuid:survey_id>/add/", desk_surveys.add, name="add"),
    path("<uuid:survey_id>/questions/<int:number>/remove/", desk_surveys.remove, name="remove"),
    path("<uuid:survey_id>/drop/", desk_surveys.drop, name="drop"),
    path("<uuid:survey_id>/open/", desk_surveys.begin, name="open"),
    path("<uuid:survey_id>/close/", desk_surveys.close, name="close"),
    path("<uuid:survey_id>/publish/", desk_surveys.publish, name="publish"),
    path("<uuid:survey_id>/archive/", desk_surveys.archive, name="archive"),
    path("<uuid:survey_id>/again/", desk_surveys.repeat, name="repeat"),
    path("<uuid:survey_id>/texts/", desk_surveys.texts, name="texts"),
    path("<uuid:survey_id>/book/", desk_surveys.book, name="book"),
    path("<uuid:survey_id>/paper/", desk_sheets.paper, name="paper"),
    path("<uuid:survey_id>/paper/handed-in/", desk_sheets.hand_in, name="hand_in"),
    path("<uuid:survey_id>/paper/enter/", desk_sheets.enter, name="enter"),
    path("<uuid:survey_id>/paper/strike/", desk_sheets.strike, name="strike"),
]
