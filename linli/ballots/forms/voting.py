"""Forms of voting: the vote itself, what is on a sheet, a visit at a door."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ballots.kinds import Channel, Electorate, Method, Side, VisitOutcome
from linli.ballots.rules.answers import LEVELS, Question, WrongAnswer, checked
from linli.ballots.templatetags.ballots import (
    CHANNEL_LABELS,
    CONSENT_LABELS,
    LEVEL_LABELS,
    SIDE_LABELS,
    VISIT_LABELS,
)
from linli.frame.inputs import Day, labelled


class VoteForm(forms.Form):
    """The answers to a ballot's questions. On a sheet of paper somebody may also have spoilt it."""

    def __init__(self, *args: Any, questions: list[Question], on_paper: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields |= _fields(question)
        if on_paper:
            self.fields["spoilt"] = forms.BooleanField(label=_("The sheet is spoilt"), required=False)
        own = [name for name in self.fields if name not in self.base_fields]
        self.order_fields(own)  # what was voted first, then how the sheet came back

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
        return {name: _one(label, labelled(CONSENT_LABELS))}
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
    """What is on a sheet, who signed it, by which way it came back, and a photo of it."""

    proxy = forms.TypedChoiceField(
        label=_("Who signed it"),
        coerce=UUID,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "Only who is noted as entrusted stands here, each for three at most. If they vote themselves, "
            "their own vote counts."
        ),
    )

    channel = forms.ChoiceField(
        label=_("How it came back"),
        choices=[pair for pair in labelled(CHANNEL_LABELS) if pair[0] != Channel.ONLINE],
        initial=Channel.PAPER.value,
    )
    signed_on = Day(
        label=_("Date on the sheet"),
        required=False,
        help_text=_("Left empty, today."),
    )
    photo = forms.FileField(
        label=_("Photo of the sheet"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"})
    )
    no_photo = forms.CharField(
        label=_("Why there is no photo"),
        max_length=200,
        required=False,
        help_text=_("Of an owner’s sheet a photo is kept. Only where none can be taken, say why."),
    )

    def __init__(
        self, *args: Any, proxies: Sequence[tuple[UUID, str]] = (), electorate: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if electorate != Electorate.OWNERS:
            del self.fields["no_photo"]
        themselves = [("", _("Themselves"))]
        entrusted = [(str(key), label) for key, label in proxies]
        self.fields["proxy"].choices = [*themselves, *entrusted]  # type: ignore[attr-defined]
        if not proxies:
            del self.fields["proxy"]


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
        choices=labelled(VISIT_LABELS),
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
