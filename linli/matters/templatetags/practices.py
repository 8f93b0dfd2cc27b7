"""Names of fields in the form of a procedure: `{{ "s"|joined:2 }}` is `s2`."""

from collections.abc import Iterable

from django import template

register = template.Library()


@register.filter
def joined(name: str, number: int) -> str:
    """A name and a number as one word."""
    return f"{name}{number}"


@register.filter
def keys(options: Iterable[tuple[str, str]]) -> list[str]:
    """The values a select offers."""
    return [value for value, _label in options]
