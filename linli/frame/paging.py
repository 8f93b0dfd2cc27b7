"""Paging by counted pages, in one shape for every list."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 30


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
