"""Who belongs together where a ballot asks the members of something: bodies and teams of volunteers, kept by
`gatherings`, and units, whose members are those appointed to their posts."""

from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from linli.ballots.read.groups import Groups
from linli.ballots.rules.eligibility import Member
from linli.frame.scopes import in_force
from linli.gatherings.kinds import BodyKind, Role
from linli.gatherings.models import Body, Membership
from linli.gatherings.read import bodies
from linli.kernel.references import Reference
from linli.organizations.models import Appointment, Organization, Post
from linli.places import read as places

BODY, UNIT = "body", "unit"
MOST_UNITS = 300


def of_places(paths: Collection[str]) -> list[tuple[Reference, str]]:
    """The bodies of these places and the units with a post over them, each with its name."""
    found = [(Reference(BODY, row.pk), row.name) for row in bodies.bodies_with_members(paths)]
    here = reduce(or_, [places.along(path) for path in paths], Q(pk__in=[]))
    seated = Post.objects.filter(here, organization=OuterRef("pk"), closed_on__isnull=True)
    units = Organization.objects.filter(Exists(seated)).order_by("name")[:MOST_UNITS]
    return [*found, *((Reference(UNIT, row.pk), row.name) for row in units)]


def members(group: Reference, on: date) -> list[Member]:
    """The voices of a body, or everybody appointed in a unit, on the day."""
    if group.kind == BODY:
        return _voices(Q(body=group.id), on)
    rows = Appointment.objects.filter(in_force(on), post__organization=group.id).select_related("person")
    names: dict[UUID, str] = {}
    for row in rows.order_by("person__name_key", "id"):
        names.setdefault(row.person_id, row.person.name)
    return [Member(name, (person_id,)) for person_id, name in names.items()]


def is_of_reps(group: Reference) -> bool:
    """Whether it is a representatives' assembly (居民代表会议)."""
    return group.kind == BODY and Body.objects.filter(pk=group.id, kind=BodyKind.REP_ASSEMBLY.value).exists()


def volunteers(path: str, on: date) -> list[Member]:
    """Everybody who belongs to a team of volunteers in the place on the day, once."""
    teams = Q(body__kind=BodyKind.VOLUNTEERS.value, body__place__path__startswith=path)
    found = _voices(teams & Q(body__closed_on__isnull=True), on)
    return list({(each.is_unit, each.persons): each for each in found}.values())


def _voices(which: Q, on: date) -> list[Member]:
    return [
        Member(who.name, persons, is_unit=row.person is None, is_rep=row.role == Role.REP)
        for row, persons in bodies.voices(Membership.objects.filter(which), on)
        if (who := row.person or row.organization)
    ]


GROUPS = Groups(of_places, members, volunteers, is_of_reps)
