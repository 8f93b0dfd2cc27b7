"""Who runs the demo's installation: has backups made, sees to what all share, sets up communities."""

from typing import Final

from django.db import transaction

from linli.kernel.actor import SYSTEM
from linli.kernel.clock import today
from linli.organizations import actions as organizations
from linli.organizations import read
from linli.people import actions as people
from linli.people.actions.person import Details
from linli.site.demo.names import login_phone

NAME: Final = "安装员"


def name_administrator(password_hash: str) -> None:
    """Let somebody run it and sign in; where somebody does already, nothing."""
    with transaction.atomic():
        if read.administrators(today()):
            return
        details = Details(name=NAME, phone=login_phone(0, 0))
        person = people.register_person(by=SYSTEM, at=None, details=details, is_demo=True)
        organizations.name_administrator(by=SYSTEM, person_id=person.id)
        people.open_account(by=SYSTEM, person_id=person.id, password_hash=password_hash)
