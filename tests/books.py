"""Books of lists, read again: what stands in an XLSX a page answered with."""

from html import unescape
from io import BytesIO

from django.http import HttpResponse
from openpyxl import load_workbook

from linli.audit.kinds import EXPORT
from linli.audit.models import Entry
from linli.organizations.models import PostKind

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


def formulas(response: HttpResponse) -> list[str]:
    """Which cells a spreadsheet would work out."""
    sheet = load_workbook(BytesIO(response.content)).active
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def nobody_exports() -> None:
    """From now on no post includes taking lists out."""
    for kind in PostKind.objects.all():
        kind.powers = [power for power in kind.powers if power != EXPORT]
        kind.save(update_fields=["powers"])


def last_taken_out() -> dict[str, object]:
    """What stands on record of the list that was taken out last."""
    entry = Entry.objects.filter(event__endswith=".exported").latest("at", "id")
    return {"place": entry.place_path, **entry.data}
