"""Documents: every path they name is there, every picture too, and both READMEs say the same commands."""

import re

import pytest

from linli.matters.procedures.drawing import draw
from linli.matters.procedures.loader import load_folder
from linli.matters.procedures.pages import pages
from tests.house.reading import ROOT, documents, expect_none

NAMED = re.compile(r"(?<![\w./-])((?:linli|tests|docs|scripts|frontend|\.ci)/[\w./*<>-]*[\w/*>])")
LINKED = re.compile(r"\]\((?!https?:|#|mailto:)(?P<path>[^)\s#]+)")
COMMAND = re.compile(r"\bmake (demo|test|build|lock|format|messages|clean)\b")


def missing(path: str, text: str) -> list[str]:
    """Paths a document names that do not exist. `<name>` and `*` stand for any one."""
    wrong = []
    for match in NAMED.finditer(text):
        name = re.sub(r"<[^>]*>", "*", match[1]).rstrip(".")
        if "<" in name or not any(ROOT.glob(name.rstrip("/"))):
            wrong.append(f"{path}: {match[1]}")
    folder = (ROOT / path).parent
    for match in LINKED.finditer(text):
        if not (folder / match["path"]).exists():
            wrong.append(f"{path}: {match['path']}")
    return sorted(set(wrong))


def test_documents_name_what_is_there() -> None:
    # What the front end's build leaves is not in the repository.
    built = "linli/site/static"
    wrong = [fault for path, text in documents() for fault in missing(path, text)]
    expect_none([fault for fault in wrong if built not in fault])


def test_the_documents_are_there() -> None:
    wanted = [
        "README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "LICENSE", "docs/glossary.md",
        "docs/where-does-it-go.md",
    ]  # fmt: skip
    expect_none([name for name in wanted if not (ROOT / name).is_file()])
    assert len(list((ROOT / "docs" / "adr").glob("*.md"))) >= 10


def test_both_readmes_name_the_same_commands_and_pictures() -> None:
    english = (ROOT / "README.md").read_text(encoding="utf-8")
    chinese = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    assert set(COMMAND.findall(english)) == set(COMMAND.findall(chinese)) >= {"demo", "test"}
    pictures = re.compile(r"docs/images/[\w/-]+")  # without the ending, which may name a language
    assert set(pictures.findall(english)) == set(pictures.findall(chinese))


def test_the_drawings_are_those_of_the_files() -> None:
    """`linli procedures draw --to docs/images/procedures` makes them anew."""
    folder = ROOT / "docs" / "images" / "procedures"
    wanted = {
        folder / f"{procedure.procedure}.{language}.svg": draw(procedure, language)
        for practice in load_folder()
        for procedure in practice.procedures
        for language in ("zh-hans", "en")
    }
    stale = [
        path.name for path, drawn in wanted.items() if not path.is_file() or path.read_text("utf-8") != drawn
    ]
    expect_none(stale)
    assert {path.name for path in folder.iterdir()} == {path.name for path in wanted}


def test_the_pages_of_practices_are_those_of_the_files() -> None:
    """`linli procedures pages` writes them anew."""
    folder = ROOT / "docs" / "practices"
    wanted = pages(load_folder())
    stale = [
        name
        for name, text in wanted.items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text
    ]
    expect_none(stale)
    assert {path.name for path in folder.iterdir()} == set(wanted)


def test_every_command_named_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {command for _path, text in documents() for command in COMMAND.findall(text)}
    assert named <= targets


def test_the_glossary_names_what_the_code_names() -> None:
    """Every identifier of the glossary stands in the package."""
    rows = re.findall(
        r"^\|[^|]+\|\s*`([^`]+)`", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for ending in ("py", "yaml")
        for path in (ROOT / "linli").rglob(f"*.{ending}")
        if "migrations" not in path.parts
    )
    assert len(rows) >= 60
    expect_none([name for name in rows if not re.search(rf"\b{re.escape(name)}\b", code)])


@pytest.mark.parametrize(
    "text",
    [
        "see `linli/matters/nothing.py`",
        "[here](docs/none.md)",
        "`tests/<app>/test_none_such.py`",
        "docs/images/none.png",
    ],
)
def test_a_missing_path_is_seen(text: str) -> None:
    assert missing("README.md", text)


@pytest.mark.parametrize(
    "text",
    [
        "`linli/kernel/clock.py`.",
        "linli/kernel/",
        "`linli/<app>/kinds.py`",
        "[law](LICENSE)",
        "<https://x.org/docs/a>",
    ],
)
def test_a_path_that_is_there_passes(text: str) -> None:
    assert missing("README.md", text) == []
