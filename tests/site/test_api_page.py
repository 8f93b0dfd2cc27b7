"""docs/api.md: every curl line on it works as it stands."""

import re
import shlex
from datetime import date
from typing import Any

import pytest
from django.test import Client

from linli.frame.api import MOST_BYTES, MOST_ROWS
from linli.kernel import clock
from linli.matters.api import judging
from linli.matters.forms.words import MOST_TEXT, MOST_TITLE
from linli.places.models import PlaceCode
from linli.site import jobs, keys
from tests import world as worlds
from tests.api import System, key_of
from tests.house.reading import ROOT

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)


def lines() -> list[str]:
    """Each curl line, with its continuation."""
    return [" ".join(line.split()) for line in "".join(BLOCKS).replace("\\\n", " ").splitlines()]


def sent(line: str, named: dict[str, str]) -> Any:
    """What curl would send, sent to the site of this test."""
    for name, value in sorted(named.items(), reverse=True):
        line = line.replace(f"${name}", value)
    words = iter(shlex.split(line)[1:])
    headers, body, method, url = {"accept-language": "en"}, None, "GET", ""
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            body, method = next(words), "POST"
        elif word == "-X":
            method = next(words)
        else:
            url = word
    kind = headers.pop("Content-Type", "application/json")
    return Client().generic(method, url, body or b"", content_type=kind, headers=headers)


@pytest.mark.django_db
def test_every_line_works_as_it_stands() -> None:
    with clock.at(worlds.MORNING):
        world = worlds.build()
        place = world.places["community"]
        code = "620201002006"
        PlaceCode.objects.create(place=place, scheme="division", code=code, starts=date(2020, 1, 1))
        system = System(key_of(world, "grid").text)
        body = {"place": str(world.place("building")), "text": "路灯不亮了", "anonymous": True}
        matter = system.post("/matters", body).json()["id"]
        keys_of = {"KEY": key_of(world, "clerk").text, "UNIT_KEY": key_of(world, "power").text}
        worlds.hold(world, matter, "clerk")
        named = {
            "SITE": "",
            "MATTER": matter,
            "PHONE": world.phones["wang"],
            "ORDER": str(worlds.issue_order(world, matter)),
            **keys_of,
        }
        wrong = [
            (line, answer.content) for line in lines() if (answer := sent(line, named)).status_code >= 300
        ]
    assert wrong == []
    assert len(lines()) >= 10


def test_the_figures_are_those_of_the_code() -> None:
    for figure in (
        f"{keys.WRONG_KEYS.most} wrong keys",
        f"{judging.WRONG_CODES.most} wrong tracking codes",
        f"Text {MOST_TEXT:,} characters, title {MOST_TITLE}, a page {MOST_ROWS} rows",
        f"a body {MOST_BYTES // 1024} KiB",
        f"kept for {jobs.KEEP_KEYS.days} days",
    ):
        assert figure in PAGE
