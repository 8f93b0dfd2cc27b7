"""An empty demo: no community yet, the practices at hand, and somebody who may set one up."""

from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from linli.founding import actions as founding
from linli.kernel.actor import SYSTEM
from linli.kernel.clock import today
from linli.organizations import actions as organizations
from linli.organizations import read
from linli.people import actions as people
from linli.people.actions.person import Details
from linli.site.demo.loading import PASSWORD
from linli.site.demo.names import login_phone

NAME: Final = "安装员"


def furnish() -> None:
    """Store the practices, name the administrator; on every start, and nothing twice."""
    founding.store_practices(by=SYSTEM)
    with transaction.atomic():
        if read.administrators(today()):
            return
        details = Details(name=NAME, phone=login_phone(0, 0))
        person = people.register_person(by=SYSTEM, at=None, details=details, is_demo=True)
        organizations.name_administrator(by=SYSTEM, person_id=person.id)
        people.open_account(by=SYSTEM, person_id=person.id, password_hash=make_password(PASSWORD))
