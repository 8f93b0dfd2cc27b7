"""National codes: what is accepted, what is refused and with which reason."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import clock
from linli.kernel.codes import (
    InvalidCode,
    birth_date,
    check_credit_code,
    check_division_code,
    check_grid_code,
    check_id_number,
    check_phone,
)

ID_NUMBERS = ("11010519491231002X", "110101199003070134")
CREDIT_CODES = ("91350100M000100Y43", "91110000802100433B")
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def with_id_check(body: str) -> str:
    """Complete 17 digits, by the definition of ISO 7064 MOD 11-2 rather than by the table of weights."""
    remainder = 0
    for digit in body:
        remainder = (remainder + int(digit)) * 2 % 11
    return body + "0123456789X"[(12 - remainder) % 11]


def refused(check: Callable[[str], str], value: str) -> str:
    with pytest.raises(InvalidCode) as caught:
        check(value)
    assert not value or value not in str(caught.value)
    return caught.value.reason


@pytest.mark.parametrize("number", ID_NUMBERS)
def test_id_number(number: str) -> None:
    assert check_id_number(number) == number


@pytest.mark.parametrize(
    "typed",
    [
        " 110105 19491231 002x ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002X",
        "110105\u300019491231002ｘ",
    ],
)
def test_id_number_as_people_type_it(typed: str) -> None:
    assert check_id_number(typed) == "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("", "18 characters"),
        ("110105491231002", "18 characters"),  # the old form of 15 digits
        ("X10105194912310021", "18 characters"),
        ("110105194912310021", "wrong digit"),
        (with_id_check("99010519491231002"), "not a region"),
        (with_id_check("47010519491231002"), "not a region"),
        (with_id_check("11010519490231002"), "does not exist"),
        (with_id_check("11010519491331002"), "does not exist"),
        (with_id_check("11010520260303002"), "still to come"),
    ],
)
def test_id_number_refused(number: str, reason: str) -> None:
    with clock.at(datetime(2026, 3, 2, 15, 59, tzinfo=UTC)):
        assert reason in refused(check_id_number, number)


def test_born_today_in_shanghai_is_accepted() -> None:
    number = with_id_check("11010520260303002")
    with clock.at(datetime(2026, 3, 2, 16, 0, tzinfo=UTC)):
        assert birth_date(number) == date(2026, 3, 3)


@pytest.mark.parametrize("body", ["81000019900307013", "83000019900307013", "93184019900307013"])
def test_residence_permits_and_foreigners_cards(body: str) -> None:
    assert check_id_number(with_id_check(body)) == with_id_check(body)


@given(st.sampled_from(ID_NUMBERS), st.integers(0, 17), st.integers(1, 9))
def test_any_wrong_digit_of_an_id_number_is_caught(number: str, place: int, shift: int) -> None:
    symbols = list(number)
    old = 10 if symbols[place] == "X" else int(symbols[place])
    symbols[place] = str((old + shift) % 10)
    if "".join(symbols) == number:
        return
    refused(check_id_number, "".join(symbols))


@given(st.sampled_from(ID_NUMBERS), st.integers(0, 15))
def test_any_neighbouring_digits_swapped_are_caught(number: str, place: int) -> None:
    symbols = list(number)
    symbols[place], symbols[place + 1] = symbols[place + 1], symbols[place]
    if "".join(symbols) != number:
        refused(check_id_number, "".join(symbols))


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_credit_code(code: str) -> None:
    assert check_credit_code(code) == code
    assert check_credit_code(f" {code[:8].lower()} {code[8:]}") == code


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "18 characters"),
        ("91350100M000100Y4", "18 characters"),
        ("91350100M000100S43", "18 characters"),  # S is never used
        ("9135O100M000100Y43", "18 characters"),  # a letter among the digits of the division
        ("91350100M000100Y44", "wrong character"),
        ("91350100M000100Y5", "18 characters"),
    ],
)
def test_credit_code_refused(code: str, reason: str) -> None:
    assert reason in refused(check_credit_code, code)


def test_the_organization_code_inside_is_checked_too() -> None:
    body = "91350100M000100Y5"  # 4 is right; the outer check is made to fit the wrong 5
    total = sum(CREDIT_ALPHABET.index(symbol) * 3**place for place, symbol in enumerate(body))
    assert "wrong character" in refused(check_credit_code, body + CREDIT_ALPHABET[-total % 31])


@given(st.sampled_from(CREDIT_CODES), st.integers(0, 17), st.integers(1, 30))
def test_any_wrong_character_of_a_credit_code_is_caught(code: str, place: int, shift: int) -> None:
    symbols = list(code)
    symbols[place] = CREDIT_ALPHABET[(CREDIT_ALPHABET.index(symbols[place]) + shift) % 31]
    refused(check_credit_code, "".join(symbols))


@pytest.mark.parametrize(
    "code",
    [
        "620000000000",  # province
        "620200000000",  # city
        "620201000000",  # county
        "620201002000",  # street
        "620201002006",
        "620201002199",
        "620201100200",  # a village of a town
        "620201399399",
        "620201002601",  # merged community
        "441900003001",  # a street directly below its city
    ],
)
def test_division_code(code: str) -> None:
    assert check_division_code(code) == code


def test_division_code_as_people_type_it() -> None:
    assert check_division_code("６２０２０１ 002-006") == "620201002006"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "12 digits"),
        ("620201", "12 digits"),
        ("62020100200A", "12 digits"),
        ("990201002006", "first six"),
        ("620001000000", "first six"),  # a county without its city
        ("620201000006", "third part"),  # a community without its street
        ("620201400000", "third part"),
        ("620000002000", "third part"),  # a street directly below a province
        ("620201002400", "last three"),
        ("620201002600", "last three"),
    ],
)
def test_division_code_refused(code: str, reason: str) -> None:
    assert reason in refused(check_division_code, code)


@pytest.mark.parametrize("grid", ["00", "03"])
def test_grid_code(grid: str) -> None:
    code = "010203" + "620201" + "002" + "006" + grid
    assert check_grid_code(code) == code
    assert check_grid_code(f"{code[:6]} {code[6:]}") == code


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("62020100200603", "20 digits"),
        ("01020399020100200603", "first six"),
        ("01020362020100000603", "third part"),
        ("01020362020100200003", "belongs to a community"),  # hangs directly on a street
        ("01020362020100200000", "belongs to a community"),
        ("01020362020100250003", "belongs to a community"),
    ],
)
def test_grid_code_refused(code: str, reason: str) -> None:
    assert reason in refused(check_grid_code, code)


@pytest.mark.parametrize(
    "typed",
    [
        "13812342207",
        "138 1234 2207",
        "+86 138-1234-2207",
        "008613812342207",
        "8613812342207",
        "１３８１２３４２２０７",
    ],
)
def test_phone(typed: str) -> None:
    assert check_phone(typed) == "13812342207"


@pytest.mark.parametrize(
    "typed", ["", "12812342207", "1381234220", "138123422071", "0937-6223344", "+1 13812342207"]
)
def test_phone_refused(typed: str) -> None:
    assert "11 digits" in refused(check_phone, typed)


@pytest.mark.parametrize(
    "check", [check_id_number, check_credit_code, check_division_code, check_grid_code, check_phone]
)
@given(text=st.text(max_size=30))
def test_checks_answer_or_refuse_and_nothing_else(check: Callable[[str], str], text: str) -> None:
    try:
        value = check(text)
    except InvalidCode:
        return
    assert check(value) == value
    assert value.isascii()
