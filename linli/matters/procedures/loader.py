"""From files to procedures. Whatever is wrong is said with file, line and reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from linli.matters.procedures.checks import Known, Problem, problems
from linli.matters.procedures.checks import Path as Where
from linli.matters.procedures.nodes import Refusal, line_of, parse
from linli.matters.procedures.practice import POWERS, LoadedPractice, PostKind, Practice
from linli.matters.procedures.schema import Part, Procedure

DEFAULT_PRACTICE = "plain"
SHIPPED = Path(__file__).resolve().parents[2] / "practices"

Read = TypeVar("Read", bound=Part)


class ProcedureError(Exception):
    """A refused file: `reason` is an English msgid, `params` fills it, `str()` is `file:line: reason`.

    `where` is the path of keys and places in lists to what is wrong, as far as it is known.
    """

    def __init__(
        self,
        file: str,
        line: int,
        reason: str,
        params: Mapping[str, object] | None = None,
        where: Where = (),
    ) -> None:
        super().__init__(reason)
        self.where = where
        self.file = file
        self.line = line
        self.reason = reason
        self.params: Mapping[str, object] = dict(params or {})

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason % self.params if self.params else self.reason}"


def load(text: str, filename: str, *, known: Known | None = None) -> Procedure:
    """The procedure written in `text`; ProcedureError names the first thing wrong.

    With `known` (the names of the practice) posts, bodies and ballots are checked and their titles kept.
    """
    found, wrong = examine(text, filename, known=known)
    if found is None or wrong:
        raise wrong[0]
    return found


def check(text: str, filename: str, *, known: Known | None = None) -> list[ProcedureError]:
    """Everything wrong with a procedure file, in the order of its lines; empty when it is sound."""
    return examine(text, filename, known=known)[1]


def load_folder(path: Path = SHIPPED) -> list[LoadedPractice]:
    """Every practice under a folder, the default one first: all of them may use its posts and bodies."""
    folders = sorted(folder.parent for folder in path.glob("*/practice.yaml"))
    folders.sort(key=lambda folder: folder.name != DEFAULT_PRACTICE)
    loaded: list[LoadedPractice] = []
    for folder in folders:
        base = next((one for one in loaded if one.code == DEFAULT_PRACTICE), None)
        loaded.append(load_practice(folder, base=base))
    return loaded


def load_practice(folder: Path, *, base: LoadedPractice | None = None) -> LoadedPractice:
    """One practice folder; `base` is the practice whose posts and bodies it may use."""
    file = folder / "practice.yaml"
    practice = _practice(file.read_text(encoding="utf-8"), str(file), base)
    posts = {**(base.posts if base else {}), **practice.posts}
    known = Known(
        posts={code: post.title for code, post in posts.items()},
        bodies={**(base.known.bodies if base else {}), **practice.bodies},
        ballots={**(base.known.ballots if base else {}), **practice.ballots},
    )
    files = sorted((folder / "procedures").glob("*.yaml"))
    procedures = tuple(load(one.read_text(encoding="utf-8"), str(one), known=known) for one in files)
    return LoadedPractice(folder, practice, posts, known, procedures)


def _nothing(_procedure: Procedure) -> Iterable[Problem]:
    return ()


def examine(
    text: str,
    filename: str,
    *,
    known: Known | None = None,
    besides: Callable[[Procedure], Iterable[Problem]] = _nothing,
) -> tuple[Procedure | None, list[ProcedureError]]:
    """The procedure as far as it can be read, and everything wrong with it in the order of its lines.

    `besides` are the checks of whoever asks: who holds its posts in one community, what the law allows.
    """
    root, procedure, wrong = read(Procedure, text, filename)
    if root is None or procedure is None:
        return None, wrong
    if procedure.names:
        # Stored JSON carries the names; a file may not: they are the practice's to say.
        reason = "there is no key “%(key)s” here"
        return None, [ProcedureError(filename, line_of(root, ("names",)), reason, {"key": "names"})]
    wrong = [
        ProcedureError(filename, line_of(root, path), reason, params, path)
        for path, reason, params in (*problems(procedure, known), *besides(procedure))
    ]
    wrong.sort(key=lambda error: error.line)
    if known is not None:
        procedure = procedure.model_copy(update={"names": known.used_by(procedure)})
    return procedure, wrong


def read(
    model: type[Read], text: str, filename: str
) -> tuple[yaml.MappingNode | None, Read | None, list[ProcedureError]]:
    """The node tree and the model of a YAML text, or what is wrong with it."""
    try:
        root, values = parse(text)
    except Refusal as refusal:
        return None, None, [ProcedureError(filename, refusal.line, refusal.reason, refusal.params)]
    try:
        return root, model.model_validate(values), []
    except ValidationError as error:
        wrong = [_complaint(root, filename, detail) for detail in error.errors(include_url=False)]
        return root, None, sorted(wrong, key=lambda one: one.line)


def _complaint(root: yaml.Node, filename: str, detail: ErrorDetails) -> ProcedureError:
    """One of pydantic's errors in our words."""
    path = [part for part in detail["loc"] if part != "[key]"]
    reason, params = _in_words(detail, path)
    return ProcedureError(filename, line_of(root, path), reason, params, tuple(path))


def _in_words(detail: ErrorDetails, path: Sequence[str | int]) -> tuple[str, dict[str, object]]:
    context: dict[str, Any] = dict(detail.get("ctx", {}))
    key = str(path[-1]) if path else ""
    match detail["type"]:
        case "linli":
            return detail["msg"], context
        case "extra_forbidden":
            return "there is no key “%(key)s” here", {"key": key}
        case "missing" if key == "holder":
            return "step “%(step)s” has no holder", {"step": str(detail["input"].get("key", ""))}
        case "missing" if key == "zh":
            return "the Chinese wording is missing", {}
        case "missing" if key == "en":
            return "the English wording is missing", {}
        case "missing":
            return "“%(key)s” is missing", {"key": key}
        case "enum":
            return "“%(value)s” is not one of: %(known)s", {
                "value": detail["input"],
                "known": context["expected"],
            }
        case "string_pattern_mismatch":
            return "“%(value)s” must be small letters, digits, - and _", {"value": detail["input"]}
        case "string_too_short":
            return "“%(key)s” is empty", {"key": key}
        case "string_type":
            return "“%(key)s” must be a text", {"key": key}
        case _:
            return "“%(key)s” cannot be read: %(problem)s", {"key": key, "problem": detail["msg"]}


def _practice(text: str, filename: str, base: LoadedPractice | None) -> Practice:
    root, practice, wrong = read(Practice, text, filename)
    if root is None or practice is None:
        raise wrong[0]
    for path, reason, params in _practice_problems(practice, base.posts if base else {}):
        raise ProcedureError(filename, line_of(root, path), reason, params)
    return practice


def _practice_problems(
    practice: Practice, base: Mapping[str, PostKind]
) -> Iterator[tuple[tuple[str | int, ...], str, dict[str, object]]]:
    for code, post in practice.posts.items():
        for number, power in enumerate(post.powers):
            if power not in POWERS:
                yield ("posts", code, "powers", number), "there is no power “%(power)s”", {"power": power}
        if post.above is not None and post.above not in {**base, **practice.posts}:
            reason = "the post above, “%(post)s”, is not a post of this practice"
            yield ("posts", code, "above"), reason, {"post": post.above}
