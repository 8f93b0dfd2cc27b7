"""A conversation's whole way, with one community behind it: opened, answered, judged, drawn, published."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.audit.models import Entry
from linli.deliberation import jobs
from linli.deliberation.actions import answers, conversations, statements
from linli.deliberation.kinds import Answer, Stage, StatementState
from linli.deliberation.models import OpinionMap, Response, Statement
from linli.deliberation.read import opinions as read
from linli.kernel import clock
from linli.kernel.actor import ANONYMOUS
from linli.kernel.decision import Refused
from tests import world as worlds
from tests.deliberation import talking
from tests.deliberation.talking import STATEMENTS, camps, opened, say, statement
from tests.matters.desking import MOST_QUERIES, desk, queries, sent, shown
from tests.world import World

DAY = "2026-11-16"


@pytest.fixture(autouse=True)
def _monday():
    with worlds.on(DAY):
        yield


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker):
    """One community for all tests of this file; what each does in it is rolled back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(_built: World, db: None) -> World:
    return replace(_built, persons=dict(_built.persons), phones=dict(_built.phones))


def refused(expected: str, act: Any, /, **given: Any) -> None:
    with pytest.raises(Refused) as caught:
        act(**given)
    assert caught.value.reason == expected


def test_only_whose_post_includes_it_opens_one(world) -> None:
    given = {
        "place_id": world.place("community"), "question": "怎么停车？", "about": "",
        "starts": clock.today(), "ends": clock.today(), "statements": STATEMENTS,
    }  # fmt: skip
    reason = "Your post does not include leading conversations at this place."
    refused(reason, conversations.open_conversation, by=world.actor("wang"), **given)
    refused(
        reason,
        conversations.open_conversation,
        by=world.actor("clerk"),
        **given | {"place_id": world.place("other")},
    )
    row = conversations.open_conversation(by=world.actor("clerk"), **given)
    assert [each.text for each in read.statements(row.pk)] == list(STATEMENTS)
    assert Entry.objects.filter(event="deliberation.conversation_opened", subject_id=row.pk).count() == 1


def test_what_an_opening_lacks_is_said(world) -> None:
    given: dict[str, Any] = {
        "place_id": world.place("community"), "question": "怎么停车？", "about": "",
        "starts": clock.today(), "ends": clock.today(), "statements": STATEMENTS,
    }  # fmt: skip
    for changed, reason in (
        ({"question": "  "}, "Ask one question in at most %(count)s characters."),
        ({"statements": ["一", "二"]}, "Begin with at least %(count)s statements."),
        ({"statements": ["一", "二", "一 "]}, "Somebody has said exactly this already."),
        ({"ends": date(2026, 11, 15)}, "The last day comes before the first."),
        ({"place_id": world.place("home")}, "Choose a place that is open."),
    ):
        refused(reason, conversations.open_conversation, by=world.actor("clerk"), **given | changed)


def test_the_latest_answer_counts_and_no_entry_tells_of_it(world) -> None:
    row = opened(world)
    before = Entry.objects.count()
    say(world, row, "wang", 1)
    say(world, row, "wang", -1)
    assert read.answers_of(world.persons["wang"], row.pk) == {0: -1}
    assert Response.objects.count() == 1
    assert Entry.objects.count() == before


def test_who_may_not_answer_is_told_why(world) -> None:
    row, coming = opened(world, place="building4"), opened(world, starts=date(2026, 11, 20))
    one = {"statement_id": statement(row, 0), "answer": Answer.AGREE}
    refused(
        "This question is for those who live or own a home there.",
        answers.respond,
        by=world.actor("wang"),
        **one,
    )
    refused("Please sign in first.", answers.respond, by=ANONYMOUS, **one)
    one["statement_id"] = statement(coming, 0)
    refused("This conversation has not begun yet.", answers.respond, by=world.actor("wang"), **one)
    with worlds.on("2026-12-05"):
        reason = "This conversation has ended. What came of it can still be read."
        refused(reason, answers.respond, by=world.actor("wang"), **one)


def test_a_statement_waits_until_it_is_read_and_keeps_its_words(world) -> None:
    row = opened(world)
    wang, clerk = world.actor("wang"), world.actor("clerk")
    mine = statements.propose(by=wang, conversation_id=row.pk, text="老李家的车  不该停门口")
    assert (mine.number, mine.text, mine.state) == (6, "老李家的车 不该停门口", StatementState.WAITING)
    reason = "This statement is not part of the conversation any more."
    refused(reason, answers.respond, by=wang, statement_id=mine.pk, answer=Answer.AGREE)

    statements.let_in(by=clerk, statement_id=mine.pk, text="车不该停在楼门口")
    mine.refresh_from_db()
    assert (mine.text, mine.original, mine.state) == (
        "车不该停在楼门口",
        "老李家的车 不该停门口",
        StatementState.IN,
    )
    answers.respond(by=wang, statement_id=mine.pk, answer=Answer.AGREE)
    reason = "People have answered this already; its words stay. Take it out and add another."
    refused(reason, statements.let_in, by=clerk, statement_id=mine.pk, text="又换个说法")

    refused(
        "Say in a few words why it is taken out.",
        statements.take_out,
        by=clerk,
        statement_id=mine.pk,
        reason=" ",
    )
    statements.take_out(by=clerk, statement_id=mine.pk, reason="和第六条一个意思")
    assert read.numbers_out(row.pk) == [6]
    refused(
        "Somebody has said exactly this already.",
        statements.propose,
        by=wang,
        conversation_id=row.pk,
        text="车不该停在楼门口",
    )


def test_five_of_ones_statements_wait_at_most(world) -> None:
    row, wang = opened(world), world.actor("wang")
    for number in range(5):
        statements.propose(by=wang, conversation_id=row.pk, text=f"想法{number}")
    reason = "%(count)s of your statements are still waiting to be read. Wait for them first."
    refused(reason, statements.propose, by=wang, conversation_id=row.pk, text="再一个")


def test_the_map_is_drawn_by_the_worker_where_answers_are_new(world) -> None:
    row = opened(world)
    assert jobs.draw_maps() == 0
    say(world, row, "wang", 1, -1)
    assert jobs.draw_maps() == 1
    assert jobs.draw_maps() == 0
    assert read.picture_of(row.pk)["placed"] == 0  # one person's answers are nobody's business
    with worlds.on(DAY, hour=10):
        statements.take_out(by=world.actor("clerk"), statement_id=statement(row, 0), reason="说的是个人")
        assert jobs.draw_maps() == 1


def test_two_camps_are_drawn_and_no_id_goes_along(world) -> None:
    row = opened(world)
    keys = talking.neighbours(world, 16)
    camps(world, row, keys)
    jobs.draw_maps()
    drawn = read.picture_of(row.pk)
    assert sorted(group["size"] for group in drawn["groups"]) == [8, 8]
    assert {each["number"] for each in drawn["common"]} == {3, 5}
    text = json.dumps(drawn)
    assert not any(str(world.persons[key]) in text for key in keys)


def test_publishing_forgets_who_answered_and_who_proposed(world) -> None:
    row, clerk = opened(world), world.actor("clerk")
    keys = talking.neighbours(world, 12)
    camps(world, row, keys)
    mine = statements.propose(by=world.actor("wang"), conversation_id=row.pk, text="再划几个车位")
    refused(
        "A result is published after the conversation has ended.",
        conversations.publish,
        by=clerk,
        conversation_id=row.pk,
        outcome="先划线",
    )
    conversations.close(by=clerk, conversation_id=row.pk)
    refused(
        "Say what comes of it now, in a few sentences.",
        conversations.publish,
        by=clerk,
        conversation_id=row.pk,
        outcome="",
    )
    before = OpinionMap.objects.get(pk=row.pk).picture
    conversations.publish(by=clerk, conversation_id=row.pk, outcome="消防通道画线，月底前完成。")

    assert read.stage_of(read.conversation(row.pk)) is Stage.PUBLISHED
    assert not Response.objects.filter(person__isnull=False).exists()
    assert set(Response.objects.values_list("voter", flat=True)) == set(range(12))
    assert read.answers_of(world.persons["n0"], row.pk) == {}
    mine.refresh_from_db()
    assert mine.author_id is None
    after = OpinionMap.objects.get(pk=row.pk).picture
    assert [group["size"] for group in after["groups"]] == [group["size"] for group in before["groups"]]
    assert read.participation([row.pk])[row.pk].people == 12
    refused(
        "The result is published; it stays as it was counted.",
        statements.take_out,
        by=clerk,
        statement_id=mine.pk,
        reason="晚了",
    )


def test_the_database_keeps_answers_apart_from_people(world) -> None:
    row = opened(world)
    say(world, row, "wang", 1)
    faults = [{"voter": 3}, {"person": None}, {"answer": 2}]
    for fault in faults:
        with pytest.raises(IntegrityError), transaction.atomic():
            Response.objects.update(**fault)
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(number=0).update(state="out", reason="")


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_resident_answers_one_statement_after_another(world) -> None:
    row = opened(world)
    wang = desk(world, "wang")
    assert talking.QUESTION in shown(wang.get("/"))
    page = shown(wang.get(f"/opinions/{row.pk}/"))
    assert "0 of 6 answered" in page
    assert sum(each in page for each in STATEMENTS) == 1
    for number in range(6):
        one = {"statement": statement(row, number), "answer": "1"}
        assert sent(wang.post(f"/opinions/{row.pk}/answer/", one)) == f"/opinions/{row.pk}/"
    assert "You have answered everything there is" in shown(wang.get(f"/opinions/{row.pk}/"))
    assert "Answer</" not in shown(wang.get("/"))
    shown(wang.post(f"/opinions/{row.pk}/answer/", {"statement": "x", "answer": "1"}), 422)

    changed = {"statement": statement(row, 2), "answer": "-1", "then": "mine"}
    assert sent(wang.post(f"/opinions/{row.pk}/answer/", changed)) == f"/opinions/{row.pk}/mine/"
    assert "Disagree" in shown(wang.get(f"/opinions/{row.pk}/mine/"))
    assert STATEMENTS[2] in shown(wang.get(f"/opinions/{row.pk}/?n=2"))


def test_a_statement_goes_from_phone_to_desk_and_back(world) -> None:
    row = opened(world)
    wang, clerk = desk(world, "wang"), desk(world, "clerk")
    shown(wang.post(f"/opinions/{row.pk}/propose/", {"text": ""}), 422)
    sent(wang.post(f"/opinions/{row.pk}/propose/", {"text": "晚上请保安指挥"}))
    assert "Waiting to be read" in shown(wang.get(f"/opinions/{row.pk}/mine/"))
    assert "1 statement to read" in shown(clerk.get("/desk/opinions/"))
    judged = f"/desk/opinions/{row.pk}/{statement(row, 6)}/"
    assert "晚上请保安指挥" in shown(clerk.get(judged))
    shown(clerk.post(judged, {"do": "out", "reason": ""}), 422)
    sent(clerk.post(judged, {"do": "in", "text": "夜里请保安指挥停车"}))
    page = shown(wang.get(f"/opinions/{row.pk}/mine/"))
    assert "Shown to all" in page
    assert "You wrote: 晚上请保安指挥" in page


def test_the_map_is_for_those_who_belong_until_it_is_published(world) -> None:
    row = opened(world, place="building")
    keys = talking.neighbours(world, 14)
    camps(world, row, keys)
    jobs.draw_maps()
    chen, clerk, stranger = desk(world, "n0"), desk(world, "clerk"), desk(world, "property")
    page = shown(chen.get(f"/opinions/{row.pk}/map/"))
    assert "Group A: 7 people" in page
    assert "You are in group" in page
    assert '<svg class="opinion-map"' in page
    shown(stranger.get(f"/opinions/{row.pk}/map/"), 404)
    shown(stranger.get(f"/desk/opinions/{row.pk}/"), 403)
    sent(clerk.post(f"/desk/opinions/{row.pk}/close/"))
    sent(clerk.post(f"/desk/opinions/{row.pk}/publish/", {"outcome": "消防通道月底前画线。"}))
    assert "消防通道月底前画线。" in shown(stranger.get(f"/opinions/{row.pk}/map/"))


def test_the_script_draws_what_the_server_drew_and_tells_what_is_written_below(world) -> None:
    row = opened(world, place="building")
    camps(world, row, talking.neighbours(world, 12))
    jobs.draw_maps()
    page = desk(world, "n0").get(f"/opinions/{row.pk}/map/").content.decode()
    [marks] = re.findall(r'<script id="opinion-marks" type="application/json">(.*?)</script>', page)
    told = json.loads(marks)
    assert [(each["title"], len(each["dots"])) for each in told["groups"]] == [
        ("Group A: 6 people", 6),
        ("Group B: 6 people", 6),
    ]
    for group in told["groups"]:
        assert all(f"translate({x} {y})" in page for x, y in group["dots"])
        assert group["says"]
        assert all(line.partition(": ")[2] in STATEMENTS for line in group["says"])
    assert page.count('class="me"') == (told["me"] is not None) == 1
    assert "n0" not in marks


def test_what_was_found_is_printed_once_it_is_published(world) -> None:
    row = opened(world, place="building")
    camps(world, row, [*talking.neighbours(world, 12)])
    clerk, stranger = desk(world, "clerk"), desk(world, "property")
    shown(clerk.get(f"/opinions/{row.pk}/print/"), 404)
    sent(clerk.post(f"/desk/opinions/{row.pk}/close/"))
    shown(clerk.get(f"/opinions/{row.pk}/print/"), 404)
    sent(clerk.post(f"/desk/opinions/{row.pk}/publish/", {"outcome": "消防通道月底前画线。"}))
    assert f"/opinions/{row.pk}/print/" in shown(stranger.get(f"/opinions/{row.pk}/map/"))
    page = shown(stranger.get(f"/opinions/{row.pk}/print/"))
    for words in ("消防通道月底前画线。", "12 people took part.", "Group B: 6 people", STATEMENTS[3], "<svg"):
        assert words in page
    assert "opinion-marks" not in page, "paper has no script to draw"


@pytest.mark.parametrize(("few", "words"), [(4, "none are told"), (5, "5 people took part.")])
def test_what_fewer_than_five_think_is_not_printed(world, few: int, words: str) -> None:
    row = opened(world, place="building")
    camps(world, row, talking.neighbours(world, few))
    with worlds.on("2026-12-05"):
        conversations.publish(by=world.actor("clerk"), conversation_id=row.pk, outcome="画线。")
        page = shown(desk(world, "property").get(f"/opinions/{row.pk}/print/"))
    assert words in page
    assert (STATEMENTS[3] in page) is (few == 5)
    assert "Group A" not in page, "five who think in two ways are no two groups"


def test_a_desk_opens_one_through_the_form(world) -> None:
    clerk = desk(world, "clerk")
    asked = {
        "place": world.place("community"), "question": "院里种什么？", "about": "", "starts": "2026-11-16",
        "ends": "2026-11-30", "statements": "种桂花\n种石榴\n\n少种多养\n",
    }  # fmt: skip
    assert "Begin with at least 3 statements." in shown(
        clerk.post("/desk/opinions/new/", asked | {"statements": "种桂花"}), 422
    )
    assert "The last day comes before the first." in shown(
        clerk.post("/desk/opinions/new/", asked | {"ends": "2026-11-15"}), 422
    )
    address = sent(clerk.post("/desk/opinions/new/", asked))
    page = shown(clerk.get(address))
    assert "少种多养" in page
    assert "There is not enough to show yet" in page
    assert queries(clerk, address) <= MOST_QUERIES + 6
    assert queries(clerk, "/desk/opinions/") <= MOST_QUERIES


def test_files_name_nobody(world) -> None:
    row = opened(world)
    keys = talking.neighbours(world, 12)
    camps(world, row, keys)
    clerk, secretary = world.actor("clerk"), desk(world, "secretary")
    shown(secretary.get(f"/desk/opinions/{row.pk}/votes.csv"), 409)
    with worlds.on("2026-12-05"):
        conversations.publish(by=clerk, conversation_id=row.pk, outcome="画线。")
        votes = secretary.get(f"/desk/opinions/{row.pk}/votes.csv").content.decode("utf-8-sig")
        found = secretary.get(f"/desk/opinions/{row.pk}/comments.csv").content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(votes)))
    assert len(lines) == 72
    assert {line["voter-id"] for line in lines} == {str(number) for number in range(12)}
    assert [line["agrees"] for line in csv.DictReader(io.StringIO(found))] == ["6", "6", "6", "12", "6", "12"]


def test_lists_are_short_of_queries(world) -> None:
    row = opened(world)
    wang = desk(world, "wang")
    say(world, row, "wang", 1, 1)
    jobs.draw_maps()
    assert queries(wang, "/opinions/") <= MOST_QUERIES
    assert queries(wang, f"/opinions/{row.pk}/") <= MOST_QUERIES + 4
    assert queries(wang, f"/opinions/{row.pk}/map/") <= MOST_QUERIES + 4


def test_days_of_a_conversation(world) -> None:
    row = opened(world, days=1)
    assert read.stage_of(row) is Stage.RUNNING
    with worlds.on("2026-11-17", hour=23):
        assert read.stage_of(row) is Stage.RUNNING
        assert read.running_for(world.persons["wang"], clock.today()) == [row]
    with worlds.on("2026-11-18", hour=0):
        assert read.stage_of(row) is Stage.ENDED
        assert read.running_for(world.persons["wang"], clock.today()) == []
