"""Addresses of covenants for residents."""

from django.urls import path

from linli.deliberation.web import covenants

app_name = "covenants"

urlpatterns = [
    path("", covenants.covenants, name="covenants"),
    path("<uuid:covenant_id>/", covenants.covenant, name="covenant"),
    path("<uuid:covenant_id>/<int:number>/", covenants.paragraph, name="paragraph"),
    path("<uuid:covenant_id>/<int:number>/remark/", covenants.remark, name="remark"),
    path("<uuid:covenant_id>/<int:number>/amend/", covenants.amend, name="amend"),
    path("<uuid:covenant_id>/sign/", covenants.sign, name="sign"),
    path("<uuid:covenant_id>/show/", covenants.show, name="show"),
    path("<uuid:covenant_id>/withdraw/", covenants.withdraw, name="withdraw"),
    path("<uuid:covenant_id>/wall/", covenants.wall, name="wall"),
    path("<uuid:covenant_id>/print/", covenants.printed, name="print"),
]
