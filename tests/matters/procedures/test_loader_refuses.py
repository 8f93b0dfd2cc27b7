"""Every kind of wrong file is refused with its file, its line and a reason one can act on."""

from __future__ import annotations

import pytest

from linli.matters.procedures.checks import Known
from linli.matters.procedures.loader import ProcedureError, check, load
from linli.matters.procedures.schema import Words

GOOD = """\
procedure: small
version: 1
title: {zh: 小事, en: Small}
summary: {zh: 一件小事, en: A small matter}
kinds: [appeal]
starts: raise
steps:
  raise:
    title: {zh: 提事, en: Raise}
    short: {zh: 提事, en: Raise}
    says: {zh: 收到了, en: Received}
    holder: clerk
    within: 1 workday
    moves:
      act: accept
      closed: out_of_scope
  act:
    title: {zh: 办事, en: Act}
    short: {zh: 办事, en: Act}
    says: {zh: 在办, en: Being done}
    holder: secretary
    within: 5 workdays
    opens: [comments, orders, {meeting: council}]
    needs: [minutes]
    moves:
      closed: resolve
    late: {remind: 1 workday before, urge: 1 workday after, escalate: secretary}
"""

KNOWN = Known(
    posts={"clerk": Words(zh="干事", en="Clerk"), "secretary": Words(zh="书记", en="Secretary")},
    bodies={"council": Words(zh="议事会", en="Council")},
    ballots={"lift": Words(zh="加装电梯", en="Lift")},
)

ACT = "opens: [comments, orders, {meeting: council}]"

REFUSED = [
    # name, text replaced, by, line, part of the reason
    ("unknown key", "kinds: [appeal]", "kinds: [appeal]\ncolour: red", 6, "there is no key “colour” here"),
    (
        "unknown key in a step",
        "    holder: clerk",
        "    holder: clerk\n    owner: me",
        13,
        "there is no key “owner”",
    ),
    (
        "names are the practice's",
        "starts: raise",
        "starts: raise\nnames: {clerk: {zh: 甲, en: A}}",
        7,
        "“names”",
    ),
    (
        "key inside a step",
        "    holder: clerk",
        "    key: x\n    holder: clerk",
        7,
        "there is no key “key” here",
    ),
    ("no holder", "    holder: clerk\n", "", 8, "step “raise” has no holder"),
    ("holder not a post", "holder: clerk", "holder: mayor", 12, "the holder “mayor” of step “raise”"),
    ("escalate to nobody", "escalate: secretary", "escalate: king", 27, "escalates to “king”"),
    ("unknown target", "act: accept", "fly: accept", 15, "moves to “fly”, which does not exist"),
    ("target in a list", "closed: resolve", "closed: [resolve, fly]", 26, "“fly” is not one of"),
    (
        "second of a list",
        "closed: out_of_scope",
        "closed:\n        - out_of_scope\n        - accept",
        18,
        "outcome",
    ),
    ("unknown verb", "act: accept", "act: conjure", 15, "“conjure” is not one of"),
    ("unreachable", "act: accept", "raise: accept", 17, "step “act” cannot be reached from “raise”"),
    ("cannot end", "closed: resolve", "act: agree", 17, "from step “act” a matter can never end"),
    ("no first step", "starts: raise", "starts: begin", 6, "the first step “begin” does not exist"),
    ("step twice", "  act:\n    title", "  raise:\n    title", 17, "the key “raise” is written twice"),
    ("key twice", "version: 1", "version: 1\nversion: 2", 3, "the key “version” is written twice"),
    (
        "key twice within",
        "    holder: clerk",
        "    holder: clerk\n    holder: clerk",
        13,
        "“holder” is written twice",
    ),
    ("bad limit", "within: 1 workday", "within: soon", 13, "“soon” is not a length of time"),
    ("limit of nothing", "within: 1 workday", "within: 0 days", 13, "“0 days” is not a length of time"),
    ("limit a number", "within: 1 workday", "within: 3", 13, "“within” must be a text"),
    ("remind not before", "remind: 1 workday before", "remind: 1 workday", 27, "the word before"),
    ("remind bad", "remind: 1 workday before", "remind: noon before", 27, "“noon” is not a length of time"),
    ("urge not after", "urge: 1 workday after", "urge: 1 workday before", 27, "the word after"),
    (
        "remind too long",
        "remind: 1 workday before",
        "remind: 6 workdays before",
        27,
        "shorter than the limit (5 workdays)",
    ),
    (
        "remind as long",
        "remind: 1 workday before",
        "remind: 5 days before",
        27,
        "must be shorter than the limit",
    ),
    (
        "no Chinese title",
        "title: {zh: 办事, en: Act}",
        "title: {en: Act}",
        18,
        "the Chinese wording is missing",
    ),
    (
        "no English title",
        "title: {zh: 小事, en: Small}",
        "title: {zh: 小事}",
        3,
        "the English wording is missing",
    ),
    ("empty title", "title: {zh: 办事, en: Act}", "title: {zh: '', en: Act}", 18, "“zh” is empty"),
    ("no title", "    title: {zh: 提事, en: Raise}\n", "", 8, "“title” is missing"),
    (
        "short too long",
        "short: {zh: 办事, en: Act}",
        "short: {zh: 社区办事情, en: Act}",
        19,
        "2 to 4 characters",
    ),
    ("needs minutes", ACT, "opens: [comments, orders]", 24, "needs minutes but opens no meeting"),
    (
        "needs order",
        f"{ACT}\n    needs: [minutes]",
        "opens: [comments]\n    needs: [order_verified]",
        24,
        "verified order",
    ),
    (
        "needs outcome",
        f"{ACT}\n    needs: [minutes]",
        "opens: [orders]\n    needs: [outcome]",
        24,
        "needs an outcome",
    ),
    ("unknown need", "needs: [minutes]", "needs: [luck]", 24, "“luck” is not one of"),
    ("unknown opening", ACT, "opens: [party, {meeting: council}]", 23, "“party” is not one of"),
    (
        "meeting of nobody",
        ACT,
        "opens: [{meeting: senate}]",
        23,
        "opens “senate”, which this practice does not name",
    ),
    ("ballot of no rule", ACT, "opens: [{meeting: council}, {ballot: dice}]", 23, "opens “dice”"),
    ("meeting without body", ACT, "opens: [meeting]", 23, "a meeting names its body"),
    ("comments with a name", ACT, "opens: [{comments: council}]", 23, "nothing else carries a name"),
    (
        "withdrawn by staff",
        "closed: resolve",
        "closed: {verb: resolve, outcome: withdrawn}",
        26,
        "no move of a step withdraws",
    ),
    (
        "outcome on the way",
        "act: accept",
        "act: {verb: accept, outcome: answered}",
        15,
        "only a move to the end",
    ),
    ("end without outcome", "closed: resolve", "closed: accept", 26, "must say its outcome"),
    (
        "move twice",
        "closed: resolve",
        "closed: [resolve, resolve]",
        26,
        "has the move “resolve” to “closed” twice",
    ),
    (
        "station unknown",
        "starts: raise",
        "starts: raise\nstations: [raise, fly]",
        7,
        "the station “fly” is not a step",
    ),
    ("kind unknown", "kinds: [appeal]", "kinds: [revolt]", 5, "“revolt” is not one of"),
    ("no kind", "kinds: [appeal]", "kinds: []", 5, "“kinds” cannot be read"),
    ("version of zero", "version: 1", "version: 0", 2, "“version” cannot be read"),
    ("version a word", "version: 1", "version: one", 2, "“version” cannot be read"),
    (
        "slug with a space",
        "procedure: small",
        "procedure: a small one",
        1,
        "must be small letters, digits, - and _",
    ),
    ("key not a word", "starts: raise", "starts: raise\n7: x", 7, "a key must be a word"),
    ("yes as a step", "  act:\n    title", "  yes:\n    title", 17, "a key must be a word"),
    ("anchor", "title: {zh: 小事, en: Small}", "title: &t {zh: 小事, en: Small}\nsummary: *t", 3, "anchors"),
    ("broken yaml", "kinds: [appeal]", "kinds: [appeal", 6, "this is not valid YAML"),
    ("foreign tag", "version: 1", "version: !!python/name:os.system 1", 2, "this is not valid YAML"),
    ("impossible date", "version: 1", "version: 2026-13-45", 1, "this is not valid YAML"),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_a_wrong_file_is_refused(old: str, new: str, line: int, reason: str) -> None:
    assert GOOD.count(old) >= 1, "the table replaces something that is there"
    with pytest.raises(ProcedureError) as caught:
        load(GOOD.replace(old, new, 1), "small.yaml", known=KNOWN)
    assert reason in str(caught.value)
    assert str(caught.value).startswith(f"small.yaml:{line}: ")
    assert (caught.value.file, caught.value.line) == ("small.yaml", line)


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b", "[" * 50_000, "a: \x00", "x" * 300_000])
def test_what_is_not_a_file_of_keys_is_refused(text: str) -> None:
    with pytest.raises(ProcedureError) as caught:
        load(text, "odd.yaml")
    assert caught.value.line >= 1


def test_the_good_file_is_accepted() -> None:
    assert check(GOOD, "small.yaml", known=KNOWN) == []


def test_names_are_not_checked_without_a_practice() -> None:
    procedure = load(GOOD.replace("holder: clerk", "holder: mayor"), "small.yaml")
    assert procedure.step("raise").holder == "mayor"
    assert procedure.names == {}


def test_check_lists_everything_wrong_in_order_of_lines() -> None:
    text = GOOD.replace("holder: clerk", "holder: mayor").replace("escalate: secretary", "escalate: king")
    assert [error.line for error in check(text, "small.yaml", known=KNOWN)] == [12, 27]


def test_the_end_is_not_a_step() -> None:
    errors = check(GOOD.replace("  act:\n    title", "  closed:\n    title"), "small.yaml", known=KNOWN)
    assert (17, "“closed” is the end and cannot be a step") in {
        (error.line, error.reason) for error in errors
    }


def test_a_reason_and_its_parameters_stay_apart_for_translation() -> None:
    (error,) = check(GOOD.replace("holder: clerk", "holder: mayor"), "small.yaml", known=KNOWN)
    assert error.reason == "the holder “%(post)s” of step “%(step)s” is not a post of this practice"
    assert error.params == {"post": "mayor", "step": "raise"}
