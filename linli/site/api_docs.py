"""The description of /api/: as OpenAPI for programs, and as a page for whoever connects one."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.frame.doors import ANYONE, door
from linli.frame.problems import PROBLEM_TITLES
from linli.site import openapi

SAMPLE = """curl -H 'Authorization: Bearer linli_…' %(api)s/matters

curl -H 'Authorization: Bearer linli_…' -H 'Idempotency-Key: 1' \\
  -H 'Content-Type: application/json' \\
  -d '{"place": "620201002006", "text": "…", "anonymous": true}' %(api)s/matters"""

NOTHING = "—"  # a field whose name says all


@door(ANYONE)
def openapi_json(request: HttpRequest) -> HttpResponse:
    """The whole description; programs are made from it."""
    return JsonResponse(openapi.description(), json_dumps_params={"ensure_ascii": False})


@door(ANYONE)
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation on one page, drawn from the same description; no script takes part."""
    told = openapi.description()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            groups.setdefault(operation["tags"][0], []).append(_shown(told, path, method, operation))
    problems = [
        [str(status), _(PROBLEM_TITLES[status]), openapi.words_of(status)]
        for status in sorted(PROBLEM_TITLES)
    ]
    context = {
        "groups": [{"name": name, "operations": rows} for name, rows in groups.items()],
        "format": f"OpenAPI {told['openapi']}",
        "sample": SAMPLE % {"api": request.build_absolute_uri("/api")},
        "problems": problems,
        "problem_columns": [_("Status"), _("What it means"), _("What it says")],
        "field_columns": [_("Field"), _("Type"), _("What it is")],
    }
    return render(request, "site/api_docs.html", context)


def _shown(told: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    sent: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    body = sent.get("application/json", {}).get("schema")
    right = next((status for status in operation["responses"] if status.startswith("2")), "200")
    answer = operation["responses"][right]
    told_as: dict[str, dict[str, Any]] = answer.get("content", {})
    media, content = next(iter(told_as.items()), ("", {}))
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "given": [_parameter(told, each) for each in operation.get("parameters", ())],
        "body": _fields(told, body) if body else [],
        "example": _example(told, body),
        "right": right,
        "media": media,
        "answer": _fields(told, content.get("schema", {})),
        "statuses": ", ".join(status for status in operation["responses"] if status != right),
    }


def _parameter(told: dict[str, Any], each: dict[str, Any]) -> list[str]:
    name = f"{each['name']} *" if each.get("required") else each["name"]
    return [name, f"{_type(told, each['schema'])} · {each['in']}", each.get("description") or NOTHING]


def _fields(told: dict[str, Any], schema: dict[str, Any], above: str = "") -> list[list[str]]:
    """The fields of an object, or of the objects of a list; those of an object in it stand under it."""
    whole = _resolved(told, schema.get("items", schema))
    needed = set(whole.get("required", ()))
    rows = []
    for name, field in whole.get("properties", {}).items():
        mark = " *" if name in needed else ""
        rows.append([f"{above}{name}{mark}", _type(told, field), field.get("description") or NOTHING])
        inner = _inner(told, field)
        if inner and not above:
            rows += _fields(told, inner, f"{name}.")
    return rows


def _resolved(told: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref", "")
    found: dict[str, Any] = told["components"]["schemas"][reference.split("/")[-1]] if reference else schema
    return found


def _inner(told: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The object a field holds, alone or in a list; empty where it holds none."""
    choices = schema.get("anyOf") or schema.get("allOf") or [schema.get("items", schema)]
    for each in choices:
        whole = _resolved(told, each)
        if "properties" in whole:
            return whole
    return {}


def _type(told: dict[str, Any], schema: dict[str, Any]) -> str:
    """A type as one reads it: `string ≤ 80`, `[object]`, `integer 1–5`, `open | suspended | closed`."""
    whole = _resolved(told, schema)
    choices = whole.get("anyOf") or whole.get("allOf")
    if choices:
        return " | ".join(_type(told, each) for each in choices)
    if "enum" in whole:
        return " | ".join(str(each) for each in whole["enum"])
    if whole.get("type") == "array":
        return f"[{_type(told, whole.get('items', {}))}]"
    name = str(whole.get("format") or whole.get("type", ""))
    if "maxLength" in whole:
        name += f" ≤ {whole['maxLength']}"
    if "minimum" in whole and "maximum" in whole:
        name += f" {whole['minimum']}–{whole['maximum']}"
    return name


def _example(told: dict[str, Any], schema: dict[str, Any] | None) -> str:
    """The example of a body, as it is sent."""
    examples = _resolved(told, schema).get("examples") if schema else None
    return json.dumps(examples[0], ensure_ascii=False, indent=2) if examples else ""
