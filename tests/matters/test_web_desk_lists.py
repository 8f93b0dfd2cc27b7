"""Registers, search, exports, rates and procedures at the desk."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from linli.audit.models import Entry
from linli.matters.actions import judging, speaking
from linli.matters.actions.judging import Said
from linli.matters.kinds import Event
from linli.matters.models import Adoption, Matter, ProcedureVersion
from tests.matters.desking import MOST_QUERIES, desk, queries, sent, shown
from tests.matters.telling import at_handling, dispatch, move, raise_one
from tests.world import World, on

LISTS = [
    ("clerk", "/desk/"),
    ("clerk", "/desk/new/"),
    ("clerk", "/desk/sent/"),
    ("clerk", "/desk/whistles/"),
    ("clerk", "/desk/matters/"),
    ("clerk", "/desk/orders/"),
    ("secretary", "/desk/"),
    ("street", "/desk/"),
    ("street", "/desk/matters/"),
    ("street", "/desk/whistles/"),
    ("property", "/desk/"),
    ("property", "/desk/orders/"),
    ("secretary", "/desk/audit/"),
]


@pytest.fixture
def busy_world(plain_world: World) -> World:
    """A dozen matters, half of them sent out."""
    for number in range(12):
        matter = raise_one(plain_world, title=f"第 {number} 件", place="home" if number % 2 else "building4")
        if number % 2:
            dispatch(plain_world, "clerk", matter, days=1 + number // 2)
    return plain_world


@pytest.mark.parametrize(("who", "path"), LISTS)
def test_a_list_makes_few_queries_however_long_it_is(busy_world: World, who: str, path: str) -> None:
    assert queries(desk(busy_world, who), path) <= MOST_QUERIES


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"灯", "停车"}),
        ("q=楼道", {"灯"}),
        ("q=王小明", {"灯"}),
        ("q=phone", {"灯"}),
        ("q=number", {"停车"}),
        ("state=open", {"灯", "停车"}),
        ("state=closed", set()),
        ("new=1", {"灯", "停车"}),
        ("channel=visit", set()),
        ("channel=app", {"灯", "停车"}),
        ("since=2026-11-17", {"停车"}),
        ("until=2026-11-16", {"灯"}),
        ("since=2026-13-45&category=nonsense&state=nonsense", {"灯", "停车"}),
        ("late=1", {"灯"}),
    ],
)
def test_matters_are_narrowed(plain_world: World, query: str, found: set[str]) -> None:
    with on("2026-11-16"):
        raise_one(plain_world, title="灯")
    with on("2026-11-17"):
        other = raise_one(plain_world, "chen", "entrance", title="停车")
    Matter.objects.filter(id=other.id).update(text="没地方停", search=None)
    typed = query.replace("phone", plain_world.phones["wang"]).replace("number", other.number)
    with on("2026-11-17", 19):
        page = shown(desk(plain_world, "clerk").get(f"/desk/matters/?{typed}"))
    assert {title for title in ("灯", "停车") if f">{title}</a>" in page} == found


def test_an_empty_list_says_what_to_do(world: World) -> None:
    assert "Take the filters away" in shown(desk(world, "clerk").get("/desk/matters/?state=closed"))
    assert "Nothing fits" in shown(desk(world, "clerk").get("/desk/orders/"))


def test_a_whole_number_leads_straight_to_its_matter(world: World) -> None:
    matter = raise_one(world)
    found = desk(world, "clerk").get("/desk/search/", {"q": matter.number.lower()})
    assert sent(found) == f"/desk/matters/{matter.id}/"


@pytest.mark.parametrize("words", ["楼道", "3号楼", "王小明", "JS-2026"])
def test_search_finds_by_word_building_name_and_number(world: World, words: str) -> None:
    raise_one(world, title="楼道的灯")
    raise_one(world, "chen", "entrance", title="楼道的另一盏灯")
    assert "楼道的灯" in shown(desk(world, "clerk").get("/desk/search/", {"q": words}))


def test_search_shows_residents_masked_and_says_when_nothing_is_found(world: World) -> None:
    page = shown(desk(world, "clerk").get("/desk/search/", {"q": "王小明"}))
    assert "王**" in page
    assert world.phones["wang"] not in page
    assert "Nothing found" in shown(desk(world, "clerk").get("/desk/search/", {"q": "没有的词"}))


# For a chat group


def copied(page: str) -> str:
    """The text on the button, which stands on the page as well for who has no script."""
    text = page.partition('data-copy="')[2].partition('"')[0]
    assert f'readonly rows="6">{text}</textarea>' in page
    return text


def test_a_list_is_copied_as_it_is_narrowed_and_names_nobody(plain_world: World) -> None:
    with on("2026-11-17"):
        matter = at_handling(plain_world)
        secret = raise_one(plain_world, "chen", confidential=True)
        clerk = desk(plain_world, "clerk")
        text = copied(shown(clerk.get("/desk/matters/", {"state": "open", "q": "王小明"})))
        whole = copied(shown(clerk.get("/desk/matters/")))
        inbox = copied(shown(desk(plain_world, "clerk", "zh-hans").get("/desk/")))
        near = copied(shown(clerk.get("/desk/matters/", {"place": matter.place_path})))
    head, line, link = text.splitlines()
    assert head == "[建设社区] All matters · Not closed"
    assert line.startswith(f"{matter.number} ")
    assert line.endswith("until 2026-11-24 18:00")
    assert link == "http://testserver/desk/matters/?state=open"
    assert inbox.startswith("【建设社区】在我手上")
    building, home = (plain_world.places[each].name for each in ("building", "home"))
    assert near.splitlines()[0].endswith(f"{building}] All matters")
    for each in (text, whole, inbox, near):
        assert matter.number in each
        assert secret.number not in each
        for told in ("王", matter.title, plain_world.phones["wang"], f" {home}"):
            assert told not in each


def test_orders_are_copied_with_their_units(plain_world: World) -> None:
    with on("2026-11-17"):
        matter = at_handling(plain_world)
        order = dispatch(plain_world, "clerk", matter)
        clerk = desk(plain_world, "clerk", "zh-hans")
        register = copied(shown(clerk.get("/desk/orders/", {"state": "running", "q": "换灯"})))
        sent = copied(shown(clerk.get("/desk/sent/")))
        assert "data-copy" not in shown(clerk.get("/desk/orders/?state=late"))
    head, line, link = register.splitlines()
    assert head == "【建设社区】工单和吹哨 · 在办"
    assert line.startswith(f"{order.number} ")
    assert line.endswith(" · 恒安物业 · 待接单 · 到 2026-11-20 09:00")
    assert link == "http://testserver/desk/orders/?state=running"
    assert line in sent
    assert order.task not in register + sent


# Exports


def sheet(response) -> list[tuple[object, ...]]:
    assert response.status_code == 200
    book = load_workbook(BytesIO(response.content))
    return list(book.active.iter_rows(values_only=True))


def test_the_register_of_matters_names_its_filters_and_no_raiser(plain_world: World) -> None:
    raise_one(plain_world, title="=SUM(A1)")
    rows = sheet(desk(plain_world, "clerk").get("/desk/matters.xlsx?state=open&q=楼道"))
    assert "Not closed" in rows[1][0]
    assert "“楼道”" in rows[1][0]
    assert rows[3][1] == "=SUM(A1)"
    assert not any("王" in str(cell) for row in rows for cell in row)
    entry = Entry.objects.get(event=Event.EXPORTED)
    assert entry.data == {"list": "matters", "filters": ["q", "state"], "rows": 1}


def test_the_register_of_orders(plain_world: World) -> None:
    order = dispatch(plain_world, "clerk", raise_one(plain_world))
    rows = sheet(desk(plain_world, "clerk").get("/desk/orders.xlsx?state=running"))
    assert rows[3][0] == order.number
    assert "Running" in rows[1][0]


def test_a_unit_takes_out_its_own_orders_and_no_others(plain_world: World) -> None:
    mine = dispatch(plain_world, "clerk", raise_one(plain_world))
    dispatch(plain_world, "clerk", raise_one(plain_world, "chen"), unit="power")
    unit = desk(plain_world, "property")
    assert "/desk/orders.xlsx" in shown(unit.get("/desk/orders/"))
    register, inbox = sheet(unit.get("/desk/orders.xlsx")), sheet(unit.get("/desk/lists/mine.xlsx"))
    assert [row[0] for row in register[3:]] == [row[0] for row in inbox[3:]] == [mine.number]
    assert "orders of my unit" in register[1][0]
    assert not any("王" in str(cell) for row in [*register, *inbox] for cell in row)
    entries = Entry.objects.filter(event=Event.EXPORTED).order_by("at")
    assert [entry.data["list"] for entry in entries] == ["orders", "desk.mine"]


def test_the_lists_of_the_desk_name_what_they_were_narrowed_to(plain_world: World) -> None:
    with on("2026-11-17"):
        matter = at_handling(plain_world)
        order = dispatch(plain_world, "clerk", matter)
        fresh = raise_one(plain_world, "chen")
    with on("2026-11-18"):
        clerk = desk(plain_world, "clerk")
        assert "/desk/lists/sent.xlsx" in shown(clerk.get("/desk/sent/"))
        assert [row[0] for row in sheet(clerk.get("/desk/lists/sent.xlsx"))[3:]] == [order.number]
        new = [row[0] for row in sheet(clerk.get("/desk/lists/new.xlsx"))[3:]]
        assert sorted(new) == sorted([fresh.number, matter.number])
        assert sheet(clerk.get("/desk/lists/whistles.xlsx"))[3:] == []
        assert sheet(clerk.get("/desk/lists/sent.xlsx?due=late"))[3:] == []
    with on("2026-11-23"):
        clerk = desk(plain_world, "clerk")
        assert "/desk/lists/sent.xlsx?due=late" in shown(clerk.get("/desk/sent/?due=late"))
        late = sheet(clerk.get("/desk/lists/sent.xlsx?due=late"))
        assert "建设社区，Late" in late[1][0]
        assert (late[3][0], late[3][3], late[3][6]) == (order.number, "恒安物业", "yes")


def test_the_rates_and_what_is_behind_them_are_taken_out(plain_world: World) -> None:
    with on("2026-11-16"):
        matter = raise_one(plain_world)
    with on("2026-11-20"):
        secretary = desk(plain_world, "secretary")
        assert "/desk/rates.xlsx?" in shown(secretary.get("/desk/rates/"))
        rows = sheet(secretary.get("/desk/rates.xlsx"))
        assert "建设社区" in rows[1][0]
        assert "2026-11-20" in rows[1][0]
        assert rows[3][:5] == ("建设社区", 1, "0.0%", 0, 1)
        query = f"community={plain_world.place('community')}"
        assert "no_contact.xlsx" in shown(secretary.get(f"/desk/rates/no_contact/?{query}"))
        behind = sheet(secretary.get(f"/desk/rates/no_contact.xlsx?{query}"))
        assert behind[3][0] == matter.number
        shown(secretary.get(f"/desk/rates/nonsense.xlsx?{query}"), 404)
        shown(secretary.get(f"/desk/rates/no_contact.xlsx?community={plain_world.place('other')}"), 404)


def test_who_may_not_export(world: World) -> None:
    shown(desk(world, "grid").get("/desk/matters.xlsx"), 403)
    shown(desk(world, "caller").get("/desk/orders.xlsx"), 403)
    shown(desk(world, "caller").get("/desk/lists/mine.xlsx"), 403)
    shown(desk(world, "property").get("/desk/matters.xlsx"), 403)
    shown(desk(world, "property").get("/desk/rates.xlsx"), 403)
    shown(desk(world, "clerk").get("/desk/lists/other.xlsx"), 404)
    raise_one(world)  # it is on the grid worker, who handles orders and exports no place
    grid = desk(world, "grid")
    assert "/desk/lists/" not in shown(grid.get("/desk/"))
    assert sheet(grid.get("/desk/lists/mine.xlsx"))[3:] == []
    shown(desk(world, "clerk").get("/desk/matters.xlsx?place=/620201/002/005/"), 403)


# Rates


def judged(world: World, key: str, score: int, solved: bool) -> Matter:
    matter = raise_one(world, key, "home" if key == "wang" else "entrance")
    speaking.contact(by=world.actor("clerk"), matter_id=matter.id, channel="phone", text="问过了")
    move(world, "clerk", matter, "answer", "settle_at_once")
    speaking.answer(by=world.actor("clerk"), matter_id=matter.id, text="办好了")
    move(world, "clerk", matter, "callback", "answer")
    judging.call_back(
        by=world.actor("caller"),
        matter_id=matter.id,
        raiser_id=world.persons[key],
        said=Said(reached=True, solved=solved, score=score),
    )
    return matter


def test_every_rate_shows_both_numbers_and_opens_its_list(plain_world: World) -> None:
    with on("2026-11-17"):
        good, bad = judged(plain_world, "wang", 5, True), judged(plain_world, "chen", 2, False)
        clerk = desk(plain_world, "clerk")
        page = shown(clerk.get("/desk/rates/"))
        assert page.count("1 / 2") == 2
        assert "2 / 2" in page
        community = plain_world.place("community")
        behind = shown(clerk.get(f"/desk/rates/resolution/?community={community}"))
        assert good.number in behind
        assert bad.number in behind
        unsolved = shown(clerk.get(f"/desk/rates/unsolved/?community={community}"))
        assert good.number not in unsolved
        assert bad.number in unsolved


def test_exclusions_are_listed_with_who_approved(plain_world: World) -> None:
    with on("2026-11-17"):
        matter = judged(plain_world, "chen", 1, False)
        judging.ask_exclusion(by=plain_world.actor("clerk"), matter_id=matter.id, reason="重复反映")
        judging.approve_exclusion(by=plain_world.actor("street"), matter_id=matter.id)
        page = shown(desk(plain_world, "clerk").get("/desk/rates/"))
    assert "重复反映" in page
    assert "approved by" in page
    assert "0 / 0" in page


def test_rates_of_another_community_are_not_there(plain_world: World) -> None:
    other = plain_world.place("other")
    shown(desk(plain_world, "clerk").get(f"/desk/rates/resolution/?community={other}"), 404)
    shown(desk(plain_world, "clerk").get("/desk/rates/nonsense/"), 404)
    assert "兰新社区" in shown(desk(plain_world, "street").get("/desk/rates/"))


# Procedures


def test_procedures_are_drawn_and_told(world: World) -> None:
    clerk = desk(world, "clerk")
    page = shown(clerk.get("/desk/procedures/"))
    assert "Five affairs" in page
    assert "Three mechanisms" in page
    version = ProcedureVersion.objects.get(name="five-affairs")
    drawn = shown(clerk.get(f"/desk/procedures/{version.id}/"))
    assert "<svg" in drawn
    assert "Adopt it" not in drawn


def test_adopting_is_for_the_secretary(world: World) -> None:
    version = ProcedureVersion.objects.get(name="three-mechanisms")
    said = {"community": str(world.place("community")), "use": "default"}
    shown(desk(world, "clerk").post(f"/desk/procedures/{version.id}/adopt/", said), 403)
    secretary = desk(world, "secretary")
    elsewhere = said | {"community": str(world.place("other"))}
    shown(secretary.post(f"/desk/procedures/{version.id}/adopt/", elsewhere), 403)
    shown(secretary.post(f"/desk/procedures/{version.id}/adopt/", {"community": "x"}), 422)
    sent(secretary.post(f"/desk/procedures/{version.id}/adopt/", said))
    now = Adoption.objects.get(community_id=world.place("community"), is_default=True)
    assert now.procedure_id == version.id
