"""The rules of matters as tables of cases: promises, lateness, orders, needs, rates, publication."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import clock
from linli.kernel.durations import Duration
from linli.kernel.workdays import default
from linli.matters.kinds import LatenessKind, OrderKind, OrderState, Urgency
from linli.matters.procedures.kinds import Need
from linli.matters.procedures.schema import Late
from linli.matters.rules import clocks, numbers, orders, publication, steps
from linli.matters.rules.orders import OrderVerb
from linli.matters.rules.rates import CountedCallback, CountedMatter, Rate, three_rates

TIMES = clocks.Times(default())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI)


@pytest.mark.parametrize(
    ("urgency", "raised", "promised"),
    [
        (Urgency.LIFE, "2026-11-18 22:41", "2026-11-19 00:41"),
        (Urgency.UTILITY, "2026-11-20 23:00", "2026-11-21 23:00"),
        (Urgency.ORDINARY, "2026-11-18 22:41", "2026-11-25 18:00"),
        (Urgency.ORDINARY, "2026-09-25 10:00", "2026-10-08 18:00"),  # the seventh day is in the holiday
        (Urgency.COMPLEX, "2026-11-18 22:41", "2026-12-03 18:00"),
    ],
)
def test_the_promise_follows_the_urgency(urgency: Urgency, raised: str, promised: str) -> None:
    assert clocks.promised_at(at(raised), urgency, TIMES) == at(promised)


def test_a_place_may_promise_more() -> None:
    local = clocks.Times(default(), local={"promise.ordinary": "3 workdays"})
    assert clocks.promised_at(at("2026-11-18 09:00"), Urgency.ORDINARY, local) == at("2026-11-23 18:00")


@pytest.mark.parametrize(
    ("key", "value", "sound"),
    [
        ("promise.life", "1 hour", True),
        ("closing", "17:30", True),
        ("closing", "5 days", False),
        ("promise.life", "soon", False),
        ("promise.of_nothing", "1 hour", False),
        ("posting", "10 days", True),
        ("posting", "10 workdays", True),
        ("posting", "48 hours", False),
    ],
)
def test_local_settings_are_checked(key: str, value: str, sound: bool) -> None:
    assert bool(clocks.local_rule_is_sound(key, value)) is sound


@pytest.mark.parametrize(
    ("entered", "local", "ends"),
    [
        ("2026-11-16 09:00", {}, "2026-12-01 18:00"),  # fifteen days, the first not counted
        ("2026-11-16 17:59", {}, "2026-12-01 18:00"),
        ("2026-11-20 09:00", {}, "2026-12-07 18:00"),  # the fifteenth is a Saturday
        ("2026-11-16 09:00", {"posting": "7 days"}, "2026-11-23 18:00"),
        ("2026-11-16 09:00", {"posting": "10 workdays"}, "2026-11-30 18:00"),
        ("2026-11-16 09:00", {"closing": "17:30"}, "2026-12-01 17:30"),
    ],
)
def test_how_long_a_step_stays_posted(entered: str, local: dict[str, str], ends: str) -> None:
    closing = time.fromisoformat(local.get("closing", "18:00"))
    times = clocks.Times(default(), closing, local)
    assert clocks.posting_ends(at(entered), times) == at(ends)


def test_a_step_that_is_posted_is_not_late_before_it_may_be_left() -> None:
    start, times = at("2026-11-16 09:00"), clocks.Times(default())
    assert clocks.posted_step_due(at("2026-11-20 18:00"), start, times) == at("2026-12-02 18:00")
    assert clocks.posted_step_due(at("2026-12-07 18:00"), start, times) == at("2026-12-07 18:00")


def test_a_step_ends_within_the_promise_while_that_lies_ahead() -> None:
    start, limit = at("2026-11-18 09:00"), Duration.parse("5 workdays")
    assert clocks.step_due(start, limit, at("2026-11-20 18:00"), TIMES) == at("2026-11-20 18:00")
    assert clocks.step_due(start, limit, at("2026-11-30 18:00"), TIMES) == at("2026-11-25 18:00")
    assert clocks.step_due(start, limit, at("2026-11-17 18:00"), TIMES) == at("2026-11-25 18:00")


@pytest.mark.parametrize(
    ("now", "fired"),
    [
        ("2026-11-18 17:59", []),
        ("2026-11-18 18:00", [LatenessKind.REMIND]),
        ("2026-11-19 18:00", [LatenessKind.REMIND]),
        ("2026-11-19 18:01", [LatenessKind.REMIND, LatenessKind.ESCALATE]),
        ("2026-11-20 18:00", [LatenessKind.REMIND, LatenessKind.URGE, LatenessKind.ESCALATE]),
    ],
)
def test_lateness_fires_at_its_moments(now: str, fired: list[LatenessKind]) -> None:
    late = Late(remind="1 workday before", urge="1 workday after", escalate="community_secretary")
    assert clocks.lateness(at("2026-11-19 18:00"), late, at(now), TIMES) == fired


@pytest.mark.parametrize(
    ("issued", "due", "now", "fired"),
    [
        ("2026-11-18 09:00", "2026-11-18 11:00", "2026-11-18 09:59", []),
        ("2026-11-18 09:00", "2026-11-18 11:00", "2026-11-18 10:00", ["remind"]),
        ("2026-11-18 09:00", "2026-11-18 11:00", "2026-11-18 11:00", ["remind"]),
        ("2026-11-18 09:00", "2026-11-18 11:00", "2026-11-18 11:01", ["remind", "urge"]),
        ("2026-11-18 09:00", "2026-11-18 11:00", "2026-11-18 12:59", ["remind", "urge"]),
        ("2026-11-18 09:00", "2026-11-18 11:00", "2026-11-18 13:00", ["remind", "urge", "escalate"]),
        # Four days to report in: one working day before and after, not two days.
        ("2026-11-16 18:00", "2026-11-20 18:00", "2026-11-19 17:59", []),
        ("2026-11-16 18:00", "2026-11-20 18:00", "2026-11-19 18:00", ["remind"]),
        ("2026-11-16 18:00", "2026-11-20 18:00", "2026-11-23 17:59", ["remind", "urge"]),
        ("2026-11-16 18:00", "2026-11-20 18:00", "2026-11-23 18:00", ["remind", "urge", "escalate"]),
    ],
)
def test_reporting_in_is_late_at_its_own_moments(issued: str, due: str, now: str, fired: list[str]) -> None:
    assert clocks.report_in_lateness(at(issued), at(due), at(now), TIMES) == fired


@pytest.mark.parametrize(
    ("urgency", "since", "due"),
    [
        (Urgency.LIFE, "2026-11-20 17:00", "2026-11-20 19:00"),
        (Urgency.UTILITY, "2026-11-20 17:00", "2026-11-21 17:00"),
        (Urgency.ORDINARY, "2026-11-20 17:00", "2026-11-23 18:00"),  # over the weekend
        (Urgency.COMPLEX, "2026-11-19 18:01", "2026-11-20 18:00"),
    ],
)
def test_a_supervisor_has_as_long_as_a_first_word(urgency: Urgency, since: str, due: str) -> None:
    found = clocks.supervision_due(at(since), urgency, TIMES)
    assert found == at(due)
    assert not clocks.supervision_rises(found, found)
    assert clocks.supervision_rises(found, found + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("now", "due", "suspended", "keeps"),
    [
        ("2026-11-18 09:00", "2026-11-25 18:00", False, True),  # the promised minute itself
        ("2026-11-18 09:00", "2026-11-25 18:01", False, False),
        ("2026-11-18 09:00", "2026-11-25 18:01", True, True),  # the promise moves on when the clock goes on
        ("2026-11-25 17:59", "2026-11-26 18:00", False, False),
        ("2026-11-25 18:00", "2026-11-26 18:00", False, True),  # the promise is over: any day ahead
    ],
)
def test_an_order_lies_within_the_promise(now: str, due: str, suspended: bool, keeps: bool) -> None:
    decision = orders.keeps_the_promise(at(now), at(due), at("2026-11-25 18:00"), suspended)
    assert bool(decision) is keeps
    assert keeps or "2026-11-25 18:00" in str(decision)


def test_the_latest_an_order_is_due_is_the_promise_while_it_lies_ahead() -> None:
    promised = at("2026-11-25 18:00")
    assert clocks.latest_due(promised, at("2026-11-25 17:59"), Urgency.ORDINARY, TIMES) == promised
    assert clocks.latest_due(promised, promised, Urgency.ORDINARY, TIMES) == at("2026-12-02 18:00")


@given(st.sampled_from(OrderState), st.sampled_from(OrderVerb))
def test_what_moved_on_is_told_in_a_sentence_of_its_own(state: OrderState, verb: OrderVerb) -> None:
    told = orders.may_go(state, verb, OrderKind.WHISTLE)
    if not told:
        assert told == orders.MOVED_ON[state]
    assert len({str(told) for told in orders.MOVED_ON.values()}) == len(OrderState)


@given(st.integers(0, 60 * 24 * 80), st.integers(1, 60 * 24 * 30))
def test_a_clock_that_stood_still_never_ends_earlier_nor_on_a_day_off(begins: int, stood: int) -> None:
    since = datetime(2026, 1, 5, 2, tzinfo=UTC) + timedelta(minutes=begins)
    due, now = since + timedelta(days=3), since + timedelta(minutes=stood)
    resumed = clocks.resumed_due(due, since, now, TIMES)
    assert resumed >= due + (now - since) - timedelta(days=1)
    assert default().is_workday(clock.local(resumed).date())


@pytest.mark.parametrize(("until", "may"), [(0, False), (1, True), (90, True), (91, False)])
def test_a_suspension_lasts_at_most_ninety_days(until: int, may: bool) -> None:
    day = date(2026, 11, 18) + timedelta(days=until)
    assert clocks.suspension_may_last(at("2026-11-18 09:00"), day) is may


@given(st.sampled_from(OrderState), st.sampled_from(OrderVerb), st.sampled_from(OrderKind))
def test_an_order_at_its_end_stays_there(state: OrderState, verb: OrderVerb, kind: OrderKind) -> None:
    allowed = orders.may_go(state, verb, kind)
    if state in orders.STOPS_AT_END:
        assert not allowed
    if allowed:
        assert state in orders.TRANSITIONS[verb][0]


def test_every_state_of_an_order_can_reach_an_end() -> None:
    ends, grown = set(orders.STOPS_AT_END), True
    while grown:
        reach = {
            source for sources, target in orders.TRANSITIONS.values() if target in ends for source in sources
        }
        grown = not reach <= ends
        ends |= reach
    assert ends == set(OrderState)


@pytest.mark.parametrize(
    ("need", "facts", "met"),
    [
        (Need.MINUTES, steps.Facts(minutes=True), True),
        (Need.MINUTES, steps.Facts(), False),
        (Need.ORDER_VERIFIED, steps.Facts(orders=(OrderState.VERIFIED,)), True),
        (Need.ORDER_VERIFIED, steps.Facts(orders=(OrderState.VERIFIED, OrderState.WITHDRAWN)), True),
        (Need.ORDER_VERIFIED, steps.Facts(orders=(OrderState.VERIFIED, OrderState.REPORTED)), False),
        (Need.ORDER_VERIFIED, steps.Facts(orders=(OrderState.WITHDRAWN,)), False),
        (Need.ORDER_VERIFIED, steps.Facts(), False),
        (Need.OUTCOME, steps.Facts(openings_recorded=False), False),
        (Need.PASSED, steps.Facts(passed=True), True),
        (Need.PASSED, steps.Facts(passed=False), False),
        (Need.POSTED, steps.Facts(), False),
        (Need.POSTED, steps.Facts(posted=steps.Posted()), False),
        (Need.POSTED, steps.Facts(posted=steps.Posted(is_over=True, objections=1)), False),
        (Need.POSTED, steps.Facts(posted=steps.Posted(is_over=True)), True),
    ],
)
def test_what_leaving_a_step_needs(need: Need, facts: steps.Facts, met: bool) -> None:
    assert facts.satisfies(need) is met
    assert bool(steps.may_leave([need], facts)) is met


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "—"), (0, 3, "0.0%"), (2, 3, "66.7%"), (1, 3, "33.3%"), (1, 1, "100.0%"), (1, 2000, "0.1%")],
)
def test_a_rate_says_its_share_rounded_by_halves(part: int, whole: int, said: str) -> None:
    assert Rate(part, whole).percent == said


def test_the_three_rates_count_what_they_say() -> None:
    now, due = at("2026-11-20 18:00"), at("2026-11-19 18:00")
    early, late = due - timedelta(hours=1), due + timedelta(minutes=1)
    matters = [
        CountedMatter(due, early, excluded=False),
        CountedMatter(due, due, excluded=False),  # in time, the last moment included
        CountedMatter(due, late, excluded=False),
        CountedMatter(due, None, excluded=False),
        CountedMatter(now + timedelta(days=1), None, excluded=False),  # not due yet: not counted
        CountedMatter(due, None, excluded=True),
    ]
    callbacks = [
        CountedCallback(True, 3, False),
        CountedCallback(False, 2, False),
        CountedCallback(False, 1, True),
    ]
    rates = three_rates(matters, callbacks, now)
    assert (rates.response, rates.resolution, rates.satisfaction) == (Rate(2, 4), Rate(1, 2), Rate(1, 2))
    assert rates.excluded == 1


@pytest.mark.parametrize(
    ("text", "name", "shown"),
    [
        ("楼道灯坏了", "王小明", True),
        ("王小明家门口", "王小明", False),
        ("刘家门口的灯", "刘", True),  # a name of one character is also a word
        ("电话 13900001234", "王小明", False),
        ("座机 0937-6225501", "王小明", False),
        ("身份证 11010519491231002X", "王小明", False),
        ("充了 139000012345678 度", "王小明", True),
    ],
)
def test_what_may_be_shown_to_everybody(text: str, name: str, shown: bool) -> None:
    assert bool(publication.may_be_shown([text], name, "")) is shown


def test_numbers_read_aloud() -> None:
    assert numbers.matter_number("JS", 2026, 412) == "JS-2026-000412"
    assert numbers.order_number("JS-2026-000412", 7) == "JS-2026-000412-07"


@pytest.mark.parametrize(
    ("states", "wait"),
    [
        ([], False),
        ([("accepted", True)], True),
        ([("accepted", True), ("issued", False)], False),
        ([("accepted", True), ("issued", True)], True),
        ([("accepted", True), ("reported", False)], False),
        ([("accepted", True), ("verified", False), ("withdrawn", False)], True),
        ([("verified", False)], False),
    ],
)
def test_all_wait_when_every_running_order_does(states: list[tuple[str, bool]], wait: bool) -> None:
    assert orders.all_wait((OrderState(state), rests) for state, rests in states) is wait


@pytest.mark.parametrize("state", OrderState)
def test_an_order_waits_only_while_its_unit_works_on_it(state: OrderState) -> None:
    works = state in {OrderState.ISSUED, OrderState.ACCEPTED, OrderState.REWORK}
    assert bool(orders.may_wait(state, suspended=False)) is works
    assert not orders.may_wait(state, suspended=True)
