"""Addresses of conversations for the desk."""

from django.urls import path

from linli.deliberation.web import desk_books, desk_opinions

app_name = "opinions_desk"

urlpatterns = [
    path("", desk_opinions.conversations, name="conversations"),
    path("new/", desk_opinions.new, name="new"),
    path("maps.xlsx", desk_books.conversations_xlsx, name="conversations_xlsx"),
    path("<uuid:conversation_id>/", desk_opinions.conversation, name="conversation"),
    path("<uuid:conversation_id>/add/", desk_opinions.add, name="add"),
    path("<uuid:conversation_id>/close/", desk_opinions.close, name="close"),
    path("<uuid:conversation_id>/publish/", desk_opinions.publish, name="publish"),
    path("<uuid:conversation_id>/comments.csv", desk_opinions.statements_csv, name="statements_csv"),
    path("<uuid:conversation_id>/votes.csv", desk_opinions.votes_csv, name="votes_csv"),
    path("<uuid:conversation_id>/<uuid:statement_id>/", desk_opinions.judge, name="judge"),
]
