"""Keys with which other systems act for a post."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.frame.crypto import blind_index
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.kernel.ids import system_key
from linli.organizations import policies, rules
from linli.organizations.actions.posts import locked
from linli.organizations.kinds import Event
from linli.organizations.models import ApiKey
from linli.places import read as places


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key and its whole text, which is known only now."""

    key: ApiKey
    text: str


def issue_key(
    *, by: Actor, name: str, powers: Collection[str], place_id: UUID, post_id: UUID, ends: date
) -> IssuedKey:
    """Make a key that acts for a post with some of its powers, over its place or a part of it, to `ends`."""
    with transaction.atomic():
        post = locked(post_id)
        require(policies.may_issue_key(by, post.place.path, frozenset(powers)))
        if post.closed_on is not None:
            raise Refused("This post is closed.", status=CONFLICT)
        place = places.place(place_id)
        if place is None:
            raise Refused("This place is not known.", status=MISSING)
        if not name.strip():
            raise Refused("Say which system the key is for.", status=UNPROCESSABLE)
        held, term = post.kind.powers, rules.Term(today(), ends)
        require(
            rules.key_is_sound(
                powers, held, place=place.path, post_place=post.place.path, term=term, today=today()
            ),
            status=UNPROCESSABLE,
        )
        prefix, text = system_key()
        row = ApiKey.objects.create(
            name=name.strip()[: rules.NAME_LENGTH],
            prefix=prefix,
            secret_index=blind_index(text),
            post=post,
            place=place,
            powers=sorted(set(powers)),
            starts=term.starts,
            ends=ends,
        )
        audit.record(
            Event.KEY_ISSUED,
            by=by,
            subject=row,
            post_id=post.id,
            place_path=place.path,
            data={"powers": len(row.powers), "until": ends.isoformat()},
        )
    return IssuedKey(row, text)


def revoke_key(*, by: Actor, key_id: UUID) -> ApiKey:
    """Take a key back: from this moment it opens nothing. What was done with it stays on record."""
    with transaction.atomic():
        row = ApiKey.objects.select_for_update(of=("self",)).select_related("place").filter(id=key_id).first()
        if row is None:
            raise Refused("This key is not known.", status=MISSING)
        require(policies.may_revoke_key(by, row.place.path))
        if row.revoked_at is not None:
            raise Refused("This key was taken back already.", status=CONFLICT)
        row.revoked_at, row.revoked_by_id = now(), by.person_id
        row.save(update_fields=["revoked_at", "revoked_by"])
        audit.record(Event.KEY_REVOKED, by=by, subject=row, post_id=row.post_id, place_path=row.place.path)
    return row


def note_use(*, by: Actor, key_id: UUID) -> None:
    """Note that a key was used today: so that one nobody uses any more is seen and taken back."""
    with transaction.atomic():
        ApiKey.objects.filter(id=key_id).update(last_used_on=today())
