"""Kinds of post, and posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from linli.audit import actions as audit
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.kernel.ids import uuid7
from linli.organizations import policies, read, rules
from linli.organizations.kinds import Event, Level
from linli.organizations.models import Appointment, Organization, Post, PostKind
from linli.places import read as places


@dataclass(slots=True)
class PostKindChange:
    """What the entry about a kind of post is about: kinds are keyed by code, entries by id."""

    id: UUID


def set_post_kind(
    *, by: Actor, code: str, title_zh: str, title_en: str, level: Level, powers: Sequence[str]
) -> PostKind:
    """Add a kind of post, or change its titles and powers for everybody who holds one."""
    with transaction.atomic():
        require(policies.may_set_post_kind(by))
        kind, _made = PostKind.objects.update_or_create(
            code=code,
            defaults={
                "title_zh": title_zh,
                "title_en": title_en,
                "level": level.value,
                "powers": sorted(set(powers)),
            },
        )
        data = {"code": code, "powers": len(set(powers))}
        audit.record(Event.POST_KIND_SET, by=by, subject=PostKindChange(uuid7()), data=data)
    return kind


def open_post(
    *,
    by: Actor,
    kind_code: str,
    organization_id: UUID,
    place_id: UUID,
    above_id: UUID | None = None,
    is_demo: bool = False,
) -> Post:
    """Open a post of an organization over a place. It is vacant until somebody is appointed; until then its
    work falls to the post above."""
    with transaction.atomic():
        place = places.place(place_id)
        kind = PostKind.objects.filter(code=kind_code).first()
        organization = Organization.objects.filter(id=organization_id).first()
        if place is None or kind is None or organization is None:
            raise Refused("This place, organization or kind of post is not known.", status=MISSING)
        require(policies.may_open_post(by, place.path))
        post = Post(kind=kind, organization=organization, place=place, is_demo=is_demo)
        post.above = _sound_above(post, above_id)
        try:
            with transaction.atomic():
                post.save(force_insert=True)
        except IntegrityError as clash:
            raise Refused("This post is already open here.", status=CONFLICT) from clash
        audit.record(
            Event.POST_OPENED,
            by=by,
            subject=post,
            post_id=post.id,
            place_path=place.path,
            data={"kind": kind.code},
        )
    return post


def close_post(*, by: Actor, post_id: UUID, on: date) -> Post:
    """Close a post from `on` (the first day it is no more). Its appointments end with it, and the posts
    below it stand below the one above it."""
    with transaction.atomic():
        post = locked(post_id)
        require(policies.may_open_post(by, post.place.path))
        if post.closed_on is not None:
            raise Refused("This post is already closed.", status=CONFLICT)
        if on < today():
            raise Refused("A post closes today or on a coming day.", status=UNPROCESSABLE)
        held = Appointment.objects.filter(post=post)
        held.filter(starts__gte=on).delete()
        held.filter(ends__isnull=True).update(ends=on)
        held.filter(ends__gt=on).update(ends=on)
        Post.objects.filter(above=post).update(above=post.above)
        post.closed_on = on
        post.save(update_fields=["closed_on"])
        audit.record(Event.POST_CLOSED, by=by, subject=post, post_id=post.id, place_path=post.place.path)
    return post


def locked(post_id: UUID) -> Post:
    """The post, locked, with its place and kind."""
    post = (
        Post.objects.select_for_update(of=("self",))
        .select_related("place", "kind", "organization")
        .filter(id=post_id)
        .first()
    )
    if post is None:
        raise Refused("This post is not known.", status=MISSING)
    return post


def _sound_above(post: Post, above_id: UUID | None) -> Post | None:
    if above_id is None:
        return None
    above = read.post(above_id)
    if above is None or above.closed_on is not None:
        raise Refused("The post above is not known or is closed.", status=MISSING)
    if not post.place.path.startswith(above.place.path):
        raise Refused("The post above must be over this place or a wider one.", status=UNPROCESSABLE)
    chain = [above.id, *(each.id for each in read.chain_above(above.id))]
    if not rules.chain_is_sound(post.id, chain):
        raise Refused("The chain of posts above is too long.", status=UNPROCESSABLE)
    return above
