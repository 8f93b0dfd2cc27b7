"""What is read once while a page is put together, and read anew where something is done."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from linli.frame.middleware import reading
from linli.frame.request import remembered, remembering


class Register:
    """Counts how often it is looked into."""

    def __init__(self) -> None:
        self.looked = 0
        self.home = remembered(self._home)

    def _home(self, person: str, on: int = 1) -> str:
        self.looked += 1
        return f"{person} {on}"


def test_the_same_question_is_read_once_in_a_block() -> None:
    register = Register()
    with remembering():
        assert [register.home("wang"), register.home("wang"), register.home("chen")] == [
            "wang 1",
            "wang 1",
            "chen 1",
        ]
        assert register.home("wang", on=2) == "wang 2", "another day is another question"
    assert register.looked == 3


def test_it_is_forgotten_after_the_block() -> None:
    register = Register()
    for _page in range(2):
        with remembering():
            register.home("wang")
    assert register.looked == 2


def test_outside_every_question_is_read_anew() -> None:
    register = Register()
    register.home("wang")
    register.home("wang")
    assert register.looked == 2


@pytest.mark.parametrize(("method", "looked"), [("GET", 1), ("HEAD", 1), ("POST", 2), ("DELETE", 2)])
def test_whoever_does_something_sees_what_is_so_now(method: str, looked: int) -> None:
    register = Register()

    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(register.home("wang") + register.home("wang"))

    reading(page)(RequestFactory().generic(method, "/"))
    assert register.looked == looked
