"""A register book opened again: what it says, and that nothing in it runs."""

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from linli.frame.exports import Column, workbook, xlsx_response


def opened(*rows, title="事项台账", filters="紫轩社区，本月", columns=("编号", "标题")):
    content = workbook(title=title, filters=filters, columns=[Column(name) for name in columns], rows=rows)
    return load_workbook(BytesIO(content)).active


def test_a_book_has_a_title_the_filters_a_header_and_the_rows():
    sheet = opened(("ZX-2026-000001", "楼道灯不亮"), ("ZX-2026-000002", "夜间停车"))
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["事项台账", None],
        ["紫轩社区，本月", None],
        ["编号", "标题"],
        ["ZX-2026-000001", "楼道灯不亮"],
        ["ZX-2026-000002", "夜间停车"],
    ]
    assert sheet.title == "事项台账"
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:B5"


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x","看")', "+86 138", "-3", "@SUM(A1)", "=cmd|' /C calc'!A0"]
)
def test_a_text_that_looks_like_a_formula_stays_a_text(text):
    content = workbook(title=text, filters=text, columns=[Column(text)], rows=[(text,)])
    sheet = load_workbook(BytesIO(content)).active
    for row in range(1, 5):
        cell = sheet.cell(row, 1)
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    xml = zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml


def test_moments_are_shown_in_shanghai_time_and_days_as_days():
    sheet = opened((datetime(2026, 1, 31, 16, 30, 5, 7, tzinfo=UTC), date(2026, 2, 1)))
    moment, day = sheet["A4"], sheet["B4"]
    assert moment.value.isoformat() == "2026-02-01T00:30:05"
    assert (moment.number_format, day.number_format) == ("yyyy-mm-dd hh:mm", "yyyy-mm-dd")
    assert day.value.date() == date(2026, 2, 1)


def test_a_moment_without_a_zone_is_a_mistake():
    with pytest.raises(ValueError, match="time zone"):
        opened((datetime(2026, 1, 31, 16, 30),))  # noqa: DTZ001 — the mistake under test


def test_numbers_stay_numbers_and_nothing_stays_empty():
    with override("en"):
        sheet = opened((3, None), (True, False))
    assert [sheet["A4"].value, sheet["B4"].value] == [3, None]
    assert [sheet["A5"].value, sheet["B5"].value] == ["yes", "no"]


def test_characters_the_format_forbids_and_endless_texts_do_not_break_the_book():
    sheet = opened(("a\x00b\x0bc", "字" * 40_000), title="一/二:三*[四]" + "五" * 40)
    assert sheet["A4"].value == "abc"
    assert len(sheet["B4"].value) == 32_767
    assert len(sheet.title) == 31
    assert not set(sheet.title) & set("[]:*?/\\")


def test_a_book_without_rows_still_says_what_was_asked_for():
    sheet = opened()
    assert sheet["A2"].value == "紫轩社区，本月"
    assert sheet.auto_filter.ref == "A3:B3"


def test_a_book_is_saved_and_never_cached():
    response = xlsx_response(b"PK", "事项台账")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E4%BA%8B")
    assert response["Cache-Control"] == "private, no-store"
