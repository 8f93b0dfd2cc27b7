"""What is usual: who speaks from how many decisions on, what is never learnt away, and how lenient to be."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest

from linli.matters.kinds import Level, Thing, Urgency, Verb
from linli.matters.procedures import loader
from linli.matters.rules import habits as rules
from linli.matters.rules.habits import Habit, Habits, Lesson
from linli.matters.rules.nearness import LENIENCES, LENIENT, lenience
from linli.matters.rules.sorting import Then, level_meant, level_shown
from linli.matters.triage.taxonomy import load_taxonomy
from linli.matters.triage.words import suggest

HERE, THERE = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("own", "everyone", "usual"),
    [
        ("aaaa", "", None),
        ("aaaaa", "", Habit("a", 5, 5, True)),
        ("aaabb", "", Habit("a", 3, 5, True)),
        ("aabbcc", "", None),
        ("ab" * 5, "", None),
        ("ab" * 5, "a" * 40, Habit("a", 5, 10, True)),  # what all do breaks the tie
        ("aaaaaaaabb" + "b" * 20, "", Habit("a", 8, 10, True)),  # the latest ten alone
        ("bbbbb", "a" * 40, Habit("b", 5, 5, True)),  # one's own goes before
        ("bbbb", "a" * 40, Habit("a", 40, 40, False)),
        ("", "a" * 19, None),
        ("", "a" * 20, Habit("a", 20, 20, False)),
        ("", "a" * 10 + "b" * 10, None),
        ("", "a" * 30 + "b" * 90, Habit("a", 30, 40, False)),
    ],
)
def test_from_how_many_decisions_on_something_is_usual(own: str, everyone: str, usual: Habit | None) -> None:
    assert rules.habit(own, everyone) == usual


def _lessons(*said: tuple[UUID, str]) -> list[Lesson]:
    return [Lesson(community, "lift", choice) for community, choice in said]


def test_a_unit_is_a_habit_of_its_own_community_and_a_kind_of_unit_one_of_all() -> None:
    lessons = _lessons(*[(HERE, "x")] * 5, *[(THERE, "y")] * 30)
    assert rules.habits_of(lessons, HERE, Thing.UNIT) == {"lift": Habit("x", 5, 5, True)}
    assert rules.habits_of(lessons, uuid4(), Thing.UNIT) == {}
    assert rules.habits_of(lessons, None, Thing.DUTY) == {"lift": Habit("y", 30, 35, False)}
    assert rules.habits_of(lessons, HERE, Thing.DUTY) == {"lift": Habit("y", 30, 35, False)}
    assert rules.habits_of(lessons, HERE, Thing.LEVEL) == {"lift": Habit("x", 5, 5, True)}


def test_every_decision_is_asked_of_those_before_it_alone() -> None:
    oldest_first = [(HERE, "a")] * 6 + [(THERE, "b")] + [(HERE, "b"), (HERE, "a")]
    newest_first = _lessons(*reversed(oldest_first))
    assert rules.checked(newest_first, HERE, Thing.LEVEL) == (2, 3)
    assert rules.checked(newest_first, THERE, Thing.LEVEL) == (0, 0)


def _usual(thing: Thing, key: str, choice: str) -> Habits:
    return Habits({thing: {key: Habit(choice, 8, 10, True)}})


def _followed(text: str, habits: Habits) -> tuple[Level, Urgency, Sequence[Thing]]:
    found, why = rules.followed(suggest(text, "", load_taxonomy()), habits)
    return found.level, found.urgency, list(why)


@pytest.mark.parametrize(
    ("text", "habits", "level", "followed"),
    [
        ("电梯坏了", _usual(Thing.LEVEL, "lift", "council"), Level.COUNCIL, True),
        ("电梯坏了", _usual(Thing.LEVEL, "lift", "out_of_scope"), Level.OUT_OF_SCOPE, True),
        ("电梯坏了", _usual(Thing.LEVEL, "parking", "council"), Level.SETTLE_AT_ONCE, False),
        # what the words say besides goes before what is usual for the category
        ("电梯坏了，已经起诉", _usual(Thing.LEVEL, "lift", "council"), Level.OUT_OF_SCOPE, False),
        ("电梯坏了，已经起诉", _usual(Thing.LEVEL, ":legal", "mediation"), Level.MEDIATION, True),
        ("电梯坏了，已经起诉", _usual(Thing.LEVEL, ":legal", "out_of_scope"), Level.OUT_OF_SCOPE, False),
        # danger is never learnt away
        (
            "电梯坏了，着火了",
            _usual(Thing.LEVEL, ":emergency", "settle_at_once"),
            Level.OUT_OF_SCOPE,
            False,
        ),
        ("孩子困在电梯里", _usual(Thing.LEVEL, ":danger", "council"), Level.SETTLE_AT_ONCE, False),
    ],
)
def test_how_a_matter_is_settled_follows_what_is_usual(
    text: str, habits: Habits, level: Level, followed: bool
) -> None:
    assert _followed(text, habits)[::2] == (level, [Thing.LEVEL] if followed else [])


def test_how_pressing_follows_what_is_usual_but_for_danger() -> None:
    habits = _usual(Thing.URGENCY, "lift", "ordinary")
    assert _followed("电梯坏了", habits)[1:] == (Urgency.ORDINARY, [Thing.URGENCY])
    assert _followed("孩子困在电梯里", habits)[1:] == (Urgency.LIFE, [])


def test_habits_are_kept_as_they_were_but_for_what_is_no_level_any_more() -> None:
    habits = Habits({Thing.LEVEL: {"lift": Habit("council", 8, 10, True)}}, 0.04)
    raw = rules.packed(habits)
    assert rules.unpacked(raw).of(Thing.LEVEL, "lift") == Habit("council", 8, 10, True)
    assert rules.unpacked(raw).lenient == 0.04
    raw["level"]["lift"][0] = "throne"
    assert rules.unpacked(raw).of(Thing.LEVEL, "lift") is None
    assert not rules.unpacked({})


@pytest.mark.parametrize(
    ("pairs", "lenient"),
    [
        ([(-0.05, False)] * 11, LENIENT),
        ([(-0.05, False)] * 12, 0.04),
        ([(-0.05, False)] * 12 + [(-0.06, True)] * 13, LENIENT),
        ([(-0.14, True)] * 12, 0.14),
        ([(-0.3, True)] * 12, LENIENT),  # beyond what is ever shown: nothing to gain
        ([(0.3, False)] * 60, LENIENT),
    ],
)
def test_duplicates_are_chosen_by_the_pairs_a_community_judged_within_bounds(
    pairs: list[tuple[float, bool]], lenient: float
) -> None:
    assert lenience(pairs) == lenient
    assert LENIENCES[0] <= lenient <= LENIENCES[-1]


def test_the_button_pressed_goes_before_the_level_beside_it() -> None:
    assert level_meant(Level.SETTLE_AT_ONCE, Then.NOT_OURS) is Level.OUT_OF_SCOPE
    assert level_meant(Level.SETTLE_AT_ONCE, Then.COUNCIL) is Level.COUNCIL
    assert level_meant(Level.JOINT_CONFERENCE, Then.COUNCIL) is Level.JOINT_CONFERENCE
    assert level_meant(Level.MEDIATION, Then.SETTLE) is Level.MEDIATION


@pytest.mark.parametrize(
    ("verb", "target", "level", "shown"),
    [
        (Verb.OUT_OF_SCOPE, None, "council", Level.OUT_OF_SCOPE),
        (Verb.SETTLE_AT_ONCE, "judge", "", Level.SETTLE_AT_ONCE),
        (Verb.SETTLE_AT_ONCE, "judge", "council", Level.SETTLE_AT_ONCE),
        (Verb.SETTLE_AT_ONCE, "judge", "mediation", None),
        (Verb.REFER, "discuss", "", Level.COUNCIL),
        (Verb.REFER, "discuss", "party_committee", None),
        (Verb.DISPATCH, "act", "", None),
    ],
)
def test_what_a_move_by_hand_says_of_the_level(
    verb: Verb, target: str | None, level: str, shown: Level | None
) -> None:
    five = next(
        one
        for practice in loader.load_folder()
        for one in practice.procedures
        if one.procedure == "five-affairs"
    )
    assert level_shown(verb, five.step(target) if target else None, level) is shown
