"""Forms of what people say to works: doubts, rounds from door to door, defects, acceptance."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.deliberation.actions.acceptance import Mended
from linli.deliberation.actions.doubts import Round
from linli.deliberation.forms.fields import LastDayForm, choices_of, words_field
from linli.deliberation.forms.works import line_field
from linli.deliberation.rules import works as rules
from linli.deliberation.rules.opening import LONGEST_WORDS
from linli.frame.inputs import Day


def _count(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=9999, **more)


class PutForm(LastDayForm):
    """Until when homes say whether they accept."""

    label, run, usual = _("Last day to say so"), rules.ASKING, timedelta(days=10)


class WordsForm(forms.Form):
    """A reason, a defect, an answer: words people read."""

    def __init__(self, *args: Any, label: Any, most: int = LONGEST_WORDS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = _("Say it in a few words; people read it.")
        self.fields["text"] = words_field(label, most=most, missing=missing)


class MendForm(forms.Form):
    """How a defect was mended."""

    mended_on = Day(label=_("Mended on"))
    words = words_field(_("How"), missing=_("Say it in a few words; people read it."))

    def mended(self) -> Mended:
        return Mended(self.cleaned_data["mended_on"], self.cleaned_data["words"])


class DoubtForm(forms.Form):
    """What a resident doubts."""

    material = forms.TypedChoiceField(
        label=_("About"), coerce=lambda text: UUID(text) if text else None, required=False
    )
    text = words_field(
        _("What do you doubt?"),
        help_text=_("Neighbours read this without your name, and the answer below it."),
        missing=_("Say in a sentence what you doubt."),
    )

    def __init__(self, *args: Any, materials: Iterable[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = choices_of(materials, empty=_("The works as a whole"))
        self.fields["material"].choices = offered  # type: ignore[attr-defined]

    def clean_material(self) -> UUID | None:
        return self.cleaned_data["material"] or None


class HearForm(DoubtForm):
    """What was doubted at doors."""

    doors = _count(_("At how many doors"), initial=1)


class RoundForm(forms.Form):
    """A round from door to door."""

    went_on = Day(label=_("Went on"))
    went_by = line_field(
        _("Who went"),
        help_text=_("Without names: three volunteers and the building head."),
        error_messages={"required": _("Say who went, without names.")},
    )
    reached = _count(_("Homes reached"))
    absent = _count(_("Nobody at home"), initial=0)
    note = words_field(_("What was asked again"))

    def kept(self) -> Round:
        return Round(**self.cleaned_data)


class SayForm(forms.Form):
    """Whether a home accepts."""

    accepts = forms.TypedChoiceField(
        label=_("Do you accept the works?"),
        coerce=lambda text: text == "yes",
        choices=[("yes", _("We accept them")), ("no", _("Not yet"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    reason = words_field(
        _("What is not right"),
        help_text=_("Only where something has to be mended. Staff read it, neighbours do not."),
    )

    def clean(self) -> dict[str, Any] | None:
        kept = self.cleaned_data
        if kept.get("accepts") is False and not kept.get("reason", "").strip():
            self.add_error("reason", _("Say what is not right, so that it can be mended."))
        return kept
