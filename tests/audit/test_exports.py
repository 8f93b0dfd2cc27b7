"""A day of the record as a book, and who may take lists out at all."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from linli.audit.kinds import EXPORT, Event
from linli.audit.models import Entry
from linli.audit.policies import may_export, widest_export
from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor, Grant
from linli.kernel.ids import uuid7
from linli.matters.kinds import Power
from linli.people import actions as people
from linli.people.kinds import OpenedField, Purpose
from tests.books import cells, refused, sheet
from tests.notices.making import COMMUNITY, home, lives, person, place, serves

BOOK = "audit:day_xlsx"


def auditor_with(*powers: str) -> tuple[Client, Actor]:
    actor = serves(person("陈静"), "audit.read", "person.read", "person.open_field", *powers, at=place())
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(person_id=actor.person_id))
    return client, actor


def open_a_number(actor: Actor) -> None:
    wang = person("王小敏", phone="13800002201")
    lives(wang, home())
    people.open_field(by=actor, person_id=wang.pk, field=OpenedField.PHONE, purpose=Purpose.VISIT)


@pytest.mark.django_db
def test_the_book_names_its_filters_and_holds_nothing_of_a_resident():
    auditor, actor = auditor_with("export")
    open_a_number(actor)
    answer = auditor.get(reverse(BOOK), {"event": "people.field_opened"})
    rows = sheet(answer)
    day = Entry.objects.get(event="people.field_opened").at
    assert rows[1][0].endswith("，紫轩社区，looked at a masked number")
    assert len(rows) == 4
    assert rows[3][2:4] == ("looked at a masked number", "a resident")
    assert str(day.year) in str(rows[3][0])
    for whole in ("王小敏", "13800002201"):
        assert whole not in cells(answer)


@pytest.mark.django_db
def test_it_is_on_record_and_can_be_read_there():
    auditor, _actor = auditor_with("export")
    auditor.get(reverse(BOOK), {"day": "2026-01-05", "place": f"{COMMUNITY}b9/"})
    entry = Entry.objects.get(event=Event.EXPORTED)
    assert entry.place_path == f"{COMMUNITY}b9/"
    assert entry.data == {"list": "record", "filters": ["day", "place"], "rows": 0}
    page = auditor.get(reverse("audit:story", args=[entry.subject_id])).content.decode()
    assert "exported a list" in page
    assert "the record" in page


@pytest.mark.django_db
def test_without_the_power_it_stays():
    auditor, _actor = auditor_with()
    assert refused(auditor.get(reverse(BOOK)))
    assert reverse(BOOK) not in auditor.get(reverse("audit:day")).content.decode()


@pytest.mark.django_db
def test_the_power_reaches_no_further_than_its_place():
    auditor, _actor = auditor_with("export")
    assert refused(auditor.get(reverse(BOOK), {"place": "/620201/"}))
    assert reverse(BOOK) in auditor.get(reverse("audit:day")).content.decode()


def exporter(*paths: str) -> Actor:
    return Actor(uuid7(), tuple(Grant(EXPORT, path) for path in paths))


@pytest.mark.parametrize(
    ("actor", "path", "allowed"),
    [
        (exporter(COMMUNITY), COMMUNITY, True),
        (exporter(COMMUNITY), f"{COMMUNITY}b9/", True),
        (exporter(COMMUNITY), "/620201/", False),
        (exporter("/"), "", False),
        (Actor(uuid7(), (Grant("audit.read", COMMUNITY),)), COMMUNITY, False),
        (ANONYMOUS, COMMUNITY, False),
        (SYSTEM, COMMUNITY, False),
    ],
)
def test_who_may_export(actor: Actor, path: str, allowed: bool) -> None:
    decision = may_export(actor, path)
    assert bool(decision) is allowed
    if not decision:
        assert str(decision) == "Your post does not include exporting lists of this place."


def test_the_widest_place() -> None:
    assert widest_export(exporter(f"{COMMUNITY}b9/", COMMUNITY)) == COMMUNITY
    assert widest_export(exporter()) == ""


def test_the_power_is_the_one_of_matters() -> None:
    assert Power.EXPORT == EXPORT


@pytest.mark.django_db
def test_the_page_links_to_the_same_day_and_place():
    auditor, _actor = auditor_with("export")
    page = auditor.get(reverse("audit:day"), {"day": "2026-01-05", "event": "people.edited"})
    assert f'href="{reverse(BOOK)}?day=2026-01-05&amp;event=people.edited"' in page.content.decode()
