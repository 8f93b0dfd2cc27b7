"""Another system, as tests are one: a key of a post of the small community, and a client that sends it."""

import json
from collections.abc import Collection
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.test import Client

from linli.kernel.actor import SYSTEM
from linli.kernel.clock import today
from linli.organizations import actions
from linli.organizations.actions import IssuedKey
from tests.world import World

PROBLEM = "application/problem+json"
_serial = count(1)


def key_of(
    world: World, post: str, powers: Collection[str] = (), *, place: str = "", days: int = 90
) -> IssuedKey:
    """A key for a post: with all its powers over its place, or fewer."""
    return key_for(world.posts[post], powers, place_id=world.place(place) if place else None, days=days)


def key_for(
    post: Any, powers: Collection[str] = (), *, place_id: UUID | None = None, days: int = 90
) -> IssuedKey:
    """The same for any post."""
    return actions.issue_key(
        by=SYSTEM,
        name="区平台",
        powers=list(powers) or post.kind.powers,
        place_id=place_id or post.place_id,
        post_id=post.id,
        ends=today() + timedelta(days=days),
    )


class System:
    """Sends JSON with a key, and a fresh idempotency key for each act unless told one."""

    def __init__(self, text: str = "", *, language: str = "en") -> None:
        self.client = Client(headers={"accept-language": language}, raise_request_exception=False)
        self.headers = {"authorization": f"Bearer {text}"} if text else {}

    def get(self, path: str, **query: Any) -> Any:
        """Read."""
        return self.client.get(f"/api{path}", query, headers=self.headers)

    def post(self, path: str, body: Any = None, *, once: str = "") -> Any:
        """Act."""
        headers = {**self.headers, "idempotency-key": once or f"test-{next(_serial)}"}
        data = b"" if body is None else json.dumps(body).encode()
        return self.client.post(f"/api{path}", data, content_type="application/json", headers=headers)


def problem(answer: Any, status: int) -> str:
    """The reason a problem gives, once its status and shape are right."""
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM), answer.content.decode()
    told = answer.json()
    assert told["status"] == status
    assert told["request_id"] == answer["X-Request-Id"]
    return str(told["detail"])
