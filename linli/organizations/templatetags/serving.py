"""Which units answer for a place, for pages of rooms below that may not ask for them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template

from linli.organizations import read
from linli.organizations.models import Organization
from linli.organizations.web.words import duty_label, duty_rank

register = template.Library()


@dataclass(frozen=True, slots=True)
class Unit:
    """One duty as pages show it."""

    organization: Organization
    label: str
    place_name: str


@register.simple_tag
def units_of(place: Any, on: date) -> list[Unit]:
    """Every duty served at a place, by the unit of the nearest area."""
    rows = sorted(read.units_over(place.path, on), key=lambda row: duty_rank(row.duty))
    return [Unit(row.organization, duty_label(row.duty), row.place_name) for row in rows]
