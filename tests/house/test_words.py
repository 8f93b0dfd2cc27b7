"""Words: where Chinese may stand in code, and words no file of ours may hold."""

import ast
import re
from collections.abc import Mapping

import pytest

from tests.house.reading import PACKAGE, ROOT, Module, docstrings, expect_none, modules, sample

CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")

# Where Chinese in a Python literal is data and not a text to translate, and why. A final / means a folder.
CHINESE_IS_DATA: Mapping[str, str] = {
    "linli/kernel/": "surnames, masks and numerals are facts of the language",
    "linli/practices/": "practices are written in both languages side by side",
    "linli/matters/procedures/": "the words every procedure shares, in both languages side by side",
    "linli/matters/triage/": "the word list and what it looks for in what residents write",
    "linli/matters/api/": "examples of what other systems send and are told",
    "linli/places/api.py": "the same",
    "linli/founding/rules/": "what buildings, entrances and homes are called where addresses are read",
    "linli/site/demo/": "generated names, homes and matters of the demo",
    "linli/frame/templatetags/linli.py": "each language is named in itself",
    "linli/people/forms.py": "each language is named in itself",
    "linli/frame/templatetags/catalogue.py": "what the component catalogue fills its samples with",
    "linli/site/cli.py": "five headings on a terminal, in three languages side by side",
    "linli/site/doctor.py": "asks the database how it sorts and matches Chinese",
}

# Words that promise what is not there, or speak to the builders and not to the reader.
BANNED = re.compile(r"\b(TODO|FIXME|XXX|HACK|coming soon|lorem ipsum)\b|敬请期待|即将上线", re.IGNORECASE)


def chinese_literals(module: Module) -> list[str]:
    """Chinese texts in code that the translations should hold."""
    if module.path.startswith(tuple(CHINESE_IS_DATA)):
        return []
    tree = module.tree
    skipped = docstrings(tree)
    return [
        f"{module.path}:{node.lineno} {node.value[:30]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in skipped
        and CHINESE.search(node.value)
    ]


def banned_words(path: str, text: str) -> list[str]:
    """Unfinished business."""
    return [f"{path}: {match[0]}" for match in BANNED.finditer(text)]


def test_chinese_stands_in_the_translations() -> None:
    expect_none([fault for module in modules() for fault in chinese_literals(module)])


def test_every_exemption_is_needed() -> None:
    expect_none([path for path in CHINESE_IS_DATA if not (ROOT / path).exists()])


def test_nothing_is_left_for_later() -> None:
    files = [
        path
        for ending in ("py", "html", "md", "yaml", "css", "js", "po")
        for path in PACKAGE.rglob(f"*.{ending}")
    ]
    files += [
        path
        for folder in ("docs", "scripts", "frontend")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    ]
    readable = [
        path for path in files if path.suffix not in (".png", ".woff2", ".ttf") and "static" not in path.parts
    ]
    found = []
    for path in readable:
        found += banned_words(
            path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8", errors="replace")
        )
    expect_none(found)


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ('title = "我的事项"\n', "linli/matters/web.py"),
        ('def f():\n    """A page."""\n    return f"第 {n} 页"\n', "linli/frame/paging.py"),
    ],
)
def test_a_chinese_literal_is_seen(source: str, path: str) -> None:
    assert chinese_literals(sample(source, path))


def test_chinese_in_words_about_the_code_is_welcome() -> None:
    source = '"""工单 is one unit\'s share."""\n\nX = 1\n"""派单异议"""\n# 催办\n'
    assert chinese_literals(sample(source, "linli/matters/kinds.py")) == []


@pytest.mark.parametrize("text", ["# TODO later", "<p>Coming soon</p>", "敬请期待"])
def test_a_banned_word_is_seen(text: str) -> None:
    assert banned_words("x", text)
