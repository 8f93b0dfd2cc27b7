"""The ballot by which a meeting of owners decides: its page, and where one is begun. It is another app's; the
settings name its pages."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from linli.gatherings.kinds import BodyKind
from linli.gatherings.rules.bodies import STANDINGS
from linli.kernel.references import Reference

ASSEMBLY = "gathering"  # what a ballot calls the meeting that asked for it


def ballot_page(row: Any) -> str:
    """The ballot's page for everybody; "" where none is announced yet."""
    return reverse(settings.DECIDED_BY_BALLOT["shown"], args=[row.ballot_id]) if row.ballot_id else ""


def ballot_to_begin(row: Any) -> str:
    """Where the ballot of a meeting of owners is written, or found again as a draft; "" for others."""
    if row.body is None or not STANDINGS[BodyKind(row.body.kind)].decides_by_ballot:
        return ""
    asked = {
        "asked": str(Reference(ASSEMBLY, row.pk)),
        "title": row.title,
        "rule": settings.DECIDED_BY_BALLOT["rule"],
        "place": str(row.place_id),
    }
    return f"{reverse(settings.OPENERS['ballot'])}?{urlencode(asked)}"
