"""The description of /api/ is in step with the code: nothing undocumented is answered."""

import json
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.openapi import from_dict
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from linli.site import openapi
from linli.site.wsgi import application
from tests import world as worlds
from tests.api import System, key_of
from tests.house.reading import ROOT

COMMITTED = ROOT / "docs" / "openapi.json"
TOLD: dict[str, Any] = json.loads(COMMITTED.read_text(encoding="utf-8"))
OPERATIONS = [(path, method) for path, operations in TOLD["paths"].items() for method in operations]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
TRIES = 8  # of each operation, each way and each caller: bounded by number, so the same run each time
Present = dict[str, str]


def test_the_committed_description_is_that_of_the_code() -> None:
    made = openapi.committed()
    assert COMMITTED.read_text(encoding="utf-8") == made, "run `.venv/bin/python scripts/openapi.py`"


@pytest.fixture
def world(committed_db: None) -> worlds.World:
    """In a database that really commits: each request then has a connection of its own, as when served."""
    return worlds.build(at=None)


@pytest.fixture
def present(world: worlds.World) -> Present:
    """A matter with an order, and places: what a caller with a key finds."""
    clerk = System(key_of(world, "clerk").text)
    body = {"place": str(world.place("building")), "text": "路灯不亮了", "anonymous": True}
    made = clerk.post("/matters", body).json()
    order = worlds.issue_order(world, made["id"])
    return {
        "matter_id": made["id"],
        "order_id": str(order),
        "place_id": str(world.place("grid")),
        "name": "five-affairs",
        "version": "1",
    }


@pytest.mark.parametrize("caller", ["a stranger", "a clerk's key", "a unit's key"])
def test_nothing_undocumented_is_answered(
    caller: str, world: worlds.World, present: Present, subtests: pytest.Subtests
) -> None:
    """Made-up requests, right and wrong, on what is there and on what is not: no 5xx, no answer not named."""
    schema = from_dict(_without_security(TOLD))
    schema.app = application
    headers = _headers(world, caller)
    for path, method in OPERATIONS:
        with subtests.test(f"{method} {path}"):
            _try(schema[path][method], headers, present)


def _headers(world: worlds.World, caller: str) -> dict[str, str]:
    if caller == "a stranger":
        return {}
    post = {"a clerk's key": "clerk", "a unit's key": "power"}[caller]
    return {"Authorization": f"Bearer {key_of(world, post).text}"}


def _try(operation: Any, headers: dict[str, str], present: Present) -> None:
    @settings(
        max_examples=TRIES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=_cases(operation, present))
    def run(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    run()


def _cases(operation: Any, present: Present) -> st.SearchStrategy[schemathesis.Case]:
    """Right requests about nothing, right ones about what is there, and wrong ones."""

    def about_what_is_there(case: schemathesis.Case) -> schemathesis.Case:
        case.path_parameters = {name: present[name] for name in case.path_parameters or ()}
        return case

    right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    return right | right.map(about_what_is_there) | wrong


def _without_security(told: dict[str, Any]) -> dict[str, Any]:
    """The callers bring their keys themselves; made-up ones would only ever be refused."""
    whole = deepcopy(told)
    for operations in whole["paths"].values():
        for operation in operations.values():
            del operation["security"]
    return whole
