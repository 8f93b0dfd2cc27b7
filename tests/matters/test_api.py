"""Matters for other systems: raised, listed, read, moved, judged; each refusal with its reason."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from linli.audit.models import Entry
from linli.frame.models import IdempotencyRecord
from linli.kernel import clock
from linli.kernel.ids import uuid7
from linli.matters.kinds import Event, Power
from linli.matters.models import Callback, Evaluation, Matter
from linli.matters.procedures import loader
from linli.matters.read import settings
from linli.people.kinds import Power as PeoplePower
from tests import world as worlds
from tests.api import System, key_of, problem

pytestmark = pytest.mark.django_db
TEXT = "3号楼门口路灯不亮了"
LIST_QUERIES, READ_QUERIES = 8, 12


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


@pytest.fixture
def grid(world):
    return System(key_of(world, "grid").text)


def given(world, **more):
    """What another system sends of a matter."""
    body = {"place": str(world.place("building")), "text": TEXT, "raiser": {"phone": world.phones["wang"]}}
    return {name: value for name, value in {**body, **more}.items() if value is not None}


def raised(system, world, **more):
    answer = system.post("/matters", given(world, **more))
    assert answer.status_code == 201, answer.content.decode()
    return SimpleNamespace(**answer.json())


def without_name(system, world):
    return raised(system, world, raiser=None, anonymous=True)


# ── raising ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_matter_is_raised_for_a_resident(world, clerk):
    made = raised(clerk, world)
    row = Matter.objects.get(id=made.id)
    assert (row.raised_by_id, row.entered_by_id, row.channel) == (world.persons["wang"], None, "mini_program")
    assert made.code is None
    entry = Entry.objects.get(event=Event.ENTERED)
    assert (entry.actor_kind, entry.subject_id) == ("key", row.id)


def test_a_matter_without_a_name_is_followed_by_its_code(world, clerk):
    made = without_name(clerk, world)
    row = Matter.objects.get(id=made.id)
    assert row.anonymous
    assert row.raised_by_id is None
    assert len(made.code) == 19
    told = clerk.get(f"/matters/{made.id}").json()
    assert told["raisers"] == []
    assert made.code not in str(told)


def test_the_code_is_stored_nowhere_in_the_clear(world, clerk):
    made = without_name(clerk, world)
    [record] = IdempotencyRecord.objects.all()
    assert made.code not in record.answer


NOT_RAISED = [
    ({"place": "620201002999"}, "no such place"),
    ({"raiser": {"phone": "13999999999"}}, "Nobody with this phone"),
    ({"raiser": None}, "One or more values"),
    ({"anonymous": True}, "One or more values"),
    ({"text": " \n "}, "One or more values"),
    ({"text": "灯\x00坏"}, "One or more values"),
    ({"text": "灯" * 4001}, "One or more values"),
    ({"kind": "rumour"}, "One or more values"),
    ({"level": 3}, "One or more values"),
]


def test_what_cannot_be_raised_says_why(world, clerk, subtests):
    for more, reason in NOT_RAISED:
        with subtests.test(str(more)[:60]):
            assert reason in problem(clerk.post("/matters", given(world, **more)), 422)
    assert not Matter.objects.exists()


def test_a_resident_elsewhere_is_as_unknown_as_nobody(world):
    """A key for a grid is no way to find out who lives in the next."""
    with clock.at(worlds.MORNING):
        narrow = System(key_of(world, "clerk", place="building4").text)
    body = given(world, place=str(world.place("building4")))
    elsewhere = problem(narrow.post("/matters", body), 422)
    nobody = problem(narrow.post("/matters", {**body, "raiser": {"phone": "13999999999"}}), 422)
    assert elsewhere == nobody


def test_a_key_raises_nothing_outside_its_place(world):
    narrow = System(key_of(world, "clerk", place="building4").text)
    reason = problem(narrow.post("/matters", given(world, raiser=None, anonymous=True)), 403)
    assert reason == "Entering matters for others is for the staff of this place."


def test_a_key_without_the_power_is_told_so_before_its_body_is_read(world):
    reader = System(key_of(world, "clerk", [Power.READ]).text)
    assert "staff whose post includes it" in problem(reader.post("/matters", {"nonsense": 1}), 403)


def test_a_shared_phone_needs_the_name(world, clerk):
    twin = worlds.add_person(world, "twin", "李云")
    worlds.share_phone(world, twin, "wang")
    body = given(world, raiser={"phone": world.phones["wang"]})
    assert "share this phone" in problem(clerk.post("/matters", body), 422)
    assert raised(clerk, world, raiser={"phone": world.phones["wang"], "name": "王小明"}).number


# ── once ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_retry_gets_the_same_answer(world, clerk):
    first = clerk.post("/matters", given(world), once="retry-1")
    again = clerk.post("/matters", given(world), once="retry-1")
    assert first.json() == again.json()
    assert again.status_code == 201
    assert Matter.objects.count() == 1


def test_the_same_key_with_other_words_is_refused(world, clerk):
    clerk.post("/matters", given(world), once="retry-1")
    answer = clerk.post("/matters", given(world, text="别的事"), once="retry-1")
    assert "idempotency key" in problem(answer, 422)


def test_two_systems_may_use_the_same_idempotency_key(world, clerk, grid):
    assert (
        clerk.post("/matters", given(world), once="1").json()["id"]
        != (grid.post("/matters", given(world), once="1").json()["id"])
    )


def test_a_refused_act_leaves_its_key_free(world, clerk):
    clerk.post("/matters", given(world, place="620201002999"), once="retry-1")
    assert clerk.post("/matters", given(world), once="retry-1").status_code == 201


def test_an_act_needs_an_idempotency_key(world, clerk):
    clerk.headers["idempotency-key"] = ""
    answer = clerk.client.post(
        "/api/matters", given(world), content_type="application/json", headers=clerk.headers
    )
    problem(answer, 422)
    assert answer.json()["errors"] == [{"path": "header.Idempotency-Key", "words": "This is missing."}]


# ── lists and pages ─────────────────────────────────────────────────────────────────────────────────────


def numbers(answer):
    return [each["number"] for each in answer.json()["matters"]]


def test_the_list_holds_what_lies_in_the_keys_place(world, clerk):
    here = raised(clerk, world)
    there = raised(clerk, world, place=str(world.place("building4")), raiser=None, anonymous=True)
    narrow = System(key_of(world, "clerk", place="building4").text)
    assert numbers(clerk.get("/matters")) == [there.number, here.number]
    assert numbers(narrow.get("/matters")) == [there.number]
    assert numbers(clerk.get("/matters", place=str(world.place("building")))) == [here.number]


NARROWED = [
    ({"state": "open"}, 1),
    ({"state": "closed"}, 0),
    ({"category": "lighting"}, 0),
    ({"since": "2026-11-16", "until": "2026-11-16"}, 1),
    ({"since": "2026-11-17"}, 0),
    ({"until": "2026-11-15"}, 0),
    ({"late": "true"}, 0),
    ({"mine": "true"}, 0),
]


def test_the_list_is_narrowed(world, clerk, subtests):
    raised(clerk, world)
    for query, found in NARROWED:
        with subtests.test(str(query)):
            assert len(numbers(clerk.get("/matters", **query))) == found


def test_mine_is_what_the_keys_post_holds_and_late_what_is_overdue(world, clerk, grid):
    made = raised(clerk, world)
    assert numbers(grid.get("/matters", mine="true")) == [made.number]
    with clock.at(worlds.MORNING + timedelta(days=5)):
        [late] = grid.get("/matters", late="true").json()["matters"]
    assert late["late"] is True


WRONG_FILTERS = [
    {"state": "lost"},
    {"limit": "0"},
    {"limit": "101"},
    {"limit": "9" * 400},
    {"since": "yesterday"},
    {"until": "9999-12-31"},
    {"cursor": "made-up"},
    {"place": "620201002999"},
]


def test_a_wrong_filter_is_said(clerk, subtests):
    for query in WRONG_FILTERS:
        with subtests.test(str(query)[:60]):
            problem(clerk.get("/matters", **query), 422)


def test_pages_hold_every_row_once_while_others_are_added(world, clerk):
    made = [without_name(clerk, world).number for _each in range(7)]
    seen, cursor = [], ""
    while cursor is not None:
        page = clerk.get("/matters", limit=3, cursor=cursor)
        seen += numbers(page)
        cursor = page.json()["next"]
        without_name(clerk, world)  # newer than everything on the way: on no later page
    assert seen == made[::-1]


def test_a_list_of_fifty_and_a_matter_take_few_queries(world, clerk, django_assert_max_num_queries):
    made = [without_name(clerk, world) for _each in range(50)]
    clerk.get("/matters")
    with django_assert_max_num_queries(LIST_QUERIES):
        assert len(numbers(clerk.get("/matters"))) == 50
    with django_assert_max_num_queries(READ_QUERIES):
        assert clerk.get(f"/matters/{made[0].id}").status_code == 200


# ── one matter ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_raiser_is_told_masked_and_only_with_the_power(world, clerk):
    made = raised(clerk, world)
    [raiser] = clerk.get(f"/matters/{made.id}").json()["raisers"]
    assert (raiser["name"], raiser["phone"]) == ("王**", f"139****{world.phones['wang'][-4:]}")
    plain = System(key_of(world, "clerk", [Power.READ]).text)
    assert plain.get(f"/matters/{made.id}").json()["raisers"] == []
    assert PeoplePower.READ in world.posts["clerk"].kind.powers


def test_what_was_said_names_nobody(world, clerk):
    made = raised(clerk, world)
    for path in ("", "/steps", "/history", "/orders"):
        text = clerk.get(f"/matters/{made.id}{path}").content.decode()
        assert "王小明" not in text
        assert world.phones["wang"] not in text


def test_notes_are_told_with_the_power_to_write_them(world, clerk):
    made = raised(clerk, world)
    worlds.note(world, made.id, "屋里有老人")
    assert [each["kind"] for each in clerk.get(f"/matters/{made.id}/history").json()] == ["note"]
    plain = System(key_of(world, "clerk", [Power.READ]).text)
    assert plain.get(f"/matters/{made.id}/history").json() == []


def test_a_matter_elsewhere_is_not_there(world, clerk):
    made = raised(clerk, world)
    narrow = System(key_of(world, "clerk", place="building4").text)
    for path in ("", "/steps", "/history", "/orders"):
        elsewhere = problem(narrow.get(f"/matters/{made.id}{path}"), 404)
        assert elsewhere == problem(narrow.get(f"/matters/{uuid7()}{path}"), 404)


def test_an_id_that_is_none_is_said(clerk):
    answer = clerk.get("/matters/nothing")
    problem(answer, 422)
    assert answer.json()["errors"] == [
        {"path": "path.matter_id", "words": "An id is needed, as it was given here."}
    ]


# ── moving ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_post_that_holds_the_step_moves_it(world, clerk, grid):
    made = raised(clerk, world)
    [first, *_others] = grid.get(f"/matters/{made.id}").json()["moves"]
    assert clerk.get(f"/matters/{made.id}").json()["moves"] == []
    move = {"from_step": "raise", "to": first["to"], "verb": first["verb"]}
    moved = grid.post(f"/matters/{made.id}/moves", move)
    assert moved.status_code == 200, moved.content
    assert moved.json()["step"]["key"] == first["to"]
    [left, now] = grid.get(f"/matters/{made.id}/steps").json()
    assert (left["key"], left["verb"], now["left_at"]) == ("raise", first["verb"], None)
    entry = Entry.objects.get(event=Event.MOVED)
    assert (entry.actor_kind, entry.post_id) == ("key", world.posts["grid"].id)


def test_moving_is_refused_with_the_policys_reason(world, clerk, grid):
    made = raised(clerk, world)
    move = {"from_step": "raise", "to": "discuss"}
    assert problem(clerk.post(f"/matters/{made.id}/moves", move), 403) == "This matter is not on your post."
    stale = {"from_step": "discuss", "to": "act"}
    assert "Somebody was quicker" in problem(grid.post(f"/matters/{made.id}/moves", stale), 409)
    assert problem(grid.post(f"/matters/{uuid7()}/moves", move), 404)
    reader = System(key_of(world, "grid", [Power.READ]).text)
    assert problem(reader.post(f"/matters/{made.id}/moves", move), 403)


# ── how it ended ────────────────────────────────────────────────────────────────────────────────────────


def closed(world, made):
    """The same, ended by the grid worker."""
    worlds.end(world, made.id)
    return made


def test_a_matter_is_judged_by_its_code(world, clerk):
    made = closed(world, without_name(clerk, world))
    body = {"code": made.code.lower(), "solved": True, "score": 5}
    answer = clerk.post("/evaluations", body)
    assert (answer.status_code, answer.json()["number"]) == (201, made.number)
    row = Evaluation.objects.get()
    assert (row.raiser_id, row.score) == (None, 5)
    assert "judged this already" in problem(clerk.post("/evaluations", body), 409)


def test_judging_too_early_or_with_a_wrong_code_is_refused(world, clerk):
    made = without_name(clerk, world)
    early = {"code": made.code, "solved": True, "score": 5}
    assert "not ready to be judged" in problem(clerk.post("/evaluations", early), 403)
    wrong = {**early, "code": "0000-0000-0000-0000"}
    assert "No matter has this code" in problem(clerk.post("/evaluations", wrong), 404)
    problem(clerk.post("/evaluations", {**early, "score": 6}), 422)
    problem(clerk.post("/evaluations", {**early, "solved": "yes"}), 422)


def test_codes_cannot_be_guessed_through_a_key(world, clerk):
    made = closed(world, without_name(clerk, world))
    wrong = {"code": "0000-0000-0000-0000", "solved": True, "score": 5}
    for _each in range(10):
        problem(clerk.post("/evaluations", wrong), 404)
    answer = clerk.post("/evaluations", {**wrong, "code": made.code})
    problem(answer, 429)
    assert answer["Retry-After"] == "60"
    with clock.at(worlds.MORNING + timedelta(minutes=1)):
        assert clerk.post("/evaluations", {**wrong, "code": made.code}).status_code == 201


def test_a_callback_is_noted(world, clerk):
    made = closed(world, raised(clerk, world))
    caller = System(key_of(world, "caller").text)
    body = {"reached": True, "solved": True, "score": 4}
    answer = caller.post(f"/matters/{made.id}/callbacks", body)
    assert answer.status_code == 201, answer.content
    row = Callback.objects.get()
    assert (row.raiser_id, row.by_id, row.score) == (world.persons["wang"], None, 4)
    half = {"reached": True}
    assert "one of the five levels" in problem(caller.post(f"/matters/{made.id}/callbacks", half), 422)
    other = {**body, "raiser": str(world.persons["chen"])}
    assert "did not raise" in problem(caller.post(f"/matters/{made.id}/callbacks", other), 422)


def test_no_key_calls_back_what_its_post_worked_on(world, clerk):
    caller = System(key_of(world, "caller").text)
    made = raised(clerk, world)
    worlds.hold(world, made.id, "caller")
    move = {"from_step": "raise", "to": "closed", "verb": "out_of_scope"}
    assert caller.post(f"/matters/{made.id}/moves", move).status_code == 200
    body = {"reached": False}
    reason = problem(caller.post(f"/matters/{made.id}/callbacks", body), 403)
    assert reason == "Nobody calls back their own work."


# ── procedures ──────────────────────────────────────────────────────────────────────────────────────────


def test_practices_list_their_procedures(clerk):
    told = {each["practice"]: each["procedures"] for each in clerk.get("/practices").json()}
    assert {"plain", "five-affairs"} <= told.keys()
    [version] = told["five-affairs"]
    assert (version["name"], version["version"]) == ("five-affairs", 1)


def test_a_version_is_told_as_data(clerk):
    told = clerk.get("/procedures/five-affairs/1").json()
    assert told["starts"] == "raise"
    [first, *_others] = told["steps"]
    assert (first["key"], first["holder"], first["within"]) == ("raise", "grid_worker", "1 workday")


def test_a_version_is_told_as_its_file(clerk):
    """Every stored version comes back to the same content when its file is read."""
    for stored in settings.shipped_procedures():
        answer = clerk.get(f"/procedures/{stored.name}/{stored.version}/yaml")
        assert answer["Content-Type"] == "application/yaml; charset=utf-8"
        assert loader.load(answer.content.decode(), "told.yaml").sha256 == stored.sha256


def test_a_procedure_nobody_stored_is_not_there(clerk):
    for path in ("/procedures/none/1", "/procedures/plain/99", "/procedures/none/1/yaml"):
        assert problem(clerk.get(path), 404) == "There is no such procedure."


def test_a_unit_needs_no_procedures(world):
    unit = System(key_of(world, "power").text)
    problem(unit.get("/practices"), 403)
    problem(unit.get("/matters"), 403)
