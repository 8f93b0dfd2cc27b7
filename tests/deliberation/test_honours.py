"""Acts of appraisals and surveys with one community behind them: what is kept of whom, and what is not."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, transaction
from PIL import Image

from linli.audit.models import Entry
from linli.deliberation.actions import appraisals, choosing, nominations, survey_answers, surveys
from linli.deliberation.actions.nominations import Consent, Words
from linli.deliberation.actions.surveys import Ask
from linli.deliberation.kinds import AppraisalStage, Event, QuestionKind
from linli.deliberation.models import (
    Answered,
    Appraisal,
    Chooser,
    Declined,
    Nomination,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    Voice,
)
from linli.deliberation.read import appraisals as read
from linli.deliberation.read import honours
from linli.deliberation.read import surveys as survey_read
from linli.deliberation.rules.surveys import percents
from linli.documents.models import StoredFile
from linli.frame.models import IdempotencyRecord
from linli.kernel.decision import Refused
from linli.notices.models import Delivery, Notice
from linli.people.models import Person
from tests import world as worlds
from tests.deliberation.covenanting import neighbour
from tests.deliberation.honouring import CHOOSES, COUNTS, agreed, asked, opened, person
from tests.matters.desking import MOST_QUERIES, desk, queries, shown
from tests.world import World

MOVED_ON = "The appraisal has moved on. Look at it again."
KEYS = ("zhao", "sun", "li", "zhou")


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker):
    """One community for all tests of this file; what each does in it is rolled back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        built = worlds.build()
        for number, key in enumerate(KEYS):
            neighbour(built, key, f"040{number}", f"{'赵孙李周'[number]}一鸣")
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def world(_built: World, db: None) -> World:
    return replace(_built, persons=dict(_built.persons), phones=dict(_built.phones))


def refused(expected: str, act: Any, /, **given: Any) -> None:
    with pytest.raises(Refused) as caught:
        act(**given)
    assert caught.value.reason == expected


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, "PNG")
    return out.getvalue()


# Appraisals


def test_whoever_refuses_is_not_asked_again_and_nothing_of_it_is_kept(world) -> None:
    row = opened(world)
    with worlds.on("2026-11-17"):
        words = Words("四楼的孙阿姨", "人好", photos=[("a.png", png())])
        made = nominations.nominate(by=person(world, "wang"), appraisal_id=row.pk, words=words)
        assert not Notice.objects.filter(person_id=world.persons["sun"]).exists()
        nominations.find(by=world.actor("clerk"), nomination_id=made.pk, person_id=world.persons["sun"])
        assert Notice.objects.get(person_id=world.persons["sun"]).topic == "honour_asked"
        nominations.withdraw(by=person(world, "sun"), nomination_id=made.pk)
        assert not Nomination.objects.exists()
        assert not StoredFile.objects.exists()
        assert not Entry.objects.filter(subject_kind="Nomination").exclude(event="notices.notified").exists()
        reason = "They do not want to be put forward in this appraisal."
        given = {"by": world.actor("clerk"), "appraisal_id": row.pk, "person_id": world.persons["sun"]}
        refused(reason, nominations.enter, **given, words=Words("孙", "人好"))
        appraisals.call_off(by=world.actor("clerk"), appraisal_id=row.pk, reason="改到明年")
        assert not Declined.objects.exists()
        assert read.stage_of(read.appraisal(row.pk)) is AppraisalStage.CALLED_OFF
        assert "改到明年" in shown(desk(world, "wang").get(f"/appraisals/{row.pk}/"))


def test_who_has_no_phone_is_called_and_staff_write_their_word_down(world) -> None:
    row = opened(world)
    with worlds.on("2026-11-17"):
        clerk = world.actor("clerk")
        made = nominations.enter(
            by=clerk, appraisal_id=row.pk, person_id=world.persons["old-liu"], words=Words("刘大爷", "热心")
        )
        assert Delivery.objects.get(notice__person_id=world.persons["old-liu"]).channel == "call"
        given = {"nomination_id": made.pk, "consent": Consent(full_name=True, with_photos=False)}
        refused(
            "Your post does not include appraisals at this place.",
            nominations.record_consent,
            by=person(world, "wang"),
            **given,
        )
        made = nominations.record_consent(by=clerk, **given)
        assert made.recorded_by_id == clerk.person_id
        refused("They have agreed already.", nominations.record_consent, by=clerk, **given)


def test_photos_one_does_not_want_shown_go_at_once(world) -> None:
    row = opened(world)
    with worlds.on("2026-11-17"):
        made = nominations.enter(
            by=world.actor("clerk"),
            appraisal_id=row.pk,
            person_id=world.persons["sun"],
            words=Words("孙", "人好", photos=[("a.png", png()), ("b.png", png())]),
        )
        assert StoredFile.objects.count() == 2
        consent = Consent(with_photos=False)
        nominations.agree(by=person(world, "sun"), nomination_id=made.pk, consent=consent)
        assert not StoredFile.objects.exists()
        refused(
            "At most 3 photos.",
            nominations.nominate,
            by=person(world, "wang"),
            appraisal_id=row.pk,
            words=Words("赵", "好", photos=[("a.png", png())] * 4),
        )


def test_a_child_needs_a_parents_word(world) -> None:
    row = opened(world, self_allowed=True)
    Person.objects.filter(pk=world.persons["sun"]).update(born_year=2012)
    reason = "Under 18 a parent agrees, on paper; the community writes it down."
    with worlds.on("2026-11-17"):
        refused(
            reason,
            nominations.nominate_self,
            by=person(world, "sun"),
            appraisal_id=row.pk,
            words=Words("孙", "我"),
            consent=Consent(),
        )
        made = nominations.nominate_self(
            by=person(world, "zhao"), appraisal_id=row.pk, words=Words("赵", "我"), consent=Consent()
        )
        assert made.state == "agreed"


def test_one_voice_each_and_nobody_can_tell_whose(world) -> None:
    row = opened(world)
    sun, li = agreed(world, row, "sun"), agreed(world, row, "li")
    with worlds.on(CHOOSES):
        client = desk(world, "zhao")
        before = Entry.objects.count()
        given = {"appraisal_id": row.pk, "chosen": [sun.pk]}
        choosing.choose(by=person(world, "wang"), **given)
        refused(
            "You have chosen already. Nobody can see whom, so it cannot be changed.",
            choosing.choose,
            by=person(world, "wang"),
            **given,
        )
        reason = "Choose one to %(count)s of them."
        refused(reason, choosing.choose, by=person(world, "zhao"), appraisal_id=row.pk, chosen=[])
        both = [sun.pk, li.pk]
        refused(reason, choosing.choose, by=person(world, "zhao"), appraisal_id=row.pk, chosen=both)
        client.post(f"/appraisals/{row.pk}/choose/", {"chosen": str(li.pk), "idempotency_key": "k"})
        assert Chooser.objects.count() == Voice.objects.count() == 2
        assert Entry.objects.count() == before
        assert not IdempotencyRecord.objects.filter(key="k").exists()
        assert {field.name for field in Voice._meta.fields} == {"id", "nomination"}
        assert {field.name for field in Chooser._meta.fields} == {"id", "appraisal", "person"}
        assert Chooser.objects.first().pk.version == Voice.objects.first().pk.version == 4  # not timed
        with pytest.raises(IntegrityError), transaction.atomic():
            Chooser.objects.create(appraisal=row, person_id=world.persons["wang"])
        nominations.withdraw(by=person(world, "li"), nomination_id=li.pk)
        refused(
            "One of them does not take part any more. Choose again.",
            choosing.choose,
            by=person(world, "zhou"),
            appraisal_id=row.pk,
            chosen=[li.pk],
        )


def test_an_objection_is_answered_by_somebody_else_and_takes_the_honour(world) -> None:
    row = opened(world)
    sun, li = agreed(world, row, "sun"), agreed(world, row, "li")
    with worlds.on(CHOOSES):
        choosing.choose(by=person(world, "wang"), appraisal_id=row.pk, chosen=[sun.pk])
    clerk, secretary = world.actor("clerk"), world.actor("secretary")
    with worlds.on(COUNTS):
        appraisals.post(by=clerk, appraisal_id=row.pk)
        kept = Appraisal.objects.get(pk=row.pk)
        assert (kept.candidates, kept.voters, kept.judges) == (2, 1, 0)
        assert [each.row.pk for each in honours.shown(kept, only_honoured=True)] == [sun.pk]
        assert "below 5" in shown(desk(world, "zhao").get(f"/appraisals/{row.pk}/"))
        doubt = choosing.doubt(by=person(world, "zhao"), nomination_id=sun.pk, words="不是她")
        given = {"doubt_id": doubt.pk, "upheld": True, "words": "核实过，确实不是"}
        reason = "Somebody answers who did not nominate them and does not object."
        refused(reason, choosing.answer, by=clerk, **given)  # the clerk put her forward
        choosing.answer(by=secretary, **given)
        refused("This objection has its answer.", choosing.answer, by=secretary, **given)
        assert honours.shown(kept, only_honoured=True) == []  # nobody moves up
        told = Notice.objects.filter(topic__in=["honour_struck", "objection_answered"])
        assert {row.person_id for row in told} == {world.persons["sun"], world.persons["zhao"]}
        refused(
            "The result stays posted until its last day has passed.",
            appraisals.conclude,
            by=clerk,
            appraisal_id=row.pk,
        )
    with worlds.on("2026-12-07"):
        appraisals.conclude(by=clerk, appraisal_id=row.pk)
        assert not Nomination.objects.filter(pk__in=[sun.pk, li.pk]).exists()
        refused(MOVED_ON, appraisals.conclude, by=clerk, appraisal_id=row.pk)


def test_names_are_shown_as_agreed_and_homes_as_the_building(world) -> None:
    row = opened(world)
    agreed(world, row, "sun")
    with worlds.on(CHOOSES):
        [one] = honours.shown(row, only_honoured=False)
        assert (one.name, one.where) == ("孙**", "3号楼")


def test_large_print_shows_what_waits(world) -> None:
    row = opened(world)
    agreed(world, row, "sun")
    with worlds.on("2026-11-16"):
        asked(world, ends=date(2026, 11, 30))
    with worlds.on(CHOOSES):
        client = desk(world, "wang")
        get_user_model().objects.filter(person_id=world.persons["wang"]).update(elder=True)
        page = shown(client.get("/"))
        assert f"/appraisals/{row.pk}/" in page
        assert "服务怎么样" in page


def test_lists_of_appraisals_ask_little(world) -> None:
    row = opened(world)
    for key in ("sun", "li", "zhou"):
        agreed(world, row, key)
    with worlds.on(CHOOSES):
        assert queries(desk(world, "clerk"), "/desk/appraisals/") <= MOST_QUERIES
        assert queries(desk(world, "wang"), "/appraisals/") <= MOST_QUERIES


# Surveys


def test_an_answer_knows_nobody(world) -> None:
    with worlds.on("2026-11-16"):
        row = asked(world)
        client = desk(world, "wang")
        before = Entry.objects.count()
        client.post(f"/surveys/{row.pk}/answer/", {"q1": "5", "idempotency_key": "k"})
        assert (Answered.objects.count(), SurveyAnswer.objects.count()) == (1, 1)
        assert Entry.objects.count() == before
        assert not IdempotencyRecord.objects.filter(key="k").exists()
        names = {field.name for field in SurveyAnswer._meta.fields}
        assert names == {"id", "question", "picked", "text", "sheet"}
        assert SurveyAnswer.objects.get().pk.version == Answered.objects.get().pk.version == 4  # not timed
        with pytest.raises(FieldDoesNotExist):
            Answered._meta.get_field("at")
        sent = {1: ([4], "")}
        reason = "You have answered already. It counts once."
        refused(reason, survey_answers.respond, by=person(world, "wang"), survey_id=row.pk, sent=sent)
        with pytest.raises(IntegrityError), transaction.atomic():
            Answered.objects.create(survey=row, person_id=world.persons["wang"])
        reason = "The answer to question %(number)s is not among those asked for."
        sent = {1: ([6], "")}
        refused(reason, survey_answers.respond, by=person(world, "zhao"), survey_id=row.pk, sent=sent)
        refused(
            "Answer at least one question.",
            survey_answers.respond,
            by=person(world, "zhao"),
            survey_id=row.pk,
            sent={},
        )
        assert Answered.objects.count() == 1


def test_where_households_are_asked_one_answers_for_all(world) -> None:
    with worlds.on("2026-11-16"):
        row = asked(world, per_household=True)
        neighbour(world, "wife", "home", "王太太")
        sent = {1: ([4], "")}
        survey_answers.respond(by=person(world, "wife"), survey_id=row.pk, sent=sent)
        reason = "Your household has answered already."
        refused(reason, survey_answers.respond, by=person(world, "wang"), survey_id=row.pk, sent=sent)
        assert Answered.objects.get().person_id is None
        reason = "Here each household answers once. Ask the community to note your home."
        refused(reason, survey_answers.respond, by=person(world, "chen"), survey_id=row.pk, sent=sent)
        assert survey_read.waiting_for(world.persons["wang"], date(2026, 11, 16)) == []
        assert survey_read.waiting_for(world.persons["zhao"], date(2026, 11, 16)) == [row]


def test_a_sheet_is_entered_apart_from_who_handed_it_in(world) -> None:
    with worlds.on("2026-11-16"):
        row, clerk = asked(world), world.actor("clerk")
        sun = world.persons["sun"]
        survey_answers.hand_in(by=clerk, survey_id=row.pk, person_id=sun)
        survey_answers.give_back(by=clerk, survey_id=row.pk, person_id=sun)
        reason = "Every sheet handed in has been entered. Note first who hands one in."
        refused(reason, survey_answers.enter, by=clerk, survey_id=row.pk, sent={1: ([2], "")})
        survey_answers.hand_in(by=clerk, survey_id=row.pk, person_id=sun)
        code = survey_answers.enter(by=clerk, survey_id=row.pk, sent={1: ([2], "")})
        refused(reason, survey_answers.give_back, by=clerk, survey_id=row.pk, person_id=sun)
        assert SurveyAnswer.objects.get().sheet == code
        survey_answers.strike(by=clerk, survey_id=row.pk, sheet=f" {code.lower()} ")
        assert survey_read.sheets_waiting(row.pk) == 1
        reason = "No sheet with this code has been entered."
        refused(reason, survey_answers.strike, by=clerk, survey_id=row.pk, sheet="")
        on_record = Entry.objects.filter(event=Event.SURVEY_PAPER_ENTERED.value).get()
        assert on_record.data == {}


def test_nothing_is_told_of_four(world) -> None:
    with worlds.on("2026-11-16"):
        row = asked(world)
        for key in (*KEYS, "wang")[:4]:
            survey_answers.respond(by=person(world, key), survey_id=row.pk, sent={1: ([5], "")})
        surveys.close(by=world.actor("clerk"), survey_id=row.pk)
        surveys.publish(by=world.actor("clerk"), survey_id=row.pk, summary="")
        page = shown(desk(world, "wang").get(f"/surveys/{row.pk}/"))
        assert "Fewer than five answered" in page
        assert "4 answered" not in page
        assert survey_read.results(row.pk)[0][1].lines == ()


def test_questions_keep_their_order_when_one_goes_and_a_changed_one_is_not_compared(world) -> None:
    with worlds.on("2026-11-16"):
        row, clerk = asked(world), world.actor("clerk")
        surveys.close(by=clerk, survey_id=row.pk)
        reason = "Ask again when this result is published."
        refused(reason, surveys.repeat, by=clerk, survey_id=row.pk)
        surveys.publish(by=clerk, survey_id=row.pk, summary="")
        new = surveys.repeat(by=clerk, survey_id=row.pk)
        refused("The next round has been drafted.", surveys.repeat, by=clerk, survey_id=row.pk)
        for text in ("还有呢", "别的呢"):
            surveys.add_question(by=clerk, survey_id=new.pk, ask=Ask(QuestionKind.TEXT, text))
        surveys.remove_question(by=clerk, survey_id=new.pk, number=2)
        first = survey_read.questions(row.pk)[0]
        kept = SurveyQuestion.objects.filter(survey=new).values_list("number", "text", "same_as")
        assert list(kept) == [(1, "满意吗", first.pk), (2, "别的呢", None)]
        surveys.drop(by=clerk, survey_id=new.pk)
        assert list(Survey.objects.all()) == [row]


def test_a_survey_of_many_is_counted_in_few_queries(world) -> None:
    with worlds.on("2026-11-16"):
        row = asked(world)
        question = survey_read.questions(row.pk)[0]
        SurveyAnswer.objects.bulk_create(
            SurveyAnswer(question=question, picked=[1 + number % 5]) for number in range(500)
        )
        surveys.close(by=world.actor("clerk"), survey_id=row.pk)
        surveys.publish(by=world.actor("clerk"), survey_id=row.pk, summary="")
        assert queries(desk(world, "wang"), f"/surveys/{row.pk}/") <= 14
        assert queries(desk(world, "clerk"), "/desk/surveys/") <= MOST_QUERIES
        assert queries(desk(world, "wang"), "/surveys/") <= MOST_QUERIES
        [(_row, result)] = survey_read.results(row.pk)
        assert [line.share for line in result.lines] == percents([100] * 5)
