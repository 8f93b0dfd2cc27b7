"""`linli administrator`: who runs the installation, and the code of their first sign-in."""

import argparse
import sys
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from linli.kernel.actor import SYSTEM
from linli.kernel.clock import local, today
from linli.kernel.decision import Refused
from linli.organizations import actions, read
from linli.people import actions as people
from linli.people import read as people_read
from linli.people.actions.person import Details


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
