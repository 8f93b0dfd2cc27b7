"""National codes: each check returns the normalised value or raises `InvalidCode`.

Input may have full-width digits, spaces and hyphens. Refusals never repeat the value.
"""

import re
from datetime import date
from typing import Final

from linli.kernel import clock
from linli.kernel.errors import InvalidCode
from linli.kernel.text import normalise

__all__ = [
    "InvalidCode",
    "birth_date",
    "check_credit_code",
    "check_division_code",
    "check_grid_code",
    "check_id_number",
    "check_phone",
]

# GB/T 2260, first two digits.
PROVINCES: Final = frozenset(
    f"{region}{province}"
    for region, provinces in enumerate(("", "12345", "123", "1234567", "123456", "01234", "12345", "1", "12"))
    for province in provinces
)
RESIDENCE_PERMIT_PROVINCE: Final = "83"  # Taiwan residents' permits; 81 and 82 are shared with the divisions
FOREIGNER: Final = "9"  # permanent resident card, 2023 form: 9, then the province that issued it

_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"
_CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANIZATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)

_SEPARATORS: Final = re.compile(r"[\s\-‐-―−]+")
_ID_SHAPE: Final = re.compile(r"[1-9][0-9]{16}[0-9X]")
_CREDIT_SHAPE: Final = re.compile(rf"[{_CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{_CREDIT_ALPHABET}]{{10}}")
_MOBILE: Final = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")


def _compact(value: str) -> str:
    return _SEPARATORS.sub("", normalise(value)).upper()


def _birth_of(number: str) -> date:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise InvalidCode("The date of birth in this ID number does not exist.") from None


def _id_region_known(number: str) -> bool:
    if number[0] == FOREIGNER:
        return number[1:3] in PROVINCES
    return number[:2] in PROVINCES or number[:2] == RESIDENCE_PERMIT_PROVINCE


def check_id_number(value: str) -> str:
    """A citizen identity number of 18 characters (GB 11643), with its region, date of birth and check."""
    number = _compact(value)
    if _ID_SHAPE.fullmatch(number) is None:
        raise InvalidCode("An ID number has 18 characters: digits, and at the end a digit or X.")
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    if _ID_CHECKS[total % 11] != number[17]:
        raise InvalidCode("This ID number has a wrong digit in it; please compare it with the card.")
    if not _id_region_known(number):
        raise InvalidCode("The first digits of this ID number are not a region of China.")
    if _birth_of(number) > clock.today():
        raise InvalidCode("The date of birth in this ID number is still to come.")
    return number


def birth_date(id_number: str) -> date:
    """The date of birth told by an ID number; raises `InvalidCode` if the number is not valid."""
    return _birth_of(check_id_number(id_number))


def _organization_check(body: str) -> str:
    """The check character of an organization code (GB 11714) for its eight characters; letters count A=10."""
    total = sum(int(symbol, 36) * weight for symbol, weight in zip(body, _ORGANIZATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def check_credit_code(value: str) -> str:
    """A unified social credit code (GB 32100), with the organization code (GB 11714) inside it."""
    code = _compact(value)
    if _CREDIT_SHAPE.fullmatch(code) is None:
        raise InvalidCode(
            "A social credit code has 18 characters: digits and capital letters other than I, O, S, V and Z."
        )
    values = [_CREDIT_ALPHABET.index(symbol) for symbol in code]
    total = sum(number * pow(3, place, 31) for place, number in enumerate(values[:17]))
    if values[17] != -total % 31 or _organization_check(code[8:16]) != code[16]:
        raise InvalidCode("This social credit code has a wrong character in it; please compare it again.")
    return code


def _community_known(block: str) -> bool:
    """Residents' committees 001–199, villagers' committees 200–399, merged communities from 601."""
    return 1 <= int(block) <= 399 or int(block) >= 601


def _check_county(block: str) -> None:
    """Refuse an unknown province, and a county without its city."""
    if block[:2] not in PROVINCES or (block[2:4] == "00" and block[4:] != "00"):
        raise InvalidCode("The first six digits are not an administrative division.")


def _check_street(county: str, block: str) -> None:
    """Streets 001–099, towns 100–199, townships 200–399 (GB/T 10114), below a city or a county."""
    if county[2:4] == "00" or not 1 <= int(block) <= 399:
        raise InvalidCode(
            "The third part of the code is 001–099 for a street, 100–199 for a town, 200–399 for a township."
        )


def check_division_code(value: str) -> str:
    """A division of 12 digits: county 6 (GB/T 2260), street 3 (GB/T 10114), community 3.

    Zeros at the end stand for the level above: `620200000000` is a city. Only the shape is checked; whether
    the division exists, and when, is told by the register of places.
    """
    code = _compact(value)
    if re.fullmatch(r"[0-9]{12}", code) is None:
        raise InvalidCode("A division code has 12 digits.")
    county, street, community = code[:6], code[6:9], code[9:]
    _check_county(county)
    if street != "000" or community != "000":
        _check_street(county, street)
    if community != "000" and not _community_known(community):
        raise InvalidCode(
            "The last three digits are 001–199 for a residents' committee, 200–399 for a villagers' "
            "committee, 601 and above for a merged community."
        )
    return code


def check_grid_code(value: str) -> str:
    """A grid of 20 digits (CJ/T 349-2010): object 6, division 6, street 3, community 3, grid 2.

    A community that is not split has the one grid `00`. A grid never hangs directly on a street or district.
    """
    code = _compact(value)
    if re.fullmatch(r"[0-9]{20}", code) is None:
        raise InvalidCode("A grid code has 20 digits.")
    county, street, community = code[6:12], code[12:15], code[15:18]
    _check_county(county)
    _check_street(county, street)
    if not _community_known(community):
        raise InvalidCode("A grid belongs to a community; digits 16 to 18 must name one.")
    return code


def check_phone(value: str) -> str:
    """A mainland mobile number; +86, 0086 or 86 in front is dropped. Returns its 11 digits."""
    match = _MOBILE.fullmatch(_compact(value))
    if match is None:
        raise InvalidCode("A mobile number has 11 digits and begins with 13 to 19.")
    return match[1]
