"""A lift that was voted for stays posted for the days of the place, counted from the sheet that hangs, and
goes on not a minute before."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from linli.gatherings import actions as gatherings
from linli.gatherings.actions.hanging import Sheet
from linli.gatherings.models import Posting
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.matters.actions import hanging, moving, procedures, raising
from linli.matters.kinds import Channel, MatterKind
from linli.matters.models import Matter, Opening, ProcedureVersion
from linli.matters.read import one
from tests import world as worlds
from tests.documents.files import photo as picture
from tests.world import World, on

ENTERED = "2026-11-16"
FOURTEEN, FIFTEEN = "2026-11-30", "2026-12-01"


def move(world: World, matter: Matter, verb: str, target: str, key: str = "clerk") -> Matter:
    matter.refresh_from_db()
    return moving.move(
        by=world.actor(key), matter_id=matter.pk, from_step=matter.step_key, target=target, verb=verb
    )


def record(matter: Matter, kind: str, result: dict[str, Any] | None = None) -> None:
    said = {"passed": True} if result is None else result
    opening = Opening.objects.get(step__matter=matter, step__left_at=None, kind=kind)
    moving.record_outcome(by=SYSTEM, opening_id=opening.pk, result=said, minutes="谈妥了")


def voted_on(world: World) -> Matter:
    """A lift at its vote since the morning of a Monday."""
    version = ProcedureVersion.objects.get(name="lift", community=None)
    procedures.adopt(by=SYSTEM, community_id=world.place("community"), version_id=version.pk, by_choice=True)
    raised = raising.Raised(
        place_id=world.place("entrance"),
        text="我们单元想加装一部电梯。",
        kind=MatterKind.TASK,
        channel=Channel.VISIT,
        way=version.pk,
    )
    by = world.actor("clerk")
    matter = raising.enter_matter(by=by, raised=raised, raiser_id=world.persons["wang"]).matter
    move(world, matter, "accept", "plan", "grid")
    record(matter, "meeting")
    return move(world, matter, "agree", "vote")


def posted(world: World) -> Matter:
    """A lift at its posting since the morning of a Monday."""
    matter = voted_on(world)
    record(matter, "ballot")
    return move(world, matter, "agree", "post")


@pytest.mark.parametrize(
    ("result", "goes_on"),
    [
        ({"passed": True}, True),
        ({"passed": False}, False),
        ({"result": "agreed"}, True),
        ({"result": "not_agreed"}, False),
        ({"result": "again"}, False),
        ({}, False),
    ],
)
def test_a_lift_that_was_voted_down_does_not_go_on(
    world: World, result: dict[str, Any], goes_on: bool
) -> None:
    with on(ENTERED):
        matter = voted_on(world)
        with pytest.raises(Refused, match="has no recorded outcome yet"):
            move(world, matter, "agree", "post")
        record(matter, "ballot", result)
        if goes_on:
            assert move(world, matter, "agree", "post").step_key == "post"
            return
        with pytest.raises(Refused, match="The vote did not pass, so it does not go on"):
            move(world, matter, "agree", "post")
        assert move(world, matter, "disagree", "mediate").step_key == "mediate"


def test_a_lift_that_was_voted_down_is_talked_over_again(world: World) -> None:
    with on(ENTERED):
        matter = voted_on(world)
        record(matter, "ballot", {"passed": False})
        assert move(world, matter, "send_back", "plan").step_key == "plan"
        record(matter, "meeting")
        move(world, matter, "agree", "vote")
        record(matter, "ballot")
        assert move(world, matter, "agree", "post").step_key == "post"


def hang(world: World, matter: Matter, since: str = "", key: str = "clerk") -> Posting:
    """The sheet goes up today, or has hung since a day."""
    sheet = Sheet(
        title="三单元加装电梯公示",
        body="表决通过：参加和同意都达到了要求。",
        where="三单元门口",
        since=date.fromisoformat(since) if since else clock.today(),
        photo=("sheet.png", picture()),
    )
    return hanging.hang(by=world.actor(key), matter_id=matter.pk, sheet=sheet)


def test_fourteen_days_are_refused_and_fifteen_allowed(world: World) -> None:
    with on(ENTERED):
        matter = posted(world)
        with pytest.raises(Refused, match="Nothing hangs yet"):
            move(world, matter, "dispatch", "build")
        hang(world, matter)
        with pytest.raises(Refused, match="It can go on from 2026-12-01 18:00"):
            move(world, matter, "dispatch", "build")
        assert matter.step_due_at is not None
        found = one.facts(matter, one.current_step(matter)).posted
        assert found is not None
        assert found.until is not None
        assert matter.step_due_at > found.until, "not late before it may be left"
    for day, hour, minute in ((FOURTEEN, 18, 0), (FIFTEEN, 17, 59)):
        with on(day, hour, minute), pytest.raises(Refused, match="It can go on from 2026-12-01 18:00"):
            move(world, matter, "dispatch", "build")
    with on(FIFTEEN, 18):
        assert move(world, matter, "dispatch", "build").step_key == "build"


def test_an_objection_goes_to_mediation_at_once_and_is_posted_anew(world: World) -> None:
    with on(ENTERED):
        matter = posted(world)
        assert move(world, matter, "disagree", "mediate").step_key == "mediate"
    with on("2026-11-20"):
        record(matter, "meeting")
        move(world, matter, "resolve", "post", "secretary")
        hang(world, matter)
    with on(FIFTEEN, 18), pytest.raises(Refused, match="It can go on from 2026-12-07 18:00"):
        move(world, matter, "dispatch", "build")


def test_a_place_sets_its_own_days_from_a_day_on(world: World) -> None:
    with on(ENTERED):
        matter = posted(world)
        hang(world, matter)
        secretary = world.actor("secretary")
        with pytest.raises(Refused, match="stays up for days"):
            procedures.set_local_rule(
                by=secretary, place_id=world.place("community"), key="posting", value="48 hours",
                starts=date(2026, 11, 17),
            )  # fmt: skip
        procedures.set_local_rule(
            by=secretary, place_id=world.place("community"), key="posting", value="7 days",
            starts=date(2026, 11, 17),
        )  # fmt: skip
    with on("2026-11-24"), pytest.raises(Refused, match="from 2026-12-01 18:00"):
        move(world, matter, "dispatch", "build")  # it keeps the days it was given
    with on("2026-11-24"):
        move(world, matter, "disagree", "mediate")
        record(matter, "meeting")
        move(world, matter, "resolve", "post", "secretary")
        hang(world, matter)
    with on("2026-12-01", 17, 59), pytest.raises(Refused, match="from 2026-12-01 18:00"):
        move(world, matter, "dispatch", "build")
    with on("2026-12-01", 18):
        assert move(world, matter, "dispatch", "build").step_key == "build"


def test_the_days_count_from_the_sheet_not_from_the_step(world: World) -> None:
    with on(ENTERED):
        matter = posted(world)
    with on("2026-11-20"):
        for since, why in (("2026-11-13", "at the earliest"), ("2026-11-21", "on the day it hangs")):
            with pytest.raises(Refused, match=why):
                hang(world, matter, since)
        row = hang(world, matter, "2026-11-18")
        assert (str(row.starts), str(row.ends)) == ("2026-11-18", "2026-12-03")
        with pytest.raises(Refused, match="already hangs"):
            hang(world, matter)
        with pytest.raises(Refused, match="not on your post"):
            hang(world, matter, key="grid")
    matter.refresh_from_db()
    assert matter.step_due_at is not None
    assert clock.local(matter.step_due_at).date() == date(2026, 12, 4), "a working day is left to go on"
    with on("2026-12-03", 18):
        assert move(world, matter, "dispatch", "build").step_key == "build"


def test_taken_down_early_the_days_stop_and_begin_anew(world: World) -> None:
    with on(ENTERED):
        matter = posted(world)
        row = hang(world, matter)
    with on("2026-11-24"):
        with pytest.raises(Refused, match="why it was taken down"):
            gatherings.take_down(by=world.actor("clerk"), posting_id=row.pk, reason=" ")
        gatherings.take_down(by=world.actor("clerk"), posting_id=row.pk, reason="被风吹走了")
    with on(FIFTEEN, 18), pytest.raises(Refused) as refused:
        move(world, matter, "dispatch", "build")
    assert str(refused.value) == (
        "It was taken down on 2026-11-24 (被风吹走了) and its days stopped. Post it again: they begin anew."
    )
    with on(FIFTEEN, 18):
        again = hang(world, matter)
        with pytest.raises(Refused, match="It can go on from 2026-12-16 18:00"):
            move(world, matter, "dispatch", "build")
    with on("2026-12-17"), pytest.raises(Refused, match="days are over"):
        gatherings.take_down(by=world.actor("clerk"), posting_id=again.pk, reason="贴够了")


def test_an_objection_at_the_sheet_is_answered_or_goes_to_mediation(world: World) -> None:
    with on(ENTERED):
        matter = posted(world)
        row = hang(world, matter)
        objection = gatherings.object_to(by=world.actor("wang"), posting_id=row.pk, text="一楼的光挡了。")
    with on(FIFTEEN, 18):
        with pytest.raises(Refused, match="1 objections wait for an answer"):
            move(world, matter, "dispatch", "build")
        gatherings.answer(by=world.actor("clerk"), objection_id=objection.pk, text="电梯外移两米。")
        assert move(world, matter, "dispatch", "build").step_key == "build"


def test_a_procedure_adopted_before_counts_from_the_step(world: World) -> None:
    with on(ENTERED):
        matter = posted(world)
        Opening.objects.filter(step__matter=matter, kind="posting").delete()
    with on(FIFTEEN, 17, 59), pytest.raises(Refused, match="It can go on from 2026-12-01 18:00"):
        move(world, matter, "dispatch", "build")
    with on(FIFTEEN, 18):
        assert move(world, matter, "dispatch", "build").step_key == "build"


def test_the_desk_notes_where_it_hangs_and_neighbours_see_the_photo(world: World) -> None:
    worlds.open_account(world, "clerk")
    worlds.open_account(world, "wang")
    matter = posted(world)
    clerk = browser(world, "clerk")
    found = re.search(r'href="(/desk/posting/[^"]*)"', page(world, "clerk", f"/desk/matters/{matter.pk}/"))
    assert found is not None
    address = unescape(found[1])
    assert "谈妥了" in clerk.get(address).content.decode(), "what was decided last stands on the sheet"
    said = {"where": "三单元门口", "since": str(clock.today()), "title": "加装电梯公示", "body": "表决通过。"}
    missing = clerk.post(address, said)
    assert missing.status_code == 422
    assert "Send a photo of the sheet" in missing.content.decode()
    sent = {**said, "photos": SimpleUploadedFile("sheet.png", picture())}
    assert clerk.post(address, sent).status_code == 302
    row = Posting.objects.get()
    assert "Hangs at 三单元门口 since" in page(world, "clerk", f"/desk/matters/{matter.pk}/")
    assert "Hangs at 三单元门口 since" in page(world, "wang", f"/meetings/board/{row.pk}/")
    wang = browser(world, "wang")
    assert wang.get(f"/meetings/board/{row.pk}/photo/")["Content-Type"].startswith("image/")
    down = clerk.post(f"/desk/meetings/board/{row.pk}/down/", {"reason": "被撕了"})
    assert down.status_code == 302
    assert "Taken down early on" in page(world, "wang", f"/meetings/board/{row.pk}/")
    assert wang.post(f"/desk/meetings/board/{row.pk}/down/", {"reason": "不想看"}).status_code == 403


def test_the_desk_says_from_when_it_can_go_on_and_where_the_days_are_set(world: World) -> None:
    worlds.open_account(world, "clerk")
    worlds.open_account(world, "secretary")
    now = clock.now()
    with clock.at(now):
        matter = posted(world)
        hang(world, matter)
        matter.refresh_from_db()
    assert matter.step_due_at is not None
    assert matter.step_due_at > now + timedelta(days=15)
    assert "It stays posted for objections. It can go on from" in page(
        world, "clerk", f"/desk/matters/{matter.pk}/"
    )
    assert "What a step posts stays up at least" in page(world, "secretary", reverse("desk:limits"))


def browser(world: World, key: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(person_id=world.persons[key]))
    return client


def page(world: World, key: str, path: str) -> str:
    return browser(world, key).get(path).content.decode()
