"""Practices and procedures for other systems: which there are, and one version as data or as its file."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router
from pydantic import Field

from linli.frame.api import Told, reads
from linli.frame.api import described as _
from linli.frame.doors import holds
from linli.kernel.decision import MISSING, Refused
from linli.matters.kinds import MatterKind, Outcome, Power, Verb
from linli.matters.procedures.kinds import Need
from linli.matters.procedures.schema import Procedure
from linli.matters.procedures.written import as_yaml
from linli.matters.read import settings

router = Router(tags=[_("practices")])
SEEING = holds(Power.READ, Power.ADOPT)
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Version = Annotated[int, Field(ge=1, le=9999)]


class Both(Told):
    """A wording in both languages."""

    zh: str
    en: str


class VersionTold(Told):
    """One stored version of a procedure. A matter ends on the version it began."""

    name: str = Field(examples=["five-affairs"])
    version: int
    title: Both
    summary: Both
    kinds: list[MatterKind]
    sha256: str


class PracticeTold(Told):
    """A place's way of working: its procedures, the newest version of each first."""

    practice: str
    procedures: list[VersionTold]


class MovePlan(Told):
    """One button of a step."""

    to: str
    verb: Verb
    title: Both
    outcome: Outcome | None


class StepPlan(Told):
    """One station: who holds it, within which time, what it opens and what leaving it needs."""

    key: str
    title: Both
    holder: str = Field(description=_("Kind of post."))
    within: str = Field(examples=["5 workdays"])
    opens: list[str]
    needs: list[Need]
    parties: list[Both]
    moves: list[MovePlan]


class ProcedureTold(VersionTold):
    """A whole version."""

    starts: str
    stations: list[str]
    steps: list[StepPlan]


@reads(
    router,
    "/practices",
    policy=SEEING,
    response=list[PracticeTold],
    summary=_("The practices and their procedures"),
)
def list_practices(request: HttpRequest) -> Any:
    """Every practice this installation has, by its code."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in settings.shipped_procedures():
        found.setdefault(row.practice, []).append(_version(row, settings.procedure(row)))
    return [{"practice": name, "procedures": found[name]} for name in sorted(found)]


@reads(
    router,
    "/procedures/{name}/{version}",
    policy=SEEING,
    response=ProcedureTold,
    summary=_("One version of a procedure"),
    missing=True,
)
def read_procedure(request: HttpRequest, name: Path[Name], version: Path[Version]) -> Any:
    """Its steps, holders, limits and moves."""
    row = _stored(name, version)
    plan = settings.procedure(row)
    return {
        **_version(row, plan),
        "starts": plan.starts,
        "stations": [step.key for step in plan.stations()],
        "steps": [_step(step) for step in plan.steps],
    }


@reads(
    router,
    "/procedures/{name}/{version}/yaml",
    policy=SEEING,
    response={200: str},
    summary=_("One version of a procedure as its YAML file"),
    missing=True,
    media="application/yaml",
)
def procedure_yaml(request: HttpRequest, name: Path[Name], version: Path[Version]) -> HttpResponse:
    """The file as `linli procedures check` reads it."""
    text = as_yaml(settings.procedure(_stored(name, version)))
    return HttpResponse(text, content_type="application/yaml; charset=utf-8")


def _stored(name: str, version: int) -> Any:
    row = settings.stored_version(name, version)
    if row is None:
        raise Refused("There is no such procedure.", status=MISSING)
    return row


def _version(row: Any, plan: Procedure) -> dict[str, Any]:
    return {
        "name": row.name,
        "version": row.version,
        "title": plan.title.model_dump(),
        "summary": plan.summary.model_dump(),
        "kinds": list(plan.kinds),
        "sha256": row.sha256,
    }


def _step(step: Any) -> dict[str, Any]:
    return {
        "key": step.key,
        "title": step.title.model_dump(),
        "holder": step.holder,
        "within": step.within,
        "opens": [f"{each.kind}:{each.code}" if each.code else str(each.kind) for each in step.opens],
        "needs": list(step.needs),
        "parties": [each.model_dump() for each in step.parties],
        "moves": [
            {
                "to": move.target,
                "verb": move.verb,
                "title": move.title.model_dump(),
                "outcome": move.outcome,
            }
            for move in step.moves
        ],
    }
