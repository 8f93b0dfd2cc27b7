"""`linli apikey create|list|revoke`: keys with which other systems act for a post; and
`linli administrator`: who runs the installation, and the code of their first sign-in."""

import argparse
import sys
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from linli.kernel.actor import SYSTEM
from linli.kernel.clock import local, today
from linli.kernel.decision import Refused
from linli.kernel.durations import Duration, Unit
from linli.organizations import actions, read
from linli.people import actions as people
from linli.people import read as people_read
from linli.people.actions.person import Details
from linli.places import read as places


def administrator(options: argparse.Namespace) -> int:
    """Name somebody, or give the one named before a new code; status 1 when that cannot be."""
    try:
        with transaction.atomic():
            person_id = _person(options.name, options.phone)
            if not read.is_administrator(person_id, today()):
                actions.name_administrator(by=SYSTEM, person_id=person_id)
            slip = actions.invite(by=SYSTEM, person_id=person_id)
    except Refused as refusal:
        print(gettext(refusal.reason) % refusal.params, file=sys.stderr)
        return 1
    host = settings.ALLOWED_HOSTS[0].lstrip(".")
    until = local(slip.invitation.expires_at)
    print(f"{slip.person.name} runs this installation. First sign-in, once, until {until:%Y-%m-%d %H:%M}:")
    print(f"  https://{host}/welcome/   code {slip.code}")
    return 0


def _person(name: str, phone: str) -> UUID:
    """Somebody of this name with this phone; registered if nobody is."""
    known = [row for row in people_read.by_phone(phone) if row.name == name]
    if known:
        return known[0].id
    return people.register_person(by=SYSTEM, at=None, details=Details(name=name, phone=phone)).id


def create(options: argparse.Namespace) -> int:
    """Make a key and print it: the only time it is ever shown."""
    place = places.by_id_or_code(options.place) or places.place_by_path(options.place)
    if place is None:
        return _stop(f"No place has the code {options.place}.")
    post = _post(options.post, place.path)
    if post is None:
        return _stop(f"No post {options.post} answers for {place.name}.")
    days = _days(options.expires)
    if days is None:
        return _stop(f"“{options.expires}” is not a number of days, like “90 days”.")
    try:
        made = actions.issue_key(
            by=SYSTEM,
            name=options.name,
            powers=[power.strip() for power in options.scope.split(",") if power.strip()],
            place_id=place.id,
            post_id=post.id,
            ends=today() + timedelta(days=days),
        )
    except Refused as refusal:
        return _stop(str(refusal))
    print(made.text)
    print(
        f"For {made.key.name}: acts for {read.post_title(post, 'en')} over {place.name} "
        f"until {made.key.ends:%Y-%m-%d}.",
        "It is shown only now: keep it where secrets are kept.",
        sep="\n",
        file=sys.stderr,
    )
    return 0


def show(options: argparse.Namespace) -> int:
    """Every key: its first part, until when, when it was last used, what it may, for which post."""
    for row in read.keys_under("/"):
        state = "revoked" if row.revoked_at else "over" if row.ends <= today() else "in force"
        used = f"used {row.last_used_on:%Y-%m-%d}" if row.last_used_on else "never used"
        print(
            f"{row.prefix}  {state:<8}  until {row.ends:%Y-%m-%d}  {used}  {row.name}\n"
            f"          {read.post_title(row.post, 'en')} · {row.place.name} · {', '.join(row.powers)}"
        )
    return 0


def revoke(options: argparse.Namespace) -> int:
    """Take a key back by its first part (or the whole key)."""
    parts = options.key.split("_")
    row = read.key_named(parts[1] if len(parts) > 1 else parts[0])
    if row is None:
        return _stop("No key is known by this.")
    try:
        actions.revoke_key(by=SYSTEM, key_id=row.id)
    except Refused as refusal:
        return _stop(str(refusal))
    print(f"{row.name}: taken back. It opens nothing from now on.")
    return 0


def _post(text: str, path: str) -> Any:
    """A post by its id, or the one of a kind that answers for the place."""
    try:
        return read.post(UUID(text))
    except ValueError:
        return read.holder_post(text, path, today())


def _days(text: str) -> int | None:
    try:
        length = Duration.parse(text)
    except ValueError:
        return None
    return length.amount if length.unit is Unit.DAY else None


def _stop(why: str) -> int:
    print(why, file=sys.stderr)
    return 1
