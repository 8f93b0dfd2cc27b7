"""Where a list's book is: `<c-book href="{% book 'ballots_desk:ballots_xlsx' state=state %}" />`."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from linli.audit.policies import may_export, widest_export

register = template.Library()


@register.simple_tag(takes_context=True)
def book(context: Any, name: str, *args: object, at: str = "", **filters: object) -> str:
    """The address of a book, narrowed as its list is; "" for whoever may not take it out. `at` is the path of
    the place the list is of; without it, the list goes over all places the reader exports lists of."""
    actor = context["actor"]
    if not may_export(actor, at or widest_export(actor)):
        return ""
    used = urlencode({key: value for key, value in filters.items() if value})
    address = reverse(name, args=args)
    return f"{address}?{used}" if used else address
