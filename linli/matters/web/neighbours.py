"""Neighbours' comments as others read them: the building and the surname, never a whole name."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.kernel.names import mask_name, surname
from linli.matters import wording
from linli.matters.kinds import Stance
from linli.matters.read import resident
from linli.people.kinds import Sex

STANCE_TONES = {Stance.SUPPORT.value: "go", Stance.OPPOSE.value: "soon"}


def spoken(matter: Any) -> list[dict[str, Any]]:
    """Every comment on a matter: who, what they think of it, their words, when."""
    rows = resident.comments(matter)
    people = resident.speakers(row.person_id for row in rows)
    return [
        {
            "who": _who(people.get(row.person_id)) if row.person_id else _("A neighbour"),
            "stance": wording.STANCE_LABELS.get(row.stance, ""),
            "tone": STANCE_TONES.get(row.stance, "plain"),
            "text": row.text,
            "at": row.at,
        }
        for row in rows
    ]


def _who(speaker: resident.Speaker | None) -> str:
    if speaker is None:
        return _("A neighbour")
    return " ".join(part for part in (speaker.building, _greeting(speaker)) if part)


def _greeting(speaker: resident.Speaker) -> str:
    family = surname(speaker.name)
    if len(speaker.name) <= 1:  # a name of one character would be told whole
        return _("a neighbour")
    if not family:
        return mask_name(speaker.name)
    if speaker.sex == Sex.MALE:
        return pgettext("greeting", "Mr %(name)s") % {"name": family}
    if speaker.sex == Sex.FEMALE:
        return pgettext("greeting", "Ms %(name)s") % {"name": family}
    return mask_name(speaker.name)
