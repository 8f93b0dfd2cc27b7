"""Heads of a place, for pages of rooms below that may not ask for them."""

from datetime import date
from typing import Any

from django import template

from linli.people import policies, read
from linli.people.read import Counts

register = template.Library()


@register.simple_tag(takes_context=True)
def heads(context: dict[str, Any], place: Any, on: date) -> Counts | None:
    """Registered, usual and households of a place on a day; nothing for who may not list its people."""
    if not policies.may_list_people(context["request"].actor, place.path):
        return None
    return read.counts(place.path, on)


@register.simple_tag(takes_context=True)
def heads_inside(context: dict[str, Any], place: Any, on: date) -> dict[str, Counts]:
    """The figures of each place directly inside, by path; none for who may not list its people."""
    if not policies.may_list_people(context["request"].actor, place.path):
        return {}
    return read.counts_by_child(place, on)


@register.filter
def at(counts: dict[str, Counts], path: str) -> Counts | None:
    """The figures of one of them."""
    return counts.get(path)
