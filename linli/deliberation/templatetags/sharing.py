"""Differences of money: `{{ fen|size|yuan }}`."""

from django import template

register = template.Library()


@register.filter
def size(fen: int) -> int:
    """An amount without its sign."""
    return abs(int(fen))
