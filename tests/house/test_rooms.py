"""Rooms: what a file may be called, how long it may be, and what no room may do."""

import ast
import re

import pytest

from tests.house.reading import PACKAGE, Module, called, dotted, expect_none, functions, modules, sample

BANNED_FILES = {"utils.py", "helpers.py", "services.py", "signals.py", "admin.py", "common.py", "misc.py"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
CLOCK = "linli/kernel/clock.py"

# Calls that read another clock than ours. `time.monotonic` measures how long something took and is allowed.
CLOCKS = re.compile(
    r"(^|\.)(timezone\.now|datetime\.now|datetime\.utcnow|datetime\.today|date\.today|timezone\.localdate|utcnow)$"
    r"|^(time\.time|time\.localtime|time\.gmtime)$|(^|\.)(Now|TransactionNow|CurrentTimestamp)$"
)
DATABASE_CLOCK = re.compile(r"\b(now\(\)|current_timestamp|clock_timestamp\(\)|current_date)", re.IGNORECASE)

# Who may read the machine's clock, and why.
OTHER_CLOCKS = {
    CLOCK: "it is the clock",
    "linli/site/doctor.py": "asks whether the machine's own clock is right",
}


def too_long(module: Module) -> list[str]:
    """The file, and its functions, where longer than the house allows."""
    wrong = []
    lines = module.source.count("\n")
    if lines > LONGEST_FILE:
        wrong.append(f"{module.path}: {lines} lines")
    for function in functions(module.tree):
        length = (function.end_lineno or 0) - function.lineno + 1
        if length > LONGEST_FUNCTION:
            wrong.append(f"{module.path}: {function.name} has {length} lines")
    return wrong


def other_clocks(module: Module) -> list[str]:
    """Calls that read a clock which tests and the replayed past cannot set."""
    if module.path in OTHER_CLOCKS:
        return []
    wrong = [f"{module.path}: {name}" for name in called(module.tree) if CLOCKS.search(name)]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "select" in node.value.lower():
            wrong += [f"{module.path}: {match[0]}" for match in DATABASE_CLOCK.finditer(node.value)]
        if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
            wrong.append(f"{module.path}: {node.arg}")
        if isinstance(node, ast.Attribute) and dotted(node) in ("timezone.now", "datetime.now"):
            wrong.append(f"{module.path}: {dotted(node)} as a value")
    return wrong


def signals(module: Module) -> list[str]:
    """Django's signals, by any road."""
    names = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    banned = ("django.dispatch", "django.db.models.signals", "django.contrib.admin", "django.core.signals")
    return [f"{module.path}: {name}" for name in names if name.startswith(banned)]


def hidden_writes(module: Module) -> list[str]:
    """`save` or `delete` of a table overridden: a rule nobody finds."""
    if not module.is_in("models"):
        return []
    return [
        f"{module.path}: {node.name}.{method.name}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and method.name in ("save", "delete", "clean", "full_clean")
    ]


CHECKS = [too_long, other_clocks, signals, hidden_writes]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_keeps_its_rules(check) -> None:
    expect_none([problem for module in modules() for problem in check(module)])


VIOLATIONS = [
    (too_long, "x = 1\n" * 401),
    (too_long, "def long():\n" + "    x = 1\n" * 50),
    (other_clocks, "from django.utils import timezone\nmoment = timezone.now()\n"),
    (other_clocks, "import datetime\nmoment = datetime.datetime.now()\n"),
    (other_clocks, "from datetime import date\nday = date.today()\n"),
    (other_clocks, "at = models.DateTimeField(auto_now=True)\n"),
    (other_clocks, "at = models.DateTimeField(default=timezone.now)\n"),
    (other_clocks, "from django.db.models.functions import Now\nrow.update(at=Now())\n"),
    (other_clocks, "cursor.execute('SELECT id FROM x WHERE at < now()')\n"),
    (signals, "from django.dispatch import receiver\n"),
    (signals, "from django.db.models import signals\nfrom django.db.models.signals import post_save\n"),
    (signals, "from django.contrib import admin\nimport django.contrib.admin\n"),
    (hidden_writes, "class Place(Row):\n    def save(self):\n        pass\n"),
]


@pytest.mark.parametrize(("check", "source"), VIOLATIONS)
def test_a_violation_is_seen(check, source: str) -> None:
    assert check(sample(source, "linli/places/models.py"))


def test_file_names() -> None:
    found = [
        path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if path.name in BANNED_FILES
    ]
    expect_none(found)


def test_every_app_says_what_lives_in_it() -> None:
    """A README of about twenty lines: the app's rules and where each lives."""
    apps = [path for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()]
    expect_none([path.name for path in apps if not (path / "README.md").is_file()])
