"""Forms of naming contests: asking for names, entering one, choosing, calling the vote, giving the name."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.deliberation.forms.fields import refuse_for, words_field
from linli.deliberation.forms.topics import DaysForm
from linli.deliberation.models import Name
from linli.deliberation.rules import naming as rules
from linli.deliberation.rules.opening import LONGEST_WORDS
from linli.frame.inputs import Day, Moment
from linli.kernel.clock import SHANGHAI, today

OPENS, CLOSES = time(8), time(20)
USUAL_VOTE = timedelta(days=7)


class ContestForm(DaysForm):
    """A contest for the name of a courtyard or a building."""

    names_each = forms.IntegerField(
        label=_("Names each may enter"), min_value=1, max_value=rules.MOST_EACH, initial=1
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].label = _("The courtyard or building to be named")
        self.fields["place"].help_text = _("Who lives, is registered or owns a home there enters names.")


class NameForm(forms.Form):
    """A name and what it means."""

    text = forms.CharField(
        label=_("The name"),
        max_length=20,
        help_text=_("Two to six Chinese characters: the whole name of the place."),
        error_messages={"required": _("Write a name for it.")},
    )
    why = words_field(
        _("What it means to you"), most=rules.LONGEST_WHY, missing=_("Say what the name means to you.")
    )
    shown = forms.BooleanField(
        label=_("If this name wins, name me as who proposed it"),
        required=False,
        help_text=_("Otherwise only your family name is shown, the rest as stars. You can change your mind."),
    )

    def clean_text(self) -> str:
        name = rules.name_of(self.cleaned_data["text"])
        refuse_for(rules.fault_of_name(name))
        return name


class ShortlistForm(forms.Form):
    """For every name that came in, why it does not go before the vote; empty where it does."""

    def __init__(self, *args: Any, names: Iterable[Name] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = list(names)
        for row in self._names:
            self.fields[f"out_{row.pk.hex}"] = forms.CharField(
                label=row.text,
                required=False,
                max_length=LONGEST_WORDS,
                initial=row.reason,
                help_text=_("Leave this empty and it goes before the vote. Or say why it does not."),
            )

    def left_out(self) -> dict[UUID, str]:
        """The names left out with the reason of each."""
        reasons = {row.pk: self.cleaned_data[f"out_{row.pk.hex}"].strip() for row in self._names}
        return {key: reason for key, reason in reasons.items() if reason}

    def clean(self) -> dict[str, Any] | None:
        refuse_for(rules.fault_of_shortlist([row.pk for row in self._names], self.left_out()))
        return self.cleaned_data


class VoteForm(forms.Form):
    """From when to when the names are voted on."""

    opens_at = Moment(label=_("Voting begins"))
    closes_at = Moment(label=_("Voting ends"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = today() + rules.ROLL_DAYS
        self.fields["opens_at"].initial = datetime.combine(first, OPENS, SHANGHAI)
        self.fields["closes_at"].initial = datetime.combine(first + USUAL_VOTE, CLOSES, SHANGHAI)

    def clean(self) -> dict[str, Any] | None:
        kept = self.cleaned_data
        if "opens_at" in kept and "closes_at" in kept:
            refuse_for(rules.fault_of_voting(kept["opens_at"], kept["closes_at"], today()))
        return kept


class GiveForm(forms.Form):
    """From which day the place has its new name."""

    since = Day(
        label=_("The name counts from"),
        help_text=_("Today or an earlier day. The former name stays in the place’s history."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = today()
