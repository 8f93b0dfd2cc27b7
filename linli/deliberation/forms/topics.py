"""Forms of topics: opening one, proposals and comments, official replies, merging, more days."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.deliberation.kinds import ProposalState, Stance, Verdict
from linli.deliberation.models import Proposal, Section
from linli.deliberation.rules import topics as rules
from linli.deliberation.rules.opening import LONGEST_ABOUT, LONGEST_TITLE, fault_of_days
from linli.kernel.clock import today

USUAL_RUN = timedelta(days=30)
USUAL_SUPPORTERS = 10
USUAL_WORKDAYS = 10

STANCES = [(Stance.FOR, _("In favour")), (Stance.AGAINST, _("Against")), (Stance.IDEA, _("I have an idea"))]
VERDICTS = [
    (Verdict.WORD, _("A word on how it stands")),
    (Verdict.TAKEN, _("We take it up")),
    (Verdict.DECLINED, _("We do not take it up")),
]


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


class DaysForm(forms.Form):
    """What every topic begins with: where, what about, its first and last day."""

    place = forms.TypedChoiceField(
        label=_("Residents of which place"),
        coerce=UUID,
        help_text=_("Everybody who lives, is registered or owns a home there."),
        error_messages={"required": _("Choose who is asked.")},
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Give it a title.")},
    )
    about = forms.CharField(
        label=_("What people should know beforehand"),
        required=False,
        max_length=LONGEST_ABOUT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    starts = _day(_("First day"))
    ends = _day(_("Last day"), help_text=_("That day included."))

    def __init__(self, *args: Any, places: Iterable[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (str(place_id), label) for place_id, label in places
        ]
        self.fields["starts"].initial = today()
        self.fields["ends"].initial = today() + USUAL_RUN

    def clean(self) -> dict[str, Any] | None:
        kept = self.cleaned_data
        if "starts" in kept and "ends" in kept:
            fault = fault_of_days(kept["starts"], kept["ends"], today(), rules.RUN)
            if fault:
                self.add_error("ends", _now(fault))
        return kept


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
        fault = rules.fault_of_sections(names)
        if fault:
            raise forms.ValidationError(_now(fault))
        return names


class ExtendForm(forms.Form):
    """Another last day."""

    ends = _day(_("New last day"), help_text=_("That day included."))


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
    text = forms.CharField(
        label=_("More about it"),
        required=False,
        max_length=rules.LONGEST_PROPOSAL,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, sections: Sequence[Section] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sections:
            chosen = [(each.number, each.title) for each in sections]
            self.fields["section"].choices = chosen  # type: ignore[attr-defined]
        else:
            del self.fields["section"]


class CommentForm(forms.Form):
    """For, against, or an idea."""

    stance = forms.TypedChoiceField(
        label=_("How do you see it?"),
        coerce=Stance,
        choices=STANCES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for, against or an idea.")},
    )
    text = forms.CharField(
        label=_("In your words"),
        max_length=rules.LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Neighbours read this without your name."),
        error_messages={"required": _("Write a sentence or two.")},
    )


class ReplyForm(forms.Form):
    """An official reply, and what is decided with it."""

    verdict = forms.TypedChoiceField(
        label=_("What the community says"), coerce=Verdict, choices=VERDICTS, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("The reply, with the reason"),
        max_length=rules.LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Everybody reads it; who raised and supported the proposal is told."),
        error_messages={"required": _("Write the reply; everybody reads it.")},
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
        self.fields["into"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((str(each.pk), each.title) for each in targets),
        ]
