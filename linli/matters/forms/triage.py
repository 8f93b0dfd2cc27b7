"""Confirming what a new matter is: every suggestion can be changed before it is confirmed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.matters.forms.words import Paragraph
from linli.matters.rules.sorting import Then
from linli.matters.triage.taxonomy import Level
from linli.matters.wording import URGENCY_LABELS, in_words, level_title, taxonomy, title_zh_en


def categories() -> list[Any]:
    """Every category under its group, as choices."""
    return [
        (title_zh_en(group.zh, group.en), [(leaf.code, in_words(leaf.title)) for leaf in group.leaves])
        for group in taxonomy().groups
    ]


class SortAgainForm(forms.Form):
    """Category and level, as they should have been."""

    category = forms.ChoiceField(label=_("Category"))
    level = forms.ChoiceField(label=_("How to settle it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("category", [("", _("Choose a category")), *categories()])
        self._offer("level", [(one.value, level_title(one.value)) for one in Level])

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class TriageForm(SortAgainForm):
    """Category, level, urgency, unit and what follows."""

    urgency = forms.ChoiceField(label=_("How pressing"))
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    task = Paragraph(label=_("What the unit is asked to do"), max_length=2000, rows=2, required=False)
    then = forms.ChoiceField(choices=[(one.value, one.value) for one in Then])

    def __init__(self, *args: Any, units: list[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("urgency", [(key.value, label) for key, label in URGENCY_LABELS.items()])  # type: ignore[attr-defined]
        self._offer("unit", [("", _("No unit: we do it ourselves")), *(units or [])])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("then") == Then.DISPATCH and not said.get("unit") and "unit" not in self.errors:
            self.add_error("unit", _("Choose the unit it goes to."))
        return said
