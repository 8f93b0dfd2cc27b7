"""Addresses of who pays what, for the people of the entrance."""

from django.urls import path

from linli.deliberation.web import sharing

app_name = "shares"

urlpatterns = [
    path("", sharing.mine, name="mine"),
    path("<uuid:sharing_id>/", sharing.sharing, name="sharing"),
    path("<uuid:sharing_id>/sheet/", sharing.printed, name="print"),
    path("homes/<uuid:line_id>/", sharing.answer, name="answer"),
]
