"""Conditions every list is made of: rows that hold on a day, rows that lie in somebody's places."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q


def in_force(on: date) -> Q:
    """Rows with `starts` and `ends` (end excluded) that hold on the day."""
    return Q(starts__lte=on) & (Q(ends__isnull=True) | Q(ends__gt=on))


def under(field: str, paths: Iterable[str]) -> Q:
    """Rows whose `field` lies in one of the subtrees; no row when there is none."""
    widest: list[str] = []
    for path in sorted(set(paths)):
        if not any(path.startswith(kept) for kept in widest):
            widest.append(path)
    condition = Q(pk__in=[])
    for path in widest:
        condition |= Q(**{f"{field}__startswith": path})
    return condition
