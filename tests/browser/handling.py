"""What staff do on a matter's and an order's page of the desk, pressed in a browser as they would: in the
language of their page, with scripts or without."""

from typing import Any
from uuid import UUID

from playwright.sync_api import Locator, Page, expect

from tests.browser.spoken import said


def at(matter: Any) -> str:
    """Its page of the desk."""
    return f"/desk/matters/{matter.id}/"


def sent(page: Page, button: Locator) -> None:
    """Press what sends a form, and wait for the page that answers."""
    with page.expect_navigation():
        button.click()


def press(page: Page, address: str, button: str) -> None:
    """Open a page and press one of its buttons."""
    page.goto(address)
    sent(page, page.get_by_role("button", name=button, exact=True).first)


def tick(page: Page, words: str) -> None:
    """Choose one of the tiles."""
    page.locator("label.tile:visible").filter(has=page.get_by_text(words, exact=True)).first.click()


def moved(page: Page, matter: Any, button: str) -> None:
    """Move it on with a button of its step; what ends it is asked once more."""
    page.goto(at(matter))
    by_hand = page.get_by_text(said(page, "Or move it by hand"))
    if by_hand.count():  # nobody has sorted it
        by_hand.click()
    pressed = page.locator(".desk-moves").get_by_role("button", name=button, exact=True)
    if pressed.get_attribute("data-confirm") and scripted(page):
        pressed.click()
        pressed = page.locator("dialog[open] .btn-primary")
    sent(page, pressed)


def scripted(page: Page) -> bool:
    """Whether the page's scripts have run: they put windows where it unfolds, and ask once more."""
    return page.locator("html.js").count() > 0


def unfolded(page: Page, label: str) -> Locator:
    """What a button of this name opens: a window, and without scripts a part of the page."""
    page.locator("summary", has_text=label).first.click()
    window = page.locator("dialog[open], details.fold[open] > .card")
    expect(window).to_be_visible()
    return window


def filled(page: Page, label: str, **fields: str) -> None:
    """Open the window of this name, fill in its form and send it."""
    window = unfolded(page, label)
    for name, value in fields.items():
        window.locator(f"[name={name}]").fill(value)
    sent(page, window.locator("button[type=submit]").first)


def published(page: Page, matter: Any, *, title: str, summary: str) -> None:
    """What everybody may read of it."""
    page.goto(at(matter))
    filled(page, said(page, "Publish"), title=title, summary=summary)


def talked_over(page: Page, matter: Any, *, attended: int, minutes: str) -> None:
    """The outcome of the talk its step waits for, written down by hand."""
    page.goto(at(matter))
    filled(page, said(page, "Record the outcome"), attended=str(attended), minutes=minutes)
    expect(page.get_by_text(said(page, "Recorded")).first).to_be_visible()


def answered(page: Page, matter: Any, text: str) -> None:
    """The official answer."""
    page.goto(at(matter))
    saying = page.locator("form.desk-say")
    saying.locator("label.tile, label").filter(has_text=said(page, "Official answer")).first.click()
    saying.locator("[name=text]").fill(text)
    sent(page, saying.locator("button[type=submit]"))


def sent_out(page: Page, matter: Any, unit: UUID, task: str) -> None:
    """An order to a unit, with the deadline the page proposes."""
    page.goto(f"{at(matter)}orders/")
    page.locator("[name=form-0-unit]").select_option(str(unit))
    page.locator("[name=form-0-task]").fill(task)
    sent(page, page.get_by_role("button", name=said(page, "Send out"), exact=True))


def done_by_the_unit(unit: Page, order: Any, text: str) -> None:
    """The unit finds the order in its own inbox, takes it and reports what was done."""
    unit.goto("/desk/orders/")
    unit.locator(f"a[href*='{order.id}']").first.click()
    unit.wait_for_url(f"**/desk/orders/{order.id}/**")
    sent(unit, unit.get_by_role("button", name=said(unit, "Accept"), exact=True))
    filled(unit, said(unit, "Report the result"), text=text)
    expect(unit.get_by_text(text).first).to_be_visible()


def found_done(page: Page, order: Any) -> None:
    """Whoever gave the order finds it done."""
    page.goto(f"/desk/orders/{order.id}/")
    filled(page, said(page, "Verified, it is done"))


def judged(phone: Page, matter: Any, words: str) -> None:
    """Its raiser says on the phone that it is solved, with the highest of five levels."""
    phone.goto(f"/my/{matter.id}/")
    phone.get_by_role("link", name=said(phone, "Judge it")).click()
    phone.wait_for_url("**/evaluate/")
    tick(phone, said(phone, "Solved"))
    tick(phone, said(phone, "Very satisfied"))
    phone.locator("[name=text]").fill(words)
    sent(phone, phone.get_by_role("button", name=said(phone, "Send")))
