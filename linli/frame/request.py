"""The id of the request being answered, for logs, error pages and the audit record."""

from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The current request's id, or an empty string in a job or command."""
    return _request_id.get()


def set_request_id(value: str) -> None:
    """Name the request being answered in this context."""
    _request_id.set(value)
