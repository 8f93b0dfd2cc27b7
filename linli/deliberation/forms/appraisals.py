"""Forms of appraisals: opening one, putting somebody forward, agreeing, objecting and answering."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.deliberation.actions.nominations import Words
from linli.deliberation.forms.fields import (
    AtPlaceForm,
    about_field,
    choices_of,
    refuse_for,
    title_field,
    words_field,
)
from linli.deliberation.kinds import Honours, TieRule
from linli.deliberation.rules import appraisals as rules
from linli.deliberation.rules.appraisals import Days, Weights
from linli.deliberation.rules.opening import LONGEST_TITLE
from linli.documents.rules import MOST_BYTES
from linli.frame.inputs import Day
from linli.frame.photos import PhotosField, as_sent
from linli.kernel.clock import today

USUAL_NOMINATING = timedelta(days=14)
USUAL_ASKING = timedelta(days=5)
USUAL_CHOOSING = timedelta(days=7)
USUAL_POSTED = 7

HONOURS = [
    (Honours.PERSON, _("A person: a kind neighbour, a daughter-in-law")),
    (Honours.HOUSEHOLD, _("A household")),
    (Honours.THING, _("A thing: a balcony, a stairway, a garden")),
]
TIES = [
    (TieRule.SHARED, _("Both are honoured")),
    (TieRule.RESIDENTS, _("Whom more residents chose; both if they are still level")),
    (TieRule.JURY, _("Who has more points of the jury; both if they are still level")),
]


class OpenForm(AtPlaceForm):
    """An appraisal to open: what is honoured where, what counts, its rule and its days."""

    place = forms.TypedChoiceField(
        label=_("Where it is held"), coerce=UUID, error_messages={"required": _("Choose a place.")}
    )
    title = title_field(help_text=_("“Kind neighbours of 2026”, “The finest balcony”."))
    honours = forms.TypedChoiceField(
        label=_("What is honoured"), coerce=Honours, choices=HONOURS, widget=forms.RadioSelect
    )
    about = about_field()
    criteria = forms.CharField(
        label=_("What counts, one to a line"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The jury gives 0 to 10 points for each line."),
        error_messages={"required": _("Say in words what counts, one to a line.")},
    )
    seats = forms.IntegerField(
        label=_("How many are honoured"), min_value=1, max_value=rules.MOST_HONOURED, initial=10
    )
    choices = forms.IntegerField(
        label=_("How many each resident may choose"), min_value=1, max_value=rules.MOST_CHOICES, initial=3
    )
    weight_jury = forms.IntegerField(
        label=_("Weight of the jury"), min_value=0, max_value=rules.HEAVIEST, initial=4
    )
    weight_residents = forms.IntegerField(
        label=_("Weight of the residents"),
        min_value=0,
        max_value=rules.HEAVIEST,
        initial=6,
        help_text=_("4 and 6: the jury counts four parts of ten. 0 leaves a side out."),
    )
    tie = forms.TypedChoiceField(
        label=_("When two are level at the last place"),
        coerce=TieRule,
        choices=TIES,
        widget=forms.RadioSelect,
        initial=TieRule.SHARED,
    )
    self_allowed = forms.BooleanField(label=_("People may put themselves forward"), required=False)
    nominate_until = Day(label=_("Last day to put somebody forward"), help_text=_("That day included."))
    choose_from = Day(
        label=_("First day to choose"), help_text=_("The days between are for asking those put forward.")
    )
    choose_until = Day(label=_("Last day to choose"), help_text=_("That day included."))
    posted_days = forms.IntegerField(
        label=_("Days the result is posted"),
        min_value=rules.LEAST_POSTED,
        max_value=rules.LONGEST_POSTED,
        initial=USUAL_POSTED,
        help_text=_("Five at least. The day it goes up is not counted."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = today() + USUAL_NOMINATING
        first = last + USUAL_ASKING
        self.fields["nominate_until"].initial = last
        self.fields["choose_from"].initial = first
        self.fields["choose_until"].initial = first + USUAL_CHOOSING

    def clean_criteria(self) -> list[str]:
        criteria = rules.criteria_of(self.cleaned_data["criteria"])
        refuse_for(rules.fault_of_criteria(criteria))
        return criteria

    def days(self) -> Days:
        """The timetable as it was typed."""
        kept = self.cleaned_data
        return Days(kept["nominate_until"], kept["choose_from"], kept["choose_until"], kept["posted_days"])

    def weights(self) -> Weights:
        """The weights as they were typed."""
        return Weights(self.cleaned_data["weight_jury"], self.cleaned_data["weight_residents"])

    def clean(self) -> dict[str, Any] | None:
        if not {"nominate_until", "choose_from", "choose_until", "posted_days"} & self.errors.keys():
            fault = rules.fault_of_days(self.days(), today())
            if fault:
                self.add_error("choose_from", _now(fault))
        if not {"weight_jury", "weight_residents"} & self.errors.keys():
            fault = rules.fault_of_weights(self.weights())
            if fault:
                self.add_error("weight_residents", _now(fault))
        return self.cleaned_data


class NominateForm(forms.Form):
    """Somebody to put forward: who, why, photos."""

    named = forms.CharField(
        label=_("Who is meant, and where do they live?"),
        max_length=rules.LONGEST_NAMED,
        help_text=_("The community finds them by this and asks them."),
        error_messages={"required": _("Say who is meant: the name, and where they live.")},
    )
    thing = forms.CharField(
        label=_("What is it?"),
        required=False,
        max_length=LONGEST_TITLE,
        help_text=_("“The balcony with the roses”"),
    )
    reason = words_field(
        _("Why?"),
        missing=_("Say in a few words why."),
        help_text=_("They read this before they agree; later those who choose read it."),
    )
    photos = PhotosField(most=rules.MOST_PHOTOS, label=_("Photos"))

    def __init__(self, *args: Any, honours: str = Honours.PERSON.value, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if honours != Honours.THING.value:
            del self.fields["thing"]

    def words(self, named: str) -> Words:
        """What was written and sent about whoever is `named`."""
        kept = self.cleaned_data
        photos = as_sent(kept["photos"], most_bytes=MOST_BYTES)
        return Words(named, kept["reason"], kept.get("thing", ""), photos)


class ConsentForm(forms.Form):
    """What may be shown of somebody who agrees."""

    full_name = forms.BooleanField(
        label=_("My name may be shown in full"),
        required=False,
        help_text=_("Otherwise the family name and stars."),
    )
    with_photos = forms.BooleanField(
        label=_("The photos may be shown"),
        required=False,
        help_text=_("Otherwise they are deleted now."),
    )


class SelfForm(NominateForm):
    """Putting oneself forward: who does agrees by it."""

    full_name = ConsentForm.base_fields["full_name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["named"]
        self.fields["reason"].help_text = _("Those who choose read it.")


class EnterForm(NominateForm):
    """A resident found by the desk, put forward by it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["named"]


class DoubtForm(forms.Form):
    """What somebody objects to."""

    words = words_field(
        _("What do you object to?"),
        missing=_("Say in a few words what you object to."),
        help_text=_("Only staff read this. Somebody answers who did not put them forward."),
    )


class AnswerForm(forms.Form):
    """The answer to an objection."""

    words = words_field(
        _("The answer"),
        missing=_("Say why in a few words; people read it."),
        help_text=_("Who objected reads it; if the objection is right, whom it is about reads it too."),
    )


class JurorForm(forms.Form):
    """A post whose holder judges."""

    post = forms.TypedChoiceField(
        label=_("Somebody by their post"), coerce=UUID, error_messages={"required": _("Choose a post.")}
    )

    def __init__(self, *args: Any, posts: Iterable[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = choices_of(posts)  # type: ignore[attr-defined]
