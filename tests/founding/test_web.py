"""The pages of setting up, without scripts: who may come in, what is said, where one is led."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from linli.kernel import clock
from linli.organizations.models import Invitation, Post
from linli.people import read as people
from linli.places.models import Place
from linli.site.demo import furnish
from linli.site.demo.loading import PASSWORD
from linli.site.demo.names import login_phone
from tests import world as worlds
from tests.stories.people import words

pytestmark = pytest.mark.django_db
COMMUNITY = {"code": "620201002006", "district": "钢城区", "street": "钢城街道", "name": "建设社区",
             "closing": "18:00", "do": "found"}  # fmt: skip


@pytest.fixture
def setter() -> Client:
    """The administrator of an empty installation, signed in."""
    furnish()
    client = Client()
    answer = client.post("/sign-in/", {"login": login_phone(0, 0), "password": PASSWORD})
    assert answer.status_code == 302
    return client


@pytest.fixture
def begun(setter: Client) -> tuple[Client, str]:
    """A community that was just founded, and the address its stages begin with."""
    answer = setter.post("/desk/setup/new/", COMMUNITY)
    assert answer.status_code == 302
    return setter, answer["Location"].removesuffix("buildings/")


def test_the_administrator_is_led_to_setting_up(setter: Client) -> None:
    assert setter.get("/arrive/")["Location"] == "/desk/setup/"
    assert setter.get("/")["Location"] == "/desk/setup/"
    page = setter.get("/desk/setup/")
    assert "这里还没有社区" in words(page)
    assert 'action="/desk/search/"' not in page.content.decode()  # nothing there opens
    assert setter.get("/desk/matters/").status_code == 403
    assert setter.get("/desk/people/").status_code == 403


def test_nobody_else_comes_in() -> None:
    town = worlds.build(practice="plain")
    worlds.open_account(town, "secretary")
    client = Client()
    assert client.get("/desk/setup/").status_code == 302
    client.post("/sign-in/", {"login": town.phones["secretary"], "password": worlds.PASSWORD})
    community = town.place("community")
    for path in ("", "new/", f"{community}/", f"{community}/buildings/", f"{community}/slips/"):
        assert client.get(f"/desk/setup/{path}").status_code == 403
    assert "新建社区" not in words(client.get("/desk/"))


def test_a_code_names_what_is_known(begun: tuple[Client, str]) -> None:
    client, _base = begun
    page = client.post("/desk/setup/new/", {"code": "620201002007", "do": "look"})
    assert "属于钢城区 · 钢城街道" in words(page)
    assert 'name="street"' not in page.content.decode()
    wrong = client.post("/desk/setup/new/", COMMUNITY | {"code": "620201002"})
    assert wrong.status_code == 422
    assert "12" in words(wrong)
    double = client.post("/desk/setup/new/", COMMUNITY)
    assert double.status_code == 422
    assert "建设社区已经用了这个代码" in words(double)


def test_it_is_taken_up_where_it_was_left(begun: tuple[Client, str]) -> None:
    client, base = begun
    assert client.get(base)["Location"] == f"{base}buildings/"
    assert "先选工作法" in words(client.get(f"{base}posts/"))
    assert "岗位上还没有人" in words(client.get(f"{base}slips/"))
    client.post(f"{base}buildings/", {"buildings": "1–2栋 1单元 2层 2户", "grids": "", "do": "make"})
    assert client.get(base)["Location"] == f"{base}practice/"
    assert "还差一步" in words(client.get(f"{base}done/"))
    client.post(f"{base}practice/", {"practice": "three-mechanisms"})
    assert client.get(base)["Location"] == f"{base}posts/"
    assert Place.objects.filter(kind="home").count() == 8
    shown = words(client.get(f"{base}buildings/"))
    assert "楼栋都建好了" in shown


def test_a_preview_makes_nothing(begun: tuple[Client, str]) -> None:
    client, base = begun
    typed = {"buildings": "1–12栋 3单元 6层 2户", "grids": "1网格: 1–12栋", "do": "look"}
    shown = words(client.post(f"{base}buildings/", typed))
    assert "432" in shown
    assert "1栋 1单元 101室 … 12栋 3单元 602室" in shown
    assert not Place.objects.filter(kind="building").exists()
    wrong = client.post(f"{base}buildings/", typed | {"grids": "1网格: 1–13栋", "do": "make"})
    assert wrong.status_code == 422
    assert "第1行：1网格里写了13，上面的楼栋里没有。" in words(wrong)
    assert not Place.objects.filter(kind="building").exists()


@pytest.fixture
def staffed(begun: tuple[Client, str]) -> tuple[Client, str]:
    """With a practice, and a clerk and a secretary who cannot sign in yet."""
    client, base = begun
    client.post(f"{base}practice/", {"practice": "plain"})
    page = client.get(f"{base}posts/").content.decode()
    fields = dict.fromkeys(re.findall(r'name="([^"]+-(?:name|phone))"', page), "")
    [clerk] = [name for name in fields if name.startswith("community_clerk.") and name.endswith("-name")]
    half = client.post(f"{base}posts/", fields | {clerk: "张敏"})
    assert half.status_code == 422
    assert "登录要用手机号" in words(half)
    filled = fields | {clerk: "张敏", clerk.replace("-name", "-phone"): "139 0001 0001"}
    assert client.post(f"{base}posts/", filled)["Location"] == f"{base}units/"
    return client, base


def test_units_are_noted_and_more_can_be_written(staffed: tuple[Client, str]) -> None:
    client, base = staffed
    empty = {f"u{n}-{name}": "" for n in range(4) for name in ("duty", "name", "phone", "contact")}
    empty |= {f"u{n}-contact_phone": "" for n in range(4)}
    assert client.post(f"{base}units/", empty | {"do": "on"})["Location"] == f"{base}slips/"
    half = client.post(f"{base}units/", empty | {"u0-name": "恒安物业", "u1-contact": "李强"})
    assert half.status_code == 422
    shown = words(half)
    assert "选一下管什么" in shown
    assert "姓名和手机号要一起填" in shown
    filled = {"u0-duty": "property_company", "u0-name": "恒安物业", "u0-phone": "0937-5550111",
              "u0-contact": "李强", "u0-contact_phone": "13900010002",
              "u1-duty": "power_company", "u1-name": "城区供电所"}  # fmt: skip
    assert client.post(f"{base}units/", empty | filled | {"do": "more"})["Location"] == f"{base}units/"
    shown = words(client.get(f"{base}units/"))
    assert "恒安物业 物业公司" in shown
    assert "城区供电所 供电公司 纸质" in shown
    again = client.post(f"{base}units/", empty | filled)
    assert again.status_code == 422
    assert "恒安物业已经管这个了" in words(again)
    assert "李强" in words(client.get(f"{base}slips/"))
    assert Post.objects.filter(kind_id="unit_handler", closed_on__isnull=True).count() == 2
    assert "责任单位" in words(client.get(f"{base}done/"))


def test_a_slip_is_printed_once_and_lets_in(staffed: tuple[Client, str]) -> None:
    client, base = staffed
    [person] = people.by_phone("13900010001")
    assert "还没发" in words(client.get(f"{base}slips/"))
    printed = client.post("/desk/slips/", {"person": str(person.id), "back": f"{base}slips/"})
    assert "no-store" in printed["Cache-Control"]
    code = re.search(r'class="slip-code code">([^<]+)<', printed.content.decode())[1]
    assert code not in str(list(Invitation.objects.values()))
    assert "张敏" in words(printed)
    guest = Client()
    assert "没有这个登录码" in words(guest.post("/welcome/", {"code": "0000-0000-0000-0000"}))
    assert "张敏，您好" in words(guest.post("/welcome/", {"code": code}))
    weak = guest.post("/welcome/", {"code": code, "password": "12345678", "again": "12345678"})
    assert weak.status_code == 422
    unequal = guest.post("/welcome/", {"code": code, "password": "a-phrase-of-mine", "again": "another"})
    assert "两次输的不一样" in words(unequal)
    said = {"code": code, "password": "a-phrase-of-mine", "again": "a-phrase-of-mine"}
    assert guest.post("/welcome/", said)["Location"] == "/arrive/"
    assert guest.get("/arrive/")["Location"] == "/desk/"
    assert "已经用过了" in words(Client().post("/welcome/", said))
    assert "能登录了" in words(client.get(f"{base}slips/"))


def test_a_slip_can_be_withdrawn(staffed: tuple[Client, str]) -> None:
    client, base = staffed
    [person] = people.by_phone("13900010001")
    client.post("/desk/slips/", {"person": str(person.id)})
    assert "前有效" in words(client.get(f"{base}slips/"))
    answer = client.post(f"/desk/slips/{person.id}/withdraw/", {"back": f"{base}slips/"})
    assert answer["Location"] == f"{base}slips/"
    assert "还没发" in words(client.get(f"{base}slips/"))
    assert client.post("/desk/slips/", {"person": "nonsense"}).status_code == 422
    assert client.post("/desk/slips/", {})["Location"] == "/desk/posts/"


def test_codes_cannot_be_guessed(staffed: tuple[Client, str]) -> None:
    cache.clear()
    guest = Client()
    with clock.at(clock.now()):
        answers = [guest.post("/welcome/", {"code": "0000-0000-0000-0000"}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    cache.clear()


def test_pages_ask_few_questions(staffed: tuple[Client, str], django_assert_max_num_queries) -> None:
    client, _base = staffed
    for number in range(3):
        client.post(
            "/desk/setup/new/", COMMUNITY | {"code": f"62020100201{number}", "name": f"第{number}社区"}
        )
    client.get("/desk/setup/")
    with django_assert_max_num_queries(8):
        client.get("/desk/setup/")
