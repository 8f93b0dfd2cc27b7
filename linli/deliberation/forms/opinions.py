"""Forms of conversations: opening one, adding and judging statements, publishing the result."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.deliberation.forms.fields import (
    AskedForm,
    about_field,
    words_field,
)
from linli.deliberation.rules import opinions as rules


class OpenForm(AskedForm):
    """The question, to whom, from when to when, and the statements it begins with."""

    run, usual = rules.RUN, timedelta(days=14)

    question = forms.CharField(
        label=_("The question"),
        max_length=rules.LONGEST_QUESTION,
        help_text=_("Open, and about one thing: “How should we park at night?”"),
        error_messages={"required": _("Ask one question.")},
    )
    about = about_field()
    statements = forms.CharField(
        label=_("Statements to begin with, one to a line"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Short sentences people can agree with or not, from different sides. Ten are good. "
            "Residents add their own."
        ),
        error_messages={"required": _("Write a few statements to begin with.")},
    )

    field_order = ("place", "question", "about", "starts", "ends", "statements")

    def clean_statements(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["statements"].splitlines() if line.strip()]
        for number, line in enumerate(lines):
            fault = rules.fault_of_statement(line, lines[:number])
            if fault:
                raise forms.ValidationError(f"{_now(fault)} — {line}")
        if len(lines) < rules.FEWEST_STATEMENTS:
            raise forms.ValidationError(
                _("Begin with at least %(count)s statements."),
                params={"count": rules.FEWEST_STATEMENTS},
            )
        return lines


class StatementForm(forms.Form):
    """One statement, in one's own words."""

    text = words_field(
        _("Your statement"),
        most=rules.LONGEST_STATEMENT,
        missing=_("Write what people could agree with."),
        help_text=_("One sentence others can agree with or not. No names, please."),
    )


class WordsForm(forms.Form):
    """The words in which a statement is shown."""

    text = forms.CharField(
        label=_("Shown as"), max_length=rules.LONGEST_STATEMENT, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    """Why a statement is taken out."""

    reason = words_field(
        _("Why?"),
        most=rules.LONGEST_REASON,
        missing=_("Say in a few words why it is taken out."),
        help_text=_("Who wrote it reads this. What they wrote is kept."),
    )


class OutcomeForm(forms.Form):
    """What comes of a conversation."""

    outcome = words_field(
        _("What comes of it now"),
        most=rules.LONGEST_OUTCOME,
        rows=6,
        missing=_("Say what comes of it now, in a few sentences."),
    )
