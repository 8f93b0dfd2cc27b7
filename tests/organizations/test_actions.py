"""Posts are opened, filled, lent and ended; each act with its entry, reacting where it must."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.audit.models import Entry
from linli.frame.models import OutboxRow
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.kernel.ids import uuid7
from linli.organizations import actions, read
from linli.organizations.actions import AppointmentRow, AreaRow, OrganizationRow, PostRow, StandInRow
from linli.organizations.kinds import Event, Level, OrganizationKind, Power
from linli.organizations.models import Appointment, Post, PostKind
from tests.organizations.making import SINCE, chain, holds, kind, organization, post
from tests.people.making import actor, person
from tests.places.making import COMMUNITY, GRID, STREET, staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
DAY = date(2026, 11, 21)
FILLER = staff(Power.APPOINT, path=STREET)


@pytest.fixture(autouse=True)
def _stopped():
    with clock.at(NOW):
        yield


@pytest.fixture
def seats():
    return chain()


def refused(reason: str):
    return pytest.raises(Refused, match=reason)


def test_a_post_is_opened_vacant_below_another(seats):
    kind("building_head")
    made = actions.open_post(
        by=FILLER,
        kind_code="building_head",
        organization_id=seats.committee.id,
        place_id=seats.places[GRID].id,
        above_id=seats.worker.id,
    )
    assert read.is_vacant(made, DAY)
    entry = Entry.objects.get(event=Event.POST_OPENED)
    assert (entry.post_id, entry.place_path, entry.data) == (made.id, GRID, {"kind": "building_head"})
    with refused("already open"):
        actions.open_post(
            by=FILLER,
            kind_code="building_head",
            organization_id=seats.committee.id,
            place_id=seats.places[GRID].id,
        )


def test_the_post_above_must_be_over_the_place(seats):
    with refused("this place or a wider one"):
        actions.open_post(
            by=FILLER,
            kind_code="community_clerk",
            organization_id=organization("别的").id,
            place_id=seats.places[COMMUNITY].id,
            above_id=seats.worker.id,
        )


def test_appointing(seats):
    liu = person("刘敏")
    row = actions.appoint(by=FILLER, post_id=seats.worker.id, person_id=liu.id, starts=DAY)
    assert read.persons_of(seats.worker.id, DAY) == [liu.id]
    entry = Entry.objects.get(event=Event.APPOINTED)
    assert (entry.subject_id, entry.post_id) == (row.id, seats.worker.id)
    assert "刘敏" not in str(vars(entry))
    with refused("already holds"):
        actions.appoint(by=FILLER, post_id=seats.worker.id, person_id=liu.id, starts=DAY + timedelta(days=9))


def test_a_secretary_cannot_seat_another_secretary(seats):
    secretary = staff(Power.APPOINT)
    someone = person()
    with refused("filled by the level above"):
        actions.appoint(by=secretary, post_id=seats.secretary.id, person_id=someone.id, starts=DAY)
    actions.appoint(by=secretary, post_id=seats.clerk.id, person_id=someone.id, starts=DAY)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"ends": DAY}, "before the first"),
        ({"person_id": uuid7()}, "person is not known"),
        ({"post_id": uuid7()}, "post is not known"),
    ],
)
def test_an_impossible_appointment_is_refused(seats, given, reason):
    said = {"post_id": seats.worker.id, "person_id": person().id, "starts": DAY} | given
    with refused(reason):
        actions.appoint(by=FILLER, **said)


def test_ending_an_appointment_reacts(seats):
    held = holds(person("刘敏"), seats.worker)
    actions.end_appointment(by=FILLER, appointment_id=held.id, ends=DAY)
    assert read.is_vacant(seats.worker, DAY)
    assert not read.is_vacant(seats.worker, DAY - timedelta(days=1))
    row = OutboxRow.objects.get(event=Event.APPOINTMENT_ENDED)
    assert row.payload["post"] == str(seats.worker.id)
    with refused("already ended"):
        actions.end_appointment(by=FILLER, appointment_id=held.id, ends=DAY)


def test_the_holder_names_their_stand_in(seats):
    liu, zhou = person("刘敏"), person("周强", "13900000001")
    held = holds(liu, seats.worker)
    span = {"starts": DAY, "last_day": DAY + timedelta(days=5)}
    actions.name_stand_in(by=actor(liu), appointment_id=held.id, person_id=zhou.id, **span)
    assert read.persons_of(seats.worker.id, DAY) == [zhou.id]
    with refused("already stands in"):
        actions.name_stand_in(by=FILLER, appointment_id=held.id, person_id=zhou.id, **span)
    with refused("names a stand-in, or staff"):
        actions.name_stand_in(by=actor(zhou), appointment_id=held.id, person_id=zhou.id, **span)


@pytest.mark.parametrize(
    ("days", "reason"),
    [((3, 1), "before the first"), ((-5, -1), "before the first"), ((0, 30), "ends before that day")],
)
def test_a_stand_in_within_the_appointment_and_not_backwards(seats, days, reason):
    held = holds(person(), seats.worker, ends=DAY + timedelta(days=20))
    starts, last_day = (DAY + timedelta(days=each) for each in days)
    with refused(reason):
        actions.name_stand_in(
            by=FILLER,
            appointment_id=held.id,
            person_id=person("周强", None).id,
            starts=starts,
            last_day=last_day,
        )


def test_nobody_stands_in_for_themselves(seats):
    liu = person()
    held = holds(liu, seats.worker)
    with refused("for themselves"):
        actions.name_stand_in(by=FILLER, appointment_id=held.id, person_id=liu.id, starts=DAY, last_day=DAY)


def test_closing_a_post_ends_what_hangs_on_it(seats):
    held = holds(person(), seats.clerk)
    actions.close_post(by=FILLER, post_id=seats.clerk.id, on=DAY)
    held.refresh_from_db()
    seats.worker.refresh_from_db()
    assert held.ends == DAY
    assert seats.worker.above_id == seats.secretary.id
    with refused("already closed"):
        actions.close_post(by=FILLER, post_id=seats.clerk.id, on=DAY)
    with refused("is closed"):
        actions.appoint(by=FILLER, post_id=seats.clerk.id, person_id=person("周强", None).id, starts=DAY)


def test_the_database_keeps_posts_and_appointments_single(seats):
    someone = person()
    holds(someone, seats.worker)
    with pytest.raises(IntegrityError, match="appointment_once"), transaction.atomic():
        holds(someone, seats.worker, starts=DAY)
    with pytest.raises(IntegrityError, match="post_once"), transaction.atomic():
        post("grid_worker", seats.places[GRID], seats.committee)
    with pytest.raises(IntegrityError, match="not_above_itself"), transaction.atomic():
        Post.objects.filter(id=seats.worker.id).update(above=seats.worker)


def test_founding_and_serving(seats):
    made = actions.found(
        by=FILLER,
        kind=OrganizationKind.PROPERTY_COMPANY,
        name="建设物业",
        at=seats.places[COMMUNITY],
        credit_code="91350100M000100Y43",
    )
    area = actions.serve_area(
        by=FILLER,
        organization_id=made.id,
        place_id=seats.places[COMMUNITY].id,
        duty="property_company",
        starts=DAY,
    )
    assert read.unit_candidates("property_company", GRID, DAY) == [made]
    actions.end_area(by=FILLER, area_id=area.id, ends=DAY + timedelta(days=1))
    assert read.unit_candidates("property_company", GRID, DAY + timedelta(days=1)) == []
    with refused("wrong character"):
        actions.found(
            by=FILLER,
            kind=OrganizationKind.FIRM,
            name="假的",
            at=seats.places[COMMUNITY],
            credit_code="91350100M000100Y44",
        )
    with refused("fill posts here"):
        actions.found(by=staff("person.read"), kind=OrganizationKind.FIRM, name="x", at=seats.places[GRID])


def test_a_kind_is_set_for_everybody_who_holds_one(seats):
    actions.set_post_kind(
        by=SYSTEM,
        code="grid_worker",
        title_zh="网格员",
        title_en="Grid worker",
        level=Level.GRID,
        powers=["order.handle", "order.handle"],
    )
    assert PostKind.objects.get(code="grid_worker").powers == ["order.handle"]
    with refused("come with a practice"):
        actions.set_post_kind(by=FILLER, code="x", title_zh="x", title_en="x", level=Level.GRID, powers=[])


def test_many_posts_come_in_with_one_entry(seats):
    kind("building_head")
    unit, seat, held = uuid7(), uuid7(), uuid7()
    first, second = person("刘敏"), person("周强", None)
    place_id = seats.places[GRID].id
    count = actions.import_organizations(
        by=SYSTEM,
        under=seats.places[COMMUNITY],
        organizations=[OrganizationRow(unit, OrganizationKind.FIRM, "某公司")],
        areas=[AreaRow(uuid7(), unit, place_id, "telecom", SINCE)],
        posts=[PostRow(seat, "building_head", unit, place_id, seats.worker.id)],
        appointments=[AppointmentRow(held, seat, first.id, SINCE)],
        stand_ins=[StandInRow(uuid7(), held, second.id, DAY, DAY)],
    )
    assert count == 1
    assert read.persons_of(seat, DAY) == [second.id]
    assert Entry.objects.get(event=Event.IMPORTED).data["posts"] == 1
    with refused("runs this installation"):
        actions.import_organizations(by=FILLER, under=seats.places[COMMUNITY])
    with refused("nothing was added"):
        actions.import_organizations(
            by=SYSTEM,
            under=seats.places[COMMUNITY],
            appointments=[AppointmentRow(uuid7(), seat, first.id, DAY)],
        )
    assert Appointment.objects.filter(post_id=seat).count() == 1
