"""The demo's territory and people without a database."""

from datetime import date

from linli.kernel.ids import uuid7
from linli.places.models import Place
from linli.site.demo.ids import Ids
from linli.site.demo.names import Phones
from linli.site.demo.plans import COMMUNITIES, Community
from linli.site.demo.residents import Population, Registrar
from linli.site.demo.territory import Surveyor, Territory

TODAY = date(2026, 11, 21)


def surveyed(plan: Community, today: date = TODAY) -> Territory:
    """The tree of one community."""
    community = Place(id=uuid7(), path=plan.path, name=plan.name)
    return Surveyor(plan, community, Ids(plan.short, today, plan.number)).lay_out()


def peopled(today: date = TODAY) -> dict[str, tuple[Territory, Population]]:
    """Every community's tree and people, in the order they are loaded."""
    phones, newcomers, found = Phones(), [], {}
    for plan in COMMUNITIES:
        territory = surveyed(plan, today)
        people = Registrar(territory, today, Ids(plan.short, today, plan.number), phones).people(newcomers)
        newcomers = people.moved_on()
        found[plan.short] = (territory, people)
    return found
