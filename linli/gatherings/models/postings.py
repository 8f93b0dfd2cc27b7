"""公示 and 居务公开: what is posted and until when, objections and their answers, classes of affairs."""

from django.db import models
from django.db.models import F, Q

from linli.frame.models import Row
from linli.gatherings.kinds import PostingKind
from linli.gatherings.models.gatherings import Gathering
from linli.kernel.clock import now


class DisclosureClass(Row):
    """One class of affairs a community lays open every so many months.

    `code` is one of the classes every community begins with, "" for its own; without `title` those words
    stand.
    """

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="disclosure_classes")
    code = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=80, blank=True)
    by_law = models.BooleanField(default=False)
    every_months = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "code"], condition=~Q(code=""), name="disclosure_class_code_once"
            ),
            models.CheckConstraint(condition=~Q(code="") | ~Q(title=""), name="disclosure_class_has_words"),
            models.CheckConstraint(
                condition=Q(by_law=False) | (~Q(code="") & Q(ended_on__isnull=True)),
                name="disclosure_class_by_law_stays",
            ),
            models.CheckConstraint(
                condition=Q(every_months__gte=1, every_months__lte=12), name="disclosure_class_within_a_year"
            ),
        ]


class Disclosure(Row):
    """One item of 居务公开: what was laid open of a class on a day. Kept for good: all are the archive."""

    disclosure_class = models.ForeignKey(DisclosureClass, models.PROTECT, related_name="disclosures")
    title = models.CharField(max_length=80)
    body = models.TextField()
    disclosed_on = models.DateField()
    disclosed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    is_demo = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["disclosure_class", "-disclosed_on"], name="disclosure_latest")]


class Posting(Row):
    """公示: words up on the board from one day to another (both included), open to objections meanwhile.

    What a step of a matter has hung (`asked_kind`, `asked_id`) says where, with a photo of the sheet. Taken
    down before its last day, it keeps the day and the reason.
    """

    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in PostingKind])
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="postings")
    gathering = models.ForeignKey(Gathering, models.PROTECT, null=True, blank=True, related_name="postings")
    disclosure = models.OneToOneField(
        Disclosure, models.PROTECT, null=True, blank=True, related_name="posting"
    )
    title = models.CharField(max_length=80)
    body = models.TextField()
    starts = models.DateField()
    ends = models.DateField()
    posted_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    where = models.CharField(max_length=80, blank=True)
    photo = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="+")
    asked_kind = models.CharField(max_length=16, blank=True)
    asked_id = models.UUIDField(null=True)
    taken_down_on = models.DateField(null=True)
    taken_down_reason = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="affairs", disclosure__isnull=False, gathering__isnull=True)
                | Q(kind="resolutions", gathering__isnull=False, disclosure__isnull=True)
                | Q(kind="step", gathering__isnull=True, disclosure__isnull=True),
                name="posting_of_what",
            ),
            models.CheckConstraint(
                condition=Q(kind="step", asked_id__isnull=False, photo__isnull=False)
                & ~Q(where="")
                & ~Q(asked_kind="")
                | ~Q(kind="step") & Q(asked_kind="", asked_id__isnull=True),
                name="posting_of_a_step_hangs_somewhere",
            ),
            models.UniqueConstraint(
                fields=["asked_id"],
                condition=Q(asked_id__isnull=False, taken_down_on__isnull=True),
                name="posting_of_a_step_hangs_once",
            ),
            models.CheckConstraint(
                condition=Q(taken_down_on__isnull=True, taken_down_reason="")
                | Q(taken_down_on__isnull=False, settled_at__isnull=False) & ~Q(taken_down_reason=""),
                name="posting_taken_down_why",
            ),
            models.UniqueConstraint(
                fields=["gathering"], condition=Q(gathering__isnull=False), name="posting_once_a_meeting"
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="posting_ends_after_start"),
            # 居委会组织法 34; the day it goes up is not counted.
            models.CheckConstraint(
                condition=~Q(kind="affairs") | Q(ends__gte=F("starts") + 15), name="posting_affairs_15_days"
            ),
        ]
        indexes = [models.Index(fields=["place", "-starts"], name="posting_at_place")]


class Objection(Row):
    """What somebody objects to in a posting, and the answer. Who objects is known to staff alone.

    `noted_by` wrote it down at the counter for them.
    """

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="objections")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    noted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=1000)
    at = models.DateTimeField(default=now)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posting", "person"], name="objection_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="objection_answer_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("person")),
                name="objection_answered_by_another",
            ),
        ]
