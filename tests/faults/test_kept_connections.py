"""Browsers keep connections open for later: those that ask nothing must keep nobody out."""

from contextlib import ExitStack, closing
from http.client import HTTPConnection

from tests.serving import LiveServer

KEPT = 200  # some thirty browsers with six connections each


def test_connections_that_ask_nothing_keep_nobody_out(live_server: LiveServer) -> None:
    with ExitStack() as open_at_once:
        for _each in range(KEPT):
            connection = open_at_once.enter_context(
                closing(HTTPConnection("127.0.0.1", live_server.port, timeout=10))
            )
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            answer.read()
            assert (answer.status, answer.will_close) == (200, False)
