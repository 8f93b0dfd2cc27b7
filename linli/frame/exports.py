"""Register books 台账 as XLSX: a title, a line naming the filters, a header row and the rows.

Written row by row, so that a book of many thousand rows needs little memory.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from linli.kernel.clock import local, today

MOST_ROWS = 5_000  # of one book of a list
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # characters, the format's own limit
LONGEST_SHEET_NAME = 31
NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
HEADER_ROW = 3
MINUTES = "yyyy-mm-dd hh:mm"
DAYS = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and its width in characters."""

    heading: str
    width: int = 16


def workbook(
    *, title: str, filters: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]
) -> bytes:
    """The book as bytes. `filters` says in words which rows were asked for ("紫轩社区，本月，逾期").

    Cells may be texts (lazy ones too), numbers, dates, aware moments (shown in Shanghai time), yes/no or
    None. No text is ever taken for a formula, whatever it begins with.
    """
    book = Workbook(write_only=True)
    name = " ".join(_cleaned(title).translate(NOT_IN_SHEET_NAMES).split())[:LONGEST_SHEET_NAME]
    sheet = book.create_sheet(name or "Linli")
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    try:
        sheet.append([_cell(sheet, title, font=Font(bold=True, size=16))])
        sheet.append([_cell(sheet, filters, font=Font(color="00666666"))])
        sheet.append([_cell(sheet, column.heading, font=Font(bold=True)) for column in columns])
        last = HEADER_ROW
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
            last += 1
    except BaseException:
        _abandon(sheet)
        raise
    if columns:
        sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(columns))}{last}"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Cut:
    """The rows that go into a book, and whether the list has more than a book holds."""

    rows: list[Any]
    has_more: bool


def cut(rows: QuerySet[Any] | Sequence[Any]) -> Cut:
    """The first `MOST_ROWS` of a list."""
    found = list(rows[: MOST_ROWS + 1])
    return Cut(found[:MOST_ROWS], len(found) > MOST_ROWS)


def book_response(
    *,
    title: str,
    filters: Iterable[str],
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    has_more: bool = False,
) -> HttpResponse:
    """A list's book as a file: its filters in one line, which also says when the list has more rows."""
    named = [part for part in filters if part]
    if has_more:
        named.append(_("only the first %(count)s rows are here") % {"count": MOST_ROWS})
    book = workbook(title=title, filters="，".join(named), columns=columns, rows=rows)
    return xlsx_response(book, f"{title} {today():%Y-%m-%d}")


def xlsx_response(content: bytes, name: str) -> HttpResponse:
    """The book as a file to save, kept by no cache."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _abandon(sheet: WriteOnlyWorksheet) -> None:
    """A row that cannot be written leaves no half-written file behind in the temporary folder."""
    sheet.close()
    sheet._writer.cleanup()  # type: ignore[attr-defined]


def _cell(sheet: WriteOnlyWorksheet, value: object, font: Font | None = None) -> Any:
    kept = _value(value)
    cell = WriteOnlyCell(sheet, kept)
    if isinstance(kept, str):
        # Typed and marked as text: neither opening, editing nor saving as another format makes it a formula.
        cell.data_type = "s"
        cell.quotePrefix = kept[:1] in ("=", "+", "-", "@")
        cell.alignment = Alignment(vertical="top", wrap_text=font is None)
    elif isinstance(kept, datetime):
        cell.number_format = MINUTES
    elif isinstance(kept, date):
        cell.number_format = DAYS
    if font is not None:
        cell.font = font
    return cell


def _value(value: object) -> Any:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, datetime):
        return local(value).replace(tzinfo=None, microsecond=0)
    if isinstance(value, date):
        return value
    return _cleaned(str(value))[:LONGEST_CELL]


def _cleaned(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", text)
