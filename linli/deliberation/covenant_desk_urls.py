"""Addresses of covenants for the desk."""

from django.urls import path

from linli.deliberation.web import desk_books, desk_covenants, desk_voices

app_name = "covenants_desk"

urlpatterns = [
    path("", desk_covenants.covenants, name="covenants"),
    path("new/", desk_covenants.new, name="new"),
    path("covenants.xlsx", desk_books.covenants_xlsx, name="covenants_xlsx"),
    path("<uuid:covenant_id>/signed.xlsx", desk_books.signed_xlsx, name="signed_xlsx"),
    path("<uuid:covenant_id>/signatures.xlsx", desk_books.signatures_xlsx, name="signatures_xlsx"),
    path("<uuid:covenant_id>/", desk_covenants.covenant, name="covenant"),
    path("<uuid:covenant_id>/edit/", desk_covenants.edit, name="edit"),
    path("<uuid:covenant_id>/consult/", desk_covenants.consult, name="consult"),
    path("<uuid:covenant_id>/close/", desk_covenants.close, name="close"),
    path("<uuid:covenant_id>/decide/", desk_covenants.decide, name="decide"),
    path("<uuid:covenant_id>/take-over/", desk_covenants.take_over, name="take_over"),
    path("<uuid:covenant_id>/file/", desk_covenants.file, name="file"),
    path("<uuid:covenant_id>/publish/", desk_covenants.publish, name="publish"),
    path("<uuid:covenant_id>/review/", desk_covenants.review, name="review"),
    path("<uuid:covenant_id>/changes/<uuid:amendment_id>/", desk_voices.amendment, name="amendment"),
    path("<uuid:covenant_id>/remarks/<uuid:remark_id>/", desk_voices.remark, name="remark"),
    path("<uuid:covenant_id>/signed/", desk_voices.signed, name="signed"),
    path("<uuid:covenant_id>/signed/enter/", desk_voices.enter, name="enter"),
    path("<uuid:covenant_id>/signed/<uuid:signature_id>/strike/", desk_voices.strike, name="strike"),
]
