"""Keys of other systems: what one may be, who makes and takes it back, and what it is at each moment."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.audit.models import Entry
from linli.frame.crypto import blind_index
from linli.kernel import clock
from linli.kernel.actor import SYSTEM, ActorKind
from linli.kernel.decision import Denied, Refused
from linli.kernel.ids import name_of_system_key, system_key, uuid7
from linli.organizations import actions, policies, read
from linli.organizations.kinds import Event, Power
from linli.organizations.models import ApiKey, PostKind
from linli.organizations.rules import Term, key_grants, key_is_sound
from tests.organizations.making import chain
from tests.people.making import person
from tests.places.making import COMMUNITY, GRID, STREET, resident, staff

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
DAY = date(2026, 11, 21)
ENDS = DAY + timedelta(days=90)
FILLER = staff(Power.APPOINT, path=STREET)


@pytest.fixture(autouse=True)
def _stopped():
    with clock.at(NOW):
        yield


@pytest.fixture
def seats(db):
    return chain(community_clerk=["matter.read", "matter.enter", "post.appoint"])


def made(seats, **more):
    wanted = {
        "by": FILLER,
        "name": "区平台",
        "powers": ["matter.read"],
        "place_id": seats.places[COMMUNITY].id,
        "post_id": seats.clerk.id,
        "ends": ENDS,
    }
    return actions.issue_key(**{**wanted, **more})


HELD = frozenset({"matter.read", "matter.enter"})


@pytest.mark.parametrize(
    ("powers", "place", "ends", "reason"),
    [
        (["matter.read"], COMMUNITY, ENDS, ""),
        (["matter.read"], GRID, DAY + timedelta(days=1), ""),
        (["matter.read"], GRID, DAY + timedelta(days=366), ""),
        ([], COMMUNITY, ENDS, "at least one power"),
        (["matter.read", "export"], COMMUNITY, ENDS, "does not have: export"),
        (["matter.read"], STREET, ENDS, "place of its post"),
        (["matter.read"], COMMUNITY, DAY, "coming day"),
        (["matter.read"], COMMUNITY, DAY + timedelta(days=367), "coming day"),
    ],
)
def test_what_a_key_may_be(powers, place, ends, reason):
    found = key_is_sound(powers, HELD, place=place, post_place=COMMUNITY, term=Term(DAY, ends), today=DAY)
    assert bool(found) is not bool(reason)
    if isinstance(found, Denied):
        assert reason in str(found)


@pytest.mark.parametrize(
    ("powers", "held", "place", "found"),
    [
        (["a", "b"], ["b", "c"], GRID, ("b",)),
        (["a"], ["c"], GRID, ()),
        (["a"], ["a"], "/620201/003/", ()),
    ],
)
def test_what_a_key_can_do_is_what_it_shares_with_its_post(powers, held, place, found):
    assert key_grants(powers, held, place=place, post_place=COMMUNITY) == found


def test_a_key_can_be_told_from_other_texts():
    name, text = system_key()
    assert name_of_system_key(text) == name
    assert len(text.split("_")[2]) * 5 == 160
    for wrong in ("", "linli", text[:-1], text + "0", text.upper(), text.replace("linli", "other"), "_" * 99):
        assert name_of_system_key(wrong) == ""


@pytest.mark.parametrize(
    ("actor", "powers", "allowed"),
    [
        (staff(Power.APPOINT), {"matter.read"}, True),
        (staff(Power.APPOINT, path=STREET), {"post.appoint"}, True),
        (staff(Power.APPOINT), {"post.appoint"}, False),
        (staff("matter.read"), {"matter.read"}, False),
        (staff(Power.APPOINT, path=GRID), {"matter.read"}, False),
        (resident(), {"matter.read"}, False),
    ],
)
def test_who_lets_another_system_act(actor, powers, allowed):
    assert bool(policies.may_issue_key(actor, COMMUNITY, frozenset(powers))) is allowed


@pytest.mark.parametrize("may", [policies.may_revoke_key, policies.may_see_keys])
def test_who_sees_keys_and_takes_them_back(may):
    assert may(staff(Power.APPOINT), GRID)
    assert not may(staff(Power.APPOINT, path=GRID), COMMUNITY)
    assert not may(staff("matter.read"), COMMUNITY)


def test_a_key_is_made_and_its_secret_kept_nowhere(seats):
    issued = made(seats)
    row = ApiKey.objects.get()
    stored = " ".join(str(value) for value in vars(row).values())
    assert issued.text not in stored
    assert issued.text.split("_")[2] not in stored
    assert row.secret_index == blind_index(issued.text)
    entry = Entry.objects.get(event=Event.KEY_ISSUED)
    assert entry.data == {"powers": 1, "until": "2027-02-19"}
    assert (entry.post_id, entry.place_path) == (seats.clerk.id, COMMUNITY)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"by": staff("matter.read")}, "may appoint somebody"),
        ({"powers": ["export"]}, "does not have: export"),
        ({"name": "  "}, "which system"),
        ({"ends": DAY}, "coming day"),
        ({"place_id": uuid7()}, "place is not known"),
        ({"post_id": uuid7()}, "post is not known"),
        ({"by": staff(Power.APPOINT), "powers": ["post.appoint"]}, "filled by the level above"),
    ],
)
def test_what_cannot_be_made_says_why(seats, more, reason):
    with pytest.raises(Refused, match=reason):
        made(seats, **more)
    assert not ApiKey.objects.exists()


def test_a_key_is_its_posts_actor_and_nobody(seats):
    issued = made(seats, powers=["matter.read", "matter.enter"], place_id=seats.places[GRID].id)
    actor = read.actor_of_key(issued.text, NOW).actor
    assert (actor.kind, actor.person_id, actor.key_id) == (ActorKind.KEY, None, issued.key.id)
    assert actor.posts == {seats.clerk.id}
    assert actor.may("matter.read", GRID)
    assert not actor.may("matter.read", COMMUNITY)
    assert {grant.ends for grant in actor.grants} == {ENDS - timedelta(days=1)}


def test_a_power_taken_from_the_post_is_gone_from_the_key(seats):
    issued = made(seats, powers=["matter.read", "matter.enter"])
    PostKind.objects.filter(code="community_clerk").update(powers=["matter.read"])
    assert {grant.power for grant in read.actor_of_key(issued.text, NOW).actor.grants} == {"matter.read"}


@pytest.mark.parametrize(("days", "works"), [(0, True), (89, True), (90, False), (-1, False)])
def test_a_key_works_from_its_first_day_to_its_last(seats, days, works):
    issued = made(seats)
    assert (read.actor_of_key(issued.text, NOW + timedelta(days=days)) is not None) is works


def test_a_wrong_secret_opens_nothing(seats):
    issued = made(seats)
    mark, prefix, secret = issued.text.split("_")
    other = "0" * len(secret)
    assert read.actor_of_key(f"{mark}_{prefix}_{other}", NOW) is None
    assert read.actor_of_key("linli", NOW) is None


def test_a_key_of_a_closed_post_opens_nothing(seats):
    issued = made(seats)
    actions.close_post(by=FILLER, post_id=seats.clerk.id, on=DAY)
    assert read.actor_of_key(issued.text, NOW) is None


def test_a_key_taken_back_opens_nothing_at_once(seats):
    issued = made(seats)
    with pytest.raises(Refused, match="take a key back"):
        actions.revoke_key(by=staff("matter.read"), key_id=issued.key.id)
    actions.revoke_key(by=SYSTEM, key_id=issued.key.id)
    assert read.actor_of_key(issued.text, NOW) is None
    assert Entry.objects.get(event=Event.KEY_REVOKED).subject_id == issued.key.id
    with pytest.raises(Refused, match="already"):
        actions.revoke_key(by=SYSTEM, key_id=issued.key.id)
    with pytest.raises(Refused, match="not known"):
        actions.revoke_key(by=SYSTEM, key_id=uuid7())


def test_the_day_of_use_is_noted(seats):
    issued = made(seats)
    found = read.actor_of_key(issued.text, NOW)
    assert found.last_used_on is None
    actions.note_use(by=found.actor, key_id=found.id)
    assert read.actor_of_key(issued.text, NOW).last_used_on == DAY


def test_reading_a_key_is_one_query(seats, django_assert_num_queries):
    issued = made(seats)
    with django_assert_num_queries(1):
        read.actor_of_key(issued.text, NOW)
    with django_assert_num_queries(0):
        read.actor_of_key("not a key", NOW)


def test_the_table_holds_no_senseless_key(seats):
    row = made(seats).key
    for change in ({"powers": []}, {"ends": DAY}, {"revoked_by": person()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiKey.objects.filter(id=row.id).update(**change)
