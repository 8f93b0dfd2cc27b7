"""Addresses of conversations for residents."""

from django.urls import path

from linli.deliberation.web import opinions

app_name = "opinions"

urlpatterns = [
    path("", opinions.conversations, name="conversations"),
    path("<uuid:conversation_id>/", opinions.talk, name="talk"),
    path("<uuid:conversation_id>/answer/", opinions.answer, name="answer"),
    path("<uuid:conversation_id>/propose/", opinions.propose, name="propose"),
    path("<uuid:conversation_id>/mine/", opinions.mine, name="mine"),
    path("<uuid:conversation_id>/map/", opinions.opinion_map, name="map"),
    path("<uuid:conversation_id>/print/", opinions.printed, name="print"),
]
