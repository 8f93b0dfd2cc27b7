"""Pages for what goes wrong say the request's number, and two installations keep their cookies apart."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from linli.kernel.decision import CONFLICT, FORBIDDEN, UNPROCESSABLE, Refused
from linli.site import urls
from linli.site.urls import handler400, handler403, handler404, handler500
from tests.environment import ROOT

__all__ = ["handler400", "handler403", "handler404", "handler500"]

COOKIES = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME")


def breaks(request: HttpRequest) -> HttpResponse:
    """A fault of our own."""
    raise ZeroDivisionError("张三 13812345678")


def forbids(request: HttpRequest) -> HttpResponse:
    """Not for whoever asks."""
    raise PermissionDenied


def refuses(request: HttpRequest, status: int) -> HttpResponse:
    """A rule says no."""
    raise Refused("It has moved on.", status=status)


urlpatterns = [
    path("breaks/", breaks),
    path("forbids/", forbids),
    path("refuses/<int:status>/", refuses),
    *urls.urlpatterns,
]


@pytest.fixture
def client(settings: Any, db: None) -> Client:
    """The site with some pages more, its faults answered and not raised; tokens are asked for."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("method", "address", "status", "says"),
    [
        ("get", "/nowhere/", 404, "这里没有这一页"),
        ("get", "/forbids/", 403, "这一页您看不了"),
        ("post", "/sign-in/", 403, "这一页开得太久了"),
        ("get", "/breaks/", 500, "我们这边出了点问题"),
        ("get", f"/refuses/{FORBIDDEN}/", FORBIDDEN, "It has moved on."),
        ("get", f"/refuses/{CONFLICT}/", CONFLICT, "It has moved on."),
        ("get", f"/refuses/{UNPROCESSABLE}/", UNPROCESSABLE, "It has moved on."),
    ],
)
def test_an_error_page_says_the_number_to_call_about(
    client: Client, method: str, address: str, status: int, says: str
) -> None:
    answer = getattr(client, method)(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert says in page
    number = answer["X-Request-Id"]
    assert len(number) >= 8
    assert page.count(number) == 1
    assert "13812345678" not in page
    again = getattr(client, method)(address)
    assert number not in again.content.decode(), "each request has its own"


def test_two_installations_do_not_sign_each_other_out() -> None:
    program = (
        "from django.conf import settings as s\n"
        f"print(*(getattr(s, name) for name in {COOKIES!r}))"
    )  # fmt: skip
    named = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=os.environ | {"LINLI_INSTALLATION": name},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for name in ("first1", "second2")
    ]
    assert [len(names) for names in named] == [3, 3]
    assert len({*named[0], *named[1]}) == 6, "not one name in common"
