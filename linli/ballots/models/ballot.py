"""A ballot, its questions and their options, and what a place has settled for itself."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from linli.ballots.kinds import (
    BallotState,
    Electorate,
    HouseRuleKind,
    Method,
    OwnersMatter,
    PartKind,
    RuleName,
)
from linli.frame.models import Row, once_at_a_time
from linli.kernel.clock import now


class Ballot(Row):
    """Something a place decides by voting.

    `asked_kind` and `asked_id` name what asked for it above, without a key: this floor does not know it. So
    do `group_kind` and `group_id` with whose members are asked; `group_name` is what they were called then.
    `settled` is what stood about counting where it was announced, on that day (`rules.local`): nothing noted
    or ended later changes it. A secret ballot keeps no link from a person to a vote; `is_secret` never
    changes once votes may come in. `first_round` is the election whose empty places a second round fills.
    `applicant` is the home that is to be used for business: its owners are not asked (民法典 279).
    """

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="ballots")
    title = models.CharField(max_length=80)
    body = models.TextField(blank=True)
    electorate = models.CharField(max_length=10, choices=[(e.value, e.value) for e in Electorate])
    group_kind = models.CharField(max_length=16, blank=True)
    group_id = models.UUIDField(null=True)
    group_name = models.CharField(max_length=80, blank=True)
    part_kind = models.CharField(max_length=8, blank=True, default=PartKind.NONE.value)
    applicant = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")
    is_secret = models.BooleanField()
    is_by_hand = models.BooleanField(default=False, db_default=False)  # an election, counted in public
    channels = ArrayField(models.CharField(max_length=8))
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in BallotState])
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    asked_kind = models.CharField(max_length=40, blank=True)
    asked_id = models.UUIDField(null=True)
    first_round = models.ForeignKey("self", models.PROTECT, null=True, related_name="second_rounds")
    drafted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField(default=now)
    announced_at = models.DateTimeField(null=True)
    settled = models.JSONField(default=dict)
    frozen_at = models.DateTimeField(null=True)
    objections_until = models.DateField(null=True)
    counted_at = models.DateTimeField(null=True)
    document = models.TextField(blank=True)  # the published file, byte for byte as it was sealed
    published_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="ballot_closes_after_open"),
            models.CheckConstraint(
                condition=Q(asked_kind="", asked_id__isnull=True)
                | (~Q(asked_kind="") & Q(asked_id__isnull=False)),
                name="ballot_asked_by_kind_and_id",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "announced", "withdrawn"]) | Q(frozen_at__isnull=False),
                name="ballot_open_only_with_a_roll",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["counted", "published"])
                | (Q(counted_at__isnull=False) & ~Q(document="")),
                name="ballot_counted_has_its_file",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="ballot_published_when",
            ),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, objections_until__isnull=True)
                | Q(frozen_at__isnull=False, objections_until__isnull=False),
                name="ballot_roll_with_its_objections",
            ),
            models.CheckConstraint(
                condition=Q(is_secret=False) | ~Q(electorate="owners"), name="ballot_owners_vote_by_name"
            ),
            models.CheckConstraint(
                condition=Q(is_by_hand=False) | Q(is_secret=True), name="ballot_by_hand_is_secret"
            ),
            models.CheckConstraint(
                condition=Q(applicant__isnull=True) | Q(electorate="owners"),
                name="ballot_of_owners_about_a_home",
            ),
            models.UniqueConstraint(
                fields=["first_round"],
                condition=~Q(state="withdrawn"),
                name="ballot_one_second_round",
            ),
            models.CheckConstraint(
                condition=(
                    Q(electorate="members", group_id__isnull=False) & ~Q(group_kind="") & ~Q(group_name="")
                )
                | (~Q(electorate="members") & Q(group_id__isnull=True, group_kind="", group_name="")),
                name="ballot_members_of_something",
            ),
        ]
        indexes = [models.Index(fields=["place", "state", "-opens_at"], name="ballot_of_place")]

    def __str__(self) -> str:
        return self.title


class Question(Row):
    """One question of a ballot: how it is answered and what decides it."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    method = models.CharField(max_length=12, choices=[(m.value, m.value) for m in Method])
    rule = models.CharField(max_length=20, choices=[(r.value, r.value) for r in RuleName])
    matter = models.CharField(max_length=12, blank=True, choices=[(m.value, m.value) for m in OwnersMatter])
    every_part = models.BooleanField(default=False)
    is_runoff = models.BooleanField(default=False)
    seats = models.PositiveSmallIntegerField(default=1)
    at_most = models.PositiveSmallIntegerField(default=1)
    fund = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="question_number_once"),
            models.CheckConstraint(condition=Q(seats__gte=1, at_most__gte=1), name="question_seats"),
            models.CheckConstraint(
                condition=Q(is_runoff=False)
                | Q(rule__in=["election_voters", "election_households", "election_reps"]),
                name="question_second_round_of_an_election",
            ),
        ]


class Option(Row):
    """Something to choose. `code` is its name in the published file and on paper."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    code = models.CharField(max_length=6)
    title = models.CharField(max_length=80)
    cost = models.PositiveBigIntegerField(default=0)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["question", "code"], name="option_code_once")]


class HouseRule(Row):
    """Something about counting that is settled for a place by rules of its own or its city's, for the days it
    holds (last day excluded); `value` is a share where it is one."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in HouseRuleKind])
    value = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=120)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            once_at_a_time("house_rule_one_at_a_time", "place", "kind"),
            models.CheckConstraint(condition=~Q(source=""), name="house_rule_says_where"),
        ]
