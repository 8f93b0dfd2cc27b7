"""The form that gives an appraisal more days."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.deliberation.forms.fields import words_field
from linli.deliberation.rules import appraisals as rules
from linli.deliberation.rules.appraisals import Days
from linli.frame.inputs import Day


class ProlongForm(forms.Form):
    """The days that can still be moved, and why they are."""

    nominate_until = Day(label=_("Last day to put somebody forward"))
    choose_from = Day(label=_("First day to choose"))
    choose_until = Day(label=_("Last day to choose"))
    reason = words_field(
        _("Why it takes longer"),
        missing=_("Say why in a few words; people read it."),
        help_text=_("Everybody who sees the appraisal reads it."),
    )

    def __init__(self, *args: Any, before: Days, opened_on: Any, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before, self.opened_on, self.today = before, opened_on, today
        self.fields["nominate_until"].initial = before.nominate_until
        self.fields["choose_from"].initial = before.choose_from
        self.fields["choose_until"].initial = before.choose_until
        if before.nominate_until < today:
            del self.fields["nominate_until"]
        if before.choose_from <= today:
            del self.fields["choose_from"]

    def days(self) -> Days:
        """The days as they would be; what cannot be moved any more stays."""
        kept, before = self.cleaned_data, self.before
        first = kept.get("choose_from", before.choose_from)
        last = kept.get("nominate_until", before.nominate_until)
        return Days(last, first, kept["choose_until"], before.posted_days)

    def clean(self) -> dict[str, Any] | None:
        if not self.errors:
            fault = rules.fault_of_prolonging(
                self.before, self.days(), opened_on=self.opened_on, today=self.today
            )
            if fault:
                self.add_error("choose_until", _now(fault))
        return self.cleaned_data
