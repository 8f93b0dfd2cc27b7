"""A topic changed after it was opened, and what its supporters hear: other days, and how a matter ended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from linli.deliberation.actions import outcomes, proposals, rewording, topics
from linli.deliberation.kinds import TopicStage, Verdict
from linli.deliberation.models import Proposal, TopicBefore
from linli.deliberation.policies.topics import may_reword
from linli.deliberation.read import history
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.matters.actions import moving
from linli.notices.models import Notice
from linli.notices.rules import in_language, sentence
from linli.places.models import Place
from linli.site.reactions import REACTIONS
from tests import world as worlds
from tests.deliberation.contesting import contest, courtyard, entered, neighbours, opened, raised
from tests.matters.desking import desk, sent, shown
from tests.world import World

DAY = "2026-11-16"


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with worlds.on(DAY):
        yield


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One community for all tests of this file; what each does in it is rolled back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = worlds.build()
        neighbours(world, 2)
        courtyard(world)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(_built: World, db: None) -> World:
    kept = {"places": dict(_built.places), "persons": dict(_built.persons), "phones": dict(_built.phones)}
    return replace(_built, **kept)


def refused(expected: str, act: Any, /, **given: Any) -> None:
    with pytest.raises(Refused) as caught:
        act(**given)
    assert caught.value.reason == expected


def told(topic: str) -> set[Any]:
    return set(Notice.objects.filter(topic=topic).values_list("person_id", flat=True))


@pytest.mark.parametrize(
    ("stage", "allowed"),
    [
        (TopicStage.COMING, True),
        (TopicStage.RUNNING, True),
        (TopicStage.ENDED, False),
        (TopicStage.CHOOSING, False),
        (TopicStage.DECIDED, False),
    ],
)
def test_words_change_until_a_topic_ends(world: World, stage: TopicStage, allowed: bool) -> None:
    path = Place.objects.get(pk=world.place("community")).path
    assert bool(may_reword(world.actor("clerk"), stage=stage, place_path=path)) is allowed
    assert not may_reword(world.actor("wang"), stage=stage, place_path=path)


def test_what_a_topic_said_before_is_kept_and_shown_to_everybody(world: World) -> None:
    topic, clerk = opened(world), desk(world, "clerk")
    address = f"/desk/topics/{topic.pk}/reword/"
    assert clerk.post(address, {"title": "", "about": ""}).status_code == 422
    sent(clerk.post(address, {"title": "夜里怎么停车", "about": "只说3号楼前。"}))
    sent(clerk.post(address, {"title": "3号楼前怎么停车", "about": "只说3号楼前。"}))
    same = {
        "by": world.actor("clerk"),
        "topic_id": topic.pk,
        "title": "3号楼前怎么停车",
        "about": "只说3号楼前。",
    }
    refused("It reads like this already.", rewording.reword, **same)
    topic.refresh_from_db()
    latest, first = history.before(topic)
    assert (latest.title, latest.about, latest.ends) == ("夜里怎么停车", None, None)
    assert (first.title, first.about, first.ends) == (None, "大家说说。", None)
    page = shown(desk(world, "wang").get(f"/topics/{topic.pk}/"))
    for words in ("3号楼前怎么停车", "夜里怎么停车", "大家说说。", "What it said before"):
        assert words in page
    assert not told("topic_days"), "words alone disturb nobody"
    topics.close(by=world.actor("clerk"), topic_id=topic.pk)
    ended = "This topic has ended; its words stay as people knew them."
    refused(ended, rewording.reword, **same | {"title": "别的"})
    assert address not in shown(clerk.get(f"/desk/topics/{topic.pk}/"))


def test_whoever_took_part_hears_of_other_days(world: World) -> None:
    topic = opened(world)
    row = raised(world, topic)
    proposals.support(by=world.actor("chen"), proposal_id=row.pk)
    topics.extend(by=world.actor("clerk"), topic_id=topic.pk, ends=date(2027, 1, 5))
    assert told("topic_days") == {world.persons["wang"], world.persons["chen"]}
    assert Notice.objects.filter(topic="topic_days").first().params["until"] == "2027-01-05"
    topic.refresh_from_db()
    [earlier] = history.before(topic)
    assert (earlier.ends, earlier.title, earlier.about) == (date(2026, 12, 16), None, None)
    assert "What it said before" in shown(desk(world, "n0").get(f"/topics/{topic.pk}/"))
    assert TopicBefore.objects.get().title == topic.title


def test_whoever_entered_a_name_hears_of_other_days(world: World) -> None:
    topic = contest(world)
    entered(world, topic, "zhao", "槐香院")
    topics.extend(by=world.actor("clerk"), topic_id=topic.pk, ends=date(2026, 12, 20))
    assert told("topic_days") == {world.persons["zhao"]}


def made(world: World) -> Proposal:
    """A supported proposal that was taken up and is a matter now."""
    row = raised(world, opened(world))
    proposals.support(by=world.actor("chen"), proposal_id=row.pk)
    proposals.reply(by=world.actor("secretary"), proposal_id=row.pk, verdict=Verdict.TAKEN, text="办。")
    row = proposals.make_matter(by=world.actor("clerk"), proposal_id=row.pk)
    assert row.matter is not None
    assert (row.matter.anonymous, row.matter.tracking_index) == (False, None), "it is the community's own"
    return row


def closed(world: World, row: Proposal) -> None:
    """Whoever holds the matter says it is out of scope, and what reacts to its end has run."""
    assert row.matter is not None
    holder = next(key for key, post in world.posts.items() if post.pk == row.matter.holder_id)
    moving.move(
        by=world.actor(holder),
        matter_id=row.matter.pk,
        from_step="raise",
        target="closed",
        verb="out_of_scope",
    )
    REACTIONS["matters.closed"]({"subject": str(row.matter.pk)})


def test_supporters_hear_once_how_the_matter_ended(world: World) -> None:
    row = made(world)
    assert outcomes.tell_closing(by=SYSTEM, matter_id=row.matter.pk) is None, "it is still open"
    closed(world, row)
    assert told("proposal_closed") == {world.persons["wang"], world.persons["chen"]}
    notice = Notice.objects.filter(topic="proposal_closed").first()
    assert notice.url == f"/topics/{row.topic_id}/proposals/{row.pk}/"
    words = sentence("proposal_closed", notice.params)
    assert words % in_language(notice.params, "zh-hans") == (
        "What was made of the proposal “画线停车” is closed: 不归这里管."
    )
    assert "out of scope" in words % in_language(notice.params, "en")
    REACTIONS["matters.closed"]({"subject": str(row.matter.pk)})
    assert Notice.objects.filter(topic="proposal_closed").count() == 2


def test_the_end_of_any_other_matter_tells_nobody(world: World) -> None:
    row = made(world)
    Proposal.objects.filter(pk=row.pk).update(matter=None)
    closed(world, row)
    assert not told("proposal_closed")
