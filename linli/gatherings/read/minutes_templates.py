"""Templates of minutes: a community's own, and which a body begins with."""

from uuid import UUID

from django.db.models import Q, QuerySet

from linli.frame.scopes import under
from linli.gatherings.kinds import Power
from linli.gatherings.models import Body, Gathering, MinutesTemplate
from linli.gatherings.rules.meetings import OVER
from linli.gatherings.rules.minutes import Section
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused
from linli.places import read as places
from linli.places.models import Place

MOST = 100


def _kept() -> QuerySet[MinutesTemplate]:
    return MinutesTemplate.objects.filter(ended_at__isnull=True).select_related("place", "saved_by")


def communities(actor: Actor) -> list[Place]:
    """The communities that can keep templates of this actor's wording."""
    return places.communities_over(actor.paths(Power.HOLD), today())


def at_desk(actor: Actor) -> list[MinutesTemplate]:
    """The templates kept where this actor holds meetings, and those of the places around."""
    paths = actor.paths(Power.HOLD)
    around = Q(place__path__in={each for path in paths for each in places.prefixes(path)})
    return list(_kept().filter(under("place__path", paths) | around).order_by("place__path", "name")[:MOST])


def usable_at(path: str) -> list[MinutesTemplate]:
    """The templates a meeting of a place can begin its minutes with."""
    return list(_kept().filter(place__path__in=places.prefixes(path)).order_by("name")[:MOST])


def template(template_id: UUID) -> MinutesTemplate:
    """One template. Raises `Refused` (404) when there is none."""
    row = _kept().filter(pk=template_id).first()
    if row is None:
        raise Refused("This template is not kept any more.", status=MISSING)
    return row


def template_for_update(template_id: UUID) -> MinutesTemplate:
    """The same, locked."""
    row = _kept().select_for_update(of=("self",)).filter(pk=template_id).first()
    if row is None:
        raise Refused("This template is not kept any more.", status=MISSING)
    return row


def is_named(place_id: UUID, name: str, *, but: UUID | None = None) -> bool:
    """Whether a place keeps another template of this name."""
    rows = _kept().filter(place=place_id, name=name)
    return (rows.exclude(pk=but) if but else rows).exists()


def sections_of(row: MinutesTemplate) -> list[Section]:
    """Its sections in their order."""
    return [Section(heading, words) for heading, words in row.sections]


def bodies_of(template_id: UUID) -> list[Body]:
    """The open bodies whose minutes begin with it."""
    rows = Body.objects.filter(minutes_template=template_id, closed_on__isnull=True)
    return list(rows.order_by("name", "pk"))


def last_held(path: str) -> Gathering | None:
    """The latest meeting of a place that is over: what a template is tried on."""
    rows = Gathering.objects.select_related("body", "place").filter(place__path__startswith=path)
    return rows.filter(state__in=OVER).order_by("-starts_at", "-pk").first()
