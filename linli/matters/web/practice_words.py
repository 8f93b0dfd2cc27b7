"""Faults, differences, posts and walks of procedures as a community reads them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from linli.kernel.durations import Duration
from linli.kernel.text import listed
from linli.matters.kinds import Use
from linli.matters.procedures.checks import Known
from linli.matters.procedures.kinds import CLOSED, CODED_OPENINGS, Verb
from linli.matters.procedures.loader import ProcedureError
from linli.matters.procedures.outline import OPENING_ORDER, Outline
from linli.matters.procedures.schema import VERB_TITLES, Move, Opening, Procedure, Words
from linli.matters.procedures.wording import NEEDS, OUTCOMES, duration, opening
from linli.matters.rules.difference import Change, What
from linli.matters.rules.holders import Filled, PostHere, needed
from linli.matters.wording import KIND_LABELS, OPENING_LABELS, in_words

USE_LABELS: Mapping[str, Any] = {
    Use.DEFAULT: gettext_lazy("For every kind it settles, before all others"),
    Use.BESIDES: gettext_lazy("For kinds no other takes"),
    Use.CHOICE: gettext_lazy("Only where staff choose it when they write a matter down"),
}
FILLED_LABELS: Mapping[str, Any] = {
    Filled.HELD: gettext_lazy("filled"),
    Filled.PARTLY: gettext_lazy("some vacant; the post above acts"),
    Filled.VACANT: gettext_lazy("vacant; the post above acts"),
    Filled.EMPTY: gettext_lazy("vacant, and nobody above acts"),
    Filled.MISSING: gettext_lazy("no such post here"),
}
FILLED_TONES: Mapping[str, str] = {
    Filled.HELD: "go",
    Filled.PARTLY: "soon",
    Filled.VACANT: "soon",
    Filled.EMPTY: "late",
    Filled.MISSING: "late",
}
WHAT_LABELS: Mapping[str, Any] = {
    What.TITLE: gettext_lazy("Title"),
    What.SUMMARY: gettext_lazy("Summary"),
    What.KINDS: gettext_lazy("Kinds of matter"),
    What.STARTS: gettext_lazy("First step"),
    What.STATIONS: gettext_lazy("Line of stations"),
    What.ORDER: gettext_lazy("Order of steps"),
    What.ADDED: gettext_lazy("Step added"),
    What.REMOVED: gettext_lazy("Step removed"),
    What.SHORT: gettext_lazy("Short name"),
    What.SAYS: gettext_lazy("What residents read"),
    What.HOLDER: gettext_lazy("Holder"),
    What.WITHIN: gettext_lazy("Limit"),
    What.OPENS: gettext_lazy("What it opens"),
    What.NEEDS: gettext_lazy("What leaving it needs"),
    What.PARTIES: gettext_lazy("Who may take part"),
    What.MOVE_ADDED: gettext_lazy("Button added"),
    What.MOVE_REMOVED: gettext_lazy("Button removed"),
    What.MOVE_CHANGED: gettext_lazy("Button changed"),
    What.REMIND: gettext_lazy("Reminder before the limit"),
    What.URGE: gettext_lazy("Urged after the limit"),
    What.ESCALATE: gettext_lazy("Told when late"),
}
LENGTHS = frozenset({"limit", "most", "remind"})


def language() -> str:
    """The reader's language."""
    return get_language() or "zh-hans"


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One fault: what is wrong, on which line of the file, at which step of the form (-1: none)."""

    text: str
    line: int
    step: int


def faults_in_words(
    faults: Iterable[ProcedureError], titles: Mapping[str, str], known: Known
) -> list[FaultLine]:
    """Faults with steps, posts and lengths named as people name them."""
    return [_fault(one, titles, known) for one in faults]


def _fault(fault: ProcedureError, titles: Mapping[str, str], known: Known) -> FaultLine:
    said = {name: _named(name, value, titles, known) for name, value in fault.params.items()}
    text = _(fault.reason)
    where = fault.where
    step = where[1] if len(where) > 1 and where[0] == "steps" and isinstance(where[1], int) else -1
    return FaultLine(text % said if said else text, fault.line, step)


def _named(name: str, value: object, titles: Mapping[str, str], known: Known) -> object:
    text = str(value)
    if name in ("step", "target", "start"):
        return titles.get(text, text) or text
    if name in ("post", "code"):
        words = known.posts.get(text) or known.bodies.get(text) or known.ballots.get(text)
        return in_words(words) if words else text
    if name in LENGTHS:
        return length(text)
    if name == "verb" and text in {verb.value for verb in Verb}:
        return in_words(VERB_TITLES[Verb(text)])
    return value


def length(text: str) -> str:
    """`5 workdays` in the reader's language; the text itself where it is none."""
    try:
        return duration(Duration.parse(text), language())
    except ValueError:
        return text


def titles_of(one: Outline | Procedure) -> dict[str, str]:
    """What the steps are called, by their keys."""
    if isinstance(one, Procedure):
        return {step.key: in_words(step.title) for step in one.steps}
    english = language().startswith("en")
    return {
        step.key: (step.title.en if english else "") or step.title.zh or step.title.en for step in one.steps
    }


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One difference as a row: where, what, before and after."""

    where: str
    what: str
    before: str
    after: str
    tone: str = ""


def changes_in_words(changes: Iterable[Change], old: Procedure, new: Procedure) -> list[ChangeLine]:
    """The differences as rows of a table."""
    titles = {**titles_of(old), **titles_of(new), CLOSED: _("the end")}
    tones = {What.ADDED: "go", What.MOVE_ADDED: "go", What.REMOVED: "late", What.MOVE_REMOVED: "late"}
    return [
        ChangeLine(
            titles.get(change.step, _("The whole")) if change.step else _("The whole"),
            str(WHAT_LABELS[change.what]),
            _said(change.before, change.what, old, titles),
            _said(change.after, change.what, new, titles),
            tones.get(change.what, ""),
        )
        for change in changes
    ]


def _said(value: Any, what: What, one: Procedure, titles: Mapping[str, str]) -> str:
    """One side of a difference; a dash where there is nothing."""
    if value is None or value == () or value == [] or value == frozenset():
        return "—"
    if isinstance(value, Words):
        return in_words(value)
    if isinstance(value, Duration):
        return duration(value, language())
    if isinstance(value, Move):
        return _button(value, titles)
    if what in (What.HOLDER, What.ESCALATE):
        return one.name_of(value, language())
    if what is What.STARTS:
        return titles.get(value, value)
    return listed([_part(part, what, one, titles) for part in _ordered(value)], language())


def _ordered(value: Any) -> list[Any]:
    """A set in a fixed order; what has an order of its own keeps it."""
    return sorted(value, key=str) if isinstance(value, frozenset) else list(value)


def _part(part: Any, what: What, one: Procedure, titles: Mapping[str, str]) -> str:
    if isinstance(part, Opening):
        return opening(part, one, language())
    if what is What.PARTIES:
        return in_words(part)
    if what is What.NEEDS:
        return NEEDS[part].of(language())
    if what is What.KINDS:
        return str(KIND_LABELS[part])
    return titles.get(part, part)


def _button(move: Move, titles: Mapping[str, str]) -> str:
    """“Agreed” → Act; with its outcome at the end."""
    ends = f"（{OUTCOMES[move.outcome].of(language())}）" if move.outcome else ""
    return f"「{in_words(move.title)}」→ {titles.get(move.target, move.target)}{ends}"


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post a procedure needs: which steps it holds, how it stands here, who takes its steps otherwise."""

    title: str
    steps: list[str]
    filled: str
    tone: str
    count: str
    falls_to: str


def posts_in_words(procedure: Procedure, here: Mapping[str, PostHere], known: Known) -> list[PostLine]:
    """The posts a procedure needs in a community, those that hold steps first."""
    titles, lines = titles_of(procedure), []
    for code, steps in needed(procedure).items():
        post = here[code]
        filled = post.filled
        count = f"{post.posts - post.vacant} / {post.posts}" if post.posts else ""
        missing = filled in (Filled.MISSING, Filled.EMPTY) and steps and post.falls_to
        lines.append(
            PostLine(
                title=procedure.name_of(code, language()),
                steps=[titles[key] for key in steps],
                filled=str(FILLED_LABELS[filled]),
                tone=FILLED_TONES[filled],
                count=count,
                falls_to=in_words(known.posts[post.falls_to])
                if missing and post.falls_to in known.posts
                else "",
            )
        )
    return lines


def openings_offered(known: Known) -> list[tuple[str, str]]:
    """Everything a step may open, for a form: plain ones, then each body's meeting and each ballot."""
    plain = [each for each in OPENING_ORDER if each not in CODED_OPENINGS]
    offered = [(kind.value, str(OPENING_LABELS[kind])) for kind in plain]
    offered += [(f"meeting:{code}", in_words(words)) for code, words in known.bodies.items()]
    offered += [(f"ballot:{code}", in_words(words)) for code, words in known.ballots.items()]
    return offered
