"""Lines of the desk's lists: what is shown of a matter or an order, and where the line leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.frame.doors import actor_of
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters import policies
from linli.matters.kinds import OrderKind, OrderState, Power, State
from linli.matters.read import desk, settings
from linli.matters.read.desk import Item, Why
from linli.matters.templatetags.matters import day_words
from linli.matters.web import for_groups
from linli.matters.wording import CHANNEL_LABELS, ORDER_STATE_LABELS, in_words
from linli.places import read as places

LISTS = {
    "mine": (gettext_lazy("On me now"), desk.on_me, "desk:home"),
    "new": (gettext_lazy("Just came in"), desk.fresh, "desk:new"),
    "sent": (gettext_lazy("Sent out"), desk.sent, "desk:sent"),
    "whistles": (gettext_lazy("Whistles"), desk.whistles, "desk:whistles"),
}
AT_ONCE = 50  # lines of a list drawn before somebody asks for the rest
WHOLE = "whole"
DUE_LABELS = {
    "late": gettext_lazy("Late"),
    "today": gettext_lazy("Due today"),
    "week": gettext_lazy("This week"),
}
DUE_TONES = {"late": "late", "today": "soon", "week": "plain"}
EMPTY_TEXTS = {
    "mine": gettext_lazy("Nothing is waiting for you. What comes to your post appears here by itself."),
    "new": gettext_lazy("Everything that came in has been sorted."),
    "sent": gettext_lazy("Nothing you sent out is still running."),
    "whistles": gettext_lazy("No whistle has been blown. A whistle starts from a matter’s page."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: title, what it is and where, when it expires, whether it is the one opened."""

    title: str
    text: str
    href: str
    due: datetime | None
    chip: str
    on: bool
    value: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A desk list with its chips; `code` is kept in the addresses of what it opens.

    `more` lines are left out until asked for: nobody reads two hundred, and each costs its time to draw.
    """

    code: str
    title: str
    lines: list[Line]
    more: int
    more_url: str
    chips: list[dict[str, Any]]
    url: str
    empty: str
    due: str
    can_claim: bool
    book_url: str
    copy: str


def shown(request: HttpRequest, code: str, selected: str = "") -> Shown:
    """One of the four lists, narrowed to what is late, due today or this week when asked."""
    code = code if code in LISTS else "mine"
    title, read, name = LISTS[code]
    actor = actor_of(request)
    items = read(actor)
    counts = {key: sum(due_within(item, key) for item in items) for key in DUE_LABELS}
    narrowed = request.GET.get("due", "")
    narrowed = narrowed if narrowed in DUE_LABELS else ""
    url = reverse(name)
    chips = [
        {
            "label": f"{label} {counts[key]}",
            "tone": DUE_TONES[key] if counts[key] else "plain",
            "url": url if narrowed == key else f"{url}?due={key}",
            "on": narrowed == key,
        }
        for key, label in DUE_LABELS.items()
    ]
    kept = [item for item in items if not narrowed or due_within(item, narrowed)]
    drawn = desk.addressed(kept if WHOLE in request.GET else kept[:AT_ONCE])
    return Shown(
        code=code,
        title=str(title),
        lines=[line(item, actor, code, selected, narrowed) for item in drawn],
        more=len(kept) - len(drawn),
        more_url=with_query(url, {"due": narrowed, WHOLE: "1"} if narrowed else {WHOLE: "1"}),
        chips=chips if items else [],
        url=url,
        empty=str(EMPTY_TEXTS[code]),
        due=narrowed,
        can_claim=code in ("mine", "new") and bool(kept),
        book_url=_book(code, narrowed) if any(may_leave(item, actor) for item in kept) else "",
        copy="" if selected else _for_group(request, title, narrowed, drawn, len(kept)),
    )


def _for_group(request: HttpRequest, title: Any, due: str, drawn: list[Item], whole: int) -> str:
    """What is drawn of the list, to be copied; only where the list itself is the page."""
    around = places.name_around(next(iter(actor_of(request).paths()), "/"))
    named = " · ".join(str(part) for part in (title, DUE_LABELS.get(due, "")) if part)
    more = _("There are more.") if whole > len(drawn) else ""
    return for_groups.of_items(request, around, named, drawn, more)


def _book(code: str, due: str) -> str:
    return with_query(reverse("desk:list_xlsx", args=[code]), {"due": due} if due else {})


def may_leave(item: Item, actor: Actor) -> bool:
    """Whether a line may be taken out: of a place the actor exports, or an order of their own unit."""
    of_unit = item.order is not None and item.order.handler_id in actor.posts
    return of_unit or actor.may(Power.EXPORT, item.matter.place_path)


def takes_out(actor: Actor) -> bool:
    """Whether the actor may take lists out anywhere: of a place, or of their own unit."""
    return bool(actor.paths(Power.EXPORT) or actor.paths(Power.ORDER_HANDLE))


def rests(item: Item) -> bool:
    """Whether the line's clock stands still: its matter's, or that of the order alone."""
    return item.matter.state == State.SUSPENDED or _waits(item.order)


def _waits(order: Any) -> bool:
    return order is not None and order.suspended_until is not None


def due_within(item: Item, span: str) -> bool:
    """Whether the line is late, is due today, or is due within the seven days after today."""
    if item.due is None or rests(item):
        return False
    moment, today = clock.now(), clock.today()
    day = clock.local(item.due).date()
    if span == "late":
        return item.due < moment
    if span == "today":
        return item.due >= moment and day == today
    return item.due >= moment and day <= today + timedelta(days=7)


def line(item: Item, actor: Actor, code: str = "mine", selected: str = "", due: str = "") -> Line:
    """How a matter or order appears in a list."""
    return Line(
        title=item.matter.title,
        text=" · ".join(part for part in parts(item) if part),
        href=address_of(item, actor, code, due),
        due=None if rests(item) else item.due,
        chip=_("suspended") if rests(item) else "",
        on=bool(selected) and selected == item.key,
        value=str(item.matter.id) if item.why in (Why.HELD, Why.FRESH) else "",
    )


def address_of(item: Item, actor: Actor, code: str = "mine", due: str = "") -> str:
    """The page a line opens: the matter for staff over its place, the order alone for its unit."""
    query = {"in": code} if code != "mine" else {}
    if due:
        query["due"] = due
    if item.order is not None and not policies.is_staff(actor, item.matter):
        return with_query(reverse("desk:order", args=[item.order.id]), query)
    if item.order is not None:
        query["order"] = str(item.order.id)
    return with_query(reverse("desk:matter", args=[item.matter.id]), query)


def kept_in(request: HttpRequest) -> dict[str, str]:
    """The list a page was opened from, and the order looked at."""
    return {name: request.GET[name] for name in ("in", "due", "order") if request.GET.get(name)}


def with_query(url: str, query: dict[str, str]) -> str:
    """The address with what it is to remember."""
    return f"{url}?{urlencode(query)}" if query else url


def parts(item: Item) -> Iterable[str]:
    """The small words under a title."""
    if item.order is not None:
        yield from _order_parts(item)
        return
    yield item.address
    if item.why is Why.SUPERVISE:
        yield _("late, you supervise")
    elif item.why is Why.EXCLUDE:
        yield _("asked not to count, you decide")
    if item.matter.triaged_at is None and item.matter.state == State.OPEN:
        yield _("new")
        yield str(CHANNEL_LABELS.get(item.matter.channel, item.matter.channel))
        return
    matter: Any = item.matter
    unit = getattr(matter, "sent_to", None)
    if unit and item.why is Why.HELD:
        yield _("sent to %(unit)s") % {"unit": unit}
        yield str(ORDER_STATE_LABELS[matter.sent_state])
    else:
        yield step_title(item.matter)


def _order_parts(item: Item) -> Iterable[str]:
    order = item.order
    assert order is not None
    yield item.address
    if order.suspended_until is not None:
        yield _("waits until %(day)s") % {"day": day_words(order.suspended_until)}
    if order.kind == OrderKind.WHISTLE:
        yield _("whistle → %(unit)s") % {"unit": order.unit.name}
        if order.reported_in_at is None and order.state in (OrderState.ISSUED, OrderState.ACCEPTED):
            yield _("not reported in yet")
            return
        if order.state == OrderState.ACCEPTED:
            yield _("has reported in")
            return
    elif item.why is not Why.DO:
        yield _("sent to %(unit)s") % {"unit": order.unit.name}
    if item.why is Why.EXTEND:
        yield _("asks for more time")
    else:
        yield str(ORDER_STATE_LABELS[order.state])


def step_title(matter: Any) -> str:
    """The step a matter is at, in the reader's language; empty once it is closed."""
    if matter.state == State.CLOSED:
        return ""
    return in_words(settings.procedure_of(matter).step(matter.step_key).title)
