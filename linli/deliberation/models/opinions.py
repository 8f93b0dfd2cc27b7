"""A conversation about one question: statements, answers, and the map made of them.

Answers are kept to be counted. No page, list or file says who gave which; when the result is published, who
answered is forgotten and only a number is left that tells the answers of one person apart from another's.
"""

from django.db import models
from django.db.models import F, Q

from linli.deliberation.kinds import Answer, StatementState
from linli.frame.models import Row
from linli.kernel.clock import now


def _pair(who: str, when: str) -> Q:
    """Somebody and a moment: both known or neither."""
    nobody = Q(**{f"{who}__isnull": True, f"{when}__isnull": True})
    somebody = Q(**{f"{who}__isnull": False, f"{when}__isnull": False})
    return nobody | somebody


class Conversation(Row):
    """A question put to everybody who belongs to a place, from one day to another, both included.

    `asked_kind` and `asked_id` name what asked for it and hears what was found: a step's opening.
    """

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="conversations")
    question = models.CharField(max_length=80)
    about = models.TextField(blank=True)
    starts = models.DateField()
    ends = models.DateField()
    opened_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=now)
    closed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    asked_kind = models.CharField(max_length=16, blank=True)
    asked_id = models.UUIDField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="conversation_ends_after"),
            models.CheckConstraint(
                condition=_pair("closed_by", "closed_at"), name="conversation_closed_who_and_when"
            ),
            models.CheckConstraint(
                condition=_pair("published_by", "published_at"), name="conversation_published_who_and_when"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(outcome=""),
                name="conversation_published_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(asked_kind="", asked_id__isnull=True)
                | ~Q(asked_kind="") & Q(asked_id__isnull=False),
                name="conversation_asked_by_kind_and_id",
            ),
            models.UniqueConstraint(fields=["asked_kind", "asked_id"], name="conversation_asked_once"),
        ]
        indexes = [models.Index(fields=["place", "-ends"], name="conversation_of_place")]


class Statement(Row):
    """One short statement to agree with. `original` is what its author wrote, where that was changed."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="statements")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=120)
    original = models.CharField(max_length=120, blank=True)
    author = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    by_staff = models.BooleanField(default=False)
    written_at = models.DateTimeField(default=now)
    state = models.CharField(max_length=7, choices=[(s.value, s.value) for s in StatementState])
    reason = models.CharField(max_length=200, blank=True)
    judged_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="statement_number_once"),
            models.CheckConstraint(
                condition=_pair("judged_by", "judged_at"), name="statement_judged_who_and_when"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", judged_at__isnull=True)
                | (~Q(state="waiting") & Q(judged_at__isnull=False)),
                name="statement_waits_until_judged",
            ),
            models.CheckConstraint(
                condition=~Q(state="out") | ~Q(reason=""), name="statement_out_with_reason"
            ),
        ]


class Response(models.Model):
    """What one person answers to one statement, the latest only. `voter` takes the person's place once the
    result is published."""

    id = models.BigAutoField(primary_key=True)
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="responses")
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, related_name="+")
    voter = models.PositiveIntegerField(null=True)
    answer = models.SmallIntegerField(choices=[(a.value, a.name) for a in Answer])
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "person"], name="response_once"),
            models.UniqueConstraint(fields=["statement", "voter"], name="response_once_forgotten"),
            models.CheckConstraint(
                condition=Q(person__isnull=True, voter__isnull=False)
                | Q(person__isnull=False, voter__isnull=True),
                name="response_person_or_number",
            ),
            models.CheckConstraint(condition=Q(answer__in=[-1, 0, 1]), name="response_answer"),
        ]


class OpinionMap(models.Model):
    """What was drawn of a conversation, ready to show: groups of five people at least, and no person's id."""

    conversation = models.OneToOneField(
        Conversation, models.CASCADE, primary_key=True, related_name="opinion_map"
    )
    drawn_at = models.DateTimeField(default=now)
    answers = models.PositiveIntegerField()
    picture = models.JSONField()
