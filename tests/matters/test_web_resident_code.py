"""查进度: following by code. Wrong codes look alike and are counted; nobody is named anywhere."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from linli.kernel.actor import ANONYMOUS
from linli.matters.actions import files, raising
from linli.matters.kinds import ContributionKind
from linli.matters.models import Chase, Contribution, Evaluation
from linli.matters.read import one as read
from linli.matters.rules.ties import Ties
from tests.matters.telling import TEXT, move
from tests.matters.test_web_resident import shown, visitor
from tests.matters.test_web_resident_say import picture
from tests.world import World, on

WRONG = "7K3M-Q0ZD-94TB-HX2A"


@pytest.fixture(autouse=True)
def fresh_cache(db: None) -> None:
    cache.clear()


def raised(world: World) -> raising.Receipt:
    said = raising.Raised(place_id=world.place("building"), text=TEXT)
    return raising.raise_matter(by=world.actor("wang"), raised=said, anonymously=True)


def ask(client: Client, code: str, act: str = "", **fields):
    return client.post(f"/code/{act}", {"code": code, **fields})


def test_the_code_opens_the_matter_typed_in_any_way(world: World) -> None:
    with on("2026-11-17"):
        made = raised(world)
        text = shown(ask(visitor(world), f" {made.code.lower().replace('-', ' ')} "))
    assert made.matter.number in text
    assert "Grid worker" in text


def test_wrong_codes_look_alike(world: World) -> None:
    for code in ("", "abc", WRONG, "路灯", "\x00"):
        assert "No matter has this code." in shown(ask(visitor(world), code), 404), code


def test_a_named_matter_has_no_code(world: World) -> None:
    said = raising.Raised(place_id=world.place("building"), text=TEXT)
    named = raising.raise_matter(by=world.actor("wang"), raised=said)
    assert named.code == ""
    assert shown(ask(visitor(world), named.matter.number), 404)


def test_guessing_is_stopped_within_the_minute(world: World) -> None:
    with on("2026-11-17", 9, 0):
        made = raised(world)
        client = visitor(world)
        for _ in range(10):
            assert ask(client, WRONG).status_code == 404
        assert ask(client, WRONG).status_code == 429
        blocked = ask(client, made.code)
        assert "wait a minute" in shown(blocked, 429)
        other = Client(headers={"accept-language": "en"}, REMOTE_ADDR="192.0.2.7")
        assert shown(ask(other, made.code))
    with on("2026-11-17", 9, 2):
        assert shown(ask(client, made.code))


def test_an_act_without_its_code_leads_back(world: World) -> None:
    client = visitor(world)
    assert client.get("/code/supplement/")["Location"] == "/code/"
    assert ask(client, WRONG, "nothing/")["Location"] == "/code/"
    assert ask(client, WRONG, "supplement/", sent="1", text="x").status_code == 404


def test_everything_a_raiser_may_do_works_by_code_and_names_nobody(world: World) -> None:
    with on("2026-11-17"):
        made = raised(world)
        client = visitor(world, "wang")  # signed in by chance: it must leave no trace
        assert "Add a word" in shown(ask(client, made.code, "supplement/"))
        key = str(uuid4())
        for _ in range(2):
            text = shown(
                ask(client, made.code, "supplement/", sent="1", text="二单元也不亮", idempotency_key=key)
            )
        assert "二单元也不亮" in text
        shown(ask(client, made.code, "urge/", sent="1", text=""))
        move(world, "grid", made.matter, "judge", "settle_at_once")
        shown(ask(client, made.code, "evaluate/", sent="1", solved="no", level="2", text="没修好"))
        move(world, "caller", made.matter, "closed", "unresolved")
        shown(ask(client, made.code, "reopen/", sent="1", text="还是不亮"))
    said = Contribution.objects.filter(matter=made.matter, person=None)
    kinds = set(said.values_list("kind", flat=True))
    assert kinds == {ContributionKind.SUPPLEMENT, ContributionKind.REOPENING}
    assert Contribution.objects.filter(matter=made.matter, person=world.persons["wang"]).count() == 0
    assert Chase.objects.get(matter=made.matter).by_id is None
    assert Evaluation.objects.get(matter=made.matter).raiser_id is None
    assert read.matter(made.matter.id).reopened == 1
    assert made.code not in str(dict(client.session.items()))


def test_a_form_that_misses_something_keeps_code_and_words(world: World) -> None:
    with on("2026-11-17"):
        made = raised(world)
        move(world, "grid", made.matter, "judge", "settle_at_once")
        text = shown(ask(visitor(world), made.code, "evaluate/", sent="1", text="慢了点"), 422)
    assert f'name="code" value="{made.code}"' in text
    assert "慢了点" in text


def test_a_photo_opens_by_its_own_key_only(world: World) -> None:
    with on("2026-11-17"):
        made = raised(world)
        ties = Ties(holds_tracking_code=True)
        for name in ("a.jpg", "b.jpg"):
            files.attach(by=ANONYMOUS, matter_id=made.matter.id, ties=ties, content=picture(), name=name)
        text = shown(ask(visitor(world), made.code))
        first, second = (part.split('"')[0] for part in text.split('class="photo" href="')[1:])
        assert visitor(world).get(first)["Content-Type"] == "image/jpeg"
        bare, key = first.split("?")
        assert visitor(world).get(bare).status_code == 404
        assert visitor(world).get(f"{second.split('?')[0]}?{key}").status_code == 404


def test_the_page_is_kept_by_nobody(world: World) -> None:
    made = raised(world)
    answer = ask(visitor(world), made.code)
    assert "no-store" in answer["Cache-Control"]
