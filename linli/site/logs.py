"""Structured logs: one JSON object a line in production, coloured words in the demo.

A line names events, ids and durations. It never holds request bodies, query strings, names, phone or ID
numbers: `masked` drops every value under a key that is not on the list below, whoever logged it.
"""

import logging
import os
import re
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

SAFE_KEYS = frozenset(
    {
        "event", "event_kind", "level", "logger", "timestamp", "request_id", "method", "path", "status",
        "milliseconds", "kind", "job", "job_id", "queue", "task", "attempts", "table", "count", "entry",
        "matter", "order", "post", "place", "batch", "version", "pid", "port", "address", "signal",
        "reason", "error", "exc_info", "exception", "stack_info", "seconds", "size", "locale",
        "installation",
    }
)  # fmt: skip
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


def masked(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop values under unknown keys and anything that looks like a phone or ID number."""
    return {key: _mask(value) for key, value in event.items() if key in SAFE_KEYS or key.startswith("_")}


def _mask(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return PHONE.sub("[phone]", ID_NUMBER.sub("[id number]", value))


def _path_only(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Query strings hold what people searched for: keep the path alone."""
    if isinstance(event.get("path"), str):
        event["path"] = event["path"].partition("?")[0]
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _path_only,
    masked,
]


def formatter(*, json: bool) -> dict[str, Any]:
    """The logging formatter for lines of structlog and of the standard library alike."""
    shown: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if json:
        # Local variables hold people's words: a traceback names places in the code and nothing else.
        places = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        shown += [structlog.processors.ExceptionRenderer(places)]
        shown += [structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        shown.append(
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
        )
    return {"()": structlog.stdlib.ProcessorFormatter, "foreign_pre_chain": SHARED, "processors": shown}


def configure() -> None:
    """Send structlog's lines through the standard library, so that there is one stream."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


configure()

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": formatter(json=os.environ.get("LINLI_DEMO", "").lower() not in ("1", "true", "yes", "on"))
    },
    "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stream"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": [], "propagate": False, "level": "INFO"},
        # Django logs refused requests as warnings with the request object: the middleware's line says enough.
        "django.request": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
        "fontTools": {"level": "ERROR"},
        "pypdf": {"level": "ERROR"},  # warns of every flaw of a file somebody sent
    },
}


def get(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for a module: `log = logs.get(__name__)`."""
    return structlog.stdlib.get_logger(name)


def quiet() -> None:
    """Command line use: warnings and worse only."""
    logging.getLogger().setLevel(logging.WARNING)
