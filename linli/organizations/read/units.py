"""Organizations and what they answer for."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Length

from linli.frame.scopes import in_force
from linli.organizations.models import Organization, Post, ServiceArea
from linli.places import read as places
from linli.places.rules import prefixes

HANDLER = "unit_handler"


def organization(organization_id: UUID) -> Organization | None:
    """One organization."""
    return Organization.objects.filter(id=organization_id).first()


def unit_candidates(duty: str, path: str, on: date) -> list[Organization]:
    """Organizations that answer for the duty over the place, the one of the nearest place first."""
    areas = (
        ServiceArea.objects.filter(in_force(on), duty=duty, place__path__in=prefixes(path))
        .select_related("organization")
        .order_by(Length("place__path").desc(), "organization__name", "id")
    )
    return list({area.organization_id: area.organization for area in areas}.values())


def handler_post(organization_id: UUID, path: str) -> Post | None:
    """The open post through which an organization takes orders for the place: the deepest at or above it,
    else the organization's only one (an office far away still takes its post)."""
    posts = list(
        Post.objects.select_related("kind", "place", "organization")
        .filter(organization_id=organization_id, kind_id=HANDLER, closed_on__isnull=True)
        .annotate(depth=Length("place__path"))
        .order_by("-depth", "id")
    )
    above = prefixes(path)
    return next((each for each in posts if each.place.path in above), posts[0] if len(posts) == 1 else None)


def unit_serving(organization_id: UUID, path: str, on: date) -> Organization | None:
    """The organization where it can still be asked for something at the place: it answers for a duty there or
    has its post for orders over it, and somebody would get the order, on paper where it has no computer."""
    unit, over = organization(organization_id), prefixes(path)
    if unit is None:
        return None
    areas = ServiceArea.objects.filter(in_force(on), organization=unit, place__path__in=over)
    seat = handler_post(unit.id, path)
    if seat is not None and seat.place.path in over:
        return unit
    return unit if (seat is not None or not unit.has_computer) and areas.exists() else None


@dataclass(frozen=True, slots=True)
class Served:
    """One duty over one place, by whom."""

    organization: Organization
    duty: str
    place_name: str
    place_path: str
    area_id: UUID


def units_over(path: str, on: date) -> list[Served]:
    """Every duty served at the place, each by the organization of the nearest area, in one query."""
    areas = (
        ServiceArea.objects.filter(in_force(on), place__path__in=prefixes(path))
        .select_related("organization", "place")
        .order_by("duty", Length("place__path").desc(), "organization__name", "id")
    )
    nearest: dict[str, Served] = {}
    for area in areas:
        found = Served(area.organization, area.duty, area.place.name, area.place.path, area.id)
        nearest.setdefault(area.duty, found)
    return list(nearest.values())


def organizations_over(path: str, on: date) -> list[Organization]:
    """The organizations that serve the place, or have a post in it or above it."""
    served = ServiceArea.objects.filter(in_force(on)).filter(places.along(path))
    seated = Post.objects.filter(closed_on__isnull=True).filter(places.along(path))
    return list(
        Organization.objects.filter(
            Q(id__in=served.values("organization_id")) | Q(id__in=seated.values("organization_id"))
        ).order_by("kind", "name")
    )
