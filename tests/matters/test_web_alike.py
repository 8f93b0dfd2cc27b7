"""看看是不是同一件事: at the desk with one press, for a resident before anything is sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.kernel.actor import SYSTEM
from linli.matters.actions import speaking
from linli.matters.kinds import Outcome
from linli.matters.models import Attachment, Matter, Raiser
from linli.matters.read import alike
from linli.matters.read import one as read
from linli.notices.models import Notice
from linli.places import actions as places
from linli.places.kinds import PlaceKind
from tests.matters.telling import TEXT, move, raise_one
from tests.matters.test_web_resident import publish, shown, visitor
from tests.matters.test_web_resident_say import picture, say
from tests.world import BEGAN, World, on

LIKE = "楼道的灯坏了好几天，晚上什么都看不见。"


def panel(client, world: World, text: str, at: str = "building") -> str:
    return shown(client.post("/say/alike/", {"text": text, "place": str(world.place(at))}))


def test_the_desk_shows_a_likely_duplicate_with_its_reason_and_joins_it_with_one_press(
    plain_world: World,
) -> None:
    world = plain_world
    with on("2026-11-16"):
        first = raise_one(world, "chen", "entrance")
    with on("2026-11-18"):
        second = raise_one(world)
        clerk = visitor(world, "clerk")
        page = shown(clerk.get(f"/desk/matters/{second.id}/"))
        assert first.number in page
        assert "same entrance, 2 days apart, both say" in page
        clerk.post(f"/desk/matters/{second.id}/merge/", {"number": first.number})
    merged = Matter.objects.get(id=second.id)
    assert (merged.outcome, merged.merged_into_id) == (Outcome.MERGED, first.id)
    assert set(read.raisers(first)) == {world.persons["wang"], world.persons["chen"]}


def test_a_duplicate_without_a_name_is_shown_and_not_merged(plain_world: World) -> None:
    world = plain_world
    with on("2026-11-18"):
        raise_one(world, "chen")
        say(visitor(world), world, at="home", nameless="on")
        nameless = Matter.objects.get(anonymous=True)
        page = shown(visitor(world, "clerk").get(f"/desk/matters/{nameless.id}/"))
        assert "same home, the same day" in page
        assert "Join with it" not in page


def test_a_resident_sees_what_is_published_near_them_and_nothing_else(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world, "chen", "entrance")
        client = visitor(world, "wang")
        assert "Perhaps a neighbour" not in panel(client, world, LIKE), "not published, not shown"
        publish(world, matter)
        text = panel(client, world, LIKE)
        assert "楼道灯坏了" in text
        assert "same building, the same day" in text
        assert TEXT not in text
        assert "一个多星期" not in text, "the raiser's own words stay the raiser's"
        assert "Perhaps a neighbour" not in panel(client, world, "想在院子里种点花")
        assert "Perhaps a neighbour" not in panel(client, world, LIKE, at="other")
        speaking.unpublish(by=world.actor("clerk"), matter_id=matter.id)
        assert "Perhaps a neighbour" not in panel(client, world, LIKE)


def test_the_panel_is_quick_in_queries_and_answers_nobody_in_particular(world: World) -> None:
    with on("2026-11-18"):
        for _ in range(5):
            publish(world, raise_one(world, "chen", "entrance"))
        client = visitor(world)
        panel(client, world, LIKE)
        with CaptureQueriesContext(connection) as asked:
            text = panel(client, world, LIKE)
        named = panel(client, world, "4号楼门口堆满了纸箱")
    assert len(asked) <= 12
    assert text.count("楼道灯坏了") == 3
    assert "1网格 4号楼" in named, "the place it speaks of is proposed"
    assert "1网格 4号楼" not in text
    assert panel(client, world, "").strip() == ""


def test_nothing_is_sent_before_the_sender_saw_what_is_like_it(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world, "chen", "entrance")
        publish(world, matter)
        client = visitor(world, "wang")
        photo = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
        between = say(client, world, text=LIKE, photos=photo, unpublished="on", where="二楼拐角")
        page = shown(between)
        assert "Is it the same thing?" in page
        assert "1 photo is kept with it" in page
        assert Matter.objects.count() == 1
        fields = carried(page)
        back = shown(client.post("/say/", {**fields, "look": "again"}))
        for kept in (LIKE, "二楼拐角", "1 photo is kept"):
            assert kept in back
        answer = client.post("/say/", fields)
        assert answer.status_code == 302
    made = Matter.objects.exclude(id=matter.id).get()
    assert (made.text, made.where, made.forbids_publication) == (LIKE, "二楼拐角", True)
    assert Attachment.objects.filter(matter=made).count() == 1


def test_what_was_shown_while_typing_is_not_asked_again(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world, "chen", "entrance")
        publish(world, matter)
        client = visitor(world, "wang")
        assert f'name="seen" value="{matter.id}"' in panel(client, world, LIKE)
        assert say(client, world, text=LIKE, seen=str(matter.id)).status_code == 302
        assert say(client, world, text="院子里的树该修剪了").status_code == 302


def test_altered_photos_are_nobodys(world: World) -> None:
    with on("2026-11-18"):
        answer = say(
            visitor(world, "wang"), world, text=LIKE, kept="k1:bm9uc2Vuc2Vub25zZW5zZW5vbnNlbnNlbm9uc2Vuc2U="
        )
    assert answer.status_code == 302
    assert not Attachment.objects.exists()


def test_joining_instead_counts_and_keeps_informed(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world, "chen", "entrance")
        publish(world, matter)
        client = visitor(world, "wang")
        page = shown(say(client, world, text=LIKE))
        assert f'action="/matters/{matter.id}/join/"' in page
        answer = client.post(f"/matters/{matter.id}/join/", {"instead": "say"})
        assert answer["Location"] == f"/my/{matter.id}/?instead=say"
        assert 'data-draft-done="say"' in shown(client.get(answer["Location"]))
        speaking.answer(by=world.actor("clerk"), matter_id=matter.id, text="今天换。")
    assert Matter.objects.count() == 1
    assert Raiser.objects.filter(matter=matter).count() == 2
    assert Notice.objects.filter(person_id=world.persons["wang"], topic="matter_answered").exists()


def test_who_is_not_signed_in_may_look_and_send_but_not_join(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world, "chen", "entrance")
        publish(world, matter)
        page = shown(say(visitor(world), world, text=LIKE))
        assert f"/matters/{matter.id}/join/" not in page
        assert "for that one signs in" in page
        assert Matter.objects.count() == 1


def test_what_is_not_ours_leads_on_to_somebody_who_can(plain_world: World) -> None:
    world = plain_world
    with on("2026-11-18"):
        client = visitor(world, "wang")
        assert "call 119 first" in panel(client, world, "三楼着火了，快来人")
        say(client, world, text="这个事我们已经起诉了，等法院判决")
        matter = Matter.objects.get()
        move(world, "clerk", matter, "closed", "out_of_scope")
        page = shown(client.get(f"/my/{matter.id}/"))
    assert "What else can be done" in page
    assert "12348" in page


def test_intake_proposes_the_place_that_was_named(world: World) -> None:
    clerk = visitor(world, "clerk")
    text = shown(clerk.post("/desk/intake/named/", {"text": "4号楼门口堆满了纸箱", "raiser": "none"}))
    assert str(world.place("building4")) in text
    assert "“4号楼门口”" in text
    assert "checked" not in text, "proposed, never taken by itself"
    assert shown(clerk.post("/desk/intake/named/", {"text": "", "raiser": ""})).strip() == ""


def carried(page: str) -> dict[str, str]:
    """The hidden fields of the step between."""
    fields: dict[str, str] = {}
    form = page[page.index('action="/say/"') :]
    for part in form.split('<input type="hidden" name="')[1:]:
        name, rest = part.split('"', 1)
        fields[name] = rest.split('value="', 1)[1].split('"', 1)[0]
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def test_an_older_matter_next_door_is_looked_at_before_newer_ones_far_away(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not all that is published can be compared; what is near is, however long ago it was published."""
    monkeypatch.setattr(alike, "PUBLISHED_LOOKED_AT", 1)
    court = {"courtyard": (PlaceKind.COURTYARD, "甲院", "y01", "grid"),
             "house": (PlaceKind.BUILDING, "7号楼", "b07", "courtyard")}  # fmt: skip
    for name, (kind, title, label, parent) in court.items():
        world.places[name] = places.open_place(
            by=SYSTEM, kind=kind, name=title, label=label, parent_id=world.place(parent), opened_on=BEGAN
        )
    with on("2026-11-16"):
        publish(world, raise_one(world, "chen", "house"))
    with on("2026-11-18"):
        tree = raise_one(world, "chen", "building4", text="门口的树该修一修了。")
        speaking.publish(by=world.actor("clerk"), matter_id=tree.id, title="修树", summary="门口的树")
        client = visitor(world, "wang")
        assert "楼道灯坏了" in panel(client, world, LIKE, at="house")
        assert "楼道灯坏了" not in panel(client, world, LIKE, at="building4")
