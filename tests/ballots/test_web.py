"""The pages: the lift of 桥湾巷 from draft to result, on paper, at the door and online; who gets in."""

import json
from datetime import datetime, timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from linli.ballots.actions import preparing, voting
from linli.ballots.kinds import Electorate, Method, OwnersMatter, RuleName, Ruling
from linli.ballots.models import Ballot, Sheet, Visit, Vote
from linli.ballots.rules.drafting import Asked
from linli.ballots.rules.recount import recount
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.ids import tracking_code
from linli.notices.templatetags.notices import when
from linli.places import actions as places
from linli.places.kinds import AreaSource, PlaceKind
from tests import world
from tests.ballots import entrance
from tests.ballots.entrance import CLOSES, MORNING, OPENS, Entrance
from tests.pdf import pages_of, words_of

MOST_QUERIES = 8


def signed_in(built: Entrance, key: str) -> Client:
    """Somebody at their screen."""
    if not get_user_model().objects.filter(person_id=built.world.persons[key]).exists():
        world.open_account(built.world, key)
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(person_id=built.world.persons[key]))
    return client


def shown(response: Any) -> str:
    assert response.status_code == 200, response.content.decode()
    return unescape(response.content.decode())


def done(response: HttpResponse) -> None:
    assert response.status_code == 302, unescape(response.content.decode())


def step(client: Client, row: Ballot, name: str) -> HttpResponse:
    return client.post(reverse("ballots_desk:step", args=[row.pk, name]))  # type: ignore[return-value]


def local(moment: datetime) -> str:
    return f"{clock.local(moment):%Y-%m-%dT%H:%M}"


def photo() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    out.seek(0)
    out.name = "sheet.jpg"
    return out


FORM: dict[str, Any] = {
    "title": "桥湾巷4号楼1单元加装电梯",
    "body": "费用按楼层分摊，一楼不出钱。",
    "electorate": "owners",
    "part_kind": "floor",
    "channels": ["online", "paper", "doorstep"],
    "opens_at": local(OPENS),
    "closes_at": local(CLOSES),
    "q1-title": "是否同意加装电梯",
    "q1-method": "yes_no",
    "q1-rule": "lift",
    "q2-method": "yes_no",
    "q2-rule": "simple",
    "q3-method": "yes_no",
    "q3-rule": "simple",
}


def test_the_lift_of_qiaowan_lane(built: Entrance) -> None:
    """Written, announced, objected to, opened; voted on paper, at the door and online; counted and shown."""
    clerk, grid = signed_in(built, "clerk"), signed_in(built, "grid")
    with clock.at(MORNING):
        done(clerk.post(reverse("ballots_desk:new"), {**FORM, "place": built.world.place("lift")}))
        row = Ballot.objects.get()
        done(step(clerk, row, "announce"))
        done(step(clerk, row, "freeze"))
        owner = signed_in(built, "601")
        page = shown(owner.get(reverse("ballots:ballot", args=[row.pk])))
        assert "You are on the roll" in page
        assert "Voting begins at 2026-12-02 09:00." in page
        assert "住户" not in shown(owner.get(reverse("ballots:roll", args=[row.pk])))
        done(owner.post(reverse("ballots:objection", args=[row.pk]), {"words": "我家面积不对"}))
        assert "我家面积不对" in shown(clerk.get(reverse("ballots_desk:roll", args=[row.pk])))
        objection = row.objections.get()
        ruling = {"ruling": "dismissed", "words": "产权证上就是这个面积"}
        done(clerk.post(reverse("ballots_desk:rule", args=[objection.pk]), ruling))
    with clock.at(OPENS):
        done(step(clerk, row, "open"))
        _printed(clerk, row)
        _online(built, row, ["601", "602", "501", "502"])
        _doorstep(built, grid, clerk, row, "402", "yes")
        _doorstep(built, grid, clerk, row, "101", "no")
        _paper(built, grid, clerk, row, ["401", "301"])
        done(_visit(grid, built, row, "102", "refused"))
        assert "8" in shown(owner.get(reverse("ballots:ballot", args=[row.pk])))
        assert "Does not want to vote" not in shown(owner.get(reverse("ballots:ballot", args=[row.pk])))
    with clock.at(CLOSES):
        for name in ("close", "count", "publish"):
            done(step(clerk, row, name))
        _published(row)


def _printed(clerk: Client, row: Ballot) -> None:
    """A sheet for each home, its code on it; before they are made there is nothing to print."""
    address = reverse("ballots_desk:sheets_print", args=[row.pk])
    assert clerk.get(address).status_code == 404
    done(clerk.post(address))
    assert "Print 12 sheets (PDF)" in shown(clerk.get(reverse("ballots_desk:sheets", args=[row.pk])))
    pages = pages_of(clerk.get(address).content)
    assert len(pages) == 12
    sheets = Sheet.objects.filter(ballot=row).select_related("entry").order_by("entry__number")
    for page, sheet in zip(pages, sheets, strict=True):
        words = "".join(page.split())
        assert sheet.code in words
        assert f"Number{sheet.entry.number}ontheroll" in words
        assert "89.37m²" in words
        for said in ("1.是否同意加装电梯", "Markone.", "Agree", "Signatureoftheowner", "2026-12-09"):
            assert said in words, said
    assert clerk.get(f"{address}?part=2").status_code == 404


def _online(built: Entrance, row: Ballot, homes: list[str]) -> None:
    for home in homes:
        client, entry = signed_in(built, home), entrance.entry(row, home)
        address = reverse("ballots:vote", args=[row.pk, entry.pk])
        page = shown(client.get(address))
        receipt = page.split('name="receipt" value="')[1].split('"')[0]
        voted = shown(client.post(address, {"q1": "yes", "receipt": receipt}))
        assert receipt in voted
        assert receipt in shown(client.post(address, {"q1": "yes", "receipt": receipt}))  # sent again
    assert Vote.objects.filter(ballot=row, counts=True).count() == len(homes)


def _visit(grid: Client, built: Entrance, row: Ballot, home: str, outcome: str) -> HttpResponse:
    address = reverse("ballots_desk:door", args=[row.pk, built.homes[home]])
    assert home in shown(grid.get(address))
    return grid.post(address, {"outcome": outcome, "note": "晚上在家"})  # type: ignore[return-value]


def _doorstep(built: Entrance, grid: Client, clerk: Client, row: Ballot, home: str, side: str) -> None:
    """The owner fills in the sheet at the door; the grid worker enters it at once, the clerk compares."""
    gone = _visit(grid, built, row, home, "agreed")
    assert gone.status_code == 302
    assert gone["Location"].endswith("?channel=doorstep")
    assert 'value="doorstep" selected' in shown(grid.get(gone["Location"]))
    sent = {"q1": side, "channel": "doorstep", "photo": photo()}
    done(grid.post(gone["Location"], sent))
    code = entrance.entry(row, home).sheets.get().code
    assert grid.post(reverse("ballots_desk:confirm", args=[row.pk, code])).status_code == 409
    assert code in shown(clerk.get(reverse("ballots_desk:sheets", args=[row.pk])))
    assert clerk.get(reverse("ballots_desk:sheet_photo", args=[row.pk, code]))["Content-Type"] == "image/jpeg"
    done(clerk.post(reverse("ballots_desk:confirm", args=[row.pk, code])))


def _paper(built: Entrance, grid: Client, clerk: Client, row: Ballot, homes: list[str]) -> None:
    """Sheets from the box at the office, found by their codes; one is set aside and entered again."""
    for number, home in enumerate(homes):
        code = entrance.entry(row, home).sheets.get().code
        found = clerk.post(reverse("ballots_desk:sheets", args=[row.pk]), {"code": code.lower()})
        why = {"no_photo": entrance.NO_PHOTO}
        done(clerk.post(found["Location"], {"q1": "yes", "channel": "paper", **why}))
        if number == 0:
            reject = reverse("ballots_desk:reject", args=[row.pk, code])
            done(grid.post(reject, {"words": "日期没填"}))
            assert "日期没填" in shown(clerk.get(reverse("ballots_desk:sheet", args=[row.pk, code])))
            done(
                clerk.post(
                    found["Location"], {"q1": "yes", "channel": "paper", "signed_on": "2026-12-01", **why}
                )
            )
        done(grid.post(reverse("ballots_desk:confirm", args=[row.pk, code])))


def _published(row: Ballot) -> None:
    """What anybody sees, without an account."""
    anybody = Client(headers={"accept-language": "en"})
    page = shown(anybody.get(reverse("ballots:ballot", args=[row.pk])))
    assert "Passed: every share that is needed was reached." in page
    assert "at least 2/3" in page
    assert "at least 3/4" in page
    assert "晚上在家" not in page
    copied = page.partition('data-copy="')[2].partition('"')[0]
    assert ": Passed: every share that is needed was reached." in copied
    assert copied.endswith(f"count it again.\nhttp://testserver/ballots/{row.pk}/")
    file = anybody.get(reverse("ballots:file", args=[row.pk]))
    found = recount(file.content)
    assert (found["passed"], found["agrees_with_published"]) == (True, True)
    published = json.loads(file.content)
    assert len(published["votes"]) == 8
    assert "住户" not in file.content.decode()
    receipt = published["votes"][0]["receipt"]
    looked_up = shown(anybody.get(reverse("ballots:receipt", args=[row.pk]), {"receipt": receipt.lower()}))
    assert "It is in the list and was counted" in looked_up
    assert "participation,area" in shown(anybody.get(reverse("ballots:result_csv", args=[row.pk])))
    poster = words_of(anybody.get(reverse("ballots:poster", args=[row.pk])).content)
    assert "Published2026-12-09,posteduntil2026-12-24." in poster
    assert "Passed:everysharethatisneededwasreached." in poster
    assert "Tookpart,byarea" in poster
    assert "建设社区" in poster, "where to ask"
    assert Visit.objects.filter(ballot=row).count() == 3
    assert Sheet.objects.filter(ballot=row, state="confirmed").count() == 4


# ── who gets in, and what is said ───────────────────────────────────────────────────────────────────────


def test_a_draft_is_not_there_for_residents(built: Entrance) -> None:
    row = entrance.drafted(built)
    owner = signed_in(built, "601")
    assert owner.get(reverse("ballots:ballot", args=[row.pk])).status_code == 404
    assert row.title not in shown(owner.get(reverse("ballots:mine")))


def test_the_desk_is_for_staff_of_the_place(built: Entrance) -> None:
    row = entrance.announced(built)
    assert signed_in(built, "601").get(reverse("ballots_desk:ballots")).status_code == 403
    assert row.title in shown(signed_in(built, "grid").get(reverse("ballots_desk:ballots")))


def test_a_result_is_not_there_before_it_is_published(built: Entrance) -> None:
    row = entrance.opened(built)
    anybody = Client()
    for name in ("file", "result_csv", "poster", "receipt"):
        assert anybody.get(reverse(f"ballots:{name}", args=[row.pk])).status_code == 404


def test_who_is_not_on_the_roll_is_told_why_and_what_to_do(built: Entrance) -> None:
    row = entrance.announced(built)
    with clock.at(MORNING):
        page = shown(signed_in(built, "wang").get(reverse("ballots:ballot", args=[row.pk])))
    assert "You are not on the roll of this ballot." in page
    assert "Object to the roll" in page


def test_an_unsound_draft_says_what_does_not_fit(built: Entrance) -> None:
    sent = {**FORM, "place": built.world.place("lift"), "electorate": "residents"}
    with clock.at(MORNING):
        answer = signed_in(built, "clerk").post(reverse("ballots_desk:new"), sent)
    assert answer.status_code == 422
    assert "This majority is not made for those who are asked." in unescape(answer.content.decode())


def test_missing_areas_are_entered_on_the_roll_page(built: Entrance) -> None:
    clerk = signed_in(built, "clerk")
    row = entrance.drafted(built)
    home = places.open_place(
        by=SYSTEM,
        kind=PlaceKind.HOME,
        name="701",
        label="0701",
        parent_id=row.place_id,
        opened_on=world.BEGAN,
    )
    with clock.at(MORNING):
        done(step(clerk, row, "announce"))
        assert step(clerk, row, "freeze").status_code == 409
        page = shown(clerk.get(reverse("ballots_desk:roll", args=[row.pk])))
        assert f'name="area_{home.id}"' in page
        sent = {"source": AreaSource.CONTRACT.value, f"area_{home.id}": "89.37"}
        done(clerk.post(reverse("ballots_desk:areas", args=[row.pk]), sent))
        done(step(clerk, row, "freeze"))
    assert home.areas.get().area == 8937


FUND = {
    **FORM,
    "title": "动用维修资金",
    "part_kind": "",
    "q1-title": "动用维修资金修屋面，是否同意",
    "q1-matter": "use_fund",
    "q1-rule": "owners_ordinary",
}


def test_what_owners_decide_on_says_which_majority_it_takes(built: Entrance) -> None:
    clerk, place = signed_in(built, "clerk"), built.world.place("lift")
    new = reverse("ballots_desk:new")
    with clock.at(MORNING):
        page = shown(clerk.get(new))
        ordinary, special = page.split("Of owners, ordinary: ")[1].split(" Special: ")
        assert "using the maintenance fund" in ordinary
        assert "raising money for the maintenance fund" in special.split("</p>")[0]
        wrong = clerk.post(new, {**FUND, "place": place, "q1-rule": "owners_special"})
        assert "For this matter the law asks for the owners’ ordinary majority." in unescape(
            wrong.content.decode()
        )
        assert not Ballot.objects.exists()
        done(clerk.post(new, {**FUND, "place": place}))
    row = Ballot.objects.get()
    assert row.questions.get().matter == "use_fund"
    said = (
        "Civil Code 278, item 5: using the maintenance fund. "
        "The law asks: Owners, ordinary: two thirds take part, more than half agree."
    )
    with clock.at(MORNING):
        assert said in shown(clerk.get(reverse("ballots_desk:ballot", args=[row.pk])))
        assert 'value="use_fund" selected' in shown(clerk.get(reverse("ballots_desk:edit", args=[row.pk])))
        done(step(clerk, row, "announce"))
        assert said in shown(signed_in(built, "601").get(reverse("ballots:ballot", args=[row.pk])))


def test_an_elected_owners_committee_meets_and_is_filed(built: Entrance) -> None:
    committee = Asked(
        "业主委员会委员", Method.CHOOSE, RuleName.OWNERS_ORDINARY, seats=1, matter=OwnersMatter.COMMITTEE,
        options=(("周一", 0), ("吴二", 0)),
    )  # fmt: skip
    row = entrance.opened(built, entrance.plan(committee, part_kind=entrance.PartKind.NONE))
    with clock.at(OPENS):
        for home in built.homes:
            entrance.vote(built, row, home, {"1": ["A"]})
    desk = signed_in(built, "clerk")
    page = reverse("ballots_desk:ballot", args=[row.pk])
    with clock.at(CLOSES):
        assert "What has to follow" not in shown(desk.get(page))
    entrance.counted(built, row)
    with clock.at(CLOSES):
        found = shown(desk.get(page)).split("What has to follow")[1]
    first, filed = found.index("meets for the first time"), found.index("Filed with the street office")
    with clock.at(CLOSES), override("en"):
        days = [when(clock.local(CLOSES).date() + timedelta(days=each)) for each in (7, 30)]
    assert days[0] in found[first:filed]
    assert days[1] in found[filed : filed + 120]


def test_an_objection_shows_by_when_it_is_ruled_on(built: Entrance) -> None:
    row = entrance.announced(built)
    with clock.at(MORNING):
        preparing.object_to_roll(by=built.owner("601"), ballot_id=row.pk, words="面积不对")
    desk = signed_in(built, "clerk")
    pages = [reverse(f"ballots_desk:{name}", args=[row.pk]) for name in ("ballot", "roll")]
    with clock.at(MORNING + timedelta(days=3)):
        ballot, roll = (shown(desk.get(page)) for page in pages)
        assert "The first has to be ruled on by" in ballot
        assert "to be ruled on by" in roll
        assert "was to be" not in roll
    with clock.at(MORNING + timedelta(days=4)):
        ballot, roll = (shown(desk.get(page)) for page in pages)
        assert "The first had to be ruled on by" in ballot
        assert "was to be ruled on by" in roll
    with clock.at(MORNING + timedelta(days=4)):
        preparing.rule_on_objection(
            by=built.staff("clerk"),
            objection_id=row.objections.get().pk,
            ruling=Ruling.DISMISSED,
            words="产权证上就是这个面积",
        )
        ballot, roll = (shown(desk.get(page)) for page in pages)
        assert "ruled on by" not in ballot
        assert "ruled on by" not in roll


ANSWERS: list[tuple[Asked, dict[str, Any], Any]] = [
    (Asked("选一个", Method.CHOOSE, options=(("甲", 0), ("乙", 0))), {"q1": "B"}, ["B"]),
    (
        Asked("选两个", Method.CHOOSE, at_most=2, options=(("甲", 0), ("乙", 0))),
        {"q1": ["B", "A"]},
        ["A", "B"],
    ),
    (Asked("打分", Method.SCORE, options=(("甲", 0), ("乙", 0))), {"q1_A": "5", "q1_B": ""}, {"A": 5}),
    (Asked("排序", Method.RANKED, options=(("甲", 0), ("乙", 0))), {"q1_A": "2", "q1_B": "1"}, ["B", "A"]),
    (Asked("满意吗", Method.SATISFACTION), {"q1": "4"}, 4),
    (Asked("有意见吗", Method.CONSENT), {"q1": "object"}, "object"),
    (
        Asked("花在哪", Method.BUDGET, fund=500, options=(("灯", 300), ("树", 200))),
        {"q1": ["A", "B"]},
        ["A", "B"],
    ),
]


@pytest.mark.parametrize(("asked", "sent", "kept"), ANSWERS, ids=[case[0].method for case in ANSWERS])
def test_every_method_has_its_form(built: Entrance, asked: Asked, sent: dict[str, Any], kept: Any) -> None:
    made = entrance.plan(
        asked, electorate=Electorate.RESIDENTS, is_secret=True, part_kind=entrance.PartKind.NONE
    )
    row = entrance.opened(built, made)
    client, entry = signed_in(built, "601"), entrance.entry(row, "601")
    address = reverse("ballots:vote", args=[row.pk, entry.pk])
    with clock.at(OPENS):
        receipt = shown(client.get(address)).split('name="receipt" value="')[1].split('"')[0]
        shown(client.post(address, {**sent, "receipt": receipt}))
        assert client.get(address).status_code == 409
    assert Vote.objects.get(ballot=row).answers == {"1": kept}
    shown_result = entrance.counted(built, row)
    assert asked.title in shown(Client().get(reverse("ballots:ballot", args=[shown_result.pk])))


@pytest.mark.parametrize(
    ("asked", "sent", "said"),
    [
        (Asked("是否同意"), {}, "Choose one of them."),
        (
            Asked("排", Method.RANKED, options=(("甲", 0), ("乙", 0))),
            {"q1_A": "1", "q1_B": "1"},
            "each place once",
        ),
        (
            Asked("花", Method.BUDGET, fund=400, options=(("灯", 300), ("树", 200))),
            {"q1": ["A", "B"]},
            "cost more",
        ),
    ],
)
def test_an_answer_that_cannot_be_taken_says_why(
    built: Entrance, asked: Asked, sent: dict[str, Any], said: str
) -> None:
    made = entrance.plan(
        asked, electorate=Electorate.HOUSEHOLDS, is_secret=True, part_kind=entrance.PartKind.NONE
    )
    row = entrance.opened(built, made)
    client, entry = signed_in(built, "601"), entrance.entry(row, "601")
    with clock.at(OPENS):
        answer = client.post(reverse("ballots:vote", args=[row.pk, entry.pk]), sent)
    assert answer.status_code == 422
    assert said in unescape(answer.content.decode())


def test_a_secret_sheet_is_taken_by_number(built: Entrance) -> None:
    names = Asked("院名", Method.CHOOSE, RuleName.SIMPLE, options=(("同心院", 0), ("幸福里", 0)))
    made = entrance.plan(
        names, electorate=Electorate.RESIDENTS, is_secret=True, part_kind=entrance.PartKind.NONE
    )
    row = entrance.opened(built, made)
    grid = signed_in(built, "grid")
    with clock.at(OPENS):
        voting.print_sheets(by=built.staff("clerk"), ballot_id=row.pk)
        number = str(entrance.entry(row, "601").number)
        done(grid.post(reverse("ballots_desk:taken", args=[row.pk]), {"number": number}))
        assert grid.post(reverse("ballots_desk:taken", args=[row.pk]), {"number": number}).status_code == 409


def test_a_choice_among_names_says_that_the_most_votes_win(built: Entrance) -> None:
    names = Asked("院名", Method.CHOOSE, RuleName.SIMPLE, options=(("同心院", 0), ("幸福里", 0)))
    row = entrance.opened(built, entrance.plan(names))
    anybody, clerk = Client(headers={"accept-language": "en"}), signed_in(built, "clerk")
    for client, name in ((anybody, "ballots:ballot"), (clerk, "ballots_desk:ballot")):
        page = shown(client.get(reverse(name, args=[row.pk])))
        assert "The most votes win; equals are voted on again" in page
        assert "More for than against" not in page


def test_lists_take_few_queries(built: Entrance) -> None:
    for number in range(4):
        entrance.announced(built, entrance.plan(title=f"第{number}件事"))
    clerk, owner = signed_in(built, "clerk"), signed_in(built, "601")
    for client, address in ((clerk, reverse("ballots_desk:ballots")), (owner, reverse("ballots:mine"))):
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            shown(client.get(address))
        own = [each["sql"] for each in seen if "ballots_" in each["sql"]]
        assert len(own) <= MOST_QUERIES, own


def test_a_withdrawn_ballot_says_why(built: Entrance) -> None:
    row = entrance.opened(built)
    clerk = signed_in(built, "clerk")
    with clock.at(OPENS):
        done(clerk.post(reverse("ballots_desk:withdraw", args=[row.pk]), {"words": "方案要重新商量"}))
        assert "方案要重新商量" in shown(
            signed_in(built, "601").get(reverse("ballots:ballot", args=[row.pk]))
        )


@pytest.mark.parametrize(("secret", "most"), [(True, 11), (False, 12)])
def test_a_vote_takes_few_statements(built: Entrance, secret: bool, most: int) -> None:
    """Who they are (3), the ballot, its state under lock, the entry, the vote, the mark, the unread notices;
    the transaction's two, and by name the record."""
    names = Asked("选哪个", Method.CHOOSE, RuleName.SIMPLE, options=(("甲", 0), ("乙", 0)))
    more = {"electorate": Electorate.RESIDENTS, "is_secret": True, "part_kind": entrance.PartKind.NONE}
    row = entrance.opened(built, entrance.plan(names, **more) if secret else None)
    voters = {home: signed_in(built, home) for home in ("601", "602")}
    with clock.at(OPENS):
        for home, client in voters.items():
            address = reverse("ballots:vote", args=[row.pk, entrance.entry(row, home).pk])
            sent = {"q1": "A" if secret else "yes", "receipt": tracking_code()}
            with CaptureQueriesContext(connection) as asked:
                shown(client.post(address, sent))
    assert len(asked) <= most, [each["sql"] for each in asked]


def test_a_receipt_of_another_entry_is_not_used_again(built: Entrance) -> None:
    row, mark = entrance.opened(built), tracking_code()
    with clock.at(OPENS):
        for home, status in (("601", 200), ("602", 409)):
            client = signed_in(built, home)
            address = reverse("ballots:vote", args=[row.pk, entrance.entry(row, home).pk])
            assert client.post(address, {"q1": "yes", "receipt": mark}).status_code == status
    assert entrance.entry(row, "602").voted == ""
