"""The repository as the house tests see it: its modules parsed once, its templates, its documents."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "linli"


@dataclass(frozen=True)
class Module:
    """A Python file: its path from the root, its text, its tree."""

    path: str
    source: str

    @property
    def tree(self) -> ast.Module:
        """Parsed anew each time asked; `ast` is quick and its nodes can be changed."""
        return ast.parse(self.source)

    @property
    def app(self) -> str:
        """The app it belongs to; empty for what lies at the package's top."""
        parts = self.path.split("/")
        return parts[1] if len(parts) > 2 else ""

    def is_in(self, room: str) -> bool:
        """Whether it is `<app>/<room>.py` or lies in `<app>/<room>/`."""
        parts = self.path.split("/")
        return len(parts) > 2 and parts[2] in (room, f"{room}.py")


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the package but migrations."""
    return tuple(read(path) for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts)


def read(path: Path) -> Module:
    """One file of the repository."""
    return Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def sample(source: str, path: str = "linli/places/actions.py") -> Module:
    """A module that exists only in a test, as if it stood at `path`."""
    return Module(path, source)


@cache
def templates() -> tuple[tuple[str, str], ...]:
    """Path and text of every template."""
    paths = [path for path in sorted(PACKAGE.rglob("*.html")) if "templates" in path.parts]
    return tuple((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths)


def documents() -> Iterator[tuple[str, str]]:
    """Path and text of every Markdown document, those inside the package included."""
    paths = [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *PACKAGE.rglob("*.md"),
        *ROOT.glob("frontend/*.md"),
    ]
    for path in sorted(paths):
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function, methods and inner ones included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def called(node: ast.AST) -> Iterator[str]:
    """Dotted names of everything called or used as a bare decorator inside `node`."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            yield dotted(inner.func)


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a name or an attribute; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        above = dotted(node.value)
        return f"{above}.{node.attr}" if above else node.attr
    return ""


def docstrings(tree: ast.AST) -> set[int]:
    """Identities of the constants that are docstrings, of attributes too (a text standing alone)."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def expect_none(faults: list[str]) -> None:
    """Fail with every fault on a line of its own."""
    assert not faults, "\n" + "\n".join(faults)
