"""Forms of works laid open: the file and what it is made of."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.deliberation.actions.works import Head, House
from linli.deliberation.actions.works_lines import Look, Material, Option, Part, Promise, Upload
from linli.deliberation.forms.fields import (
    AtPlaceForm,
    choices_of,
    refuse_for,
    title_field,
    words_field,
)
from linli.deliberation.kinds import Majority, PaperKind, Turnout, WarrantyKind
from linli.deliberation.rules import works as rules
from linli.deliberation.rules.opening import LONGEST_ABOUT, LONGEST_TITLE
from linli.frame.inputs import Day
from linli.kernel.clock import today

FEN = 100

TURNOUTS = [
    (Turnout.HALF, _("More than half of the homes")),
    (Turnout.THIRD, _("A third of the homes")),
    (Turnout.ANY, _("As many as want to")),
]
MAJORITIES = [
    (Majority.TWO_THIRDS, _("Two thirds of those who speak")),
    (Majority.HALF, _("More than half of those who speak")),
    (Majority.ALL, _("All who speak")),
]
WARRANTIES = [
    (WarrantyKind.WATERPROOFING, _("Keeps water out: roof, rooms, outer walls (at least 5 years)")),
    (WarrantyKind.FITTINGS, _("Wires, pipes, equipment, decoration (at least 2 years)")),
    (WarrantyKind.HEATING, _("Heating or cooling (2 seasons)")),
    (WarrantyKind.STRUCTURE, _("Foundations and structure (as long as the design says)")),
    (WarrantyKind.AGREED, _("Something else, as the contract says")),
]
PAPERS = [
    (PaperKind.PHOTO, _("Photo")),
    (PaperKind.CERTIFICATE, _("Certificate")),
    (PaperKind.TEST_REPORT, _("Test report")),
    (PaperKind.CONTRACT, _("Contract")),
    (PaperKind.OTHER, _("Another document")),
]
FILES = {"accept": "image/*,application/pdf"}


def line_field(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_TITLE, **more)


def _yuan(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=Decimal(0),
        max_digits=13,
        decimal_places=2,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
    )


class HeadForm(forms.Form):
    """What works are called and about, who builds."""

    title = title_field()
    about = words_field(_("What is to be done and why"), rows=4, most=LONGEST_ABOUT)
    builder = line_field(_("Who builds"), required=False, help_text=_("The firm, as on the contract."))
    contact = line_field(
        _("Whom to call on site"), required=False, help_text=_("A post and a number residents may call.")
    )

    def head(self) -> Head:
        kept = self.cleaned_data
        return Head(kept["title"], kept["about"], kept["builder"], kept["contact"])


class OpenForm(AtPlaceForm, HeadForm):
    """A file to begin, with the rule of the house."""

    place = forms.TypedChoiceField(
        label=_("Where"), coerce=UUID, error_messages={"required": _("Choose where the works are.")}
    )
    answer_workdays = forms.IntegerField(
        label=_("A doubt is answered within how many workdays"),
        initial=3,
        min_value=rules.ANSWER_WORKDAYS.start,
        max_value=rules.ANSWER_WORKDAYS.stop - 1,
    )
    turnout = forms.TypedChoiceField(
        label=_("Accepted only if so many homes speak"), coerce=Turnout, choices=TURNOUTS
    )
    majority = forms.TypedChoiceField(
        label=_("And of them so many accept"),
        coerce=Majority,
        choices=MAJORITIES,
        help_text=_("A rule of the house, written down now so that nobody changes it later."),
    )
    field_order = ("place", "title", "about", "builder", "contact", "answer_workdays", "turnout", "majority")

    def house(self) -> House:
        kept = self.cleaned_data
        return House(kept["answer_workdays"], kept["turnout"], kept["majority"])


class OptionForm(forms.Form):
    """One way to do it; amounts in yuan, kept in fen."""

    title = line_field(_("Option"), error_messages={"required": _("Give it a title.")})
    about = words_field(_("What it brings and what it does not"))
    from_owners = _yuan(_("The owners pay, in yuan"))
    from_fund = _yuan(_("From the maintenance fund, in yuan"))
    from_public = _yuan(_("From public money, in yuan"))
    from_others = _yuan(_("From others, in yuan"))
    others_are = line_field(_("Who the others are"), required=False)

    def clean(self) -> dict[str, Any] | None:
        kept = self.cleaned_data
        if not self.errors:
            refuse_for(rules.fault_of_money([], kept["others_are"], _fen(kept["from_others"])))
        return kept

    def kept(self) -> Option:
        kept = self.cleaned_data
        money = {name: _fen(kept[name]) for name in kept if name.startswith("from_")}
        return Option(kept["title"], kept["about"], others_are=kept["others_are"], **money)

    @staticmethod
    def initial_of(row: Any) -> dict[str, Any]:
        names = ("from_owners", "from_fund", "from_public", "from_others")
        money = {name: Decimal(getattr(row, name)) / FEN for name in names}
        return {"title": row.title, "about": row.about, "others_are": row.others_are, **money}


def _fen(yuan: Decimal | None) -> int:
    return int((yuan or Decimal(0)) * FEN)


class PartForm(forms.Form):
    """One part of the works with its days."""

    title = line_field(_("Part"), error_messages={"required": _("Give it a title.")})
    plan_from = Day(label=_("Planned from"))
    plan_to = Day(label=_("Planned to"))
    began_on = Day(label=_("Really began"), required=False)
    ended_on = Day(label=_("Really done"), required=False)
    note = words_field(_("What residents should know"))

    def clean(self) -> dict[str, Any] | None:
        kept = self.cleaned_data
        if not self.errors:
            refuse_for(rules.fault_of_plan(kept["plan_from"], kept["plan_to"]))
            refuse_for(rules.fault_of_days(kept["began_on"], kept["ended_on"], today()))
        return kept

    def kept(self) -> Part:
        return Part(**self.cleaned_data)

    @staticmethod
    def initial_of(row: Any) -> dict[str, Any]:
        names = ("title", "plan_from", "plan_to", "began_on", "ended_on", "note")
        return {name: getattr(row, name) for name in names}


class MaterialForm(forms.Form):
    """A material with all that tells one from another."""

    name = line_field(_("Material"), error_messages={"required": _("Say what the material is.")})
    used_for = line_field(_("Used for"), error_messages={"required": _("Say what it is used for.")})
    maker = line_field(_("Maker"), error_messages={"required": _("Say who makes it.")})
    grade = line_field(_("Grade or standard"), required=False)
    batch = line_field(_("Batch"), required=False)
    arrived_on = Day(label=_("Came on"), required=False)

    def kept(self) -> Material:
        return Material(**self.cleaned_data)

    @staticmethod
    def initial_of(row: Any) -> dict[str, Any]:
        names = ("name", "used_for", "maker", "grade", "batch", "arrived_on")
        return {name: getattr(row, name) for name in names}


class WarrantyForm(forms.Form):
    """What is under warranty and how long."""

    kind = forms.TypedChoiceField(label=_("Kind"), coerce=WarrantyKind, choices=WARRANTIES)
    title = line_field(
        _("What is under warranty"), error_messages={"required": _("Say what is under warranty.")}
    )
    months = forms.IntegerField(label=_("Months"), required=False, min_value=1)
    season_first = forms.CharField(
        label=_("First day of a season"),
        required=False,
        max_length=5,
        help_text=_("Only for heating or cooling, as month and day: 10-15."),
    )
    season_last = forms.CharField(label=_("Last day of a season"), required=False, max_length=5)

    def clean(self) -> dict[str, Any] | None:
        if not self.errors:
            kept = self.kept()
            refuse_for(rules.fault_of_warranty(kept.kind, kept.months, kept.seasons))
        return self.cleaned_data

    def kept(self) -> Promise:
        kept = self.cleaned_data
        first, last = kept["season_first"], kept["season_last"]
        seasons = rules.Seasons(first, last) if first or last else None
        return Promise(kept["kind"], kept["title"], kept["months"], seasons)

    @staticmethod
    def initial_of(row: Any) -> dict[str, Any]:
        names = ("kind", "title", "months", "season_first", "season_last")
        return {name: getattr(row, name) for name in names}


class PaperForm(forms.Form):
    """A photo or document to lay open, and what it belongs to."""

    kind = forms.TypedChoiceField(label=_("What it is"), coerce=PaperKind, choices=PAPERS)
    of = forms.ChoiceField(label=_("Belongs to"), required=False)
    file = forms.FileField(
        label=_("Photo or PDF"),
        widget=forms.ClearableFileInput(attrs=FILES),
        help_text=_("No faces, no door numbers of single homes: everybody who lives there sees it."),
        error_messages={"required": _("Choose a file first.")},
    )

    def __init__(self, *args: Any, belongs_to: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = choices_of(belongs_to, empty=_("The works as a whole"))
        self.fields["of"].choices = offered  # type: ignore[attr-defined]

    def upload(self) -> Upload:
        file = self.cleaned_data["file"]
        return Upload(file.read(), file.name or "", self.cleaned_data["kind"])


class LookForm(forms.Form):
    """Who looked at a material, when, and what they found."""

    done_on = Day(label=_("Looked at on"))
    done_by = line_field(
        _("Who looked"),
        help_text=_("Without names: three volunteers and the building head."),
        error_messages={"required": _("Say who looked, without names.")},
    )
    found = words_field(_("What they found"), missing=_("Say it in a few words; people read it."))
    photo = forms.FileField(label=_("Photo"), required=False, widget=forms.ClearableFileInput(attrs=FILES))

    def look(self) -> Look:
        kept = self.cleaned_data
        return Look(kept["done_on"], kept["done_by"], kept["found"])

    def photos(self) -> tuple[Upload, ...]:
        photo = self.cleaned_data["photo"]
        return (Upload(photo.read(), photo.name or ""),) if photo else ()


class DecideForm(forms.Form):
    """Which option was chosen, by whom, when."""

    option = forms.TypedChoiceField(label=_("What is built"), coerce=UUID)
    decided_on = Day(label=_("Decided on"))
    ballot = forms.TypedChoiceField(
        label=_("The ballot that decided"), coerce=lambda text: UUID(text) if text else None, required=False
    )
    words = words_field(_("Who decided and how"), missing=_("Say who decided this and how."))

    def __init__(
        self,
        *args: Any,
        options: Iterable[tuple[UUID, str]] = (),
        ballots: Iterable[tuple[UUID, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["option"].choices = choices_of(options)  # type: ignore[attr-defined]
        held = choices_of(ballots, empty=_("None held here"))
        self.fields["ballot"].choices = held  # type: ignore[attr-defined]

    def clean_ballot(self) -> UUID | None:
        return self.cleaned_data["ballot"] or None
