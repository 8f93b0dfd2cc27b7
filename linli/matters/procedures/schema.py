"""What a procedure file may say: the way a community settles a matter, step by step.

A file is read by `loader`, which turns the YAML into these models and then runs `checks`. The engine never
sees YAML: it stores `Procedure.parsed_json()` and reads it back with `Procedure.from_parsed()`. Steps and
moves are written as mappings in YAML and kept as lists here, because a JSON column does not keep the order of
keys and the order of steps and buttons matters.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, NamedTuple, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictInt,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from linli.kernel.durations import Duration
from linli.kernel.text import worded
from linli.matters.procedures.kinds import (
    CLOSED,
    CODED_OPENINGS,
    GIVES_UP,
    OUTCOME_OF_VERB,
    Kind,
    Need,
    OpeningKind,
    Outcome,
    StationState,
    Verb,
)

MOST_PARTIES = 20

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Wording = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class Part(BaseModel):
    """Base of every part of a file: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Part):
    """One wording in Chinese and in English; both are always written."""

    zh: Wording
    en: Wording

    def of(self, language: str) -> str:
        """The wording for `en`, `zh-hant` (made from the Chinese) or `zh-hans`, which all others read."""
        return worded(self.zh, self.en, language)


VERB_TITLES: Mapping[Verb, Words] = {
    Verb.ACCEPT: Words(zh="受理", en="Accept"),
    Verb.SETTLE_AT_ONCE: Words(zh="当场办好", en="Settle at once"),
    Verb.REFER: Words(zh="提交下一步", en="Refer on"),
    Verb.DISPATCH: Words(zh="派下去办", en="Dispatch"),
    Verb.WHISTLE: Words(zh="吹哨", en="Whistle"),
    Verb.AGREE: Words(zh="商量好了", en="Agreed"),
    Verb.DISAGREE: Words(zh="没谈拢", en="Not agreed"),
    Verb.ANSWER: Words(zh="答复", en="Answer"),
    Verb.SEND_BACK: Words(zh="退回上一步", en="Send back"),
    Verb.OUT_OF_SCOPE: Words(zh="不归这里管", en="Out of scope"),
    Verb.RESOLVE: Words(zh="办好了", en="Resolved"),
    Verb.UNRESOLVED: Words(zh="没能解决", en="Not resolved"),
    Verb.FINISH: Words(zh="办结", en="Finish"),
}


def canonical_duration(text: str) -> str:
    """`5 workdays` in the one way it is stored; raises when it is not a length of time."""
    try:
        return str(Duration.parse(text))
    except ValueError as error:
        reason = "“%(text)s” is not a length of time; write it like 2 hours, 7 days or 5 workdays"
        raise PydanticCustomError("linli", reason, {"text": text}) from error


def _canonical_shift(text: str, word: str) -> str:
    """`1 workday before`: a duration and the one word that may follow it here."""
    length, _, ending = text.strip().rpartition(" ")
    if ending != word or not length:
        reason = "“%(text)s” must be a length of time and the word %(word)s, like 1 workday %(word)s"
        raise PydanticCustomError("linli", reason, {"text": text, "word": word})
    return f"{canonical_duration(length)} {word}"


class Opening(Part):
    """Something a step opens. A meeting names its body, a ballot names its rule."""

    kind: OpeningKind
    code: Slug | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, value: Any) -> Any:
        """Accepts `comments` and `{meeting: neighbours_council}` beside the stored form."""
        if isinstance(value, str):
            return {"kind": value}
        if isinstance(value, dict) and len(value) == 1 and "kind" not in value:
            ((kind, code),) = value.items()
            return {"kind": kind, "code": code}
        return value

    @model_validator(mode="after")
    def _code_where_due(self) -> Self:
        if (self.kind in CODED_OPENINGS) == (self.code is not None):
            return self
        reason = "a meeting names its body and a ballot its rule; nothing else carries a name (%(kind)s)"
        raise PydanticCustomError("linli", reason, {"kind": self.kind.value})


class Late(Part):
    """What happens around the limit. Lateness tells people; it never moves a matter."""

    remind: str | None = None
    urge: str | None = None
    escalate: Slug | None = None

    @field_validator("remind")
    @classmethod
    def _remind_before(cls, text: str | None) -> str | None:
        return None if text is None else _canonical_shift(text, "before")

    @field_validator("urge")
    @classmethod
    def _urge_after(cls, text: str | None) -> str | None:
        return None if text is None else _canonical_shift(text, "after")

    @property
    def remind_before(self) -> Duration | None:
        """How long before the limit the holder is reminded."""
        return Duration.parse(self.remind.removesuffix(" before")) if self.remind else None

    @property
    def urge_after(self) -> Duration | None:
        """How long after the limit the holder is urged."""
        return Duration.parse(self.urge.removesuffix(" after")) if self.urge else None


class Move(Part):
    """One button of a step: where it leads and why."""

    target: Slug
    verb: Verb
    words: Words | None = Field(default=None, alias="title")
    ending: Outcome | None = Field(default=None, alias="outcome")

    @model_validator(mode="after")
    def _says_how_it_ends(self) -> Self:
        if self.is_final and self.outcome is None:
            reason = "“%(verb)s” to the end must say its outcome"
            raise PydanticCustomError("linli", reason, {"verb": self.verb.value})
        if not self.is_final and self.ending is not None:
            raise PydanticCustomError("linli", "only a move to the end has an outcome", {})
        if self.ending in (Outcome.WITHDRAWN, Outcome.MERGED):
            raise PydanticCustomError("linli", "no move of a step withdraws or merges a matter", {})
        return self

    @property
    def is_final(self) -> bool:
        return self.target == CLOSED

    @property
    def title(self) -> Words:
        """The wording on the button."""
        return self.words or VERB_TITLES[self.verb]

    @property
    def outcome(self) -> Outcome | None:
        """How the matter ends by this move; None where it goes on."""
        return (self.ending or OUTCOME_OF_VERB.get(self.verb)) if self.is_final else None


def _moves_from_mapping(value: Any) -> Any:
    """`{discuss: accept, closed: [resolve, unresolved]}` as the stored list of moves."""
    if not isinstance(value, dict):
        return value
    moves: list[Any] = []
    for target, written in value.items():
        for one in written if isinstance(written, list) else [written]:
            moves.append(_with_key("target", target, one if isinstance(one, dict) else {"verb": one}))
    return moves


def _with_key(name: str, key: Any, written: dict[str, Any]) -> dict[str, Any]:
    """One entry of a mapping as an item of a list that knows its own key."""
    if name in written:
        raise PydanticCustomError("linli", "there is no key “%(key)s” here", {"key": name})
    return {name: key, **written}


class Step(Part):
    """One station of a matter: who holds it, until when, what it opens and what leaving it needs.

    `parties` are those who may be asked to take part; whoever leads the matter on from here says which are.
    """

    key: Slug
    title: Words
    short: Words
    says: Words
    holder: Slug
    within: str
    opens: tuple[Opening, ...] = ()
    needs: tuple[Need, ...] = ()
    # Left out where there are none: what was stored before steps had parties keeps its fingerprint.
    parties: Annotated[
        tuple[Words, ...], Field(max_length=MOST_PARTIES, exclude_if=lambda parties: not parties)
    ] = ()
    moves: tuple[Move, ...]
    late: Late = Late()

    _limit = field_validator("within")(canonical_duration)
    _moves = field_validator("moves", mode="before")(_moves_from_mapping)

    @field_validator("short")
    @classmethod
    def _fits_a_station(cls, words: Words) -> Words:
        if 2 <= len(words.zh) <= 4 and len(words.en) <= 14:
            return words
        reason = "the short name must be 2 to 4 characters in Chinese and at most 14 in English"
        raise PydanticCustomError("linli", reason, {})

    @property
    def limit(self) -> Duration:
        return Duration.parse(self.within)

    def opens_kind(self, *kinds: OpeningKind) -> bool:
        """Whether the step opens any of these."""
        return any(opening.kind in kinds for opening in self.opens)


class Station(NamedTuple):
    """One dot on the line of stations."""

    key: str
    title: Words
    short: Words
    state: StationState


class Procedure(Part):
    """A whole procedure. `names`, filled in by the practice, are the titles of its posts, bodies, ballots."""

    procedure: Slug
    version: Annotated[StrictInt, Field(ge=1, le=9999)]
    title: Words
    summary: Words
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    starts: Slug
    station_keys: tuple[Slug, ...] | None = Field(default=None, alias="stations")
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    names: dict[str, Words] = {}

    @field_validator("steps", mode="before")
    @classmethod
    def _steps_from_mapping(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return [
            _with_key("key", key, step) if isinstance(step, dict) else step for key, step in value.items()
        ]

    @classmethod
    def from_parsed(cls, parsed: Mapping[str, Any]) -> Procedure:
        """The procedure again from what `parsed_json` gave; other JSON raises pydantic's ValidationError."""
        return cls.model_validate(parsed)

    def parsed_json(self) -> dict[str, Any]:
        """Plain JSON values, lists where order matters, ready to store."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    @property
    def sha256(self) -> str:
        """Fingerprint of everything the file says; the practice's titles of posts are left out."""
        rules = {key: value for key, value in self.parsed_json().items() if key != "names"}
        text = json.dumps(rules, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def step(self, key: str) -> Step:
        """The step of this key; KeyError where the procedure has none."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def moves_from(self, key: str) -> tuple[Move, ...]:
        """The moves a holder may make at a step, in the order of their buttons; none after the end."""
        return () if key == CLOSED else self.step(key).moves

    def move(self, key: str, target: str, verb: Verb | None = None) -> Move | None:
        """The move from one step to another (by its verb where several lead there), or None."""
        for move in self.moves_from(key):
            if move.target == target and verb in (None, move.verb):
                return move
        return None

    def needs_of(self, key: str, verb: Verb) -> tuple[Need, ...]:
        """What must be on record before leaving a step by this verb; giving up waits for nothing."""
        return () if verb in GIVES_UP else self.step(key).needs

    def parties_of(self, key: str, verb: Verb) -> tuple[Words, ...]:
        """Those of whom it is said who takes part when a step is left by this verb; giving up asks nobody."""
        return () if verb in GIVES_UP else self.step(key).parties

    def is_final_move(self, key: str, target: str) -> bool:
        """Whether this is a move of the step and ends the matter."""
        return target == CLOSED and self.move(key, target) is not None

    def stations(self) -> tuple[Step, ...]:
        """The steps on the line of stations, in order."""
        if self.station_keys is None:
            return self.steps
        return tuple(self.step(key) for key in self.station_keys)

    def name_of(self, code: str, language: str) -> str:
        """The title of a post, body or ballot rule; its code where the practice gave no name."""
        return self.names[code].of(language) if code in self.names else code

    def station_states(self, history: Iterable[str], current: str | None) -> tuple[Station, ...]:
        """The line of stations of one matter.

        `history` is every step it has been at, oldest first; `current` is where it is, None or `closed` after
        the end. A step off the line is put in while the matter is there, after the last station it passed.
        """
        visited = list(history)
        line = list(self.stations())
        on_line = [step.key for step in line]
        passed = [on_line.index(key) for key in visited if key in on_line]
        if current is None or current == CLOSED:
            return tuple(_passed(step, visited) for step in line)
        if current in on_line:
            here = on_line.index(current)
        else:
            here = passed[-1] + 1 if passed else 0
            line.insert(here, self.step(current))
        before = (_passed(step, visited) for step in line[:here])
        after = (_station(step, StationState.NEXT) for step in line[here + 1 :])
        return (*before, _station(line[here], StationState.NOW), *after)


def _passed(step: Step, visited: list[str]) -> Station:
    return _station(step, StationState.DONE if step.key in visited else StationState.SKIPPED)


def _station(step: Step, state: StationState) -> Station:
    return Station(step.key, step.title, step.short, state)
