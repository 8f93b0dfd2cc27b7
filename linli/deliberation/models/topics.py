"""Topics with their sections, proposals, who supports them, the community's replies, and comments.

Support is a row only as long as it stands. What came to a proposal from one merged into it names that one, so
that parting the two again takes away what came with it and nothing else.
"""

from django.db import models
from django.db.models import F, Q

from linli.deliberation.kinds import NameState, ProposalState, Stance, TopicKind, Verdict
from linli.frame.models import Row
from linli.kernel.clock import now

_DECIDED = [ProposalState.TAKEN.value, ProposalState.DECLINED.value]


def _hidden() -> Q:
    """Out of sight with who, when and why; or in sight with none of them."""
    return Q(hidden_by__isnull=True, hidden_at__isnull=True, hidden_reason="") | (
        Q(hidden_by__isnull=False, hidden_at__isnull=False) & ~Q(hidden_reason="")
    )


class Topic(Row):
    """Something the people of a place bring proposals to, or the name they look for.

    `threshold` supporters oblige the community to reply within `workdays` working days.
    """

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="topics")
    kind = models.CharField(max_length=6, choices=[(k.value, k.value) for k in TopicKind])
    title = models.CharField(max_length=60)
    about = models.TextField(blank=True)
    starts = models.DateField()
    ends = models.DateField()
    threshold = models.PositiveIntegerField(null=True)
    workdays = models.PositiveSmallIntegerField(null=True)
    names_each = models.PositiveSmallIntegerField(null=True)
    origin = models.OneToOneField("Proposal", models.PROTECT, null=True, related_name="topic_of_its_own")
    opened_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)
    shortlisted_at = models.DateTimeField(null=True)
    ballot = models.ForeignKey("ballots.Ballot", models.PROTECT, null=True, related_name="+")
    chosen = models.ForeignKey("Name", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    named_on = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="topic_ends_after"),
            models.CheckConstraint(
                condition=Q(kind="talk", threshold__gte=2, workdays__range=(1, 30), names_each__isnull=True)
                | Q(kind="naming", threshold__isnull=True, workdays__isnull=True, names_each__range=(1, 3)),
                name="topic_promise_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="naming")
                | Q(shortlisted_at__isnull=True, ballot__isnull=True, decided_at__isnull=True),
                name="topic_named_only_in_a_contest",
            ),
            models.CheckConstraint(
                condition=Q(ballot__isnull=True) | Q(shortlisted_at__isnull=False),
                name="topic_voted_on_once_shortlisted",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, chosen__isnull=True)
                | Q(decided_at__isnull=False, chosen__isnull=False, ballot__isnull=False),
                name="topic_decided_by_a_ballot",
            ),
            models.CheckConstraint(
                condition=Q(named_on__isnull=True) | Q(chosen__isnull=False), name="topic_named_once_chosen"
            ),
        ]
        indexes = [models.Index(fields=["place", "-ends"], name="topic_of_place")]


class TopicBefore(Row):
    """What a topic read until staff changed its words or its last day; kept, and shown to whoever sees it."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="before")
    title = models.CharField(max_length=60)
    about = models.TextField(blank=True)
    ends = models.DateField()
    changed_at = models.DateTimeField(default=now)
    changed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")


class Section(Row):
    """One part of a topic: parking, greenery."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=20)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="section_number_once"),
            models.UniqueConstraint(fields=["topic", "title"], name="section_title_once"),
        ]


class Proposal(Row):
    """What somebody proposes. `due_on` is the last day of the reply the community owes to it; `told_closing`
    which closing of the matter made of it has been told to those who supported it."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="proposals")
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="proposals")
    title = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=now)
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in ProposalState], default=ProposalState.OPEN.value
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    due_on = models.DateField(null=True)
    replied_at = models.DateTimeField(null=True)
    matter = models.OneToOneField("matters.Matter", models.PROTECT, null=True, related_name="+")
    told_closing = models.DateTimeField(null=True)
    hidden_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    hidden_at = models.DateTimeField(null=True)
    hidden_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | ~Q(state="merged") & Q(merged_into__isnull=True),
                name="proposal_merged_into_one",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="proposal_merged_into_another"),
            models.CheckConstraint(
                condition=~Q(state__in=_DECIDED) | Q(replied_at__isnull=False),
                name="proposal_decided_with_a_reply",
            ),
            models.CheckConstraint(
                condition=Q(matter__isnull=True) | Q(state="taken"), name="proposal_taken_up_as_a_matter"
            ),
            models.CheckConstraint(
                condition=Q(told_closing__isnull=True) | Q(matter__isnull=False),
                name="proposal_told_of_its_matter",
            ),
            models.CheckConstraint(condition=_hidden(), name="proposal_hidden_with_reason"),
        ]
        indexes = [models.Index(fields=["topic", "-raised_at"], name="proposal_of_topic")]


class Support(Row):
    """That somebody supports a proposal: once. `via` is the merged proposal it came from."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="supports")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    via = models.ForeignKey(Proposal, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="support_once_a_person"),
            models.CheckConstraint(condition=~Q(via=F("proposal")), name="support_from_another"),
        ]


class Reply(Row):
    """An official reply of the community to a proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="replies")
    verdict = models.CharField(max_length=8, choices=[(v.value, v.value) for v in Verdict])
    text = models.TextField()
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="reply_says_something"),
            models.UniqueConstraint(
                fields=["proposal", "verdict"], condition=~Q(verdict="word"), name="reply_verdict_once"
            ),
        ]


class Comment(Row):
    """What somebody says to a proposal: for, against, an idea; or an answer to a comment, without a side.

    Taken back, its place stays where somebody answered it; the words are gone.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="answers")
    author = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    stance = models.CharField(max_length=7, blank=True, choices=[(s.value, s.value) for s in Stance])
    text = models.CharField(max_length=500, blank=True)
    written_at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True)
    hidden_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    hidden_at = models.DateTimeField(null=True)
    hidden_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True, stance__in=["for", "against", "idea"])
                | Q(parent__isnull=False, stance=""),
                name="comment_takes_a_side",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) & ~Q(text="") | Q(withdrawn_at__isnull=False, text=""),
                name="comment_words_until_withdrawn",
            ),
            models.CheckConstraint(condition=_hidden(), name="comment_hidden_with_reason"),
        ]
        indexes = [models.Index(fields=["proposal", "written_at"], name="comment_of_proposal")]


class Name(Row):
    """A name that came in for a place, once in a contest however many proposed it."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="names")
    text = models.CharField(max_length=6)
    state = models.CharField(
        max_length=11, choices=[(s.value, s.value) for s in NameState], default=NameState.IN.value
    )
    reason = models.CharField(max_length=500, blank=True)
    votes = models.PositiveIntegerField(null=True)
    entered_at = models.DateTimeField(default=now)
    hidden_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    hidden_at = models.DateTimeField(null=True)
    hidden_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "text"], name="name_once_in_a_contest"),
            models.CheckConstraint(
                condition=Q(state="left_out") & ~Q(reason="") | ~Q(state="left_out") & Q(reason=""),
                name="name_left_out_with_reason",
            ),
            models.CheckConstraint(condition=_hidden(), name="name_hidden_with_reason"),
        ]


class Proposer(Row):
    """That somebody proposed a name, what it means to them, and whether they want to be named with it."""

    name = models.ForeignKey(Name, models.CASCADE, related_name="proposers")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)
    shown = models.BooleanField(default=False)
    entered_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "person"], name="proposer_once_a_name"),
            models.CheckConstraint(condition=~Q(why=""), name="proposer_says_why"),
        ]
