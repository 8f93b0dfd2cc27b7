"""Addresses of ballots for the desk."""

from django.urls import path

from linli.ballots.web import (
    books,
    desk,
    doors,
    drafting,
    entrusting,
    handcounting,
    nominating,
    papers,
    rolls,
    settling,
    sheets,
)

app_name = "ballots_desk"

urlpatterns = [
    path("", desk.ballots_page, name="ballots"),
    path("ballots.xlsx", books.ballots_xlsx, name="ballots_xlsx"),
    path("house-rules.xlsx", books.house_rules_xlsx, name="house_rules_xlsx"),
    path("<uuid:ballot_id>/roll.xlsx", books.roll_xlsx, name="roll_xlsx"),
    path("<uuid:ballot_id>/doors.xlsx", books.doors_xlsx, name="doors_xlsx"),
    path("<uuid:ballot_id>/unreached.xlsx", books.unreached_xlsx, name="unreached_xlsx"),
    path("<uuid:ballot_id>/proxies.xlsx", books.proxies_xlsx, name="proxies_xlsx"),
    path("new/", drafting.new, name="new"),
    path("house-rules/", settling.house_rules, name="house_rules"),
    path("house-rules/<uuid:rule_id>/end/", settling.end, name="house_rule_end"),
    path("<uuid:ballot_id>/", desk.ballot, name="ballot"),
    path("<uuid:ballot_id>/edit/", drafting.edit, name="edit"),
    path("<uuid:ballot_id>/step/<slug:step>/", desk.take_step, name="step"),
    path("<uuid:ballot_id>/withdraw/", desk.withdraw, name="withdraw"),
    path("<uuid:ballot_id>/roll/", rolls.roll_page, name="roll"),
    path("<uuid:ballot_id>/roll.pdf", papers.roll_pdf, name="roll_pdf"),
    path("<uuid:ballot_id>/roll/counter/", rolls.counter, name="counter"),
    path("<uuid:ballot_id>/areas/", rolls.areas, name="areas"),
    path("<uuid:ballot_id>/consent/", rolls.consent, name="consent"),
    path("objections/<uuid:objection_id>/", rolls.rule, name="rule"),
    path("<uuid:ballot_id>/doors/", doors.doors, name="doors"),
    path("<uuid:ballot_id>/doors/unreached/", papers.unreached, name="unreached"),
    path("<uuid:ballot_id>/doors/<uuid:home_id>/", doors.door_page, name="door"),
    path("<uuid:ballot_id>/nominations/", nominating.nominations, name="nominations"),
    path(
        "<uuid:ballot_id>/nominations/<uuid:option_id>/withdraw/",
        nominating.withdraw,
        name="nomination_withdraw",
    ),
    path("<uuid:ballot_id>/proxies/", entrusting.proxies, name="proxies"),
    path(
        "<uuid:ballot_id>/proxies/<uuid:proxy_id>/withdraw/",
        entrusting.withdraw_at_desk,
        name="proxy_withdraw",
    ),
    path("<uuid:ballot_id>/proxies/<uuid:proxy_id>/photo/", entrusting.photo, name="proxy_photo"),
    path("<uuid:ballot_id>/hand-count/", handcounting.hand_count, name="hand_count"),
    path("<uuid:ballot_id>/hand-count/<slug:step>/", handcounting.take_step, name="hand_count_step"),
    path("<uuid:ballot_id>/record.pdf", desk.record, name="record"),
    path("<uuid:ballot_id>/sheets/", sheets.sheets_page, name="sheets"),
    path("<uuid:ballot_id>/sheets/print/", sheets.printed, name="sheets_print"),
    path("<uuid:ballot_id>/sheets/taken/", sheets.taken, name="taken"),
    path("<uuid:ballot_id>/sheets/<str:code>/", sheets.enter, name="sheet"),
    path("<uuid:ballot_id>/sheets/<str:code>/confirm/", sheets.confirm, name="confirm"),
    path("<uuid:ballot_id>/sheets/<str:code>/reject/", sheets.reject, name="reject"),
    path("<uuid:ballot_id>/sheets/<str:code>/photo/", sheets.photo, name="sheet_photo"),
]
