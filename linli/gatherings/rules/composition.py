"""Who the law wants in a body, what of it is not met now, and how long an office lasts.

What is not met is told at the desk and stops nobody: a body is filled one by one.

Sources: 业主大会和业主委员会指导规则 (建房〔2009〕274号) 31–34; 城市居民委员会组织法 (in force 2026-01-01)
3 (a place of 1,000 to 3,000 households), 8 (five to nine members, a woman among them, no near relatives), 13
(a representative for every 20 to 50 households), 14 (five years), 28 (four fifths are representatives), 36
(who watches over the committee).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from linli.gatherings.kinds import BodyKind, Role
from linli.kernel.decision import ALLOWED, Decision, Denied
from linli.kernel.shares import Share

FOUR_FIFTHS: Final = Share(4, 5)
ADVISING: Final = (Role.ADVISER, Role.INVITED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the law asks of one kind of body; None and False where it says nothing.

    `size` is from so many to so many members, `households` behind one representative likewise, `place` so
    many households of its place. `is_elected`: persons sit in it, no units. `is_apart`: nobody of the
    residents' committee, and nobody near to them.
    """

    size: tuple[int, int] | None = None
    is_odd: bool = False
    has_woman: bool = False
    no_relatives: bool = False
    is_apart: bool = False
    term_years: int | None = None
    households: tuple[int, int] | None = None
    place: tuple[int, int] | None = None
    reps: Share | None = None
    is_elected: bool = True


ASKED: Final[Mapping[BodyKind, Asked]] = {
    BodyKind.OWNERS_COMMITTEE: Asked(size=(5, 11), is_odd=True, term_years=5),
    BodyKind.RESIDENTS_COMMITTEE: Asked(
        size=(5, 9), has_woman=True, no_relatives=True, term_years=5, place=(1000, 3000)
    ),
    BodyKind.SUPERVISORY: Asked(is_apart=True),
    BodyKind.REP_ASSEMBLY: Asked(households=(20, 50), reps=FOUR_FIFTHS, is_elected=False),
}


@dataclass(frozen=True, slots=True)
class Seats:
    """Who is counted in a body on a day, as far as the register knows.

    sex_unknown: of how many it does not say. together: how many live in one home with another of them.
    since: the day each began. of_committee: how many sit in the residents' committee; near_committee: how
    many others live in one home with somebody who does. households: those of its place.
    """

    members: int = 0
    reps: int = 0
    women: int = 0
    sex_unknown: int = 0
    together: int = 0
    since: tuple[date, ...] = ()
    of_committee: int = 0
    near_committee: int = 0
    households: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, a msgid with places as a refusal has them, and what fills them."""

    words: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The untranslated sentence, for tests."""
        return self.words % self.params if self.params else self.words


@dataclass(frozen=True, slots=True)
class Point:
    """One thing the law asks, and what of it is not met now; nothing where it is, as far as is known."""

    asks: Said
    lacks: tuple[Said, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.lacks


def points(kind: BodyKind, seats: Seats, today: date) -> list[Point]:
    """What the law asks of this kind of body, and how it stands; empty where it asks nothing."""
    asked = ASKED.get(kind)
    if asked is None:
        return []
    return [
        *_place(asked, seats),
        *_number(asked, seats),
        *_who(asked, seats),
        *_reps(asked, seats),
        *_term(asked, seats, today),
    ]


def _place(asked: Asked, seats: Seats) -> Iterator[Point]:
    if asked.place is not None and seats.households:
        least, most = asked.place
        words = Said("A place of %(least)s to %(most)s households.", {"least": least, "most": most})
        now = Said("The register has %(now)s.", {"now": seats.households})
        yield Point(words, () if least <= seats.households <= most else (now,))


def _number(asked: Asked, seats: Seats) -> Iterator[Point]:
    now = Said("It has %(now)s.", {"now": seats.members})
    if asked.size is not None:
        least, most = asked.size
        words = Said("%(least)s to %(most)s members.", {"least": least, "most": most})
        yield Point(words, () if least <= seats.members <= most else (now,))
    if asked.is_odd:
        yield Point(Said("An odd number of members."), () if seats.members % 2 else (now,))


def _who(asked: Asked, seats: Seats) -> Iterator[Point]:
    if asked.has_woman:
        if seats.women:
            lacks: tuple[Said, ...] = ()
        elif seats.sex_unknown:
            lacks = (
                Said("The register does not say it of %(count)s of them.", {"count": seats.sex_unknown}),
            )
        else:
            lacks = (Said("There is none among them."),)
        yield Point(Said("At least one woman."), lacks)
    if asked.no_relatives:
        words = Said("No near relatives of each other; the register knows only who lives together.")
        together = Said("%(count)s of them live in one home with another.", {"count": seats.together})
        yield Point(words, (together,) if seats.together else ())
    if asked.is_apart:
        words = Said("Nobody of the residents’ committee and none of their near relatives.")
        both = Said("%(count)s of them belong to the committee.", {"count": seats.of_committee})
        near = Said(
            "%(count)s of them live in one home with a member of the committee.",
            {"count": seats.near_committee},
        )
        pairs = ((both, seats.of_committee), (near, seats.near_committee))
        yield Point(words, tuple(said for said, count in pairs if count))


def _reps(asked: Asked, seats: Seats) -> Iterator[Point]:
    if asked.households is not None and seats.households:
        fewest, largest = asked.households
        least, most = reps_for(seats.households, asked.households)
        words = Said(
            "One representative for every %(fewest)s to %(largest)s households: "
            "%(least)s to %(most)s for the %(households)s here.",
            {
                "fewest": fewest,
                "largest": largest,
                "least": least,
                "most": most,
                "households": seats.households,
            },
        )
        now = Said("It has %(now)s.", {"now": seats.reps})
        yield Point(words, () if least <= seats.reps <= most else (now,))
    if asked.reps is not None:
        words = Said("At least %(share)s of the members are representatives.", {"share": asked.reps.fraction})
        params = {"reps": seats.reps, "members": seats.members}
        found = Said("They are %(reps)s of %(members)s.", params)
        yield Point(words, () if asked.reps.holds(seats.reps, seats.members) else (found,))


def _term(asked: Asked, seats: Seats, today: date) -> Iterator[Point]:
    if asked.term_years is None:
        return
    years = asked.term_years
    over = sum(term_end(since, years) <= today for since in seats.since)
    words = Said("Elected anew after %(years)s years at most.", {"years": years})
    yield Point(words, (Said("The term of %(count)s of them is over.", {"count": over}),) if over else ())


def reps_for(households: int, behind_one: tuple[int, int]) -> tuple[int, int]:
    """From how many to how many representatives so many households have; at least one."""
    fewest, largest = behind_one
    least = max(1, -(-households // largest))
    return least, max(least, households // fewest)


def term_end(since: date, years: int) -> date:
    """The day from which an office is over that began on a day; from 29 February the 28th."""
    try:
        return since.replace(year=since.year + years)
    except ValueError:
        return since.replace(year=since.year + years, day=28)


def may_last(kind: BodyKind, starts: date, ends: date | None) -> Decision:
    """Whether an office of this kind of body may end on a day (excluded): after its first, and where the law
    sets a term (274号 33, 组织法 14) within it."""
    if ends is None:
        return ALLOWED
    if ends <= starts:
        return Denied("A term ends after it begins.")
    asked = ASKED.get(kind)
    years = asked.term_years if asked is not None else None
    if years is None or ends <= term_end(starts, years):
        return ALLOWED
    return Denied(
        "A term is %(years)s years at most here: it ends by %(last)s.",
        {"years": years, "last": term_end(starts, years).isoformat()},
    )


def may_sit(kind: BodyKind, role: Role, *, is_unit: bool) -> Decision:
    """Whether a person or a unit may be this to that kind of body."""
    if role is Role.INVITED and not is_unit:
        return Denied("Units are invited; a person is a member or an adviser.")
    if role is Role.REP and (is_unit or kind is not BodyKind.REP_ASSEMBLY):
        return Denied("Residents’ representatives are persons, and sit in the representatives’ assembly.")
    asked = ASKED.get(kind)
    if is_unit and asked is not None and asked.is_elected and role not in ADVISING:
        return Denied("Persons are elected to this body. A unit can be invited.")
    return ALLOWED


def roles_in(kind: BodyKind) -> tuple[Role, ...]:
    """What somebody can be to that kind of body, a person or a unit."""
    return tuple(
        role for role in Role if any(may_sit(kind, role, is_unit=is_unit) for is_unit in (False, True))
    )
