"""The description of /api/ as OpenAPI: what the framework derives, and every answer that may come besides."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.frame.api import KEY, KEY_FORM, MOST_BYTES
from linli.frame.problems import MEDIA_TYPE, PROBLEM_TITLES, PROBLEM_WORDS
from linli.site.api import api

ALWAYS: Final = (400, 401, 403, 429, 500, 503)
WRITING: Final = (409, 413, 422)
PROBLEM: Final = {
    "title": "Problem",
    "description": "What went wrong (RFC 9457), in the language of Accept-Language.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "The reason, fit to show to whoever asked."},
        "request_id": {"type": "string", "description": "Leads to the line of the log."},
        "errors": {
            "type": "array",
            "description": "For 422: what is wrong where.",
            "items": {
                "type": "object",
                "required": ["path", "words"],
                "properties": {
                    "path": {"type": "string", "examples": ["body.raiser.phone"]},
                    "words": {"type": "string"},
                },
            },
        },
    },
}


def description() -> dict[str, Any]:
    """The whole description, its titles in the active language."""
    made: dict[str, Any] = _plain(dict(api.get_openapi_schema(path_prefix="/api/")))
    for path, operations in made["paths"].items():
        for method, operation in operations.items():
            _complete(path, method, operation)
    made["components"]["schemas"]["Problem"] = PROBLEM
    made["components"]["responses"] = {f"Problem{status}": _answer(status) for status in PROBLEM_TITLES}
    made["components"]["securitySchemes"] = {
        "ApiKey": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "linli_…",
            "description": _("Made by `linli apikey create` and told once."),
        }
    }
    made["servers"] = [{"url": "/"}]
    return made


def committed() -> str:
    """The description as docs/openapi.json holds it: in English, so that it is one text."""
    with override("en"):
        return json.dumps(description(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    about: Mapping[str, Any] = operation.pop("x-linli")
    operation["security"] = [{"ApiKey": []}]
    if about["writes"]:
        operation.setdefault("parameters", []).append(_key_parameter())
    statuses = {*ALWAYS, *(WRITING if about["writes"] else ())}
    if operation["parameters"]:
        statuses.add(422)
    if about["missing"]:
        statuses.add(404)
    if "requestBody" in operation:
        statuses.add(415)
    told = {str(status): answer for status, answer in operation["responses"].items()}
    if about.get("media"):
        told["200"]["content"] = {about["media"]: {}}
    for status in statuses:
        told[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    operation["responses"] = dict(sorted(told.items()))


def _key_parameter() -> dict[str, Any]:
    return {
        "in": "header",
        "name": KEY,
        "required": True,
        "schema": {"type": "string", "pattern": f"^{KEY_FORM.pattern}$", "maxLength": 64},
        "description": _(
            "One for each act, made by the sender: a retry gets the same answer and acts no second time; "
            "with another request it is refused (422)."
        ),
        "example": "3f1c9a52-7e0b-4c1d-9d55-1f5a0f6f2b77",
    }


def words_of(status: int) -> str:
    """What an answer of this status usually says, in the active language."""
    words = _(PROBLEM_WORDS[status])
    return words % {"most": MOST_BYTES} if "%(" in words else words


def _answer(status: int) -> dict[str, Any]:
    example = {
        "type": "about:blank",
        "title": _(PROBLEM_TITLES[status]),
        "status": status,
        "detail": words_of(status),
        "request_id": "9e6a1c0f4b7d2a35",
    }
    answer: dict[str, Any] = {
        "description": _(PROBLEM_TITLES[status]),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
    }
    if status in (429, 503):
        seconds = {"schema": {"type": "integer"}, "description": _("Seconds to wait.")}
        answer["headers"] = {"Retry-After": seconds}
    return answer


def _plain(value: Any) -> Any:
    """The same without words that wait to be translated: they are, now."""
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
