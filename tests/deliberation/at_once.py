"""Several people at once: each act in a thread and a connection of its own, on the same day."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from linli.kernel.decision import Refused
from tests.world import on


def together(day: str, *acts: Callable[[], object]) -> list[str]:
    """What came of each: empty where it went through, else the reason."""

    def tried(act: Callable[[], object]) -> str:
        try:
            with on(day):
                act()
        except Refused as refused:
            return refused.reason
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(tried, acts))
