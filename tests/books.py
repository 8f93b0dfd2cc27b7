"""Books of lists, read again: what stands in an XLSX a page answered with."""

from html import unescape
from io import BytesIO

from django.http import HttpResponse
from openpyxl import load_workbook

NOT_YOURS = "Your post does not include exporting lists of this place."


def sheet(response: HttpResponse) -> list[tuple[object, ...]]:
    """The rows: the title, the filters, the headings, then what was listed."""
    assert response.status_code == 200, unescape(response.content.decode("utf-8", "replace"))[-1500:]
    return list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))


def cells(response: HttpResponse) -> str:
    """Everything in the book as one text."""
    return " ".join(str(cell) for row in sheet(response) for cell in row if cell is not None)


def refused(response: HttpResponse) -> bool:
    """Whether the list stayed in the house, and the page says why."""
    return response.status_code == 403 and NOT_YOURS in unescape(response.content.decode())
