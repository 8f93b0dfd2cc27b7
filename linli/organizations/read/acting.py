"""Who acts for a post today, and the actor a person is with all posts that come to them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, FilteredRelation, Q

from linli.frame.scopes import in_force
from linli.kernel.actor import Actor, Grant
from linli.kernel.clock import local
from linli.organizations.models import Appointment
from linli.organizations.rules import ADMINISTRATOR, LONGEST_CHAIN, acting

_HELD = "{0}.starts <= %(on)s AND ({0}.ends IS NULL OR {0}.ends > %(on)s)"

# A post nobody holds falls to whoever holds the one above it, with its own powers and its own id.
_REACH = f"""
WITH RECURSIVE direct AS (
    SELECT a.post_id AS id, a.starts, a.ends - 1 AS last_day
    FROM organizations_appointment a JOIN organizations_post p ON p.id = a.post_id
    WHERE a.person_id = %(person)s AND {_HELD.format("a")} AND (p.closed_on IS NULL OR p.closed_on > %(on)s)
  UNION
    SELECT a.post_id, s.starts, s.last_day
    FROM organizations_standin s
    JOIN organizations_appointment a ON a.id = s.appointment_id
    JOIN organizations_post p ON p.id = a.post_id
    WHERE s.person_id = %(person)s AND %(on)s BETWEEN s.starts AND s.last_day AND {_HELD.format("a")}
      AND (p.closed_on IS NULL OR p.closed_on > %(on)s)
), reach AS (
    SELECT id, starts, last_day FROM direct
  UNION
    SELECT p.id, r.starts, r.last_day FROM organizations_post p JOIN reach r ON p.above_id = r.id
    WHERE NOT EXISTS (SELECT FROM organizations_appointment a WHERE a.post_id = p.id AND {_HELD.format("a")})
)
SELECT p.id, k.powers, w.path, r.starts, r.last_day
FROM reach r
JOIN organizations_post p ON p.id = r.id
JOIN organizations_postkind k ON k.code = p.kind_id
JOIN places_place w ON w.id = p.place_id
WHERE p.closed_on IS NULL OR p.closed_on > %(on)s
UNION ALL
SELECT NULL::uuid, %(administrator)s::varchar[], '/', a.starts, a.ends - 1
FROM organizations_administrator a WHERE a.person_id = %(person)s AND {_HELD.format("a")}
ORDER BY 3, 1
"""

_ACTING = f"""
WITH RECURSIVE up AS (
    SELECT id AS asked, id, above_id, 0 AS height FROM organizations_post WHERE id = ANY(%(posts)s)
  UNION ALL
    SELECT up.asked, p.id, p.above_id, up.height + 1
    FROM up JOIN organizations_post p ON p.id = up.above_id
    WHERE up.height < {LONGEST_CHAIN}
      AND NOT EXISTS (SELECT FROM organizations_appointment a WHERE a.post_id = up.id AND {_HELD.format("a")})
)
SELECT up.asked, a.person_id, s.person_id
FROM up
JOIN organizations_appointment a ON a.post_id = up.id AND {_HELD.format("a")}
LEFT JOIN organizations_standin s ON s.appointment_id = a.id AND %(on)s BETWEEN s.starts AND s.last_day
ORDER BY up.asked, a.starts, a.id, s.id
"""


def actor_for(person_id: UUID, at: datetime) -> Actor:
    """The person with every power that is theirs at that moment, in one query.

    From appointments, from being named to stand in, from vacancies that fall to one of these posts, and from
    running the installation, which is no post. A holder who is away keeps their powers: only the work goes
    to the stand-in.
    """
    with connection.cursor() as cursor:
        on = local(at).date()
        cursor.execute(_REACH, {"person": person_id, "on": on, "administrator": list(ADMINISTRATOR)})
        rows = cursor.fetchall()
    grants = tuple(
        Grant(power=power, path=path, post_id=post_id, starts=starts, ends=last_day)
        for post_id, powers, path, starts, last_day in rows
        for power in powers
    )
    return Actor(person_id=person_id, grants=grants)


def persons_of_posts(post_ids: Iterable[UUID], on: date) -> dict[UUID, list[UUID]]:
    """Who acts for each post on the day, in one query: a stand-in for a holder who is away; for a vacant
    post those of the post above, and so on up. A post whose whole chain is vacant gives an empty list."""
    found: dict[UUID, list[tuple[UUID, UUID | None]]] = {post_id: [] for post_id in post_ids}
    with connection.cursor() as cursor:
        cursor.execute(_ACTING, {"posts": list(found), "on": on})
        for asked, holder, stand_in in cursor.fetchall():
            found[asked].append((holder, stand_in))
    return {post_id: _acting(pairs) for post_id, pairs in found.items()}


def _acting(pairs: list[tuple[UUID, UUID | None]]) -> list[UUID]:
    absent: dict[Any, Any] = {holder: stand_in for holder, stand_in in pairs if stand_in is not None}
    return [person for person in acting((holder for holder, _ in pairs), absent) if isinstance(person, UUID)]


def persons_of(post_id: UUID, on: date) -> list[UUID]:
    """Who acts for one post on the day; see `persons_of_posts`."""
    return persons_of_posts([post_id], on)[post_id]


def is_vacant(post: Any, on: date) -> bool:
    """Whether nobody is appointed to the post on the day. Takes the post or its id."""
    post_id = getattr(post, "id", post)
    return not Appointment.objects.filter(in_force(on), post_id=post_id).exists()


@dataclass(frozen=True, slots=True)
class Holder:
    """One appointment as pages show it: the person, and who stands in until which day."""

    appointment_id: UUID
    person_id: UUID
    name: str
    starts: date
    ends: date | None
    stand_in: str = ""
    stand_in_until: date | None = None


def holders_of(post_ids: Iterable[UUID], on: date) -> dict[UUID, list[Holder]]:
    """The appointments in force of each post and their stand-ins, in one query; none for a vacancy."""
    away = FilteredRelation("stand_ins", condition=Q(stand_ins__starts__lte=on, stand_ins__last_day__gte=on))
    rows = (
        Appointment.objects.filter(in_force(on), post_id__in=list(post_ids))
        .alias(away=away)
        .annotate(stand_in=F("away__person__name"), stand_in_until=F("away__last_day"))
        .select_related("person")
        .order_by("starts", "id")
    )
    found: dict[UUID, list[Holder]] = defaultdict(list)
    for row in rows:
        found[row.post_id].append(
            Holder(
                appointment_id=row.id,
                person_id=row.person_id,
                name=row.person.name,
                starts=row.starts,
                ends=row.ends,
                stand_in=row.stand_in or "",
                stand_in_until=row.stand_in_until,
            )
        )
    return dict(found)
