"""Procedures at the desk: adopting, changing a copy, trying it, publishing it, its file, local limits."""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from linli.audit.models import Entry
from linli.matters.models import Adoption, LocalRule, Matter, ProcedureDraft, ProcedureVersion
from linli.matters.procedures import loader
from linli.matters.procedures.writing import to_yaml
from linli.matters.read import settings
from tests.matters.desking import desk, queries, sent, shown
from tests.matters.telling import move, raise_one
from tests.world import World, on

FIELD = re.compile(
    r"<(input|select|textarea)\b([^>]*)>(.*?)(?=<(?:input|select|textarea|button)\b|$)", re.DOTALL
)


def fields(page: str) -> dict[str, list[str]]:
    """What a browser would send of the form of a procedure, as the page holds it."""
    form = page[page.index('id="procedure-form"') :]
    form = form[: form.index("</form>")]
    found: dict[str, list[str]] = {}
    for tag, attributes, rest in FIELD.findall(form):
        given = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', attributes)}
        name = given.get("name", "")
        checked = re.search(r"\schecked\b", attributes)
        if not name or (given.get("type") in ("checkbox", "radio") and not checked):
            continue
        if tag == "select":
            chosen = re.search(r'<option value="([^"]*)" selected', rest) or re.search(
                r'<option value="([^"]*)"', rest
            )
            value = unescape(chosen[1]) if chosen else ""
        elif tag == "textarea":
            value = unescape(rest.partition("</textarea>")[0])
        else:
            value = given.get("value", "")
        found.setdefault(name, []).append(value)
    return found


def typed(client: Client, url: str, **changed: str) -> HttpResponse:
    """Send the form of a draft as it stands, with some fields changed; `s1_within` stands for `s1-within`."""
    said = fields(shown(client.get(url)))
    for name, value in changed.items():
        said[re.sub(r"^(s\d+)_(m\d+_)?", lambda at: at[0].replace("_", "-"), name)] = [value]
    return client.post(url, said)


def begun(client: Client, world: World, name: str = "five-affairs") -> str:
    version = ProcedureVersion.objects.get(name=name)
    said = {"community": str(world.place("community"))}
    return sent(client.post(f"/desk/procedures/{version.id}/change/", said))


def test_the_posts_a_practice_needs_are_shown_before_it_is_adopted(world: World) -> None:
    page = shown(
        desk(world, "secretary").get(f"/desk/procedures/{ProcedureVersion.objects.get(name='six-steps').id}/")
    )
    assert "Courtyard branch secretary" in page
    assert "no such post here" in page
    assert "until then: Community clerk" in page
    assert "Adopt it" in page


def test_a_form_sent_as_it_stands_changes_nothing(world: World) -> None:
    secretary = desk(world, "secretary")
    for version in ProcedureVersion.objects.all():
        url = begun(secretary, world, version.name)
        before = ProcedureDraft.objects.latest("saved_at", "id")
        sent(typed(secretary, url, do="save"))
        after = ProcedureDraft.objects.get(id=before.id)
        assert after.text == before.text
        assert after.revision == 2


def test_a_limit_is_changed_published_and_followed(world: World) -> None:
    secretary = desk(world, "secretary")
    running = raise_one(world)
    url = begun(secretary, world)
    to = sent(typed(secretary, url, s1_within_amount="3", do="publish"))
    page = shown(secretary.get(to))
    assert "5 workdays" in page
    assert "3 workdays" in page
    draft = ProcedureDraft.objects.get()
    sent(secretary.post(to, {"revision": str(draft.revision), "use": "default"}))
    version = ProcedureVersion.objects.get(community=world.place("community"))
    assert (version.name, version.version) == ("five-affairs-620201002006", 1)
    assert settings.procedure(version).step("discuss").within == "3 workdays"
    assert not ProcedureDraft.objects.exists()
    assert Matter.objects.get(id=running.id).procedure.name == "five-affairs"
    assert raise_one(world).procedure_id == version.id
    assert [
        row.procedure_id
        for row in Adoption.objects.filter(is_default=True, ends=None, community=world.place("community"))
    ] == [version.id]
    events = set(Entry.objects.values_list("event", flat=True))
    assert {"matters.procedure_drafted", "matters.procedure_published"} <= events
    again = begun(secretary, world, version.name)
    shown(secretary.get(f"{again}publish/"))
    assert "Nothing is different" in shown(
        secretary.post(f"{again}publish/", {"revision": "1", "use": ""}), 422
    )
    shown(secretary.get(f"/desk/procedures/{version.id}/"))
    base = ProcedureVersion.objects.get(name="five-affairs")
    difference = shown(secretary.get(f"/desk/procedures/{version.id}/difference/?from={base.id}"))
    assert "3 workdays" in difference


REFUSED = [
    ({"s3_within_amount": "60"}, "Regulations on Petitions"),
    ({"s1_holder": "courtyard_branch_secretary"}, "this community has no “Courtyard branch secretary”"),
    ({"s1_holder": "building_head"}, "this community has no"),
    ({"s1_holder": "king"}, "is not a post of this practice"),
    ({f"s4_m{number}_target": "judge" for number in range(3)}, "can never end"),
    ({"s0_m0_target": "judge", "s2_m1_target": "act"}, "cannot be reached"),
    ({"s1_within_amount": ""}, "not a length of time"),
    ({"s1_title_zh": "", "s1_title_en": ""}, "is empty"),
]


@pytest.mark.parametrize(("changed", "reason"), REFUSED, ids=[reason for _changed, reason in REFUSED])
def test_what_is_wrong_is_said_and_not_published(world: World, changed: dict[str, str], reason: str) -> None:
    secretary = desk(world, "secretary")
    url = begun(secretary, world)
    sent(typed(secretary, url, **changed, do="save"))
    page = shown(secretary.get(url))
    assert reason in page
    revision = {"revision": str(ProcedureDraft.objects.get().revision), "use": "default"}
    shown(secretary.post(f"{url}publish/", revision), 422)
    assert ProcedureDraft.objects.exists()


def test_while_typing_the_drawing_follows_and_nothing_is_kept(world: World) -> None:
    secretary = desk(world, "secretary")
    url = begun(secretary, world)
    said = fields(shown(secretary.get(url))) | {"s1-title_en": ["Sit together"]}
    page = shown(secretary.post(f"{url}look/", said))
    assert "<svg" in page
    assert "Sit together" in page
    assert 'id="faults"' in page
    assert "Sit together" not in ProcedureDraft.objects.get().text


def test_steps_and_buttons_are_put_in_moved_and_taken_out(world: World) -> None:
    secretary = desk(world, "secretary")
    url = begun(secretary, world)
    for order, keys in [
        ("insert:1", ["raise", "discuss", "step-1", "negotiate", "act", "judge"]),
        ("down:2", ["raise", "discuss", "negotiate", "step-1", "act", "judge"]),
        ("remove:2", ["raise", "discuss", "step-1", "act", "judge"]),
        ("up:2", ["raise", "step-1", "discuss", "act", "judge"]),
    ]:
        assert "#step-" in sent(typed(secretary, url, do=order))
        parsed, faults = loader.examine(ProcedureDraft.objects.get().text, "draft")
        assert parsed is not None
        assert [step.key for step in parsed.steps] == keys
        assert faults == []
    sent(typed(secretary, url, do="add_move:4"))
    assert "·" in shown(secretary.get(url))
    before = len(loader.examine(ProcedureDraft.objects.get().text, "x")[0].step("judge").moves)
    sent(typed(secretary, url, do="remove_move:4:0"))
    assert len(loader.examine(ProcedureDraft.objects.get().text, "x")[0].step("judge").moves) == before - 1


def test_of_two_who_save_the_second_is_told_and_both_are_kept(world: World) -> None:
    secretary = desk(world, "secretary")
    url = begun(secretary, world)
    mine = fields(shown(secretary.get(url)))
    sent(typed(secretary, url, s1_within_amount="4", do="save"))
    page = shown(secretary.post(url, mine | {"s1-within_amount": ["2"], "do": ["save"]}), 409)
    assert "Both are kept" in page
    assert "4 workdays" in page
    assert "2 workdays" in page
    first, second = ProcedureDraft.objects.order_by("id")
    assert second.beside_id == first.id
    assert "within: 4 workdays" in first.text
    assert "within: 2 workdays" in second.text
    shown(secretary.get(f"/desk/procedures/drafts/{second.id}/late/"), 409)


def test_a_file_goes_out_and_comes_in_the_same(world: World) -> None:
    secretary = desk(world, "secretary")
    version = ProcedureVersion.objects.get(name="item-by-item")
    file = secretary.get(f"/desk/procedures/{version.id}/file/")
    assert file["Content-Disposition"] == 'attachment; filename="item-by-item-2.yaml"'
    text = file.content.decode()
    assert text == to_yaml(settings.procedure(version))
    said = {"community": str(world.place("community")), "text": text}
    url = sent(secretary.post("/desk/procedures/in/", said))
    draft = ProcedureDraft.objects.get()
    assert draft.based_on_id == version.id
    again = secretary.get(f"{url}file/").content.decode()
    assert again.replace("item-by-item-620201002006", "item-by-item") == text.replace(
        "version: 2", "version: 1"
    )


WRONG_FILES = [
    ("just words", 1, "must be a list of keys and values"),
    ("procedure: x\nversion: soon", 2, "cannot be read"),
    ("procedure: [", 1, "not valid YAML"),
]


@pytest.mark.parametrize(("text", "line", "reason"), WRONG_FILES)
def test_a_faulty_file_is_refused_with_line_and_reason_and_nothing_typed_is_lost(
    world: World, text: str, line: int, reason: str
) -> None:
    said = {"community": str(world.place("community")), "text": text}
    page = shown(desk(world, "secretary").post("/desk/procedures/in/", said), 422)
    assert f"line {line}" in page
    assert reason in page
    assert text.split("\n")[0] in page
    assert not ProcedureDraft.objects.exists()


def test_it_is_tried_on_a_past_matter(world: World) -> None:
    secretary = desk(world, "secretary")
    with on("2026-11-16"):
        matter = raise_one(world)
    with on("2026-11-18"):
        move(world, "grid", matter, "closed", "out_of_scope")
    with on("2026-11-16"):
        again = raise_one(world)
        move(world, "grid", again, "negotiate", "refer")
    with on("2026-11-25"):
        move(world, "owners", again, "discuss", "disagree")
        move(world, "branch", again, "raise", "send_back")
        move(world, "grid", again, "closed", "out_of_scope")
    url = begun(secretary, world)
    page = shown(secretary.get(f"{url}try/"))
    assert again.title in page
    tried = shown(secretary.get(f"{url}try/?matter={again.id}"))
    assert "It would have ended: out of scope" in tried
    assert "Grid worker" in tried
    plain = ProcedureVersion.objects.get(name="plain")
    other = shown(secretary.get(f"/desk/procedures/{plain.id}/try/?matter={again.id}"))
    assert "No way fits" in other


def test_local_limits_are_set_from_a_day_on(world: World) -> None:
    secretary = desk(world, "secretary")
    with on("2026-11-18"):
        page = shown(secretary.get("/desk/procedures/limits/"))
        assert "7 days" in page
        community = {"community": str(world.place("community"))}
        limit = {**community, "key": "promise.ordinary", "amount": "5", "unit": "day"}
        past = shown(secretary.post("/desk/procedures/limits/", {**limit, "starts": "2026-11-17"}), 422)
        assert "today or later" in past
        longer = {**limit, "amount": "90", "starts": "2026-11-19"}
        assert "60 days" in shown(secretary.post("/desk/procedures/limits/", longer), 422)
        sent(secretary.post("/desk/procedures/limits/", {**limit, "starts": "2026-11-18"}))
        assert "5 days" in shown(secretary.get("/desk/procedures/limits/"))
        sent(
            secretary.post("/desk/procedures/limits/", {**community, "hour": "17:30", "starts": "2026-11-20"})
        )
        assert "2026-11-20 17:30" in shown(secretary.get("/desk/procedures/limits/"))
    assert LocalRule.objects.count() == 2
    assert Entry.objects.filter(event="matters.local_rule_set").count() == 2


@pytest.mark.parametrize("who", ["clerk", "grid", "wang"])
def test_whoever_may_not_choose_procedures_changes_none(world: World, who: str) -> None:
    url = begun(desk(world, "secretary"), world)
    for path in (
        url,
        f"{url}publish/",
        f"{url}try/",
        f"{url}file/",
        "/desk/procedures/in/",
        "/desk/procedures/limits/",
    ):
        assert desk(world, who).get(path).status_code == 403
    for path in (url, f"{url}drop/", f"{url}look/"):
        assert desk(world, who).post(path).status_code == 403


def test_pages_ask_little_of_the_database(world: World) -> None:
    secretary = desk(world, "secretary")
    begun(secretary, world)
    assert queries(secretary, "/desk/procedures/") <= 12
