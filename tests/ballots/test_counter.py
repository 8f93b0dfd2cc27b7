"""Who has no phone objects at the counter: found in the register, in the same days, told what comes of it."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from linli.audit.models import Entry
from linli.ballots.actions import preparing
from linli.ballots.kinds import Event, Ruling
from linli.kernel import clock
from linli.kernel.decision import Refused
from linli.notices.models import Delivery
from linli.people.models import Person
from tests import world
from tests.ballots import entrance
from tests.ballots.entrance import MORNING, Entrance

SAID = "我家也在这个单元，名册上没有我"


def at_desk(built: Entrance, key: str) -> Client:
    """Somebody of the staff at their screen."""
    world.open_account(built.world, key)
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(person_id=built.world.persons[key]))
    return client


def shown(response: Any) -> str:
    assert response.status_code == 200, response.content.decode()
    return unescape(response.content.decode())


def test_an_objection_at_the_counter_is_theirs_and_says_who_wrote_it_down(built: Entrance) -> None:
    row, old = entrance.announced(built), built.world.persons["old-liu"]
    clerk = built.staff("clerk")
    with clock.at(MORNING + timedelta(days=5)):
        made = preparing.note_objection(by=clerk, ballot_id=row.pk, person_id=old, words=f" {SAID} ")
        assert (made.person_id, made.noted_by_id, made.words) == (old, clerk.person_id, SAID)
        entry = Entry.objects.get(event=Event.OBJECTED.value)
        assert (entry.actor_id, entry.data) == (clerk.person_id, {"at_counter": True})
        preparing.rule_on_objection(
            by=clerk, objection_id=made.pk, ruling=Ruling.DISMISSED, words="户口不在这里"
        )
    told = Delivery.objects.filter(notice__person_id=old, notice__subject_id=row.pk).order_by("at").last()
    assert told is not None, "who has no phone of their own is called"
    assert (told.channel, told.state) == ("call", "waiting")


def test_the_same_days_hold_at_the_counter(built: Entrance) -> None:
    row, old = entrance.announced(built), built.world.persons["old-liu"]
    with (
        clock.at(MORNING + timedelta(days=6)),
        pytest.raises(Refused, match="could be made until 2026-11-21"),
    ):
        preparing.note_objection(by=built.staff("clerk"), ballot_id=row.pk, person_id=old, words=SAID)


def test_only_staff_who_may_look_residents_up_and_only_for_people_of_the_register(built: Entrance) -> None:
    row, old = entrance.announced(built), built.world.persons["old-liu"]
    stranger = world.add_person(built.world, "stranger", "外来客")
    with clock.at(MORNING):
        with pytest.raises(Refused, match="does not include ballots of this place"):
            preparing.note_objection(by=built.owner("601"), ballot_id=row.pk, person_id=old, words=SAID)
        with pytest.raises(Refused, match="not known here"):
            preparing.note_objection(
                by=built.staff("clerk"), ballot_id=row.pk, person_id=stranger, words=SAID
            )
        with pytest.raises(Refused, match="Say what is wrong"):
            preparing.note_objection(by=built.staff("clerk"), ballot_id=row.pk, person_id=old, words=" ")


def test_the_page_finds_somebody_masked_and_writes_it_down(built: Entrance) -> None:
    row, client = entrance.announced(built), at_desk(built, "clerk")
    address = reverse("ballots_desk:counter", args=[row.pk])
    person = Person.objects.get(pk=built.world.persons["601"])
    with clock.at(MORNING):
        assert address in shown(client.get(reverse("ballots_desk:roll", args=[row.pk])))
        page = shown(client.get(address, {"q": "住户601"}))
        assert f"?person={person.pk}" in page
        assert person.name not in page.replace('value="住户601"', ""), "the name stays masked"
        assert "registered first" in shown(client.get(address, {"q": "查无此人"}))
        chosen = shown(client.get(address, {"person": str(person.pk)}))
        assert "What is wrong with the roll" in chosen
        assert client.post(address, {"person": "", "words": SAID}).status_code == 422
        assert client.post(address, {"person": str(person.pk), "words": ""}).status_code == 422
        gone = client.post(address, {"person": str(person.pk), "words": SAID})
        assert gone.status_code == 302
        assert "written down by" in shown(client.get(reverse("ballots_desk:roll", args=[row.pk])))
    assert row.objections.get().person_id == person.pk
    with clock.at(MORNING + timedelta(days=6)):
        assert client.get(address).status_code == 409
        assert address not in shown(client.get(reverse("ballots_desk:roll", args=[row.pk])))
