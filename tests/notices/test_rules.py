"""What is said, over which channel, and to which places."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.notices import rules
from linli.notices.kinds import AnnouncementState, Channel, Topic

KNOWN = {"title", "number", "holder", "due", "unit", "by", "text", "until", "room"}


@pytest.mark.parametrize("topic", Topic)
def test_every_topic_has_sentences_from_the_fullest_to_one_that_needs_only_the_title(topic):
    needed = [rules.needs(sentence) for sentence in rules.SENTENCES[topic]]
    assert needed[-1] == {"title"}
    assert all(each <= KNOWN for each in needed)
    assert len(set(needed)) == len(needed), "two sentences for the same parameters: the second is never said"


@pytest.mark.parametrize(
    ("params", "said"),
    [
        (
            {"title": "路灯", "holder": "小周", "due": "2026-11-26"},
            "We have received “%(title)s”. %(holder)s will handle it by %(due)s.",
        ),
        ({"title": "路灯", "holder": "小周"}, "We have received “%(title)s”. %(holder)s will handle it."),
        ({"title": "路灯", "holder": "", "due": "2026-11-26"}, "We have received “%(title)s”."),
        ({"holder": "小周"}, rules.PLAIN_WORDS),
        ({}, rules.PLAIN_WORDS),
    ],
)
def test_the_fullest_sentence_that_can_be_filled_is_said(params, said):
    assert rules.sentence(Topic.MATTER_RECEIVED, params) == said


def test_a_topic_of_a_later_version_is_said_plainly():
    assert rules.sentence("from_the_future", {"title": "路灯"}) == rules.PLAIN_WORDS


@settings(deadline=None)  # a busy machine is no fault
@given(
    topic=st.sampled_from(list(Topic)),
    params=st.dictionaries(st.sampled_from(sorted(KNOWN)), st.text(max_size=20) | st.integers(0, 99)),
)
def test_whatever_is_known_the_sentence_can_be_filled(topic, params):
    assert rules.sentence(topic, params) % params


@pytest.mark.parametrize(
    ("reach", "can_sign_in", "has_phone", "channel"),
    [
        ("app", True, True, Channel.INBOX),
        ("app", True, False, Channel.INBOX),
        ("app", False, True, Channel.CALL),
        ("app", False, False, Channel.SLIP),
        ("call", True, True, Channel.CALL),
        ("call", True, False, Channel.SLIP),
        ("slip", True, True, Channel.SLIP),
        ("slip", False, False, Channel.SLIP),
    ],
)
def test_the_channel_is_the_one_chosen_unless_it_cannot_work(reach, can_sign_in, has_phone, channel):
    assert rules.channel_for(reach, can_sign_in=can_sign_in, has_phone=has_phone) is channel


@pytest.mark.parametrize(
    ("params", "language", "said"),
    [
        ({"holder": "网格员", "holder_en": "Grid worker"}, "en", {"holder": "Grid worker"}),
        ({"holder": "网格员", "holder_en": "Grid worker"}, "zh-hans", {"holder": "网格员"}),
        (
            {"title": "电梯", "holder": "网格员", "holder_en": "Grid worker"},
            "zh-hant",
            {"title": "电梯", "holder": "網格員"},
        ),
        ({"holder": "网格员", "holder_en": ""}, "en", {"holder": "网格员"}),
        ({"holder": "", "number": 3}, "en", {"holder": "", "number": 3}),
    ],
)
def test_a_post_is_called_as_the_reader_calls_it(params, language, said):
    assert rules.in_language(params, language) == said


def test_a_long_text_is_cut_to_a_line():
    kept = rules.kept_params({"text": "字" * 900, "title": "路灯", "number": 12})
    assert len(kept["text"]) == rules.MOST_TEXT
    assert kept["text"].endswith("…")
    assert (kept["title"], kept["number"]) == ("路灯", 12)


@pytest.mark.parametrize(
    ("name", "value", "moment"),
    [
        ("due", "2026-11-26", date(2026, 11, 26)),
        ("until", "2026-11-26T10:00:00+00:00", datetime(2026, 11, 26, 10, tzinfo=UTC)),
        ("due", "后天", None),
        ("due", "2026-11-26T10:00:00", None),
        ("due", 7, None),
        ("title", "2026-11-26", None),
    ],
)
def test_dates_are_found_only_where_dates_belong(name, value, moment):
    assert rules.moment_in(name, value) == moment


@pytest.mark.parametrize("state", AnnouncementState)
@pytest.mark.parametrize(("days", "in_time"), [(None, True), (-1, False), (0, True), (1, True)])
def test_residents_see_what_is_published_up_to_and_including_its_last_day(state, days, in_time):
    today = date(2026, 11, 22)
    until = None if days is None else today + timedelta(days=days)
    assert rules.is_shown(state, until, today) is (in_time and state is AnnouncementState.PUBLISHED)


@settings(deadline=None)  # a busy machine is no fault
@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_a_batch_number_gives_back_its_moment(moment):
    aware = moment.replace(tzinfo=UTC)
    assert rules.batch_moment(rules.batch_number(aware)) == aware


def test_a_batch_number_no_date_has_is_no_error():
    assert rules.batch_moment(10**19) == rules.EPOCH
