"""The form of a count by hand: slips out and back, and what they said to each question."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ballots.rules.answers import Question
from linli.ballots.rules.handcount import MOST_SLIPS, HandCount, Slips, WrittenIn
from linli.kernel.text import one_line

LONGEST_NAME = 40
FIGURES = {"valid": _("Valid slips"), "invalid": _("Spoilt slips"), "blank": _("Blank slips")}


def _number(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_SLIPS, help_text=help_text)


class WrittenField(forms.CharField):
    """Names written in, one on each line with its votes behind it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def clean(self, value: Any) -> tuple[WrittenIn, ...]:
        """Each name with its votes. Raises `ValidationError` for a line without a number."""
        lines = [one_line(line) for line in super().clean(value).splitlines()]
        return tuple(self._read(line) for line in lines if line)

    def _read(self, line: str) -> WrittenIn:
        name, _space, votes = line.rpartition(" ")
        if (
            not name
            or len(name) > LONGEST_NAME
            or not (votes.isascii() and votes.isdecimal())
            or len(votes) > 7
        ):
            raise forms.ValidationError(
                _("Write the name, a space, and its votes: %(line)s"), params={"line": line}
            )
        return WrittenIn(name, int(votes))


class HandCountForm(forms.Form):
    """The figures of the count sheet, question by question."""

    handed_out = _number(_("Slips handed out"))
    collected = _number(_("Slips collected"), _("Valid, spoilt and blank together, for each question."))

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            for name, label in FIGURES.items():
                self.fields[f"q{question.id}_{name}"] = _number(label)
            for option in question.options:
                self.fields[f"q{question.id}_{option.id}"] = _number(option.title)
            self.fields[f"q{question.id}_written"] = WrittenField(
                label=_("Written in by voters"),
                help_text=_("Whoever is no candidate: one on each line, the name, a space, the votes."),
            )
        self.fields["photo"] = forms.FileField(
            label=_("Photo of the signed count sheet"),
            required=False,
            widget=forms.FileInput(attrs={"accept": "image/*"}),
        )

    def groups(self) -> list[dict[str, Any]]:
        """Each question with its fields, for the page."""
        return [
            {"title": question.title, "fields": [self[name] for name in self._names(question)]}
            for question in self.questions
        ]

    def _names(self, question: Question) -> list[str]:
        figures = [*(option.id for option in question.options), "written", *FIGURES]
        return [f"q{question.id}_{each}" for each in figures]

    def figures(self) -> HandCount:
        """What was typed."""
        said = self.cleaned_data
        return HandCount(
            said["handed_out"],
            said["collected"],
            {
                question.id: Slips(
                    valid=said[f"q{question.id}_valid"],
                    invalid=said[f"q{question.id}_invalid"],
                    blank=said[f"q{question.id}_blank"],
                    votes={option.id: said[f"q{question.id}_{option.id}"] for option in question.options},
                    written=said[f"q{question.id}_written"],
                )
                for question in self.questions
            },
        )
