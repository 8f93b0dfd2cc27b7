"""Every event, power and procedure is named once, and what names them agrees."""

import importlib
import inspect
from collections import Counter
from enum import StrEnum

import pytest
import yaml

from linli.audit.kinds import EventKind
from linli.matters.procedures.loader import load_folder
from linli.organizations.rules import ADMINISTRATOR
from linli.site.reactions import REACTIONS
from tests.house.reading import PACKAGE, expect_none

APPS = sorted(path.parent.name for path in PACKAGE.glob("*/kinds.py"))


def kinds_of(app: str, base: type) -> list[type[StrEnum]]:
    """The enums of an app's kinds.py that are of one sort and defined there."""
    module = importlib.import_module(f"linli.{app}.kinds")
    return [
        value
        for _name, value in inspect.getmembers(module, inspect.isclass)
        if issubclass(value, base) and value is not base and value.__module__ == module.__name__
    ]


def events() -> list[tuple[str, EventKind]]:
    return [(app, event) for app in APPS for kind in kinds_of(app, EventKind) for event in kind]


def powers() -> list[str]:
    return [
        power.value
        for app in APPS
        for kind in kinds_of(app, StrEnum)
        if kind.__name__.endswith("Power")
        for power in kind
    ]


def doubles(values: list[str]) -> list[str]:
    """Values that stand in a list more than once."""
    return sorted(value for value, times in Counter(values).items() if times > 1)


def unreacted(named: list[tuple[str, EventKind]], reactions: dict[str, object]) -> set[str]:
    """Events marked without a reaction, and reactions to events not marked."""
    return {event.value for _app, event in named if event.reacts} ^ set(reactions)


def test_event_names_begin_with_their_app() -> None:
    expect_none([event.value for app, event in events() if not event.value.startswith(f"{app}.")])


def test_event_names_fit_their_column() -> None:
    expect_none([event.value for _app, event in events() if len(event.value) > 60])


def test_no_event_is_named_twice() -> None:
    assert doubles([event.value for _app, event in events()]) == []


def test_no_power_is_named_twice() -> None:
    assert doubles(powers()) == []


def test_reactions_match_the_marked_events() -> None:
    assert unreacted(events(), dict(REACTIONS)) == set()


def test_every_power_of_a_practice_exists() -> None:
    used = {
        power
        for file in (PACKAGE / "practices").glob("*/practice.yaml")
        for post in (yaml.safe_load(file.read_text(encoding="utf-8")).get("posts") or {}).values()
        for power in post.get("powers", ())
    }
    assert used
    assert used - set(powers()) == set()


def test_every_power_is_held_by_some_post_or_the_administrator() -> None:
    """A power nobody can hold opens nothing."""
    held = {power for practice in load_folder() for post in practice.posts.values() for power in post.powers}
    assert set(powers()) - held - set(ADMINISTRATOR) == set()
    assert set(ADMINISTRATOR) <= set(powers())


def test_every_shipped_procedure_is_sound() -> None:
    practices = load_folder()
    assert len(practices) >= 4
    assert all(practice.procedures for practice in practices)


def test_no_two_procedures_share_a_name() -> None:
    named = [procedure.procedure for practice in load_folder() for procedure in practice.procedures]
    assert doubles(named) == []


class Sample(EventKind):
    OPENED = "places.opened", True
    CLOSED = "places.closed"


@pytest.mark.parametrize(
    ("reactions", "wrong"),
    [
        ({"places.opened": print}, set()),
        ({}, {"places.opened"}),
        ({"places.opened": print, "places.closed": print}, {"places.closed"}),
    ],
)
def test_a_mismatch_is_seen(reactions: dict[str, object], wrong: set[str]) -> None:
    assert unreacted([("places", event) for event in Sample], reactions) == wrong


def test_a_double_is_seen() -> None:
    assert doubles(["matter.read", "matter.move", "matter.read"]) == ["matter.read"]
