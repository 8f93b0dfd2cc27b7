"""Addresses of appraisals for the desk."""

from django.urls import path

from linli.deliberation.web import desk_appraisals, desk_nominations, desk_prolonging, works_books

app_name = "appraisals_desk"

ONE = "<uuid:appraisal_id>/"
NOMINATION = "<uuid:appraisal_id>/nominations/<uuid:nomination_id>/"

urlpatterns = [
    path("", desk_appraisals.appraisals, name="appraisals"),
    path("new/", desk_appraisals.new, name="new"),
    path("appraisals.xlsx", works_books.appraisals_xlsx, name="appraisals_xlsx"),
    path(f"{ONE}nominations.xlsx", works_books.nominations_xlsx, name="nominations_xlsx"),
    path(ONE, desk_appraisals.appraisal, name="appraisal"),
    path(f"{ONE}call-off/", desk_appraisals.call_off, name="call_off"),
    path(f"{ONE}prolong/", desk_prolonging.prolong, name="prolong"),
    path(f"{ONE}jury/", desk_appraisals.jury, name="jury"),
    path(f"{ONE}jury/name/", desk_appraisals.name_juror, name="name_juror"),
    path(f"{ONE}jury/<uuid:juror_id>/release/", desk_appraisals.release_juror, name="release_juror"),
    path(f"{ONE}post/", desk_appraisals.post, name="post"),
    path(f"{ONE}conclude/", desk_appraisals.conclude, name="conclude"),
    path(f"{ONE}objections/<uuid:doubt_id>/", desk_appraisals.answer, name="answer"),
    path(f"{ONE}enter/", desk_nominations.enter, name="enter"),
    path(NOMINATION, desk_nominations.nomination, name="nomination"),
    path(f"{NOMINATION}find/", desk_nominations.find, name="find"),
    path(f"{NOMINATION}consent/", desk_nominations.consent, name="consent"),
    path(f"{NOMINATION}set-aside/", desk_nominations.set_aside, name="set_aside"),
    path(f"{NOMINATION}withdraw/", desk_nominations.withdraw, name="withdraw"),
]
