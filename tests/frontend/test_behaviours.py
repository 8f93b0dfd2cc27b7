"""What the scripts do, in a real browser: each makes a page kinder and none may lose what a person wrote."""

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.conftest import Kit

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

DRAFT = (
    '<form method="post" action="/save" data-draft="say" data-once>'
    '<input type="hidden" name="idempotency_key" value="first">'
    '<textarea name="words" aria-label="words"></textarea>'
    '<input name="secret" data-private aria-label="secret">'
    '<button type="submit">Send</button></form>'
)


def test_a_draft_outlives_a_reload_but_not_what_is_private(kit: Kit, opened: Open) -> None:
    kit.page("/", DRAFT)
    page = opened("/")
    page.get_by_label("words").fill("the light is out")
    page.get_by_label("secret").fill("1234")
    page.reload()
    expect(page.get_by_label("words")).to_have_value("the light is out")
    expect(page.get_by_label("secret")).to_have_value("")
    page.get_by_role("button", name="Throw it away").click()
    page.reload()
    expect(page.get_by_label("words")).to_have_value("")


def test_a_draft_is_forgotten_once_the_form_went_through(kit: Kit, opened: Open) -> None:
    kit.page("/", DRAFT)
    kit.page("/done", "<p>done</p>")
    kit.answers["/save"] = (302, {"Location": "/done"}, "")
    page = opened("/")
    page.get_by_label("words").fill("the light is out")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/done")
    page.wait_for_selector("html.js")
    page.goto("/")
    expect(page.get_by_label("words")).to_have_value("")


def test_a_draft_survives_being_signed_out(kit: Kit, opened: Open) -> None:
    kit.page("/", DRAFT)
    kit.page("/sign-in", '<input type="password" aria-label="password">')
    kit.answers["/save"] = (302, {"Location": "/sign-in"}, "")
    page = opened("/")
    page.get_by_label("words").fill("the light is out")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/sign-in")
    page.wait_for_selector("html.js")
    page.goto("/")
    expect(page.get_by_label("words")).to_have_value("the light is out")


def test_a_draft_is_not_shown_to_the_next_person(kit: Kit, opened: Open) -> None:
    kit.page("/", DRAFT, attributes='data-who="one"')
    page = opened("/")
    page.get_by_label("words").fill("mine")
    page.reload()
    kit.page("/", DRAFT, attributes='data-who="two"')
    page.reload()
    expect(page.get_by_label("words")).to_have_value("")


def keys(kit: Kit) -> list[str]:
    return [parse_qs(body)["idempotency_key"][0] for path, body in kit.posted if path == "/save"]


def test_a_double_press_sends_once(kit: Kit, opened: Open) -> None:
    kit.page("/", DRAFT)
    kit.answers["/save"] = (204, {}, "")
    page = opened("/")
    page.get_by_label("words").fill("a")
    page.get_by_role("button", name="Send").dblclick()
    expect(page.get_by_role("button", name="Send")).to_have_attribute("aria-busy", "true")
    page.get_by_role("button", name="Send").click()
    assert keys(kit) == ["first"]


def test_the_same_words_keep_their_key_and_changed_words_take_a_new_one(kit: Kit, opened: Open) -> None:
    kit.page("/", DRAFT)
    kit.answers["/save"] = (204, {}, "")
    page = opened("/")
    release = "() => delete document.querySelector('form').dataset.sending"
    for words in ("a", "a", "b"):
        page.get_by_label("words").fill(words)
        with page.expect_request("**/save"):
            page.get_by_role("button", name="Send").click()
        page.evaluate(release)
    expect(page.locator("[name=idempotency_key]")).not_to_have_value("first")
    assert keys(kit)[:2] == ["first", "first"]
    assert keys(kit)[2] != "first"


def test_a_question_is_asked_before_an_act_hard_to_take_back(kit: Kit, opened: Open) -> None:
    kit.page(
        "/",
        '<form method="post" action="/save" data-once>'
        '<button type="submit" data-confirm="Sure?">Remove</button></form>',
    )
    page = opened("/")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("dialog")).to_contain_text("Sure?")
    page.get_by_role("button", name="Not now").click()
    assert kit.posted == []
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    page.wait_for_url("**/save")


DESK = (
    '<a href="#new" data-key="n">New</a><input aria-label="field">'
    '<form data-enter-confirms method="post" action="/confirm">'
    '<button type="submit" class="btn btn-primary">Confirm</button></form>'
    '<ul class="desk-items"><li class="on"><a class="title" href="#1">one</a></li>'
    '<li><a class="title" href="#2">two</a></li></ul>'
)
COMPOSE = """(key) => document.activeElement.dispatchEvent(
    new KeyboardEvent('keydown', {key, isComposing: true, keyCode: 229, bubbles: true, cancelable: true}))"""


def test_single_keys_act_on_the_desk(kit: Kit, opened: Open) -> None:
    kit.page("/", DESK, script="desk")
    page = opened("/", width=1440)
    page.keyboard.press("n")
    page.wait_for_url("**/#new")
    page.keyboard.press("j")
    page.wait_for_url("**/#2")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("New")
    page.get_by_role("button", name="Close").click()


@pytest.mark.parametrize("attributes", ["", 'data-shortcuts="off"'])
def test_single_keys_rest_while_typing_composing_or_turned_off(
    kit: Kit, opened: Open, attributes: str
) -> None:
    kit.page("/", DESK, script="desk", attributes=attributes)
    page = opened("/", width=1440)
    page.evaluate(COMPOSE, "n")
    page.evaluate(COMPOSE, "Enter")
    page.get_by_label("field").press("n")
    if attributes:
        page.get_by_label("field").blur()
        page.keyboard.press("n")
    assert page.url == f"{kit.url}/"
    assert kit.posted == []


def test_enter_confirms_from_anywhere_on_the_page(kit: Kit, opened: Open) -> None:
    kit.page("/", DESK, script="desk")
    page = opened("/", width=1440)
    page.keyboard.press("Enter")
    page.wait_for_url("**/confirm")


def test_a_desk_in_use_stays_open(kit: Kit, opened: Open) -> None:
    idle = 'data-idle-minutes="30" data-lock-url="/lock"'
    kit.page("/", '<div class="desk">secret</div>', script="desk", attributes=idle)
    page = opened("/", width=1440)
    expect(page.get_by_text("secret")).to_be_visible()
    assert kit.posted == []


def test_copying_says_so(kit: Kit, opened: Open) -> None:
    kit.page(
        "/", '<button type="button" data-copy="text for the group"><span data-label>Copy</span></button>'
    )
    page = opened("/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button").click()
    expect(page.get_by_role("button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "text for the group"


def test_what_is_left_to_write_is_counted(kit: Kit, opened: Open) -> None:
    kit.page(
        "/", '<textarea id="t" data-counter maxlength="10" aria-label="t">abc</textarea><p id="t_count"></p>'
    )
    page = opened("/")
    expect(page.locator("#t_count")).to_have_text("7 left")
    page.get_by_label("t").fill("路灯😀")
    expect(page.locator("#t_count")).to_have_text("7 left")


def test_photos_are_shrunk_shown_and_can_be_taken_out(kit: Kit, opened: Open) -> None:
    kit.page(
        "/",
        '<form><div class="photos"><label class="photos-pick">'
        '<input type="file" multiple data-photos data-max="2" aria-label="p">'
        "</label></div></form>",
    )
    page = opened("/")
    picture = page.evaluate(
        """async () => { const c = new OffscreenCanvas(3000, 1500);
        c.getContext('2d').fillRect(0, 0, 3000, 1500);
        return [...new Uint8Array(await (await c.convertToBlob({type: 'image/png'})).arrayBuffer())] }"""
    )
    page.get_by_label("p").set_input_files(
        [{"name": f"{n}.png", "mimeType": "image/png", "buffer": bytes(picture)} for n in (1, 2, 3)]
    )
    expect(page.locator(".photo canvas")).to_have_count(2)
    expect(page.locator(".photos-pick")).to_be_hidden()
    page.get_by_role("button", name="Take out photo 1").click()
    expect(page.locator(".photo")).to_have_count(1)
    shape = page.evaluate(
        """async () => { const f = document.querySelector('[data-photos]').files;
        const b = await createImageBitmap(f[0]);
        return [f.length, f[0].type, f[0].name, b.width, b.height] }"""
    )
    assert shape == [1, "image/jpeg", "2.jpg", 2000, 1000]


def test_a_refusal_is_shown_where_the_person_is(kit: Kit, opened: Open) -> None:
    kit.answers["/act"] = (403, {}, '<div class="refusal"><p class="reason">Already sent out.</p></div>')
    kit.page("/", '<button hx-post="/act" hx-target="#there">Act</button><div id="there">kept</div>')
    page = opened("/")
    page.get_by_role("button", name="Act").click()
    expect(page.locator("#refusal")).to_contain_text("Already sent out.")
    expect(page.locator("#refusal .refusal")).to_be_focused()
    expect(page.locator("#there")).to_have_text("kept")


def test_an_invalid_form_comes_back_where_it_was_asked_for(kit: Kit, opened: Open) -> None:
    kit.answers["/act"] = (422, {}, "<p>say more</p>")
    kit.page("/", '<button hx-post="/act" hx-target="#there">Act</button><div id="there"></div>')
    page = opened("/")
    page.get_by_role("button", name="Act").click()
    expect(page.locator("#there")).to_have_text("say more")


def test_a_lost_network_is_told_and_tried_again(kit: Kit, opened: Open) -> None:
    kit.answers["/act"] = (200, {}, "done")
    kit.page("/", '<button hx-post="/act" hx-target="#there">Act</button><div id="there"></div>')
    page = opened("/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Act").click()
    expect(page.locator(".banner")).to_contain_text("What you wrote is all still here")
    retry = page.get_by_role("button", name="Try again")
    expect(retry).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".banner")).to_have_count(0)
    page.get_by_role("button", name="Act").click()
    expect(page.locator("#there")).to_have_text("done")


def test_a_server_fault_offers_to_try_again(kit: Kit, opened: Open) -> None:
    kit.answers["/act"] = (502, {}, "<h1>Bad gateway</h1>")
    kit.page("/", '<button hx-post="/act" hx-target="#there">Act</button><div id="there">kept</div>')
    page = opened("/")
    page.get_by_role("button", name="Act").click()
    expect(page.locator(".banner")).to_contain_text("did not get through")
    kit.answers["/act"] = (200, {}, "done")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#there")).to_have_text("done")


def test_a_folded_part_opens_as_a_window(kit: Kit, opened: Open) -> None:
    kit.page(
        "/",
        "<details data-fold><summary>More</summary>"
        '<div class="card"><h2 class="fold-title">Title</h2>'
        '<input id="only" aria-label="x"></div></details>',
    )
    page = opened("/")
    page.get_by_text("More").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator("#only")).to_have_count(1)
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_text_grows_with_the_slider(kit: Kit, opened: Open) -> None:
    kit.page(
        "/",
        '<input type="range" min="18" max="30" step="2" value="22" data-text-size aria-label="size">',
        attributes='class="elder elder-22"',
    )
    page = opened("/")
    page.get_by_label("size").fill("30")
    expect(page.locator("body")).to_have_class("elder elder-30")


def test_rows_are_counted_for_bulk_work(kit: Kit, opened: Open) -> None:
    kit.page(
        "/",
        '<form x-data="bulk" @change="recount"><input type="checkbox" data-choose aria-label="a">'
        '<input type="checkbox" data-choose aria-label="b">'
        '<p x-show="any" x-cloak><b x-text="count"></b></p>'
        '<button type="button" @click="all">All</button></form>',
    )
    page = opened("/")
    page.get_by_role("button", name="All").click()
    expect(page.locator("b")).to_have_text("2")
