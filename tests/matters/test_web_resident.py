"""A resident's pages: who sees what, what waits for them, what they may do with their matters."""

from html import unescape
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.matters.actions import judging, moving, speaking
from linli.matters.actions.judging import Said
from linli.matters.kinds import ContributionKind
from linli.matters.models import Chase, Contribution, Evaluation, Matter
from linli.matters.read import one as read
from tests import world as worlds
from tests.matters.telling import dispatch, move, raise_one
from tests.world import World, on

MOST_QUERIES = 8


def visitor(world: World, key: str = "", language: str = "en") -> Client:
    """Somebody's browser; signed in where a key is given."""
    client = Client(headers={"accept-language": language})
    if key:
        account = get_user_model().objects.filter(person_id=world.persons[key])
        if not account.exists():
            worlds.open_account(world, key)
        client.force_login(account.get())
    return client


def shown(response, status: int = 200) -> str:
    """The page's text, entities read."""
    assert response.status_code == status, response.content.decode()[:2000]
    return unescape(response.content.decode())


def page_of(client: Client, matter: Matter) -> str:
    return shown(client.get(f"/my/{matter.id}/"))


def publish(world: World, matter: Matter) -> None:
    speaking.publish(by=world.actor("clerk"), matter_id=matter.id, title="楼道灯坏了", summary="三号楼的灯")


def to_judging(world: World, matter: Matter) -> None:
    """Bring a matter of the five affairs to its residents' judgement."""
    move(world, "grid", matter, "judge", "settle_at_once")


def close(world: World, matter: Matter) -> None:
    to_judging(world, matter)
    judging.call_back(
        by=world.actor("caller"),
        matter_id=matter.id,
        raiser_id=world.persons["wang"],
        said=Said(reached=True, solved=True, score=4),
    )
    move(world, "caller", matter, "closed", "resolve")


# The first page


def test_a_stranger_chooses_a_community(world: World) -> None:
    client = visitor(world)
    assert "建设社区" in shown(client.get("/"))
    chosen = shown(client.get(reverse("matters:community", args=[world.place("community")])))
    assert "What neighbours raised" in chosen
    assert "Another community" in shown(client.get("/")), "the choice is remembered on the device"


def test_a_resident_comes_home(world: World) -> None:
    with on("2026-11-17"):
        matter = raise_one(world)
        text = shown(visitor(world, "wang").get("/"))
    assert "建设社区" in text
    assert "3号楼 2单元" in text
    assert matter.title in text
    assert "网格员" not in text, "an English page says the post in English"
    assert "Grid worker · 1网格" in text


def test_staff_without_a_home_here_go_to_their_desk(world: World) -> None:
    answer = visitor(world, "clerk").get("/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/")


def test_what_waits_is_on_the_first_page(world: World) -> None:
    with on("2026-11-17"):
        matter = raise_one(world)
        to_judging(world, matter)
        client = visitor(world, "wang")
        text = shown(client.get("/"))
        assert f"/my/{matter.id}/evaluate/" in text
        client.post(f"/my/{matter.id}/evaluate/", {"sent": "1", "solved": "yes", "level": "5"})
        assert f"/my/{matter.id}/evaluate/" not in shown(client.get("/"))


def test_the_elder_view_is_kept_with_the_account(world: World) -> None:
    client = visitor(world, "wang")
    client.post("/preferences/elder/", {"on": "1"})
    text = shown(client.get("/"))
    assert 'class=" elder elder-20"' in text or "elder elder-20" in text
    assert "Call somebody" in text
    client.post("/preferences/elder/", {"on": "0", "next": "//elsewhere.example/"})
    assert "elder-20" not in shown(client.get("/"))


# My matters


def test_my_matters_are_mine(world: World) -> None:
    matter = raise_one(world)
    assert matter.title in shown(visitor(world, "wang").get("/my/"))
    assert matter.title not in shown(visitor(world, "chen").get("/my/"))
    assert visitor(world).get("/my/").status_code == 302


def test_a_matter_of_somebody_else_is_not_there(world: World) -> None:
    matter = raise_one(world)
    for key in ("chen", "clerk"):
        client = visitor(world, key)
        for act in ("", "supplement/", "urge/", "withdraw/", "evaluate/", "receipt/"):
            answer = client.get(f"/my/{matter.id}/{act}")
            assert "There is no such matter for you to see." in shown(answer, 404), (key, act)


def test_lists_stay_small(world: World) -> None:
    with on("2026-11-17"):
        matters = [raise_one(world) for _ in range(12)]
        for matter in matters:
            publish(world, matter)
        client = visitor(world, "wang")
        client.get("/my/")  # procedures are read once and kept
        for address in ("/my/", reverse("matters:published", args=[world.place("community")])):
            with CaptureQueriesContext(connection) as queries:
                assert shown(client.get(address)).count('class="line"') == 12
            assert len(queries) <= MOST_QUERIES, [query["sql"][:90] for query in queries]


def test_the_page_says_who_holds_it_and_until_when(world: World) -> None:
    with on("2026-11-17"):
        matter = raise_one(world)
        text = page_of(visitor(world, "wang"), matter)
    assert matter.number in text
    assert "Grid worker · 1网格" in text
    assert "tomorrow 18:00" in text
    for said in ("Neighbours discuss", "come and speak", "About 5 workdays", "Residents judge"):
        assert said in text


def test_the_story_speaks_in_plain_words(world: World) -> None:
    with on("2026-11-17"):
        matter = raise_one(world)
        move(world, "grid", matter, "act", "dispatch")
        dispatch(world, "secretary", matter)
        speaking.answer(by=world.actor("secretary"), matter_id=matter.id, text="本周内换好。")
        speaking.note(by=world.actor("secretary"), matter_id=matter.id, text="内部说一句")
        text = page_of(visitor(world, "wang"), matter)
    assert "恒安物业 was asked to do it" in text
    assert '<div class="official">' in text
    assert "本周内换好。" in text
    assert "内部说一句" not in text


def test_scripts_in_words_are_words(world: World) -> None:
    with on("2026-11-17"):
        matter = raise_one(world, title="<script>alert(1)</script>")
        raw = visitor(world, "wang").get(f"/my/{matter.id}/").content.decode()
    assert "<script>alert(1)" not in raw
    assert "&lt;script&gt;alert(1)" in raw


# What a raiser may do


def test_a_word_is_added_once(world: World) -> None:
    with on("2026-11-17"):
        matter = raise_one(world)
        client = visitor(world, "wang")
        fields = {"sent": "1", "text": "还有二单元也不亮", "idempotency_key": str(uuid4())}
        for _ in range(5):
            assert client.post(f"/my/{matter.id}/supplement/", fields).status_code == 302
        assert Contribution.objects.filter(matter=matter, kind=ContributionKind.SUPPLEMENT).count() == 1
        assert "还有二单元也不亮" in page_of(client, matter)


def test_an_empty_word_is_asked_for(world: World) -> None:
    matter = raise_one(world)
    answer = visitor(world, "wang").post(f"/my/{matter.id}/supplement/", {"sent": "1", "text": " "})
    assert "Please write something here." in shown(answer, 422)


def test_urging_is_for_once_a_day(world: World) -> None:
    with on("2026-11-17"):
        matter = raise_one(world)
        client = visitor(world, "wang")
        assert f"/my/{matter.id}/urge/" in page_of(client, matter)
        client.post(f"/my/{matter.id}/urge/", {"sent": "1", "text": ""})
        assert Chase.objects.filter(matter=matter, by_raiser=True).count() == 1
        assert f"/my/{matter.id}/urge/" not in page_of(client, matter)
        again = client.post(f"/my/{matter.id}/urge/", {"sent": "1", "text": ""})
        assert "within the last day already" in shown(again, 409)


def test_taking_back_asks_first(world: World) -> None:
    with on("2026-11-17"):
        matter = raise_one(world)
        client = visitor(world, "wang")
        assert "cannot be undone" in shown(client.get(f"/my/{matter.id}/withdraw/"))
        assert read.matter(matter.id).state == "open"
        client.post(f"/my/{matter.id}/withdraw/", {"sent": "1"})
        assert read.matter(matter.id).outcome == "withdrawn"
        assert "This matter is closed." in shown(client.get(f"/my/{matter.id}/withdraw/"), 403)


def test_the_raiser_decides_on_publication(world: World) -> None:
    with on("2026-11-17"):
        matter = raise_one(world)
        publish(world, matter)
        client = visitor(world, "wang")
        assert client.get(f"/matters/{matter.id}/").status_code == 200
        client.post(f"/my/{matter.id}/publication/", {"sent": "1"})
        assert visitor(world).get(f"/matters/{matter.id}/").status_code == 404


def test_judging_needs_both_answers_and_keeps_the_words(world: World) -> None:
    with on("2026-11-17"):
        matter = raise_one(world)
        client = visitor(world, "wang")
        assert "not ready to be judged" in shown(client.get(f"/my/{matter.id}/evaluate/"), 403)
        to_judging(world, matter)
        half = client.post(f"/my/{matter.id}/evaluate/", {"sent": "1", "solved": "yes", "text": "来得很快"})
        text = shown(half, 422)
        assert "Please choose one of the five levels." in text
        assert "来得很快" in text
        client.post(f"/my/{matter.id}/evaluate/", {"sent": "1", "solved": "yes", "level": "4"})
        assert Evaluation.objects.get(matter=matter).score == 4
        assert "You have judged this already." in shown(client.get(f"/my/{matter.id}/evaluate/"), 403)
        client.post(f"/my/{matter.id}/follow-up/", {"sent": "1", "text": "一周了，一直亮着"})
        assert Evaluation.objects.get(matter=matter).follow_up == "一周了，一直亮着"


def test_who_is_not_satisfied_is_led_to_opening_it_again(world: World) -> None:
    with on("2026-11-17"):
        matter = raise_one(world)
        close(world, matter)
    with on("2026-11-20"):
        client = visitor(world, "wang")
        judged = client.post(f"/my/{matter.id}/evaluate/", {"sent": "1", "solved": "no", "level": "2"})
        assert judged["Location"] == f"/my/{matter.id}/reopen/"
        bare = client.post(f"/my/{matter.id}/reopen/", {"sent": "1", "text": ""})
        assert "Please say what is still not solved" in shown(bare, 422)
        client.post(f"/my/{matter.id}/reopen/", {"sent": "1", "text": "又不亮了"})
        again = read.matter(matter.id)
        assert (again.state, again.reopened) == ("open", 1)
        text = page_of(client, matter)
    assert "又不亮了" in text
    assert text.index("Resolved") < text.index("又不亮了")


def test_a_closed_matter_has_no_holder_and_its_end_stands_there(world: World) -> None:
    with on("2026-11-17"):
        matter = raise_one(world)
        raiser = world.actor("wang")
        moving.withdraw(by=raiser, matter_id=matter.id, ties=read.ties(raiser, matter))
        text = page_of(visitor(world, "wang"), matter)
    assert "Closed on 17 November" in text
    assert "Urge" not in text


def test_every_page_opens_in_every_language(world: World) -> None:
    with on("2026-11-17"):
        matter = raise_one(world)
        publish(world, matter)
        pages = ["/", "/my/", "/my/?closed=1", "/say/", "/code/", "/phones/", "/communities/", "/sign-out/"]
        pages += [f"/my/{matter.id}/", f"/my/{matter.id}/receipt/", f"/matters/{matter.id}/"]
        pages += [f"/my/{matter.id}/{act}/" for act in ("supplement", "urge", "withdraw", "publication")]
        for language in ("zh-hans", "zh-hant", "en"):
            client = visitor(world, "wang", language)
            for page in pages:
                shown(client.get(page))
            shown(visitor(world, "", language).get("/sign-in/"))


# Signing in


def sign_in(client: Client, phone: str, password: str = worlds.PASSWORD):
    return client.post("/sign-in/", {"login": phone, "password": password})


def test_signing_in_leads_residents_home_and_staff_to_work(world: World) -> None:
    for key, there in (("wang", "/"), ("clerk", "/desk/")):
        worlds.open_account(world, key)
        client = visitor(world)
        answer = sign_in(client, f"+86 {world.phones[key][:3]} {world.phones[key][3:]}")
        assert client.get(answer["Location"])["Location"] == there


def test_a_wrong_password_says_so_and_locks_that_number_only(world: World) -> None:
    cache.clear()
    worlds.open_account(world, "wang")
    worlds.open_account(world, "chen")
    client = visitor(world)
    for _ in range(5):
        text = shown(sign_in(client, world.phones["wang"], "not-the-password"))
        assert "The number or the password is not right." in text
        assert f'value="{world.phones["wang"]}"' in text
    assert "wait five minutes" in shown(sign_in(client, world.phones["wang"]))
    assert sign_in(visitor(world), world.phones["chen"]).status_code == 302


def test_outside_the_demo_no_login_is_offered(world: World) -> None:
    assert "Demo: come in as" not in shown(visitor(world).get("/sign-in/"))
