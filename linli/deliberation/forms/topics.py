"""Forms of topics: opening one, proposals and comments, official replies, merging, more days."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.deliberation.forms.fields import (
    AskedForm,
    StanceForm,
    about_field,
    choices_of,
    refuse_for,
    said_field,
    title_field,
    words_field,
)
from linli.deliberation.kinds import ProposalState, Verdict
from linli.deliberation.models import Proposal, Section
from linli.deliberation.rules import topics as rules
from linli.frame.inputs import Day

USUAL_SUPPORTERS = 10
USUAL_WORKDAYS = 10

VERDICTS = [
    (Verdict.WORD, _("A word on how it stands")),
    (Verdict.TAKEN, _("We take it up")),
    (Verdict.DECLINED, _("We do not take it up")),
]


class DaysForm(AskedForm):
    """What every topic begins with: where, what about, its first and last day."""

    run, usual = rules.RUN, timedelta(days=30)

    title = title_field()
    about = about_field()
    field_order: tuple[str, ...] = ("place", "title", "about", "starts", "ends")


class TopicForm(DaysForm):
    """A topic with its sections and the promise to reply."""

    sections = forms.CharField(
        label=_("Sections, one to a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example parking, greenery. Leave it empty where one is enough."),
    )
    threshold = forms.IntegerField(
        label=_("A reply is owed from how many supporters"),
        min_value=rules.FEWEST_SUPPORTERS,
        initial=USUAL_SUPPORTERS,
        help_text=_("Whoever raised the proposal does not count."),
    )
    workdays = forms.IntegerField(
        label=_("Within how many working days"),
        min_value=1,
        max_value=rules.MOST_WORKDAYS,
        initial=USUAL_WORKDAYS,
        help_text=_("Residents read this promise; a missed day shows on the desk."),
    )
    field_order = ("place", "title", "about", "sections", "starts", "ends", "threshold", "workdays")

    def clean_sections(self) -> list[str]:
        names = rules.sections_of(self.cleaned_data["sections"])
        refuse_for(rules.fault_of_sections(names))
        return names


class ExtendForm(forms.Form):
    """Another last day."""

    ends = Day(label=_("New last day"), help_text=_("That day included."))


class ProposalForm(forms.Form):
    """A proposal in one's own words."""

    section = forms.TypedChoiceField(
        label=_("What it belongs to"),
        coerce=int,
        error_messages={"required": _("Choose what it belongs to.")},
    )
    title = forms.CharField(
        label=_("What do you propose?"),
        max_length=rules.LONGEST_PROPOSAL_TITLE,
        help_text=_("One sentence; neighbours read it without your name."),
        error_messages={"required": _("Say in a sentence what you propose.")},
    )
    text = words_field(_("More about it"), most=rules.LONGEST_PROPOSAL, rows=4)

    def __init__(self, *args: Any, sections: Sequence[Section] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sections:
            chosen = [(each.number, each.title) for each in sections]
            self.fields["section"].choices = chosen  # type: ignore[attr-defined]
        else:
            del self.fields["section"]


class CommentForm(StanceForm):
    """What somebody says to a proposal."""

    text = said_field(missing=_("Write a sentence or two."))


class ReplyForm(forms.Form):
    """An official reply, and what is decided with it."""

    verdict = forms.TypedChoiceField(
        label=_("What the community says"), coerce=Verdict, choices=VERDICTS, widget=forms.RadioSelect
    )
    text = words_field(
        _("The reply, with the reason"),
        most=rules.LONGEST_REPLY,
        rows=5,
        missing=_("Write the reply; everybody reads it."),
        help_text=_("Everybody reads it; who raised and supported the proposal is told."),
    )

    def __init__(self, *args: Any, state: ProposalState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = [
            (verdict, label)
            for verdict, label in VERDICTS
            if verdict is Verdict.WORD or rules.may_become(state, rules.state_after(state, verdict))
        ]
        self.fields["verdict"].choices = possible  # type: ignore[attr-defined]
        self.fields["verdict"].initial = Verdict.WORD


class MergeForm(forms.Form):
    """Into which proposal another is merged."""

    into = forms.TypedChoiceField(
        label=_("Into which proposal"), coerce=UUID, error_messages={"required": _("Choose a proposal.")}
    )

    def __init__(self, *args: Any, targets: Iterable[Proposal] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = choices_of(((each.pk, each.title) for each in targets), empty="—")
        self.fields["into"].choices = offered  # type: ignore[attr-defined]
