"""The first look: right often enough to be worth confirming with one key, and always with its reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.matters.triage.taxonomy import Level, Urgency, load_taxonomy
from linli.matters.triage.words import MOST, suggest
from tests.matters.triage.sentences import SENTENCES

TAXONOMY = load_taxonomy()
LEAST_RIGHT = 0.85


def test_the_table_is_big_enough_and_names_known_categories() -> None:
    assert len(SENTENCES) >= 80
    assert {code for _, code in SENTENCES} == set(TAXONOMY.leaves)


def test_most_sentences_get_the_category_a_clerk_would_choose() -> None:
    wrong = [(said, code) for said, code in SENTENCES if suggest(said, "", TAXONOMY).category != code]
    assert 1 - len(wrong) / len(SENTENCES) >= LEAST_RIGHT, wrong


@pytest.mark.parametrize(("said", "code"), SENTENCES)
def test_every_suggestion_says_why(said: str, code: str) -> None:
    suggestion = suggest(said, "", TAXONOMY)
    assert 1 <= len(suggestion.categories) <= MOST
    for ranked in suggestion.categories:
        assert ranked.reason.msgid == "words found: %(words)s"
        assert all(word in said.lower() for word in ranked.words)
    assert suggestion.unit_kind in TAXONOMY.units
    assert str(suggestion.level_reason)
    assert str(suggestion.urgency_reason)


URGENCIES = [
    ("楼道灯不亮，老人下楼摔了一跤", Urgency.LIFE, "摔了"),
    ("厨房一股煤气味，窗户都打开了", Urgency.LIFE, "煤气味"),
    ("孩子困在电梯里了", Urgency.LIFE, "困在电梯"),
    ("电表箱在冒烟", Urgency.LIFE, "冒烟"),
    ("雨天单元门口漏电，脚都麻了", Urgency.LIFE, "漏电"),
    ("飞线充电太多了，万一着火不得了", Urgency.ORDINARY, "usual"),
    ("台阶太滑，怕老人滑倒", Urgency.ORDINARY, "usual"),
    ("去年楼下着火以后灭火器一直没换", Urgency.ORDINARY, "usual"),
    ("家里停水两天了", Urgency.UTILITY, "usual"),
    ("晚上停车没地方停", Urgency.COMPLEX, "usual"),
    ("嗯嗯", Urgency.ORDINARY, "no known words"),
]


@pytest.mark.parametrize(("said", "urgency", "why"), URGENCIES)
def test_how_pressing_it_is(said: str, urgency: Urgency, why: str) -> None:
    suggestion = suggest(said, "", TAXONOMY)
    assert suggestion.urgency is urgency
    assert why in str(suggestion.urgency_reason)


ELSEWHERE = [
    ("三楼着火了，快来人", "call 119"),
    ("楼下两个人打起来了，有人拿刀", "call 110"),
    ("我爸突然昏迷叫不醒", "call 120"),
    ("门口被车撞了一个人", "call 122"),
    ("这个事我们已经起诉了，等法院判决", "court or an arbitrator"),
    ("上个月去信访局反映过，有信访件", "petition office"),
    ("墙上贴的那份机密文件谁放的", "secret"),
    ("把楼上那家的电话号码给我", "private details"),
    ("能不能帮我代开发票", "unlawful"),
    ("退休年龄到底什么时候改", "beyond what a community"),
    ("还是上次那件事，没有新情况，就想再说说", "nothing new"),
]


@pytest.mark.parametrize(("said", "why"), ELSEWHERE)
def test_what_belongs_elsewhere_is_not_dispatched(said: str, why: str) -> None:
    suggestion = suggest(said, "", TAXONOMY)
    assert suggestion.out_of_scope is not None
    assert why in str(suggestion.out_of_scope)
    assert suggestion.level is Level.OUT_OF_SCOPE


@pytest.mark.parametrize(
    "said",
    [
        "不想打官司，想请社区调解一下",
        "飞线充电着火了怎么办，得有人管管",
        "去年三楼着火了，到现在楼道还是黑的",
        "法律顾问什么时候坐班，想问问继承的事",
        "社区民警的电话是多少",
    ],
)
def test_what_only_sounds_like_it_stays(said: str) -> None:
    assert suggest(said, "", TAXONOMY).out_of_scope is None


LEVELS = [
    ("我们想加装电梯", Level.COUNCIL),
    ("楼上漏水漏到我家", Level.MEDIATION),
    ("小区门口路灯不亮", Level.SETTLE_AT_ONCE),
    ("小区门口路灯不亮，全楼都联名了", Level.COUNCIL),
    ("电瓶车没地方充电，飞线充电到处是", Level.JOINT_CONFERENCE),
    ("业委会该换届了", Level.PARTY_COMMITTEE),
    ("想报名当志愿者", Level.VOLUNTEERS),
    ("加装电梯的井道坍塌了一块，有人受伤", Level.SETTLE_AT_ONCE),
]


@pytest.mark.parametrize(("said", "level"), LEVELS)
def test_how_it_is_best_settled(said: str, level: Level) -> None:
    assert suggest(said, "", TAXONOMY).level is level


def test_a_word_set_aside_does_not_count() -> None:
    suggestion = suggest("不是停车的问题，是路灯不亮", "", TAXONOMY)
    assert suggestion.category == "street_lamp"
    assert all("停车" not in ranked.words for ranked in suggestion.categories)
    assert suggest("这跟停车没关系", "", TAXONOMY).category is None
    assert suggest("是不是停车要收费了", "", TAXONOMY).category == "parking"


def test_the_longer_word_wins_over_the_shorter_inside_it() -> None:
    (only, *_) = suggest("加装电梯", "", TAXONOMY).categories
    assert only.code == "lift_install"
    assert only.words == ("加装电梯",)


def test_the_title_weighs_more_than_the_text() -> None:
    assert suggest("楼下的草坪边", "遛狗不牵绳", TAXONOMY).category == "pets"


def test_full_width_letters_and_capitals_are_read() -> None:
    assert suggest("楼下ＫＴＶ唱到凌晨", "", TAXONOMY).category == "shop_noise"


def test_nothing_known_is_said_plainly() -> None:
    suggestion = suggest("嗯", "", TAXONOMY)
    assert suggestion.categories == ()
    assert suggestion.category is None
    assert suggestion.unit_kind == "community"
    assert "no known words" in str(suggestion.level_reason)


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_gets_a_suggestion(text: str, title: str) -> None:
    suggestion = suggest(text, title, TAXONOMY)
    assert len(suggestion.categories) <= MOST
    assert list(suggestion.categories) == sorted(suggestion.categories, key=lambda ranked: -ranked.score)


def test_ten_megabytes_are_read_only_as_far_as_needed() -> None:
    assert suggest("停车" * 2_000_000, "", TAXONOMY).category == "parking"
