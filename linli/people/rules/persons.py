"""Rules of people: what is shown masked, and what a name or number must be."""

from dataclasses import dataclass
from typing import Final

from linli.kernel.errors import InvalidCode
from linli.kernel.names import mask_name, mask_phone, normalise_name
from linli.people.kinds import Reach

NAME_LENGTH: Final = 60
ADULT: Final = 18  # full years (民法典 17)
OLDEST: Final = 130  # years; a birth year further back is a slip of the pen
TEXT_SIZES: Final = (18, 20, 22, 24, 26, 28, 30)  # px: GB/T elder guidance, 18 to at least 30
LANGUAGES: Final = ("zh-hans", "zh-hant", "en")


@dataclass(frozen=True, slots=True)
class Masked:
    """A person as lists show them: enough to recognise, not enough to publish."""

    name: str
    phone: str
    has_phone: bool
    has_id_number: bool


def masked(name: str, phone: str | None, *, has_id_number: bool = False) -> Masked:
    """The masked name and phone ("" without one)."""
    return Masked(
        name=mask_name(name),
        phone=mask_phone(phone) if phone else "",
        has_phone=bool(phone),
        has_id_number=has_id_number,
    )


def masked_words(words: str) -> str:
    """What a list was searched for, said so that it unmasks nobody in it; a surname alone stays."""
    if any(character.isdigit() for character in words):
        return mask_phone(words)
    return words if len(words) < 2 else mask_name(words)


def checked_name(name: str) -> str:
    """A name in one spelling. Raises `InvalidCode` when it is empty or longer than 60 characters."""
    plain = normalise_name(name)
    if not plain:
        raise InvalidCode("Write the name.")
    if len(plain) > NAME_LENGTH:
        raise InvalidCode("A name has at most %(length)s characters.", {"length": NAME_LENGTH})
    return plain


def checked_born_year(year: int | None, *, this_year: int) -> int | None:
    """A possible year of birth, or None. Raises `InvalidCode`."""
    if year is None:
        return None
    if not this_year - OLDEST <= year <= this_year:
        raise InvalidCode("%(year)s cannot be a year of birth.", {"year": year})
    return year


def reach_with(reach: Reach, *, has_phone: bool) -> Reach:
    """How somebody can really be reached: without a phone only by a printed slip brought to the door."""
    return reach if has_phone else Reach.SLIP


def share_is_sound(numerator: int, denominator: int) -> bool:
    """Whether a share of ownership is more than nothing and at most the whole."""
    return 1 <= numerator <= denominator


def is_adult(born_year: int | None, this_year: int) -> bool:
    """Whether somebody counts as grown up.

    Only the year of birth is kept, so the year in which 18 is reached counts. So does an unknown year: a roll
    and a list of signatures are open to objection, and nobody is shut out by what was never written down.
    """
    return born_year is None or this_year - born_year >= ADULT
