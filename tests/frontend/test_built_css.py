"""The built style sheets and scripts: what old phones cannot read is not in them, and they stay small."""

import gzip
import json
import re
from pathlib import Path

import pytest

# Newer than iOS 15.4 or Chrome 99; the build must have rewritten them or the sources avoided them.
TOO_NEW = (
    ":has(",
    "color-mix(",
    "@container",
    "oklch(",
    "oklab(",
    "inset-area",
    "position-area",
    "@scope",
    "light-dark(",
    "@starting-style",
    "@property",
    "dvh",
    "svh",
    "subgrid",
)
BUDGET = 60 * 1024  # bytes, gzip: a resident's page without its pictures


def sheets(built: Path) -> list[Path]:
    return sorted((built / "built").glob("*.css"))


def test_there_are_style_sheets(built: Path) -> None:
    assert {sheet.name.split("-")[0] for sheet in sheets(built)} >= {"base", "desk", "print", "resident"}


@pytest.mark.parametrize("feature", TOO_NEW)
def test_no_style_sheet_uses_what_old_phones_cannot_read(built: Path, feature: str) -> None:
    assert [sheet.name for sheet in sheets(built) if feature in sheet.read_text(encoding="utf-8")] == []


def test_nothing_is_nested(built: Path) -> None:
    for sheet in sheets(built):
        text = re.sub(r'"[^"]*"', '""', sheet.read_text(encoding="utf-8"))
        assert not re.search(r"&\s*[.:#\[\w>+~{]", text), f"{sheet.name} holds native nesting"


def test_style_sheets_fetch_nothing(built: Path) -> None:
    for sheet in sheets(built):
        assert "url(" not in sheet.read_text(encoding="utf-8"), f"{sheet.name} fetches a file"


def test_layers_are_kept(built: Path) -> None:
    base = next(sheet for sheet in sheets(built) if sheet.name.startswith("base"))
    text = base.read_text(encoding="utf-8")
    positions = [
        text.find(f"@layer {layer}") for layer in ("reset", "text", "layout", "shapes", "forms", "utilities")
    ]
    assert -1 not in positions
    assert positions == sorted(positions), "what comes later must win"


def test_a_residents_page_stays_small(built: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    wanted = {"css/base.css", "css/resident.css", "js/resident.js"}
    names = wanted | {part for entry in wanted for part in manifest[entry].get("imports", ())}
    names |= {"js/alpine.js"}  # only fetched by pages with x-data, counted all the same
    total = sum(len(gzip.compress((built / manifest[name]["file"]).read_bytes())) for name in names)
    assert total < BUDGET


def test_fonts_for_pdf_lie_beside_but_no_page_loads_them(built: Path) -> None:
    assert {font.name for font in (built / "fonts").glob("*.ttf")} == {
        "NotoSansSC_400Regular.ttf",
        "NotoSansSC_700Bold.ttf",
    }
    assert all("@font-face" not in sheet.read_text(encoding="utf-8") for sheet in sheets(built))
