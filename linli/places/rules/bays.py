"""Whether a parking bay is owned by somebody and so counts among the owners, and where not, what it lacks.

Source: 最高人民法院 关于审理建筑物区分所有权纠纷案件适用法律若干问题的解释 art 2; 民法典 275: bays on
roads and other common ground belong to all owners together. A bay in a civil defence shelter (人防) cannot be
registered.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from linli.kernel.errors import InvalidCode
from linli.kernel.text import normalise
from linli.places.kinds import Lack
from linli.places.rules.tree import NAME_LENGTH

MOST_BAYS: Final = 500  # of one form
LONGEST_NUMBER: Final = 40
LONGEST_NOTE: Final = 120


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a bay: whether it is marked off by itself, used by its owner alone, and can be
    registered."""

    independent: bool = False
    exclusive: bool = False
    registrable: bool = False

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """What it would still need to be owned by somebody, in the order of the law."""
        held = (self.independent, self.exclusive, self.registrable)
        return tuple(lack for lack, has in zip(Lack, held, strict=True) if not has)

    @property
    def is_owned_part(self) -> bool:
        """All three, and then it has an owner and a vote by its area."""
        return not self.lacks


NOTHING_NOTED: Final = Standing()


@dataclass(frozen=True, slots=True)
class Listed:
    """One bay of a list: what it is called, its area in 0.01 m² (None: not known) and its register number."""

    name: str
    area: int | None = None
    number: str = ""


_METRES: Final = re.compile(r"\d{1,4}(\.\d{1,2})?")


def listed(text: str) -> list[Listed]:
    """A list typed by hand, one bay a line: name, area in m² and register number with spaces between; the
    last two may be left out. Raises `InvalidCode` with the line that is wrong."""
    found: dict[str, Listed] = {}
    for at, line in enumerate((line for line in text.splitlines() if line.strip()), 1):
        name, *rest = normalise(line).split(" ")
        area = rest.pop(0) if rest and _METRES.fullmatch(rest[0]) else ""
        number = " ".join(rest)
        if name in found:
            raise InvalidCode("Line %(line)s: %(name)s is there twice.", {"line": at, "name": name})
        if len(name) > NAME_LENGTH or len(number) > LONGEST_NUMBER:
            raise InvalidCode("Line %(line)s is too long.", {"line": at})
        found[name] = Listed(name, int(Decimal(area) * 100) or None if area else None, number)
    if not 0 < len(found) <= MOST_BAYS:
        raise InvalidCode("Write 1 to %(most)s bays, one a line.", {"most": MOST_BAYS})
    return list(found.values())


def registered_twice(bays: Sequence[Listed]) -> str:
    """A register number that stands beside two bays of a list; "" where there is none."""
    seen = Counter(bay.number for bay in bays if bay.number)
    return next((number for number, times in seen.items() if times > 1), "")
