"""Reading YAML so that every complaint can name its line.

Only plain YAML is accepted: no anchors (a short file could unfold into gigabytes), no tags, no key twice.
The parser is the pure Python one: the C one crashes on a file that is nested deeply enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

LONGEST_FILE = 200_000  # characters; the longest shipped file has about a twentieth of this

REASONS = {
    "long": "the file is too long: %(count)s characters",
    "keys": "the file must be a list of keys and values",
    "yaml": "this is not valid YAML: %(problem)s",
    "deep": "the file is nested too deeply",
    "anchor": "anchors and references are not used here; write it out",
    "word": "a key must be a word",
    "twice": "the key “%(key)s” is written twice",
}


class Refusal(Exception):
    """The text is not acceptable YAML; `args` hold line, msgid and parameters."""

    def __init__(self, line: int, why: str, **params: object) -> None:
        super().__init__(line, REASONS[why], params)
        self.line = line
        self.reason = REASONS[why]
        self.params = params


def parse(text: str) -> tuple[yaml.MappingNode, dict[str, Any]]:
    """The node tree (for lines) and the plain values (for validation) of a YAML text."""
    if len(text) > LONGEST_FILE:
        raise Refusal(1, "long", count=len(text))
    try:
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            raise Refusal(1, "keys")
        _check(root, set())
        values: dict[str, Any] = loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise Refusal(line, "yaml", problem=error.problem or "") from error
    except (yaml.YAMLError, ValueError) as error:
        # An unprintable character or an impossible date carries no mark.
        raise Refusal(1, "yaml", problem=str(error).split("\n")[0]) from error
    except RecursionError as error:
        raise Refusal(1, "deep") from error
    return root, values


def _check(node: yaml.Node, seen: set[int]) -> None:
    """Refuses a key written twice and a node used twice."""
    if id(node) in seen:
        raise Refusal(_line(node), "anchor")
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag != "tag:yaml.org,2002:str":
                raise Refusal(_line(key), "word")
            if key.value in keys:
                raise Refusal(_line(key), "twice", key=key.value)
            keys.add(key.value)
            _check(value, seen)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _check(value, seen)


def line_of(root: yaml.Node, path: Sequence[str | int]) -> int:
    """The line (from 1) of the deepest part of `path` that is written in the file.

    A number into a mapping means its nth entry, an entry holding a list counting once for each item:
    steps and moves are written as mappings and checked as lists.
    """
    node, line = root, _line(root)
    for part in path:
        found = _child(node, part)
        if found is None:
            break
        node, line = found
    return line


def _child(node: yaml.Node, part: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode) and isinstance(part, str):
        for key, value in node.value:
            if key.value == part:
                return value, _line(key)
    elif isinstance(node, yaml.MappingNode):
        return next((found for index, found in enumerate(_entries(node)) if index == part), None)
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], _line(node.value[part])
    return None


def _entries(node: yaml.MappingNode) -> Iterator[tuple[yaml.Node, int]]:
    for key, value in node.value:
        if isinstance(value, yaml.SequenceNode):
            yield from ((item, _line(item)) for item in value.value)
        else:
            yield value, _line(key)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
