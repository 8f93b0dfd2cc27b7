"""Forms of ballots: drafting one, voting, entering a sheet, noting a visit."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ballots.kinds import Channel, Electorate, Method, PartKind, RuleName, Ruling, Side, VisitOutcome
from linli.ballots.rules import drafting
from linli.ballots.rules.answers import LEVELS, Question, WrongAnswer, checked
from linli.ballots.rules.drafting import Asked, Plan
from linli.ballots.templatetags.ballots import (
    CHANNEL_LABELS,
    CONSENT_LABELS,
    ELECTORATE_LABELS,
    LEVEL_LABELS,
    METHOD_LABELS,
    PART_LABELS,
    RULE_LABELS,
    SIDE_LABELS,
    SOURCE_LABELS,
    VISIT_LABELS,
)
from linli.frame.areas import AreaField
from linli.kernel.text import clean
from linli.places.kinds import AreaSource

MOMENT = "%Y-%m-%dT%H:%M"
MOST_QUESTIONS = 3  # of a draft written at the desk


def _choices(labels: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(each.value, label) for each, label in labels.items()]


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget, input_formats=[MOMENT])


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
    electorate = forms.ChoiceField(label=_("Who is asked"), choices=_choices(ELECTORATE_LABELS))
    organization = forms.TypedChoiceField(
        label=_("Members of"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=_("Only where the members of a body are asked."),
    )
    part_kind = forms.ChoiceField(label=_("Counted by part"), choices=_choices(PART_LABELS), required=False)
    is_secret = forms.BooleanField(
        label=_("Secret vote"),
        required=False,
        help_text=_("The roll knows who voted, and nobody what. Owners always vote by name."),
    )
    channels = forms.MultipleChoiceField(
        label=_("Ways to vote"), choices=_choices(CHANNEL_LABELS), widget=forms.CheckboxSelectMultiple
    )
    opens_at = _moment(
        _("Voting begins"), _("Owners need 15 days of notice, an assembly 10, an election 20.")
    )
    closes_at = _moment(_("Voting ends"))

    def __init__(
        self,
        *args: Any,
        places: Iterable[tuple[UUID, str]] = (),
        organizations: Iterable[tuple[UUID, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(str(key), label) for key, label in places]  # type: ignore[attr-defined]
        bodies = [("", "—"), *((str(key), label) for key, label in organizations)]
        self.fields["organization"].choices = bodies  # type: ignore[attr-defined]

    def plan(self, questions: Iterable["QuestionForm"]) -> Plan:
        """What was typed as a plan."""
        said = self.cleaned_data
        return Plan(
            title=" ".join(clean(said["title"]).split()),
            body=clean(said["body"]),
            electorate=Electorate(said["electorate"]),
            part_kind=PartKind(said["part_kind"]),
            is_secret=said["is_secret"],
            channels=frozenset(Channel(each) for each in said["channels"]),
            opens_at=said["opens_at"],
            closes_at=said["closes_at"],
            questions=tuple(each.asked() for each in questions if each.is_filled()),
        )


class QuestionForm(forms.Form):
    """One question: its words, how it is answered, what decides it."""

    title = forms.CharField(label=_("Question"), max_length=drafting.LONGEST_QUESTION, required=False)
    method = forms.ChoiceField(label=_("Answered by"), choices=_choices(METHOD_LABELS))
    rule = forms.ChoiceField(label=_("Decided by"), choices=_choices(RULE_LABELS))
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
    is_runoff = forms.BooleanField(label=_("A second round: one third is enough"), required=False)

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
            title=" ".join(clean(said["title"]).split()),
            method=Method(said["method"]),
            rule=RuleName(said["rule"]),
            every_part=said["every_part"],
            is_runoff=said["is_runoff"],
            seats=said["seats"] or 1,
            at_most=said["at_most"] or 1,
            fund=said["fund"] or 0,
            options=said["options"],
        )


def _option(line: str, *, priced: bool) -> tuple[str, int]:
    name, _space, cost = line.rpartition(" ")
    return (name[:80], int(cost)) if priced and name and cost.isdecimal() else (line[:80], 0)


class VoteForm(forms.Form):
    """The answers to a ballot's questions. On a sheet of paper somebody may also have spoilt it."""

    def __init__(self, *args: Any, questions: list[Question], on_paper: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields |= _fields(question)
        if on_paper:
            self.fields["spoilt"] = forms.BooleanField(label=_("The sheet is spoilt"), required=False)

    def clean(self) -> dict[str, Any]:
        """Each answer is one the question allows."""
        said = super().clean() or {}
        self.answers: dict[str, Any] = {}
        for question in self.questions:
            answer = Side.SPOILT.value if said.get("spoilt") else _answer(question, said)
            name = next(iter(_fields(question)))
            try:
                self.answers[question.id] = checked(question, answer)
            except WrongAnswer:
                if name not in self.errors:
                    self.add_error(name, _wrong(question))
        return said


def _wrong(question: Question) -> Any:
    if question.method is Method.CHOOSE and question.at_most > 1:
        return _("Choose at most %(most)s.") % {"most": question.at_most}
    if question.method is Method.BUDGET:
        return _("Together they cost more than there is to spend.")
    if question.method is Method.RANKED:
        return _("Give each place once.")
    return _("Choose one of them.")


def _name(question: Question) -> str:
    return f"q{question.id}"


def _fields(question: Question) -> dict[str, forms.Field]:
    """The fields of one question, the first of which stands for it."""
    name, label = _name(question), question.title
    if question.method is Method.YES_NO:
        sides = [(side.value, SIDE_LABELS[side]) for side in (Side.YES, Side.NO, Side.ABSTAIN)]
        return {name: _one(label, sides)}
    if question.method is Method.CONSENT:
        return {name: _one(label, _choices(CONSENT_LABELS))}
    if question.method is Method.SATISFACTION:
        levels: list[tuple[str, Any]] = [(str(level), LEVEL_LABELS[level]) for level in LEVELS]
        return {name: _one(label, [*levels, (Side.ABSTAIN.value, SIDE_LABELS[Side.ABSTAIN])])}
    titles = [(option.id, option.title) for option in question.options]
    if question.method is Method.CHOOSE and question.at_most == 1:
        return {name: _one(label, [*titles, (Side.ABSTAIN.value, SIDE_LABELS[Side.ABSTAIN])])}
    if question.method in (Method.SCORE, Method.RANKED):
        return _numbered(question)
    costs = [(option.id, f"{option.title} · {option.cost}") for option in question.options]
    listed = costs if question.method is Method.BUDGET else titles
    hint = (
        _("There are %(fund)s to spend. Nothing chosen means you abstain.") % {"fund": question.fund}
        if question.method is Method.BUDGET
        else _("At most %(most)s. Nothing chosen means you abstain.") % {"most": question.at_most}
    )
    field = forms.MultipleChoiceField(
        label=label, choices=listed, required=False, widget=forms.CheckboxSelectMultiple, help_text=hint
    )
    return {name: field}


def _one(label: str, choices: list[tuple[str, Any]]) -> forms.Field:
    missing = {"required": _("Choose one of them.")}
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=missing)


def _numbered(question: Question) -> dict[str, forms.Field]:
    """A number for each option: its points, or its place in the order."""
    count = len(question.options) if question.method is Method.RANKED else question.most_points
    numbers = [("", "—"), *((str(each), str(each)) for each in range(1, count + 1))]
    return {
        f"{_name(question)}_{option.id}": forms.ChoiceField(
            label=f"{question.title} · {option.title}" if number == 0 else option.title,
            choices=numbers,
            required=False,
        )
        for number, option in enumerate(question.options)
    }


def _answer(question: Question, said: Mapping[str, Any]) -> Any:
    name = _name(question)
    if question.method is Method.SATISFACTION:
        value = said.get(name, "")
        return int(value) if value.isdecimal() else value
    if question.method not in (Method.SCORE, Method.RANKED):
        return said.get(name)
    given = {
        option.id: int(said[f"{name}_{option.id}"])
        for option in question.options
        if said.get(f"{name}_{option.id}")
    }
    if question.method is Method.SCORE:
        return given
    places = sorted(given, key=lambda option: given[option])
    return places if len(set(given.values())) == len(given) else None


class SheetForm(VoteForm):
    """What is on a sheet, by which way it came back, and a photo of it."""

    channel = forms.ChoiceField(
        label=_("How it came back"),
        choices=[pair for pair in _choices(CHANNEL_LABELS) if pair[0] != Channel.ONLINE],
        initial=Channel.PAPER.value,
    )
    signed_on = forms.DateField(
        label=_("Date on the sheet"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Left empty, today."),
    )
    photo = forms.FileField(
        label=_("Photo of the sheet"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"})
    )


class CodeForm(forms.Form):
    """The code of a sheet."""

    code = forms.CharField(
        label=_("Code on the sheet"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class VisitForm(forms.Form):
    """What a visit at a door came to."""

    outcome = forms.ChoiceField(
        label=_("What did the visit come to?"),
        choices=_choices(VISIT_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of them.")},
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    photo = forms.FileField(
        label=_("Photo or signature"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"})
    )

    def outcome_said(self) -> VisitOutcome:
        """The outcome chosen."""
        return VisitOutcome(self.cleaned_data["outcome"])


class WordsForm(forms.Form):
    """A few words: an objection, the reason of a withdrawal, what differs on a sheet."""

    words = forms.CharField(
        label=_("In a few words"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class RulingForm(WordsForm):
    """Whether an objection is right, and why."""

    ruling = forms.ChoiceField(
        label=_("Ruling"),
        choices=[
            (Ruling.UPHELD.value, _("The objection is right")),
            (Ruling.DISMISSED.value, _("The roll is right")),
        ],
        widget=forms.RadioSelect,
    )


class HouseRuleForm(forms.Form):
    """That those who gave nothing back are counted with the majority: where it is written, from when."""

    place = forms.TypedChoiceField(label=_("Where"), coerce=UUID)
    source = forms.CharField(label=_("Where it is written"), max_length=120)
    starts = forms.DateField(label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, places: Iterable[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(str(key), label) for key, label in places]  # type: ignore[attr-defined]


class AreasForm(forms.Form):
    """The areas of several homes in square metres, from one source."""

    source = forms.ChoiceField(label=_("Taken from"), choices=_choices(SOURCE_LABELS))

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
