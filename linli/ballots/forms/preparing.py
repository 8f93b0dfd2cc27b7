"""Forms of a ballot before voting: whom it asks and what, missing areas."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ballots.kinds import Channel, Electorate, Method, OwnersMatter, PartKind, RuleName
from linli.ballots.rules import drafting, owners_matters
from linli.ballots.rules.drafting import Asked, Plan
from linli.ballots.templatetags.ballots import (
    CHANNEL_LABELS,
    ELECTORATE_LABELS,
    MATTER_LABELS,
    METHOD_LABELS,
    PART_LABELS,
    RULE_LABELS,
    SOURCE_LABELS,
)
from linli.frame.areas import AreaField
from linli.frame.inputs import Moment, labelled
from linli.kernel.references import Reference, reference_in
from linli.kernel.text import clean, one_line
from linli.places.kinds import AreaSource

RULE_CHOICES = RULE_LABELS | {RuleName.SIMPLE: _("More for than against; among several, the most votes")}
MOST_QUESTIONS = 3  # of a draft written at the desk


class BallotForm(forms.Form):
    """Whom a ballot asks, how and when."""

    place = forms.TypedChoiceField(label=_("Where"), coerce=UUID)
    title = forms.CharField(label=_("Title"), max_length=drafting.LONGEST_TITLE)
    body = forms.CharField(
        label=_("What people should know first"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    electorate = forms.ChoiceField(label=_("Who is asked"), choices=labelled(ELECTORATE_LABELS))
    group = forms.TypedChoiceField(
        label=_("Members of"),
        coerce=reference_in,
        empty_value=None,
        required=False,
        help_text=_("Only where the members of a body or unit are asked."),
    )
    applicant = forms.CharField(
        label=_("Home to be used for business"),
        max_length=60,
        required=False,
        help_text=_(
            "Only where all owners affected have to agree: its entrance and number, as its address says. Its "
            "own owners are not asked."
        ),
    )
    part_kind = forms.ChoiceField(label=_("Counted by part"), choices=labelled(PART_LABELS), required=False)
    is_secret = forms.BooleanField(
        label=_("Secret vote"),
        required=False,
        help_text=_("The roll knows who voted, and nobody what. Owners always vote by name."),
    )
    channels = forms.MultipleChoiceField(
        label=_("Ways to vote"), choices=labelled(CHANNEL_LABELS), widget=forms.CheckboxSelectMultiple
    )
    opens_at = Moment(
        label=_("Voting begins"),
        help_text=_("Owners need 15 days of notice, an assembly 10, an election 20."),
    )
    closes_at = Moment(label=_("Voting ends"))

    def __init__(
        self,
        *args: Any,
        places: Iterable[tuple[UUID, str]] = (),
        groups: Iterable[tuple[Reference, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(str(key), label) for key, label in places]  # type: ignore[attr-defined]
        named = [("", "—"), *((str(key), label) for key, label in groups)]
        self.fields["group"].choices = named  # type: ignore[attr-defined]

    def plan(self, questions: Iterable["QuestionForm"], applicant: UUID | None = None) -> Plan:
        """What was typed as a plan; `applicant` is the home that was named."""
        said = self.cleaned_data
        return Plan(
            title=one_line(said["title"]),
            body=clean(said["body"]),
            electorate=Electorate(said["electorate"]),
            part_kind=PartKind(said["part_kind"]),
            is_secret=said["is_secret"],
            channels=frozenset(Channel(each) for each in said["channels"]),
            opens_at=said["opens_at"],
            closes_at=said["closes_at"],
            questions=tuple(each.asked() for each in questions if each.is_filled()),
            applicant=applicant,
        )


def _majorities() -> str:
    """Which matters of the owners take which majority, by the table of the law."""
    named = {
        rule: gettext("; ").join(str(MATTER_LABELS[matter]) for matter in owners_matters.of(rule))
        for rule in (RuleName.OWNERS_ORDINARY, RuleName.OWNERS_SPECIAL)
    }
    return gettext("Of owners, ordinary: %(ordinary)s. Special: %(special)s.") % {
        "ordinary": named[RuleName.OWNERS_ORDINARY],
        "special": named[RuleName.OWNERS_SPECIAL],
    }


class QuestionForm(forms.Form):
    """One question: its words, how it is answered, what decides it."""

    title = forms.CharField(label=_("Question"), max_length=drafting.LONGEST_QUESTION, required=False)
    method = forms.ChoiceField(label=_("Answered by"), choices=labelled(METHOD_LABELS))
    matter = forms.ChoiceField(
        label=_("What owners decide on"),
        choices=[("", "—"), *labelled(MATTER_LABELS)],
        required=False,
        help_text=_("Only where owners are asked. It says which majority the law wants."),
    )
    rule = forms.ChoiceField(label=_("Decided by"), choices=labelled(RULE_CHOICES))
    every_part = forms.BooleanField(label=_("Every part has to pass by itself"), required=False)
    options = forms.CharField(
        label=_("To choose from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line. With a fund: the name, a space, what it costs in yuan."),
    )
    seats = forms.IntegerField(label=_("How many win"), min_value=1, max_value=99, initial=1, required=False)
    at_most = forms.IntegerField(
        label=_("How many one may choose"), min_value=1, max_value=99, initial=1, required=False
    )
    fund = forms.IntegerField(label=_("The fund, in yuan"), min_value=0, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].help_text = _majorities()

    def is_filled(self) -> bool:
        """Whether this question is asked at all."""
        return bool(clean(self.cleaned_data.get("title", "")))

    def clean_options(self) -> tuple[tuple[str, int], ...]:
        """Titles, each with its cost where the line ends in a number and the question shares out a fund."""
        lines = (" ".join(line.split()) for line in clean(self.cleaned_data["options"]).splitlines())
        priced = self.data.get(self.add_prefix("method")) == Method.BUDGET
        return tuple(_option(line, priced=priced) for line in lines if line)

    def asked(self) -> Asked:
        """What was typed as a question."""
        said = self.cleaned_data
        return Asked(
            title=one_line(said["title"]),
            method=Method(said["method"]),
            rule=RuleName(said["rule"]),
            matter=OwnersMatter(said["matter"]) if said["matter"] else None,
            every_part=said["every_part"],
            seats=said["seats"] or 1,
            at_most=said["at_most"] or 1,
            fund=said["fund"] or 0,
            options=said["options"],
        )


def _option(line: str, *, priced: bool) -> tuple[str, int]:
    name, _space, cost = line.rpartition(" ")
    return (name[:80], int(cost)) if priced and name and cost.isdecimal() else (line[:80], 0)


class AreasForm(forms.Form):
    """The areas of several homes in square metres, from one source."""

    source = forms.ChoiceField(label=_("Taken from"), choices=labelled(SOURCE_LABELS))

    def __init__(self, *args: Any, homes: Iterable[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for home, label in homes:
            self.fields[f"area_{home}"] = AreaField(label=label, required=False)

    def areas(self) -> dict[UUID, int]:
        """The areas that were filled in, in 0.01 m²."""
        return {
            UUID(name.removeprefix("area_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("area_") and value is not None
        }

    def source_said(self) -> AreaSource:
        """The source chosen."""
        return AreaSource(self.cleaned_data["source"])
