"""Waiting for something outside this process to happen, without guessing how long it takes."""

import threading
from collections.abc import Callable


def until(happened: Callable[[], bool], seconds: float = 60) -> None:
    """Ask again every 50 ms until it has happened; fails when it has not within the time."""
    pause = threading.Event()
    for _ in range(int(seconds * 20)):
        if happened():
            return
        pause.wait(0.05)
    raise AssertionError(f"did not happen within {seconds} seconds")
