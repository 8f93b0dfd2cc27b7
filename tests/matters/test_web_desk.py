"""The desk: what waits for whom, one matter on one screen, and the acts on it."""

import re
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest

from linli.matters.actions import speaking
from linli.matters.kinds import ChaseKind, ContributionKind, OpeningKind, State
from linli.matters.models import Callback, Chase, Contribution, Exclusion, Matter, Opening, Order
from linli.matters.read import one as read
from tests.matters.desking import desk, sent, shown
from tests.matters.telling import at_handling, dispatch, move, raise_one
from tests.world import World, on

PHONE = re.compile(r"(?<!\d)1390000\d{4}")


def triage(matter: Matter, **more: str) -> dict[str, str]:
    """The triage form as the page fills it in."""
    said = {"category": "corridor_lamp", "level": "settle_at_once", "urgency": "ordinary"}
    return said | {"unit": "", "task": "", "then": "keep"} | more


def act(matter: Matter, name: str) -> str:
    return f"/desk/matters/{matter.id}/{name}/"


# Who may come in


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("clerk", "/desk/", 200),
        ("clerk", "/desk/new/", 200),
        ("clerk", "/desk/sent/", 200),
        ("street", "/desk/whistles/", 200),
        ("property", "/desk/", 200),
        ("property", "/desk/orders/", 200),
        ("property", "/desk/new/", 403),
        ("property", "/desk/matters/", 403),
        ("property", "/desk/intake/", 403),
        ("property", "/desk/rates/", 403),
        ("grid", "/desk/rates/", 403),
        ("wang", "/desk/", 403),
        ("wang", "/desk/matters/", 403),
    ],
)
def test_who_may_come_in(world: World, who: str, path: str, status: int) -> None:
    assert desk(world, who).get(path).status_code == status


def test_a_stranger_is_sent_to_sign_in(world: World, client) -> None:
    assert client.get("/desk/")["Location"].startswith("/sign-in/")


def test_who_was_signed_out_before_pressing_comes_back_to_the_page(world: World, client) -> None:
    here = f"/desk/matters/{raise_one(world).id}/?in=new"
    sent_away = client.post("/desk/claim/", headers={"referer": f"http://testserver{here}"})
    assert sent_away["Location"] == f"/sign-in/?{urlencode({'next': here})}"
    elsewhere = client.post("/desk/claim/", headers={"referer": "https://example.org/x"})
    assert elsewhere["Location"] == "/sign-in/?next=%2F"


def test_no_browser_keeps_what_staff_saw_for_who_sits_down_next(world: World) -> None:
    assert desk(world, "clerk").get("/desk/")["Cache-Control"] == "private, no-store"


def test_opened_from_a_list_only_what_changes_is_drawn(plain_world: World) -> None:
    matter, clerk = raise_one(plain_world), desk(plain_world, "clerk")
    path = f"/desk/matters/{matter.id}/"
    whole, beside = clerk.get(path), clerk.get(path, headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert 'href="/desk/sent/"' in whole.text
    assert 'href="/desk/sent/"' not in beside.text, "the way around stays on the screen"
    assert "desk-items" in beside.text, "the list is drawn anew: somebody may have taken what stood there"
    assert matter.title in beside.text


def test_a_matter_of_another_place_is_not_there(world: World) -> None:
    matter = raise_one(world)
    shown(desk(world, "property").get(f"/desk/matters/{matter.id}/"), 404)
    shown(desk(world, "clerk").get(f"/desk/matters/{uuid4()}/"), 404)


# The list


def test_what_expires_first_is_on_top(plain_world: World) -> None:
    with on("2026-11-18"):
        later = raise_one(plain_world, title="后来的事")
    with on("2026-11-17"):
        earlier = raise_one(plain_world, title="早来的事")
    with on("2026-11-19", 20):
        page = shown(desk(plain_world, "clerk").get("/desk/"))
        assert page.index(earlier.title) < page.index(later.title)
        assert "Late 2" in page
        narrowed = shown(desk(plain_world, "clerk").get("/desk/?due=today"))
        assert earlier.title not in narrowed


def test_orders_to_verify_and_the_units_own_are_on_their_desks(plain_world: World) -> None:
    with on("2026-11-16"):
        matter = raise_one(plain_world)
        order = dispatch(plain_world, "clerk", matter)
        assert matter.title in shown(desk(plain_world, "property").get("/desk/"))
        unit = desk(plain_world, "property")
        sent(unit.post(f"/desk/orders/{order.id}/report/", {"text": "换好了灯"}))
        assert "Reported, to be verified" in shown(desk(plain_world, "clerk").get("/desk/"))
        assert matter.title not in shown(unit.get("/desk/"))


def test_an_empty_desk_says_so(world: World) -> None:
    assert "Nothing is waiting for you" in shown(desk(world, "owners").get("/desk/"))


def test_years_without_published_holidays_are_named(world: World) -> None:
    with on("2026-11-16"):
        assert "The holidays of 2027 are not published yet" in shown(desk(world, "clerk").get("/desk/"))


# One matter


def test_the_page_shows_the_raiser_masked_only(world: World) -> None:
    page = shown(desk(world, "grid").get(f"/desk/matters/{raise_one(world).id}/"))
    assert "王**" in page
    assert "王小明" not in page
    assert PHONE.search(page) is None


def test_opening_the_phone_needs_a_purpose_and_is_shown_once(world: World) -> None:
    matter, clerk = raise_one(world), desk(world, "clerk")
    url = act(matter, "phone")
    person = str(world.persons["wang"])
    shown(clerk.post(url, {"person": person}), 422)
    response = clerk.post(url, {"person": person, "purpose": "call_back"})
    assert world.phones["wang"] in shown(response)
    assert response["Cache-Control"] == "no-store"
    assert world.phones["wang"] not in shown(clerk.get(f"/desk/matters/{matter.id}/"))


def test_a_number_of_somebody_else_is_not_opened_here(world: World) -> None:
    said = {"person": str(world.persons["chen"]), "purpose": "call_back"}
    shown(desk(world, "clerk").post(act(raise_one(world), "phone"), said), 422)


def test_the_suggestion_says_why(plain_world: World) -> None:
    page = shown(desk(plain_world, "clerk").get(f"/desk/matters/{raise_one(plain_world).id}/"))
    assert "Suggested" in page
    assert "“楼道灯”" in page
    assert "恒安物业" in page
    assert "Confirm and dispatch" in page


def test_confirming_dispatches_and_moves_on(plain_world: World) -> None:
    matter = raise_one(plain_world)
    said = triage(matter, unit=str(plain_world.unit("property")), task="换楼道灯", then="dispatch")
    sent(desk(plain_world, "clerk").post(act(matter, "triage"), said))
    now = read.matter(matter.id)
    order = Order.objects.get(matter=matter)
    assert (now.step_key, now.category, order.task) == ("handle", "corridor_lamp", "换楼道灯")


def test_the_order_sent_at_triage_counts_where_it_is_handled(plain_world: World) -> None:
    matter, clerk = raise_one(plain_world), desk(plain_world, "clerk")
    said = triage(matter, unit=str(plain_world.unit("property")), then="dispatch")
    sent(clerk.post(act(matter, "triage"), said))
    order = Order.objects.get(matter=matter)
    sent(desk(plain_world, "property").post(f"/desk/orders/{order.id}/report/", {"text": "换好了"}))
    sent(clerk.post(f"/desk/orders/{order.id}/verify/?at=matter", {"note": ""}))
    sent(clerk.post(act(matter, "move"), {"from_step": "handle", "to": "answer:resolve"}))
    assert read.matter(matter.id).step_key == "answer"


def test_who_does_not_hold_the_step_confirms_without_moving(world: World) -> None:
    matter = raise_one(world)
    said = triage(matter, unit=str(world.unit("property")), then="dispatch")
    sent(desk(world, "clerk").post(act(matter, "triage"), said))
    now = read.matter(matter.id)
    assert (now.step_key, now.triaged_at is not None) == ("raise", True)
    assert Order.objects.filter(matter=matter).count() == 1


@pytest.mark.parametrize(
    ("then", "step", "state"),
    [("settle", "answer", State.OPEN), ("not_ours", "", State.CLOSED), ("keep", "register", State.OPEN)],
)
def test_the_other_buttons(plain_world: World, then: str, step: str, state: State) -> None:
    matter = raise_one(plain_world)
    sent(desk(plain_world, "clerk").post(act(matter, "triage"), triage(matter, then=then)))
    now = read.matter(matter.id)
    assert now.state == state
    assert state == State.CLOSED or now.step_key == step


def test_dispatching_without_a_unit_comes_back_with_what_was_typed(plain_world: World) -> None:
    matter = raise_one(plain_world)
    said = triage(matter, task="换三楼的灯", then="dispatch")
    page = shown(desk(plain_world, "clerk").post(act(matter, "triage"), said), 422)
    assert "换三楼的灯" in page
    assert "Choose the unit it goes to." in page
    assert read.matter(matter.id).triaged_at is None


def test_a_move_says_what_is_missing(world: World) -> None:
    matter = raise_one(world)
    move(world, "grid", matter, "discuss", "accept")
    branch = desk(world, "branch")
    assert "Record what the meeting said first." in shown(branch.get(f"/desk/matters/{matter.id}/"))
    given = {"from_step": "discuss", "to": "negotiate:refer", "note": "三楼的住户也同意。"}
    refused = shown(branch.post(act(matter, "move"), given), 422)
    assert "Record what the meeting said first." in refused
    assert "三楼的住户也同意。</textarea>" in refused, "what was written is still in its form"


def test_a_meetings_outcome_is_recorded_and_lets_it_go_on(world: World) -> None:
    matter = raise_one(world)
    move(world, "grid", matter, "discuss", "accept")
    opening = Opening.objects.get(step__matter=matter, kind=OpeningKind.MEETING)
    branch = desk(world, "branch")
    said = {"opening": str(opening.id), "held_on": "2026-11-16", "attended": "31", "result": "agreed"}
    assert "Please write something here." in shown(
        branch.post(act(matter, "outcome"), said | {"minutes": ""}), 422
    )
    sent(branch.post(act(matter, "outcome"), said | {"minutes": "大家同意划线停车"}))
    opening.refresh_from_db()
    assert opening.result["attended"] == 31
    sent(branch.post(act(matter, "move"), {"from_step": "discuss", "to": "negotiate:refer"}))
    assert read.matter(matter.id).step_key == "negotiate"


def test_an_unknown_opening_or_move_is_refused(world: World) -> None:
    matter, grid = raise_one(world), desk(world, "grid")
    said = {"opening": str(uuid4()), "held_on": "2026-11-16", "attended": "1", "result": "agreed"}
    said["minutes"] = "无"
    shown(grid.post(act(matter, "outcome"), said), 404)
    shown(grid.post(act(matter, "move"), {"from_step": "raise", "to": "nowhere:accept"}), 409)
    shown(grid.post(act(matter, "move"), {"from_step": "raise", "to": "discuss:fly"}), 409)
    shown(grid.post(act(matter, "dance"), {}), 404)


def test_two_at_once_one_is_told_and_keeps_what_was_written(world: World) -> None:
    matter, grid = raise_one(world), desk(world, "grid")
    said = {"from_step": "raise", "to": "discuss:accept", "note": "三楼的住户也同意先议。"}
    sent(grid.post(act(matter, "move"), said))
    refused = shown(grid.post(act(matter, "move"), said), 409)
    assert "Somebody was quicker" in refused
    assert "What you wrote is still here" in refused
    assert "三楼的住户也同意先议。" in refused


def test_the_same_form_twice_is_one_act(world: World) -> None:
    matter, grid = raise_one(world), desk(world, "grid")
    said = {"kind": "note", "text": "问过三楼了", "channel": "phone", "idempotency_key": str(uuid4())}
    assert sent(grid.post(act(matter, "say"), said)) == sent(grid.post(act(matter, "say"), said))
    assert Contribution.objects.filter(matter=matter, kind=ContributionKind.NOTE).count() == 1


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        ("answer", ContributionKind.ANSWER),
        ("note", ContributionKind.NOTE),
        ("contact", ContributionKind.CONTACT),
    ],
)
def test_three_ways_to_speak(world: World, kind: str, stored: ContributionKind) -> None:
    matter, clerk = raise_one(world), desk(world, "clerk")
    sent(clerk.post(act(matter, "say"), {"kind": kind, "text": "说过了", "channel": "visit"}))
    assert Contribution.objects.get(matter=matter).kind == stored
    assert "说过了" in shown(clerk.get(f"/desk/matters/{matter.id}/"))


def test_claiming_and_giving_back(world: World) -> None:
    matter, grid = raise_one(world), desk(world, "grid")
    sent(grid.post(act(matter, "claim")))
    assert "Give it back" in shown(grid.get(f"/desk/matters/{matter.id}/"))
    sent(grid.post(act(matter, "release")))
    assert read.matter(matter.id).claimed_by_id is None


def test_suspending_and_going_on(world: World) -> None:
    with on("2026-11-16"):
        matter, clerk = raise_one(world), desk(world, "clerk")
        said = {"reason": "等配件", "until": "2026-11-30", "stops": "matter"}
        shown(clerk.post(act(matter, "suspend"), said | {"until": "2026-02-30"}), 422)
        far = clerk.post(act(matter, "suspend"), said | {"until": "2027-11-30"})
        assert "within 90 days" in shown(far, 422)
        sent(clerk.post(act(matter, "suspend"), said))
        assert "等配件" in shown(clerk.get(f"/desk/matters/{matter.id}/"))
        sent(clerk.post(act(matter, "resume")))
    assert read.matter(matter.id).state == State.OPEN


def test_urging_and_supervising_name_the_unit(plain_world: World) -> None:
    matter = raise_one(plain_world)
    order = dispatch(plain_world, "clerk", matter)
    sent(desk(plain_world, "clerk").post(act(matter, "chase"), {"order": str(order.id), "text": "快一点"}))
    street = desk(plain_world, "street")
    sent(street.post(act(matter, "supervise"), {"order": str(order.id), "text": "三天内办好"}))
    kinds = Chase.objects.filter(matter=matter).order_by("at").values_list("kind", "unit__name")
    assert list(kinds) == [(ChaseKind.URGE, "恒安物业"), (ChaseKind.SUPERVISE, "恒安物业")]
    assert "恒安物业" in shown(street.get(f"/desk/matters/{matter.id}/"))


def test_handing_over_keeps_the_number(plain_world: World) -> None:
    matter, clerk = raise_one(plain_world), desk(plain_world, "clerk")
    page = shown(clerk.get(f"/desk/matters/{matter.id}/"))
    assert "兰新社区" in page
    said = {"community": str(plain_world.place("other")), "reason": "那栋楼归兰新"}
    assert sent(clerk.post(act(matter, "hand-over"), said)) == "/desk/"
    now = read.matter(matter.id)
    assert (now.number, now.community.name) == (matter.number, "兰新社区")


def test_publishing_refuses_the_raisers_name(world: World) -> None:
    matter, clerk = raise_one(world), desk(world, "clerk")
    said = {"title": "楼道灯", "summary": "王小明家楼下的灯坏了"}
    page = shown(clerk.post(act(matter, "publish"), said), 422)
    assert "The text names the raiser" in page
    assert said["summary"] in page
    sent(clerk.post(act(matter, "publish"), said | {"summary": "三号楼的灯坏了"}))
    sent(clerk.post(act(matter, "unpublish")))
    assert read.matter(matter.id).published_at is None


def test_the_text_for_the_group_names_nobody(world: World) -> None:
    page = shown(desk(world, "clerk").get(f"/desk/matters/{raise_one(world).id}/"))
    copied = re.search(r'data-copy="([^"]+)"', page)
    assert copied is not None
    assert "王" not in copied[1]
    assert "楼道灯坏了" not in copied[1]
    assert "http://testserver/my/" in copied[1]


def test_the_text_for_the_group_quotes_the_answer_once_published(plain_world: World) -> None:
    def copied() -> str:
        page = shown(desk(plain_world, "clerk").get(f"/desk/matters/{matter.id}/"))
        return page.rpartition('data-copy="')[2].partition('"')[0]

    with on("2026-11-17", 0, 3):
        matter, clerk = at_handling(plain_world), plain_world.actor("clerk")
        speaking.answer(by=clerk, matter_id=matter.id, text="灯换好了，请看看。")
        assert "灯换好了" not in copied()
        assert "2026-11-24 18:00" in copied()
        speaking.publish(
            by=plain_world.actor("secretary"), matter_id=matter.id, title="楼道灯", summary="换灯"
        )
        assert "灯换好了，请看看。" in copied()
        assert f"http://testserver/matters/{matter.id}/" in copied()
        public = shown(desk(plain_world, "chen").get(f"/matters/{matter.id}/"))
        assert "[建设社区] 楼道灯\n换灯" in public
        for told in ("王小明您好，灯换好了。", "请打 13900001234。"):
            speaking.answer(by=clerk, matter_id=matter.id, text=told)
            assert told not in copied()


def test_the_text_of_an_order_says_the_unit_and_dates_never_the_task(plain_world: World) -> None:
    with on("2026-11-17", 0, 3):
        matter = raise_one(plain_world)
        order = dispatch(plain_world, "clerk", matter)
        page = shown(desk(plain_world, "property", "zh-hans").get(f"/desk/orders/{order.id}/"))
    copied = re.search(r'data-copy="([^"]+)"', page)
    assert copied is not None
    assert f"工单 {order.number} → 恒安物业" in copied[1]
    assert "2026-11-20 00:03" in copied[1]
    assert order.task not in copied[1]
    assert matter.title not in copied[1]


def test_a_callback_needs_both_answers(world: World) -> None:
    matter, caller = raise_one(world), desk(world, "caller")
    move(world, "grid", matter, "judge", "settle_at_once")
    said = {"raiser": str(world.persons["wang"]), "reached": "yes", "note": "电话里说挺好"}
    page = shown(caller.post(act(matter, "call-back"), said), 422)
    assert "电话里说挺好" in page
    sent(caller.post(act(matter, "call-back"), said | {"solved": "yes", "score": "5"}))
    assert Callback.objects.get(matter=matter).score == 5
    sent(caller.post(act(matter, "move"), {"from_step": "judge", "to": "closed:resolve"}))


def test_nobody_calls_back_their_own_work(world: World) -> None:
    matter = raise_one(world)
    move(world, "grid", matter, "judge", "settle_at_once")
    assert "Note what they said" not in shown(desk(world, "grid").get(f"/desk/matters/{matter.id}/"))


def test_an_exclusion_is_approved_by_somebody_else(world: World) -> None:
    matter, clerk = raise_one(world), desk(world, "clerk")
    sent(clerk.post(act(matter, "exclude"), {"reason": "恶意重复"}))
    assert "Approve that it does not count" not in shown(clerk.get(f"/desk/matters/{matter.id}/"))
    street = desk(world, "street")
    assert matter.title in shown(street.get("/desk/"))
    sent(street.post(act(matter, "approve-exclusion")))
    assert Exclusion.objects.get(matter=matter).approved_by_id == world.persons["street"]


def test_bad_bytes_and_long_texts_are_answered_in_words(world: World) -> None:
    matter, grid = raise_one(world), desk(world, "grid")
    long = grid.post(act(matter, "say"), {"kind": "note", "text": "长" * 4001})
    assert "at most 4000 characters" in shown(long, 422)
    scripted = {"kind": "note", "text": "<script>alert(1)</script>"}
    sent(grid.post(act(matter, "say"), scripted))
    assert "<script>alert(1)</script>" not in grid.get(f"/desk/matters/{matter.id}/").content.decode()


def test_several_are_claimed_at_once(plain_world: World) -> None:
    first, second = raise_one(plain_world), raise_one(plain_world, title="另一件")
    said = {"selected": [str(first.id), str(second.id), "nonsense"], "back": "/desk/matters/?state=open"}
    assert sent(desk(plain_world, "clerk").post("/desk/claim/", said)) == said["back"]
    taken = Matter.objects.filter(claimed_by_id=plain_world.persons["clerk"])
    assert set(taken.values_list("id", flat=True)) == {UUID(str(first.id)), UUID(str(second.id))}
    away = desk(plain_world, "clerk").post(
        "/desk/claim/", {"selected": str(first.id), "back": "https://x.example/"}
    )
    assert sent(away) == "/desk/"


def test_what_else_is_copied_for_the_group(plain_world: World) -> None:
    def copied(key: str, path: str) -> str:
        found = re.search(r'data-copy="([^"]*)"', shown(desk(plain_world, key).get(path)))
        return found[1] if found else ""

    matter = raise_one(plain_world)
    assert f"http://testserver/my/{matter.id}/" in copied("wang", f"/my/{matter.id}/")
    assert "[建设社区] Response" in copied("secretary", "/desk/rates/")
    community = copied("wang", f"/communities/{plain_world.place('community')}/")
    assert "[建设社区] A problem, a suggestion, a request" in community
    assert "Say something: http://testserver/say/?community=" in community
    for number in plain_world.phones.values():
        assert number not in copied("wang", "/phones/"), "offices are called, nobody's own phone"
