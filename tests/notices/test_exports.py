"""Announcements, and calls and slips that wait, as books."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from linli.audit.models import Entry
from linli.kernel.actor import SYSTEM
from linli.notices import actions
from linli.notices.kinds import Event, Power, Topic
from linli.people.kinds import Power as PersonPower
from tests.books import cells, refused, sheet
from tests.notices.making import COMMUNITY, home, lives, person, place, serves

pytestmark = pytest.mark.django_db
ANNOUNCED, WAITING = "notices_desk:announcements_xlsx", "notices_desk:calls_xlsx"


def clerk_with(*powers: str) -> tuple[Client, object]:
    actor = serves(person("陈静"), Power.WRITE, PersonPower.READ, *powers, at=place())
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(person_id=actor.person_id))
    return client, actor


def somebody_to_call() -> None:
    wang = person("王小敏", reach="call", phone="13800002201")
    lives(wang, home())
    told = {"title": "楼道的灯", "number": "JS-1"}
    actions.notify(
        Topic.MATTER_RECEIVED, by=SYSTEM, to=[wang.pk], params=told, url="/", subject=place(),
        place_path=f"{COMMUNITY}b9/",
    )  # fmt: skip


def test_the_book_of_announcements_names_its_state_and_is_on_record():
    clerk, actor = clerk_with("export")
    actions.draft_announcement(by=actor, place_id=place().pk, title="停水通知", body="明天停水。", until=None)
    rows = sheet(clerk.get(reverse(ANNOUNCED), {"state": "draft"}))
    assert rows[1][0] == "紫轩社区，Draft"
    assert rows[3][:3] == ("停水通知", "紫轩社区", "Draft")
    assert len(sheet(clerk.get(reverse(ANNOUNCED), {"state": "published"}))) == 3
    first = Entry.objects.filter(event=Event.EXPORTED).earliest("at", "id")
    assert (first.place_path, first.data) == (
        COMMUNITY,
        {"list": "announcements", "filters": ["state"], "rows": 1},
    )


def test_the_book_of_calls_is_masked_names_its_filter_and_is_on_record():
    clerk, _actor = clerk_with("export")
    somebody_to_call()
    answer = clerk.get(reverse(WAITING), {"channel": "call"})
    rows = sheet(answer)
    assert rows[1][0] == "紫轩社区，To call"
    assert rows[3][:3] == ("To call", "王**", "138****2201")
    for whole in ("王小敏", "13800002201", "楼道的灯"):
        assert whole not in cells(answer)
    entry = Entry.objects.get(event=Event.EXPORTED)
    assert entry.data == {"list": "calls", "filters": ["channel"], "rows": 1}


def test_calls_and_slips_stand_in_one_book_when_neither_is_named():
    clerk, _actor = clerk_with("export")
    somebody_to_call()
    assert sheet(clerk.get(reverse(WAITING)))[1][0] == "紫轩社区，To call、To print"
    assert len(sheet(clerk.get(reverse(WAITING), {"channel": "slip"}))) == 3


@pytest.mark.parametrize(
    ("book", "page"),
    [
        (ANNOUNCED, "notices_desk:announcements"),
        (WAITING, "notices_desk:calls"),
        (WAITING, "notices_desk:slips"),
    ],
)
def test_only_with_the_power(book, page):
    clerk, _actor = clerk_with()
    assert refused(clerk.get(reverse(book)))
    assert reverse(book) not in clerk.get(reverse(page)).content.decode()
    assert not Entry.objects.filter(event=Event.EXPORTED).exists()


@pytest.mark.parametrize(
    ("book", "page"),
    [
        (ANNOUNCED, "notices_desk:announcements"),
        (WAITING, "notices_desk:calls"),
        (WAITING, "notices_desk:slips"),
    ],
)
def test_the_page_links_to_its_book(book, page):
    clerk, _actor = clerk_with("export")
    assert reverse(book) in clerk.get(reverse(page)).content.decode()
