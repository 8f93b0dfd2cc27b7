"""Who pays what: parts that make the whole to the fen, what does not fit, what changed, what is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.deliberation.rules import sharing
from linli.deliberation.rules.sharing import Floor, Heard, Line, Sums
from linli.kernel.dividing import divided

WEIGHTS = st.dictionaries(st.integers(0, 40), st.integers(0, sharing.HEAVIEST), min_size=1, max_size=40)


@settings(max_examples=400)
@given(st.integers(0, sharing.MOST), WEIGHTS)
def test_the_parts_always_make_the_whole(whole: int, weights: dict[int, int]) -> None:
    total = sum(weights.values())
    if total == 0 and whole:
        with pytest.raises(ValueError, match="nobody has a weight"):
            divided(whole, weights)
        return
    parts = divided(whole, weights)
    assert sum(parts.values()) == whole
    for key, weight in weights.items():
        exact = whole * weight // total if total else 0
        assert parts[key] - exact in (0, 1), "to the fen"
        assert weight or parts[key] == 0, "who has no weight pays nothing"
    same = {weight: {parts[key] for key in weights if weights[key] == weight} for weight in weights.values()}
    assert all(max(each) - min(each) <= 1 for each in same.values())


@settings(max_examples=200)
@given(
    st.integers(1, 10_000_000_00),
    st.integers(0, 500_000_00),
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20_000_00)), min_size=1, max_size=12),
    st.integers(1, 4),
)
def test_what_is_paid_is_cost_and_compensation_less_subsidy(
    cost: int, subsidy: int, given_floors: list[tuple[int, int]], a_floor: int
) -> None:
    floors = {
        number: Floor(weight, 0 if weight else gets) for number, (weight, gets) in enumerate(given_floors, 1)
    }
    homes = dict.fromkeys(floors, a_floor)
    if next(sharing.faults(cost, subsidy, floors, homes), ""):
        return
    floor_of = {f"{floor}0{side}": floor for floor in floors for side in range(a_floor)}
    sums, lines = sharing.proposed(cost, subsidy, floors, floor_of)
    assert sums.paid == cost + sums.compensation - subsidy
    assert sum(each.pays for each in lines.values()) == sums.paid
    assert sum(each.gets for each in lines.values()) == sums.compensation
    assert all(each.pays == 0 or each.gets == 0 for each in lines.values())


def test_a_lift_of_three_floors() -> None:
    floors = {1: Floor(0, 5_000_00), 2: Floor(1, 0), 3: Floor(2, 0)}
    floor_of = {"101": 1, "102": 1, "201": 2, "202": 2, "301": 3, "302": 3}
    sums, lines = sharing.proposed(400_000_00, 100_000_00, floors, floor_of)
    assert sums == Sums(400_000_00, 100_000_00, 10_000_00, 310_000_00)
    assert lines["101"] == Line(0, 5_000_00)
    assert [lines[home].pays for home in ("201", "202", "301", "302")] == [
        51_666_67, 51_666_67, 103_333_33, 103_333_33,
    ]  # fmt: skip


SOUND = {1: Floor(0, 5_000_00), 2: Floor(1, 0)}


@pytest.mark.parametrize(
    ("cost", "subsidy", "floors", "said"),
    [
        (100, 0, SOUND, ""),
        (0, 0, SOUND, "Write what it costs"),
        (sharing.MOST + 1, 0, SOUND, "Write what it costs"),
        (100, -1, SOUND, "Write what it costs"),
        (100, 100 + 10_000_00, SOUND, ""),
        (100, 101 + 10_000_00, SOUND, "More is given from outside"),
        (100, 0, {1: Floor(1, 1), 2: Floor(1, 0)}, "A floor either pays or is compensated"),
        (100, 0, {1: Floor(0, 1), 2: Floor(0, 0)}, "Somebody has to pay"),
        (100, 100, {1: Floor(0, 0), 2: Floor(0, 0)}, ""),
    ],
)
def test_what_does_not_fit(cost: int, subsidy: int, floors: dict[int, Floor], said: str) -> None:
    found = next(sharing.faults(cost, subsidy, floors, {1: 2, 2: 2}), "")
    assert found.startswith(said)
    assert bool(found) is bool(said)


def test_what_changed_since_the_round_before() -> None:
    before = {"101": Line(0, 100), "201": Line(50, 0), "301": Line(70, 0)}
    after = {"101": Line(0, 150), "201": Line(60, 0), "301": Line(70, 0), "401": Line(5, 0)}
    assert sharing.changes(before, after) == {"101": -50, "201": 10}
    assert sharing.changes({}, after) == {}


@pytest.mark.parametrize(
    ("agree", "objecting", "is_told"),
    [(0, 0, True), (3, 0, True), (12, 0, True), (11, 1, False), (8, 4, False), (7, 5, True), (4, 8, False),
     (0, 5, True), (0, 4, False)],
)  # fmt: skip
def test_nobody_stands_out_among_a_few(agree: int, objecting: int, is_told: bool) -> None:
    heard = Heard(12, agree, objecting)
    assert (sharing.told(heard) is not None) is is_told
    assert heard.agreed is (agree == 12)
