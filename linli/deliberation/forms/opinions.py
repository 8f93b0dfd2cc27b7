"""Forms of conversations: opening one, adding and judging statements, publishing the result."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.deliberation.rules import opinions as rules
from linli.deliberation.rules.opening import LONGEST_ABOUT, fault_of_days
from linli.kernel.clock import today

USUAL_RUN = timedelta(days=14)


class OpenForm(forms.Form):
    """The question, to whom, from when to when, and the statements it begins with."""

    place = forms.TypedChoiceField(
        label=_("Residents of which place"),
        coerce=UUID,
        help_text=_("Everybody who lives, is registered or owns a home there."),
        error_messages={"required": _("Choose who is asked.")},
    )
    question = forms.CharField(
        label=_("The question"),
        max_length=rules.LONGEST_QUESTION,
        help_text=_("Open, and about one thing: “How should we park at night?”"),
        error_messages={"required": _("Ask one question.")},
    )
    about = forms.CharField(
        label=_("What people should know beforehand"),
        required=False,
        max_length=LONGEST_ABOUT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    starts = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("That day included."),
    )
    statements = forms.CharField(
        label=_("Statements to begin with, one to a line"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Short sentences people can agree with or not, from different sides. Ten are good. "
            "Residents add their own."
        ),
        error_messages={"required": _("Write a few statements to begin with.")},
    )

    def __init__(self, *args: Any, places: Iterable[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (str(place_id), label) for place_id, label in places
        ]
        self.fields["starts"].initial = today()
        self.fields["ends"].initial = today() + USUAL_RUN

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

    def clean(self) -> dict[str, Any] | None:
        kept = self.cleaned_data
        if "starts" in kept and "ends" in kept:
            fault = fault_of_days(kept["starts"], kept["ends"], today(), rules.RUN)
            if fault:
                self.add_error("ends", _now(fault))
        return kept


class StatementForm(forms.Form):
    """One statement, in one's own words."""

    text = forms.CharField(
        label=_("Your statement"),
        max_length=rules.LONGEST_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence others can agree with or not. No names, please."),
        error_messages={"required": _("Write what people could agree with.")},
    )


class WordsForm(forms.Form):
    """The words in which a statement is shown."""

    text = forms.CharField(
        label=_("Shown as"), max_length=rules.LONGEST_STATEMENT, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    """Why a statement is taken out."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=rules.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who wrote it reads this. What they wrote is kept."),
        error_messages={"required": _("Say in a few words why it is taken out.")},
    )


class OutcomeForm(forms.Form):
    """What comes of a conversation."""

    outcome = forms.CharField(
        label=_("What comes of it now"),
        max_length=rules.LONGEST_OUTCOME,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say what comes of it now, in a few sentences.")},
    )
