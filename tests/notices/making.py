"""Places, people and actors for the tests of notices, made with as little as they need."""

from datetime import date
from uuid import UUID

from linli.frame.crypto import blind_index
from linli.kernel.actor import Actor, Grant
from linli.kernel.ids import uuid7
from linli.kernel.names import sort_key
from linli.notices.kinds import Power
from linli.organizations.models import Appointment, Organization, Post, PostKind
from linli.people.kinds import Power as PersonPower
from linli.people.models import Account, Person, Residence
from linli.places.models import Place

LONG_AGO = date(2020, 1, 1)
COMMUNITY = "/620201/002/006/"
STAFF = (Power.WRITE, Power.APPROVE, PersonPower.READ)


def place(path: str = COMMUNITY, kind: str = "community", name: str = "紫轩社区") -> Place:
    found = Place.objects.filter(path=path).first()
    return found or Place.objects.create(kind=kind, name=name, path=path, order_key=path, opened_on=LONG_AGO)


def home(path: str = f"{COMMUNITY}b9/u1/0602/") -> Place:
    place()
    place(f"{COMMUNITY}b9/", "building", "9栋")
    return place(path, "home", "602")


def person(
    name: str = "张三", *, reach: str = "app", phone: str = "13800002207", account: bool = True
) -> Person:
    made = Person.objects.create(
        name=name,
        name_key=sort_key(name),
        reach=reach,
        phone=phone or None,
        phone_index=blind_index(phone) if phone else None,
    )
    if account:
        Account.objects.create(person=made, phone_index=uuid7().hex)
    return made


def lives(someone: Person, at: Place, kind: str = "usual", *, ends: date | None = None) -> Residence:
    return Residence.objects.create(person=someone, place=at, kind=kind, starts=LONG_AGO, ends=ends)


def actor(person_id: UUID | None = None, *powers: str, path: str = COMMUNITY) -> Actor:
    return Actor(person_id or uuid7(), tuple(Grant(str(power), path) for power in powers))


def serves(someone: Person, *powers: str, at: Place, code: str = "clerk") -> Actor:
    """Really appointed, so that queries over posts find them; gives the actor they are."""
    kind, _made = PostKind.objects.get_or_create(
        code=code,
        defaults={
            "title_zh": "社区干事",
            "title_en": "Clerk",
            "level": "community",
            "powers": [str(power) for power in powers],
        },
    )
    body = Organization.objects.create(kind="residents_committee", name=f"居委会 {uuid7().hex}")
    post = Post.objects.create(kind=kind, organization=body, place=at)
    Appointment.objects.create(post=post, person=someone, starts=LONG_AGO)
    return actor(someone.pk, *powers, path=at.path)
