"""What a lower floor was asked for by a higher one: a kind and an id, without knowing more of it."""

import re
from dataclasses import dataclass
from uuid import UUID

_KIND = re.compile(r"[a-z][a-z_]{0,15}")


@dataclass(frozen=True, slots=True)
class Reference:
    """Something of a floor above, as a meeting's agenda or a ballot keeps it."""

    kind: str
    id: UUID

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def reference_in(text: str) -> Reference | None:
    """The reference an address carries (`opening:<uuid>`); None for anything else."""
    kind, _mark, rest = text.partition(":")
    if not _KIND.fullmatch(kind):
        return None
    try:
        return Reference(kind, UUID(rest))
    except ValueError:
        return None
