"""Forms of what a place has settled about counting."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ballots.kinds import HouseRuleKind
from linli.ballots.rules import local
from linli.ballots.templatetags.ballots import HOUSE_RULE_LABELS
from linli.frame.inputs import Day, labelled
from linli.kernel.decision import Denied
from linli.kernel.shares import Share


class HouseRuleForm(forms.Form):
    """What is settled, with its share where it is one, where it is written, from when to when."""

    place = forms.TypedChoiceField(label=_("Where"), coerce=UUID)
    kind = forms.TypedChoiceField(
        label=_("What is settled"), choices=labelled(HOUSE_RULE_LABELS), coerce=HouseRuleKind
    )
    share = forms.CharField(
        label=_("Share"),
        max_length=20,
        required=False,
        help_text=_("Only of a lift: 4/5 for at least so many, > 4/5 for more than that."),
    )
    source = forms.CharField(label=_("Where it is written"), max_length=120)
    starts = Day(label=_("Holds from"))
    last = Day(
        label=_("Last day"),
        required=False,
        help_text=_("Left empty, it holds until you give it one. Ballots announced already are not touched."),
    )

    def __init__(self, *args: Any, places: Iterable[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(str(key), label) for key, label in places]  # type: ignore[attr-defined]

    def clean_share(self) -> str:
        """The share as it is kept; what cannot be read stays as it was typed."""
        typed = str(self.cleaned_data["share"]).strip()
        try:
            return str(Share.parse(typed if not typed or typed[0] in "><≥" else f">={typed}"))
        except ValueError:
            return typed

    def clean(self) -> dict[str, Any]:
        """A share belongs to what is one, and is no less than the law's."""
        said = super().clean() or self.cleaned_data
        if "kind" in said and "share" in said:
            decision = local.may_be(said["kind"], said["share"])
            if isinstance(decision, Denied):
                self.add_error("share", gettext(decision.reason) % decision.params)
        return said


class LastDayForm(forms.Form):
    """The last day a local rule holds."""

    last = Day(label=_("Last day"))
