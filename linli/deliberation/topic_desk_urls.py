"""Addresses of topics, proposals and naming contests for the desk."""

from django.urls import path

from linli.deliberation.web import desk_books, desk_naming, desk_proposals, desk_rewording, desk_topics

app_name = "topics_desk"

urlpatterns = [
    path("", desk_topics.topics, name="topics"),
    path("new/", desk_topics.new, name="new"),
    path("new/naming/", desk_topics.new_naming, name="new_naming"),
    path("topics.xlsx", desk_books.topics_xlsx, name="topics_xlsx"),
    path("<uuid:topic_id>.xlsx", desk_books.topic_xlsx, name="topic_xlsx"),
    path("<uuid:topic_id>/", desk_topics.topic, name="topic"),
    path("<uuid:topic_id>/close/", desk_topics.close, name="close"),
    path("<uuid:topic_id>/extend/", desk_topics.extend, name="extend"),
    path("<uuid:topic_id>/reword/", desk_rewording.reword, name="reword"),
    path("<uuid:topic_id>/proposals/<uuid:proposal_id>/", desk_proposals.proposal, name="proposal"),
    path("<uuid:topic_id>/proposals/<uuid:proposal_id>/reply/", desk_proposals.reply, name="reply"),
    path("<uuid:topic_id>/proposals/<uuid:proposal_id>/merge/", desk_proposals.merge, name="merge"),
    path("<uuid:topic_id>/proposals/<uuid:proposal_id>/part/", desk_proposals.part, name="part"),
    path("<uuid:topic_id>/proposals/<uuid:proposal_id>/matter/", desk_proposals.matter, name="matter"),
    path("<uuid:topic_id>/proposals/<uuid:proposal_id>/hide/", desk_proposals.hide, name="hide"),
    path("<uuid:topic_id>/comments/<uuid:comment_id>/", desk_proposals.comment, name="comment"),
    path("<uuid:topic_id>/shortlist/", desk_naming.shortlist, name="shortlist"),
    path("<uuid:topic_id>/vote/", desk_naming.vote, name="vote"),
    path("<uuid:topic_id>/give/", desk_naming.give, name="give"),
    path("<uuid:topic_id>/names/<uuid:name_id>/", desk_naming.name, name="name"),
]
