"""Addresses of matters for residents and everybody. The desk has its own."""

from django.urls import path

from linli.matters.web import alike, files, judging, maps, mine, public, say, tracking

app_name = "matters"

urlpatterns = [
    path("say/", say.say, name="say"),
    path("say/where/", say.where, name="where"),
    path("say/spot/", say.spot, name="spot"),
    path("say/alike/", alike.alike, name="alike"),
    path("my/", mine.mine, name="mine"),
    path("my/<uuid:matter_id>/", mine.one, name="mine_one"),
    path("my/<uuid:matter_id>/receipt/", say.receipt, name="receipt"),
    path("my/<uuid:matter_id>/supplement/", mine.supplement, name="supplement"),
    path("my/<uuid:matter_id>/urge/", mine.urge, name="urge"),
    path("my/<uuid:matter_id>/withdraw/", mine.withdraw, name="withdraw"),
    path("my/<uuid:matter_id>/reopen/", mine.reopen, name="reopen"),
    path("my/<uuid:matter_id>/publication/", mine.publication, name="publication"),
    path("my/<uuid:matter_id>/evaluate/", judging.evaluate, name="evaluate"),
    path("my/<uuid:matter_id>/follow-up/", judging.follow_up, name="follow_up"),
    path("code/", tracking.code, name="code"),
    path("code/<str:act>/", tracking.act, name="code_act"),
    path("communities/", public.communities, name="communities"),
    path("communities/<uuid:place_id>/", public.community, name="community"),
    path("communities/<uuid:place_id>/outlines.json", maps.outlines, name="outlines"),
    path("communities/<uuid:place_id>/matters/", public.published, name="published"),
    path("phones/", public.phones, name="phones"),
    path("matters/<uuid:matter_id>/", public.one, name="public_one"),
    path("matters/<uuid:matter_id>/comment/", public.comment, name="comment"),
    path("matters/<uuid:matter_id>/join/", public.join, name="join"),
    path("files/<uuid:attachment_id>/", files.attachment, name="file"),
]
