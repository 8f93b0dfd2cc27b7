"""People of a story at their screens: each signs in once and acts through forms."""

import html
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from linli.kernel import clock
from linli.matters import jobs
from linli.matters.models import Matter, Order
from tests import world as worlds
from tests.world import PASSWORD, World

TAGS = re.compile(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", re.DOTALL)


def words(response: HttpResponse) -> str:
    """What a page says, without its markup."""
    text = html.unescape(TAGS.sub(" ", response.content.decode()))
    return re.sub(r"\s+", " ", text)


@dataclass
class Somebody:
    """One person's browser."""

    client: Client

    def sees(self, path: str) -> str:
        """The words of a page that opens."""
        response = self.client.get(path)
        assert response.status_code == 200, (path, response.status_code, words(response)[:400])
        return words(response)

    def sends(self, path: str, expect: int = 302, **fields: Any) -> HttpResponse:
        """Send a form; it must be answered as expected."""
        response = self.client.post(path, fields)
        assert response.status_code == expect, (path, response.status_code, words(response)[-900:])
        return response


@dataclass
class Street:
    """The world of a story and who has signed in."""

    world: World
    _people: dict[str, Somebody] = field(default_factory=dict)

    def person(self, key: str) -> Somebody:
        """Somebody at their own screen, signed in with phone and password."""
        if key not in self._people:
            worlds.open_account(self.world, key)
            client = Client()
            answer = client.post("/sign-in/", {"login": self.world.phones[key], "password": PASSWORD})
            assert answer.status_code == 302, words(answer)[:600]
            self._people[key] = Somebody(client)
        return self._people[key]

    def stranger(self) -> Somebody:
        """Somebody not signed in."""
        return Somebody(Client())

    def act(self, who: str, matter: Matter, name: str, expect: int = 302, **fields: Any) -> HttpResponse:
        """One act on a matter's desk page."""
        return self.person(who).sends(f"/desk/matters/{matter.id}/{name}/", expect, **fields)

    def move(self, who: str, matter: Matter, to: str, expect: int = 302) -> HttpResponse:
        """Press the button of a move (`discuss:accept`)."""
        at = Matter.objects.get(id=matter.id).step_key
        return self.act(who, matter, "move", expect, from_step=at, to=to)

    def send_out(
        self, who: str, matter: Matter, *units: str, whistle: bool = False, expect: int = 302
    ) -> list[Order]:
        """Issue orders (or a whistle) to units, due the day after tomorrow at six."""
        due = _input(clock.local(clock.now()).replace(hour=18, minute=0), days=2)
        fields = {"form-TOTAL_FORMS": str(len(units)), "form-INITIAL_FORMS": "0"}
        for number, unit in enumerate(units):
            fields |= {
                f"form-{number}-unit": str(self.world.unit(unit)),
                f"form-{number}-task": "请办好并回话",
                f"form-{number}-due_at": due,
            }
        if whistle:
            fields["report_in_at"] = _input(clock.local(clock.now()), hours=2)
        path = f"/desk/matters/{matter.id}/{'whistle' if whistle else 'orders'}/"
        self.person(who).sends(path, expect, **fields)
        return list(Order.objects.filter(matter=matter).order_by("-issued_at", "number")[: len(units)])

    def on_order(self, who: str, order: Order, name: str, expect: int = 302, **fields: Any) -> HttpResponse:
        """One act on an order's page."""
        return self.person(who).sends(f"/desk/orders/{order.id}/{name}/", expect, **fields)

    def raise_matter(self, who: str, text: str, place: str = "home", **more: Any) -> Matter:
        """Say something on the phone."""
        fields = {"text": text, "place": str(self.world.place(place)), "kind": "appeal", **more}
        self.person(who).sends("/say/", **fields)
        return Matter.objects.order_by("-raised_at", "-number").first()

    def night_falls(self) -> None:
        """Have the worker look for what has become late."""
        jobs.sweep_lateness.defer(timestamp=0)


def _input(moment: Any, *, days: int = 0, hours: int = 0) -> str:
    """A moment as a browser's date-and-time field sends it."""
    shifted = moment + timedelta(days=days, hours=hours)
    return shifted.strftime("%Y-%m-%dT%H:%M")
