"""What goes wrong below /api/: application/problem+json (RFC 9457), in the reader's language."""

import json
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from linli.frame.request import current_request_id

Answer = Callable[[HttpRequest], HttpResponse]

BELOW = "/api/"
MEDIA_TYPE = "application/problem+json"
PROBLEM_TITLES: Mapping[int, str] = {
    400: "This request cannot be read",
    401: "A key is needed",
    403: "Not allowed",
    404: "Not there",
    405: "Not possible here",
    409: "Something has changed meanwhile",
    413: "Too large",
    415: "Not JSON",
    422: "Something in it is not right",
    429: "Too many tries",
    500: "Our fault",
    503: "Away for a moment",
}
PROBLEM_WORDS: Mapping[int, str] = {
    400: "What arrived cannot be read. Send JSON in UTF-8, without NUL characters, not nested endlessly.",
    401: "Send a key that is in force: Authorization: Bearer linli_…",
    403: "This key is not for this.",
    404: "There is nothing at this address, or nothing this key may see.",
    405: "This address does not answer this method; the header Allow names those it answers.",
    409: "It is not as it was when you looked. Read it again before acting.",
    413: "At most %(most)s bytes can be sent at once.",
    415: "Send JSON, and say so: Content-Type: application/json",
    422: "One or more values are not right; `errors` names each and says why.",
    429: "Too many wrong tries from here. Wait a minute and try again.",
    500: "Something went wrong on our side. Tell whoever runs Linli the request id.",
    503: "The database is away for a moment; nothing was saved. Try again.",
}
# What pydantic finds wrong with a value, by its own name for it.
VALIDATION_WORDS: Mapping[str, str] = {
    "missing": "This is missing.",
    "extra_forbidden": "This is not known here.",
    "string_type": "A text is needed.",
    "string_unicode": "Some characters here could not be read. Please write them again.",
    "string_too_short": "Please write something here.",
    "string_too_long": "This is too long: at most %(max_length)s characters.",
    "string_pattern_mismatch": "This is not written as it should be.",
    "enum": "One of these is needed: %(expected)s",
    "literal_error": "One of these is needed: %(expected)s",
    "bool_type": "true or false is needed.",
    "bool_parsing": "true or false is needed.",
    "int_type": "A whole number is needed.",
    "int_parsing": "A whole number is needed.",
    "int_parsing_size": "A whole number is needed.",
    "greater_than_equal": "At least %(ge)s is needed.",
    "less_than_equal": "At most %(le)s is possible.",
    "date": "A day is needed, like 2026-11-21.",
    "uuid": "An id is needed, as it was given here.",
    "other": "This cannot be understood.",
}


def problem(
    status: int,
    detail: str = "",
    *,
    errors: Iterable[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """An answer that says what is wrong; without `detail` in the words usual for the status."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": _(PROBLEM_TITLES.get(status) or HTTPStatus(status).phrase),
        "status": status,
        "detail": detail or _(PROBLEM_WORDS.get(status) or PROBLEM_WORDS[400]),
        "request_id": current_request_id(),
    }
    named = list(errors)
    if named:
        told["errors"] = named
    body = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    response = HttpResponse(body, status=status, content_type=MEDIA_TYPE, headers=headers)
    response["Cache-Control"] = "no-store"
    return response


def validation_words(fault: Mapping[str, Any]) -> str:
    """One of pydantic's findings in the reader's language; its own errors bring their msgid along."""
    kind, context = str(fault.get("type", "")), fault.get("ctx") or {}
    msgid = str(fault["msg"]) if kind == "linli" else VALIDATION_WORDS.get(kind)
    if msgid is None:
        msgid = VALIDATION_WORDS["date" if "date" in kind else "uuid" if "uuid" in kind else "other"]
    text = _(msgid)
    return text % context if context and "%(" in text else text


def path_of(fault: Mapping[str, Any]) -> str:
    """Where in the request it is: `body.raiser.phone`, `query.limit`, `header.Idempotency-Key`.

    After `body` comes the name our function gives the body, which says nothing to the sender.
    """
    parts = [str(part) for part in fault.get("loc", ())]
    shown = [part for number, part in enumerate(parts) if not (number == 1 and parts[0] == "body")]
    return ".".join("".join(filter(str.isprintable, part))[:60] for part in shown)


def for_machines(get_response: Answer) -> Answer:
    """Below /api/ what was going to be a page of refusal or fault becomes a problem of the same status."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        below = request.path_info.startswith(BELOW)
        if not below or response.status_code < 400 or response["Content-Type"] == MEDIA_TYPE:
            return response
        kept = {name: response[name] for name in ("Allow", "Retry-After") if name in response}
        # This stands outside the middleware that chooses the language, which an early fault never reached.
        with translation.override(translation.get_language_from_request(request)):
            return problem(response.status_code, headers=kept)

    return middleware
