"""Below /api/: who is let in, and every fault as a calm problem in the reader's language."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils.translation import override

from linli.audit.models import Entry
from linli.frame.api import MOST_BYTES
from linli.kernel import clock
from linli.matters.kinds import Event
from linli.matters.read import lists
from linli.organizations.kinds import Event as KeyEvent
from linli.organizations.models import ApiKey
from linli.people import read as people
from linli.site import keys
from linli.site.audit_names import names
from tests import world as worlds
from tests.api import PROBLEM, System, key_of, problem

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WRONG = "linli_00000000_00000000000000000000000000000000"


@pytest.fixture(autouse=True)
def _stopped():
    with clock.at(worlds.MORNING):
        yield


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture
def clerk(world):
    return System(key_of(world, "clerk").text)


def sent(system: System, body: bytes, kind: str = "application/json") -> Any:
    """Bytes as they are."""
    headers = {**system.headers, "idempotency-key": "raw"}
    return system.client.post("/api/matters", body, content_type=kind, headers=headers)


# ── who is let in ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("header", [None, "", "Basic eDp5", "Bearer", f"Bearer {WRONG}", "Bearer 邻里"])
def test_without_a_key_in_force_nothing_opens(header):
    client = Client(headers={"accept-language": "en", **({"authorization": header} if header else {})})
    answer = client.get("/api/matters")
    assert "Authorization: Bearer" in problem(answer, 401)
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_session_opens_nothing_here(world):
    """A page elsewhere could make a signed-in browser send things: here no cookie counts."""
    worlds.open_account(world, "clerk")
    client = Client(headers={"accept-language": "en"})
    client.force_login(people.account_of(world.persons["clerk"]), backend=BACKEND)
    assert client.get("/desk/").status_code == 200
    problem(client.get("/api/matters"), 401)


def test_a_key_over_or_taken_back_opens_nothing(world, clerk):
    assert clerk.get("/matters").status_code == 200
    with clock.at(worlds.MORNING + timedelta(days=90)):
        problem(clerk.get("/matters"), 401)
    ApiKey.objects.update(revoked_at=worlds.MORNING)
    problem(clerk.get("/matters"), 401)


def test_the_first_use_of_a_day_is_noted(clerk):
    clerk.get("/practices")
    assert ApiKey.objects.get().last_used_on == clock.today()


def test_wrong_keys_are_counted_and_right_ones_not_held_up(world, clerk):
    wrong = System(WRONG)
    for _each in range(keys.WRONG_KEYS.most):
        problem(wrong.get("/matters"), 401)
    answer = wrong.get("/matters")
    problem(answer, 429)
    assert answer["Retry-After"] == "60"
    assert clerk.get("/matters").status_code == 200
    with clock.at(worlds.MORNING + timedelta(minutes=1)):
        problem(wrong.get("/matters"), 401)


def test_the_record_names_the_system_that_acted(world, clerk):
    clerk.post("/matters", {"place": str(world.place("grid")), "text": "路灯不亮了", "anonymous": True})
    entry = Entry.objects.get(event=Event.ENTERED)
    with override("en"):
        named = names([entry, Entry.objects.get(event=KeyEvent.KEY_ISSUED)])
        assert named.who(entry) == ("The system 区平台, by its key", "")
        assert named.subject(Entry.objects.get(event=KeyEvent.KEY_ISSUED)) == ("区平台", "/desk/keys/")


# ── what cannot be read ─────────────────────────────────────────────────────────────────────────────────

UNREADABLE = {
    "no JSON": b"{",
    "not UTF-8": b'{"text": "\xff"}',
    "a NUL byte": b'{"text": "\x00"}',
    "NaN": b'{"place": NaN}',
    "a number without end": b'{"place": ' + b"9" * 5000 + b"}",
    "nested endlessly": b"[" * 100_000,
    "a name twice": b'{"text": "a", "text": "b"}',
}


def test_what_cannot_be_read_is_said(clerk, subtests):
    for name, body in UNREADABLE.items():
        with subtests.test(name):
            assert "cannot be read" in problem(sent(clerk, body), 400)


MEANT_OTHERWISE = {
    "a list": b"[]",
    "a lone surrogate": b'{"place": "x", "text": "\\ud800", "anonymous": true}',
    "a NUL escaped": b'{"place": "x", "text": "a\\u0000b", "anonymous": true}',
    "a surrogate as a name": b'{"place": "x", "text": "a", "anonymous": true, "\\ud800": 1}',
    "a huge number": b'{"place": 1e400, "text": "a", "anonymous": true}',
    "null": b"null",
}


def test_what_is_not_right_is_named(clerk, subtests):
    for name, body in MEANT_OTHERWISE.items():
        with subtests.test(name):
            answer = sent(clerk, body)
            problem(answer, 422)
            assert answer.json()["errors"]


def test_each_wrong_value_is_named_with_its_path(clerk):
    answer = clerk.post("/matters", {"kind": "rumour", "text": 5, "raiser": {"telephone": "1"}})
    problem(answer, 422)
    found = {each["path"]: each["words"] for each in answer.json()["errors"]}
    assert found["body.place"] == "This is missing."
    assert found["body.text"] == "A text is needed."
    assert found["body.kind"].startswith("One of these is needed: 'appeal'")
    assert found["body.raiser.phone"] == "This is missing."
    assert found["body.raiser.telephone"] == "This is not known here."


def test_only_json_and_only_so_much_of_it(clerk):
    problem(sent(clerk, b"place=x", "application/x-www-form-urlencoded"), 415)
    assert str(MOST_BYTES) in problem(sent(clerk, b" " * (MOST_BYTES + 1)), 413)


# ── other faults ────────────────────────────────────────────────────────────────────────────────────────


def test_an_address_that_is_none_and_a_method_it_has_not(clerk):
    assert problem(clerk.get("/nothing"), 404)
    answer = clerk.client.delete("/api/matters", headers=clerk.headers)
    problem(answer, 405)
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}
    assert problem(clerk.client.get("/api/matters?category=%00", headers=clerk.headers), 400)


def test_a_fault_of_ours_names_the_request(clerk, monkeypatch):
    def broken(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(lists, "matters", broken)
    assert "request id" in problem(clerk.get("/matters"), 500)


def test_a_database_that_is_away_asks_to_try_again(clerk, monkeypatch):
    def away(*args: Any, **kwargs: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(lists, "matters", away)
    answer = clerk.get("/matters")
    problem(answer, 503)
    assert answer["Retry-After"] == "5"


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [("zh-hans", "有的内容不对", "缺少这一项。"), ("zh-hant", "有的內容不對", "缺少這一項。")],
)
def test_a_problem_speaks_the_readers_language(world, language, title, words):
    system = System(key_of(world, "clerk").text, language=language)
    answer = system.post("/matters", {})
    assert answer.status_code == 422
    assert answer["Content-Language"] == language
    told = answer.json()
    assert (told["title"], told["errors"][0]["words"]) == (title, words)
    early = system.client.get("/api/matters?x=%00", headers=system.headers)
    assert json.loads(early.content)["status"] == 400


def test_pages_stay_pages():
    answer = Client(headers={"accept-language": "en"}).get("/nothing/")
    assert answer.status_code == 404
    assert answer["Content-Type"] != PROBLEM


def test_answers_are_not_kept_by_anybody_on_the_way(clerk):
    assert clerk.post("/matters", {})["Cache-Control"] == "no-store"


# ── the description ─────────────────────────────────────────────────────────────────────────────────────


def test_the_description_is_open_to_all_and_whole():
    answer = Client().get("/api/openapi.json")
    told = answer.json()
    assert answer.status_code == 200
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            name = f"{method} {path}"
            assert operation["summary"], name
            assert operation["security"] == [{"ApiKey": []}], name
            assert {"401", "403", "429", "500"} <= set(operation["responses"]), name
            keyed = any(each["name"] == "Idempotency-Key" for each in operation["parameters"])
            assert keyed is (method == "post"), name


def test_the_page_shows_every_operation_and_needs_no_script_of_its_own():
    page = Client(headers={"accept-language": "zh-hans"}).get("/api/docs").content.decode()
    told = Client().get("/api/openapi.json").json()
    for path, operations in told["paths"].items():
        assert path in page
        for operation in operations.values():
            assert f'id="{operation["operationId"]}"' in page
    assert "代居民提出一件事" in page
    assert "<script>" not in page
    assert "https://" not in page.replace("https://testserver", "")
