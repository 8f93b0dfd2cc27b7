"""Addresses of topics, proposals and naming contests for residents."""

from django.urls import path

from linli.deliberation.web import naming, proposals, topics

app_name = "topics"

urlpatterns = [
    path("", topics.topics, name="topics"),
    path("<uuid:topic_id>/", topics.topic, name="topic"),
    path("<uuid:topic_id>/poster/", topics.poster, name="poster"),
    path("<uuid:topic_id>/propose/", proposals.propose, name="propose"),
    path("<uuid:topic_id>/proposals/<uuid:proposal_id>/", proposals.proposal, name="proposal"),
    path("<uuid:topic_id>/proposals/<uuid:proposal_id>/support/", proposals.support, name="support"),
    path("<uuid:topic_id>/proposals/<uuid:proposal_id>/comment/", proposals.comment, name="comment"),
    path("<uuid:topic_id>/proposals/<uuid:proposal_id>/withdraw/", proposals.withdraw, name="withdraw"),
    path("<uuid:topic_id>/comments/<uuid:comment_id>/answer/", proposals.answer, name="answer"),
    path("<uuid:topic_id>/comments/<uuid:comment_id>/take-back/", proposals.take_back, name="take_back"),
    path("<uuid:topic_id>/names/", naming.enter, name="enter"),
    path("<uuid:topic_id>/names/<uuid:proposer_id>/take-back/", naming.take_back, name="name_back"),
    path("<uuid:topic_id>/names/<uuid:proposer_id>/credit/", naming.credit, name="credit"),
]
