"""Actions: the only writers. Keyword-only, `by: Actor`, one transaction, one entry in the record."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping

import pytest

from tests.house.reading import Module, called, dotted, expect_none, modules, sample

POSITIONAL = "takes positional arguments"
NO_ACTOR = "has no `by: Actor`"
DEFAULT_ACTOR = "has a default actor"
NO_TRANSACTION = "is not one transaction"
NO_RECORD = "records nothing"

# Public functions of an actions room that do not keep the whole form: what they leave out, and why.
EXEMPT: Mapping[str, tuple[frozenset[str], str]] = {
    "linli/audit/actions.py:record": (
        frozenset({POSITIONAL, NO_TRANSACTION}),
        "writes the entry itself, inside the caller's transaction",
    ),
    "linli/audit/actions.py:record_export": (
        frozenset({POSITIONAL}),
        "the event comes first, as in `record`",
    ),
    "linli/documents/actions.py:sweep": (
        frozenset({NO_TRANSACTION, NO_RECORD}),
        "touches no table: it deletes bytes whose removal was recorded when it was decided",
    ),
    "linli/documents/actions.py:save_draft": (
        frozenset({NO_RECORD}),
        "runs every few seconds while somebody types; only the writer ever sees a draft",
    ),
    "linli/documents/actions.py:discard_draft": (frozenset({NO_RECORD}), "as save_draft"),
    "linli/organizations/actions/keys.py:note_use": (
        frozenset({NO_RECORD}),
        "keeps only the day a key was last used; what was done with it is recorded by each act",
    ),
    "linli/notices/actions/tell.py:notify": (
        frozenset({POSITIONAL}),
        "the topic comes first, as the event does in `record`: it is what the sentence is about",
    ),
    "linli/notices/actions/tell.py:mark_read": (
        frozenset({NO_RECORD}),
        "Linli does not track what people read",
    ),
    "linli/matters/actions/vectors.py:keep_vectors": (
        frozenset({NO_RECORD}),
        "derived from words on record, says nothing more than they do, and no person decides on it",
    ),
    "linli/matters/actions/learning.py:learn": (
        frozenset({NO_TRANSACTION}),
        "works for minutes on what it read; each version is kept in a transaction of its own",
    ),
    "linli/notices/actions/tell.py:mark_all_read": (frozenset({NO_RECORD}), "as mark_read"),
    "linli/notices/actions/announce.py:record_reading": (
        frozenset({NO_RECORD}),
        "only the number of readers is ever shown; who they are is not to be looked up",
    ),
    "linli/deliberation/actions/answers.py:respond": (
        frozenset({NO_RECORD}),
        "an entry would tell for good who answered; answers are kept to be counted, and forgotten",
    ),
    "linli/deliberation/actions/answers.py:draw": (
        frozenset({NO_RECORD}),
        "derived from answers that are not on record either, and no person decides on it",
    ),
    "linli/deliberation/actions/choosing.py:choose": (
        frozenset({NO_RECORD}),
        "an entry's actor and hour beside the voices would tell whose is whose",
    ),
    "linli/deliberation/actions/survey_answers.py:respond": (
        frozenset({NO_RECORD}),
        "an entry would say who answered when; that somebody did is marked without an hour",
    ),
    "linli/notices/actions/tell.py:tells_posts": (
        frozenset({NO_ACTOR, NO_TRANSACTION, NO_RECORD}),
        "asks the replay's context as well; writes nothing",
    ),
    "linli/notices/actions/tell.py:to_be_told": (
        frozenset({POSITIONAL, NO_ACTOR, NO_TRANSACTION, NO_RECORD}),
        "asks the replay's context who is told; writes nothing, and belongs beside `replaying`",
    ),
    "linli/matters/actions/serials.py:next_serial": (
        frozenset({POSITIONAL, NO_ACTOR, NO_TRANSACTION, NO_RECORD}),
        "a serial, kept with the matter or order it numbers",
    ),
    "linli/matters/actions/serials.py:own_serials": (
        frozenset({NO_ACTOR, NO_TRANSACTION, NO_RECORD}),
        "sets how a replay counts; writes nothing",
    ),
    "linli/matters/actions/serials.py:reserve": (
        frozenset({POSITIONAL, NO_ACTOR, NO_TRANSACTION, NO_RECORD}),
        "takes serials of no matter before a replay; only gaps",
    ),
    "linli/notices/actions/tell.py:replaying": (
        frozenset({POSITIONAL, NO_ACTOR, NO_TRANSACTION, NO_RECORD}),
        "a context in which notices of the replayed past are stored and not delivered; writes nothing",
    ),
}

# Parts that verbs are made of. Each runs inside its verb's transaction and behind its policy, and nobody
# outside the room may call it (tested below). A file, or a function of one.
PARTS: Mapping[str, str] = {
    "linli/ballots/actions/preparing.py:keep_draft": "a sound draft with its entry, for whoever drafts it",
    "linli/audit/actions.py:record_all": "several entries in one statement; each names who acted",
    "linli/deliberation/actions/answers.py:drawn_anew": "the map of a locked conversation, for its end",
    "linli/deliberation/actions/topics.py:put_out_of_sight": "hides words with the reason, for their verbs",
    "linli/deliberation/actions/topics.py:put_in_sight": "shows them again",
    "linli/deliberation/actions/topics.py:tell": "a notice about a topic",
    "linli/deliberation/actions/topics.py:worded": "a topic's words as they are kept, or the refusal of none",
    "linli/deliberation/actions/topics.py:keep_before": "what a topic read before it is changed",
    "linli/deliberation/actions/appraisals.py:removed": "a nomination taken out, with its photos",
    "linli/deliberation/actions/works.py:locked_to_write": "a file of works with its lock",
    "linli/deliberation/actions/words.py:title_of": "a title, or the refusal of none",
    "linli/deliberation/actions/words.py:line_of": "one line of words, or the refusal of none",
    "linli/deliberation/actions/words.py:words_of": "words that people read, or the refusal of none",
    "linli/deliberation/actions/works_photos.py:of_doubt": "photos kept with a doubt that is being asked",
    "linli/deliberation/actions/works_photos.py:of_defect": "photos of a defect that is noted or mended",
    "linli/deliberation/actions/covenant_notices.py:of_consultation": "a notice that a draft is there",
    "linli/deliberation/actions/covenant_notices.py:of_decision": "a notice of what a meeting decided on it",
    "linli/deliberation/actions/covenant_notices.py:of_publication": "a notice that households can sign it",
    "linli/deliberation/actions/doubts.py:tell": "a notice about works, for an answer and for acceptance",
    "linli/notices/actions/tell.py:together": "holds back what is told until its verb is done",
    "linli/ballots/actions/preparing.py:tell": "a notice to those a ballot asks",
    "linli/matters/actions/engine.py": "how a matter enters and leaves a step",
    "linli/matters/actions/learning.py:keep_judgement": "a suggestion beside what was decided, for its verbs",
    "linli/matters/actions/learning.py:keep_unit": "the same of the unit, for the verbs of orders",
    "linli/matters/actions/standing.py": "how the clock of an order goes on after it stood still",
    "linli/matters/actions/orders.py:locked": "an order with its lock, for the verbs of review and whistles",
    "linli/matters/actions/orders.py:turn": "one row of an order's story",
    "linli/matters/actions/orders.py:go": "an order's next state",
    "linli/matters/actions/orders.py:tell_unit": "a notice to the unit",
    "linli/matters/actions/orders.py:tell_issuer": "a notice to who issued it",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def wrong_actions(room: Iterable[Module], *, excused: bool = True) -> list[str]:
    """What is wrong with the public functions of one app's actions.

    A room whose `__init__` names `__all__` has those as its public functions; otherwise every function
    without a leading underscore is one.
    """
    room = list(room)
    recording = _recording(room)
    exported = _exported(room)
    wrong = []
    for module in room:
        for function in module.tree.body:
            if not isinstance(function, Function) or function.name.startswith("_"):
                continue
            name = f"{module.path}:{function.name}"
            if (exported and function.name not in exported) or module.path in PARTS or name in PARTS:
                continue
            allowed = EXEMPT[name][0] if excused and name in EXEMPT else frozenset()
            wrong += [f"{name} {fault}" for fault in _faults(function, recording) if fault not in allowed]
    return wrong


def _exported(room: list[Module]) -> frozenset[str]:
    for module in room:
        for node in module.tree.body:
            if not (module.path.endswith("actions/__init__.py") and isinstance(node, ast.Assign)):
                continue
            if dotted(node.targets[0]) == "__all__":
                return frozenset(ast.literal_eval(node.value))
    return frozenset()


def _faults(function: Function, recording: frozenset[str]) -> Iterable[str]:
    given = function.args
    if given.args or given.posonlyargs or given.vararg:
        yield POSITIONAL
    by = next((argument for argument in given.kwonlyargs if argument.arg == "by"), None)
    if by is None or by.annotation is None or ast.unparse(by.annotation) != "Actor":
        yield NO_ACTOR
    elif given.kw_defaults[given.kwonlyargs.index(by)] is not None:
        yield DEFAULT_ACTOR
    if not _is_one_transaction(function):
        yield NO_TRANSACTION
    if function.name not in recording:
        yield NO_RECORD


def _is_one_transaction(function: Function) -> bool:
    """Decorated with `transaction.atomic`, or or one `with transaction.atomic()` at the outermost level."""
    if any(_is_atomic(decorator) for decorator in function.decorator_list):
        return True
    blocks = [
        node
        for node in function.body
        if isinstance(node, ast.With) and any(_is_atomic(item.context_expr) for item in node.items)
    ]
    return len(blocks) == 1


def _is_atomic(node: ast.expr) -> bool:
    target = node.func if isinstance(node, ast.Call) else node
    return ast.unparse(target) in ("transaction.atomic", "atomic")


def _recording(room: list[Module]) -> frozenset[str]:
    """Names of the functions that reach `audit.record`, themselves or through others of the same room."""
    calls: dict[str, set[str]] = defaultdict(set)
    for module in room:
        for node in ast.walk(module.tree):
            if isinstance(node, Function):
                calls[node.name] |= {name.rsplit(".", 1)[-1] for name in called(node)}
    found = {"record", "record_all"}
    while True:
        more = {name for name, used in calls.items() if used & found} - found
        if not more:
            return frozenset(found)
        found |= more


def rooms() -> dict[str, list[Module]]:
    """The actions of each app."""
    found: dict[str, list[Module]] = defaultdict(list)
    for module in modules():
        if module.is_in("actions"):
            found[module.app].append(module)
    return found


def test_every_action_keeps_the_form() -> None:
    expect_none([fault for room in rooms().values() for fault in wrong_actions(room)])


def test_there_are_actions_to_look_at() -> None:
    assert {"audit", "places", "people", "organizations", "notices", "documents", "matters"} <= rooms().keys()


def test_every_exemption_is_needed() -> None:
    """An exemption that excuses nothing by now is taken off the list."""
    strict = {fault for room in rooms().values() for fault in wrong_actions(room, excused=False)}
    listed = {f"{name} {fault}" for name, (faults, _reason) in EXEMPT.items() for fault in faults}
    assert listed <= strict


def test_every_part_is_there() -> None:
    defined = {
        f"{module.path}:{node.name}"
        for room in rooms().values()
        for module in room
        for node in module.tree.body
        if isinstance(node, Function)
    }
    paths = {name.split(":")[0] for name in defined}
    assert set(PARTS) <= defined | paths


def outside_calls(module: Module) -> list[str]:
    """Parts, and inner modules of a room that names what it exports, used from outside the room."""
    wrong = []
    parts = {tuple(name.removesuffix(".py").replace(".py:", ":").split("/")[-1].split(":")) for name in PARTS}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module and ".actions" in node.module:
            room = node.module.split(".actions")[0] + ".actions"
            if module.path.startswith(room.replace(".", "/")):
                return []
            for alias in node.names:
                last = node.module.rsplit(".", 1)[-1]
                if (alias.name,) in parts or (last,) in parts or (last, alias.name) in parts:
                    wrong.append(f"{module.path} imports {node.module}.{alias.name}")
        called_part = isinstance(node, ast.Attribute) and tuple(dotted(node).split(".")) in parts
        if called_part and not module.is_in("actions"):
            wrong.append(f"{module.path} uses {dotted(node)}")
    return wrong


def test_parts_are_used_by_their_room_alone() -> None:
    expect_none([fault for module in modules() for fault in outside_calls(module)])


@pytest.mark.parametrize(
    "source",
    [
        "from linli.matters.actions import engine\n",
        "from linli.matters.actions.engine import enter\n",
        "from linli.matters.actions.orders import locked\n",
        "from linli.matters.actions import orders\norders.locked(1)\n",
    ],
)
def test_a_part_used_outside_is_seen(source: str) -> None:
    assert outside_calls(sample(source, "linli/matters/web.py"))
    assert outside_calls(sample(source, "linli/matters/actions/moving.py")) == []


GOOD = """
@transaction.atomic
def rename(*, by: Actor, place_id: UUID, name: str) -> Place:
    place = _lock(place_id)
    place.save()
    _note(place, by)
    return place

def _note(place, by):
    record(Event.RENAMED, by=by, subject=place)
"""

VIOLATIONS = [
    (POSITIONAL, GOOD.replace("*, by", "place, *, by")),
    (NO_ACTOR, GOOD.replace("by: Actor, ", "")),
    (NO_ACTOR, GOOD.replace("by: Actor, ", "by, ")),
    (DEFAULT_ACTOR, GOOD.replace("by: Actor, ", "by: Actor = SYSTEM, ")),
    (NO_TRANSACTION, GOOD.replace("@transaction.atomic", "")),
    (NO_RECORD, GOOD.replace("record(", "print(")),
]


def test_a_good_action_passes() -> None:
    assert wrong_actions([sample(GOOD)]) == []
    within = GOOD.replace("@transaction.atomic\n", "").replace(
        "    place = _lock(place_id)\n    place.save()\n",
        "    with transaction.atomic():\n        place = _lock(place_id)\n        place.save()\n",
    )
    assert wrong_actions([sample(within)]) == []


@pytest.mark.parametrize(("fault", "source"), VIOLATIONS)
def test_a_violation_is_seen(fault: str, source: str) -> None:
    assert wrong_actions([sample(source)]) == [f"linli/places/actions.py:rename {fault}"]
