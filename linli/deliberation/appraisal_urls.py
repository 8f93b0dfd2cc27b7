"""Addresses of appraisals for residents, and of the honours roll for everybody."""

from django.urls import path

from linli.deliberation.web import appraisals, nominations

app_name = "appraisals"

urlpatterns = [
    path("", appraisals.appraisals, name="appraisals"),
    path("<uuid:appraisal_id>/", appraisals.appraisal, name="appraisal"),
    path("<uuid:appraisal_id>/nominate/", appraisals.nominate, name="nominate"),
    path("<uuid:appraisal_id>/self/", appraisals.nominate_self, name="nominate_self"),
    path("<uuid:appraisal_id>/choose/", appraisals.choose, name="choose"),
    path("<uuid:appraisal_id>/judge/", appraisals.judge, name="judge"),
    path("<uuid:appraisal_id>/print/", appraisals.printed, name="print"),
    path("nominations/<uuid:nomination_id>/", nominations.nomination, name="nomination"),
    path("nominations/<uuid:nomination_id>/agree/", nominations.agree, name="agree"),
    path("nominations/<uuid:nomination_id>/withdraw/", nominations.withdraw, name="withdraw"),
    path("nominations/<uuid:nomination_id>/take-back/", nominations.take_back, name="take_back"),
    path("nominations/<uuid:nomination_id>/object/", nominations.doubt, name="doubt"),
    path("photos/<uuid:photo_id>/", nominations.photo, name="photo"),
    path("roll/<uuid:place_id>/", nominations.roll, name="roll"),
    path("roll/<uuid:place_id>/print/", nominations.roll_printed, name="roll_print"),
]
