"""The owners' money: sums that fit, one account after another, parts that make the whole, seen by few."""

from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linli.audit.models import Entry
from linli.ballots.actions import preparing, running, voting
from linli.ballots.kinds import Electorate, Method, OwnersMatter, RuleName
from linli.ballots.read import ballots, roll
from linli.ballots.rules.drafting import Asked, Plan
from linli.gatherings import actions
from linli.gatherings.actions.accounting import Agreed
from linli.gatherings.kinds import AccountKind, BodyKind, Division, Event
from linli.gatherings.models import DisclosureClass, HomeShare, OwnersAccount, Posting
from linli.gatherings.rules import accounts as rules
from linli.gatherings.rules.accounts import Account, Line
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused
from linli.kernel.errors import InvalidCode
from linli.kernel.ids import tracking_code
from linli.people.actions import residence
from tests.gatherings import meeting as making
from tests.matters.desking import desk, shown
from tests.world import World

FIRST, LAST, TODAY = date(2026, 7, 1), date(2026, 9, 30), date(2026, 11, 16)


def account(**more: Any) -> Account:
    """A quarter: 100.00 at the beginning, 120.01 in, 20.00 spent, 200.01 left."""
    said: dict[str, Any] = {
        "first": FIRST, "last": LAST, "opening": 10_000, "income": (Line("电梯广告", 12_001),),
        "costs": (Line("管理成本", 2000),), "paid_out": 0, "closing": 20_001,
    }  # fmt: skip
    return Account(**said | more)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, ""),
        ({"closing": 20_000}, "by the lines 200.01 is left, not 200.00"),
        ({"closing": 20_002}, "by the lines 200.01 is left, not 200.02"),
        ({"paid_out": 1}, "by the lines 200.00 is left"),
        ({"paid_out": 20_001, "closing": 0}, ""),
        ({"paid_out": 20_002, "closing": 0}, "by the lines -0.01 is left"),
        ({"last": FIRST}, ""),
        ({"last": date(2026, 6, 30)}, "days that are over"),
        ({"last": TODAY}, ""),
        ({"last": date(2026, 11, 17)}, "days that are over"),
        ({"income": (Line("空", 0),), "closing": 8000}, "above nothing"),
        ({"opening": 10**12 + 1, "closing": 10**12 + 10_002}, "more than any account"),
    ],
)
def test_the_sums_fit(more: dict[str, Any], reason: str) -> None:
    found = rules.is_sound(account(**more), TODAY)
    assert bool(found) is not bool(reason)
    if reason:
        assert reason in getattr(found, "reason", "") % getattr(found, "params", {})


@pytest.mark.parametrize(
    ("last", "closing", "fits"),
    [
        (date(2026, 6, 30), 10_000, True),
        (date(2026, 6, 29), 10_000, False),
        (date(2026, 7, 1), 10_000, False),
        (date(2026, 6, 30), 10_001, False),
    ],
)
def test_an_account_goes_on_from_the_one_before(last: date, closing: int, fits: bool) -> None:
    assert bool(rules.goes_on(account(), last, closing)) is fits


@pytest.mark.parametrize(
    ("kind", "more", "may"),
    [
        (AccountKind.INCOME, {}, True),
        (AccountKind.FUND, {}, False),
        (AccountKind.INCOME, {"costs": (Line("成本", 12_000),)}, True),
        (AccountKind.INCOME, {"costs": (Line("成本", 12_001),)}, False),
    ],
)
def test_what_is_divided(kind: AccountKind, more: dict[str, Any], may: bool) -> None:
    """民法典 282: income after its cost; 281: the fund is for repairs."""
    assert bool(rules.may_be_divided(kind, account(**more))) is may


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("电梯广告 12000.00\n\n 车位 租金 80.5", [Line("电梯广告", 1_200_000), Line("车位 租金", 8050)]),
        ("", []),
        ("电梯广告", None),
        ("12000", None),
        ("广告 12.345", None),
        ("广告 -3", None),
        ("x 1\n" * 61, None),
    ],
)
def test_lines_as_they_are_typed(text: str, found: list[Line] | None) -> None:
    if found is None:
        with pytest.raises(InvalidCode):
            rules.lines(text)
    else:
        assert rules.lines(text) == found


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=30))
def test_the_parts_make_the_whole_and_follow_the_area(net: int, areas: list[int]) -> None:
    homes = {UUID(int=at): area for at, area in enumerate(areas)}
    parts = rules.by_area(net, homes)
    assert sum(parts.values()) == net
    for home, amount in parts.items():
        assert abs(amount * sum(areas) - net * homes[home]) < sum(areas), "never a whole fen off"


# ── laid open ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def classes(world: World) -> dict[str, DisclosureClass]:
    """The owners' two classes of the community, and an estate of two homes and the world's own."""
    actions.adopt_classes(by=world.actor("secretary"), place_id=world.place("community"))
    rows = actions.adopt_owners_classes(by=world.actor("secretary"), place_id=world.place("community"))
    making.own(world, "wang", area=10_000, label="o1")
    making.own(world, "chen", area=20_000, label="o2")
    return {row.code: row for row in rows}


@pytest.mark.parametrize("kind", [BodyKind.OWNERS_COMMITTEE, BodyKind.OWNERS_ASSEMBLY])
def test_owners_who_form_a_body_have_their_money_laid_open(world: World, kind: BodyKind) -> None:
    making.body(world, BodyKind.BUILDING_COUNCIL)
    assert not DisclosureClass.objects.exists(), "a council of neighbours has no common money"
    making.body(world, kind, members=())
    begun = Entry.objects.filter(event=Event.CLASSES_ADOPTED)
    assert (DisclosureClass.objects.count(), begun.count()) == (2, 1)
    actions.form_body(
        by=world.actor("secretary"), place_id=world.place("building4"), kind=kind, name="4 号楼业主"
    )
    assert (DisclosureClass.objects.count(), begun.count()) == (2, 1), "a community has them once"
    shown_here = desk(world, "secretary").get(
        reverse("gatherings_desk:affairs", args=[world.place("community")])
    )
    assert "Begin the list" in unescape(shown(shown_here)), "the list of the law is still to be begun"
    actions.adopt_classes(by=world.actor("secretary"), place_id=world.place("community"))
    assert DisclosureClass.objects.filter(by_law=True).count() == 9


def test_an_election_begins_them_too_where_the_body_is_older(world: World) -> None:
    body = making.body(world, BodyKind.OWNERS_COMMITTEE)
    DisclosureClass.objects.all().delete()
    for _again in range(2):
        actions.note_election(by=world.actor("secretary"), body_id=body.pk, elected_on=clock.today())
        assert {row.code for row in DisclosureClass.objects.all()} == set(AccountKind)


def open_it(world: World, row: DisclosureClass, given: Account | None = None, **more: Any) -> Posting:
    return actions.lay_account_open(
        by=world.actor("secretary"),
        class_id=row.pk,
        place_id=world.place("building4"),
        account=given or account(),
        **more,
    )


def test_income_is_divided_by_area_and_seen_by_its_owner_alone(
    world: World, classes: dict[str, DisclosureClass]
) -> None:
    posting = open_it(world, classes["owners_income"], division=Division.BY_AREA)
    made = OwnersAccount.objects.get()
    assert (made.net, made.closing, made.division) == (10_001, 20_001, "by_area")
    parts = {each.home.name: each.amount for each in HomeShare.objects.select_related("home")}
    assert {name: parts[name] for name in ("o1", "o2")} == {"o1": 3334, "o2": 6667}
    assert sum(parts.values()) == 10_001
    page = reverse("gatherings:posting", args=[posting.pk])
    wang, chen, nobody = (unescape(shown(desk(world, key).get(page))) for key in ("wang", "chen", "clerk"))
    assert "33.34 yuan" in wang
    assert "66.67" not in wang
    assert "66.67 yuan" in chen
    assert "Your share" not in nobody
    for said in ("电梯广告: 120.01", "管理成本: 20.00", "200.01"):
        assert said in nobody, "the account itself is for everybody"


def test_who_bought_afterwards_has_no_share_of_it(world: World, classes: dict[str, DisclosureClass]) -> None:
    posting = open_it(world, classes["owners_income"], division=Division.BY_AREA)
    home = HomeShare.objects.get(home__name="o1").home_id
    residence.note_holding(
        by=making.SYSTEM, person_id=world.persons["old-liu"], home_id=home,
        starts=clock.today().replace(year=clock.today().year + 1),
    )  # fmt: skip
    page = reverse("gatherings:posting", args=[posting.pk])
    assert "Your share" not in shown(desk(world, "old-liu").get(page))


def decided(world: World, side: str = "yes", publish: bool = True, **more: Any) -> UUID:
    """A ballot of the owners of the building on their income, published a month later: all say the same."""
    opens = clock.now() + timedelta(days=16)
    asked = Asked(
        "广告收入全部补充维修资金",
        Method.YES_NO,
        more.pop("rule", RuleName.OWNERS_ORDINARY),
        matter=more.pop("matter", None),
    )
    given = {"electorate": Electorate.OWNERS, "opens_at": opens, "closes_at": opens + timedelta(days=7)}
    by, place = world.actor("clerk"), world.place(more.pop("place", "building4"))
    row = preparing.draft(by=by, place_id=place, plan=Plan("公共收益", questions=(asked,), **given | more))  # type: ignore[arg-type]
    preparing.announce(by=by, ballot_id=row.pk)
    preparing.freeze_roll(by=by, ballot_id=row.pk)
    with clock.at(opens):
        running.open_ballot(by=by, ballot_id=row.pk)
        row = ballots.ballot(row.pk)
        for entry in roll.entries(row).filter(is_developer=False):
            owner = Actor(person_id=entry.persons.order_by("pk")[0].person_id)
            said = {"1": side}
            voting.cast(by=owner, ballot=row, entry_id=entry.pk, answers=said, receipt=tracking_code())
    with clock.at(opens + timedelta(days=7)):
        for step in (running.close, running.count, *([running.publish] if publish else [])):
            step(by=by, ballot_id=row.pk)
    return row.pk


def test_owners_may_agree_otherwise_by_a_ballot(world: World, classes: dict[str, DisclosureClass]) -> None:
    income = classes["owners_income"]
    with pytest.raises(Refused, match="by which ballot"):
        open_it(world, income, division=Division.AGREED)
    agreed = Agreed("全部补充维修资金", decided(world))
    posting = open_it(world, income, division=Division.AGREED, agreed=agreed)
    made = OwnersAccount.objects.get()
    assert (made.agreement, made.ballot_id) == ("全部补充维修资金", agreed.ballot_id)
    assert not HomeShare.objects.exists()
    page = shown(desk(world, "wang").get(reverse("gatherings:posting", args=[posting.pk])))
    assert "全部补充维修资金" in page
    assert reverse("ballots:ballot", args=[agreed.ballot_id]) in page


@pytest.mark.parametrize(
    ("ballot", "reason"),
    [
        ({"matter": OwnersMatter.OTHER}, ""),
        ({"place": "community"}, ""),
        ({"matter": OwnersMatter.MANAGER}, "decided on something else"),
        ({"rule": RuleName.SIMPLE}, "decided on something else"),
        ({"side": "no"}, "did not pass"),
        ({"publish": False}, "not published yet"),
        ({"electorate": Electorate.RESIDENTS, "rule": RuleName.SIMPLE, "place": "community"}, "Only owners"),
        ({"place": "entrance"}, "of other owners"),
    ],
)
def test_only_their_own_decision_divides_the_income_otherwise(
    world: World, classes: dict[str, DisclosureClass], ballot: dict[str, Any], reason: str
) -> None:
    """民法典 283, 278 item 9."""
    residence.note_holding(
        by=making.SYSTEM,
        person_id=world.persons["wang"],
        home_id=world.place("home"),
        starts=date(2020, 1, 1),
    )
    making.places.note_areas(
        by=making.SYSTEM, under_id=world.place("home"), areas={world.place("home"): 9000},
        source=making.AreaSource.REGISTER,
    )  # fmt: skip
    agreed = Agreed("全部补充维修资金", decided(world, **ballot))
    income = classes["owners_income"]
    if not reason:
        open_it(world, income, division=Division.AGREED, agreed=agreed)
        return
    with pytest.raises(Refused, match=reason) as refused:
        open_it(world, income, division=Division.AGREED, agreed=agreed)
    assert refused.value.status == 422
    assert not OwnersAccount.objects.exists()


def test_a_ballot_nobody_knows_divides_nothing(world: World, classes: dict[str, DisclosureClass]) -> None:
    with pytest.raises(Refused, match="This ballot is not here"):
        open_it(world, classes["owners_income"], division=Division.AGREED, agreed=Agreed("补充", uuid4()))


def test_what_is_refused(world: World, classes: dict[str, DisclosureClass]) -> None:
    fund, income = classes["owners_fund"], classes["owners_income"]
    with pytest.raises(Refused, match="not divided"):
        open_it(world, fund, division=Division.BY_AREA)
    with pytest.raises(Refused, match="do not fit"):
        open_it(world, fund, account(closing=1))
    open_it(world, fund)
    with pytest.raises(Refused, match="begins the day after"):
        open_it(world, fund)
    with pytest.raises(Refused, match="begins with it"):
        open_it(world, fund, account(first=date(2026, 10, 1), last=date(2026, 10, 31)))
    open_it(
        world, fund, account(first=date(2026, 10, 1), last=date(2026, 10, 31), opening=20_001, closing=30_002)
    )
    open_it(world, income)
    with pytest.raises(Refused, match="already has its list"):
        actions.adopt_owners_classes(by=world.actor("secretary"), place_id=world.place("community"))
    with pytest.raises(Refused, match="does not include"):
        actions.lay_account_open(
            by=world.actor("wang"), class_id=fund.pk, place_id=world.place("building4"), account=account()
        )
    making.places.open_place(
        by=making.SYSTEM, kind=making.PlaceKind.HOME, name="o3", label="o3",
        parent_id=world.place("building4"), opened_on=date(2020, 1, 1),
    )  # fmt: skip
    later = account(first=date(2026, 10, 1), last=date(2026, 10, 31), opening=20_001, closing=30_002)
    with pytest.raises(Refused, match="have no area yet"):
        open_it(world, income, later, division=Division.BY_AREA)
    assert OwnersAccount.objects.count() == 3, "what was refused left nothing"


@pytest.mark.parametrize(
    "wrong",
    [
        {"last": date(2026, 6, 30)},
        {"division": "agreed"},
        {"agreement": "随便"},
        {"division": "by_area", "kind": "owners_fund"},
        {"division": "by_area", "net": 0},
    ],
)
def test_the_table_refuses(world: World, classes: dict[str, DisclosureClass], wrong: dict[str, Any]) -> None:
    open_it(world, classes["owners_income"], division=Division.BY_AREA)
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnersAccount.objects.update(**wrong)


def test_the_account_on_the_desk(world: World) -> None:
    secretary = desk(world, "secretary")
    actions.adopt_classes(by=world.actor("secretary"), place_id=world.place("community"))
    making.own(world, "wang", label="o1")
    affairs = reverse("gatherings_desk:affairs", args=[world.place("community")])
    begin = reverse("gatherings_desk:owners_begin", args=[world.place("community")])
    assert begin in shown(secretary.get(affairs))
    assert secretary.post(begin).status_code == 302
    assert begin not in shown(secretary.get(affairs))
    row = DisclosureClass.objects.get(code="owners_income")
    form = reverse("gatherings_desk:account", args=[row.pk])
    assert form in shown(secretary.get(affairs))
    sent = {
        "place": str(world.place("building4")), "first": "2026-07-01", "last": "2026-09-30", "opening": "100",
        "income": "电梯广告 120.01", "costs": "管理成本 20", "closing": "200", "division": "by_area",
    }  # fmt: skip
    assert "by the lines 200.01 is left, not 200.00" in shown(secretary.post(form, sent), 422)
    assert "Line 1: write what for" in shown(secretary.post(form, sent | {"income": "广告"}), 422)
    agreed = sent | {"closing": "200.01", "division": "agreed", "agreement": "留作维修"}
    assert "by which ballot" in shown(secretary.post(form, agreed), 422)
    link = f"https://example.org/ballots/{uuid4()}/"
    assert "This ballot is not here" in shown(secretary.post(form, agreed | {"ballot": link}), 422)
    link = f"https://example.org/ballots/{decided(world)}/"
    assert secretary.post(form, agreed | {"ballot": link}).status_code == 302
    assert OwnersAccount.objects.get().division == "agreed"
    assert desk(world, "wang").get(form).status_code in (403, 404)
    fund = DisclosureClass.objects.get(code="owners_fund")
    page = shown(secretary.get(reverse("gatherings_desk:account", args=[fund.pk])))
    assert 'name="division"' not in page
