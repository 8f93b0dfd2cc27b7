"""Surveys: their questions, who has answered, and apart from that what was answered.

An answer knows its question and nothing else: not who gave it, not when, not what the same person said to
another question. What somebody entered from paper carries the code written on that sheet.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from linli.deliberation.kinds import QuestionKind
from linli.frame.models import Row
from linli.kernel.clock import now


class Survey(Row):
    """Questions to everybody who belongs to a place, or to each of its households, until a last day."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="surveys")
    title = models.CharField(max_length=60)
    about = models.TextField(blank=True)
    per_household = models.BooleanField(default=False)
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="next_round")
    drafted_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=now)
    opened_on = models.DateField(null=True)
    ends = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    answered = models.PositiveIntegerField(default=0)  # counted when the result is published
    summary = models.TextField(blank=True)
    changed = models.TextField(blank=True)
    archived_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True, ends__isnull=True)
                | Q(opened_on__isnull=False, ends__isnull=False),
                name="survey_open_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False, ends__isnull=False),
                name="survey_published_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True)
                | (Q(archived_at__isnull=False, published_at__isnull=False) & ~Q(changed="")),
                name="survey_archived_with_what_changed",
            ),
        ]
        indexes = [models.Index(fields=["place", "-ends"], name="survey_of_place")]


class SurveyQuestion(Row):
    """One question. `same_as` is the one of the earlier round it repeats word for word."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7, choices=[(k.value, k.value) for k in QuestionKind])
    text = models.CharField(max_length=200)
    options = ArrayField(models.CharField(max_length=60), default=list)
    at_most = models.PositiveSmallIntegerField(default=1)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="survey_question_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="survey_question_asks_something"),
        ]


class Answered(models.Model):
    """That somebody, or a household, has answered or handed in a sheet: never what, never when. Forgotten
    when the result is published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answered_by")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    home = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey("people.Household", models.PROTECT, null=True, related_name="+")
    on_paper = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "person"], name="answered_once_a_person"),
            models.UniqueConstraint(fields=["survey", "household"], name="answered_once_a_household"),
            models.UniqueConstraint(
                fields=["survey", "home"], condition=Q(household__isnull=True), name="answered_once_a_home"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, home__isnull=True, household__isnull=True)
                | Q(person__isnull=True, home__isnull=False),
                name="answered_person_or_home",
            ),
        ]


class SurveyAnswer(models.Model):
    """An answer to one question. Its key is random."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(SurveyQuestion, models.CASCADE, related_name="answers")
    picked = ArrayField(models.PositiveSmallIntegerField(), default=list)
    text = models.CharField(max_length=300, blank=True)
    sheet = models.CharField(max_length=6, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "sheet"], condition=~Q(sheet=""), name="survey_sheet_answers_once"
            ),
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(picked=[]), name="survey_answer_says_something"
            ),
        ]
