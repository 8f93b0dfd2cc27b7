"""Addresses of surveys for residents."""

from django.urls import path

from linli.deliberation.web import surveys

app_name = "surveys"

urlpatterns = [
    path("", surveys.surveys, name="surveys"),
    path("<uuid:survey_id>/", surveys.survey, name="survey"),
    path("<uuid:survey_id>/answer/", surveys.answer, name="answer"),
    path("<uuid:survey_id>/print/", surveys.printed, name="print"),
]
