"""Accounts of the owners' money: the sums fit, each goes on from the one before, and what each home gets.

Sources: 民法典 281 (the maintenance fund is accounted for regularly), 282 (income from common parts is the
owners' after reasonable cost), 283 (it is divided as agreed; where nothing is, by area). All amounts in fen.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from linli.gatherings.kinds import AccountKind
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.kernel.dividing import divided
from linli.kernel.errors import InvalidCode
from linli.kernel.text import normalise

MOST: Final = 10**12  # fen; ten thousand million yuan
MOST_LINES: Final = 60
LONGEST_WORDS: Final = 60
_YUAN: Final = re.compile(r"\d{1,10}(\.\d{1,2})?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an account: what for, and how much."""

    words: str
    amount: int


@dataclass(frozen=True, slots=True)
class Account:
    """What there was, came in, was spent, was paid to the owners, and is left, from one day to another."""

    first: date
    last: date
    opening: int
    income: Sequence[Line]
    costs: Sequence[Line]
    paid_out: int
    closing: int

    @property
    def came_in(self) -> int:
        """All that came in."""
        return sum(line.amount for line in self.income)

    @property
    def spent(self) -> int:
        """All that was spent."""
        return sum(line.amount for line in self.costs)

    @property
    def net(self) -> int:
        """What is left of the income after its cost (民法典 282); nothing where the cost is more."""
        return max(0, self.came_in - self.spent)

    @property
    def worked_out(self) -> int:
        """What has to be left by the other figures."""
        return self.opening + self.came_in - self.spent - self.paid_out


def lines(text: str) -> list[Line]:
    """Lines typed by hand, each words and an amount in yuan at its end. Raises `InvalidCode`."""
    found = []
    for at, row in enumerate((row for row in text.splitlines() if row.strip()), 1):
        words, _space, amount = normalise(row).rpartition(" ")
        if not words or len(words) > LONGEST_WORDS or _YUAN.fullmatch(amount) is None:
            raise InvalidCode("Line %(line)s: write what for, then the amount in yuan.", {"line": at})
        found.append(Line(words, int(Decimal(amount) * 100)))
    if len(found) > MOST_LINES:
        raise InvalidCode("Write at most %(most)s lines.", {"most": MOST_LINES})
    return found


def is_sound(account: Account, today: date) -> Decision:
    """Whether the days and the sums of an account fit."""
    if not account.first <= account.last <= today:
        return Denied("An account is of days that are over, the first before the last.")
    if any(line.amount <= 0 for line in (*account.income, *account.costs)):
        return Denied("Every line has an amount above nothing.")
    if max(account.opening, account.closing, account.came_in, account.spent, account.paid_out) > MOST:
        return Denied("This is more than any account here holds.")
    if account.worked_out != account.closing:
        params = {"worked_out": yuan(account.worked_out), "closing": yuan(account.closing)}
        return Denied("The sums do not fit: by the lines %(worked_out)s is left, not %(closing)s.", params)
    return ALLOWED


def goes_on(account: Account, last: date, closing: int) -> Decision:
    """Whether an account begins where the one before it ended: the next day, with what was left."""
    if account.first != last + timedelta(days=1):
        return Denied(
            "The account before ended on %(last)s: this one begins the day after.",
            {"last": last.isoformat()},
        )
    if account.opening != closing:
        return Denied(
            "The account before ended with %(closing)s: this one begins with it.", {"closing": yuan(closing)}
        )
    return ALLOWED


def may_be_divided(kind: AccountKind, account: Account) -> Decision:
    """Whether there is something to divide: income of common parts that is more than its cost."""
    if kind is not AccountKind.INCOME:
        return Denied("The maintenance fund is for repairs: it is not divided.")
    if not account.net:
        return Denied("Nothing is left of the income after its cost.")
    return ALLOWED


def by_area(net: int, areas: Mapping[UUID, int]) -> dict[UUID, int]:
    """What each home gets of what is left, in fen: by area (民法典 283), the parts making the whole."""
    return divided(net, areas)


def yuan(fen: int) -> str:
    """An amount as it is written: 123456 → 1234.56."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"
