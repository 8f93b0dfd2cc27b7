"""What a step opened tells its matter, what a vote on names tells its contest, what a meeting resolves is an
order that is followed, and how a matter ended reaches the supporters of the proposal it was made of.

`settings.OPENERS` names the desk pages that begin a meeting's item, a ballot or an opinion map for an opening
of a step. What comes of them arrives here, from the outbox: an opening gets its outcome once, and what no
longer waits for it (the step was left, the outcome written by hand) is let be.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from linli.ballots.kinds import Duty
from linli.ballots.read import ballots, counting, roll
from linli.deliberation.actions import naming, outcomes
from linli.deliberation.read import opinions
from linli.deliberation.read import sharing as shares
from linli.gatherings import actions as gatherings
from linli.gatherings.kinds import BodyKind
from linli.gatherings.read import duties
from linli.gatherings.read import gatherings as meetings
from linli.gatherings.read.gatherings import ToCarryOut
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.durations import CLOSING
from linli.matters.actions import moving, orders, raising
from linli.matters.kinds import Channel, MatterKind, OpeningKind, State
from linli.matters.models import Matter
from linli.matters.read import one

OPENING, ORDER, ASSEMBLY = "opening", "order", "gathering"


def ballot_announced(payload: Mapping[str, Any]) -> None:
    """The meeting of owners that asked for a ballot leads to it from now on."""
    row = ballots.ballot(UUID(payload["subject"]))
    if row.asked_kind != ASSEMBLY or row.asked_id is None:
        return
    if meetings.decides_for(row.asked_id, row.place.path):
        gatherings.note_ballot(by=SYSTEM, gathering_id=row.asked_id, ballot_id=row.pk)


def ballot_published(payload: Mapping[str, Any]) -> None:
    """The result of a ballot a step opened is the outcome the step waited for; of one a contest for a name
    called, the name it chose."""
    row = ballots.ballot(UUID(payload["subject"]))
    if row.asked_kind == naming.NAMING:
        naming.record_result(by=SYSTEM, ballot_id=row.pk)
    found = counting.results(row)
    _note_election(row, found)
    if row.asked_kind != OPENING or row.asked_id is None:
        return
    voted = roll.turnout(row)
    with translation.override(settings.LANGUAGE_CODE):
        took_part = {"voted": voted.voted.heads, "of": voted.everybody.heads}
        lines = [_("Ballot “%(title)s”: %(voted)s of %(of)s took part.") % {"title": row.title, **took_part}]
        lines += [f"{each.question.title} {_(each.reason) % each.params}" for each in found]
    decided = [each.passed for each in found if each.passed is not None]
    result = {**took_part, "ballot": str(row.pk), "passed": bool(decided) and all(decided)}
    _settle(row.asked_id, row.place.path, result, "\n".join(lines))


def _note_election(row: Any, found: Sequence[Any]) -> None:
    """A committee that was elected, or whose members were replaced, has days to meet and to be filed."""
    following = {duty for duty, _day in counting.following(row, found)}
    if not following or row.counted_at is None:
        return
    kind = BodyKind.RESIDENTS_COMMITTEE if Duty.HANDOVER in following else BodyKind.OWNERS_COMMITTEE
    body = duties.elected_at(kind, row.place.path)
    if body is not None:
        gatherings.note_election(
            by=SYSTEM,
            body_id=body.pk,
            elected_on=clock.local(row.counted_at).date(),
            ballot_id=row.pk,
            is_change=following == {Duty.FILING},
        )


def minutes_approved(payload: Mapping[str, Any]) -> None:
    """What a meeting resolved on an item a step brought before it is the outcome the step waited for."""
    meeting = UUID(payload["subject"])
    for settled in meetings.settled_in(meeting):
        if settled.about.kind != OPENING:
            continue
        with translation.override(settings.LANGUAGE_CODE):
            held = _("Meeting of %(day)s, %(n)s present.") % {"day": settled.on, "n": settled.present}
            texts = settled.texts or (_("Nothing was resolved on it."),)
        result = {"attended": settled.present, "meeting": str(meeting), "resolved": len(settled.texts)}
        _settle(settled.about.id, settled.place_path, result, "\n".join([held, *texts]))


def opinions_published(payload: Mapping[str, Any]) -> None:
    """What an opinion map found is the outcome of the step that asked: what all agree on, what comes of it.

    What fewer than five answered is told neither here nor on the map.
    """
    row = opinions.conversation(UUID(payload["subject"]))
    if row.asked_kind != OPENING or row.asked_id is None:
        return
    found = opinions.findings(row.pk)
    result = {"conversation": str(row.pk), "people": found.people, "groups": found.groups}
    with translation.override(settings.LANGUAGE_CODE):
        if found.people:
            told = {"question": row.question, "n": found.people}
            lines = [_("Opinion map “%(question)s”: %(n)s took part.") % told]
        else:
            lines = [_("Opinion map “%(question)s”: too few took part to tell.") % {"question": row.question}]
        lines += [_("Most agree: %(statement)s") % {"statement": text} for text in found.agreed]
        lines += [_("Most disagree: %(statement)s") % {"statement": text} for text in found.refused]
    _settle(row.asked_id, row.place.path, result, "\n".join([*lines, row.outcome]))


def sharing_closed(payload: Mapping[str, Any]) -> None:
    """Whether the homes agreed on who pays what goes into the matter that asked. Never who did not, and
    no sums: those stay at the entrance. Taken up again, it is told again if it came to something else."""
    row = shares.sharing(UUID(payload["subject"]))
    found = shares.ended(row)
    opening = one.present_opening(row.asked_of_id, OpeningKind.SHARES) if row.asked_of_id else None
    if found is None or opening is None or row.closed_on is None:
        return
    result = {"sharing": str(row.pk), "round": found.number, "homes": found.homes, "agreed": found.agreed}
    if opening.result == result:
        return
    with translation.override(settings.LANGUAGE_CODE):
        told = {"title": row.title, "number": found.number, "homes": found.homes}
        if found.agreed:
            words = _("“%(title)s”: all %(homes)s homes agree to proposal %(number)s.")
        else:
            words = _("“%(title)s” ended with proposal %(number)s, to which not every home agrees.")
    moving.record_outcome(by=SYSTEM, opening_id=opening.pk, result=result, minutes=words % told)


def _settle(opening: UUID, path: str, result: Mapping[str, Any], words: str) -> None:
    """Write the outcome into the matter; never into one of another place than what decided it."""
    matter = one.matter_of_opening(opening)
    if matter is not None and _belongs(matter, path):
        moving.record_outcome(by=SYSTEM, opening_id=opening, result=result, minutes=words)


def _belongs(matter: Matter, path: str) -> bool:
    return path.startswith(matter.community.path) or matter.place_path.startswith(path)


def resolution_passed(payload: Mapping[str, Any]) -> None:
    """A resolution that names a unit and a day is an order: of the matter it was about, else of a new one."""
    task = meetings.to_carry_out(UUID(payload["resolution"]))
    if task is None or task.follow_id is not None:
        return
    ask = orders.Ask(task.organization_id, task.text, _closing(task.due_on))
    matter = _matter_about(task) or _raised(task)
    [order] = orders.issue(by=SYSTEM, matter_id=matter.pk, asks=[ask], resolved=True)
    gatherings.follow(by=SYSTEM, resolution_id=task.id, kind=ORDER, follow_id=order.pk)


def _matter_about(task: ToCarryOut) -> Matter | None:
    """The open matter whose step brought it before the meeting."""
    if task.subject_kind != OPENING or task.subject_id is None:
        return None
    matter = one.matter_of_opening(task.subject_id)
    is_open = matter is not None and matter.state == State.OPEN and _belongs(matter, task.place_path)
    return matter if is_open else None


def _raised(task: ToCarryOut) -> Matter:
    raised = raising.Raised(
        place_id=task.place_id,
        text=task.text,
        kind=MatterKind.TASK,
        channel=Channel.MEETING,
        is_demo=task.is_demo,
    )
    return raising.make_matter(by=SYSTEM, raised=raised)


def _closing(day: date) -> datetime:
    return datetime.combine(day, CLOSING, clock.SHANGHAI)


def matter_closed(payload: Mapping[str, Any]) -> None:
    """Who stood behind the proposal a matter was made of hears how it ended."""
    outcomes.tell_closing(by=SYSTEM, matter_id=UUID(payload["subject"]))


def order_verified(payload: Mapping[str, Any]) -> None:
    """What the unit reported, once it is found done, is what became of the resolution."""
    _followed(UUID(payload["subject"]), done=True)


def order_withdrawn(payload: Mapping[str, Any]) -> None:
    """A resolution whose order was withdrawn was not carried out."""
    _followed(UUID(payload["subject"]), done=False)


def _followed(order_id: UUID, *, done: bool) -> None:
    row = meetings.resolution_carried_by(ORDER, order_id)
    if row is None:
        return
    order = one.order(order_id)
    with translation.override(settings.LANGUAGE_CODE):
        words = (order.report or _("Done and verified.")) if done else _("The order was withdrawn.")
    gatherings.record_result(by=SYSTEM, resolution_id=row.pk, done=done, text=words)
