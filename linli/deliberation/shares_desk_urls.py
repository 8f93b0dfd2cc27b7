"""Addresses of who pays what, for the desk."""

from django.urls import path

from linli.deliberation.web import desk_sharing, works_books

app_name = "shares_desk"

urlpatterns = [
    path("", desk_sharing.all_sharings, name="all"),
    path("new/", desk_sharing.new, name="new"),
    path("shares.xlsx", works_books.sharings_xlsx, name="all_xlsx"),
    path("<uuid:sharing_id>.xlsx", works_books.sharing_xlsx, name="sharing_xlsx"),
    path("<uuid:sharing_id>/", desk_sharing.sharing, name="sharing"),
    path("<uuid:sharing_id>/propose/", desk_sharing.propose, name="propose"),
    path("<uuid:sharing_id>/close/", desk_sharing.close, name="close"),
    path("<uuid:sharing_id>/reopen/", desk_sharing.reopen, name="reopen"),
    path("homes/<uuid:line_id>/", desk_sharing.note, name="note"),
]
