"""The site in processes of its own, on a free port of the loopback address."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from linli.site import launch
from linli.site.config import load
from tests.visitor import Visitor

FIRST_PORT = 18000


@dataclass(frozen=True)
class LiveServer:
    """Where the site answers."""

    url: str
    port: int
    part: launch.Part


@pytest.fixture(scope="session")
def server_process(django_db_setup: None) -> Iterator[LiveServer]:
    """One server for the whole run; its connections survive the database being cloned anew."""
    settings = load()
    env = {"LINLI_DEMO": "1", "LINLI_POOL": "4", "LINLI_WORKERS": "1"}
    with launch.port_of_ours("127.0.0.1", FIRST_PORT, fixed=False) as port:
        part = launch.server(settings, port, env)
        with launch.running([part]):
            url = f"http://127.0.0.1:{port}"
            launch.wait_ready(url, "127.0.0.1", [part])
            yield LiveServer(url, port, part)


@pytest.fixture
def live_server(server_process: LiveServer, committed_db: None) -> LiveServer:
    """The running site with a database that is set back after the test."""
    return server_process


@pytest.fixture
def visitor(live_server: LiveServer) -> Callable[[], Visitor]:
    """Makes HTTP clients with cookies of their own: `visitor()`."""
    return lambda: Visitor(live_server.url)
