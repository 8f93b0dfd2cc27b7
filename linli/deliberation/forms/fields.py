"""What several forms of talking together ask in the same way: where, about what, until when, which stance."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.deliberation.kinds import Stance
from linli.deliberation.rules.opening import (
    LONGEST_ABOUT,
    LONGEST_TITLE,
    LONGEST_WORDS,
    Run,
    fault_of_days,
    fault_of_last_day,
)
from linli.frame.inputs import Day
from linli.kernel.clock import today

STANCES = [(Stance.FOR, _("In favour")), (Stance.AGAINST, _("Against")), (Stance.IDEA, _("I have an idea"))]


def refuse_for(fault: str) -> None:
    """Say what a rule found wrong, where it found something."""
    if fault:
        raise forms.ValidationError(_now(fault))


def choices_of(rows: Iterable[tuple[Any, str]], *, empty: Any = None) -> list[tuple[str, Any]]:
    """Rows by id as a field's choices; `empty` is what choosing none of them is called."""
    offered = [(str(key), label) for key, label in rows]
    return offered if empty is None else [("", empty), *offered]


def title_field(**more: Any) -> forms.CharField:
    """The title of what is begun."""
    return forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Give it a title.")},
        **more,
    )


def words_field(
    label: Any, *, most: int = LONGEST_WORDS, rows: int = 3, missing: Any = None, **more: Any
) -> forms.CharField:
    """Words in a box of so many rows; needed where `missing` says what is to be written."""
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        required=missing is not None,
        error_messages={"required": missing} if missing else None,
        **more,
    )


def about_field(**more: Any) -> forms.CharField:
    """Words beforehand, where some are needed."""
    return words_field(_("What people should know beforehand"), most=LONGEST_ABOUT, rows=4, **more)


def said_field(*, missing: Any = None) -> forms.CharField:
    """The words that go with a stance."""
    return words_field(
        _("In your words"), missing=missing, help_text=_("Neighbours read this without your name.")
    )


class AtPlaceForm(forms.Form):
    """Something begun for a place, one of those its desk may choose."""

    place = forms.TypedChoiceField(
        label=_("Residents of which place"), coerce=UUID, error_messages={"required": _("Choose a place.")}
    )

    def __init__(self, *args: Any, places: Iterable[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = choices_of(places)  # type: ignore[attr-defined]


class AskedForm(AtPlaceForm):
    """Who is asked, from which day to which; a form of its own sets `run` and the `usual` length."""

    run: ClassVar[Run]
    usual: ClassVar[timedelta]

    place = forms.TypedChoiceField(
        label=_("Residents of which place"),
        coerce=UUID,
        help_text=_("Everybody who lives, is registered or owns a home there."),
        error_messages={"required": _("Choose who is asked.")},
    )
    starts = Day(label=_("First day"))
    ends = Day(label=_("Last day"), help_text=_("That day included."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].initial = today()
        self.fields["ends"].initial = today() + self.usual

    def clean(self) -> dict[str, Any] | None:
        kept = self.cleaned_data
        if "starts" in kept and "ends" in kept:
            fault = fault_of_days(kept["starts"], kept["ends"], today(), self.run)
            if fault:
                self.add_error("ends", _now(fault))
        return kept


class LastDayForm(forms.Form):
    """Until when people speak to what opens today; as `AskedForm`, with the field's `label`."""

    run: ClassVar[Run]
    usual: ClassVar[timedelta]
    label: ClassVar[Any]

    ends = Day(help_text=_("That day included."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends"].label = self.label
        self.fields["ends"].initial = today() + self.usual

    def clean_ends(self) -> Any:
        refuse_for(fault_of_last_day(self.cleaned_data["ends"], today(), self.run))
        return self.cleaned_data["ends"]


class StanceForm(forms.Form):
    """For, against, or an idea; a form of its own adds the words."""

    stance = forms.TypedChoiceField(
        label=_("How do you see it?"),
        coerce=Stance,
        choices=STANCES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for, against or an idea.")},
    )


class WhyForm(forms.Form):
    """The reason of a decision people read."""

    reason = words_field(_("Why?"), missing=_("Say why in a few words; people read it."))
