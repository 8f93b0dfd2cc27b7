"""Writing down for a resident with the keyboard alone: what is pressed besides the words is counted."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from linli.matters.kinds import Channel
from linli.matters.models import Matter, Raiser
from tests.matters.telling import raise_one
from tests.world import World

pytestmark = pytest.mark.browser
SAID = "单元门的门禁一到晚上就打不开，进不了门。"
MOST_KEYS = 6  # besides what is typed: n, Tab, Space, Tab past what they raised before, Tab, Ctrl and Enter


@dataclass
class Keyboard:
    """A keyboard that remembers; nothing else is touched."""

    page: Page
    pressed: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        """One key, or several held at once."""
        self.page.keyboard.press(key)
        self.pressed.append(key)

    def write(self, text: str) -> None:
        """Words into whatever has the focus, as an input method gives them."""
        self.page.keyboard.insert_text(text)
        self.fields.append(str(self.page.evaluate("document.activeElement.id")))

    def is_on(self, selector: str) -> None:
        """The focus has come to this."""
        expect(self.page.locator(selector).first).to_be_focused()


def test_a_matter_is_written_down_without_a_mouse(sign_in: Callable[..., Page], town: World) -> None:
    earlier = raise_one(town)
    desk = sign_in("clerk", desk=True)
    desk.goto("/desk/")
    desk.wait_for_selector("html.js")
    keys = Keyboard(desk)

    keys.press("n")
    desk.wait_for_url("**/desk/intake/")
    desk.wait_for_selector("html.js")
    keys.is_on("#id_who")
    keys.write("王小明")
    expect(desk.locator("#who-found label.tile", has_text="302")).to_be_visible()
    keys.press("Tab")
    keys.is_on("#who-found input[name=raiser]")
    keys.press("Space")
    expect(desk.locator("#who-chosen")).to_contain_text(earlier.title)  # what this resident raised before
    expect(desk.locator("#spots")).to_contain_text("302")  # their home is taken
    keys.press("Tab")
    keys.is_on("#who-chosen a")
    keys.press("Tab")
    keys.is_on("#id_text")
    keys.write(SAID)
    keys.press("Control+Enter")
    desk.wait_for_url("**/desk/matters/**")

    assert keys.fields == ["id_who", "id_text"]
    assert len(keys.pressed) <= MOST_KEYS, keys.pressed
    matter = Matter.objects.exclude(id=earlier.id).get()
    assert (matter.text, matter.channel) == (SAID, Channel.VISIT)
    assert matter.place_id == town.place("home")
    assert Raiser.objects.get(matter=matter).person_id == town.persons["wang"]
    expect(desk.get_by_text(matter.number).first).to_be_visible()
