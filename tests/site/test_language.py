"""In which language somebody is greeted who has chosen none, and who has."""

import os
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client

from linli.site import cli, start

CHINESE = {"accept-language": "zh-CN,zh;q=0.9"}


def language(client: Client) -> str:
    return client.get("/sign-in/").headers["Content-Language"]


def test_a_browser_is_answered_as_it_asks(db: None, settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    assert language(Client(headers=CHINESE)) == "zh-hans"


def test_the_language_a_demo_was_started_in_comes_before_the_browsers(db: None, settings: Any) -> None:
    settings.LANGUAGE_CODE, settings.LANGUAGE_FIRST = "en", True
    client = Client(headers=CHINESE)
    assert language(client) == "en"
    told = client.get("/api/nothing/").json()["title"]
    assert not told.isascii(), "other systems are answered as they ask"
    client.post("/language/", {"language": "zh-hant", "next": "/sign-in/"})
    assert client.cookies[site.LANGUAGE_COOKIE_NAME].value == "zh-hant"
    assert language(client) == "zh-hant", "what somebody chose counts most"


def test_the_demo_is_started_so_where_a_language_was_named(monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    monkeypatch.setattr(start, "demo", lambda *_: said.append(os.environ["LINLI_LANGUAGE_FIRST"]))
    for name, before in (("LINLI_DEMO", ""), ("LINLI_LANGUAGE", "zh-hans"), ("LINLI_LANGUAGE_FIRST", "0")):
        monkeypatch.setenv(name, before)
    assert cli.run(["demo"]) == 0
    assert cli.run(["demo", "--language", "en"]) == 0
    assert said == ["0", "1"]
