"""Forms of a body, its members, and a meeting to be planned."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.frame.areas import AreaField
from linli.frame.inputs import Day, Moment, labelled
from linli.gatherings import wording
from linli.gatherings.forms.fields import Chosen, Words
from linli.gatherings.kinds import (
    BodyKind,
    CalledBy,
    Counted,
    Entitled,
    Finding,
    Presence,
    Shipped,
    SittingKind,
)
from linli.gatherings.read.owners import Owners
from linli.gatherings.rules import bodies, composition, meetings
from linli.gatherings.rules.bodies import STANDINGS, HouseRules


class BodyForm(forms.Form):
    """A new body: where, what kind, what it is called. Its rules begin as those of its kind."""

    place = Chosen(label=_("Of which place"), error_messages={"required": _("Choose a place.")})
    kind = forms.ChoiceField(label=_("What kind of body"), choices=labelled(wording.BODY_LABELS))
    name = Words(label=_("What it is called"), max_length=60)

    def __init__(self, *args: Any, places: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].offer(places)  # type: ignore[attr-defined]


class HouseForm(forms.Form):
    """A body's name, its house rules and its video server."""

    name = Words(label=_("What it is called"), max_length=60)
    every_months = forms.IntegerField(
        label=_("Meets every so many months"),
        min_value=1,
        max_value=bodies.LONGEST_EVERY,
        required=False,
        help_text=_("Left empty, it meets by call."),
    )
    notice_days = forms.IntegerField(label=_("Days of notice"), min_value=0, max_value=bodies.LONGEST_NOTICE)
    quorum = forms.ChoiceField(label=_("Who has to be there"), choices=labelled(wording.SHARE_LABELS))
    proxies_most = forms.IntegerField(
        label=_("One person stands in for at most so many"), min_value=0, max_value=bodies.MOST_PROXIES
    )
    is_public = forms.BooleanField(
        label=_("Residents see its meetings and what was resolved"), required=False
    )
    video_base = Words(
        label=_("Address of the video server"),
        max_length=200,
        required=False,
        help_text=_(
            "Of your own Jitsi or one like it, beginning with https://. Left empty, there is no video."
        ),
    )
    template = Chosen(label=_("Template its minutes begin with"), required=False)

    def __init__(self, *args: Any, templates: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shipped = ("", wording.SHIPPED_LABELS[Shipped.MEETING])
        self.fields["template"].choices = [shipped, *((str(key), name) for key, name in templates)]  # type: ignore[attr-defined]

    def house_rules(self) -> HouseRules:
        """The rules as the action takes them."""
        said = self.cleaned_data
        return HouseRules(
            said["every_months"], said["notice_days"], Presence(said["quorum"]), said["proxies_most"]
        )


class PlanForm(forms.Form):
    """A meeting to be planned. What the body's kind does not ask for is left out."""

    title = Words(label=_("What it is called"), max_length=meetings.LONGEST_TITLE)
    starts_at = Moment(label=_("When"))
    minutes = forms.IntegerField(
        label=_("How many minutes"),
        initial=90,
        min_value=meetings.LENGTHS[0],
        max_value=meetings.LENGTHS[1],
    )
    room = Words(label=_("Where"), max_length=80)
    counted = forms.ChoiceField(label=_("Who is counted"), widget=forms.RadioSelect)
    entitled = forms.IntegerField(label=_("How many are entitled to take part"), min_value=1)
    correction = Words(
        label=_("Why it is another number"),
        max_length=200,
        required=False,
        help_text=_("Only if you wrote another number than the register has."),
    )
    area = AreaField(label=_("Area of all owners, in square metres"))
    petition = Chosen(label=_("Who called it"), required=False)
    urgent_reason = Words(
        label=_("Why it cannot wait"),
        max_length=200,
        required=False,
        help_text=_("Only if the assembly has to meet at once: then no days of notice are needed."),
    )

    def __init__(
        self,
        *args: Any,
        kind: BodyKind,
        found: Mapping[Counted, int] | None = None,
        owners: Owners | None = None,
        petitions: list[tuple[UUID, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        """`found`: how many adults and households the register has, where they are counted; `owners`: what it
        has of owners; `petitions`: who asks for a meeting, by their lists."""
        super().__init__(*args, **kwargs)
        standing = STANDINGS[kind]
        if petitions:
            itself = ("", wording.CALLED_LABELS[CalledBy.ITSELF])
            listed = [(str(key), words) for key, words in petitions]
            self.fields["petition"].choices = [itself, *listed]  # type: ignore[attr-defined]
        else:
            del self.fields["petition"]
        if standing.entitled is Entitled.RESIDENTS:
            self._offer_residents(found or {})
        else:
            del self.fields["counted"]
        if standing.entitled not in (Entitled.RESIDENTS, Entitled.OWNERS):
            del self.fields["entitled"], self.fields["correction"]
        if standing.entitled is Entitled.OWNERS and owners is not None:
            self._offer_owners(owners)
        else:
            del self.fields["area"]
        if not standing.law.may_be_urgent:
            del self.fields["urgent_reason"]

    def _offer_residents(self, found: Mapping[Counted, int]) -> None:
        """The register's number stands beside each way to count; another one is typed only to correct it."""
        choices = [(way.value, f"{wording.COUNTED_LABELS[way]} ({number})") for way, number in found.items()]
        self.fields["counted"].choices = choices  # type: ignore[attr-defined]
        self.fields["counted"].initial = Counted.ADULTS.value
        self._by_register("entitled", _("Another number than the register’s"))

    def _offer_owners(self, found: Owners) -> None:
        """The same of owners, by heads and area."""
        self._by_register("entitled", _("Another number of owners than the register’s"))
        self._by_register("area", _("Another area than the register’s, in square metres"))
        self.fields["area"].required = bool(found.without_area)

    def _by_register(self, name: str, label: Any) -> None:
        field = self.fields[name]
        field.required, field.label = False, label
        field.help_text = _("Left empty, the number of the register holds.")

    def area_entitled(self) -> int | None:
        """All owners' area in 0.01 m²."""
        area: int | None = self.cleaned_data.get("area")
        return area


class SittingForm(forms.Form):
    """A talk opened on the spot: three taps and a few words."""

    kind = forms.ChoiceField(
        label=_("What kind of talk"), choices=labelled(wording.SITTING_LABELS), widget=forms.RadioSelect,
        initial=SittingKind.OPEN_AIR.value,
    )  # fmt: skip
    title = Words(label=_("What is talked about"), max_length=meetings.LONGEST_TITLE)
    place = Chosen(label=_("Of which place"), error_messages={"required": _("Choose a place.")})
    room = Words(label=_("Where exactly"), max_length=80, required=False)

    def __init__(self, *args: Any, places: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].offer(places)  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """Who belongs to a body, as what, until when, and which area they keep in touch with."""

    person = Chosen(label=_("Person"), required=False)
    unit = Chosen(label=_("Unit"), required=False)
    role = forms.ChoiceField(label=_("As what"), initial="member")
    starts = Day(
        label=_("Member since"),
        required=False,
        help_text=_("Left empty, from today. Who sat in it before has the day they began."),
    )
    ends = Day(label=_("Their term ends"), required=False)
    liaison = Chosen(label=_("Keeps in touch with"), required=False)

    def __init__(
        self,
        *args: Any,
        kind: BodyKind,
        people: list[tuple[UUID, str]],
        units: list[tuple[UUID, str]],
        areas: list[tuple[UUID, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("person", people), ("unit", units), ("liaison", areas)):
            self.fields[name].offer(rows)  # type: ignore[attr-defined]
        roles = [(role.value, wording.ROLE_LABELS[role]) for role in composition.roles_in(kind)]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        asked = composition.ASKED.get(kind)
        if asked is None or asked.term_years is None:
            del self.fields["ends"]
        if not people:
            del self.fields["person"]


class AppraisalForm(forms.Form):
    """The day of a yearly appraisal, and what it found of each member."""

    held_on = Day(label=_("Day of the appraisal"))

    def __init__(self, *args: Any, members: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(finding.value, wording.FINDING_LABELS[finding][1]) for finding in Finding]
        self._of = {f"member-{key}": key for key, _name in members}
        for key, name in members:
            self.fields[f"member-{key}"] = forms.ChoiceField(
                label=name, choices=choices, widget=forms.RadioSelect
            )

    def findings(self) -> dict[UUID, Finding]:
        """What was found, by membership."""
        return {key: Finding(self.cleaned_data[name]) for name, key in self._of.items()}
