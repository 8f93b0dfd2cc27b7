"""What a person can open: the tab bar on a phone, the sidebar on the desk. Only what opens is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.audit.kinds import Power as AuditPower
from linli.ballots.kinds import Power as BallotPower
from linli.deliberation.kinds import Power as TalkPower
from linli.gatherings.kinds import Power as GatheringPower
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters.kinds import Power
from linli.matters.read import desk
from linli.matters.web.desk import DESK as WORKS
from linli.notices import read as notices
from linli.notices.kinds import Power as NoticePower
from linli.organizations.kinds import Power as OrganizationPower
from linli.people import read as people
from linli.people.kinds import Power as PeoplePower
from linli.places import read as places


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the sidebar: its page, which of these powers shows it, under which heading."""

    label: Any
    view: str
    icon: str
    powers: tuple[str, ...]
    group: Any = ""
    count: str = ""


COMMUNITY, TOGETHER, WHOLE = gettext_lazy("Community"), gettext_lazy("Together"), gettext_lazy("The whole")
DESK = (
    Entry(gettext_lazy("On me now"), "desk:home", "matters", WORKS.powers, count="on_me"),
    Entry(gettext_lazy("Just came in"), "desk:new", "inbox", (Power.TRIAGE,), count="untriaged"),
    Entry(gettext_lazy("Sent out"), "desk:sent", "send", (Power.ORDER_ISSUE,), count="running_orders"),
    Entry(gettext_lazy("Our orders"), "desk:orders", "wrench", (Power.ORDER_HANDLE,)),
    Entry(
        gettext_lazy("Whistles"),
        "desk:whistles",
        "whistle",
        (Power.WHISTLE_ISSUE, Power.WHISTLE_ANSWER),
        count="whistles",
    ),
    Entry(gettext_lazy("All matters"), "desk:matters", "list", (Power.READ,), COMMUNITY),
    Entry(gettext_lazy("Map"), "desk:map", "place", (Power.READ,), COMMUNITY),
    Entry(gettext_lazy("All orders"), "desk:orders", "send", (Power.ORDER_ISSUE,), COMMUNITY),
    Entry(
        gettext_lazy("Announcements"),
        "notices_desk:announcements",
        "announce",
        (NoticePower.WRITE, NoticePower.APPROVE),
        COMMUNITY,
    ),
    Entry(gettext_lazy("Calls and slips"), "notices_desk:calls", "phone", (PeoplePower.READ,), COMMUNITY),
    Entry(gettext_lazy("Residents"), "people:list", "people", (PeoplePower.READ,), COMMUNITY),
    Entry(gettext_lazy("Places and homes"), "places:tree", "building", (Power.READ,), COMMUNITY),
    Entry(gettext_lazy("Posts"), "organizations:posts", "person", (Power.READ,), COMMUNITY),
    Entry(
        gettext_lazy("Meetings"),
        "gatherings_desk:home",
        "calendar",
        (GatheringPower.HOLD,),
        TOGETHER,
    ),
    Entry(gettext_lazy("Open a talk"), "gatherings:sit", "people", (GatheringPower.SIT,), TOGETHER),
    Entry(
        gettext_lazy("Affairs laid open"),
        "gatherings_desk:affairs_home",
        "book",
        (GatheringPower.DISCLOSE,),
        TOGETHER,
    ),
    Entry(
        gettext_lazy("Ballots"),
        "ballots_desk:ballots",
        "vote",
        (BallotPower.RUN, BallotPower.ENTER),
        TOGETHER,
    ),
    Entry(gettext_lazy("Topics and names"), "topics_desk:topics", "say", (TalkPower.LEAD,), TOGETHER),
    Entry(gettext_lazy("Opinion maps"), "opinions_desk:conversations", "chart", (TalkPower.LEAD,), TOGETHER),
    Entry(gettext_lazy("Covenants"), "covenants_desk:covenants", "hand", (TalkPower.COVENANT,), TOGETHER),
    Entry(gettext_lazy("Appraisals"), "appraisals_desk:appraisals", "star", (TalkPower.APPRAISE,), TOGETHER),
    Entry(gettext_lazy("Surveys"), "surveys_desk:surveys", "edit", (TalkPower.SURVEY,), TOGETHER),
    Entry(
        gettext_lazy("Works laid open"),
        "works_desk:all",
        "wrench",
        (TalkPower.WORKS, TalkPower.WORKS_DOOR),
        TOGETHER,
    ),
    Entry(
        gettext_lazy("Who pays what"),
        "shares_desk:all",
        "hand",
        (TalkPower.WORKS, TalkPower.WORKS_DOOR),
        TOGETHER,
    ),
    Entry(
        gettext_lazy("Keys of other systems"),
        "organizations:keys",
        "key",
        (OrganizationPower.APPOINT,),
        WHOLE,
    ),
    Entry(gettext_lazy("The three rates"), "desk:rates", "chart", (Power.RATES,), WHOLE),
    Entry(gettext_lazy("Suggestions"), "desk:learning", "check", (Power.TRIAGE, Power.ADOPT), WHOLE),
    Entry(gettext_lazy("Ways of working"), "desk:procedures", "map", (Power.READ,), WHOLE),
    Entry(gettext_lazy("Audit"), "audit:day", "book", (AuditPower.READ,), WHOLE),
    Entry(gettext_lazy("Backups"), "backups", "shield", (OrganizationPower.SET_UP,), WHOLE),
    Entry(
        gettext_lazy("Set up a community"), "founding:home", "building", (OrganizationPower.SET_UP,), WHOLE
    ),
)


# A matter or order opened from one of the desk's lists is shown within that list.
DESK_LISTS = {"mine": "desk:home", "new": "desk:new", "sent": "desk:sent", "whistles": "desk:whistles"}


def nav(request: HttpRequest) -> list[dict[str, Any]]:
    """The entries for this page: the desk's below /desk/, the phone's elsewhere."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if request.path.startswith("/desk/") and actor.grants:
        return _desk(request, actor)
    return _phone(request, actor)


def _desk(request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    counts = desk.counts(actor)
    held = {grant.power for grant in actor.grants}
    issues = Power.ORDER_ISSUE in held
    rows = []
    opened_from = DESK_LISTS.get(getattr(request, "desk_list", ""), "")
    urls = _addresses()
    here = _longest((url for view, url in urls.items() if view != "desk:home"), request.path)
    for entry in DESK:
        if not held.intersection(entry.powers):
            continue
        if entry.powers == (Power.ORDER_HANDLE,) and issues:
            continue  # who sends orders out finds their own in the same list
        url = urls[entry.view]
        rows.append(
            {
                "label": entry.label,
                "url": url,
                "icon": entry.icon,
                "group": entry.group,
                "on": entry.view == opened_from if opened_from else url in (here, request.path),
                "count": getattr(counts, entry.count) if entry.count else None,
            }
        )
    return rows


@cache
def _addresses() -> dict[str, str]:
    """Where each entry of the desk leads; looking thirty of them up took a tenth of a list's time."""
    return {entry.view: reverse(entry.view) for entry in DESK}


def desk_of(actor: Actor) -> str:
    """Where somebody with a post works; whoever runs the installation and has none sets up communities."""
    return "desk:home" if WORKS(actor) else "founding:home"


def _phone(request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    rows: list[tuple[str, str, str, int | None]] = [(_("Home"), reverse("home"), "home", None)]
    if actor.person_id is not None:
        rows += [
            (_("My matters"), reverse("matters:mine"), "matters", None),
            (_("Say something"), reverse("matters:say"), "say", None),
            (_("Inbox"), reverse("notices:inbox"), "inbox", notices.unread_count(actor.person_id)),
        ]
        mine = (_("Desk"), reverse(desk_of(actor)), "list", None) if actor.grants else None
        rows.append(mine or (_("Me"), reverse("people:preferences"), "me", None))
    else:
        rows += [
            (_("Say something"), reverse("matters:say"), "say", None),
            (_("Progress"), reverse("matters:code"), "search", None),
            (_("Sign in"), reverse("account_login"), "me", None),
        ]
    here = _longest([url for _label, url, _icon, _count in rows], request.path)
    return [
        {"label": label, "url": url, "icon": icon, "count": count, "on": url == here}
        for label, url, icon, count in rows
    ]


def _longest(urls: Iterable[str], path: str) -> str:
    fitting = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(fitting, key=len, default="")


def place_name(request: HttpRequest) -> str:
    """The community somebody lives in, or on the desk the place of their post."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.person_id is None:
        return ""
    if request.path.startswith("/desk/"):
        name = places.name_around(next(iter(actor.paths()), "/"))
        if name:
            return name
    home = people.home_of(actor.person_id, clock.today())
    return places.name_around(home.path) if home else ""
