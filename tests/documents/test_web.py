"""How a file leaves the house, and the door for drafts."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from linli.documents import read, rules, web
from linli.documents.actions import store
from linli.documents.models import Draft
from linli.kernel.actor import SYSTEM
from linli.people.models import Account, Person
from tests.documents.files import PDF, opened, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.DOCUMENTS_ROOT = tmp_path / "documents"


@pytest.fixture
def someone() -> Person:
    person = Person.objects.create(name="张三", name_key="zhang")
    Account.objects.create(person=person, phone_index="x")
    return person


@pytest.fixture
def client(someone) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(get_user_model().objects.get(person=someone))
    return client


def test_a_picture_is_shown_with_headers_that_let_it_do_nothing():
    file = store(by=SYSTEM, content=picture("PNG"), name='路灯".png')
    response = web.serve(file)
    assert (response["Content-Type"], response.content) == ("image/png", read.bytes_of(file))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"].startswith("private")
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''%E8%B7%AF")


def test_the_small_copy_is_a_jpeg_and_a_picture_can_be_saved():
    file = store(by=SYSTEM, content=picture("WEBP", (900, 600)), name="a.webp")
    small = web.serve(file, thumbnail=True)
    assert small["Content-Type"] == "image/jpeg"
    assert opened(small.content).size == (320, 213)
    assert web.serve(file, download=True)["Content-Disposition"] == 'attachment; filename="a.webp"'


@pytest.mark.parametrize("thumbnail", [False, True])
def test_a_pdf_is_saved_and_never_shown(thumbnail):
    response = web.serve(store(by=SYSTEM, content=PDF, name="a.pdf"), thumbnail=thumbnail)
    assert response["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert (response["Content-Type"], response.content) == ("application/pdf", rules.examine(PDF).content)


def test_what_is_typed_is_kept_without_the_tokens(client, someone):
    address = reverse("documents:draft", args=["matter-new"])
    typed = {"title": "路灯", "tags": ["a", "b"], "csrfmiddlewaretoken": "t", "idempotency_key": "k"}
    answer = client.post(address, typed)
    assert (answer.status_code, answer.content) == (204, b"")
    draft = read.draft_of(someone.pk, "matter-new")
    assert draft is not None
    assert json.loads(draft.body) == {"title": ["路灯"], "tags": ["a", "b"]}


def test_a_form_emptied_again_keeps_no_draft(client):
    address = reverse("documents:draft", args=["matter-new"])
    client.post(address, {"title": "路灯"})
    client.post(address, {"title": ""})
    assert not Draft.objects.exists()


def test_too_much_is_refused(client):
    address = reverse("documents:draft", args=["matter-new"])
    assert client.post(address, {"body": "字" * 23_000}).status_code == 422
    assert client.post(address, {"body": "x" * 65_540}).status_code == 422
    assert not Draft.objects.exists()


def test_the_door_is_for_people_signed_in_and_for_sending_only(client):
    address = reverse("documents:draft", args=["matter-new"])
    assert Client().post(address, {"title": "x"}).status_code == 302
    assert client.get(address).status_code == 405
    assert client.post(reverse("documents:draft", args=["FORM"]), {"title": "x"}).status_code == 422
    assert not Draft.objects.exists()
