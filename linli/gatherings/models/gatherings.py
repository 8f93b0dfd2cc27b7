"""A meeting or sitting, its agenda, who came, who speaks, and the points noted while it talks."""

from django.db import models
from django.db.models import F, Q

from linli.frame.fields import EncryptedTextField
from linli.frame.models import Row
from linli.gatherings.kinds import CalledBy, Counted, Presence, SittingKind, State, Way
from linli.gatherings.models.bodies import Body
from linli.gatherings.models.petitions import Petition
from linli.kernel.clock import now

# Which moments each state has behind it; "cancelled" and "planned" are tested apart.
_HELD = Q(opened_at__isnull=False)


class Gathering(Row):
    """One meeting of a body, or a sitting without one (坝坝会, 议事亭…).

    `notice_days`, `quorum` and `proxies_most` are those of the body when it was planned: later house rules
    change no meeting. `entitled` are those counted; owners are counted in area too (0.01 m²). An
    assembly counts adults, households or owners (`counted`): `entitled_found` and `area_found` are what the
    register said on `found_on`, `correction` why it is another number. `petition` holds those who asked for
    it, `callers` of `callers_of` when it was planned. What was found at the end (`present`, `area_present`,
    `quorate`) is kept as it was. `ballot_id` names the ballot by which an owners' assembly decides, without a
    key: this app does not know it.
    """

    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="gatherings")
    sitting = models.CharField(max_length=12, blank=True, choices=[(k.value, k.value) for k in SittingKind])
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="gatherings")
    title = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    minutes_planned = models.PositiveSmallIntegerField(default=90)
    room = models.CharField(max_length=80)
    video_base = models.CharField(max_length=200, blank=True)
    video_room = models.CharField(max_length=40, blank=True)
    secret = EncryptedTextField()
    is_public = models.BooleanField()
    notice_days = models.PositiveSmallIntegerField(default=0)
    quorum = models.CharField(max_length=14, choices=[(s.value, s.value) for s in Presence])
    proxies_most = models.PositiveSmallIntegerField(default=0)
    entitled = models.PositiveIntegerField(null=True, blank=True)
    area_entitled = models.PositiveBigIntegerField(null=True, blank=True)
    counted = models.CharField(max_length=10, blank=True, choices=[(c.value, c.value) for c in Counted])
    entitled_found = models.PositiveIntegerField(null=True, blank=True)
    area_found = models.PositiveBigIntegerField(null=True, blank=True)
    found_on = models.DateField(null=True, blank=True)
    correction = models.CharField(max_length=200, blank=True)
    called_by = models.CharField(max_length=14, choices=[(c.value, c.value) for c in CalledBy])
    petition = models.ForeignKey(Petition, models.PROTECT, null=True, blank=True, related_name="gatherings")
    callers = models.PositiveIntegerField(null=True, blank=True)
    callers_of = models.PositiveIntegerField(null=True, blank=True)
    urgent_reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    planned_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField(default=now)
    noticed_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    present = models.PositiveIntegerField(null=True)
    area_present = models.PositiveBigIntegerField(null=True)
    quorate = models.BooleanField(null=True)
    ballot_id = models.UUIDField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=False, sitting="") | (Q(body__isnull=True) & ~Q(sitting="")),
                name="gathering_of_a_body_or_a_sitting",
            ),
            models.CheckConstraint(
                condition=Q(
                    called_by="itself", petition__isnull=True, callers__isnull=True, callers_of__isnull=True
                )
                | (
                    ~Q(called_by="itself")
                    & Q(petition__isnull=False, callers__isnull=False, callers__gte=1)
                    & Q(callers_of__isnull=False, callers_of__gte=F("callers"))
                ),
                name="gathering_called_by_so_many_of",
            ),
            models.UniqueConstraint(
                fields=["petition"], condition=~Q(state="cancelled"), name="gathering_one_of_a_petition"
            ),
            models.CheckConstraint(
                condition=Q(counted="", entitled_found__isnull=True, found_on__isnull=True, correction="")
                | (
                    ~Q(counted="")
                    & Q(entitled__isnull=False, entitled_found__isnull=False, found_on__isnull=False)
                    & (Q(entitled=F("entitled_found")) | ~Q(correction=""))
                ),
                name="gathering_entitled_as_found_or_why_not",
            ),
            models.CheckConstraint(
                condition=(~Q(counted="owners") & Q(area_entitled__isnull=True, area_found__isnull=True))
                | (
                    Q(counted="owners", area_entitled__isnull=False, area_found__isnull=False)
                    & (Q(area_entitled=F("area_found")) | ~Q(correction=""))
                ),
                name="gathering_area_as_found_or_why_not",
            ),
            models.CheckConstraint(
                condition=Q(video_base="", video_room="") | (~Q(video_base="") & ~Q(video_room="")),
                name="gathering_video_base_and_room",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="planned", noticed_at__isnull=True, opened_at__isnull=True)
                    | Q(state="noticed", noticed_at__isnull=False, opened_at__isnull=True)
                    | Q(state="cancelled", cancelled_at__isnull=False, opened_at__isnull=True)
                    | (Q(state="open", closed_at__isnull=True) & _HELD)
                    | (Q(state="closed", closed_at__isnull=False, published_at__isnull=True) & _HELD)
                    | (Q(state="published", closed_at__isnull=False, published_at__isnull=False) & _HELD)
                ),
                name="gathering_state_and_moments",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled") | Q(cancelled_at__isnull=True, cancel_reason=""),
                name="gathering_cancelled_only_if_so",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, quorate__isnull=True, present__isnull=True)
                | Q(closed_at__isnull=False, quorate__isnull=False, present__isnull=False),
                name="gathering_closed_with_its_count",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="gathering_closed_after_it_opened",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-starts_at"], name="gathering_of_body"),
            models.Index(fields=["place", "-starts_at"], name="gathering_at_place"),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(Row):
    """Something to be talked about: waiting for a body, or at its place in a meeting's order.

    `subject` names what is above this floor (a matter) by kind and id; nothing here knows more of it.
    `handed_to` is the item another body has instead: what comes of the subject is then told by that one.
    """

    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="waiting")
    gathering = models.ForeignKey(Gathering, models.PROTECT, null=True, blank=True, related_name="items")
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=20, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    added_at = models.DateTimeField(default=now)
    handed_to = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_to__isnull=True) | Q(gathering__isnull=False),
                name="agenda_item_handed_on_by_a_meeting",
            ),
            models.CheckConstraint(
                condition=Q(gathering__isnull=True, position__isnull=True, body__isnull=False)
                | Q(gathering__isnull=False, position__isnull=False),
                name="agenda_item_waits_or_has_its_place",
            ),
            models.CheckConstraint(
                condition=Q(subject_kind="", subject_id__isnull=True)
                | (~Q(subject_kind="") & Q(subject_id__isnull=False)),
                name="agenda_item_subject_whole",
            ),
            models.UniqueConstraint(
                fields=["gathering", "position"],
                name="agenda_item_one_at_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["body", "subject_kind", "subject_id"],
                condition=Q(gathering__isnull=True, subject_id__isnull=False),
                name="agenda_item_waits_once",
            ),
        ]


class Attendance(Row):
    """That somebody was present, or stood in for by somebody who was. Each person once a meeting.

    Whom the register does not know (a unit's delegate, a passer-by who gave a name) is kept by name.
    `counts`: whether it counts for the quorum.
    """

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="attendances")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=40, blank=True)
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, blank=True, related_name="+"
    )
    way = models.CharField(max_length=6, choices=[(w.value, w.value) for w in Way])
    proxy = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    counts = models.BooleanField()
    at = models.DateTimeField(default=now)
    listed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="") | (Q(person__isnull=True) & ~Q(name="")),
                name="attendance_person_or_name",
            ),
            models.UniqueConstraint(
                fields=["gathering", "person"], condition=Q(person__isnull=False), name="attendance_once"
            ),
            models.UniqueConstraint(
                fields=["gathering", "organization"],
                condition=Q(organization__isnull=False, counts=True),
                name="attendance_unit_counted_once",
            ),
            models.CheckConstraint(
                condition=Q(way="proxy", proxy__isnull=False) | (~Q(way="proxy") & Q(proxy__isnull=True)),
                name="attendance_proxy_named",
            ),
            models.CheckConstraint(
                condition=Q(proxy__isnull=True) | ~Q(proxy=F("person")), name="attendance_proxy_is_another"
            ),
            models.CheckConstraint(
                condition=~Q(way__in=["code", "remote"]) | Q(person__isnull=False),
                name="attendance_by_code_is_a_person",
            ),
        ]
        indexes = [models.Index(fields=["gathering", "proxy"], name="attendance_proxies")]


class SpeakingTurn(Row):
    """Somebody on the list of speakers, in the order they asked."""

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="turns")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="turns")
    name = models.CharField(max_length=40)
    asked_at = models.DateTimeField(default=now)
    heard_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(heard_at__isnull=True) | Q(heard_at__gte=F("asked_at")),
                name="speaking_turn_heard_after_asked",
            )
        ]
        indexes = [models.Index(fields=["gathering", "asked_at"], name="speaking_turn_order")]


class Point(Row):
    """One thing said, noted while the meeting talks: what, never by whom."""

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="points")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="points")
    text = models.CharField(max_length=500)
    noted_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["gathering", "at"], name="point_order")]
