"""The story of a matter for staff: who did what, when, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.kernel import clock
from linli.matters.kinds import ContributionKind, Verb
from linli.matters.procedures.kinds import CLOSED
from linli.matters.procedures.net import BY_VERB, NetVerb
from linli.matters.procedures.schema import VERB_TITLES, Procedure
from linli.matters.read import desk, lists, one, settings
from linli.matters.wording import (
    CHANNEL_LABELS,
    CHASE_LABELS,
    OUTCOME_LABELS,
    SAID_LABELS,
    SCORE_LABELS,
    STANCE_LABELS,
    in_words,
    turn_words,
)
from linli.organizations import read as organizations
from linli.people import read as people


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the story. `shape` is how it is drawn: line, answer, note, comment."""

    at: datetime
    who: str
    text: str
    note: str = ""
    shape: str = "line"


@dataclass(frozen=True, slots=True)
class Told:
    """What the story is told from, read once for the whole page."""

    matter: Any
    procedure: Procedure
    steps: list[Any]
    contributions: list[Any]
    orders: list[Any]
    around: desk.Surroundings
    raiser_ids: list[UUID]
    chases: list[Any]
    names: dict[UUID, str]
    posts: organizations.PostNames
    language: str

    @property
    def stay(self) -> Any:
        """The step the matter is at now; None once it is closed."""
        return next((step for step in self.steps if step.left_at is None), None)

    def name(self, person_id: UUID | None) -> str:
        """Staff by name; whoever raised the matter only as that; the system by nothing."""
        if person_id is None:
            return ""
        return _("The raiser") if person_id in self.raiser_ids else self.names.get(person_id, "")

    def post(self, post_id: UUID | None) -> str:
        """A post's title in the reader's language."""
        return self.posts.titles[post_id] if post_id else ""

    def acting(self, post_id: UUID | None) -> str:
        """A post's title with who acts for it."""
        return self.posts.labels[post_id] if post_id else ""


def read_story(matter: Any) -> Told:
    """Everything the story needs."""
    steps, said, orders = one.steps(matter), one.contributions(matter, internal=True), one.orders(matter)
    around, raiser_ids = desk.surroundings(matter), one.raisers(matter)
    ids = {matter.entered_by_id, matter.claimed_by_id}
    ids |= {step.left_by_id for step in steps} | {row.person_id for row in said}
    turns = [turn for order in orders for turn in order.turns.all()]
    ids |= {turn.by_id for turn in turns}
    chases, language = lists.chases(matter), get_language() or "zh-hans"
    posts = {matter.holder_id} | {step.holder_id for step in steps}
    posts |= {post_id for order in orders for post_id in (order.handler_id, order.issuer_id)}
    posts |= one.story_posts([*said, *turns, *around.supervisions, *chases])
    return Told(
        matter=matter,
        procedure=settings.procedure_of(matter),
        steps=steps,
        contributions=said,
        orders=orders,
        around=around,
        raiser_ids=raiser_ids,
        chases=chases,
        names=people.names(one_id for one_id in ids if one_id),
        posts=organizations.post_names((post_id for post_id in posts if post_id), language, clock.today()),
        language=language,
    )


def story(told: Told) -> list[Entry]:
    """The entries, oldest first."""
    entries = [_raised(told), *_moves(told), *_said(told), *_turns(told), *_watched(told), *_judged(told)]
    return sorted(entries, key=lambda entry: entry.at)


def _raised(told: Told) -> Entry:
    matter = told.matter
    who = told.name(matter.entered_by_id)
    text = _("written down: %(channel)s") if who else _("raised: %(channel)s")
    return Entry(
        matter.raised_at, who, text % {"channel": CHANNEL_LABELS.get(matter.channel, matter.channel)}
    )


def _moves(told: Told) -> Iterator[Entry]:
    for step in told.steps:
        if step.left_at is None:
            continue
        who = " · ".join(part for part in (told.name(step.left_by_id), told.post(step.holder_id)) if part)
        yield Entry(step.left_at, who, _move_words(told.procedure, step), step.note)


def _move_words(procedure: Procedure, step: Any) -> str:
    net = {verb.value: verb for verb in NetVerb}
    if step.verb in net:
        title = in_words(BY_VERB[net[step.verb]].title)
    else:
        move = procedure.move(step.key, step.moved_to, Verb(step.verb))
        title = in_words(move.title if move else VERB_TITLES[Verb(step.verb)])
    if step.moved_to == CLOSED:
        return title
    known = {each.key: each for each in procedure.steps}
    target = known.get(step.moved_to)
    return f"{title} → {in_words(target.title)}" if target else title


def _said(told: Told) -> Iterator[Entry]:
    shapes = {
        ContributionKind.ANSWER: "answer",
        ContributionKind.NOTE: "note",
        ContributionKind.CONTACT: "note",
        ContributionKind.COMMENT: "comment",
        ContributionKind.MINUTES: "answer",
        ContributionKind.FINDINGS: "answer",
    }
    for row in told.contributions:
        if row.kind == ContributionKind.COMMENT:
            stance = STANCE_LABELS.get(row.stance, "")
            yield Entry(row.at, _("A neighbour"), str(stance), row.text, "comment")
            continue
        who = " · ".join(part for part in (told.name(row.person_id), told.post(row.post_id)) if part)
        if row.kind in (ContributionKind.SUPPLEMENT, ContributionKind.REOPENING):
            who = _("The raiser")
        yield Entry(row.at, who, str(SAID_LABELS[row.kind]), row.text, shapes.get(row.kind, "line"))


def _turns(told: Told) -> Iterator[Entry]:
    for order in told.orders:
        for turn in order.turns.all():
            text = f"{turn_words(turn.verb, order.kind)} · {order.unit.name}"
            yield Entry(turn.at, told.name(turn.by_id), text)


def _watched(told: Told) -> Iterator[Entry]:
    for chase in told.chases:
        whom = chase.unit.name if chase.unit else told.post(chase.post_id)
        who = _("The raiser") if chase.by_raiser else (chase.by.name if chase.by else "")
        yield Entry(chase.at, who, f"{CHASE_LABELS[chase.kind]} · {whom}", chase.text)
    for watch in told.around.supervisions:
        yield Entry(watch.since, told.post(watch.post_id), _("late: called to supervise"))
        if watch.answered_at and watch.instruction:
            by = watch.answered_by.name if watch.answered_by else ""
            yield Entry(watch.answered_at, by, _("instructed the holder"), watch.instruction)
        if watch.risen_at:
            who = told.post(watch.post_id)
            yield Entry(watch.risen_at, who, _("did not act in time: the post above is called"))
    for pause in told.around.suspensions:
        by = pause.by.name if pause.by else ""
        until = _("suspended until %(day)s") % {"day": pause.until.isoformat()}
        yield Entry(pause.since, by, until, pause.reason)
        if pause.resumed_at:
            yield Entry(pause.resumed_at, "", _("the clock goes on"))


def _judgement(row: Any) -> str:
    solved = _("solved") if row.solved else _("not solved")
    return f"{solved}, {SCORE_LABELS[row.score]}"


def _judged(told: Told) -> Iterator[Entry]:
    for row in told.around.callbacks:
        if row.by is None:
            continue
        if not row.reached:
            yield Entry(row.at, row.by.name, _("called back, nobody answered"), row.note)
            continue
        said = _("called back: %(said)s") % {"said": _judgement(row)}
        yield Entry(row.at, row.by.name, said, row.note)
    for judged in one.evaluations(told.matter):
        said = _("judged: %(said)s") % {"said": _judgement(judged)}
        yield Entry(judged.at, _("The raiser"), said, judged.text)
        if judged.follow_up_at:
            yield Entry(judged.follow_up_at, _("The raiser"), _("added later"), judged.follow_up)
    matter, left_out = told.matter, told.around.exclusion
    if left_out:
        yield Entry(left_out.asked_at, left_out.asked_by.name, _("asked that it not count"), left_out.reason)
        if left_out.approved_at and left_out.approved_by:
            yield Entry(left_out.approved_at, left_out.approved_by.name, _("approved that it not count"))
    if matter.published_at:
        yield Entry(matter.published_at, "", _("published: %(title)s") % {"title": matter.public_title})
    if matter.closed_at:
        ended = _("closed: %(outcome)s") % {"outcome": OUTCOME_LABELS[matter.outcome]}
        yield Entry(matter.closed_at, "", ended)
