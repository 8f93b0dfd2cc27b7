"""Posts: which one answers for a place, what it is called, and who stands above it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Length

from linli.frame.scopes import in_force
from linli.kernel.text import listed, worded
from linli.organizations.kinds import OrganizationKind
from linli.organizations.models import Appointment, Organization, Post, PostKind, StandIn
from linli.organizations.read.acting import holders_of, persons_of_posts
from linli.organizations.rules import LONGEST_CHAIN, title_of
from linli.places import read as places
from linli.places.rules import prefixes


def open_on(on: date) -> Q:
    """Posts not closed by the day."""
    return Q(closed_on__isnull=True) | Q(closed_on__gt=on)


def whole_posts() -> QuerySet[Post]:
    """Posts with what their titles are made of. Outlines are left out: few pages draw them."""
    return Post.objects.select_related("kind", "place", "organization").defer("place__outline")


def post(post_id: UUID) -> Post | None:
    """One post with its kind, place and organization."""
    return whole_posts().filter(id=post_id).first()


def posts_by_id(post_ids: Iterable[UUID]) -> dict[UUID, Post]:
    """Several posts whole, in one query."""
    return {row.id: row for row in whole_posts().filter(id__in=list(post_ids))}


def holder_post(kind_code: str, path: str, on: date) -> Post | None:
    """The post of a kind that answers for the place: at the deepest place from it upward; the oldest of
    several. It may be vacant: then `persons_of` tells who acts. None where no such post covers the place."""
    return (
        whole_posts()
        .filter(open_on(on), kind_id=kind_code, place__path__in=prefixes(path))
        .order_by(Length("place__path").desc(), "id")
        .first()
    )


def office_over(path: str, on: date) -> Organization | None:
    """The office to turn to at a place: of the post everything begins with, else of the secretary's."""
    posts = whole_posts().filter(open_on(on), kind_id__in=OFFICES, place__path__in=prefixes(path))
    found = {post.kind_id: post for post in posts.order_by(Length("place__path"), "-id")}
    post = next((found[code] for code in OFFICES if code in found), None)
    return post.organization if post else None


def office_words(path: str, on: date) -> str:
    """That office with its phone, where it has one; "" where there is no office."""
    office = office_over(path, on)
    return f"{office.name} {office.phone}".strip() if office is not None else ""


def posts_of(person_id: UUID, on: date) -> list[Post]:
    """The posts a person holds or stands in for on the day; not those fallen to them by vacancy."""
    held = Q(id__in=Appointment.objects.filter(in_force(on), person_id=person_id).values("post_id"))
    current = Appointment.objects.filter(in_force(on))
    standing = StandIn.objects.filter(
        person_id=person_id, starts__lte=on, last_day__gte=on, appointment__in=current
    )
    stood = Q(id__in=standing.values("appointment__post_id"))
    return list(whole_posts().filter(open_on(on)).filter(held | stood).order_by("place__path", "id"))


def posts_under(path: str, on: date) -> QuerySet[Post]:
    """The open posts over a place and everything in it, the wider places first, ready to be paged."""
    order = Case(
        *[When(kind__level=level, then=Value(rank)) for rank, level in enumerate(_LEVEL_ORDER)],
        default=Value(len(_LEVEL_ORDER)),
    )
    return (
        whole_posts()
        .filter(open_on(on), place__path__startswith=path)
        .order_by(order, F("place__path"), "kind_id", "id")
    )


OFFICES = ("community_clerk", "community_secretary")  # whose office a resident turns to, in this order
_LEVEL_ORDER = ("district", "street", "community", "unit", "courtyard", "grid", "building")


def posts_of_persons(person_ids: Iterable[UUID], on: date) -> dict[UUID, list[Post]]:
    """The posts each of several persons is appointed to on the day, the widest place first, in one query."""
    wanted = list(person_ids)
    rows = (
        Appointment.objects.filter(in_force(on), person_id__in=wanted)
        .filter(Q(post__closed_on__isnull=True) | Q(post__closed_on__gt=on))
        .select_related("post__kind", "post__place", "post__organization")
        .order_by("post__place__path", "post_id")
    )
    found: dict[UUID, list[Post]] = {person_id: [] for person_id in wanted}
    for row in rows:
        found[row.person_id].append(row.post)
    return found


def posts_over(path: str, on: date) -> list[Post]:
    """The open posts over a place itself and over the wider places it lies in, the nearest first."""
    return list(
        whole_posts()
        .filter(open_on(on), place__path__in=prefixes(path))
        .order_by(Length("place__path").desc(), "kind_id", "id")
    )


def posts_of_kinds(codes: Iterable[str], path: str, on: date) -> list[Post]:
    """The open posts of some kinds in a place or over the wider places it lies in."""
    here = places.along(path)
    return list(
        whole_posts().filter(open_on(on), here, kind_id__in=list(codes)).order_by("place__path", "id")
    )


def acting_with(power: str, path: str, on: date, of: OrganizationKind | None = None) -> list[UUID]:
    """Whoever acts on the day for an open post with this power over the place, in two queries.

    `of`: at units of a kind only, as the residents' committee hears of what owners are to decide (条例 14).
    """
    posts = Post.objects.filter(
        open_on(on), kind__powers__contains=[str(power)], place__path__in=prefixes(path)
    )
    posts = posts.filter(organization__kind=of.value) if of else posts
    by_post = persons_of_posts(list(posts.values_list("pk", flat=True)), on)
    return sorted({person for persons in by_post.values() for person in persons})


def only_vacant(rows: QuerySet[Post], on: date) -> QuerySet[Post]:
    """Of some posts, those nobody is appointed to on the day."""
    return rows.filter(~Exists(Appointment.objects.filter(in_force(on), post=OuterRef("pk"))))


def appointment(appointment_id: UUID) -> Appointment | None:
    """One appointment with its post, place and kind."""
    rows = Appointment.objects.select_related("post__place", "post__kind", "post__organization", "person")
    return rows.filter(id=appointment_id).first()


def past_holders(post_id: UUID, on: date) -> list[Appointment]:
    """Appointments that ended by the day, the latest first."""
    rows = Appointment.objects.filter(post_id=post_id, ends__lte=on).select_related("person")
    return list(rows.order_by("-ends", "id")[:20])


def post_above(below: Post) -> Post | None:
    """The post a vacancy of this one falls to."""
    return post(below.above_id) if below.above_id else None


_ABOVE = f"""
WITH RECURSIVE up AS (
    SELECT above_id AS id, 1 AS height FROM organizations_post WHERE id = %(post)s
  UNION ALL
    SELECT p.above_id, up.height + 1 FROM up JOIN organizations_post p ON p.id = up.id
    WHERE up.height <= {LONGEST_CHAIN}
)
SELECT id FROM up WHERE id IS NOT NULL ORDER BY height
"""


def chain_above(post_id: UUID) -> list[Post]:
    """The posts above, nearest first, in two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, {"post": post_id})
        ids = [found for (found,) in cursor.fetchall()]
    rows = posts_by_id(ids)
    return [rows[each] for each in ids]


def supervising_post(below: Post, level_or_kind: str) -> Post | None:
    """The nearest post above of a level ("street") or a kind ("community_secretary"); None if none is."""
    for above in chain_above(below.id):
        if level_or_kind in (above.kind_id, above.kind.level):
            return above
    return None


def kind_title(kind: PostKind, language: str) -> str:
    """What a kind of post is called: 网格员, 網格員 or Grid worker."""
    return worded(kind.title_zh, kind.title_en, language)


def post_title(row: Post, language: str) -> str:
    """网格员 · 第3网格; the place's or the organization's own name stays as it is in any language."""
    return title_of(
        kind_title(row.kind, language),
        organization_kind=row.organization.kind,
        organization=row.organization.name,
        place=row.place.name,
    )


def posts_labelled(post_ids: Iterable[UUID], language: str) -> dict[UUID, str]:
    """The titles of several posts, in one query."""
    return {row.id: post_title(row, language) for row in whole_posts().filter(id__in=list(post_ids))}


class PostNames(NamedTuple):
    """What posts are called: bare, 网格员 · 第3网格, and with who acts, 刘敏 · 网格员 · 第3网格."""

    titles: dict[UUID, str]
    labels: dict[UUID, str]


def post_names(post_ids: Iterable[UUID], language: str, on: date) -> PostNames:
    """The names of several posts, both ways, in two queries; a vacant post keeps its bare title."""
    wanted = list(post_ids)
    titles, labels = posts_labelled(wanted, language), {}
    for post_id, acting in holders_of(wanted, on).items():
        names = listed((each.stand_in or each.name for each in acting), language)
        labels[post_id] = f"{names} · {titles[post_id]}"
    return PostNames(titles, titles | labels)


def label_with_holder(post_ids: Iterable[UUID], language: str, on: date) -> dict[UUID, str]:
    """Titles with who acts: "刘敏 · 网格员 · 第3网格"; a vacant post keeps its bare title. Two queries."""
    return post_names(post_ids, language, on).labels


def org_of_posts(post_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Which organization each post belongs to."""
    return dict(Post.objects.filter(id__in=list(post_ids)).values_list("id", "organization_id"))


def post_kinds() -> list[PostKind]:
    """Every kind of post, the widest level first."""
    rank = {level: position for position, level in enumerate(_LEVEL_ORDER)}
    return sorted(PostKind.objects.all(), key=lambda kind: (rank.get(kind.level, 9), kind.code))
