"""Addresses of meetings at the desk."""

from django.urls import path

from linli.gatherings.web import (
    accounts,
    appraising,
    bodies,
    bringing,
    desk,
    disclosing,
    duties,
    handing,
    outcomes,
    posting,
)

app_name = "gatherings_desk"

urlpatterns = [
    path("", desk.home, name="home"),
    path("over/", desk.over, name="over"),
    path("bring/", bringing.bring, name="bring"),
    path("bodies/new/", bodies.new, name="body_new"),
    path("bodies/<uuid:body_id>/", bodies.body, name="body"),
    path("bodies/<uuid:body_id>/rules/", bodies.house, name="house"),
    path("bodies/<uuid:body_id>/members/", bodies.member, name="member"),
    path("bodies/<uuid:body_id>/appraisal/", appraising.appraisal, name="appraisal"),
    path("bodies/<uuid:body_id>/elected/", duties.elected, name="elected"),
    path("duties/<uuid:duty_id>/", duties.finish, name="duty"),
    path("bodies/<uuid:body_id>/waiting/", bodies.wait, name="wait"),
    path("bodies/<uuid:body_id>/plan/", bodies.plan, name="plan"),
    path("items/<uuid:item_id>/hand-on/", handing.hand_on, name="hand_on"),
    path("members/<uuid:membership_id>/end/", bodies.leave, name="leave"),
    path("resolutions/", outcomes.pending, name="pending"),
    path("resolutions/<uuid:resolution_id>/result/", outcomes.result, name="result"),
    path("board/", posting.postings, name="postings"),
    path("board/<uuid:posting_id>/", posting.posting, name="posting"),
    path("board/<uuid:posting_id>/settle/", posting.settle, name="settle"),
    path("board/<uuid:posting_id>/counter/", posting.counter, name="counter"),
    path("board/answers/<uuid:objection_id>/", posting.answer, name="answer"),
    path("affairs/", disclosing.communities, name="affairs_home"),
    path("affairs/<uuid:place_id>/", disclosing.affairs, name="affairs"),
    path("affairs/<uuid:place_id>/begin/", disclosing.begin, name="begin"),
    path("affairs/<uuid:place_id>/disclose/", disclosing.disclose, name="disclose"),
    path("affairs/<uuid:place_id>/owners/", accounts.begin, name="owners_begin"),
    path("affairs/classes/<uuid:class_id>/account/", accounts.account, name="account"),
    path("affairs/<uuid:place_id>/classes/", disclosing.add, name="class_add"),
    path("affairs/classes/<uuid:class_id>/", disclosing.change, name="class_change"),
    path("affairs/classes/<uuid:class_id>/end/", disclosing.end, name="class_end"),
    path("<uuid:gathering_id>/", desk.meeting, name="meeting"),
    path("<uuid:gathering_id>/resolve/", outcomes.resolve, name="resolve"),
    path("<uuid:gathering_id>/minutes/", outcomes.minutes, name="minutes"),
    path("<uuid:gathering_id>/post/", outcomes.post, name="post"),
    path("<uuid:gathering_id>/do/<slug:name>/", desk.act, name="act"),
]
