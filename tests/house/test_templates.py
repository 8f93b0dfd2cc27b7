"""Templates: nothing the security policy refuses, nothing untranslated, two template packages at peace."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template import engines
from django.template.base import Lexer, TokenType
from django.test import override_settings
from django.utils.translation import override

from tests.environment import ROOT
from tests.house.reading import expect_none, templates

INLINE = re.compile(r"<[^>]*?\s(style|on[a-z]+)\s*=\s*[\"']", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.IGNORECASE | re.DOTALL)
DATA_SCRIPT = re.compile(r"type=[\"']application/(ld\+)?json[\"']")
MARKUP = re.compile(r"<!--.*?-->|<(script|style|svg|code|kbd)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
WORD = re.compile(r"[A-Za-z]{2,}|[\u3400-\u9fff]")
SHOWN = re.compile(
    r"(?<![\w:.-])(title|label|placeholder|alt|aria-label|aria-description|text|sub|over|help|caption|lead|foot|submit"
    r"|confirm|more-label|back-label|empty|note|reason)\s*=\s*\"(?P<text>[^\"]*)\""
)
ATTRIBUTE = re.compile(r"[\w:-]+=\"[^\"]*\"")
ENTITY = re.compile(r"&#?\w+;")
# Blocks that fill a class attribute: nobody reads them.
CLASS_BLOCKS = {"desk_focus", "body_class"}
# Pages whose words are not for residents or staff, and why.
NOT_FOR_READERS = {
    "linli/site/templates/components/catalogue.html": "names components by the tags a builder writes",
}
# Words that are the same in every language; 字 shows the size of text.
NAMES = re.compile(r"\b(Linli|QR|PDF|XLSX|CSV|URL|ID)\b|邻里|中文|繁體|English|字")


def template_free(source: str) -> str:
    """The template without its tags and without what stands inside a translation block."""
    kept, depth, unseen = [], 0, False
    for token in Lexer(source).tokenize():
        if token.token_type is TokenType.BLOCK:
            word = token.split_contents()[0]
            if word in ("blocktrans", "blocktranslate", "comment", "verbatim"):
                depth += 1
            elif word in ("endblocktrans", "endblocktranslate", "endcomment", "endverbatim"):
                depth -= 1
            elif word in ("block", "endblock"):
                unseen = word == "block" and token.split_contents()[1] in CLASS_BLOCKS
        elif token.token_type is TokenType.TEXT and depth == 0 and not unseen:
            kept.append(token.contents)
        elif token.token_type is TokenType.VAR:
            kept.append("0")
    return "".join(kept)


def inline_code(path: str, source: str) -> list[str]:
    """Styles, scripts and handlers written into the page, which the Content-Security-Policy refuses."""
    text = re.sub(r"{#.*?#}", "", source)
    wrong = [f"{path}: {match[1]}=" for match in INLINE.finditer(text)]
    for match in SCRIPT.finditer(text):
        if match["body"].strip() and not DATA_SCRIPT.search(match["attributes"]):
            wrong.append(f"{path}: inline script")
    return wrong + [f"{path}: <style>" for _ in re.finditer(r"<style\b", text)]


def untranslated(path: str, source: str) -> list[str]:
    """Words a reader would see that are in no translation."""
    if path in NOT_FOR_READERS:
        return []
    text = template_free(source)
    shown = [match["text"] for match in SHOWN.finditer(text)]
    shown += ATTRIBUTE.sub("", MARKUP.sub("\n", text)).split("\n")
    bare = (NAMES.sub("", ENTITY.sub("", part)).strip() for part in shown)
    return [f"{path}: {part[:60]}" for part in bare if WORD.search(part)]


def long_translations(path: str, source: str) -> list[str]:
    """A text over several lines must be `trimmed`, or its indentation becomes part of the msgid."""
    blocks = re.finditer(
        r"{%\s*blocktrans(?:late)?\b(?P<rest>[^%]*)%}(?P<body>.*?){%\s*endblocktrans", source, re.DOTALL
    )
    return [
        f"{path}: {m['body'].strip()[:40]}"
        for m in blocks
        if "\n" in m["body"] and "trimmed" not in m["rest"]
    ]


CHECKS = [inline_code, untranslated, long_translations]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_template(check: Callable[[str, str], list[str]]) -> None:
    expect_none([fault for path, source in templates() for fault in check(path, source)])


def test_there_are_templates_to_look_at() -> None:
    assert len(templates()) > 20


VIOLATIONS = [
    (inline_code, '<p class="a" style="color:red">0</p>'),
    (inline_code, '<button onclick="go()">0</button>'),
    (inline_code, "<script>alert(1)</script>"),
    (inline_code, "<style>p { color: red }</style>"),
    (untranslated, "<p>Hello</p>"),
    (untranslated, "<p>{{ n }} 件事</p>"),
    (untranslated, '<c-button label="Send">{% trans "Send" %}</c-button>'),
    (untranslated, '<input placeholder="写点什么">'),
    (long_translations, "{% blocktrans %}One\n  two{% endblocktrans %}"),
]

FINE = [
    '<script src="{% asset "resident.js" %}" defer></script>',
    '<script type="application/json" id="shapes">{"a": 1}</script>',
    '<p class="note" data-on="x">{% trans "Hello" %} · {{ n }} / 3</p>',
    '<c-button label="{% trans \'Send\' %}" :items="rows" href="{% url \'matters:say\' %}">1</c-button>',
    "{% blocktrans trimmed %}One\n  two{% endblocktrans %}{# a comment in words #}",
]


@pytest.mark.parametrize(("check", "source"), VIOLATIONS)
def test_a_violation_is_seen(check: Callable[[str, str], list[str]], source: str) -> None:
    assert check("x.html", source)


@pytest.mark.parametrize("source", FINE)
def test_good_templates_pass(source: str) -> None:
    expect_none([fault for check in CHECKS for fault in check("x.html", source)])


PAGE = """{% load i18n %}<main>{% partialdef row inline %}
<c-housetest label="{% trans 'Traditional Chinese' %}">{{ word }}</c-housetest>{% endpartialdef %}</main>"""
COMPONENT = '<b class="shown" title="{{ label }}">{{ slot }}</b>'


def test_a_partial_that_holds_a_component_is_drawn(tmp_path: Path, settings) -> None:
    """The two packages break each other by default; the loaders' order in the settings keeps both working."""
    (tmp_path / "cotton").mkdir()
    (tmp_path / "housetest_page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "cotton" / "housetest.html").write_text(COMPONENT, encoding="utf-8")
    [own] = settings.TEMPLATES
    with override_settings(TEMPLATES=[{**own, "DIRS": [*own["DIRS"], tmp_path]}]), override("en"):
        engine = engines["django"]
        part = engine.get_template("housetest_page.html#row").render({"word": "<二>"})
        whole = engine.get_template("housetest_page.html").render({"word": "一"})
    assert '<b class="shown" title="Traditional Chinese">&lt;二&gt;</b>' in part
    assert "<main>" not in part
    assert '<b class="shown" title="Traditional Chinese">一</b>' in whole
    assert "<main>" in whole


COMPONENTS = ROOT / "linli" / "frame" / "templates" / "cotton"
# What the catalogue cannot show by itself, and why.
NOT_IN_CATALOGUE = {
    "map": "draws the outlines of a place, which the catalogue has none of",
    "actions": "the bar at the bottom of a page",
}


def test_the_catalogue_shows_every_component() -> None:
    """By its own tag, or inside another that it shows; the frame of a page is around the catalogue itself."""
    components = {path.stem.replace("_", "-"): path for path in COMPONENTS.glob("*.html")}
    frame = [*COMPONENTS.parent.glob("base/*.html")]
    seen: set[str] = set()
    waiting = [ROOT / "linli/site/templates/components/catalogue.html", *frame]
    while waiting:
        tags = set(re.findall(r"<c-([a-z-]+)", waiting.pop().read_text(encoding="utf-8")))
        waiting += [components[tag] for tag in tags - seen if tag in components]
        seen |= tags
    assert sorted(components.keys() - seen - NOT_IN_CATALOGUE.keys()) == []
    assert sorted(NOT_IN_CATALOGUE.keys() & seen) == [], "shown after all"
