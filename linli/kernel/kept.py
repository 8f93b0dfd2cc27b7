"""What a process reads once and keeps for a while: settings that are few, often asked, seldom changed."""

import threading
from collections.abc import Callable
from time import monotonic
from typing import Final, Generic, TypeVar

MINUTE: Final = 60.0

T = TypeVar("T")


class Kept(Generic[T]):
    """The answer of `read`, asked again after so many seconds or once forgotten.

    Another process sees a change when its own answer has grown old; the one that made it calls `forget`.
    """

    def __init__(
        self, read: Callable[[], T], *, seconds: float = MINUTE, time: Callable[[], float] = monotonic
    ) -> None:
        self._read, self._seconds, self._time = read, seconds, time
        self._lock = threading.Lock()
        self._answer: tuple[float, T] | None = None

    def __call__(self) -> T:
        """The answer, at most so many seconds old."""
        with self._lock:
            answer = self._answer
        if answer is not None and self._time() - answer[0] < self._seconds:
            return answer[1]
        found = self._read()
        with self._lock:
            self._answer = self._time(), found
        return found

    def forget(self) -> None:
        """Read anew at the next question."""
        with self._lock:
            self._answer = None
