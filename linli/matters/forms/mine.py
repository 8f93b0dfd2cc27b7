"""What a raiser says later: one more word, a nudge, a judgement; and what neighbours say."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.matters.forms.words import MOST_SHORT, WordsField
from linli.matters.kinds import Stance

MOST_JUDGED = 1000
MOST_COMMENT = 500
YES, NO = "yes", "no"
STANCE_LABELS = (
    (Stance.SUPPORT.value, _("For it")),
    (Stance.OPPOSE.value, _("Against it")),
    (Stance.SUGGEST.value, _("I suggest")),
)


class SupplementForm(forms.Form):
    """补充一句."""

    text = WordsField(label=_("What would you like to add?"))


class UrgeForm(forms.Form):
    """催一下; words are welcome, not asked for."""

    text = WordsField(
        max_length=MOST_SHORT,
        required=False,
        label=_("A word along with it"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReopenForm(forms.Form):
    """没解决: what is still wrong."""

    text = WordsField(
        label=_("What is still not solved?"),
        error_messages={"required": _("Please say what is still not solved: it tells them where to start.")},
    )


class EvaluateForm(forms.Form):
    """Solved or not, five levels, and words."""

    solved = forms.ChoiceField(
        choices=((YES, _("Solved")), (NO, _("Not solved"))),
        widget=forms.RadioSelect,
        label=_("Is it solved?"),
        error_messages={
            "required": _("Please say whether it is solved."),
            "invalid_choice": _("Please say whether it is solved."),
        },
    )
    level = forms.TypedChoiceField(
        choices=[(str(level), str(level)) for level in range(5, 0, -1)],
        coerce=int,
        error_messages={
            "required": _("Please choose one of the five levels."),
            "invalid_choice": _("Please choose one of the five levels."),
        },
    )
    text = WordsField(
        max_length=MOST_JUDGED,
        required=False,
        label=_("Anything else to say?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FollowUpForm(forms.Form):
    """追评: one more comment, later."""

    text = WordsField(
        max_length=MOST_JUDGED,
        label=_("How is it some days later?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CommentForm(forms.Form):
    """What a neighbour thinks of it."""

    stance = forms.ChoiceField(
        choices=STANCE_LABELS,
        widget=forms.RadioSelect,
        label=_("What do you think?"),
        error_messages={
            "required": _("Please choose one of these."),
            "invalid_choice": _("Please choose one of these."),
        },
    )
    text = WordsField(
        max_length=MOST_COMMENT, label=_("Say it in a sentence"), widget=forms.Textarea(attrs={"rows": 3})
    )
