"""The parking story in a real browser: said on a phone at night, talked over, carried out, judged; in each
language, and without scripts."""

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Locator, Page, expect

from linli.matters.kinds import Outcome, State
from linli.matters.models import Matter
from tests.browser import handling
from tests.browser.spoken import button_of, foreign, language, said
from tests.world import World

pytestmark = pytest.mark.browser
SAID = "晚一点回来小区就没车位，只能停马路边，很不方便。"
MINUTES = "树下议事会：先去谈商场地下车库夜里停放。"
TASK = "和商场谈夜里停放"
DONE = "谈妥了，夜里停放每月五十元。"
ANSWER = "商场地下车库晚上六点到早上八点给居民停。"
JUDGED = "晚上回来有地方停了。"


@pytest.mark.parametrize(
    ("code", "scripts"), [("zh-hans", True), ("zh-hans", False), ("zh-hant", True), ("en", True)]
)
def test_from_a_night_without_a_space_to_a_judgement(
    sign_in: Callable[..., Page], town: World, code: str, scripts: bool
) -> None:
    chosen = "" if code == "zh-hans" else code
    at_desk = partial(sign_in, desk=True, language=chosen, javascript=scripts)
    phone = sign_in("wang", language=chosen, javascript=scripts)
    matter = said_on_a_phone(phone)
    confirmed(at_desk("grid"))
    assert Matter.objects.get().step_key == "discuss"
    phone.goto(f"/my/{matter.id}/")
    expect(phone.get_by_text(said(phone, "Who has it now"))).to_be_visible()
    phone.get_by_role("link", name=said(phone, "Urge")).click()
    phone.wait_for_url("**/urge/**")

    branch, owners, secretary = at_desk("branch"), at_desk("owners"), at_desk("secretary")
    handling.talked_over(branch, matter, attended=31, minutes=MINUTES)
    moved(branch, matter, "negotiate:refer")
    moved(owners, matter, "act:agree")
    handling.sent_out(secretary, matter, town.unit("property"), TASK)
    order, unit = matter.orders.get(), at_desk("property")
    handling.done_by_the_unit(unit, order, DONE)
    handling.found_done(secretary, order)
    handling.answered(secretary, matter, ANSWER)
    moved(secretary, matter, "judge:resolve")
    handling.judged(phone, matter, JUDGED)
    caller = at_desk("caller")
    moved(caller, matter, "closed:resolve")

    ended = Matter.objects.get()
    assert (ended.state, ended.outcome) == (State.CLOSED, Outcome.RESOLVED)
    phone.goto(f"/my/{matter.id}/")
    for told in (SAID, MINUTES, ANSWER):
        expect(phone.get_by_text(told).first).to_be_visible()
    for page in (phone, branch, owners, secretary, unit, caller):
        in_one_language(page, code)


def said_on_a_phone(phone: Page) -> Matter:
    """Written on the home page's form; the receipt names its number."""
    phone.goto("/")
    phone.get_by_role("link", name=said(phone, "Say something")).first.click()
    phone.wait_for_url("**/say/**")
    written(phone.get_by_label(said(phone, "What is it about?")))
    in_one_language(phone, language(phone))
    phone.get_by_role("button", name=said(phone, "Send to the community")).click()
    phone.wait_for_url("**/receipt/")
    matter = Matter.objects.get()
    expect(phone.get_by_text(matter.number).first).to_be_visible()
    return matter


def written(box: Locator) -> None:
    """With scripts the page asks whether a neighbour said the same; nobody sends before it has answered."""
    if not handling.scripted(box.page):
        box.fill(SAID)
        return
    with box.page.expect_response("**/alike/"):
        box.fill(SAID)
        box.blur()


def confirmed(desk: Page) -> None:
    """The grid worker finds it on the desk and confirms what is suggested: with Enter, or by its button."""
    desk.goto("/desk/")
    desk.get_by_role("link", name="晚一点回来").first.click()
    suggested = desk.get_by_role("heading", name=said(desk, "Suggested"))
    expect(suggested).to_be_visible()
    desk.wait_for_load_state()
    in_one_language(desk, language(desk))
    if handling.scripted(desk):
        desk.keyboard.press("Enter")
    else:
        desk.locator(".desk-proposal .btn-primary").click()
    expect(suggested).to_be_hidden()
    sorted_one = Matter.objects.get()
    assert sorted_one.triaged_at is not None
    assert sorted_one.category == "parking"


def moved(page: Page, matter: Matter, move: str) -> None:
    """Move it on by the button the procedure names in the language of the page."""
    handling.moved(page, matter, button_of(page, matter, move))


def in_one_language(page: Page, code: str) -> None:
    """A page is in its reader's language, whatever people wrote on it in theirs."""
    assert language(page) == code
    assert foreign(page, SAID, MINUTES, TASK, DONE, ANSWER, JUDGED) == []
