"""Buildings by range: what a line means, what is refused, and how they stand in grids and estates."""

from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.founding.kinds import Stage
from linli.founding.rules import layout, posts
from linli.founding.rules.layout import Layout, lay_out, nodes
from linli.founding.rules.posts import Facts, Ground, Need
from linli.founding.rules.ranges import read_buildings, read_grids
from linli.organizations.kinds import OrganizationKind
from linli.places.kinds import PlaceKind
from linli.places.rules import LABEL, may_stand_under


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("1–12栋 3单元 6层 2户", (1, 12, "栋", 3, 6, 2)),
        ("1-12栋, 3 entrances, 6 floors, 2 homes", (1, 12, "栋", 3, 6, 2)),
        ("1至12号楼，3个单元，6层，每层2户", (1, 12, "号楼", 3, 6, 2)),
        ("1至12号楼，3单元，6层，每层2户", (1, 12, "号楼", 3, 6, 2)),
        ("１－１２幢　３单元　６层　２户", (1, 12, "幢", 3, 6, 2)),
        ("7 1 33 6", (7, 7, "栋", 1, 33, 6)),
        ("9栋 33层 1单元 4户", (9, 9, "栋", 1, 33, 4)),
        ("5# 2门 6层 3户", (5, 5, "号楼", 2, 6, 3)),
        ("1栋到3栋 2单元 6层 2户", (1, 3, "栋", 2, 6, 2)),
    ],
)
def test_a_line_of_buildings(line: str, meant: tuple[int, int, str, int, int, int]) -> None:
    blocks, wrong = read_buildings(line)
    assert wrong == []
    [block] = blocks
    assert (block.first, block.last, block.unit, block.entrances, block.floors, block.homes) == meant


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("12–1栋 3单元 6层 2户", 1, "12–1 runs backwards"),
        ("1–12栋", 1, "Say how many entrances"),
        ("\n1–12栋 3单元 6层", 2, "Say how many entrances"),
        ("1–12栋 3单元 3单元 6层 2户", 1, "Say how many entrances"),
        ("0–3栋 1单元 6层 2户", 1, "between 1 and 9999"),
        ("1栋 31单元 6层 2户", 1, "1 to 30 entrances, not 31"),
        ("1栋 1单元 100层 2户", 1, "1 to 99 floors, not 100"),
        ("1栋 1单元 6层 0户", 1, "1 to 60 homes by each entrance, not 0"),
        ("1–2500栋 1单元 1层 1户", 1, "At most 2000 buildings"),
    ],
)
def test_a_line_that_cannot_be_read(text: str, line: int, reason: str) -> None:
    _blocks, [problem] = read_buildings(text)
    assert problem.line == line
    assert reason in str(problem.why)


def planned(buildings: str, grids: str = "") -> Layout:
    """What two texts come to."""
    blocks, wrong = read_buildings(buildings)
    lines, more = read_grids(grids)
    assert [*wrong, *more] == []
    return lay_out(blocks, lines)


def refused(buildings: str, grids: str = "") -> tuple[int, str]:
    """The one problem of two texts."""
    [problem] = planned(buildings, grids).problems
    return problem.line, str(problem.why)


def test_counts_and_the_places_that_follow() -> None:
    plan = planned("1–12栋 3单元 6层 2户\n13栋 1单元 33层 6户", "1网格: 1–6栋\n2网格: 7–13栋")
    assert (len(plan.buildings), plan.entrances, plan.homes) == (13, 37, 12 * 36 + 198)
    made = list(nodes(plan))
    kinds = [node.kind for node in made]
    assert (kinds.count(PlaceKind.HOME), kinds.count(PlaceKind.GRID)) == (plan.homes, 2)
    assert made[0].name == "1网格"
    assert next(node for node in made if node.name == "7栋").key == "g02/b07/"
    assert made[-1].key == "g02/b13/u1/3306/"
    assert made[-1].name == "3306室"
    ends = layout.ends_of(plan.buildings[0])
    assert (ends.first, ends.last) == ("1单元 101室", "3单元 602室")
    assert (ends.first_code, ends.last_code) == ("b01-u1-0101", "b01-u3-0602")


def test_an_estate_lies_in_a_grid_or_holds_grids() -> None:
    two = "康馨家园\n1–4栋 2单元 6层 2户\n东苑\n1–2栋 2单元 6层 2户"
    within = planned(two, "1网格: 康馨家园\n2网格: 东苑")
    assert within.nested == {"康馨家园": "1网格", "东苑": "2网格"}
    assert next(node for node in nodes(within) if node.name == "2栋").key == "g01/y01/b02/"
    cut = planned(two, "1网格: 康馨家园 1–2栋\n2网格: 康馨家园 3–4栋\n3网格: 东苑")
    assert cut.holding == {"1网格": "康馨家园", "2网格": "康馨家园"}
    assert next(node for node in nodes(cut) if node.name == "3栋").key == "y01/g02/b03/"
    partly = planned(two, "1网格: 康馨家园 1–2栋")
    assert next(node for node in nodes(partly) if node.name == "4栋").key == "y01/b04/"


@pytest.mark.parametrize(
    ("buildings", "grids", "line", "reason"),
    [
        ("1–3栋 1单元 6层 2户\n3–5栋 1单元 6层 2户", "", 2, "Building 3 is named in line 1 already"),
        ("1–2000栋 3单元 9层 2户", "", 0, "a community has at most 30000"),
        ("", "", 0, "at least one line"),
        ("1–3栋 1单元 6层 2户", "1网格: 1–4栋", 1, "names 4, which is not among"),
        ("1–3栋 1单元 6层 2户", "1网格: 西苑", 1, "names 西苑"),
        ("1–3栋 1单元 6层 2户", "1网格: 1–2栋\n2网格: 2–3栋", 2, "Building 2 lies in grid 1网格 already"),
        (
            "甲苑\n1栋 1单元 6层 2户\n乙苑\n1栋 1单元 6层 2户",
            "1网格: 1栋",
            1,
            "Several estates have a building 1",
        ),
        (
            "甲苑\n1–2栋 1单元 6层 2户\n乙苑\n3栋 1单元 6层 2户",
            "1网格: 1栋, 3栋\n2网格: 2栋",
            1,
            "one must hold the other whole",
        ),
    ],
)
def test_buildings_that_do_not_fit(buildings: str, grids: str, line: int, reason: str) -> None:
    where, said = refused(buildings, grids)
    assert where == line
    assert reason in said


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1网格 1–6栋", "its name, a colon"),
        (": 1–6栋", "its name, a colon"),
        ("1网格: 6–1栋", "runs backwards"),
        ("1网格: 1栋\n1网格: 2栋", "already a grid called 1网格"),
    ],
)
def test_a_grid_that_cannot_be_read(line: str, reason: str) -> None:
    _grids, [problem] = read_grids(line)
    assert reason in str(problem.why)


blocks = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(1, 5), st.integers(1, 3)),
    min_size=1,
    max_size=6,
)


@given(blocks, st.integers(0, 3), st.randoms(use_true_random=False))
def test_what_is_made_is_what_was_counted(
    sizes: list[tuple[int, int, int, int]], grid_count: int, random: Random
) -> None:
    """Whatever the ranges: as many homes as counted, no path twice, every parent first and fitting."""
    lines, first = [], 1
    for count, entrances, floors, homes in sizes:
        lines.append(f"{first}–{first + count - 1}栋 {entrances}单元 {floors}层 {homes}户")
        first += count
    numbers = list(range(1, first))
    random.shuffle(numbers)
    shares = [numbers[at::grid_count] for at in range(grid_count)] if grid_count else []
    named = [
        f"{at}网格: " + ", ".join(f"{n}栋" for n in share) for at, share in enumerate(shares, 1) if share
    ]
    plan = planned("\n".join(lines), "\n".join(named))
    assert plan.problems == ()
    made = list(nodes(plan))
    kind_of = {"": PlaceKind.COMMUNITY}
    for node in made:
        assert node.key not in kind_of
        assert node.key.startswith(node.parent)
        assert may_stand_under(node.kind, kind_of[node.parent])
        assert LABEL.fullmatch(node.key.removeprefix(node.parent).rstrip("/"))
        kind_of[node.key] = node.kind
    assert sum(node.kind is PlaceKind.HOME for node in made) == plan.homes
    assert plan.homes == sum(count * e * f * h for count, e, f, h in sizes)


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_breaks_it(buildings: str, grids: str) -> None:
    found, wrong = read_buildings(buildings)
    lines, more = read_grids(grids)
    assert all(each.line >= 0 for each in [*wrong, *more])
    plan = lay_out(found, lines)
    assert plan.problems or plan.homes <= layout.MOST_HOMES


class Kind:
    """A kind of post as a practice describes it."""

    def __init__(self, level: str, above: str | None = None) -> None:
        self.level, self.above = level, above


KINDS = {
    "grid_worker": Kind("grid", "community_clerk"),
    "community_clerk": Kind("community", "community_secretary"),
    "community_secretary": Kind("community", "street_dispatcher"),
    "street_dispatcher": Kind("street", "district_dispatcher"),
    "district_dispatcher": Kind("district"),
    "owners_committee_director": Kind("community", "community_secretary"),
    "building_head": Kind("building", "grid_worker"),
    "unit_handler": Kind("community"),
}
STREET = Ground(UUID(int=1), "street", "钢城街道")
COMMUNITY = Ground(UUID(int=2), "community", "建设社区")
GRIDS = [Ground(UUID(int=3), "grid", "1网格"), Ground(UUID(int=4), "grid", "2网格")]


def test_the_posts_a_practice_needs() -> None:
    codes = posts.kinds_needed(["grid_worker", "unit_handler", "unheard_of"], KINDS)
    assert codes == [
        "district_dispatcher", "street_dispatcher", "community_clerk", "community_secretary", "grid_worker",
    ]  # fmt: skip
    assert posts.kinds_needed([], KINDS) == codes
    assert "owners_committee_director" in posts.kinds_needed(["owners_committee_director"], KINDS)


def test_a_post_for_each_grid_or_one_for_the_community() -> None:
    assert posts.needs(["grid_worker"], KINDS, [COMMUNITY, *GRIDS]) == [
        Need("grid_worker", GRIDS[0]),
        Need("grid_worker", GRIDS[1]),
    ]
    assert posts.needs(["grid_worker"], KINDS, [COMMUNITY]) == [Need("grid_worker", COMMUNITY)]
    assert posts.needs(["street_dispatcher"], KINDS, [COMMUNITY]) == []
    assert posts.needs(["street_dispatcher"], KINDS, [STREET, COMMUNITY]) == [
        Need("street_dispatcher", STREET)
    ]


@pytest.mark.parametrize(
    ("code", "level", "kind"),
    [
        ("grid_worker", "grid", OrganizationKind.RESIDENTS_COMMITTEE),
        ("street_dispatcher", "street", OrganizationKind.STREET_OFFICE),
        ("district_dispatcher", "district", OrganizationKind.DISTRICT),
        ("owners_committee_director", "community", OrganizationKind.OWNERS_COMMITTEE),
    ],
)
def test_where_a_post_sits(code: str, level: str, kind: OrganizationKind) -> None:
    assert posts.organization_of(code, level) is kind


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        (Facts(0, 0, 0, 0), Stage.BUILDINGS),
        (Facts(3, 0, 0, 0), Stage.PRACTICE),
        (Facts(3, 1, 0, 0), Stage.POSTS),
        (Facts(3, 1, 2, 2), Stage.SLIPS),
        (Facts(3, 1, 2, 0), Stage.DONE),
    ],
)
def test_what_exists_says_what_comes_next(facts: Facts, stage: Stage) -> None:
    assert posts.next_stage(facts) is stage
