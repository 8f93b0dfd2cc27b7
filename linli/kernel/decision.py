"""What a policy answers: allowed, or denied with a reason fit to show to the person refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias
from uuid import UUID

from linli.kernel.actor import Actor

FORBIDDEN: Final = 403
MISSING: Final = 404
CONFLICT: Final = 409
UNPROCESSABLE: Final = 422


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes. Truthy; use the one instance `ALLOWED`."""

    def __bool__(self) -> Literal[True]:
        """Let `if may_x(...)` read as English."""
        return True


@dataclass(frozen=True, slots=True)
class Denied:
    """No, and why: `reason` is an English msgid with `%(name)s` places, `params` fills them.

    The door translates the reason before filling it, so params hold values, never sentences.
    """

    reason: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __bool__(self) -> Literal[False]:
        """Let `if not may_x(...)` read as English."""
        return False

    def __str__(self) -> str:
        """The untranslated sentence, for logs and tests."""
        return self.reason % self.params if self.params else self.reason


Decision: TypeAlias = Allowed | Denied
ALLOWED: Final = Allowed()


class Refused(Exception):
    """An action did not happen; the door shows `reason` filled with `params` and answers with `status`.

    `status` is an HTTP status: 403 not yours to do, 404 not there for you, 409 the state has moved on,
    422 the request cannot be understood or breaks a rule.
    """

    def __init__(
        self, reason: str, params: Mapping[str, object] | None = None, *, status: int = FORBIDDEN
    ) -> None:
        """Keep the msgid and its parameters apart, so that the door can translate."""
        super().__init__(reason)
        self.reason = reason
        self.params: Mapping[str, object] = dict(params or {})
        self.status = status

    def __str__(self) -> str:
        """The untranslated sentence, for logs and tests."""
        return self.reason % self.params if self.params else self.reason


def require(decision: Decision, *, status: int = FORBIDDEN) -> None:
    """Go on if allowed; raise `Refused` with the policy's reason if not."""
    if isinstance(decision, Denied):
        raise Refused(decision.reason, decision.params, status=status)


def accept(fault: str) -> None:
    """Go on where a rule finds nothing wrong; raise `Refused` (422) with what is, a msgid."""
    if fault:
        raise Refused(fault, status=UNPROCESSABLE)


def person_of(actor: Actor) -> UUID:
    """The person who acts. Raises `Refused` for the system, a key and somebody unnamed."""
    if actor.person_id is None:
        raise Refused("Please sign in first.")
    return actor.person_id
