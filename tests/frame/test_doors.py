"""What doors share: done once, said and gone on; refusals told in a form; ids that forms send."""

from uuid import UUID

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.translation import gettext_lazy

from linli.frame.doors import done, id_sent, told_in
from linli.kernel.actor import ANONYMOUS
from linli.kernel.decision import CONFLICT, FORBIDDEN, UNPROCESSABLE, Refused

KEY = UUID(int=7)


def posted(**sent: str) -> HttpRequest:
    request = RequestFactory().post("/", sent)
    request.actor = ANONYMOUS  # type: ignore[attr-defined]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def said(request: HttpRequest) -> list[str]:
    return [str(message) for message in get_messages(request)]


def test_it_goes_where_the_act_or_the_caller_says() -> None:
    request = posted()
    assert done(request, lambda: "/made/", "Made.")["Location"] == "/made/"
    assert done(request, lambda: KEY, "Made.", to="/all/")["Location"] == "/all/"
    assert done(request, lambda: KEY, "Made.", to=lambda key: f"/{key.int}/")["Location"] == "/7/"
    assert said(request) == ["Made."] * 3


def test_what_came_of_it_is_asked_for_afterwards() -> None:
    request, told = posted(), []
    done(request, lambda: told.append("Three were told."), lambda: told[0], to="/")
    assert said(request) == ["Three were told."]


def test_words_translated_later_are_said_too() -> None:
    request = posted()
    done(request, lambda: "/", gettext_lazy("Name"))
    assert [message.message for message in get_messages(request)] == [gettext_lazy("Name")]


def test_nothing_is_said_of_what_was_refused() -> None:
    request = posted()

    def refuse() -> str:
        raise Refused("It has moved on.", status=CONFLICT)

    with pytest.raises(Refused):
        done(request, refuse, "Made.")
    assert said(request) == []


class Words(forms.Form):
    text = forms.CharField()


@pytest.mark.parametrize(
    ("status", "conflicts", "is_told"),
    [
        (UNPROCESSABLE, False, True),
        (UNPROCESSABLE, True, True),
        (CONFLICT, True, True),
        (CONFLICT, False, False),
        (FORBIDDEN, True, False),
    ],
)
def test_which_refusals_are_told_in_the_form(status: int, conflicts: bool, is_told: bool) -> None:
    form = Words({"text": "路灯"})
    refusal = Refused("At most %(most)s.", {"most": 3}, status=status)
    if is_told:
        told_in(form, refusal, field="text", conflicts=conflicts)
        assert form.errors == {"text": ["At most 3."]}
    else:
        with pytest.raises(Refused) as raised:
            told_in(form, refusal, conflicts=conflicts)
        assert raised.value is refusal


def test_an_id_a_form_sent() -> None:
    otherwise = Refused("Choose somebody.", status=UNPROCESSABLE)
    assert id_sent(posted(person=f" {KEY} "), "person", otherwise) == KEY
    for request in (posted(), posted(person="nobody")):
        with pytest.raises(Refused, match="Choose somebody"):
            id_sent(request, "person", otherwise)
