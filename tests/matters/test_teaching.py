"""Every decision teaches: what the card says of it the day after, and what is forgotten or goes back."""

from datetime import date
from uuid import UUID

import pytest

from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.matters.actions import joining, orders, sorting
from linli.matters.actions import learning as acts
from linli.matters.actions.sorting import Triage
from linli.matters.kinds import Level, Thing, Urgency
from linli.matters.models import Compared, Judged, Matter, Order, TriageModel
from linli.matters.read import alike, suggesting
from linli.matters.read import learning as read
from linli.matters.read import one as matters
from linli.matters.rules.habits import OWN
from linli.matters.rules.sorting import Then
from linli.organizations import read as organizations
from linli.organizations.actions import posts, units
from tests.matters.desking import desk, sent, shown
from tests.matters.telling import dispatch, move, raise_one
from tests.world import World, on

LIFT = "电梯又坏了，维保一直没来。"
USUAL = "matters of “Lift faults”"


def _sort(
    world: World,
    matter: Matter,
    level: Level = Level.SETTLE_AT_ONCE,
    urgency: Urgency = Urgency.UTILITY,
    then: Then = Then.KEEP,
    unit: str = "",
) -> None:
    chosen = world.unit(unit) if unit else None
    decision = Triage("lift", level, urgency, unit_id=chosen, then=then)
    sorting.triage(by=world.actor("clerk"), matter_id=matter.id, decision=decision)


def _lifts(world: World, *units: str, day: str = "2026-11-17", **said: object) -> list[Matter]:
    """As many lifts, each sent to a unit ("" to none)."""
    made = []
    for number, unit in enumerate(units):
        with on(day, 9 + number // 6, number % 6):
            matter = raise_one(world, text=LIFT)
            _sort(world, matter, unit=unit, **said)  # type: ignore[arg-type]
            made.append(matter)
    return made


def _learn(world: World) -> UUID:
    community: UUID = world.place("community")
    acts.learn(by=SYSTEM, place_ids=[community])
    return community


def _card(world: World, text: str = LIFT) -> str:
    return shown(desk(world, "clerk").get(f"/desk/matters/{raise_one(world, text=text).id}/"))


def test_the_card_says_how_often_a_unit_was_asked_here(plain_world: World) -> None:
    _lifts(plain_world, *["power"] * 8, "property", "property")
    with on("2026-11-18"):
        before = _card(plain_world)
        assert f"here, 8 of the last 10 {USUAL}" not in before
        assert "by the list of duties" in before
        _learn(plain_world)
        after = _card(plain_world)
        assert f'供电所 <span class="note">here, 8 of the last 10 {USUAL} went to 供电所</span>' in after
        assert f'<option value="{plain_world.unit("power")}" selected' in after


def test_a_unit_that_serves_nothing_here_any_more_is_not_suggested(plain_world: World) -> None:
    _lifts(plain_world, *["power"] * 8)
    with on("2026-11-18"):
        _learn(plain_world)
        path = plain_world.places["home"].path
        matter = raise_one(plain_world, text=LIFT)
        assert suggesting.suggested(matter).unit == plain_world.units["power"]
        area = next(
            one for one in organizations.units_over(path, date(2026, 11, 18)) if one.duty == "power_company"
        )
        units.end_area(by=SYSTEM, area_id=area.area_id, ends=date(2026, 11, 18))
        assert suggesting.suggested(matter).unit == plain_world.units["power"]  # its post is open yet
    with on("2026-11-19"):
        Order.objects.update(handler=None)  # a post with orders running is not closed
        posts.close_post(by=SYSTEM, post_id=plain_world.posts["power"].id, on=date(2026, 11, 19))
        found = suggesting.suggested(matter)
        assert found.unit == plain_world.units["property"]
        assert Thing.UNIT not in found.habits


def test_what_the_community_does_itself_is_learnt(plain_world: World) -> None:
    _lifts(plain_world, *[""] * 6, then=Then.SETTLE)
    assert set(Judged.objects.values_list("unit", "level")) == {(OWN, Level.SETTLE_AT_ONCE)}
    with on("2026-11-18"):
        _learn(plain_world)
        assert "here, the community did 6 of the last 6 matters of “Lift faults” itself" in _card(plain_world)


def test_level_urgency_and_what_is_not_ours_are_learnt_with_the_reason(plain_world: World) -> None:
    _lifts(plain_world, *[""] * 6, level=Level.MEDIATION, urgency=Urgency.COMPLEX)
    with on("2026-11-18"):
        _learn(plain_world)
        page = _card(plain_world)
        assert f"here, 6 of the last 6 {USUAL} were settled this way" in page
        assert f"here, 6 of the last 6 {USUAL} were this pressing" in page
        found = suggesting.suggested(raise_one(plain_world, text=LIFT)).suggestion
        assert (found.level, found.urgency) == (Level.MEDIATION, Urgency.COMPLEX)
        assert "danger" in _card(plain_world, "孩子困在电梯里了，快来人")
    _lifts(plain_world, *[""] * 9, then=Then.NOT_OURS, day="2026-11-18")
    with on("2026-11-19"):
        _learn(plain_world)
        assert suggesting.suggested(raise_one(plain_world, text=LIFT)).suggestion.level is Level.OUT_OF_SCOPE


def test_staff_who_take_up_what_the_list_calls_not_ours_are_followed(plain_world: World) -> None:
    text = "物业费的事法院判了，物业还是不认。"
    for number in range(6):
        with on("2026-11-17", 9, number):
            _sort(plain_world, raise_one(plain_world, text=text), Level.MEDIATION)
    with on("2026-11-18"):
        _learn(plain_world)
        page = _card(plain_world, text)
        assert "here, 6 of the last 6 matters with words like “法院判” were settled this way" in page


def test_moving_and_sending_out_by_hand_teach_as_well(plain_world: World) -> None:
    world = plain_world
    with on("2026-11-18"):
        ended = raise_one(world, text=LIFT)
        move(world, "clerk", ended, "closed", "out_of_scope")
        judged = Judged.objects.get(matter=ended)
        assert (judged.suggested, judged.decided, judged.level) == ("lift", "", Level.OUT_OF_SCOPE)
        sent_out = raise_one(world, text=LIFT)
        move(world, "clerk", sent_out, "assess", "accept")
        move(world, "secretary", sent_out, "handle", "dispatch")
        dispatch(world, "clerk", sent_out, "power")
        judged = Judged.objects.get(matter=sent_out)
        assert (judged.unit, judged.duty) == (str(world.unit("power")), "power_company")
        lessons = read.lessons()
        assert [one.key for one in lessons[Thing.UNIT]] == ["lift"]
        assert [(one.key, one.choice) for one in lessons[Thing.LEVEL]] == [("lift", "out_of_scope")]


def test_a_reassigned_order_and_a_matter_sorted_anew_override_the_lesson(plain_world: World) -> None:
    world = plain_world
    with on("2026-11-18"):
        [matter] = _lifts(world, "property")
        order = matter.orders.get()
        orders.return_order(by=world.actor("property"), order_id=order.id, reason="不归我们管。")
        assert Judged.objects.get().unit == str(world.unit("property"))  # nobody has decided on it yet
        orders.review_return(
            by=world.actor("secretary"), order_id=order.id, note="归供电所。", new_unit_id=world.unit("power")
        )
        assert Judged.objects.get().unit == str(world.unit("power"))
        dispatch(world, "clerk", matter, "urban")
        assert Judged.objects.get().unit == str(world.unit("power"))  # who helps is not who answers for it
        browser = desk(world, "clerk")
        said = {"category": "corridor_lamp", "level": "council"}
        sent(browser.post(f"/desk/matters/{matter.id}/sort-again/", said))
        judged = Judged.objects.get()
        assert (judged.decided, judged.level) == ("corridor_lamp", Level.COUNCIL)
        assert Matter.objects.get(id=matter.id).category == "corridor_lamp"
        with pytest.raises(Refused, match="not sorted yet"):
            sorting.sort_again(
                by=world.actor("clerk"),
                matter_id=raise_one(world).id,
                category="lift",
                level=Level.SETTLE_AT_ONCE,
            )


def test_pairs_told_apart_are_never_suggested_for_each_other_again(plain_world: World) -> None:
    world = plain_world
    with on("2026-11-18"):
        first, second = raise_one(world, text=LIFT), raise_one(world, "chen", "entrance", text=LIFT)
        browser = desk(world, "clerk")
        page = shown(browser.get(f"/desk/matters/{second.id}/"))
        assert "Not the same" in page
        sent(browser.post(f"/desk/matters/{second.id}/apart/", {"number": first.number}))
        for one in (first, second):
            assert alike.duplicates_of(matters.matter(one.id)) == []
        third = raise_one(world, "chen", "entrance", text=LIFT)
        assert len(alike.duplicates_of(matters.matter(third.id))) == 2
        joining.merge(by=world.actor("clerk"), matter_id=third.id, into_number=first.number)
        page = shown(desk(world, "secretary").get("/desk/suggestions/"))
        assert "The same matter twice" in page
        assert '50% <span class="small muted">1/2</span>' in page
        with pytest.raises(Refused, match="does not include sorting"):
            joining.tell_apart(by=world.actor("property"), matter_id=second.id, other_number=first.number)
        with pytest.raises(Refused, match="this matter itself"):
            joining.tell_apart(by=world.actor("clerk"), matter_id=second.id, other_number=second.number)
    assert list(Compared.objects.order_by("at", "id").values_list("same", "suggested")) == [
        (False, True),
        (True, True),
    ]


def test_how_lenient_duplicates_are_chosen_is_learnt_of_the_pairs_judged(plain_world: World) -> None:
    world = plain_world
    with on("2026-11-18"):
        rows = [raise_one(world, text=LIFT) for _ in range(13)]
        for row in rows[1:]:
            one, other = sorted((rows[0].id, row.id))
            Compared.objects.create(
                one_id=one,
                other_id=other,
                community_id=world.place("community"),
                same=False,
                suggested=True,
                closeness=-0.05,
            )
        _learn(world)
        assert suggesting.lenience(rows[0]) == 0.04


def test_versions_hold_what_is_usual_and_going_back_brings_it_back(plain_world: World) -> None:
    world = plain_world
    _lifts(world, *["power"] * 6)
    with on("2026-11-18"):
        community = _learn(world)
        first = TriageModel.objects.get(place_id=community)
        assert (first.content, first.macro_f1) == (b"", None)  # too little to tell categories by
        matter = raise_one(world, text=LIFT)
    _lifts(world, *["urban"] * 10, day="2026-11-18")
    with on("2026-11-19"):
        _learn(world)
        assert suggesting.suggested(matter).unit == world.units["urban"]
        acts.go_back(by=world.actor("secretary"), model_id=first.id, why="城管中队那批是搬家")
        assert suggesting.suggested(matter).unit == world.units["power"]
        page = shown(desk(world, "secretary").get("/desk/suggestions/"))
        assert "What was usual was chosen again:" in page
        assert 'Unit <span class="num">1/1</span>' in page


def test_the_page_counts_each_thing_suggested_with_its_numerator(plain_world: World) -> None:
    _lifts(plain_world, "property", "property", "power", level=Level.MEDIATION)
    with on("2026-11-18"):
        page = shown(desk(plain_world, "secretary").get("/desk/suggestions/"))
        assert "By what was suggested" in page
        rows = {row.split("</th>")[0]: row for row in page.split('<th scope="row">')}
        assert "3/3" in rows["Category"]
        assert "0/3" in rows["How to settle it"]
        assert "3/3" in rows["How pressing"]
        assert "2/3" in rows["Unit"]


def test_confidential_matters_and_the_installation_itself_teach_nothing(plain_world: World) -> None:
    _lifts(plain_world, *["power"] * 6)
    Matter.objects.update(confidential=True)
    assert not any(read.lessons().values())
    with on("2026-11-18"):
        acts.keep_judgement(raise_one(plain_world), by=SYSTEM, level="council")
    assert not Judged.objects.filter(level="council").exists()


def test_what_all_communities_do_speaks_where_one_has_decided_too_little(plain_world: World) -> None:
    _lifts(plain_world, *["power"] * 20, level=Level.MEDIATION)
    with on("2026-11-18"):
        acts.learn(by=SYSTEM, place_ids=[None])
        page = _card(plain_world)
        assert f"in all communities, 20 of the last 20 {USUAL} were settled this way" in page
        assert f'供电所 <span class="note">in all communities, 20 of the last 20 {USUAL} went to ' in page
        path = plain_world.places["home"].path
        for one in organizations.units_over(path, date(2026, 11, 18)):
            if one.duty == "power_company":
                units.end_area(by=SYSTEM, area_id=one.area_id, ends=date(2026, 11, 18))
        assert "is not in the list of duties here; choose a unit" in _card(plain_world)


def test_an_order_taken_back_teaches_no_unit(plain_world: World) -> None:
    [matter] = _lifts(plain_world, "property")
    with on("2026-11-18"):
        for order in matter.orders.all():
            orders.withdraw_order(by=plain_world.actor("clerk"), order_id=order.id, reason="不用了。")
    judged = Judged.objects.get()
    assert (judged.decided, judged.unit, judged.suggested_unit) == (
        "lift",
        "",
        str(plain_world.unit("property")),
    )
