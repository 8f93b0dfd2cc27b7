"""The form that begins a second round: what it is called, when it is voted, how many stand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ballots.actions.second_round import Again
from linli.ballots.rules.drafting import LONGEST_TITLE
from linli.frame.inputs import Moment


class SecondRoundForm(forms.Form):
    """Whom it asks and what it asks comes from the first round and is not typed."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    opens_at = Moment(label=_("Voting begins"))
    closes_at = Moment(label=_("Voting ends"))
    stand = forms.IntegerField(
        label=_("How many stand for each question"),
        min_value=1,
        max_value=99,
        required=False,
        help_text=_(
            "Those with the most votes, one more than there are places at the least; of equals all. Left "
            "empty, everybody who had a vote and was not elected."
        ),
    )

    def again(self) -> Again:
        """What was typed."""
        said: dict[str, Any] = self.cleaned_data
        return Again(said["title"], said["opens_at"], said["closes_at"], said["stand"] or 0)
