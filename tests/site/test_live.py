"""The site in processes of its own: health, and a database that is away for a moment."""

import json
from collections.abc import Callable

import pytest

from tests.serving import LiveServer
from tests.visitor import Visitor


def test_it_lives_and_is_ready(visitor: Callable[[], Visitor]) -> None:
    assert visitor().get("/healthz").text == "ok\n"
    answer = visitor().get("/readyz")
    assert (answer.status, json.loads(answer.text)) == (200, {"ready": True, "faults": []})
    assert "no-store" in answer.headers["Cache-Control"]


def test_an_answer_names_its_request(visitor: Callable[[], Visitor]) -> None:
    assert visitor().get("/healthz", X_Request_Id="abc-12345678").headers["X-Request-Id"] == "abc-12345678"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_only_read(visitor: Callable[[], Visitor], path: str) -> None:
    assert visitor().post(path, {}).status in (403, 405)


def test_a_strange_host_name_is_refused(live_server: LiveServer, visitor: Callable[[], Visitor]) -> None:
    assert visitor().get("/", Host="evil.example").status == 400
