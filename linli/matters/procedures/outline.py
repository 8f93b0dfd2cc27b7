"""A procedure on its way: the same parts as the schema, but any text in them, so that nothing typed is lost.

`of_values` reads the values of a file, `values` writes them back; the loader says what is still wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from linli.matters.procedures.kinds import CODED_OPENINGS, Need, OpeningKind

# In the order a form offers them and a file lists them.
OPENING_ORDER = (
    OpeningKind.COMMENTS,
    OpeningKind.OPINIONS,
    OpeningKind.MEETING,
    OpeningKind.BALLOT,
    OpeningKind.WORKS,
    OpeningKind.SHARES,
    OpeningKind.POSTING,
    OpeningKind.ORDERS,
    OpeningKind.WHISTLE,
    OpeningKind.EVALUATION,
)
# In the order they come about, which is the order the first one missing is told in.
NEED_ORDER = (
    Need.FIRST_CONTACT,
    Need.MINUTES,
    Need.OUTCOME,
    Need.PASSED,
    Need.POSTED,
    Need.ORDER_VERIFIED,
    Need.OFFICIAL_ANSWER,
    Need.CALLBACK,
)


@dataclass
class Text:
    """A wording; English left empty is the Chinese."""

    zh: str = ""
    en: str = ""

    def written(self) -> dict[str, str]:
        """Both languages."""
        return {"zh": self.zh, "en": self.en or self.zh}

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


@dataclass
class Span:
    """A length of time in two fields: how many, of what."""

    amount: str = ""
    unit: str = "workday"

    def __str__(self) -> str:
        plural = "" if self.amount == "1" else "s"
        return f"{self.amount} {self.unit}{plural}" if self.amount else ""

    @classmethod
    def of(cls, text: str) -> Span:
        """`5 workdays`, `1 workday before`: the number and the unit."""
        amount, _, rest = text.partition(" ")
        return cls(amount, rest.split(" ")[0].removesuffix("s") or "workday")


@dataclass
class MoveRow:
    """One button. No title: the verb's own; no outcome: what the verb means at the end."""

    target: str = ""
    verb: str = ""
    title: Text = field(default_factory=Text)
    outcome: str = ""


@dataclass
class StepRow:
    """One step; `station` says whether it is on the line of stations, openings are `comments` or
    `meeting:neighbours_council`."""

    key: str
    title: Text = field(default_factory=Text)
    short: Text = field(default_factory=Text)
    says: Text = field(default_factory=Text)
    holder: str = ""
    within: Span = field(default_factory=Span)
    opens: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    parties: list[Text] = field(default_factory=list)
    moves: list[MoveRow] = field(default_factory=list)
    remind: Span = field(default_factory=Span)
    urge: Span = field(default_factory=Span)
    escalate: str = ""
    station: bool = True

    @property
    def parties_written(self) -> str:
        """Those who may take part as a form shows them: one a line, English after a stroke."""
        return "\n".join(f"{party.zh} | {party.en}" for party in self.parties)


@dataclass
class Outline:
    """The whole procedure as a form holds it."""

    procedure: str
    version: int
    title: Text
    summary: Text
    kinds: list[str]
    starts: str
    steps: list[StepRow]

    def index(self, key: str) -> int:
        """Where a step stands; -1 where there is none."""
        return next((index for index, step in enumerate(self.steps) if step.key == key), -1)


def of_values(values: Mapping[str, Any]) -> Outline:
    """The outline of a file's values, as `writing.written` orders them."""
    stations = values.get("stations")
    steps = [_step(key, step) for key, step in values["steps"].items()]
    for step in steps:
        step.station = stations is None or step.key in stations
    return Outline(
        procedure=values["procedure"],
        version=values["version"],
        title=_text(values.get("title")),
        summary=_text(values.get("summary")),
        kinds=list(values.get("kinds", ())),
        starts=values.get("starts", ""),
        steps=steps,
    )


def _text(value: Mapping[str, str] | None) -> Text:
    return Text(value.get("zh", ""), value.get("en", "")) if value else Text()


def _step(key: str, value: Mapping[str, Any]) -> StepRow:
    late = value.get("late", {})
    return StepRow(
        key=key,
        title=_text(value.get("title")),
        short=_text(value.get("short")),
        says=_text(value.get("says")),
        holder=value.get("holder", ""),
        within=Span.of(value.get("within", "")),
        opens=[_opening(one) for one in value.get("opens", ())],
        needs=list(value.get("needs", ())),
        parties=[_text(party) for party in value.get("parties", ())],
        moves=_moves(value.get("moves", {})),
        remind=Span.of(late.get("remind", "")),
        urge=Span.of(late.get("urge", "")),
        escalate=late.get("escalate", ""),
    )


def _opening(value: str | Mapping[str, str]) -> str:
    if isinstance(value, str):
        return value
    ((kind, code),) = value.items()
    return f"{kind}:{code}"


def _moves(value: Mapping[str, Any]) -> list[MoveRow]:
    rows = []
    for target, written in value.items():
        for one in written if isinstance(written, list) else [written]:
            parts: Mapping[str, Any] = {"verb": one} if isinstance(one, str) else one
            rows.append(MoveRow(target, parts["verb"], _text(parts.get("title")), parts.get("outcome", "")))
    return rows


def values_of(outline: Outline) -> dict[str, Any]:
    """The values of the file, ready to be written."""
    values: dict[str, Any] = {
        "procedure": outline.procedure,
        "version": outline.version,
        "title": outline.title.written(),
        "summary": outline.summary.written(),
        "kinds": outline.kinds,
        "starts": outline.starts,
    }
    if not all(step.station for step in outline.steps):
        values["stations"] = [step.key for step in outline.steps if step.station]
    values["steps"] = {step.key: _written(step) for step in outline.steps}
    return values


def _written(step: StepRow) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": step.title.written(),
        "short": step.short.written(),
        "says": step.says.written(),
        "holder": step.holder,
        "within": str(step.within),
    }
    if step.opens:
        values["opens"] = [_as_written(one) for one in sorted(step.opens, key=_rank)]
    if step.needs:
        values["needs"] = step.needs
    if step.parties:
        values["parties"] = [party.written() for party in step.parties]
    by_target: dict[str, list[Any]] = {}
    for move in step.moves:
        by_target.setdefault(move.target, []).append(_move(move))
    values["moves"] = {target: rows[0] if len(rows) == 1 else rows for target, rows in by_target.items()}
    late = {
        "remind": f"{step.remind} before" if step.remind.amount else "",
        "urge": f"{step.urge} after" if step.urge.amount else "",
        "escalate": step.escalate,
    }
    if any(late.values()):
        values["late"] = {name: said for name, said in late.items() if said}
    return values


def _rank(opening: str) -> int:
    kind = opening.partition(":")[0]
    return next((rank for rank, one in enumerate(OPENING_ORDER) if one == kind), len(OPENING_ORDER))


def _as_written(opening: str) -> str | dict[str, str]:
    kind, _, code = opening.partition(":")
    return {kind: code} if kind in CODED_OPENINGS else opening


def _move(move: MoveRow) -> str | dict[str, Any]:
    if not move.title and not move.outcome:
        return move.verb
    values: dict[str, Any] = {"verb": move.verb}
    if move.title:
        values["title"] = move.title.written()
    if move.outcome:
        values["outcome"] = move.outcome
    return values
