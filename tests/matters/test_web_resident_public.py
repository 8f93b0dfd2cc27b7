"""What everybody may see of a community, and what neighbours may say and join."""

import re
from uuid import uuid4

from django.urls import reverse

from linli.matters.models import Contribution, Matter, Raiser
from tests import world as worlds
from tests.matters.telling import move, raise_one
from tests.matters.test_web_resident import publish, shown, visitor
from tests.world import World, on


def published(world: World) -> Matter:
    """A published matter whose neighbours are discussing it."""
    matter = raise_one(world, title="王小明家门口的灯")
    publish(world, matter)
    return move(world, "grid", matter, "discuss", "accept")


def comment(client, matter: Matter, **fields):
    return client.post(f"/matters/{matter.id}/comment/", {"stance": "support", "text": "早该修了", **fields})


def test_an_unpublished_matter_is_not_there(world: World) -> None:
    matter = raise_one(world)
    assert visitor(world).get(f"/matters/{matter.id}/").status_code == 404
    assert visitor(world, "chen").post(f"/matters/{matter.id}/join/").status_code == 404


def test_the_public_page_shows_what_staff_wrote_and_nobody(world: World) -> None:
    with on("2026-11-17"):
        text = shown(visitor(world).get(f"/matters/{published(world).id}/"))
    assert "三号楼的灯" in text
    assert "Grid branch secretary" in text, "who has it"
    assert "王小明" not in text
    assert not re.search(r">[^<]*\b302\b", text), "the home it is about; ids in addresses are no words"
    assert "Sign in to say what you think" in text


def test_published_matters_are_searched(world: World) -> None:
    with on("2026-11-17"):
        published(world)
        address = reverse("matters:published", args=[world.place("community")])
        client = visitor(world)
        assert "楼道灯坏了" in shown(client.get(address, {"q": "灯坏"}))
        for words in ("电梯", "%", "'"):
            assert "楼道灯坏了" not in shown(client.get(address, {"q": words}))
        assert "Nothing published speaks of that" in shown(client.get(address, {"q": "电梯"}))


def test_neighbours_are_greeted_by_building_and_surname(world: World) -> None:
    with on("2026-11-17"):
        matter = published(world)
        client = visitor(world, "chen")
        key = str(uuid4())
        for _ in range(2):
            assert comment(client, matter, idempotency_key=key).status_code == 302
        assert Contribution.objects.filter(matter=matter, kind="comment").count() == 1
        comment(visitor(world, "old-liu"), matter, text="我也同意")
        text = shown(visitor(world).get(f"/matters/{matter.id}/"))
    assert "3号楼 Ms 陈" in text
    assert "陈静怡" not in text
    assert "3号楼 a neighbour" in text, "a name of one character is not told"


def test_a_comment_needs_a_stance_and_keeps_its_words(world: World) -> None:
    with on("2026-11-17"):
        matter = published(world)
        answer = comment(visitor(world, "chen"), matter, stance="", text="说一半")
        text = shown(answer, 422)
    assert "Please choose one of these." in text
    assert "说一半" in text


def test_strangers_neither_comment_nor_join(world: World) -> None:
    with on("2026-11-17"):
        matter = published(world)
        worlds.add_person(world, "guest", "外来人")
        client = visitor(world, "guest")
        page = shown(client.get(f"/matters/{matter.id}/"))
        assert "It concerns me too" not in page
        assert "Say it in a sentence" not in page
        assert "Only residents of this community can comment here." in shown(comment(client, matter), 403)
        joined = client.post(f"/matters/{matter.id}/join/")
        assert "Only residents of this community can join." in shown(joined, 403)
        assert visitor(world).post(f"/matters/{matter.id}/join/").status_code == 302, "to the sign-in page"


def test_a_neighbour_joins_once_and_it_is_theirs_too(world: World) -> None:
    with on("2026-11-17"):
        matter = published(world)
        client = visitor(world, "chen")
        assert "It concerns me too" in shown(client.get(f"/matters/{matter.id}/"))
        for _ in range(2):
            assert client.post(f"/matters/{matter.id}/join/")["Location"] == f"/my/{matter.id}/"
        assert Raiser.objects.filter(matter=matter).count() == 2
        text = shown(client.get(f"/my/{matter.id}/"))
        assert f"/my/{matter.id}/withdraw/" not in text, "only the first raiser takes it back"
        assert f"/my/{matter.id}/supplement/" in text
        assert "It concerns me too" not in shown(client.get(f"/matters/{matter.id}/"))


def test_an_unknown_community_is_not_there(world: World) -> None:
    for place in (uuid4(), world.place("building")):
        for name in ("community", "published"):
            assert visitor(world).get(reverse(f"matters:{name}", args=[place])).status_code == 404
