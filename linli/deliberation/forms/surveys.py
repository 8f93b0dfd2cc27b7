"""Forms of surveys: beginning one, its questions, opening it, answering it, what came of it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.deliberation.kinds import QuestionKind
from linli.deliberation.rules import surveys as rules
from linli.deliberation.rules.opening import LONGEST_ABOUT, LONGEST_TITLE, fault_of_last_day
from linli.kernel.clock import today

USUAL_RUN = timedelta(days=14)

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


def _words(label: Any, *, required: Any = None, rows: int = 5, **more: Any) -> forms.CharField:
    errors = {"required": required} if required else None
    return forms.CharField(
        label=label,
        max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        required=required is not None,
        error_messages=errors,
        **more,
    )


class DraftForm(forms.Form):
    """A survey to begin: who is asked, about what."""

    place = forms.TypedChoiceField(
        label=_("Residents of which place"), coerce=UUID, error_messages={"required": _("Choose a place.")}
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Give it a title.")},
    )
    about = forms.CharField(
        label=_("What people should know beforehand"),
        required=False,
        max_length=LONGEST_ABOUT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    per_household = forms.BooleanField(
        label=_("Each household answers once"),
        required=False,
        help_text=_("Otherwise everybody answers for themselves."),
    )

    def __init__(self, *args: Any, places: Iterable[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(str(key), label) for key, label in places]  # type: ignore[attr-defined]


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
            fault = rules.fault_of_question(kept["kind"], kept["text"], kept["options"], kept["at_most"])
            if fault:
                raise forms.ValidationError(_now(fault))
        return kept


class RunForm(forms.Form):
    """Until when people answer."""

    ends = forms.DateField(
        label=_("Last day to answer"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("That day included."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends"].initial = today() + USUAL_RUN

    def clean_ends(self) -> Any:
        fault = fault_of_last_day(self.cleaned_data["ends"], today(), rules.RUN)
        if fault:
            raise forms.ValidationError(_now(fault))
        return self.cleaned_data["ends"]


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
        return forms.CharField(
            label=label,
            required=False,
            max_length=rules.LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Only staff read these words. Leave out who you are."),
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

    summary = _words(
        _("What people wrote, summed up"),
        help_text=_(
            "Everybody reads this instead of the words themselves. Leave out who may have said what."
        ),
    )


class ChangedForm(forms.Form):
    """What changed because of a survey."""

    changed = _words(
        _("What changed because of this survey"),
        required=_("Say what changed because of this survey, or why nothing does."),
        help_text=_("Everybody who answered wants to know."),
    )


class SheetForm(forms.Form):
    """The code written on a sheet that was entered."""

    sheet = forms.CharField(
        label=_("The code on the sheet"), max_length=6, error_messages={"required": _("Write the code.")}
    )
