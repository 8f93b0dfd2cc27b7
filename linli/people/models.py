"""Persons, their accounts, households, residences and holdings."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from linli.frame.fields import EncryptedTextField
from linli.frame.models import Row, once_at_a_time
from linli.kernel.ids import uuid7
from linli.people.kinds import Reach, ResidenceKind, Sex


class Person(Row):
    """Somebody known to the communities. Belongs to none of them: residences and posts connect."""

    name = models.CharField(max_length=60)
    name_key = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, blank=True, default=Sex.UNKNOWN.value)
    born_year = models.PositiveSmallIntegerField(null=True, blank=True)
    phone = EncryptedTextField(null=True, blank=True)
    phone_index = models.CharField(max_length=64, null=True, blank=True)
    id_number = EncryptedTextField(null=True, blank=True)
    id_number_index = models.CharField(max_length=64, null=True, blank=True)
    reach = models.CharField(max_length=4, default=Reach.APP.value)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id_number_index"], name="person_id_number_once"),
            models.CheckConstraint(
                condition=Q(phone__isnull=True, phone_index__isnull=True)
                | Q(phone__isnull=False, phone_index__isnull=False),
                name="person_phone_indexed",
            ),
            models.CheckConstraint(
                condition=Q(reach__in=[r.value for r in Reach]), name="person_reach_known"
            ),
        ]
        indexes = [
            models.Index(fields=["phone_index"], name="person_phone"),
            models.Index(fields=["name_key", "id"], name="person_name_key"),
            models.Index(fields=["name"], name="person_name"),
        ]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by what it signs in with: the blind index of its phone.

    Its person comes with it: every page shows the name.
    """

    def get_queryset(self) -> models.QuerySet["Account"]:
        return super().get_queryset().select_related("person")

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(phone_index=username)


class Account(AbstractBaseUser):
    """A way for one person to sign in, with how they like the screens."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    phone_index = models.CharField(max_length=64, unique=True)
    phone_verified = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True)
    elder = models.BooleanField(default=False)
    text_size = models.PositiveSmallIntegerField(default=20)
    shortcuts = models.BooleanField(default=True)

    USERNAME_FIELD = "phone_index"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(text_size__gte=18, text_size__lte=30), name="account_text_size_18_to_30"
            )
        ]


class Household(Row):
    """The people of one home who are counted together."""

    home = models.ForeignKey("places.Place", models.PROTECT, related_name="households")
    is_demo = models.BooleanField(default=False)


class Residence(Row):
    """That a person is registered at, or usually lives in, a place, for the days it holds (end excluded)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="residences")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="residences")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="residences")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in ResidenceKind])
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [once_at_a_time("residence_one_of_a_kind_at_a_time", "person", "kind")]


class Holding(Row):
    """That a person owns a share of a home, for the days it holds (end excluded)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    home = models.ForeignKey("places.Place", models.PROTECT, related_name="holdings")
    share_numerator = models.PositiveIntegerField(default=1)
    share_denominator = models.PositiveIntegerField(default=1)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(share_numerator__gte=1, share_numerator__lte=F("share_denominator")),
                name="holding_share_at_most_whole",
            )
        ]
