"""The form of an account of the owners' money."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.frame.inputs import Day
from linli.gatherings.actions.accounting import Agreed
from linli.gatherings.forms.fields import Chosen, Words
from linli.gatherings.kinds import AccountKind, Division
from linli.gatherings.rules import accounts
from linli.gatherings.rules.accounts import Account, Line
from linli.kernel.errors import InvalidCode
from linli.kernel.ids import id_in

DIVISION_LABELS = {
    Division.BY_AREA: _("By area, each home its share"),
    Division.AGREED: _("As the owners agreed by a ballot"),
    Division.NONE: _("Nothing is divided this time"),
}


def _yuan(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=12, decimal_places=2, **more)


class AccountForm(forms.Form):
    """What there was, came in, was spent and is left; what is done with common income."""

    place = Chosen(label=_("Of which place"), error_messages={"required": _("Choose a place.")})
    first = Day(label=_("First day"))
    last = Day(label=_("Last day"))
    opening = _yuan(_("At the beginning, in yuan"))
    income = Words(
        label=_("What came in, one a line"), max_length=4000, rows=5, required=False,
        help_text=_("What for, then the amount in yuan, as: advertising in the lifts 12000.00"),
    )  # fmt: skip
    costs = Words(label=_("What was spent, one a line"), max_length=4000, rows=5, required=False)
    paid_out = _yuan(_("Paid to the owners from earlier accounts, in yuan"), required=False)
    closing = _yuan(_("Left at the end, in yuan"), help_text=_("It is compared with the lines."))
    division = forms.ChoiceField(
        label=_("What is left of the income"),
        widget=forms.RadioSelect,
        choices=[(each.value, label) for each, label in DIVISION_LABELS.items()],
        initial=Division.BY_AREA.value,
    )
    agreement = Words(label=_("What the owners agreed on"), max_length=200, required=False)
    ballot = Words(
        label=_("Address of the ballot that decided it"),
        max_length=200,
        required=False,
        help_text=_("Copy it from the page of the ballot."),
    )

    def __init__(self, *args: Any, kind: AccountKind, places: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].offer(places)  # type: ignore[attr-defined]
        if kind is not AccountKind.INCOME:
            for name in ("division", "agreement", "ballot", "paid_out"):
                del self.fields[name]

    def clean_income(self) -> list[Line]:
        """The lines of what came in."""
        return _read(self.cleaned_data["income"])

    def clean_costs(self) -> list[Line]:
        """The lines of what was spent."""
        return _read(self.cleaned_data["costs"])

    def clean(self) -> dict[str, Any] | None:
        """Another agreement names its ballot."""
        said = super().clean() or self.cleaned_data
        if said.get("division") == Division.AGREED and self.agreed() is None:
            self.add_error("ballot", _("Say what the owners agreed on, and by which ballot."))
        return said

    def account(self) -> Account:
        """The account as the action takes it."""
        said = self.cleaned_data
        return Account(
            said["first"], said["last"], _fen(said["opening"]), said["income"], said["costs"],
            _fen(said.get("paid_out")), _fen(said["closing"]),
        )  # fmt: skip

    def division_said(self) -> Division:
        """What is done with what is left."""
        return Division(self.cleaned_data.get("division") or Division.NONE)

    def agreed(self) -> Agreed | None:
        """Another division, with the ballot its address names; None where nothing or no ballot is named."""
        words, address = self.cleaned_data.get("agreement", ""), self.cleaned_data.get("ballot", "")
        found = [key for part in address.split("/") if (key := id_in(part)) is not None]
        return Agreed(words, found[-1]) if words and found else None


def _read(text: str) -> list[Line]:
    try:
        return accounts.lines(text)
    except InvalidCode as bad:
        raise forms.ValidationError(_(bad.reason) % bad.params) from bad


def _fen(amount: Decimal | None) -> int:
    return int((amount or Decimal(0)) * 100)
