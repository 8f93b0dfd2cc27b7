"""The pictures of the README, taken from the running demo: start `make demo`, then

    .venv/bin/python scripts/screenshots.py [ADDRESS] [NAME…]

ADDRESS is what the demo printed; without it, the note the running demo left is read. With names only those
pictures are taken. It signs in with the demo's own logins, looks and changes nothing.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import django
import yaml
from django.urls import reverse
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
STORIES = ROOT / "linli" / "practices" / "demo" / "stories.yaml"
FONTS = ROOT / "linli" / "site" / "static" / "linli" / "fonts"
PHONE = (390, 844)
DESK = (1440, 900)
SHEET = (820, 1160)  # A4 at 100 dots an inch
FLAGS = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-quic", "--lang=zh-CN",
)  # fmt: skip
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><edit name="family" mode="append_last"><string>Noto Sans SC</string></edit></match>
</fontconfig>
"""
CHARGING = "充电棚口子太少排不上"  # the matter the joint conference settled
PLACE = "建设"  # the community of the parking story
# The stories told in full that have a picture, by words of their titles (linli/practices/demo/stories.yaml).
WHISTLE, RETURNED, NAMELESS, REOPENED, PAPER = (
    "喇叭吵到半夜",
    "线头露着",
    "推进楼道充电",
    "单元门口的灯不亮",
    "树枝伸进",
)


@dataclass(frozen=True)
class Shot:
    """A picture: whose eyes (nobody's without a role), which page, how large, what to do before looking, and
    which part of the page is kept."""

    name: str
    role: str
    view: str
    size: tuple[int, int]
    then: Callable[[Page], None] = lambda page: None
    place: str = PLACE
    elder: bool = False
    part: str = ""


def first(selector: str) -> Callable[[Page], None]:
    """Follow the first link a selector finds."""

    def follow(page: Page) -> None:
        page.goto(str(page.locator(selector).first.get_attribute("href")), wait_until="networkidle")

    return follow


def searched(words: str) -> Callable[[Page], None]:
    """From a list to the first matter that a search finds in it."""

    def find(page: Page) -> None:
        page.goto(f"{page.url}?q={words}", wait_until="networkidle")
        first("main tbody a[href*='/desk/matters/']")(page)

    return find


def order_of(words: str) -> Callable[[Page], None]:
    """From a list to the first order of the first matter that a search finds in it."""

    def find(page: Page) -> None:
        searched(words)(page)
        page.locator("#orders details summary").first.click()
        page.locator("#orders").evaluate("part => part.scrollIntoView()")

    return find


def ended(words: str) -> Callable[[Page], None]:
    """From a resident's list to one of theirs that has ended, where it was opened again."""

    def find(page: Page) -> None:
        page.goto(f"{page.url}?closed=1", wait_until="networkidle")
        first(f"main a:has-text('{words}')")(page)
        page.locator(".track > li").nth(2).evaluate("part => part.scrollIntoView()")

    return find


def by_its_code(page: Page) -> None:
    """From the page that asks for a code to the matter raised without a name."""
    told = yaml.safe_load(STORIES.read_text(encoding="utf-8"))["stories"]
    page.fill("input[name=code]", next(one["code"] for one in told if NAMELESS in one["title"]))
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state("networkidle")


def on_paper(page: Page) -> None:
    """From the list of orders to the slip of the parking story's, as it prints."""
    page.goto(f"{page.url}?q=停车", wait_until="networkidle")
    href = page.locator("main a[href*='/desk/orders/'], .desk a[href*='/desk/orders/']").evaluate_all(
        "links => links.map(a => a.getAttribute('href')).find(href => /[0-9a-f-]{36}.$/.test(href))"
    )
    page.goto(f"{href}slip/", wait_until="networkidle")
    page.emulate_media(media="print")
    page.add_style_tag(content="body { padding: 56px }")  # the margins a printer leaves


SHOTS = (
    Shot("resident-home", "resident", "home", PHONE),
    Shot("matter", "resident", "home", PHONE, first("main a:has-text('停车')")),
    Shot("elder", "resident", "home", PHONE, elder=True),
    Shot("desk", "community_secretary", "desk:matters", DESK, searched(CHARGING)),
    Shot("order-slip", "community_clerk", "desk:orders", SHEET, on_paper),
    Shot("rates", "community_secretary", "desk:rates", DESK),
    Shot(
        "whistle-late",
        "street_dispatcher",
        "desk:matters",
        DESK,
        order_of(WHISTLE),
        "钢城街道",
        part="#orders",
    ),
    Shot(
        "returned", "community_secretary", "desk:matters", DESK, order_of(RETURNED), "黄泥坳", part="#orders"
    ),
    Shot("by-code", "", "matters:code", PHONE, by_its_code),
    Shot("reopened", "resident", "matters:mine", PHONE, ended(REOPENED)),
    Shot("paper-result", "community_clerk", "desk:matters", DESK, order_of(PAPER), "罗石塔", part="#orders"),
)


def main(arguments: list[str]) -> int:
    """Take the pictures; the status is the number that could not be taken."""
    os.environ.setdefault("LINLI_DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    django.setup()
    given = [word for word in arguments if word.startswith("http")]
    names = [word for word in arguments if not word.startswith("http")]
    address = given[0].rstrip("/") if given else running()
    IMAGES.mkdir(parents=True, exist_ok=True)
    logins = demo_logins()
    missed = 0
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = start(driver, Path(folder))
        for shot in SHOTS:
            if names and shot.name not in names:
                continue
            try:
                print(take(browser, address, shot, logins))
            except Exception as error:  # each picture is taken or named; one does not stop the next
                missed += 1
                print(f"{shot.name}: {str(error).splitlines()[0]}", file=sys.stderr)
        browser.close()
    return missed


def running() -> str:
    """The address a demo of this folder noted when it was ready."""
    from linli.site.config import config  # noqa: PLC0415  (reads the environment set above)

    note = config.data_dir / "running"
    address = note.read_text(encoding="utf-8").strip() if note.is_file() else ""
    if not address.startswith("http"):
        sys.exit("No demo of this folder is running: start it with `make demo`, or name its address")
    return address


def demo_logins() -> list["object"]:
    """The demo's logins, as the demo itself lists them."""
    from linli.site.demo import logins  # noqa: PLC0415  (needs Django ready)

    return list(logins("zh-hans"))


def start(driver: object, folder: Path) -> Browser:
    """A Chromium that knows this project's font and no other."""
    program = os.environ.get("LINLI_CHROMIUM", "/usr/bin/chromium")
    fonts = folder / "fonts.conf"
    fonts.write_text(FONTCONFIG.format(fonts=FONTS, cache=folder / "cache"), encoding="utf-8")
    env = dict(os.environ) | {"FONTCONFIG_FILE": str(fonts), "LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN"}
    return driver.chromium.launch(executable_path=program, args=list(FLAGS), env=env)  # type: ignore[attr-defined]


def take(browser: Browser, address: str, shot: Shot, logins: list[object]) -> str:
    """One picture, in a window with cookies of its own."""
    width, height = shot.size
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        device_scale_factor=2 if shot.size == PHONE else 1,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        bypass_csp=True,
    )
    context.set_default_timeout(15_000)
    try:
        page = context.new_page()
        if shot.role:
            sign_in(page, one(logins, shot))
        page.goto(reverse(shot.view), wait_until="networkidle")
        shot.then(page)
        page.evaluate("document.fonts.ready")
        path = IMAGES / f"{shot.name}.png"
        if shot.part:
            page.add_style_tag(content=f"{shot.part} {{ padding: 20px }}")
        shown = page.locator(shot.part).first if shot.part else page
        shown.screenshot(path=path, animations="disabled")
        return f"{path.relative_to(ROOT)}  {page.url.removeprefix(address)}"
    finally:
        context.close()


def one(logins: list[object], shot: Shot) -> object:
    """The login a picture asks for: role, place, and whether with 长辈版."""
    fitting = [
        each
        for each in logins
        if each.code == shot.role and shot.place in each.place  # type: ignore[attr-defined]
        if ("长辈" in each.role) == shot.elder  # type: ignore[attr-defined]
    ]
    if not fitting:
        raise LookupError(f"no demo login for {shot.role} in {shot.place}")
    return fitting[0]


def sign_in(page: Page, login: object) -> None:
    """As anybody does: phone, password, the one button of the form."""
    page.goto(reverse("account_login"))
    page.fill("input[name=login]", login.phone)  # type: ignore[attr-defined]
    page.fill("input[name=password]", login.password)  # type: ignore[attr-defined]
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")
    if page.locator("input[name=password]").count():
        raise LookupError(f"the login {login.phone} was refused")  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
