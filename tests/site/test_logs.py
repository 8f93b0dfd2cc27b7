"""Logs hold ids and kinds, and nothing a person could be known by."""

import json
import logging
import logging.config

import pytest

from linli.site import logs


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"event": "did", "matter": "7f"}, {"event": "did", "matter": "7f"}),
        ({"event": "did", "name": "王五"}, {"event": "did"}),
        ({"event": "call 13812345678 now"}, {"event": "call [phone] now"}),
        ({"event": "11010519491231002X is his"}, {"event": "[id number] is his"}),
        (
            {"event": "did", "order": "123456789012345678901"},
            {"event": "did", "order": "123456789012345678901"},
        ),
    ],
)
def test_unknown_keys_and_numbers_are_dropped(given: dict[str, str], kept: dict[str, str]) -> None:
    assert logs.masked(None, "info", given) == kept


def test_a_query_string_is_not_logged() -> None:
    assert logs._path_only(None, "info", {"path": "/search?q=王五"}) == {"path": "/search"}


def test_production_writes_one_object_a_line() -> None:
    settings = logs.formatter(json=True)
    formatter = settings.pop("()")(**settings)
    line = formatter.format(logging.LogRecord("linli.x", logging.WARNING, "", 0, "tel 13812345678", (), None))
    assert json.loads(line)["event"] == "tel [phone]"
    assert json.loads(line)["level"] == "warning"
