"""Surveys, their questions, who has answered, and what was counted. Answers leave this file only as counts,
and their words only without anything beside them."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from linli.deliberation.kinds import Power, QuestionKind, SurveyStage
from linli.deliberation.models import Answered, Survey, SurveyAnswer, SurveyQuestion
from linli.deliberation.read.covenants import signer
from linli.deliberation.rules import surveys as rules
from linli.deliberation.rules.covenants import Signer
from linli.deliberation.rules.surveys import Asked, Result
from linli.frame.scopes import under
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused
from linli.people import read as people
from linli.places import read as places
from linli.places.kinds import UNITS
from linli.places.models import Place

NOT_HERE = "This survey is not here."


def stage_of(row: Survey) -> SurveyStage:
    """Where it stands today."""
    return rules.stage(
        ends=row.ends,
        closed=row.closed_at is not None,
        published=row.published_at is not None,
        archived=row.archived_at is not None,
        day=today(),
    )


def survey(survey_id: UUID) -> Survey:
    """One survey with its place. Raises `Refused` (404) when there is none."""
    row = Survey.objects.select_related("place", "follows").filter(pk=survey_id).first()
    if row is None:
        raise Refused(NOT_HERE, status=MISSING)
    return row


def survey_for_update(survey_id: UUID) -> Survey:
    """The same, locked: answers, sheets and its end wait for each other."""
    rows = Survey.objects.select_for_update(of=("self",), no_key=True).select_related("place")
    row = rows.filter(pk=survey_id).first()
    if row is None:
        raise Refused(NOT_HERE, status=MISSING)
    return row


def questions(survey_id: UUID) -> list[SurveyQuestion]:
    """Its questions by number."""
    return list(SurveyQuestion.objects.filter(survey_id=survey_id))


def asked(row: SurveyQuestion) -> Asked:
    """A question as far as an answer to it is checked."""
    return Asked(row.number, QuestionKind(row.kind), len(row.options), row.at_most)


def next_round(survey_id: UUID) -> Survey | None:
    """The survey that asks the same again."""
    return Survey.objects.filter(follows_id=survey_id).first()


# Who has answered


def asked_as(row: Survey, person_id: UUID | None) -> Signer | None:
    """For whose home somebody answers; None where everybody answers for themselves."""
    return signer(person_id, row.place.path, today()) if row.per_household else None


def has_answered(row: Survey, person_id: UUID | None, who: Signer | None) -> bool:
    """Whether somebody, or their household, has answered."""
    return entry_of(row, person_id, who) is not None


def entry_of(row: Survey, person_id: UUID | None, who: Signer | None) -> Answered | None:
    """The note that somebody, or their household, has answered."""
    rows = Answered.objects.filter(survey=row)
    if who is None:
        return rows.filter(person_id=person_id).first() if person_id else None
    if who.home_id is None:
        return None
    if who.household_id is None:
        return rows.filter(home_id=who.home_id, household__isnull=True).first()
    return rows.filter(household_id=who.household_id).first()


def answered(row: Survey) -> int:
    """How many have answered, sheets handed in included."""
    return row.answered if row.published_at else Answered.objects.filter(survey=row).count()


def handed_in(survey_id: UUID) -> int:
    """How many sheets of paper were handed in."""
    return Answered.objects.filter(survey_id=survey_id, on_paper=True).count()


def sheets_entered(survey_id: UUID) -> int:
    """How many of them have been entered."""
    rows = SurveyAnswer.objects.filter(question__survey_id=survey_id).exclude(sheet="")
    return rows.values("sheet").distinct().count()


def sheets_waiting(survey_id: UUID) -> int:
    """How many sheets were handed in and not entered."""
    return handed_in(survey_id) - sheets_entered(survey_id)


def sheet_answers(survey_id: UUID, sheet: str) -> QuerySet[SurveyAnswer]:
    """What was entered from one sheet."""
    return SurveyAnswer.objects.filter(question__survey_id=survey_id, sheet=sheet)


# What came of it


def results(survey_id: UUID) -> list[tuple[SurveyQuestion, Result]]:
    """What is told of each question, beside the same question of the earlier round."""
    rows = questions(survey_id)
    earlier = {row.pk: row for row in SurveyQuestion.objects.filter(pk__in=[row.same_as_id for row in rows])}
    counted = _answers([row.pk for row in rows] + list(earlier))
    found = []
    for row in rows:
        now = rules.result(asked(row), counted[row.pk])
        same = earlier.get(row.same_as_id) if row.same_as_id else None
        before = rules.result(asked(same), counted[same.pk]) if same else None
        found.append((row, rules.compared(now, before)))
    return found


def _answers(question_ids: list[UUID]) -> dict[UUID, list[list[int]]]:
    found: dict[UUID, list[list[int]]] = defaultdict(list)
    rows = SurveyAnswer.objects.filter(question_id__in=question_ids)
    for question_id, picked in rows.values_list("question_id", "picked"):
        found[question_id].append(picked)
    return found


def texts(survey_id: UUID) -> list[tuple[SurveyQuestion, list[str]]]:
    """The words people wrote, question by question, in the order of their random keys: in none."""
    rows = [row for row in questions(survey_id) if row.kind == QuestionKind.TEXT.value]
    said: dict[UUID, list[str]] = defaultdict(list)
    for question_id, text in (
        SurveyAnswer.objects.filter(question__in=rows).order_by("pk").values_list("question_id", "text")
    ):
        said[question_id].append(text)
    return [(row, said[row.pk]) for row in rows]


# Lists


def of_person(person_id: UUID, day: date) -> list[Survey]:
    """Surveys of the places somebody belongs to, the latest first."""
    paths = people.paths_around(person_id, day)
    rows = Survey.objects.filter(place__path__in=paths, opened_on__isnull=False).select_related("place")
    return list(rows.order_by("-ends", "-pk")[:50])


def waiting_for(person_id: UUID, day: date) -> list[Survey]:
    """Surveys somebody can answer today and has not."""
    paths = people.paths_around(person_id, day)
    mine = Answered.objects.filter(survey=OuterRef("pk"), person_id=person_id)
    rows = Survey.objects.filter(
        ~Exists(mine),
        place__path__in=paths,
        ends__gte=day,
        closed_at__isnull=True,
        published_at__isnull=True,
    )
    found = list(rows.select_related("place").order_by("ends", "pk")[:20])
    return [row for row in found if not row.per_household or _asks_household(row, person_id)]


def _asks_household(row: Survey, person_id: UUID) -> bool:
    who = asked_as(row, person_id)
    return bool(who and who.home_id and who.is_adult) and not has_answered(row, person_id, who)


def at_desk(actor: Actor) -> QuerySet[Survey]:
    """Surveys of this desk's places, the latest first, with how many answered so far."""
    here = under("place__path", actor.paths(Power.SURVEY))
    rows = Survey.objects.filter(here).select_related("place").annotate(so_far=Count("answered_by"))
    return rows.order_by("-drafted_at", "-pk")


def places_to_ask_at(actor: Actor) -> list[tuple[UUID, str]]:
    """Open places of this actor's posts, an entrance or wider, each with how it is written."""
    here = under("path", actor.paths(Power.SURVEY))
    rows = Place.objects.filter(here, closed_on__isnull=True).exclude(kind__in=UNITS)
    found = list(rows.order_by("path")[:500])
    written = places.address_map(found)
    return [(row.pk, written[row.pk]) for row in found]
