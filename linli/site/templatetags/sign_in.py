"""What the sign-in page offers in the demo: one login of each role, to tap."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language

from linli.site.demo import logins

register = template.Library()
_known: dict[str, list[Any]] = {}
STORY = "/620201/002/006/"  # the community whose parking story the demo tells


@register.simple_tag
def demo_logins() -> list[Any]:
    """One login for each role, residents first; none outside the demo. Read once: the demo's logins stay."""
    if not settings.DEMO:
        return []
    language = get_language() or settings.LANGUAGE_CODE
    if not _known.get(language):
        first: dict[str, Any] = {}
        for login in sorted(logins(language), key=_far_from_story):
            role = login.role if login.code == "resident" else login.code
            first.setdefault(role, login)
        _known[language] = sorted(first.values(), key=lambda login: login.code != "resident")
    return _known[language]


def _far_from_story(login: Any) -> int:
    """0 in the community of the story, 1 above it, 2 elsewhere; a stable sort keeps the rest."""
    if login.path.startswith(STORY):
        return 0
    return 1 if STORY.startswith(login.path) else 2
