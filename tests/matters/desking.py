"""Staff at their desks, for tests of the desk's pages."""

from html import unescape

from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import world as worlds
from tests.world import World

MOST_QUERIES = 8


def desk(world: World, key: str, language: str = "en") -> Client:
    """The browser of somebody signed in."""
    client = Client(headers={"accept-language": language})
    accounts = get_user_model().objects.filter(person_id=world.persons[key])
    if not accounts.exists():
        worlds.open_account(world, key)
    client.force_login(accounts.get())
    return client


def shown(response: HttpResponse, status: int = 200) -> str:
    """The page's text, entities read."""
    assert response.status_code == status, unescape(response.content.decode())[-1500:]
    return unescape(response.content.decode())


def sent(response: HttpResponse) -> str:
    """Where an accepted form leads."""
    assert response.status_code == 302, unescape(response.content.decode())[-1500:]
    return response["Location"]


def queries(client: Client, path: str) -> int:
    """How many queries a page makes once everything that is kept between requests is warm.

    What is kept for a minute may grow old between two looks: the lesser of two counts. What this test wrote
    counts as committed: until then a process keeps nothing of it.
    """
    connection.run_on_commit.clear()
    assert client.get(path).status_code == 200
    return min(_look(client, path), _look(client, path))


def _look(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as made:
        client.get(path)
    return len(made)
