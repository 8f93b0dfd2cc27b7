"""说件事: what is taken, what is refused beside its field, and that a nameless matter keeps nobody."""

from io import BytesIO
from uuid import UUID, uuid4

from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from linli.frame.models import IdempotencyRecord
from linli.matters.models import Attachment, Matter
from tests.matters.test_web_resident import shown, visitor
from tests.world import World, on

TEXT = "楼道灯坏了一个多星期，晚上看不见台阶。"


def say(client: Client, world: World, at: str = "building", **fields):
    """Send the form of the one screen."""
    sent = {"text": TEXT, "place": str(world.place(at)), "kind": "appeal", **fields}
    return client.post("/say/", sent)


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return out.getvalue()


REFUSED = [
    ({"text": ""}, "Please say what it is about."),
    ({"text": " \u200b "}, "Please say what it is about."),
    ({"text": "字" * 4001}, "at most 4000 characters"),
    ({"text": "a" * (10 * 1024 * 1024)}, "at most 4000 characters"),
    ({"title": "题" * 81}, "at most 80 characters"),
    ({"place": "not-a-place"}, "There is no such place."),
    ({"place": str(UUID(int=7))}, "There is no such place."),
    ({"place": ""}, "Please choose where it is."),
    ({"kind": "complaint"}, "Please choose one of these."),
]
WRONG_FILES = [
    ("empty.jpg", b"", "is empty"),
    ("photo.jpg", b"MZ\x90 this is a program", "This kind of file cannot be taken."),
    ("page.html", b"<script>alert(1)</script>", "This kind of file cannot be taken."),
    ("half.jpg", picture()[:200], "damaged"),
    ("big.jpg", b"\xff\xd8\xff" + b"0" * (10 * 1024 * 1024), "too big"),
]


def test_one_sentence_is_enough(world: World) -> None:
    with on("2026-11-17"):
        client = visitor(world, "wang")
        answer = say(client, world)
        matter = Matter.objects.get()
        assert answer["Location"] == f"/my/{matter.id}/receipt/"
        text = shown(client.get(answer["Location"]))
    assert matter.raised_by_id == world.persons["wang"]
    assert matter.number in text
    assert "Grid worker · 1网格" in text, "who handles it stands on the receipt"
    assert "<svg" in text


def test_the_form_begins_at_home_and_takes_a_place_from_a_poster(world: World) -> None:
    client = visitor(world, "wang")
    assert "1网格 3号楼" in shown(client.get("/say/"))
    assert "1网格 4号楼" in shown(client.get(f"/say/?place={world.place('building4')}"))
    assert client.get("/say/").content.decode().count('name="place"') == 2, "the building and its entrance"


def test_a_building_is_chosen_by_taps_and_words_stay(world: World) -> None:
    client = visitor(world, "wang")
    fields = {"text": "写到一半", "title": "灯", "nameless": "on", "place": str(world.place("building"))}
    choosing = shown(client.post("/say/", {**fields, "pick": "choose"}))
    assert "4号楼" in choosing
    assert "写到一半" in choosing
    assert 'value="灯"' in choosing
    found = shown(client.post("/say/", {**fields, "pick": "search", "where_q": "4号"}))
    assert "4号楼" in found
    assert "3号楼</button>" not in found
    chosen = shown(client.post("/say/", {**fields, "pick": str(world.place("building4"))}))
    assert "1网格 4号楼" in chosen
    assert Matter.objects.count() == 0


def test_a_script_gets_the_part_alone(world: World) -> None:
    answer = visitor(world, "wang").get("/say/where/", {"pick": str(world.place("building4"))})
    text = shown(answer)
    assert text.lstrip().startswith("<fieldset")
    assert "1网格 4号楼" in text


def test_the_same_form_sent_again_is_one_matter(world: World) -> None:
    client = visitor(world, "wang")
    key = str(uuid4())
    answers = {say(client, world, idempotency_key=key)["Location"] for _ in range(5)}
    assert Matter.objects.count() == 1
    assert len(answers) == 1


def test_the_same_key_with_other_words_is_refused(world: World) -> None:
    client = visitor(world, "wang")
    key = str(uuid4())
    say(client, world, idempotency_key=key)
    other = say(client, world, idempotency_key=key, text="另一件事")
    assert "already sent with other words" in shown(other, 422)
    assert "另一件事" in shown(other, 422)
    assert Matter.objects.count() == 1


def test_what_cannot_be_taken_is_said_beside_its_field(world: World) -> None:
    client = visitor(world, "wang")
    for fields, reason in REFUSED:
        text = shown(say(client, world, **({"where": "东门车棚边"} | fields)), 422)
        assert reason in text, fields
        assert "东门车棚边" in text, "what was typed stays"
        assert len(text) < 60_000, "a text without end is not sent back whole"
    assert Matter.objects.count() == 0


def test_broken_text_is_asked_for_again(world: World) -> None:
    body = b"text=%FF%FE%80abc&place=" + str(world.place("building")).encode()
    client = visitor(world, "wang")
    answer = client.post("/say/", body, content_type="application/x-www-form-urlencoded")
    assert "could not be read" in shown(answer, 422)


def test_characters_nobody_sees_are_dropped(world: World) -> None:
    say(visitor(world, "wang"), world, text="灯\x00坏\x07了\u202e", idempotency_key="a\x00b")
    assert Matter.objects.get().text == "灯坏了"


def test_a_wrong_file_is_named_and_nothing_is_raised(world: World) -> None:
    client = visitor(world, "wang")
    for name, content, reason in WRONG_FILES:
        files = [SimpleUploadedFile("good.jpg", picture()), SimpleUploadedFile(name, content)]
        text = shown(say(client, world, photos=files), 422)
        assert reason in text, name
        assert f"“{name}”" in text
        assert TEXT in text
    assert Matter.objects.count() == 0


def test_too_many_photos_are_counted(world: World) -> None:
    files = [SimpleUploadedFile(f"{n}.jpg", picture()) for n in range(7)]
    assert "At most 6 photos" in shown(say(visitor(world, "wang"), world, photos=files), 422)


def test_photos_are_for_who_may_see_the_matter(world: World) -> None:
    with on("2026-11-17"):
        say(visitor(world, "wang"), world, photos=[SimpleUploadedFile("a.jpg", picture())])
        address = f"/files/{Attachment.objects.get().id}/?thumbnail=1"
        assert visitor(world, "wang").get(address)["Content-Type"] == "image/jpeg"
        assert visitor(world, "grid").get(address).status_code == 200
        assert visitor(world, "chen").get(address).status_code == 404
        assert visitor(world).get(address).status_code == 404


def test_a_nameless_matter_keeps_nobody(world: World) -> None:
    with on("2026-11-17"):
        client = visitor(world, "wang")
        client.get("/say/")
        key = str(uuid4())
        answer = say(client, world, nameless="on", idempotency_key=key)
        text = shown(answer)
        matter = Matter.objects.get()
        again = shown(say(client, world, nameless="on", idempotency_key=key))
    assert matter.anonymous
    assert matter.raised_by_id is None
    code = next(iter(code_in(text)))
    assert code in again, "a retry gets the same code"
    assert Matter.objects.count() == 1
    record = IdempotencyRecord.objects.get(key=key)
    assert record.scope == "form"
    assert code not in str(record.answer)
    kept = str([session.get_decoded() for session in Session.objects.all()])
    assert code not in kept
    assert str(matter.id) not in kept


def code_in(text: str) -> set[str]:
    """The tracking codes on a page."""
    words = (part.split("<")[0] for part in text.split(">"))
    return {word for word in words if word.count("-") == 3 and len(word) == 19}


def test_somebody_not_signed_in_chooses_the_community_first(world: World) -> None:
    client = visitor(world)
    assert client.get("/say/")["Location"] == "/communities/?next=say"
    text = shown(client.get(f"/say/?community={world.place('community')}"))
    assert "without a name" in text
    receipt = shown(say(client, world))
    assert code_in(receipt)
    assert Matter.objects.get().anonymous


def test_a_place_above_the_communities_is_refused(world: World) -> None:
    client = visitor(world, "wang")
    assert "There is no such place." in shown(say(client, world, at="street"), 422)
