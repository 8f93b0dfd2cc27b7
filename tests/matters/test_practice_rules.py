"""Rules of changing procedures, in tables: the law's limits, holders, differences, replay, names."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import clock
from linli.kernel.durations import Duration
from linli.kernel.workdays import default as calendar
from linli.matters.kinds import Power
from linli.matters.procedures import editing, loader
from linli.matters.procedures.kinds import CLOSED, Outcome, Verb
from linli.matters.procedures.outline import Outline, Span, Text, of_values, values_of
from linli.matters.procedures.schema import Procedure
from linli.matters.procedures.writing import as_yaml, to_yaml, written
from linli.matters.rules import law, publishing
from linli.matters.rules.clocks import Times
from linli.matters.rules.difference import What, difference
from linli.matters.rules.holders import Filled, PostHere, needed, unfilled
from linli.matters.rules.replay import Ending, Kept, Stay, replay

PRACTICES = loader.load_folder()
SHIPPED = {one.procedure: one for practice in PRACTICES for one in practice.procedures}
KNOWN = {one.procedure: practice.known for practice in PRACTICES for one in practice.procedures}
FIVE = SHIPPED["five-affairs"]
TIMES = Times(calendar())
MORNING = datetime(2026, 11, 16, 9, 0, tzinfo=clock.SHANGHAI)  # a Monday


def changed(procedure: Procedure, *pairs: tuple[str, str]) -> Procedure:
    """The procedure with words of its file replaced; each must be there."""
    text = to_yaml(procedure)
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return loader.load(text, "changed.yaml", known=KNOWN[procedure.procedure])


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_shipped_file_out_and_in_is_the_same(name: str) -> None:
    procedure = SHIPPED[name]
    again = loader.load(to_yaml(procedure), "again.yaml", known=KNOWN[name])
    assert again == procedure
    assert again.sha256 == procedure.sha256
    assert to_yaml(again) == to_yaml(procedure)
    assert values_of(of_values(written(procedure))) == written(procedure)


# ── the law ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_no_shipped_limit_is_longer_than_the_laws(name: str) -> None:
    assert list(law.longer_than_law(SHIPPED[name])) == []


LAWFUL = [
    # procedure, within replaced, by, steps refused
    ("five-affairs", "within: 15 workdays", "within: 34 workdays", []),  # 1 + 7 + 34 workdays: 59 days
    ("five-affairs", "within: 15 workdays", "within: 36 workdays", ["negotiate"]),
    ("five-affairs", "within: 1 workday", "within: 15 days", []),
    ("five-affairs", "within: 1 workday", "within: 16 days", ["raise"]),
    ("five-affairs", "within: 1 workday", "within: 11 workdays", ["raise"]),
    ("plain", "within: 5 workdays", "within: 12 workdays", []),  # 1 + 12 + 2 + 3 = 18 of 20 workdays
    ("plain", "within: 5 workdays", "within: 15 workdays", ["handle"]),
    ("plain", "within: 1 workday", "within: 6 workdays", ["register"]),
    ("five-steps", "within: 40 workdays", "within: 200 workdays", []),  # no law limits a task
]


@pytest.mark.parametrize(("name", "old", "new", "steps"), LAWFUL)
def test_a_limit_longer_than_the_laws_is_named(name: str, old: str, new: str, steps: list[str]) -> None:
    procedure = changed(SHIPPED[name], (old, new))
    refused = [str(params["step"]) for _path, _reason, params in law.longer_than_law(procedure)]
    assert sorted(set(refused)) == steps


LOCAL = [
    ("promise.ordinary", "60 days", True),
    ("promise.ordinary", "61 days", False),
    ("promise.complex", "42 workdays", True),
    ("promise.complex", "43 workdays", False),
    ("contact.ordinary", "15 days", True),
    ("contact.life", "16 days", False),
    ("reopen", "300 days", True),
    ("closing", "17:30", True),
]


@pytest.mark.parametrize(("key", "value", "lawful"), LOCAL)
def test_a_places_own_limit_stays_within_the_law(key: str, value: str, lawful: bool) -> None:
    assert bool(law.local_is_lawful(key, value)) is lawful


@given(st.sampled_from(sorted(SHIPPED)))
def test_no_way_through_a_step_is_shorter_than_the_step(name: str) -> None:
    procedure = SHIPPED[name]
    totals = law.quickest(procedure)
    assert set(totals) == {step.key for step in procedure.steps}
    assert all(totals[step.key] >= law.minutes(step.limit) for step in procedure.steps)


# ── holders ─────────────────────────────────────────────────────────────────────────────────────────────

MOVES = frozenset({Power.MOVE})
POSTS = [
    (PostHere("a"), Filled.MISSING),
    (PostHere("a", posts=2, vacant=0, covered=True), Filled.HELD),
    (PostHere("a", posts=2, vacant=1, covered=True), Filled.PARTLY),
    (PostHere("a", posts=2, vacant=2, covered=True), Filled.VACANT),
    (PostHere("a", posts=2, vacant=1, covered=False), Filled.EMPTY),
]


@pytest.mark.parametrize(("post", "filled"), POSTS)
def test_how_a_post_stands(post: PostHere, filled: Filled) -> None:
    assert post.filled is filled


HOLDERS = [
    (PostHere("grid_worker", 3, 0, True, MOVES), None),
    (PostHere("grid_worker", 3, 3, True, MOVES), None),
    (PostHere("grid_worker", 3, 3, False, MOVES), "is vacant and nobody above takes its work"),
    (PostHere("grid_worker"), "this community has no"),
    (PostHere("grid_worker", 3, 0, True, frozenset()), "may not move a matter on"),
    (PostHere("grid_worker", known=False), None),  # the check of names says so
]


@pytest.mark.parametrize(("post", "reason"), HOLDERS)
def test_a_step_needs_somebody_here(post: PostHere, reason: str | None) -> None:
    here = {code: PostHere(code, 1, 0, True, MOVES) for code in needed(FIVE)} | {"grid_worker": post}
    found = list(unfilled(FIVE, here))
    if reason is None:
        assert found == []
    else:
        ((path, said, params),) = found
        assert path == ("steps", 0, "holder")
        assert reason in said
        assert params == {"step": "raise", "post": "grid_worker"}


def test_a_post_told_when_late_must_be_there_too() -> None:
    here = {code: PostHere(code, 1, 0, True, MOVES) for code in needed(FIVE)}
    here["street_dispatcher"] = PostHere("street_dispatcher")
    assert [path for path, _said, _params in unfilled(FIVE, here)] == [("steps", 3, "late", "escalate")]


# ── differences ─────────────────────────────────────────────────────────────────────────────────────────

CHANGES = [
    (("within: 5 workdays", "within: 3 workdays"), What.WITHIN, "discuss"),
    (("holder: grid_worker", "holder: community_clerk"), What.HOLDER, "raise"),
    (("邻里议事, en", "大家来议, en"), What.TITLE, "discuss"),
    (("short: {zh: 商事", "short: {zh: 商量"), What.SHORT, "negotiate"),
    (("业委会正和物业商量怎么办、谁来办", "业委会在谈"), What.SAYS, "negotiate"),
    (("opens: [comments, orders, whistle]", "opens: [comments, orders]"), What.OPENS, "act"),
    (("needs: [official_answer]", "needs: [first_contact]"), What.NEEDS, "act"),
    (("      judge: settle_at_once\n", ""), What.MOVE_REMOVED, "raise"),
    (("remind: 3 workdays before", "remind: 2 workdays before"), What.REMIND, "act"),
    (("urge: 4 hours after", "urge: 1 hour after"), What.URGE, "raise"),
    (("escalate: grid_branch_secretary", "escalate: community_secretary"), What.ESCALATE, "raise"),
    (("starts: raise", "starts: discuss"), What.STARTS, ""),
    (("kinds: [appeal, proposal, dispute, wish, repair]", "kinds: [appeal]"), What.KINDS, ""),
]


@pytest.mark.parametrize(("pair", "what", "step"), CHANGES)
def test_what_two_versions_say_differently(pair: tuple[str, str], what: What, step: str) -> None:
    (change,) = difference(FIVE, changed(FIVE, pair))
    assert (change.what, change.step) == (what, step)


def test_a_limit_is_told_as_before_and_after() -> None:
    (change,) = difference(FIVE, changed(FIVE, ("within: 5 workdays", "within: 3 workdays")))
    assert (str(change.before), str(change.after)) == ("5 workdays", "3 workdays")


def edited(order: str) -> Procedure:
    outline = of_values(written(FIVE))
    assert editing.apply(outline, order)
    return loader.load(as_yaml(values_of(outline)), "edited.yaml", known=KNOWN["five-affairs"])


def test_steps_put_in_taken_out_and_moved_are_told() -> None:
    inserted = {change.what for change in difference(FIVE, edited("insert:1"))}
    assert inserted == {What.ADDED, What.MOVE_REMOVED, What.MOVE_ADDED}
    removed = [(one.what, one.step) for one in difference(FIVE, edited("remove:2"))]
    assert (What.REMOVED, "negotiate") in removed
    assert [one.what for one in difference(FIVE, edited("down:1"))] == [What.STATIONS, What.ORDER] or [
        one.what for one in difference(FIVE, edited("down:1"))
    ] == [What.ORDER]


def test_nothing_different_is_not_published() -> None:
    assert not publishing.is_worth_publishing(FIVE, FIVE.model_copy(update={"version": 9}))
    assert publishing.is_worth_publishing(None, FIVE)
    assert publishing.is_worth_publishing(FIVE, edited("insert:1"))


NAMES = [
    ("five-affairs", "/510303/003/002/", "five-affairs-510303003002"),
    ("five-affairs-510303003002", "/510303/003/002/", "five-affairs-510303003002"),
    ("five-affairs-510303003002", "/620201/002/006/", "five-affairs-5103030030-620201002006"),
    ("x" * 40, "/510303/003/002/", "x" * 27 + "-510303003002"),
]


@pytest.mark.parametrize(("name", "path", "own"), NAMES)
def test_a_communitys_own_name(name: str, path: str, own: str) -> None:
    found = publishing.own_name(name, path)
    assert len(found) <= publishing.LONGEST_NAME
    assert found.endswith(own.rsplit("-", 1)[1])
    assert found.startswith(own[:20])


# ── replay ──────────────────────────────────────────────────────────────────────────────────────────────

WALK = [  # step, hours it took, verb, target: the parking story of the five affairs
    ("raise", 5, "accept", "discuss"),
    ("discuss", 96, "refer", "negotiate"),
    ("negotiate", 48, "agree", "act"),
    ("act", 24, "resolve", "judge"),
    ("judge", 6, "resolve", CLOSED),
]


def past(rows: list[tuple[str, int, str, str]]) -> list[Stay]:
    moment, stays = MORNING, []
    for key, hours, verb, target in rows:
        left = moment + timedelta(hours=hours) if verb else None
        stays.append(Stay(key, moment, left, verb, target))
        moment += timedelta(hours=hours)
    return stays


def walk(procedure: Procedure, rows: list[tuple[str, int, str, str]]):
    return replay(past(rows), procedure, TIMES, MORNING + timedelta(days=90))


def test_along_its_own_procedure_a_matter_goes_as_it_went() -> None:
    found = walk(FIVE, WALK)
    assert [step.key for step in found.steps] == [row[0] for row in WALK]
    assert (found.ending, found.outcome, found.missed) == (Ending.CLOSED, Outcome.RESOLVED, 0)


def test_a_shorter_limit_is_missed() -> None:
    found = walk(changed(FIVE, ("within: 5 workdays", "within: 2 workdays")), WALK)
    assert [step.key for step in found.steps if step.kept is Kept.MISSED] == ["discuss"]
    assert found.missed == 1


def test_a_clock_that_stood_still_is_not_counted() -> None:
    stays = past(WALK)
    stays[1] = Stay("discuss", stays[1].entered_at, stays[1].left_at, "refer", "negotiate", timedelta(days=3))
    shorter = changed(FIVE, ("within: 5 workdays", "within: 2 workdays"))
    assert replay(stays, shorter, TIMES, MORNING).missed == 0


def test_a_step_the_past_does_not_know_is_passed_and_nobody_says_how_long() -> None:
    found = walk(edited("insert:1"), WALK)
    assert [step.key for step in found.steps] == ["raise", "discuss", "step-1", "negotiate", "act", "judge"]
    assert found.steps[2].kept is Kept.UNKNOWN
    assert found.ending is Ending.CLOSED


def test_a_step_taken_out_is_walked_by_what_was_done() -> None:
    found = walk(edited("remove:1"), WALK)  # no neighbours' council: raise leads to negotiate
    assert found.steps[0].key == "raise"
    assert found.steps[1].key == "negotiate"
    assert found.ending is Ending.STUCK  # at negotiate they referred on, and it has no such button
    assert found.verb == "refer"


ENDINGS = [
    ([("raise", 5, "withdraw", CLOSED)], Ending.CLOSED, Outcome.WITHDRAWN),
    ([("raise", 5, "merge", CLOSED)], Ending.CLOSED, Outcome.MERGED),
    ([("raise", 5, "accept", "discuss"), ("discuss", 0, "", "")], Ending.RUNNING, None),
    (
        [("raise", 5, "hand_over", "raise"), ("raise", 2, "out_of_scope", CLOSED)],
        Ending.CLOSED,
        Outcome.OUT_OF_SCOPE,
    ),
    ([("raise", 5, "whistle", "street")], Ending.STUCK, None),
    ([("raise", 5, "accept", "discuss")], Ending.UNFINISHED, None),
    ([], Ending.UNFINISHED, None),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "ending", "outcome"), ENDINGS)
def test_where_a_walk_ends(rows, ending: Ending, outcome: Outcome | None) -> None:
    found = walk(FIVE, rows)
    assert (found.ending, found.outcome) == (ending, outcome)


@given(st.sampled_from(sorted(SHIPPED)), st.sampled_from(sorted(SHIPPED)), st.data())
def test_a_walk_always_ends_and_stays_on_the_procedure(old: str, new: str, data) -> None:
    procedure, key, rows = SHIPPED[old], SHIPPED[old].starts, []
    for _ in range(12):
        move = data.draw(st.sampled_from(procedure.moves_from(key)))
        rows.append((key, data.draw(st.integers(1, 400)), move.verb.value, move.target))
        key = move.target
        if key == CLOSED:
            break
    tried = SHIPPED[new]
    found = walk(tried, rows)
    assert {step.key for step in found.steps} <= {step.key for step in tried.steps}
    for before, after in zip(found.steps, found.steps[1:], strict=False):
        assert before.move is None or before.move.target == after.key
    if old == new and key == CLOSED:
        assert found.ending is Ending.CLOSED


# ── any edit the checks accept can end ──────────────────────────────────────────────────────────────────

WORDS = st.text(alphabet="社区居民议事办评abcXY: {}#'\"&*!|>%@`-", min_size=0, max_size=12)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, Outline]:
    """A shipped procedure after some presses and some typing, sensible or not."""
    name = draw(st.sampled_from(sorted(SHIPPED)))
    outline = of_values(written(SHIPPED[name]))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(outline.steps) - 1))
        step = outline.steps[at]
        match draw(st.sampled_from(["press", "press", "title", "within", "target", "verb", "kinds"])):
            case "press":
                order = draw(st.sampled_from(sorted(editing.CHANGES)))
                editing.apply(outline, f"{order}:{at}:{draw(st.integers(0, 3))}")
            case "title":
                step.title = Text(draw(WORDS), draw(WORDS))
            case "within":
                amount = draw(st.sampled_from(["", "0", "1", "3", "90", "x"]))
                step.within = Span(amount, draw(st.sampled_from(["workday", "day", "moon"])))
            case "target" if step.moves:
                keys = [one.key for one in outline.steps] + [CLOSED, "nowhere"]
                draw(st.sampled_from(step.moves)).target = draw(st.sampled_from(keys))
            case "verb" if step.moves:
                draw(st.sampled_from(step.moves)).verb = draw(st.sampled_from([*Verb])).value
            case "kinds":
                outline.kinds = draw(st.lists(st.sampled_from(["appeal", "wish", "task"]), unique=True))
    return name, outline


@given(edits())
def test_an_edit_that_is_accepted_can_end_from_every_step(edit: tuple[str, Outline]) -> None:
    name, outline = edit
    text = as_yaml(values_of(outline))
    found, wrong = loader.examine(text, "edit.yaml", known=KNOWN[name])
    assert values_of(of_values(loader.parse(text)[1])) == values_of(outline)
    if found is None or wrong:
        assert wrong
        assert all(fault.line >= 1 for fault in wrong)
        return
    assert loader.load(to_yaml(found), "again.yaml", known=KNOWN[name]) == found
    for step in found.steps:
        assert CLOSED in reachable(found, step.key)
    assert {step.key for step in found.steps} <= reachable(found, found.starts) | {found.starts}


def reachable(procedure: Procedure, start: str) -> set[str]:
    """Where the buttons lead from a step, pressed one after another."""
    seen, waiting = set(), [start]
    while waiting:
        for move in procedure.moves_from(waiting.pop()):
            if move.target not in seen:
                seen.add(move.target)
                waiting.append(move.target)
    return seen


def test_lengths_are_compared_by_an_ordinary_week() -> None:
    assert law.is_longer(Duration.parse("11 workdays"), Duration.parse("15 days"))
    assert not law.is_longer(Duration.parse("5 workdays"), Duration.parse("7 days"))
    assert not law.is_longer(Duration.parse("24 hours"), Duration.parse("1 day"))
