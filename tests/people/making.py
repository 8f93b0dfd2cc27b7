"""People for tests."""

from datetime import date

from linli.frame.crypto import blind_index
from linli.kernel.actor import Actor
from linli.kernel.names import sort_key
from linli.people.models import Account, Person, Residence
from linli.places.models import Place

SINCE = date(2015, 1, 1)


def person(name: str = "张三丰", phone: str | None = "13800002207", **more: object) -> Person:
    """A person of the register."""
    return Person.objects.create(
        name=name,
        name_key=sort_key(name),
        phone=phone,
        phone_index=blind_index(phone) if phone else None,
        **more,
    )


def lives(someone: Person, at: Place, kind: str = "usual", starts: date = SINCE) -> Residence:
    """A residence still open."""
    return Residence.objects.create(person=someone, place=at, kind=kind, starts=starts)


def account(someone: Person) -> Account:
    """A way to sign in, without a password that works."""
    return Account.objects.create(person=someone, phone_index=someone.phone_index or "")


def actor(someone: Person) -> Actor:
    """The person signed in, without a post."""
    return Actor(someone.id)
