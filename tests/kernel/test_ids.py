"""Keys in order of time, and tracking codes that survive being copied by hand."""

import os
import threading
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.errors import InvalidCode
from linli.kernel.ids import CROCKFORD, normalise_tracking_code, tracking_code, uuid7

codes = st.builds(tracking_code)


def millisecond(key: int) -> int:
    return key >> 80


def test_keys_are_uuid_version_7() -> None:
    key = uuid7()
    assert (key.version, key.variant) == (7, "specified in RFC 4122")


def test_keys_rise_strictly() -> None:
    keys = [uuid7() for _ in range(20_000)]
    assert all(first < second for first, second in pairwise(keys))
    assert all(str(first) < str(second) for first, second in pairwise(keys))


def test_keys_tell_their_time() -> None:
    earliest = time.time_ns() // 1_000_000
    key = uuid7()
    assert earliest <= millisecond(key.int) <= time.time_ns() // 1_000_000 + 1


def test_keys_made_by_several_threads_differ_and_rise_in_each() -> None:
    made: list[list[int]] = [[] for _ in range(4)]

    def make(own: list[int]) -> None:
        own.extend(uuid7().int for _ in range(2_000))

    threads = [threading.Thread(target=make, args=(own,)) for own in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({key for own in made for key in own}) == 8_000
    assert all(own == sorted(own) for own in made)


def test_a_forked_process_does_not_continue_the_same_keys() -> None:
    uuid7()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, b"".join(uuid7().bytes for _ in range(50)))
        finally:
            os._exit(0)
    mine = {uuid7().bytes for _ in range(50)}
    os.waitpid(child, 0)
    theirs = os.read(reader, 50 * 16)
    os.close(reader)
    os.close(writer)
    assert len(theirs) == 800
    assert not mine & {theirs[start : start + 16] for start in range(0, 800, 16)}


def test_tracking_codes_are_four_groups_and_differ() -> None:
    made = {tracking_code() for _ in range(1_000)}
    assert len(made) == 1_000
    for code in made:
        assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
        assert set(code) <= set(CROCKFORD) | {"-"}


@given(codes)
def test_a_code_is_read_however_it_was_typed(code: str) -> None:
    wide = "".join(chr(ord(symbol) + 0xFEE0) for symbol in code)
    sloppy = code.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    for typed in (code, wide, sloppy, code.replace("-", ""), code.replace("1", "I")):
        assert normalise_tracking_code(typed) == code


@given(codes, st.integers(0, 15), st.integers(1, 31))
def test_any_wrong_symbol_is_caught(code: str, place: int, shift: int) -> None:
    symbols = list(code.replace("-", ""))
    symbols[place] = CROCKFORD[(CROCKFORD.index(symbols[place]) + shift) % 32]
    with pytest.raises(InvalidCode, match="not right"):
        normalise_tracking_code("".join(symbols))


@given(codes, st.integers(0, 15), st.integers(0, 15))
def test_any_two_symbols_swapped_are_caught(code: str, first: int, second: int) -> None:
    symbols = list(code.replace("-", ""))
    if symbols[first] == symbols[second]:
        return
    symbols[first], symbols[second] = symbols[second], symbols[first]
    with pytest.raises(InvalidCode, match="not right"):
        normalise_tracking_code("".join(symbols))


@pytest.mark.parametrize("text", ["", "7K3M", "7K3M-Q0ZD-94TB-HX2A-0", "查询码"])
def test_a_code_of_another_length_is_refused(text: str) -> None:
    with pytest.raises(InvalidCode, match="16 letters and digits"):
        normalise_tracking_code(text)


@pytest.mark.parametrize("text", ["UUUUUUUUUUUUUUUU", "路灯路灯路灯路灯路灯路灯路灯路灯"])
def test_other_letters_are_refused(text: str) -> None:
    with pytest.raises(InvalidCode, match="not right"):
        normalise_tracking_code(text)
