"""建议这样办: what a first look suggests for a new matter, with the reason of each part."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters import policies
from linli.matters.forms.triage import TriageForm
from linli.matters.kinds import Thing
from linli.matters.read import alike, mentioned, settings, suggesting
from linli.matters.read.mentioned import Named
from linli.matters.read.suggesting import Suggested
from linli.matters.rules.habits import Habit
from linli.matters.rules.sorting import Then, way
from linli.matters.triage.taxonomy import Level
from linli.matters.triage.words import Reason, Suggestion
from linli.matters.web.alike import why
from linli.matters.wording import (
    URGENCY_LABELS,
    URGENCY_TONES,
    category_title,
    group_title,
    in_words,
    level_title,
    taxonomy,
)
from linli.organizations import read as organizations


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A matter that may be the same: why, and whether this one may be joined with it or told apart."""

    matter: Any
    why: str
    merges: bool
    parts: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """The card: each part with the words that say why, the form to change it, and the buttons that fit."""

    category: str
    group: str
    words: tuple[str, ...]
    learnt: str
    level: str
    level_reason: str
    urgency: str
    urgency_reason: str
    tone: str
    unit: str
    unit_reason: str
    named: list[Named]
    similar: list[Duplicate]
    form: TriageForm
    buttons: list[dict[str, Any]]


def propose(matter: Any, actor: Actor, form: TriageForm | None = None) -> Proposal:
    """What to suggest for a matter nobody has sorted; what was typed already stays as typed."""
    first = suggesting.suggested(matter)
    found, unit, urgency = first.suggestion, first.unit, first.suggestion.urgency
    buttons = _buttons(matter, actor, found, unit is not None)
    likeliest = [unit, *first.candidates] if unit else first.candidates
    bound = form or TriageForm(
        units=unit_choices(matter.place_path, likeliest),
        initial={
            "category": found.category or "",
            "level": found.level.value,
            "urgency": urgency.value,
            "unit": str(unit.id) if unit else "",
            "task": matter.title,
        },
    )
    return Proposal(
        category=category_title(found.category or ""),
        group=group_title(found.category or ""),
        words=found.categories[0].words if found.categories else (),
        learnt=said(found.categories[0].reason) if found.learnt else "",
        level=level_title(found.level.value),
        level_reason=_level_reason(first),
        urgency=str(URGENCY_LABELS[urgency]),
        urgency_reason=_urgency_reason(first),
        tone=URGENCY_TONES.get(urgency, "plain"),
        unit=unit.name if unit else "",
        unit_reason=_unit_reason(first, matter),
        named=named_elsewhere(matter),
        similar=duplicates(matter, actor, first.lenient),
        form=bound,
        buttons=buttons,
    )


def duplicates(matter: Any, actor: Actor, lenient: float) -> list[Duplicate]:
    """Likely duplicates with their reasons; only of places the actor reads."""
    return [
        Duplicate(
            one.matter,
            why(one),
            merges=bool(policies.may_merge(actor, matter, one.matter)),
            parts=bool(policies.may_tell_apart(actor, matter, one.matter)),
        )
        for one in alike.duplicates_of(matter, lenient)
        if policies.is_staff(actor, one.matter)
    ]


def named_elsewhere(matter: Any) -> list[Named]:
    """The places the words name that are not where the matter is, nor around it."""
    named = mentioned.named_places(f"{matter.title} {matter.text} {matter.where}", matter.community)
    return [each for each in named if not matter.place_path.startswith(each.place.path)]


def said(reason: Reason) -> str:
    """A reason in the reader's language."""
    text = _(reason.msgid)
    return text % reason.params if reason.params else text


def _level_reason(first: Suggested) -> str:
    """What the words say, or what is usual where they say nothing else."""
    habit, reason = first.habits.get(Thing.LEVEL), first.suggestion.level_reason
    if habit is None:
        return said(reason)
    counts = _counts(habit, first)
    if "words" not in reason.params:
        text = _("%(where)s, %(count)s of the last %(of)s matters of “%(kind)s” were settled this way")
        return text % counts
    text = _(
        "%(where)s, %(count)s of the last %(of)s matters with words like “%(words)s” were settled this way"
    )
    return text % {**counts, "words": reason.params["words"]}


def _urgency_reason(first: Suggested) -> str:
    habit = first.habits.get(Thing.URGENCY)
    if habit is None:
        return said(first.suggestion.urgency_reason)
    text = _("%(where)s, %(count)s of the last %(of)s matters of “%(kind)s” were this pressing")
    return text % _counts(habit, first)


def _counts(habit: Habit, first: Suggested) -> dict[str, Any]:
    """What fills a sentence about what is usual."""
    where = _("here") if habit.here else _("in all communities")
    kind = category_title(first.suggestion.category or "")
    return {"where": where, "count": habit.count, "of": habit.of, "kind": kind}


def _unit_reason(first: Suggested, matter: Any) -> str:
    habit = first.habits.get(Thing.UNIT) or first.habits.get(Thing.DUTY)
    duty = habit.choice if habit and not habit.here and not first.itself else first.suggestion.unit_kind
    kind = in_words(taxonomy().units[duty])
    if first.suggestion.level is Level.OUT_OF_SCOPE or (first.itself and habit is None):
        return _("the community does it itself")
    if habit is not None and first.itself:
        text = _("%(where)s, the community did %(count)s of the last %(of)s matters of “%(kind)s” itself")
        return text % _counts(habit, first)
    if first.unit is None:
        return _("%(duty)s is not in the list of duties here; choose a unit") % {"duty": kind}
    if habit is not None:
        text = _("%(where)s, %(count)s of the last %(of)s matters of “%(kind)s” went to %(unit)s")
        return text % {**_counts(habit, first), "unit": first.unit.name if habit.here else kind}
    return _("%(duty)s for %(place)s, by the list of duties") % {"duty": kind, "place": matter.place.name}


def unit_choices(path: str, first: list[Any] | tuple[Any, ...] = ()) -> list[tuple[str, str]]:
    """The units that serve a place, the likeliest first."""
    units = {unit.id: unit.name for unit in first}
    for unit in organizations.organizations_over(path, clock.today()):
        units.setdefault(unit.id, unit.name)
    return [(str(unit_id), name) for unit_id, name in units.items()]


def _buttons(matter: Any, actor: Actor, found: Suggestion, has_unit: bool) -> list[dict[str, Any]]:
    """The ways that lead on from the matter's step; the likeliest is the one Enter confirms."""
    procedure = settings.procedure_of(matter)
    moves = bool(policies.may_move(actor, matter))
    titles = {
        Then.DISPATCH: _("Confirm and dispatch"),
        Then.SETTLE: _("We settle it ourselves"),
        Then.COUNCIL: _("Bring to the council"),
        Then.STREET: _("Call the street"),
        Then.NOT_OURS: _("Not ours"),
        Then.KEEP: _("Only confirm"),
    }
    open_ways = [Then.KEEP]
    if policies.may_issue(actor, matter, whistle=False):
        open_ways.append(Then.DISPATCH)
    if moves:
        further = (Then.SETTLE, Then.COUNCIL, Then.STREET, Then.NOT_OURS)
        open_ways += [then for then in further if way(procedure, matter.step_key, then)]
    likely = _likely(found, has_unit)
    first = likely if likely in open_ways else Then.KEEP
    order = [first, *(then for then in titles if then in open_ways and then is not first)]
    return [
        {
            "value": then.value,
            "label": _("Confirm") if then is first is Then.KEEP else titles[then],
            "variant": "primary"
            if then is first
            else "quiet"
            if then in (Then.NOT_OURS, Then.KEEP)
            else "plain",
            "confirm": _("End it here as not ours? The raiser is told so.") if then is Then.NOT_OURS else "",
        }
        for then in order
    ]


def _likely(found: Suggestion, has_unit: bool) -> Then:
    if found.level is Level.OUT_OF_SCOPE:
        return Then.KEEP
    if found.level in (Level.COUNCIL, Level.PARTY_COMMITTEE, Level.JOINT_CONFERENCE):
        return Then.COUNCIL
    return Then.DISPATCH if has_unit else Then.SETTLE
