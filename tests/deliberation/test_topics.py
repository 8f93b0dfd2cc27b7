"""Topics' acts with one community behind them: support, replies owed, merging, words out of sight, names."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.audit.models import Entry
from linli.ballots.actions import preparing, running, voting
from linli.ballots.models import Ballot, RollPerson
from linli.deliberation.actions import comments, naming, proposals, topics
from linli.deliberation.actions.topics import Opening, Promise
from linli.deliberation.kinds import NameState, ProposalState, Sorting, Stance, TopicStage, Verdict
from linli.deliberation.models import Comment, Name, Proposal, Support, Topic
from linli.deliberation.read import naming as names
from linli.deliberation.read import topics as read
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.clock import today
from linli.kernel.decision import Refused
from linli.kernel.ids import tracking_code
from linli.notices.models import Notice
from tests import world as worlds
from tests.deliberation.contesting import contest, courtyard, entered, name, neighbours, opened, raised
from tests.matters.desking import MOST_QUERIES, desk, queries, shown
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
        neighbours(world, 4)
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


def supported(world: World, row: Proposal, *who: str) -> Proposal:
    for key in who:
        proposals.support(by=world.actor(key), proposal_id=row.pk)
    row.refresh_from_db()
    return row


def test_a_reply_is_owed_from_the_threshold_on_and_stays_owed(world: World) -> None:
    row = raised(world, opened(world, threshold=2))
    assert supported(world, row, "chen", "chen").due_on is None  # twice the same person counts once
    assert supported(world, row, "n0").due_on.isoformat() == "2026-11-23"
    owed = Notice.objects.filter(topic="proposal_owed")
    assert set(owed.values_list("person_id", flat=True)) == {
        world.persons["clerk"],
        world.persons["secretary"],
    }
    proposals.withdraw_support(by=world.actor("n0"), proposal_id=row.pk)
    supported(world, row, "n0")
    assert owed.count() == 2, "told once"
    [at_desk] = read.at_desk(world.actor("clerk"))
    assert (at_desk.owed, at_desk.overdue) == (1, 0)
    with worlds.on("2026-11-24"):
        [at_desk] = read.at_desk(world.actor("clerk"))
        assert at_desk.overdue == 1
        proposals.reply(by=world.actor("clerk"), proposal_id=row.pk, verdict=Verdict.WORD, text="在问物业。")
        [at_desk] = read.at_desk(world.actor("clerk"))
        assert (at_desk.owed, at_desk.overdue) == (0, 0)


def test_who_replied_already_owes_nothing(world: World) -> None:
    row = raised(world, opened(world))
    proposals.reply(by=world.actor("clerk"), proposal_id=row.pk, verdict=Verdict.WORD, text="收到。")
    assert supported(world, row, "chen", "n0", "n1").due_on is None


def test_the_record_does_not_say_who_supports_what(world: World) -> None:
    row = raised(world, opened(world))
    supported(world, row, "chen")
    entry = Entry.objects.get(event="deliberation.proposal_supported")
    assert entry.subject_id == row.topic_id
    assert str(row.pk) not in str(entry.data)


def test_merging_unites_supporters_and_parting_gives_back_what_came(world: World) -> None:
    topic = opened(world, threshold=5)
    here = supported(world, raised(world, topic), "chen", "n0")
    other = supported(world, raised(world, topic, "n1", "车位画清楚"), "chen", "n2", "wang")
    proposals.merge(by=world.actor("clerk"), proposal_id=other.pk, into_id=here.pk)
    # wang raised `here` and supports it no more than before; n1 raised the other one and supports it now
    expected = {world.persons[key] for key in ("chen", "n0", "n1", "n2")}
    assert read.supporters(here.pk) == expected
    told = set(Notice.objects.filter(topic="proposal_merged").values_list("person_id", flat=True))
    assert told == expected | {world.persons["wang"]}
    proposals.withdraw_support(by=world.actor("n2"), proposal_id=here.pk)
    supported(world, here, "n3")
    proposals.part(by=world.actor("clerk"), proposal_id=other.pk)
    assert read.supporters(here.pk) == {world.persons[key] for key in ("chen", "n0", "n3")}
    assert read.supporters(other.pk) == {world.persons[key] for key in ("chen", "wang")}, "n2 withdrew"
    other.refresh_from_db()
    assert (other.state, other.merged_into_id) == (ProposalState.OPEN, None)


def test_what_is_merged_twice_over_still_counts_everybody_once(world: World) -> None:
    topic = opened(world, threshold=3)
    first = supported(world, raised(world, topic, "wang", "一"), "n3")
    second = supported(world, raised(world, topic, "chen", "二"), "n3")
    third = raised(world, topic, "n0", "三")
    clerk = world.actor("clerk")
    proposals.merge(by=clerk, proposal_id=first.pk, into_id=second.pk)
    proposals.merge(by=clerk, proposal_id=second.pk, into_id=third.pk)
    assert read.supporters(third.pk) == {world.persons[key] for key in ("n3", "wang", "chen")}
    third.refresh_from_db()
    assert third.due_on is not None, "together they reach the threshold"
    assert read.raisers(third.pk) == {world.persons[key] for key in ("n0", "wang", "chen")}
    refused(
        "Only proposals that are still open can be merged.",
        proposals.merge,
        by=clerk,
        proposal_id=first.pk,
        into_id=third.pk,
    )


def test_a_reply_owed_goes_over_to_what_a_proposal_is_merged_into(world: World) -> None:
    topic = opened(world, threshold=2)
    owed = supported(world, raised(world, topic, "wang", "一"), "n0", "n1")
    with worlds.on("2026-11-18"):
        later = supported(world, raised(world, topic, "chen", "二"), "n2", "n3")
        assert later.due_on > owed.due_on
        into = proposals.merge(by=world.actor("clerk"), proposal_id=owed.pk, into_id=later.pk)
    assert into.due_on == owed.due_on


def test_a_proposal_is_taken_back_until_somebody_takes_part(world: World) -> None:
    topic = opened(world)
    row = raised(world, topic)
    proposals.withdraw(by=world.actor("wang"), proposal_id=row.pk)
    assert not Proposal.objects.exists()
    row = supported(world, raised(world, topic), "chen")
    refused(
        "Others have taken part in it already, so it stays.",
        proposals.withdraw,
        by=world.actor("wang"),
        proposal_id=row.pk,
    )


def test_what_is_out_of_sight_is_for_staff_and_its_author_with_the_reason(world: World) -> None:
    topic = opened(world)
    row = raised(world, topic)
    clerk = world.actor("clerk")
    refused(
        "Say why in a few words; people read it.", proposals.hide, by=clerk, proposal_id=row.pk, reason=" "
    )
    proposals.hide(by=clerk, proposal_id=row.pk, reason="说了别人家的事")
    listed = {
        key: read.proposals(topic.pk, reader=world.persons[key], sorting=Sorting.NEWEST)
        for key in ("wang", "chen")
    }
    assert (len(listed["wang"]), len(listed["chen"])) == (1, 0)
    path = f"/topics/{topic.pk}/proposals/{row.pk}/"
    assert desk(world, "chen").get(path).status_code == 404
    assert "说了别人家的事" in shown(desk(world, "wang").get(path))
    assert "先到先停" in shown(desk(world, "clerk").get(f"/desk{path}"))
    Proposal.objects.filter(pk=row.pk).update(due_on=today())
    [at_desk] = read.at_desk(clerk)
    assert at_desk.owed == 0, "nobody waits for a reply to what cannot be read"
    [notice] = Notice.objects.filter(topic="words_hidden")
    assert (notice.person_id, notice.params["text"]) == (world.persons["wang"], "说了别人家的事")
    proposals.show(by=clerk, proposal_id=row.pk)
    assert desk(world, "chen").get(path).status_code == 200


def test_a_comment_taken_back_leaves_its_place_where_somebody_answered(world: World) -> None:
    row = raised(world, opened(world))
    chen, wang = world.actor("chen"), world.actor("wang")
    first = comments.comment(by=chen, proposal_id=row.pk, stance=Stance.AGAINST, text="会乱")
    answer = comments.answer(by=wang, comment_id=first.pk, text="请专人画")
    second = comments.comment(by=chen, proposal_id=row.pk, stance=Stance.IDEA, text="画三条")
    refused("Only who wrote it can take it back.", comments.take_back, by=wang, comment_id=first.pk)
    comments.take_back(by=chen, comment_id=first.pk)
    comments.take_back(by=chen, comment_id=second.pk)
    [said] = read.comments(row.pk)
    assert (said.row.text, [each.pk for each in said.answers]) == ("", [answer.pk])
    refused(
        "Its author has taken it back.",
        comments.hide,
        by=world.actor("clerk"),
        comment_id=first.pk,
        reason="不",
    )
    comments.take_back(by=wang, comment_id=answer.pk)
    assert read.comments(row.pk) == []
    assert Comment.objects.count() == 1


def test_a_proposal_taken_up_has_a_topic_of_its_own_once(world: World) -> None:
    row = raised(world, opened(world))
    refused("Take the proposal up first.", opened, world=world, origin_id=row.pk)
    proposals.reply(by=world.actor("clerk"), proposal_id=row.pk, verdict=Verdict.TAKEN, text="好。")
    assert opened(world, origin_id=row.pk).origin_id == row.pk
    refused("It has a topic of its own already.", opened, world=world, origin_id=row.pk)
    assert "来自一位邻居的提议" in shown(
        desk(world, "chen", "zh-hans").get(f"/topics/{row.topic_of_its_own.pk}/")
    )


def test_order_by_support_breaks_ties_by_who_came_first(world: World) -> None:
    topic = opened(world, threshold=5)
    first, second = raised(world, topic, "wang", "一"), raised(world, topic, "wang", "二")
    third = supported(world, raised(world, topic, "wang", "三"), "chen")
    reader = world.persons["chen"]
    assert read.proposals(topic.pk, reader=reader, sorting=Sorting.SUPPORT) == [third, first, second]
    assert read.proposals(topic.pk, reader=reader, sorting=Sorting.NEWEST) == [third, second, first]


def test_who_opens_a_topic_and_who_finds_it(world: World) -> None:
    opening = Opening("停车", "", today(), today())
    refused(
        "Your post does not include leading topics at this place.",
        topics.open_topic,
        by=world.actor("wang"),
        place_id=world.place("community"),
        opening=opening,
        promise=Promise(2, 5),
    )
    refused(
        "Residents name a courtyard or a building.",
        topics.open_contest,
        by=world.actor("clerk"),
        place_id=world.place("entrance"),
        opening=opening,
        names_each=1,
    )
    row = opened(world)
    chen = world.persons["chen"]
    assert read.waiting_for(chen, today(), 3) == [row]
    supported(world, raised(world, row), "chen")
    assert read.waiting_for(chen, today(), 3) == []
    topics.close(by=world.actor("clerk"), topic_id=row.pk)
    assert read.stage_of(Topic.objects.get()) is TopicStage.ENDED
    topics.extend(by=world.actor("clerk"), topic_id=row.pk, ends=today())
    assert read.stage_of(Topic.objects.get()) is TopicStage.RUNNING


def test_the_database_keeps_what_the_rules_promise(world: World) -> None:
    row = supported(world, raised(world, opened(world)), "chen")
    broken = (
        lambda: Support.objects.create(proposal=row, person_id=world.persons["chen"]),
        lambda: Proposal.objects.filter(pk=row.pk).update(state="merged"),
        lambda: Proposal.objects.filter(pk=row.pk).update(state="taken"),
        lambda: Proposal.objects.filter(pk=row.pk).update(hidden_reason="无人"),
        lambda: Topic.objects.filter(pk=row.topic_id).update(threshold=1),
        lambda: Comment.objects.create(proposal=row, author_id=row.author_id, text="好"),
        lambda: Comment.objects.create(proposal=row, author_id=row.author_id, stance="for"),
    )
    for act in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


# Names


def test_the_same_name_is_one_with_all_who_proposed_it(world: World) -> None:
    topic = contest(world)
    first = entered(world, topic, "zhao", "槐荫院", shown=True)
    entered(world, topic, "qian", " 槐荫 院")
    refused(
        "Each enters %(count)s here. Take yours back first to enter another.",
        entered,
        world=world,
        topic=topic,
        who="zhao",
        text="和乐院",
    )
    row = Name.objects.get()
    assert names.credited(row) == ["赵一鸣", "钱**"]
    naming.take_back(by=world.actor("zhao"), proposer_id=first.pk)
    assert names.credited(Name.objects.get()) == ["钱**"]
    naming.take_back(by=world.actor("qian"), proposer_id=row.proposers.get().pk)
    assert not Name.objects.exists()


def test_a_name_out_of_sight_comes_in_no_more_and_before_no_vote(world: World) -> None:
    topic = contest(world, names_each=2)
    for who, text in (("zhao", "槐荫院"), ("qian", "和乐院"), ("sun", "破烂院")):
        entered(world, topic, who, text)
    naming.hide(by=world.actor("clerk"), name_id=name(topic, "破烂院").pk, reason="不好听，也不实在")
    assert [row.text for row in names.names(topic.pk)] == ["槐荫院", "和乐院"]
    refused(
        "This name was taken out of sight: %(reason)s",
        entered,
        world=world,
        topic=topic,
        who="qian",
        text="破烂院",
    )
    naming.take_back(by=world.actor("sun"), proposer_id=name(topic, "破烂院").proposers.get().pk)
    assert name(topic, "破烂院").hidden_at, "its reason stays for who would enter it again"
    page = shown(desk(world, "qian").get(f"/topics/{topic.pk}/"))
    assert "破烂院" not in page
    with worlds.on("2026-12-01"):
        naming.shortlist(by=world.actor("clerk"), topic_id=topic.pk, left_out={})
    assert [row.text for row in names.to_choose(topic.pk)] == ["槐荫院", "和乐院"]


def voted(world: World, topic: Topic, votes: dict[str, str]) -> Ballot:
    """A vote on the names of a contest from its draft to its published result; its end."""
    clerk, now = world.actor("clerk"), clock.now()
    opens = now + timedelta(days=6)
    ballot = naming.call_ballot(
        by=clerk, topic_id=topic.pk, opens_at=opens, closes_at=opens + timedelta(days=1)
    )
    preparing.announce(by=clerk, ballot_id=ballot.pk)
    preparing.freeze_roll(by=clerk, ballot_id=ballot.pk)
    codes = {row.title: row.code for row in ballot.questions.get().options.all()}
    with clock.at(opens):
        ballot = running.open_ballot(by=clerk, ballot_id=ballot.pk)
        for key, text in votes.items():
            entry = RollPerson.objects.get(entry__ballot=ballot, person=world.persons[key]).entry_id
            voting.cast(
                by=world.actor(key),
                ballot=ballot,
                entry_id=entry,
                answers={"1": [codes[text]]},
                receipt=tracking_code(),
            )
    with clock.at(opens + timedelta(days=1)):
        running.close(by=clerk, ballot_id=ballot.pk)
        running.count(by=clerk, ballot_id=ballot.pk)
        assert naming.record_result(by=SYSTEM, ballot_id=ballot.pk) is None, "not before it is published"
        running.publish(by=clerk, ballot_id=ballot.pk)
        naming.record_result(by=SYSTEM, ballot_id=ballot.pk)
    return ballot


def chosen(world: World) -> Topic:
    topic = contest(world)
    for who, text in (("zhao", "槐荫院"), ("qian", "和乐院"), ("sun", "书香院")):
        entered(world, topic, who, text)
    return topic


def test_names_tied_in_a_vote_are_voted_on_again_and_then_one_is_given(world: World) -> None:
    topic, clerk = chosen(world), world.actor("clerk")
    with worlds.on("2026-12-01"):
        naming.shortlist(by=clerk, topic_id=topic.pk, left_out={})
        voted(world, topic, {"zhao": "槐荫院", "qian": "和乐院"})
    with worlds.on("2026-12-09"):
        assert {row.text for row in names.to_choose(topic.pk)} == {"槐荫院", "和乐院"}
        assert name(topic, "书香院").state == NameState.OUTVOTED
        assert read.stage_of(read.topic(topic.pk)) is TopicStage.CHOOSING
        refused("The vote has not decided yet.", naming.give_name, by=clerk, topic_id=topic.pk, since=today())
        ballot = voted(world, topic, {"zhao": "槐荫院", "qian": "和乐院", "sun": "和乐院"})
    with worlds.on("2026-12-17"):
        decided = read.topic(topic.pk)
        assert (decided.chosen.text, decided.chosen.votes, name(topic, "槐荫院").votes) == ("和乐院", 2, 1)
        assert naming.record_result(by=SYSTEM, ballot_id=ballot.pk) is None, "written down once"
        worlds.give_powers(world, "secretary", ["conversation.lead"])
        refused(
            "Only staff who keep the register of this place may change it.",
            naming.give_name,
            by=world.actor("secretary"),
            topic_id=topic.pk,
            since=today(),
        )
        page = shown(desk(world, "secretary").get(f"/desk/topics/{topic.pk}/"))
        assert "Only staff who keep the register of this place may change it." in page
        given = naming.give_name(by=clerk, topic_id=topic.pk, since=today())
        assert (given.place.name, given.named_on) == ("和乐院", today())


def test_a_vote_withdrawn_leaves_room_for_choosing_again(world: World) -> None:
    topic, clerk = chosen(world), world.actor("clerk")
    with worlds.on("2026-12-01"):
        naming.shortlist(by=clerk, topic_id=topic.pk, left_out={name(topic, "书香院").pk: "太长"})
        opens = clock.now() + timedelta(days=6)
        hours = {"opens_at": opens, "closes_at": opens + timedelta(days=1)}
        ballot = naming.call_ballot(by=clerk, topic_id=topic.pk, **hours)
        refused(
            "The names are before the vote already.",
            naming.shortlist,
            by=clerk,
            topic_id=topic.pk,
            left_out={},
        )
        running.withdraw(by=clerk, ballot_id=ballot.pk, reason="漏了一个名字")
        naming.shortlist(by=clerk, topic_id=topic.pk, left_out={})
        again = naming.call_ballot(by=clerk, topic_id=topic.pk, **hours)
    assert again.questions.get().options.count() == 3
    assert naming.record_result(by=SYSTEM, ballot_id=ballot.pk) is None, "nobody waits for the withdrawn one"


def test_who_entered_a_name_does_not_choose_among_them(world: World) -> None:
    topic = chosen(world)
    worlds.share_phone(world, world.persons["clerk"], "wang")
    names_before = Name.objects.count()
    refused(
        "This topic is for those who live or own a home there.",
        entered,
        world=world,
        topic=topic,
        who="clerk",
        text="和睦院",
    )
    assert Name.objects.count() == names_before
    refused(
        "Names can still be entered. Choose among them after the last day.",
        naming.shortlist,
        by=world.actor("clerk"),
        topic_id=topic.pk,
        left_out={},
    )


# Pages


def test_pages_take_few_queries_however_much_is_said(world: World) -> None:
    topic = opened(world, threshold=2)
    rows = [raised(world, topic, key, f"提议{key}") for key in ("wang", "chen", "n0", "n1")]
    for row in rows:
        supported(world, row, "n2", "n3")
        said = comments.comment(by=world.actor("n2"), proposal_id=row.pk, stance=Stance.FOR, text="好")
        comments.answer(by=world.actor("n3"), comment_id=said.pk, text="也好")
    proposals.merge(by=world.actor("clerk"), proposal_id=rows[0].pk, into_id=rows[1].pk)
    names_topic = contest(world)
    for who, text in (("zhao", "槐荫院"), ("qian", "和乐院"), ("sun", "书香院")):
        entered(world, names_topic, who, text)
    wang, clerk, zhao = (desk(world, key) for key in ("wang", "clerk", "zhao"))
    assert queries(wang, "/topics/") <= MOST_QUERIES
    assert queries(clerk, "/desk/topics/") <= MOST_QUERIES
    for client, path in [
        (wang, f"/topics/{topic.pk}/"),
        (wang, f"/topics/{topic.pk}/?sort=support&section=1"),
        (wang, f"/topics/{topic.pk}/proposals/{rows[1].pk}/"),
        (clerk, f"/desk/topics/{topic.pk}/"),
        (clerk, f"/desk/topics/{topic.pk}/proposals/{rows[1].pk}/"),
        (zhao, f"/topics/{names_topic.pk}/"),
        (clerk, f"/desk/topics/{names_topic.pk}/"),
    ]:
        assert queries(client, path) <= 2 * MOST_QUERIES, path
