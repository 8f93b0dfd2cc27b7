"""Saying meetings: kinds, states and shares in words."""

from typing import Any

from django import template

from linli.gatherings import wording
from linli.gatherings.kinds import VOTING

register = template.Library()


@register.filter
def kind_words(row: Any) -> Any:
    """What sort of meeting it is."""
    return wording.kind_label(row)


@register.filter
def where_words(row: Any) -> str:
    """Where a meeting is held."""
    return wording.where(row)


@register.filter
def body_kind(code: str) -> Any:
    """What a kind of body is called."""
    return wording.BODY_LABELS[code]


@register.filter
def meeting_state(state: str) -> Any:
    """What a meeting's state is called."""
    return wording.STATE_LABELS[state][1]


@register.filter
def meeting_tone(state: str) -> str:
    """The colour of a meeting's state."""
    return wording.STATE_LABELS[state][0]


@register.filter
def role_words(role: str) -> Any:
    """What somebody is to a body."""
    return wording.ROLE_LABELS[role]


@register.filter
def votes(role: str) -> bool:
    """Whether the role is counted."""
    return role in VOTING


@register.filter
def way_words(way: str) -> Any:
    """How somebody is present."""
    return wording.WAY_LABELS[way]


@register.filter
def share_words(share: str) -> Any:
    """What a quorum is called."""
    return wording.SHARE_LABELS[share]


@register.filter
def counted_words(counted: str) -> Any:
    """Whom an assembly counts."""
    return wording.COUNTED_LABELS[counted]


@register.filter
def resolved_words(asks: str) -> Any:
    """What a resolution is called that was carried."""
    return wording.RESOLVED_LABELS[asks]


@register.filter
def finding_words(finding: str) -> Any:
    """What an appraisal found."""
    return wording.FINDING_LABELS[finding][1]


@register.filter
def finding_tone(finding: str) -> str:
    """The colour of what an appraisal found."""
    return wording.FINDING_LABELS[finding][0]


@register.filter
def duty_words(kind: str) -> Any:
    """What has to follow an election."""
    return wording.DUTY_LABELS[kind]


@register.filter
def paper_words(paper: str) -> Any:
    """A paper that is handed in with a filing."""
    return wording.PAPER_LABELS[paper]


@register.filter
def called_words(called_by: str) -> Any:
    """Who asked for the meeting."""
    return wording.CALLED_LABELS[called_by]


@register.filter
def result_words(result: str) -> Any:
    """What became of a resolution."""
    return wording.RESULT_LABELS[result][1]


@register.filter
def result_tone(result: str) -> str:
    """The colour of what became of it."""
    return wording.RESULT_LABELS[result][0]


@register.filter
def posting_words(kind: str) -> Any:
    """What a posting is."""
    return wording.POSTING_LABELS[kind]


@register.filter
def posting_standing(row: Any) -> Any:
    """How something on the board stands today."""
    return wording.standing(row)


@register.filter
def class_words(row: Any) -> str:
    """What a class of affairs is called."""
    return wording.class_title(row)
