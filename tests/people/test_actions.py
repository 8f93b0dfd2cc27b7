"""Records, homes, accounts; nothing personal in the audit; many at once."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction

from linli.audit.models import Entry
from linli.kernel import clock
from linli.kernel.actor import SYSTEM, Actor
from linli.kernel.decision import Refused
from linli.kernel.ids import uuid7
from linli.people import actions, read
from linli.people.actions import HoldingRow, HouseholdRow, PersonRow, ResidenceRow
from linli.people.actions.account import Preferences
from linli.people.actions.person import Details
from linli.people.kinds import Event, OpenedField, Power, Purpose, Reach, ResidenceKind, Sex
from linli.people.models import Holding, Household, Person, Residence
from linli.places.kinds import PlaceKind
from tests.people.making import account, actor, lives, person
from tests.places.making import COMMUNITY, GRID, HOME, place, staff, territory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
DAY = date(2026, 11, 21)
ID_NUMBER = "11010519491231002X"


@pytest.fixture(autouse=True)
def _stopped():
    with clock.at(NOW):
        yield


@pytest.fixture
def here():
    return territory()


KEEPER = staff(Power.EDIT, Power.OPEN_FIELD)


def refused(reason: str):
    return pytest.raises(Refused, match=reason)


def test_a_registered_persons_numbers_are_stored_sealed(here):
    made = actions.register_person(
        by=KEEPER,
        at=here[COMMUNITY],
        details=Details(name="张 三丰", phone="+86 138-0000-2207", id_number=ID_NUMBER, sex=Sex.MALE),
    )
    assert (made.name, made.phone, made.name_key[:5]) == ("张三丰", "13800002207", "zhang")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, id_number FROM people_person WHERE id = %s", [made.id])
        stored = cursor.fetchone()
    assert all(value.startswith("t1:") for value in stored)
    assert read.by_phone("138 0000 2207") == [made]
    entry = Entry.objects.get(event=Event.REGISTERED)
    assert set(entry.fields) == {"name", "sex", "phone", "id_number"}
    assert "13800002207" not in str(vars(entry))


@pytest.mark.parametrize(
    ("details", "reason"),
    [
        (Details(name=""), "Write the name"),
        (Details(), "Write the name"),
        (Details(name="张三", phone="123"), "mobile number"),
        (Details(name="张三", id_number="11010519491231002"), "18 characters"),
        (Details(name="张三", born_year=2030), "year of birth"),
    ],
)
def test_what_cannot_be_right_is_refused(here, details, reason):
    with refused(reason):
        actions.register_person(by=KEEPER, at=here[COMMUNITY], details=details)


def test_one_id_number_one_person(here):
    details = Details(name="张三", id_number=ID_NUMBER)
    actions.register_person(by=KEEPER, at=here[COMMUNITY], details=details)
    with refused("already registered"):
        actions.register_person(by=KEEPER, at=here[COMMUNITY], details=details)


def test_a_changed_phone_moves_the_account_with_it(here):
    someone = person()
    lives(someone, here[HOME])
    account(someone)
    actions.edit_person(by=KEEPER, person_id=someone.id, details=Details(phone="13900001111"))
    assert read.account_of(someone.id).phone_index == read.by_phone("13900001111")[0].phone_index
    with refused("needs another one first"):
        actions.edit_person(by=KEEPER, person_id=someone.id, details=Details(phone=""))


def test_an_edit_that_changes_nothing_leaves_no_entry(here):
    someone = person()
    actions.edit_person(by=KEEPER, person_id=someone.id, details=Details(name="张三丰"))
    assert not Entry.objects.filter(event=Event.EDITED).exists()


def test_taking_the_phone_away_leaves_a_slip(here):
    someone = person(reach="app")
    lives(someone, here[HOME])
    row = actions.edit_person(by=KEEPER, person_id=someone.id, details=Details(phone=""))
    assert (row.phone, row.phone_index, row.reach) == (None, None, Reach.SLIP)


def test_opening_a_number_is_recorded_with_its_purpose(here):
    someone = person()
    lives(someone, here[HOME])
    value = actions.open_field(
        by=KEEPER, person_id=someone.id, field=OpenedField.PHONE, purpose=Purpose.VISIT
    )
    assert value == "13800002207"
    entry = Entry.objects.get(event=Event.FIELD_OPENED)
    assert (entry.fields, entry.data, entry.place_path) == (["phone"], {"purpose": "visit"}, HOME)
    with refused("Say what you need"):
        actions.open_field(by=KEEPER, person_id=someone.id, field=OpenedField.PHONE, purpose=None)
    own = actions.open_field(
        by=actor(someone), person_id=someone.id, field=OpenedField.ID_NUMBER, purpose=None
    )
    assert own == ""


def test_registered_and_usual_are_separate(here):
    someone, other = person(), place("/620201/002/005/", PlaceKind.COMMUNITY, "兰新社区")
    keeper = staff(Power.EDIT, path="/620201/")
    move = {"by": keeper, "person_id": someone.id, "starts": date(2020, 1, 1)}
    actions.move_in(place_id=here[HOME].id, kind=ResidenceKind.REGISTERED, **move)
    actions.move_in(place_id=other.id, kind=ResidenceKind.USUAL, **move)
    assert read.home_of(someone.id, DAY) == other
    assert set(read.paths_of(someone.id, DAY)) == {HOME, other.path}
    assert read.counts(COMMUNITY, DAY) == read.Counts(registered=1, usual=0, households=0)


def test_moving_ends_the_former_home_on_that_day(here):
    someone, other = person(), place(f"{GRID}b13/", PlaceKind.BUILDING, "13栋")
    move = {"by": KEEPER, "person_id": someone.id, "kind": ResidenceKind.USUAL}
    first = actions.move_in(place_id=here[HOME].id, starts=date(2020, 1, 1), **move)
    actions.move_in(place_id=other.id, starts=date(2024, 6, 1), **move)
    first.refresh_from_db()
    assert first.ends == date(2024, 6, 1)
    assert read.home_of(someone.id, date(2024, 5, 31)) == here[HOME]
    assert read.home_of(someone.id, date(2024, 6, 1)) == other
    with refused("must begin later"):
        actions.move_in(place_id=here[HOME].id, starts=date(2024, 6, 1), **move)


def test_the_database_refuses_two_homes_of_a_kind_at_once(here):
    someone = person()
    lives(someone, here[HOME])
    with pytest.raises(IntegrityError, match="one_of_a_kind"), transaction.atomic():
        lives(someone, here[GRID], starts=date(2016, 1, 1))


def test_moving_out(here):
    someone = person()
    row = lives(someone, here[HOME])
    with refused("before the first"):
        actions.move_out(by=KEEPER, residence_id=row.id, ends=row.starts)
    actions.move_out(by=KEEPER, residence_id=row.id, ends=DAY)
    assert read.home_of(someone.id, DAY) is None
    with refused("already ended"):
        actions.move_out(by=KEEPER, residence_id=row.id, ends=DAY)


def test_nobody_moves_into_a_closed_place(here):
    closed = place(f"{GRID}b99/", PlaceKind.BUILDING, "99栋", closed_on=date(2020, 1, 1))
    with refused("is closed"):
        actions.move_in(
            by=KEEPER, person_id=person().id, place_id=closed.id, kind=ResidenceKind.USUAL, starts=DAY
        )


def test_shares_of_a_home(here):
    someone = person()
    actions.note_holding(
        by=KEEPER, person_id=someone.id, home_id=here[HOME].id, starts=DAY, numerator=1, denominator=2
    )
    assert read.paths_of(someone.id, DAY) == [HOME]
    with refused("at most the whole"):
        actions.note_holding(
            by=KEEPER, person_id=someone.id, home_id=here[HOME].id, starts=DAY, numerator=3, denominator=2
        )


def test_an_account_needs_a_phone_and_is_one_a_person(here):
    with refused("mobile number"):
        actions.open_account(by=SYSTEM, person_id=person(phone=None).id, password_hash="!")
    someone = person()
    made = actions.open_account(by=SYSTEM, person_id=someone.id, password_hash=make_password("a-long-one"))
    assert made.check_password("a-long-one")
    with refused("already has an account"):
        actions.open_account(by=SYSTEM, person_id=someone.id, password_hash="!")


def test_settings(here):
    someone = person()
    account(someone)
    chosen = Preferences(language="en", elder=True, text_size=28, shortcuts=False)
    row = actions.set_preferences(by=actor(someone), person_id=someone.id, preferences=chosen)
    assert (row.language, row.elder, row.text_size, row.shortcuts) == ("en", True, 28, False)
    assert Entry.objects.get(event=Event.PREFERENCES_CHANGED).fields == [
        "language", "elder", "text_size", "shortcuts",
    ]  # fmt: skip
    with refused("18 to 30"):
        actions.set_preferences(
            by=actor(someone), person_id=someone.id, preferences=Preferences(text_size=40)
        )
    with refused("their own screens"):
        actions.set_preferences(by=Actor(uuid7()), person_id=someone.id, preferences=chosen)


def batch(home_id, count: int = 120):
    people = [
        PersonRow(uuid7(), f"王{'伟敏静'[n % 3]}", born_year=1980, phone=f"154000{n:05d}" if n % 2 else None)
        for n in range(count)
    ]
    household = HouseholdRow(uuid7(), home_id)
    homes = [
        ResidenceRow(uuid7(), row.id, home_id, ResidenceKind.USUAL, DAY, household_id=household.id)
        for row in people
    ]
    shares = [HoldingRow(uuid7(), people[0].id, home_id, DAY, 1, 2)]
    return {"people": people, "households": [household], "residences": homes, "holdings": shares}


def test_many_people_come_in_with_one_entry(here):
    count = actions.import_people(by=SYSTEM, under=here[COMMUNITY], **batch(here[HOME].id))
    assert count == Person.objects.count() == Residence.objects.count() == 120
    assert (Household.objects.count(), Holding.objects.count()) == (1, 1)
    assert read.counts(COMMUNITY, DAY) == read.Counts(0, 120, 1)
    assert read.by_phone("15400000001")[0].phone == "15400000001"
    assert Person.objects.filter(reach="slip").count() == 60  # those without a phone
    entry = Entry.objects.get(event=Event.IMPORTED)
    assert entry.data == {"people": 120, "households": 1, "residences": 120, "holdings": 1}


def test_an_import_that_contradicts_the_register_adds_nothing(here):
    rows = batch(here[HOME].id)
    rows["residences"] += rows["residences"][:1]
    with refused("nothing was added"):
        actions.import_people(by=SYSTEM, under=here[COMMUNITY], **rows)
    assert not Person.objects.exists()
