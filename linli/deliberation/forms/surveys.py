"""Forms of surveys: beginning one, its questions, opening it, answering it, what came of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.deliberation.forms.fields import (
    AtPlaceForm,
    LastDayForm,
    about_field,
    refuse_for,
    title_field,
    words_field,
)
from linli.deliberation.kinds import QuestionKind
from linli.deliberation.rules import surveys as rules

KINDS = [
    (QuestionKind.LEVEL, _("How satisfied, in five levels")),
    (QuestionKind.ONE, _("Choose one")),
    (QuestionKind.SEVERAL, _("Choose several")),
    (QuestionKind.TEXT, _("A few words")),
]
LEVELS = [
    (5, _("Very satisfied")),
    (4, _("Satisfied")),
    (3, _("So-so")),
    (2, _("Dissatisfied")),
    (1, _("Very dissatisfied")),
]


class DraftForm(AtPlaceForm):
    """A survey to begin: who is asked, about what."""

    title = title_field()
    about = about_field()
    per_household = forms.BooleanField(
        label=_("Each household answers once"),
        required=False,
        help_text=_("Otherwise everybody answers for themselves."),
    )


class QuestionForm(forms.Form):
    """One question to add."""

    kind = forms.TypedChoiceField(
        label=_("How it is answered"), coerce=QuestionKind, choices=KINDS, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("The question"),
        max_length=rules.LONGEST_QUESTION,
        error_messages={"required": _("Write the question.")},
    )
    options = forms.CharField(
        label=_("What can be chosen, one to a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only where people choose."),
    )
    at_most = forms.IntegerField(
        label=_("How many may be chosen"),
        required=False,
        min_value=1,
        max_value=rules.MOST_OPTIONS,
        help_text=_("Only where they choose several."),
    )

    def clean_options(self) -> list[str]:
        return rules.options_of(self.cleaned_data["options"])

    def clean(self) -> dict[str, Any] | None:
        kept = self.cleaned_data
        if not self.errors:
            kept["at_most"] = kept["at_most"] or 1
            refuse_for(rules.fault_of_question(kept["kind"], kept["text"], kept["options"], kept["at_most"]))
        return kept


class RunForm(LastDayForm):
    """Until when people answer."""

    label, run, usual = _("Last day to answer"), rules.RUN, timedelta(days=14)


class AnswersForm(forms.Form):
    """All questions of a survey; each may be left empty, but not all of them."""

    def __init__(self, *args: Any, questions: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for each in questions:
            self.fields[f"q{each.number}"] = _field_of(each)

    def clean(self) -> dict[str, Any] | None:
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError(_now("Answer at least one question."))
        return self.cleaned_data

    def sent(self) -> dict[int, tuple[list[int], str]]:
        """What was answered, by the question's number."""
        found: dict[int, tuple[list[int], str]] = {}
        for each in self.questions:
            value = self.cleaned_data[f"q{each.number}"]
            if isinstance(value, list):
                found[each.number] = (value, "")
            elif isinstance(value, int):
                found[each.number] = ([value], "")
            elif value:
                found[each.number] = ([], value)
        return found


def _field_of(question: Any) -> forms.Field:
    label = f"{question.number}. {question.text}"
    if question.kind == QuestionKind.TEXT.value:
        return words_field(
            label, most=rules.LONGEST_TEXT, help_text=_("Only staff read these words. Leave out who you are.")
        )
    if question.kind == QuestionKind.LEVEL.value:
        return _choice(label, LEVELS)
    options = list(enumerate(question.options, 1))
    if question.kind == QuestionKind.ONE.value:
        return _choice(label, options)
    return forms.TypedMultipleChoiceField(
        label=label,
        required=False,
        coerce=int,
        choices=options,
        widget=forms.CheckboxSelectMultiple,
        help_text=_now("Choose up to %(count)s.") % {"count": question.at_most},
        validators=[_up_to(question.at_most)],
    )


def _choice(label: str, choices: Sequence[tuple[int, Any]]) -> forms.Field:
    return forms.TypedChoiceField(
        label=label, required=False, coerce=int, empty_value=None, choices=choices, widget=forms.RadioSelect
    )


def _up_to(most: int) -> Any:
    def check(value: list[Any]) -> None:
        if len(value) > most:
            raise forms.ValidationError(_now("Choose up to %(count)s.") % {"count": most})

    return check


class SummaryForm(forms.Form):
    """What people wrote, summed up by staff."""

    summary = words_field(
        _("What people wrote, summed up"),
        most=rules.LONGEST_WORDS,
        rows=5,
        help_text=_(
            "Everybody reads this instead of the words themselves. Leave out who may have said what."
        ),
    )


class ChangedForm(forms.Form):
    """What changed because of a survey."""

    changed = words_field(
        _("What changed because of this survey"),
        most=rules.LONGEST_WORDS,
        rows=5,
        missing=_("Say what changed because of this survey, or why nothing does."),
        help_text=_("Everybody who answered wants to know."),
    )


class SheetForm(forms.Form):
    """The code written on a sheet that was entered."""

    sheet = forms.CharField(
        label=_("The code on the sheet"), max_length=6, error_messages={"required": _("Write the code.")}
    )
