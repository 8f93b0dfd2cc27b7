"""Forms of what follows an election: the day, and that something was done."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.frame.inputs import Day
from linli.gatherings import wording
from linli.gatherings.forms.fields import Words
from linli.gatherings.kinds import DutyKind, Paper
from linli.gatherings.rules import duties
from linli.kernel.clock import today


class ElectionForm(forms.Form):
    """That a body was elected outside the ballots kept here."""

    elected_on = Day(label=_("Day of the election"), initial=today)


class DoneForm(forms.Form):
    """When it was done; of a filing where, under which number and with which papers."""

    done_on = Day(label=_("Done on"), initial=today)
    office = Words(label=_("Where it was filed"), max_length=duties.LONGEST_OFFICE)
    number = Words(label=_("Number of the filing"), max_length=duties.LONGEST_NUMBER, required=False)
    papers = forms.MultipleChoiceField(
        label=_("Papers handed in"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, kind: DutyKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind not in duties.FILED:
            for name in ("office", "number", "papers"):
                del self.fields[name]
            return
        choices = [(paper.value, wording.PAPER_LABELS[paper]) for paper in duties.papers_of(kind)]
        self.fields["papers"].choices = choices  # type: ignore[attr-defined]

    def papers_said(self) -> list[Paper]:
        """The papers that were handed in."""
        return [Paper(each) for each in self.cleaned_data.get("papers", ())]
