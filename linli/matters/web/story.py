"""A matter's story, upright: every stay with what was said and done in it, then what comes next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.kernel import clock
from linli.matters import wording
from linli.matters.kinds import ChaseKind, ContributionKind, OrderKind, Outcome, State
from linli.matters.procedures.kinds import CLOSED, OUTCOME_OF_VERB, StationState, Verb
from linli.matters.read import lists, resident
from linli.matters.read import one as read
from linli.matters.templatetags.matters import day_words, limit_words, short
from linli.matters.web.case import Case, language
from linli.matters.web.files import shown
from linli.organizations import read as organizations

# What a unit did with its order, in words a resident understands. A verb not named here stays inside.
ORDER_SENTENCES = {
    "issue": "%(unit)s was asked to do it by %(day)s.",
    "whistle": "The street blew the whistle: %(unit)s must come and deal with it.",
    "accept": "%(unit)s has taken it on.",
    "report_in": "%(unit)s has reported in.",
    "return": "%(unit)s says it is not theirs; the community is looking into it.",
    "uphold": "Looked into: %(unit)s does it after all.",
    "reassign": "Looked into: another unit will do it instead of %(unit)s.",
    "report": "%(unit)s says it is done; the community is checking.",
    "report_on_paper": "%(unit)s says it is done; the community is checking.",
    "verify": "Checked: %(unit)s has done it.",
    "send_back": "Checked: not good enough yet. %(unit)s does it again.",
    "grant_extension": "%(unit)s was given until %(day)s.",
}
BY_NET = {"withdraw": Outcome.WITHDRAWN, "merge": Outcome.MERGED}


@dataclass(frozen=True)
class Line:
    """One thing said or done. `kind` is words, official, minutes, event or says."""

    kind: str
    text: str
    by: str = ""
    at: datetime | None = None


@dataclass
class Chapter:
    """One item of the track: a stay at a step, the end, or a step still to come."""

    label: str
    state: str
    time: str = ""
    late: bool = False
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Story:
    """Everything the raiser's page tells."""

    chapters: list[Chapter]
    photos: list[Any]
    urged_at: datetime | None
    suspended: Any


def story(case: Case) -> Story:
    """The whole story of a matter as its raiser may read it."""
    matter = case.matter
    stays = read.steps(matter)
    chases = lists.chases(matter)
    rests = resident.suspensions(matter)
    said = [row for row in read.contributions(matter, internal=False) if row.kind != ContributionKind.COMMENT]
    posts = organizations.posts_labelled(read.story_posts([*said, *chases]), language())
    events = sorted(
        [
            *_said(case, said, posts),
            *_orders(matter),
            *_chased(chases, posts),
            *_rested(rests),
            *_judged(case),
        ],
        key=lambda line: line.at or matter.raised_at,
    )
    chapters: list[Chapter] = []
    for number, stay in enumerate(stays):
        following = stays[number + 1].entered_at if number + 1 < len(stays) else None
        inside, after = _split(events, stay, following)
        chapters.append(_stay(case, stay, inside, first=number == 0))
        if stay.left_at is not None and stay.moved_to == CLOSED:
            chapters.append(_end(matter, stay, after, is_last=following is None))
    chapters += _ahead(case, [stay.key for stay in stays])
    urged = [chase.at for chase in chases if chase.by_raiser]
    kept = read.attachments(matter, internal=False) if case.own else []
    photos = shown(kept, by_code=bool(case.code))
    suspended = next((rest for rest in rests if rest.resumed_at is None), None)
    return Story(chapters, photos, max(urged, default=None), suspended)


def _split(events: list[Line], stay: Any, following: datetime | None) -> tuple[list[Line], list[Line]]:
    """What happened during a stay, and what after it left for the end, before a next stay."""
    until = following
    here = [
        line
        for line in events
        if line.at is not None and line.at >= stay.entered_at and (until is None or line.at < until)
    ]
    left = stay.left_at if stay.moved_to == CLOSED else None
    if left is None:
        return here, []
    return [line for line in here if line.at and line.at <= left], [
        line for line in here if line.at and line.at > left
    ]


def _stay(case: Case, stay: Any, lines: list[Line], *, first: bool) -> Chapter:
    plan = case.procedure.step(stay.key)
    now = stay.left_at is None and case.matter.state != State.CLOSED
    late = now and case.matter.state == State.OPEN and stay.due_at < clock.now()
    opening: list[Line] = []
    if first and case.words:
        opening.append(Line("words", case.words))
    if now:
        opening.append(Line("says", wording.in_words(plan.says)))
    return Chapter(
        label=wording.in_words(plan.title if len(wording.in_words(plan.title)) <= 12 else plan.short),
        state="now" if now else "done",
        time="" if now else short(stay.entered_at),
        late=late,
        lines=opening + lines,
    )


def _end(matter: Any, stay: Any, lines: list[Line], *, is_last: bool) -> Chapter:
    outcome = matter.outcome if is_last and matter.outcome else _outcome_of(stay)
    first = Line("event", str(wording.OUTCOME_LABELS.get(outcome, "")))
    note = [Line("words", stay.note)] if stay.note else []
    return Chapter(_("Closed"), "done", short(stay.left_at), lines=[first, *note, *lines])


def _outcome_of(stay: Any) -> str:
    if stay.verb in BY_NET:
        return BY_NET[stay.verb].value
    found = OUTCOME_OF_VERB.get(Verb(stay.verb))
    return found.value if found else ""


def _ahead(case: Case, history: list[str]) -> list[Chapter]:
    """The steps still to come, each with what it means and about how long it takes."""
    if case.matter.state == State.CLOSED:
        return []
    procedure = case.procedure
    line = procedure.station_states(history, case.matter.step_key)
    here = next((i for i, each in enumerate(line) if each.state is StationState.NOW), len(line))
    found = []
    for station in line[here + 1 :]:
        plan = procedure.step(station.key)
        says = _("%(says)s About %(limit)s.") % {
            "says": wording.in_words(plan.says),
            "limit": limit_words(plan.limit),
        }
        found.append(Chapter(wording.in_words(station.title), "next", lines=[Line("says", says)]))
    return found


def _said(case: Case, rows: list[Any], posts: Mapping[UUID, str]) -> Iterator[Line]:
    for row in rows:
        post = posts.get(row.post_id, "") if row.post_id else ""
        if row.kind == ContributionKind.ANSWER:
            by = _("Answer from %(post)s") % {"post": post} if post else ""
            yield Line("official", row.text, by, row.at)
        elif row.kind in (ContributionKind.MINUTES, ContributionKind.FINDINGS):
            yield Line("minutes", row.text, str(wording.SAID_LABELS[row.kind]), row.at)
        else:
            own = row.person_id == case.actor.person_id
            if not (own or case.own):
                continue  # what the raiser added is theirs, like their first words
            yield Line("words", row.text, _by_raiser(row, own=own), row.at)


def _by_raiser(row: Any, *, own: bool) -> str:
    if row.kind == ContributionKind.REOPENING:
        return _("You said it is not solved: reopened") if own else str(wording.SAID_LABELS[row.kind])
    return _("You added") if own else _("The raiser added")


def _orders(matter: Any) -> Iterator[Line]:
    for order in read.orders(matter):
        turns = sorted(order.turns.all(), key=lambda turn: (turn.at, turn.id))
        for turn in turns:
            verb = "whistle" if turn.verb == "issue" and order.kind == OrderKind.WHISTLE else turn.verb
            sentence = ORDER_SENTENCES.get(verb)
            if sentence is not None:
                said = _(sentence) % {"unit": order.unit.name, "day": day_words(order.due_at)}
                yield Line("event", said, at=turn.at)


def _chased(chases: list[Any], posts: Mapping[UUID, str]) -> Iterator[Line]:
    for chase in chases:
        whom = chase.unit.name if chase.unit else posts[chase.post_id]
        if chase.by_raiser:
            text = _("You asked %(whom)s to get on with it.") % {"whom": whom}
        elif chase.kind == ChaseKind.URGE:
            text = _("The community asked %(whom)s to get on with it.") % {"whom": whom}
        else:
            text = _("A post above now watches over what %(whom)s does.") % {"whom": whom}
        yield Line("event", text, at=chase.at)


def _rested(rests: list[Any]) -> Iterator[Line]:
    for rest in rests:
        told = {"day": day_words(rest.until), "reason": rest.reason}
        yield Line("event", _("Paused until %(day)s: %(reason)s") % told, at=rest.since)
        if rest.resumed_at is not None:
            yield Line("event", _("It goes on."), at=rest.resumed_at)


def _judged(case: Case) -> Iterator[Line]:
    """The reader's own judgements; those of others behind the matter stay theirs."""
    for one in read.evaluations(case.matter):
        if one.raiser_id != case.actor.person_id:
            continue
        found = {
            "solved": _("solved") if one.solved else _("not solved"),
            "level": wording.SCORE_LABELS[one.score],
        }
        yield Line("words", one.text, _("You judged: %(solved)s, %(level)s") % found, one.at)
        if one.follow_up_at is not None:
            yield Line("words", one.follow_up, _("You added later"), one.follow_up_at)
