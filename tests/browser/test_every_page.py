"""Every page, in each language and in 长辈版: nothing serious for the judge, nothing too wide."""

import gzip
import os
import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page

from linli.matters.actions import drafts, orders, speaking
from linli.matters.models import Matter, ProcedureVersion
from linli.notices import actions as notices
from linli.people.models import Account
from tests import world as worlds
from tests.browser.conftest import speak
from tests.matters.telling import in_days, move, raise_one
from tests.world import World

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("SHOTS", "")

RESIDENT = ("/", "/say/", "/my/", "/my/{matter}/", "/my/{matter}/receipt/",
            "/my/{matter}/urge/", "/my/{matter}/supplement/", "/my/{matter}/withdraw/",
            "/my/{ended}/", "/my/{ended}/evaluate/", "/my/{ended}/reopen/", "/notices/",
            "/notices/announcements/", "/notices/announcements/{announced}/",
            "/notices/announcements/{announced}/poster/", "/matters/{matter}/", "/me/", "/phones/",
            "/works/", "/topics/", "/appraisals/", "/surveys/")  # fmt: skip
STAFF = ("/desk/", "/desk/new/", "/desk/sent/", "/desk/matters/", "/desk/matters/{matter}/",
         "/desk/matters/{matter}/orders/", "/desk/matters/{matter}/whistle/", "/desk/orders/",
         "/desk/orders/{order}/", "/desk/orders/{order}/slip/", "/desk/intake/", "/desk/whistles/",
         "/desk/procedures/", "/desk/procedures/{version}/", "/desk/procedures/{version}/try/",
         "/desk/procedures/drafts/{draft}/?open=1", "/desk/procedures/drafts/{draft}/publish/",
         "/desk/procedures/drafts/{draft}/try/", "/desk/procedures/in/", "/desk/procedures/limits/",
         "/desk/rates/", "/desk/search/?q=灯", "/desk/places/", "/desk/people/",
         "/desk/posts/", "/desk/posts/{post}/", "/desk/posts/open/", "/desk/keys/", "/desk/people/{wang}/",
         "/desk/places/{building}/", "/desk/places/{building}/?on=2019-06-01",
         "/desk/notices/", "/desk/notices/new/", "/desk/notices/calls/",
         "/desk/audit/", "/desk/audit/subject/{matter}/", "/desk/audit/post/{post}/",
         "/desk/outbox/", "/boards/building/{building}/", "/desk/map/", "/desk/places/{building}/outline/",
         "/desk/places/{building}/outlines/", "/desk/works/", "/desk/works/new/",
         "/desk/topics/", "/desk/topics/new/", "/desk/appraisals/", "/desk/appraisals/new/", "/desk/surveys/",
         "/desk/surveys/new/")  # fmt: skip
REFUSED = (("/nowhere/", 404), ("/desk/audit/", 403), ("/my/{order}/", 404))
OPEN = ("/", "/communities/", "/communities/{community}/", "/communities/{community}/matters/",
        "/code/", "/sign-in/", "/components/", "/api/docs", "/boards/estate/{community}/")  # fmt: skip


@pytest.fixture
def paths(town: World) -> dict[str, str]:
    """A published matter with a running order, one that ended, an announcement, a draft of a procedure."""
    ended = raise_one(town)
    worlds.end(town, ended.id)
    matter = raise_one(town)
    move(town, "grid", matter, "act", "dispatch")
    ask = orders.Ask(town.unit("property"), "换灯", in_days(3))
    (order,) = orders.issue(by=town.actor("secretary"), matter_id=matter.id, asks=[ask])
    speaking.publish(
        by=town.actor("clerk"), matter_id=matter.id, title="楼道灯坏了", summary="三号楼二单元。"
    )
    version = ProcedureVersion.objects.get(name="six-steps")
    draft = drafts.begin_draft(
        by=town.actor("secretary"), community_id=town.place("community"), version_id=version.id
    )
    return {
        "ended": str(ended.id),
        "announced": str(announced(town)),
        "matter": str(matter.id),
        "order": str(order.id),
        "building": str(town.place("building")),
        "community": str(town.place("community")),
        "post": str(town.posts["grid"].id),
        "secretary": str(town.persons["secretary"]),
        "wang": str(town.persons["wang"]),
        "version": str(version.id),
        "draft": str(draft.id),
    }


def announced(town: World) -> UUID:
    """An announcement to everybody, approved by another than who wrote it."""
    clerk, community = town.actor("clerk"), town.place("community")
    row = notices.draft_announcement(
        by=clerk,
        place_id=community,
        title="周三停水半天",
        body="早上八点半到下午一点清洗水箱，请提前接好水。",
    )
    notices.submit(by=clerk, announcement_id=row.id)
    notices.approve(by=town.actor("secretary"), announcement_id=row.id)
    return row.id


def judge(page: Page, axe: Callable[[Page], list[str]], path: str, status: int = 200) -> list[str]:
    """What is wrong with a page, in words; with SHOTS set, a picture of it is kept there."""
    answer = page.goto(path)
    if answer and not answer.headers.get("content-type", "").startswith("text/html"):
        return []  # a sheet for the printer
    wrong = [f"{path}: {fault}" for fault in axe(page)]
    if answer is None or answer.status != status:
        wrong.append(f"{path}: answered {answer and answer.status}")
    wide, room = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if SHOTS:
        name = f"{room}{re.sub('[^a-z]+', '-', re.sub('[0-9a-f-]{36}', '', path))}.png"
        page.screenshot(path=Path(SHOTS) / name, full_page=True)
    if wide > room:
        wrong.append(f"{path}: {wide} px wide on a screen of {room}")
    return wrong


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_residents_pages(
    sign_in: Callable[..., Page], axe: Callable[[Page], list[str]], paths: dict[str, str], language: str
) -> None:
    page = sign_in("wang", language=language)
    wrong = [fault for path in RESIDENT for fault in judge(page, axe, path.format(**paths))]
    assert wrong == []


def test_residents_pages_for_old_eyes(
    sign_in: Callable[..., Page], axe: Callable[[Page], list[str]], paths: dict[str, str]
) -> None:
    page = in_large_print(sign_in("wang"))
    wrong = [fault for path in RESIDENT for fault in judge(page, axe, path.format(**paths))]
    assert wrong == []
    page.goto(f"/my/{paths['matter']}/")
    assert smallest_text(page) >= 18


def in_large_print(page: Page) -> Page:
    """The same page in 长辈版."""
    page.locator("form[action='/preferences/elder/'] button").first.click()
    page.wait_for_selector("body.elder")
    return page


def smallest_text(page: Page) -> float:
    """The smallest letters that are shown, in px."""
    return float(
        page.evaluate(
            """() => Math.min(...[...document.querySelectorAll('body *')]
                .filter(e => e.offsetParent && !e.closest('.sr, .skip') &&
                        [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
                .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
        )
    )


@pytest.mark.parametrize(
    ("language", "desk", "elder"),
    [("zh-hans", True, False), ("en", True, False), ("zh-hant", False, False), ("zh-hans", True, True)],
)
def test_staff_pages(
    sign_in: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    paths: dict[str, str],
    language: str,
    desk: bool,
    elder: bool,
) -> None:
    page = sign_in("secretary", desk=desk)
    page.goto("/")
    if language != "zh-hans":
        speak(page, language)
    if elder:
        Account.objects.filter(person=paths["secretary"]).update(elder=True)
    wrong = [fault for path in STAFF for fault in judge(page, axe, path.format(**paths))]
    assert wrong == []


def test_pages_for_everybody(
    visit: Callable[..., Page], axe: Callable[[Page], list[str]], paths: dict[str, str]
) -> None:
    for language in ("zh-hans", "zh-hant", "en"):
        page = visit()
        page.goto("/sign-in/")
        speak(page, language)
        wrong = [fault for path in OPEN for fault in judge(page, axe, path.format(**paths))]
        assert wrong == [], language


def test_refusals(
    sign_in: Callable[..., Page], axe: Callable[[Page], list[str]], paths: dict[str, str]
) -> None:
    page = sign_in("wang")
    for language in ("zh-hans", "zh-hant", "en"):
        page.goto("/")
        speak(page, language)
        wrong = [
            fault for path, status in REFUSED for fault in judge(page, axe, path.format(**paths), status)
        ]
        assert wrong == [], language


def test_the_home_page_on_a_phone_is_light(sign_in: Callable[..., Page], paths: dict[str, str]) -> None:
    page = sign_in("wang")
    bodies: list[bytes] = []
    page.on("response", lambda response: bodies.append(response.body()) if response.ok else None)
    page.goto("/", wait_until="networkidle")
    weight = sum(len(gzip.compress(body)) for body in bodies)
    assert Matter.objects.count() == 2
    assert 5_000 < weight < 150 * 1024, weight
