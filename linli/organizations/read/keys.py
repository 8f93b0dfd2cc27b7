"""Keys of other systems: the actor one is, and the lists of them."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from linli.frame.crypto import blind_index
from linli.kernel.actor import Actor, ActorKind, Grant
from linli.kernel.clock import local
from linli.kernel.ids import name_of_system_key
from linli.organizations.models import ApiKey
from linli.organizations.rules import Term, key_grants


@dataclass(frozen=True, slots=True)
class KeyActor:
    """Who acts with a key, and the day it was last used before now."""

    id: UUID
    actor: Actor
    last_used_on: date | None


def actor_of_key(text: str, at: datetime) -> KeyActor | None:
    """The actor a key is at that moment, in one query; None for one that is wrong, over or taken back.

    Its grants are what its scope and its post's powers share, over its own place, for its own days.
    """
    prefix, day = name_of_system_key(text), local(at).date()
    if not prefix:
        return None
    row = (
        ApiKey.objects.select_related("post__kind", "post__place", "place")
        .only(
            "secret_index",
            "powers",
            "starts",
            "ends",
            "last_used_on",
            "place__path",
            "post__place__path",
            "post__kind__powers",
        )
        .filter(prefix=prefix, revoked_at__isnull=True, starts__lte=day, ends__gt=day)
        .filter(Q(post__closed_on__isnull=True) | Q(post__closed_on__gt=day))
        .first()
    )
    if row is None or not hmac.compare_digest(row.secret_index, blind_index(text)):
        return None
    held = key_grants(row.powers, row.post.kind.powers, place=row.place.path, post_place=row.post.place.path)
    last_day = Term(row.starts, row.ends).last_day
    grants = tuple(Grant(power, row.place.path, row.post_id, row.starts, last_day) for power in held)
    actor = Actor(person_id=None, grants=grants, kind=ActorKind.KEY, key_id=row.id)
    return KeyActor(row.id, actor, row.last_used_on)


def keys_under(path: str) -> QuerySet[ApiKey]:
    """The keys for a place and everything in it: those at work first, the newest first."""
    rows = ApiKey.objects.select_related("post__kind", "post__organization", "post__place", "place")
    return rows.filter(place__path__startswith=path).order_by(
        F("revoked_at").asc(nulls_first=True), "-ends", "-id"
    )


def key(key_id: UUID) -> ApiKey | None:
    """One key with its post and place."""
    return keys_under("/").filter(id=key_id).first()


def key_named(prefix: str) -> ApiKey | None:
    """The key known by these eight symbols."""
    return keys_under("/").filter(prefix=prefix).first()


def key_names(key_ids: set[UUID]) -> dict[UUID, str]:
    """What several keys are called, in one query."""
    return dict(ApiKey.objects.filter(id__in=key_ids).values_list("id", "name"))
