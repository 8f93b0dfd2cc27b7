"""Forms of a resolution, the minutes, a posting, an objection and a disclosure."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.frame.inputs import Day, labelled
from linli.gatherings import wording
from linli.gatherings.forms.fields import Chosen, Words
from linli.gatherings.kinds import Asks, Manner, PostingKind
from linli.gatherings.rules import disclosures, meetings, postings
from linli.gatherings.rules.meetings import Hands


class ResolutionForm(forms.Form):
    """What was resolved on an item; what asks for something becomes a task of its unit by its day."""

    item = Chosen(label=_("On which item"), required=False)
    text = Words(label=_("What was resolved"), max_length=meetings.LONGEST_RESOLUTION, rows=4)
    manner = forms.ChoiceField(
        label=_("How"), choices=labelled(wording.MANNER_LABELS), widget=forms.RadioSelect,
        initial=Manner.CONSENSUS.value,
    )  # fmt: skip
    yes = forms.IntegerField(label=_("For it"), min_value=0, required=False)
    no = forms.IntegerField(label=_("Against it"), min_value=0, required=False)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, required=False)
    asks = forms.ChoiceField(
        label=_("What it asks"), choices=labelled(wording.ASKS_LABELS), widget=forms.RadioSelect,
        initial=Asks.TASK.value,
    )  # fmt: skip
    unit = Chosen(label=_("Who carries it out"), required=False)
    due_on = Day(label=_("Until when"), required=False)

    def __init__(
        self,
        *args: Any,
        items: list[tuple[UUID, str]],
        units: list[tuple[UUID, str]],
        is_counted: bool = False,
        **kwargs: Any,
    ) -> None:
        """`is_counted`: nothing passes here without a count, so the count is asked for and nothing else."""
        super().__init__(*args, **kwargs)
        if is_counted:
            del self.fields["manner"]
            for name in ("yes", "no", "abstained"):
                self.fields[name].required = True
        self.fields["item"].offer(items)  # type: ignore[attr-defined]
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]
        if not items:
            del self.fields["item"]

    def how(self) -> Manner:
        """How it came about."""
        return Manner(self.cleaned_data.get("manner") or Manner.HANDS)

    def hands(self) -> Hands | None:
        """The count of hands, None where none were counted."""
        said = self.cleaned_data
        if self.how() is not Manner.HANDS or said.get("yes") is None:
            return None
        return Hands(said["yes"], said.get("no") or 0, said.get("abstained") or 0)


class MinutesForm(forms.Form):
    text = Words(label=_("Minutes"), max_length=meetings.LONGEST_MINUTES, rows=24)


class PostingForm(forms.Form):
    """What goes up on the board and for how long."""

    title = Words(label=_("Title"), max_length=postings.LONGEST_TITLE)
    body = Words(label=_("The words on the board"), max_length=postings.LONGEST_WORDS, rows=10)
    days = forms.IntegerField(
        label=_("For how many days"), min_value=1, max_value=postings.LONGEST_DAYS,
        initial=postings.USUAL_DAYS[PostingKind.RESOLUTIONS],
        help_text=_("The day it goes up is not counted."),
    )  # fmt: skip


class DisclosureForm(PostingForm):
    """居务公开: of which class, and for at least fifteen days."""

    kind = Chosen(label=_("Which class"), error_messages={"required": _("Choose a class.")})
    field_order = ("kind", "title", "body", "days")

    def __init__(self, *args: Any, classes: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].offer(classes)  # type: ignore[attr-defined]
        least = postings.LEAST_DAYS[PostingKind.AFFAIRS]
        self.fields["days"].initial = postings.USUAL_DAYS[PostingKind.AFFAIRS]
        self.fields["days"].min_value = least  # type: ignore[attr-defined]


class ClassForm(forms.Form):
    """A class of affairs: what it is called and how often it is laid open."""

    title = Words(label=_("What it is called"), max_length=disclosures.LONGEST_NAME)
    every_months = forms.IntegerField(
        label=_("Every so many months"), min_value=1, max_value=disclosures.LONGEST_EVERY, initial=3
    )


class ObjectionForm(forms.Form):
    text = Words(
        label=_("What you object to, and why"), max_length=postings.LONGEST_OBJECTION, rows=4,
        help_text=_("Staff see your name; neighbours read the words and the answer, without it."),
    )  # fmt: skip


class CounterObjectionForm(forms.Form):
    """The same, written down for somebody at the counter."""

    text = Words(
        label=_("What they object to, and why"), max_length=postings.LONGEST_OBJECTION, rows=4,
        help_text=_("In their own words. Neighbours read them and the answer, without the name."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    text = Words(label=_("The answer"), max_length=postings.LONGEST_OBJECTION, rows=4)


class ResultForm(forms.Form):
    """What became of a resolution."""

    done = forms.ChoiceField(
        label=_("What became of it"),
        choices=(("yes", _("Carried out")), ("no", _("Not carried out"))),
        widget=forms.RadioSelect,
        initial="yes",
    )
    text = Words(label=_("In a few words"), max_length=meetings.LONGEST_POINT, rows=3)
