"""The requests that are measured: who asks, for what, and the floor each is compared with."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, cycle
from random import Random
from typing import Any
from uuid import UUID

from django.test import Client

from bench.load import Request
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.matters.models import Matter
from linli.organizations.actions import issue_key
from linli.organizations.read import actor_for
from linli.people.models import Account, Residence
from linli.places.models import Place

SELECT, INSERT = "one SELECT", "one INSERT"
LIST, WRITING = "plain list of 50", "plain 8 INSERTs"
POWERS = ("matter.read", "matter.enter", "matter.move")
WORDS = ("停车", "电梯", "楼道灯", "漏水", "垃圾", "噪音", "消防通道", "路灯")


@dataclass(frozen=True, slots=True)
class Measured:
    """One kind of request, the bare view its speed is a share of, and what Django alone does of its size."""

    name: str
    floor: str
    plain: str
    requests: Callable[[int], Iterator[Request]]


@dataclass(frozen=True, slots=True)
class Desk:
    """A signed-in clerk and the key of a system that acts for the same post."""

    cookie: str
    key: str
    code: str
    raiser: str
    open_ids: list[UUID]
    ids: list[UUID]


def in_process(one: Measured) -> Callable[[], None]:
    """Sends the next request of a kind in this process, without a server, to a site that is loaded once."""
    asked, client = one.requests(99), Client()

    def ask() -> None:
        method, path, headers, body = next(asked)
        given = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        kind = headers.get("Content-Type", "application/json")
        client.cookies.clear()  # who asks is in the headers, as each request names them
        client.generic(method, path, body, content_type=kind, **given)

    return ask


def kinds(desk: Desk, mover: Desk) -> list[Measured]:
    """Every kind of request, floors first.

    `mover` has the matters that are raised and moved: what waits at the desk looked at stays as it was.
    """
    page = {"Cookie": desk.cookie, "Accept": "text/html"}
    api = {"Authorization": f"Bearer {desk.key}", "Accept": "application/json"}
    moves = {"Authorization": f"Bearer {mover.key}", "Accept": "application/json"}
    movable = iter(mover.open_ids)  # shared by all connections: each matter is moved once

    def reading(
        headers: dict[str, str], paths: Callable[[Random], str]
    ) -> Callable[[int], Iterator[Request]]:
        def requests(number: int) -> Iterator[Request]:
            rng = Random(number)
            while True:
                yield ("GET", paths(rng), headers, b"")

        return requests

    def one(path: str, headers: dict[str, str]) -> Callable[[int], Iterator[Request]]:
        return lambda _number: cycle([("GET", path, headers, b"")])

    def writing(path: str) -> Callable[[int], Iterator[Request]]:
        return lambda _number: cycle([("POST", path, {}, b"")])

    def raising(number: int) -> Iterator[Request]:
        for turn in count():
            said = {
                "place": mover.code,
                "text": f"楼道灯坏了，晚上看不见台阶。{number} {turn}",
                "raiser": {"phone": mover.raiser},
            }
            yield _post("/api/matters", said, moves, f"raise-{clock.now().timestamp()}-{number}-{turn}")

    def moving(_number: int) -> Iterator[Request]:
        for matter in movable:
            said = {"from_step": "register", "to": "assess", "verb": "accept"}
            yield _post(f"/api/matters/{matter}/moves", said, moves, f"move-{matter}")

    return [
        Measured(SELECT, SELECT, "", one("/floor/select/", {})),
        Measured(INSERT, INSERT, "", writing("/floor/insert/")),
        Measured(LIST, SELECT, LIST, one("/floor/list/", page)),
        Measured(WRITING, INSERT, WRITING, writing("/floor/writing/")),
        Measured("raise (API)", INSERT, WRITING, raising),
        Measured("move a step (API)", INSERT, WRITING, moving),
        Measured("list of 50 (API)", SELECT, LIST, one("/api/matters?limit=50", api)),
        Measured(
            "one matter (API)", SELECT, "", reading(api, lambda rng: f"/api/matters/{rng.choice(desk.ids)}")
        ),
        Measured("list of 50 (page)", SELECT, LIST, one("/desk/matters/", page)),
        Measured(
            "matter (page)", SELECT, LIST, reading(page, lambda rng: f"/desk/matters/{rng.choice(desk.ids)}/")
        ),
        Measured("on me now (page)", SELECT, LIST, one("/desk/", page)),
        Measured(
            "search by words (page)",
            SELECT,
            LIST,
            reading(page, lambda rng: f"/desk/matters/?q={rng.choice(WORDS)}"),
        ),
    ]


def _post(path: str, said: dict[str, Any], headers: dict[str, str], key: str) -> Request:
    sent = headers | {"Content-Type": "application/json", "Idempotency-Key": key}
    return ("POST", path, sent, json.dumps(said, ensure_ascii=False).encode())


def seat(place: Place) -> Desk:
    """The clerk of a community, signed in, with that community's open matters and a thousand others."""
    rows = Matter.objects.filter(community=place)
    held: UUID = rows.filter(step_key="register").values_list("holder_id", flat=True)[0]
    accounts = Account.objects.filter(person__isnull=False).order_by("id")
    posts = {one: actor_for(one.person_id, clock.now()).posts for one in accounts}
    client = Client()
    client.force_login(next(one for one, of in posts.items() if held in of))
    resident = next(one for one, of in posts.items() if not of and lives_in(one.person_id, place))
    key = issue_key(
        by=SYSTEM, name="bench", powers=POWERS, place_id=place.id, post_id=held,
        ends=clock.today() + timedelta(days=30),
    )  # fmt: skip
    return Desk(
        cookie="; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items()),
        key=key.text,
        code=place.codes.values_list("code", flat=True)[0],
        raiser=resident.person.phone,
        open_ids=list(rows.filter(step_key="register").order_by("-raised_at").values_list("id", flat=True)),
        ids=list(rows.order_by("id").values_list("id", flat=True)[:1000]),
    )


def lives_in(person: UUID, community: Place) -> bool:
    """Whether a person usually lives in a community."""
    rows = Residence.objects.filter(person_id=person, kind="usual", ends__isnull=True)
    return rows.filter(place__path__startswith=community.path).exists()
