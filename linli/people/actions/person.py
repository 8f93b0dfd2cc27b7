"""Writing one person's record, and opening what is masked in it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from linli.audit import actions as audit
from linli.frame.crypto import blind_index
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.codes import check_id_number, check_phone
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.kernel.errors import InvalidCode
from linli.kernel.names import sort_key
from linli.people import policies, read, rules
from linli.people.kinds import Event, OpenedField, Purpose, Reach, Sex
from linli.people.models import Account, Person

if TYPE_CHECKING:
    from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class Details:
    """What a form may say of a person; a field that is None is left as it is."""

    name: str | None = None
    sex: Sex | None = None
    born_year: int | None = None
    phone: str | None = None
    id_number: str | None = None
    reach: Reach | None = None


def register_person(*, by: Actor, at: "Place | None", details: Details, is_demo: bool = False) -> Person:
    """Add a person to the register of a place. Their residences are told by `move_in`.

    `at` is None for somebody who works for the whole installation and belongs to no place of it.
    """
    path = at.path if at else "/"
    with transaction.atomic():
        require(policies.may_register_person(by, path))
        if details.name is None:
            raise Refused("Write the name.", status=UNPROCESSABLE)
        person = Person(is_demo=is_demo)
        fields = _fill(person, details)
        _save(person, new=True)
        audit.record(Event.REGISTERED, by=by, subject=person, place_path=path, fields=fields)
    return person


def edit_person(*, by: Actor, person_id: UUID, details: Details) -> Person:
    """Change what is said; the record keeps which fields changed, never their values."""
    with transaction.atomic():
        person = locked(person_id)
        paths = read.paths_of(person_id, today())
        require(policies.may_edit_person(by, paths))
        account = Account.objects.select_for_update(of=("self",)).filter(person=person).first()
        fields = _fill(person, details)
        _save(person, new=False)
        if account is not None and "phone" in fields:
            _follow_phone(account, person)
        if fields:
            place_path = paths[0] if paths else ""
            audit.record(Event.EDITED, by=by, subject=person, place_path=place_path, fields=fields)
    return person


def open_field(*, by: Actor, person_id: UUID, field: OpenedField, purpose: Purpose | None) -> str:
    """The value of a masked field ("" when there is none), with an entry of who opened it and what for."""
    with transaction.atomic():
        person = locked(person_id)
        paths = read.paths_of(person_id, today())
        require(policies.may_open_field(by, person_id, paths, purpose))
        audit.record(
            Event.FIELD_OPENED,
            by=by,
            subject=person,
            place_path=paths[0] if paths else "",
            fields=[field.value],
            data={"purpose": purpose.value if purpose else "own"},
        )
        value = person.phone if field is OpenedField.PHONE else person.id_number
    return value or ""


def locked(person_id: UUID) -> Person:
    """The person, locked until the transaction ends."""
    person = Person.objects.select_for_update().filter(id=person_id).first()
    if person is None:
        raise Refused("This person is not known.", status=MISSING)
    return person


def _fill(person: Person, details: Details) -> list[str]:
    """Put the details in and return the names of the fields that changed."""
    before = (person.name, person.sex, person.born_year, person.phone, person.id_number, person.reach)
    try:
        if details.name is not None:
            person.name = rules.checked_name(details.name)
            person.name_key = sort_key(person.name)[:120]
        if details.sex is not None:
            person.sex = details.sex.value
        if details.born_year is not None:
            person.born_year = rules.checked_born_year(details.born_year, this_year=today().year)
        if details.phone is not None:
            person.phone = check_phone(details.phone) if details.phone.strip() else None
            person.phone_index = blind_index(person.phone) if person.phone else None
        if details.id_number is not None:
            person.id_number = check_id_number(details.id_number) if details.id_number.strip() else None
            person.id_number_index = blind_index(person.id_number) if person.id_number else None
    except InvalidCode as bad:
        raise Refused(bad.reason, bad.params, status=UNPROCESSABLE) from bad
    wished = details.reach or Reach(person.reach)
    person.reach = rules.reach_with(wished, has_phone=bool(person.phone)).value
    after = (person.name, person.sex, person.born_year, person.phone, person.id_number, person.reach)
    names = ("name", "sex", "born_year", "phone", "id_number", "reach")
    return [name for name, old, new in zip(names, before, after, strict=True) if old != new]


def _save(person: Person, *, new: bool) -> None:
    try:
        with transaction.atomic():
            person.save(force_insert=new)
    except IntegrityError as clash:
        raise Refused("Somebody with this ID number is already registered.", status=CONFLICT) from clash


def _follow_phone(account: Account, person: Person) -> None:
    """Whoever has an account signs in with the phone of their record."""
    if person.phone_index is None:
        raise Refused("Who signs in with this phone needs another one first.", status=CONFLICT)
    account.phone_index = person.phone_index
    account.phone_verified = False
    try:
        with transaction.atomic():
            account.save(update_fields=["phone_index", "phone_verified"])
    except IntegrityError as clash:
        raise Refused("Somebody else already signs in with this phone.", status=CONFLICT) from clash
