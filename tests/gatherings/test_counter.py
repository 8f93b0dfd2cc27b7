"""An objection to what is posted, said at the counter by somebody without a phone."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from linli.audit.models import Entry
from linli.gatherings import actions
from linli.gatherings.kinds import Event
from linli.gatherings.models import Posting
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.notices.models import Delivery
from linli.people.actions import residence
from tests import world as worlds
from tests.gatherings import meeting as making
from tests.world import World, on

SAID = "灯太亮，照到我家卧室"


def posted(world: World) -> Posting:
    """What a public meeting resolved, up for a week."""
    meeting = making.opened(world, making.body(world), "secretary", "clerk", "grid")
    making.resolved(world, meeting)
    return making.posted(world, making.published(world, meeting))


def after(posting: Posting) -> str:
    """The day after its last one."""
    return (posting.ends + timedelta(days=1)).isoformat()


def shown(response: Any) -> str:
    assert response.status_code == 200, response.content.decode()
    return unescape(response.content.decode())


def test_the_counter_writes_down_and_the_answer_reaches_them(world: World) -> None:
    posting, old, clerk = posted(world), world.persons["old-liu"], world.actor("clerk")
    objection = actions.note_objection(by=clerk, posting_id=posting.pk, person_id=old, text=SAID)
    assert (objection.person_id, objection.noted_by_id) == (old, clerk.person_id)
    entry = Entry.objects.get(event=Event.OBJECTED.value)
    assert (entry.actor_id, entry.data) == (clerk.person_id, {"at_counter": True})
    with pytest.raises(Refused, match="They have already objected"):
        actions.note_objection(by=clerk, posting_id=posting.pk, person_id=old, text=SAID)
    actions.answer(by=clerk, objection_id=objection.pk, text="灯罩朝路")
    told = Delivery.objects.get(notice__person_id=old, notice__topic="objection_answered")
    assert (told.channel, told.state) == ("call", "waiting")


def test_the_counter_keeps_the_rules_of_the_page(world: World) -> None:
    posting, old, clerk = posted(world), world.persons["old-liu"], world.actor("clerk")
    stranger = worlds.add_person(world, "stranger", "外来客")
    with pytest.raises(Refused, match="live here or own a home"):
        actions.note_objection(by=clerk, posting_id=posting.pk, person_id=stranger, text=SAID)
    with pytest.raises(Refused, match="does not include answering"):
        actions.note_objection(by=world.actor("wang"), posting_id=posting.pk, person_id=old, text=SAID)
    with on(after(posting)), pytest.raises(Refused, match="could be made until"):
        actions.note_objection(by=clerk, posting_id=posting.pk, person_id=old, text=SAID)
    with on(posting.ends.isoformat()):
        actions.note_objection(by=clerk, posting_id=posting.pk, person_id=old, text=SAID)


def test_the_page_finds_an_owner_who_lives_elsewhere(world: World) -> None:
    posting = posted(world)
    owner = worlds.add_person(world, "owner", "欧阳远")
    residence.note_holding(by=SYSTEM, person_id=owner, home_id=world.place("home"), starts=worlds.BEGAN)
    worlds.open_account(world, "clerk")
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(person_id=world.persons["clerk"]))
    board = reverse("gatherings_desk:posting", args=[posting.pk])
    address = reverse("gatherings_desk:counter", args=[posting.pk])
    assert address in shown(client.get(board))
    page = shown(client.get(address, {"q": "欧阳"}))
    assert f"?person={owner}" in page
    assert "欧阳远" not in page
    assert client.post(address, {"text": SAID}).status_code == 422
    assert client.post(address, {"person": str(owner), "text": SAID}).status_code == 302
    assert client.post(address, {"person": str(owner), "text": SAID}).status_code == 422
    assert "written down by" in shown(client.get(board))
    with on(after(posting)):
        assert address not in shown(client.get(board))
