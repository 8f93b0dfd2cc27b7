"""Organizations, posts and their holders: what is common to every place."""

import random
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from uuid import UUID

from linli.organizations.actions import AppointmentRow, AreaRow, OrganizationRow, PostRow, StandInRow
from linli.organizations.kinds import OrganizationKind
from linli.people.actions import PersonRow
from linli.people.kinds import Reach, Sex
from linli.site.demo.ids import Ids
from linli.site.demo.names import Phones, given, login_phone, surname

HANDLER: Final = "unit_handler"


@dataclass(frozen=True, slots=True)
class LoginPlan:
    """Somebody who may sign in: which phone they get, and whether with 长辈版."""

    person_id: UUID
    group: int
    seat: int
    elder: bool = False


@dataclass(slots=True)
class Establishment:
    """The organizations, posts and holders of one place, ready to be imported."""

    organizations: list[OrganizationRow] = field(default_factory=list)
    areas: list[AreaRow] = field(default_factory=list)
    posts: list[PostRow] = field(default_factory=list)
    appointments: list[AppointmentRow] = field(default_factory=list)
    stand_ins: list[StandInRow] = field(default_factory=list)
    staff: list[PersonRow] = field(default_factory=list)
    logins: list[LoginPlan] = field(default_factory=list)


class Founder:
    """Founds organizations and fills posts, keeping what it made."""

    def __init__(self, seed: str, today: date, ids: Ids, phones: Phones, area_code: str) -> None:
        self.made = Establishment()
        self.random = random.Random(f"seats {seed}")
        self.since = date(today.year - 2, 1, 1)  # appointments run from then on
        self._today = today
        self._ids = ids
        self._phones = phones
        self._area_code = area_code
        self._lines = 100 + self.random.randrange(50) * 10

    def found(
        self,
        kind: OrganizationKind,
        name: str,
        duty: str = "",
        place_id: UUID | None = None,
        computer: bool = True,
    ) -> UUID:
        """An organization with an office phone; with a duty, it answers for it over the place."""
        self._lines += 1
        row = OrganizationRow(
            id=self._ids.next(),
            kind=kind,
            name=name,
            phone=f"{self._area_code}-5550{self._lines}",
            has_computer=computer,
            is_demo=True,
        )
        self.made.organizations.append(row)
        if duty and place_id:
            self.made.areas.append(AreaRow(self._ids.next(), row.id, place_id, duty, self.since))
        return row.id

    def seat(
        self, kind: str, organization_id: UUID, place_id: UUID, above: UUID | None, *people: UUID
    ) -> UUID:
        """A post with its holders, vacant without any. Returns the post."""
        post = PostRow(self._ids.next(), kind, organization_id, place_id, above, is_demo=True)
        self.made.posts.append(post)
        for person in people:
            self.made.appointments.append(AppointmentRow(self._ids.next(), post.id, person, self.since))
        return post.id

    def stand_in(self, post_id: UUID, person_id: UUID, starts: date, last_day: date) -> None:
        """Somebody acting for the (first) holder of a post."""
        appointment = next(row for row in self.made.appointments if row.post_id == post_id)
        self.made.stand_ins.append(StandInRow(self._ids.next(), appointment.id, person_id, starts, last_day))

    def employee(self) -> UUID:
        """Somebody who works here and lives elsewhere."""
        woman = self.random.random() < 0.45
        born = self._today.year - self.random.randint(25, 56)
        row = PersonRow(
            id=self._ids.next(),
            name=surname(self.random) + given(self.random, woman=woman, born_year=born),
            sex=Sex.FEMALE if woman else Sex.MALE,
            born_year=born,
            phone=self._phones.next(),
            is_demo=True,
        )
        self.made.staff.append(row)
        return row.id

    def login(self, person_id: UUID, group: int, seat: int, *, elder: bool = False) -> None:
        """Let somebody sign in."""
        self.made.logins.append(LoginPlan(person_id, group, seat, elder))


def with_login_phones(people: list[PersonRow], logins: list[LoginPlan], today: date) -> list[PersonRow]:
    """The people, those who may sign in with the phone they sign in with; the elder one is 75."""
    by_person = {login.person_id: login for login in logins}

    def given_phone(row: PersonRow) -> PersonRow:
        login = by_person.get(row.id)
        if login is None:
            return row
        born = today.year - 75 if login.elder else row.born_year
        return replace(row, phone=login_phone(login.group, login.seat), reach=Reach.APP, born_year=born)

    return [given_phone(row) for row in people]
