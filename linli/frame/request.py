"""What belongs to the request being answered: its id, and answers that are read once while a page is."""

import functools
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

_request_id: ContextVar[str] = ContextVar("request_id", default="")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


def current_request_id() -> str:
    """The current request's id, or an empty string in a job or command."""
    return _request_id.get()


def set_request_id(value: str) -> None:
    """Name the request being answered in this context."""
    _request_id.set(value)


def remembered(read: Callable[P, T]) -> Callable[P, T]:
    """A read whose answer stays as long as one page is put together: asked again, it is not read again.

    Only where nothing is done (`remembering`). In acts, jobs and commands every question is read anew: nobody
    decides on what was so before their own act. The answer is shared: whoever gets it leaves it as it is.
    """

    @functools.wraps(read)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        answers = _answers.get()
        if answers is None:
            return read(*args, **kwargs)
        question = (read, args, tuple(kwargs.items()))
        if question not in answers:
            answers[question] = read(*args, **kwargs)
        return cast(T, answers[question])

    return asked


@contextmanager
def remembering() -> Iterator[None]:
    """Remember what is read within the block, and forget it after."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)
