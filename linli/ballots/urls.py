"""Addresses of ballots for residents."""

from django.urls import path

from linli.ballots.web import entrusting, papers, public, resident

app_name = "ballots"

urlpatterns = [
    path("", resident.mine, name="mine"),
    path("<uuid:ballot_id>/", resident.ballot, name="ballot"),
    path("<uuid:ballot_id>/vote/<uuid:entry_id>/", resident.vote, name="vote"),
    path("<uuid:ballot_id>/proxy/", entrusting.proxy, name="proxy"),
    path("<uuid:ballot_id>/proxy/<uuid:proxy_id>/withdraw/", entrusting.withdraw, name="proxy_withdraw"),
    path("<uuid:ballot_id>/roll/", resident.roll_page, name="roll"),
    path("<uuid:ballot_id>/objection/", resident.objection, name="objection"),
    path("<uuid:ballot_id>/announcement/", papers.announcement, name="announcement"),
    path("<uuid:ballot_id>/receipt/", public.receipt, name="receipt"),
    path("<uuid:ballot_id>/ballot.json", public.file, name="file"),
    path("<uuid:ballot_id>/result.csv", public.result_csv, name="result_csv"),
    path("<uuid:ballot_id>/record.pdf", public.record, name="record"),
    path("<uuid:ballot_id>/poster/", public.poster, name="poster"),
]
