"""Components keep the security policy and show what they are given as text."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import engines
from django.template.loader import get_template
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from linli.frame.templatetags import assets, linli
from linli.frame.templatetags.icons import SHAPES

FRAME = Path(assets.__file__).resolve().parents[1]
TEMPLATES = sorted(
    [*FRAME.glob("templates/**/*.html"), *(FRAME.parent / "site" / "templates").glob("components/*.html")]
)
INLINE = re.compile(r"""\sstyle\s*=|<style[\s>]|\son[a-z]+\s*=\s*["']|<script(?![^>]*\ssrc=)|javascript:""")

EVIL = '"><img src=x onerror=alert(1)>'


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def draw(source: str, **context: object) -> str:
    """A component's markup, as a page that holds it would send it."""
    return str(engines["django"].from_string(CottonCompiler().process(source)).render(context))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_nothing_inline(path: Path) -> None:
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if path.parent.name == "cotton"], ids=lambda path: path.stem
)
def test_every_component_compiles(path: Path) -> None:
    get_template(f"cotton/{path.name}")


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if path.parent.name == "cotton"], ids=lambda path: path.stem
)
def test_icons_named_in_templates_exist(path: Path) -> None:
    named = set(re.findall(r'icon_shape "([\w-]+)"', path.read_text(encoding="utf-8")))
    assert named <= set(SHAPES)


@pytest.mark.parametrize(
    "source",
    [
        '<c-button title="{{ evil }}">x</c-button>',
        '<c-button :title="evil">x</c-button>',
        '<c-button href="{{ evil }}">x</c-button>',
        '<c-card title="{{ evil }}">x</c-card>',
        '<c-card :title="evil" :data-x="evil">x</c-card>',
        '<c-copy text="{{ evil }}" />',
        '<c-copy :text="evil" />',
        '<c-textarea name="t" label="l" value="{{ evil }}" />',
        '<c-field name="t" label="{{ evil }}" value="{{ evil }}" error="{{ evil }}" :placeholder="evil" />',
        '<c-track :stations="stations" />',
        '<c-facts :items="facts" />',
        '<c-table :columns="columns" :rows="rows" />',
        '<c-desk-item href="/" title="{{ evil }}" select-value="1" />',
        '<c-refusal reason="{{ evil }}" />',
        '<c-bar label="{{ evil }}" :value="1" :whole="2" />',
    ],
)
def test_what_people_type_stays_text(source: str) -> None:
    shown = draw(
        source,
        evil=EVIL,
        stations=[{"label": EVIL, "state": "now", "text": EVIL, "official": {"by": EVIL, "text": EVIL}}],
        facts=[{"label": EVIL, "value": EVIL, "url": EVIL}],
        columns=[EVIL, EVIL],
        rows=[[EVIL, {"text": EVIL, "url": EVIL}]],
    )
    assert "<img" not in shown
    assert not re.search(r'="[^"<>]*"><img', shown)
    assert "&lt;img" in shown


def test_a_page_attribute_does_not_leak_into_a_component() -> None:
    assert "outside" not in draw(
        "<c-chip>in</c-chip><c-card>in</c-card>",
        title="outside",
        tone="outside",
        href="outside",
        class_="outside",
    )


def test_flags_and_rest_attributes() -> None:
    shown = draw('<c-button :disabled="False" :hx-confirm="None" hx-get="/x/" block>go</c-button>')
    assert 'hx-get="/x/"' in shown
    assert "btn-block" in shown
    assert "disabled" not in shown
    assert "hx-confirm" not in shown


def test_a_disabled_link_becomes_a_button_that_cannot_be_pressed() -> None:
    assert "<a " not in draw('<c-button href="/x/" disabled>go</c-button>')


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (1, 2, "50.0"),
        (0, 5, "0.0"),
        (5, 0, ""),
        (None, 3, ""),
        ("x", 3, ""),
        (1086.4, 1208, "89.9"),
        (3, 2, "150.0"),
    ],
)
def test_share(part: object, whole: object, expected: str) -> None:
    assert linli.share(part, whole) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [(1086, "1\u202f086"), (12, "12"), (1086.4, "1\u202f086.40"), ("12 homes", "12 homes"), (True, "True")],
)
def test_numbers_are_grouped(given: object, expected: str) -> None:
    assert linli.grouped(given) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"), [(18, 18), (19, 20), (30, 30), (99, 30), (1, 18), (None, 22), ("x", 22)]
)
def test_an_elders_text_size_is_one_of_those_offered(wanted: object, expected: int) -> None:
    assert linli.elder_size(wanted) == expected


def test_each_form_gets_its_own_idempotency_key() -> None:
    assert linli.idempotency_key() != linli.idempotency_key()


def test_a_missing_build_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="make build"):
        assets.manifest_path(None, tmp_path)
    with pytest.raises(ImproperlyConfigured, match="make build"):
        assets.manifest_path(None, None)


def test_an_unknown_entry_says_so(built: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"no other\.css"):
        assets.asset("other.css")
