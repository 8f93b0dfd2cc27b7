"""Addresses of notices for the desk."""

from django.urls import path

from linli.notices.web import carrying, desk, exports

app_name = "notices_desk"

urlpatterns = [
    path("", desk.announcements, name="announcements"),
    path("announcements.xlsx", exports.announcements_xlsx, name="announcements_xlsx"),
    path("calls.xlsx", exports.calls_xlsx, name="calls_xlsx"),
    path("new/", desk.write, name="announcement_new"),
    path("calls/", carrying.calls, name="calls"),
    path("calls/<uuid:delivery_id>/", carrying.call_done, name="call_done"),
    path("slips/", carrying.slips, name="slips"),
    path("slips/<int:batch>/", carrying.printed, name="slips_printed"),
    path("<uuid:announcement_id>/", desk.announcement, name="announcement"),
    path("<uuid:announcement_id>/edit/", desk.edit, name="announcement_edit"),
    path("<uuid:announcement_id>/submit/", desk.submit, name="announcement_submit"),
    path("<uuid:announcement_id>/approve/", desk.approve, name="announcement_approve"),
    path("<uuid:announcement_id>/return/", desk.give_back, name="announcement_return"),
    path("<uuid:announcement_id>/withdraw/", desk.withdraw, name="announcement_withdraw"),
]
