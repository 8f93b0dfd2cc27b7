"""The form of a procedure being changed, read back as an outline; local limits; a file brought in.

The fields are named by step and button (`s2-title_zh`, `s2-m1-verb`), so that the form works without scripts.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.frame.inputs import Day
from linli.kernel.durations import LONGEST, Unit
from linli.matters.kinds import Urgency
from linli.matters.procedures.editing import MOST_MOVES, MOST_STEPS
from linli.matters.procedures.nodes import LONGEST_FILE
from linli.matters.procedures.outline import MoveRow, Outline, Span, StepRow, Text
from linli.matters.wording import URGENCY_SHORT_LABELS

LONGEST_WORDING = 300
UNIT_LABELS: Mapping[str, Any] = {
    Unit.HOUR: _("hours"),
    Unit.WORKDAY: _("workdays"),
    Unit.DAY: _("days"),
    Unit.MINUTE: _("minutes"),
}
LIMIT_LABELS: Mapping[str, Any] = {
    **{f"promise.{one}": (_("Answered and settled"), URGENCY_SHORT_LABELS[one]) for one in Urgency},
    **{f"contact.{one}": (_("First contact"), URGENCY_SHORT_LABELS[one]) for one in Urgency},
    "reopen": (_("May be opened again for"), ""),
    "report_in": (_("Reporting in after a whistle"), ""),
    "posting": (_("What a step posts stays up at least"), ""),
}


class Posted(Protocol):
    """What a sent form answers: one value, or all under a name."""

    def get(self, key: str, default: str, /) -> Any: ...

    def getlist(self, key: str, /) -> list[Any]: ...


def read_outline(posted: Posted, procedure: str, version: int) -> Outline:
    """The outline a form holds. Name and version are not the form's to say."""
    steps = [_step(posted, f"s{index}-") for index in range(_count(posted, "steps", MOST_STEPS))]
    return Outline(
        procedure=procedure,
        version=version,
        title=_text(posted, "title"),
        summary=_text(posted, "summary"),
        kinds=_all(posted, "kinds"),
        starts=_one(posted, "starts"),
        steps=steps,
    )


def _step(posted: Posted, at: str) -> StepRow:
    moves = [_move(posted, f"{at}m{number}-") for number in range(_count(posted, f"{at}moves", MOST_MOVES))]
    return StepRow(
        key=_one(posted, f"{at}key"),
        title=_text(posted, f"{at}title"),
        short=_text(posted, f"{at}short"),
        says=_text(posted, f"{at}says"),
        holder=_one(posted, f"{at}holder"),
        within=_span(posted, f"{at}within"),
        opens=_all(posted, f"{at}opens"),
        needs=_all(posted, f"{at}needs"),
        parties=_parties(posted, f"{at}parties"),
        moves=moves,
        remind=_span(posted, f"{at}remind"),
        urge=_span(posted, f"{at}urge"),
        escalate=_one(posted, f"{at}escalate"),
        station=bool(_one(posted, f"{at}station")),
    )


def _move(posted: Posted, at: str) -> MoveRow:
    return MoveRow(
        target=_one(posted, f"{at}target"),
        verb=_one(posted, f"{at}verb"),
        title=_text(posted, f"{at}title"),
        outcome=_one(posted, f"{at}outcome"),
    )


def _one(posted: Posted, name: str) -> str:
    return str(posted.get(name, "")).strip()[:LONGEST_WORDING]


def _all(posted: Posted, name: str) -> list[str]:
    return [str(one)[:LONGEST_WORDING] for one in posted.getlist(name)[:MOST_STEPS]]


def _parties(posted: Posted, name: str) -> list[Text]:
    """One a line, Chinese and English with a stroke between; one language will do."""
    rows = []
    for line in str(posted.get(name, "")).splitlines()[:MOST_STEPS]:
        zh, _stroke, en = (part.strip()[:LONGEST_WORDING] for part in line.partition("|"))
        if zh or en:
            rows.append(Text(zh or en, en))
    return rows


def _text(posted: Posted, name: str) -> Text:
    return Text(_one(posted, f"{name}_zh"), _one(posted, f"{name}_en"))


def _span(posted: Posted, name: str) -> Span:
    return Span(_one(posted, f"{name}_amount"), _one(posted, f"{name}_unit"))


def _count(posted: Posted, name: str, most: int) -> int:
    text = _one(posted, name)
    return min(int(text), most) if text.isascii() and text.isdigit() else 0


class UploadForm(forms.Form):
    """A procedure's file, chosen or pasted."""

    file = forms.FileField(label=_("The file"), required=False)
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        strip=False,
        max_length=LONGEST_FILE,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        file = said.get("file")
        if file is not None and file.size <= LONGEST_FILE * 4:
            said["text"] = file.read().decode("utf-8", errors="replace")
        elif file is not None:
            raise forms.ValidationError(_("This file is too large for a procedure."))
        if not said.get("text", "").strip():
            raise forms.ValidationError(_("Choose a file, or paste its text."))
        return said


class LimitForm(forms.Form):
    """One local limit from a day on."""

    key = forms.ChoiceField(label=_("Which limit"), choices=[])
    amount = forms.IntegerField(label=_("How long"), min_value=1, max_value=LONGEST)
    unit = forms.ChoiceField(label=_("Counted in"), choices=list(UNIT_LABELS.items()), initial=Unit.WORKDAY)
    starts = Day(label=_("From"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].initial = today
        self.fields["key"].choices = [  # type: ignore[attr-defined]
            (key, limit_title(key)) for key in LIMIT_LABELS
        ]

    @property
    def value(self) -> str:
        """The limit as it is stored: 5 workdays."""
        said = self.cleaned_data
        return f"{said['amount']} {said['unit']}{'' if said['amount'] == 1 else 's'}"


class ClosingForm(forms.Form):
    """The hour workdays end at, from a day on."""

    hour = forms.TimeField(
        label=_("Workday limits end at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    starts = Day(label=_("From"))


def limit_title(key: str) -> str:
    """What a local limit is called: “First contact · Safety”."""
    title, about = LIMIT_LABELS[key]
    return f"{title} · {about}" if about else str(title)
