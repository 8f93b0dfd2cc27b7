"""Paging: by counted pages for people, by a cursor for other systems."""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from linli.kernel.decision import UNPROCESSABLE, Refused

PER_PAGE = 30
CURSOR = "linli.cursor"


@dataclass(frozen=True)
class Page:
    """Some rows, whether more follow, and the query strings of the neighbouring pages."""

    rows: list[Any]
    number: int
    has_next: bool
    query: str

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def next_url(self) -> str:
        return f"?{self.query}page={self.number + 1}"

    @property
    def previous_url(self) -> str:
        return f"?{self.query}page={self.number - 1}"


def page_of(request: HttpRequest, rows: QuerySet[Any], per_page: int = PER_PAGE) -> Page:
    """The page the request asks for. Never counts all rows: it reads one more than it shows."""
    asked = request.GET.get("page", "1")
    number = max(1, min(int(asked), 10_000)) if asked.isdecimal() and len(asked) < 6 else 1
    found = list(rows[(number - 1) * per_page : number * per_page + 1])
    kept = request.GET.copy()
    kept.pop("page", None)
    query = kept.urlencode()
    return Page(found[:per_page], number, len(found) > per_page, f"{query}&" if query else "")


@dataclass(frozen=True)
class Order:
    """What a list is walked by: a field and a second one that no two rows share; both up or both down."""

    field: str
    unique: str
    descending: bool = False

    @property
    def names(self) -> tuple[str, str]:
        """As `order_by` takes them."""
        sign = "-" if self.descending else ""
        return f"{sign}{self.field}", f"{sign}{self.unique}"

    def after(self, field: Any, unique: Any) -> Q:
        """The rows that come after the one with these values; the first half lets an index be used."""
        way = "lt" if self.descending else "gt"
        beyond = Q(**{f"{self.field}__{way}": field}) | Q(**{f"{self.unique}__{way}": unique})
        return Q(**{f"{self.field}__{way}e": field}) & beyond


@dataclass(frozen=True)
class Stretch:
    """Some rows, and the cursor to go on from; None where nothing follows."""

    rows: list[Any]
    next_cursor: str | None


def stretch_of(rows: QuerySet[Any], order: Order, *, cursor: str, size: int) -> Stretch:
    """The rows after a cursor ("" for the first). It names a row, not a number: what is added or taken away
    meanwhile neither repeats a row nor leaves one out.

    Raises `Refused` (422) for a cursor that is not ours.
    """
    if cursor:
        try:
            field, unique = signing.loads(cursor, salt=CURSOR)
        except (signing.BadSignature, ValueError, UnicodeError) as wrong:
            raise Refused(
                "This cursor is not one that was given here. Begin without one.", status=UNPROCESSABLE
            ) from wrong
        rows = rows.filter(order.after(field, unique))
    found = list(rows.order_by(*order.names)[: size + 1])
    if len(found) <= size:
        return Stretch(found, None)
    last = found[size - 1]
    field, unique = getattr(last, order.field), getattr(last, order.unique)
    kept = [field.isoformat() if hasattr(field, "isoformat") else field, str(unique)]
    return Stretch(found[:size], signing.dumps(kept, salt=CURSOR))
