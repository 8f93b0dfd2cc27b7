"""What has been decided where a covenant holds, in figures it can take over: votes whose result is published,
and hands counted in an assembly whose minutes stand. Each only if it came after the consultation."""

from dataclasses import dataclass
from datetime import date

from linli.ballots.kinds import BallotState, Method, RuleName
from linli.ballots.models import Question
from linli.ballots.read import counting
from linli.deliberation.kinds import Body
from linli.deliberation.models import Covenant
from linli.deliberation.rules.covenants import Mandate, Meeting
from linli.gatherings.kinds import BodyKind, Manner
from linli.gatherings.models import Resolution
from linli.kernel.clock import local
from linli.kernel.references import Reference

QUESTION, RESOLUTION = "question", "resolution"  # what a covenant's decision names as its source
MOST = 8
BY_RULE = {RuleName.RESIDENTS_ASSEMBLY: Body.ASSEMBLY, RuleName.REP_ASSEMBLY: Body.DELEGATES}
BY_KIND = {BodyKind.RESIDENTS_ASSEMBLY: Body.ASSEMBLY, BodyKind.REP_ASSEMBLY: Body.DELEGATES}


@dataclass(frozen=True, slots=True)
class Source:
    """A vote or a count of hands, what it was about, and its figures as a meeting's."""

    about: Reference
    title: str
    held: str
    meeting: Meeting


def sources(row: Covenant) -> list[Source]:
    """What a covenant's decision can be taken from, the latest first; of its very place alone."""
    if row.consult_ends is None:
        return []
    found = [*_votes(row, row.consult_ends), *_hands(row, row.consult_ends)]
    return sorted(found, key=lambda each: each.meeting.met_on, reverse=True)


def source(row: Covenant, about: Reference) -> Source | None:
    """One of them; None for anything else."""
    return next((each for each in sources(row) if each.about == about), None)


def _votes(row: Covenant, since: date) -> list[Source]:
    asked = Question.objects.filter(
        ballot__place=row.place_id,
        ballot__state=BallotState.PUBLISHED.value,
        method=Method.YES_NO.value,
        rule__in=[rule.value for rule in BY_RULE],
    ).select_related("ballot__place")
    found = []
    for question in asked.order_by("-ballot__closes_at", "number")[:MOST]:
        ballot = question.ballot
        if local(ballot.opens_at).date() < since:
            continue
        result = next(each for each in counting.results(ballot) if each.question.id == str(question.number))
        meeting = Meeting(
            body=BY_RULE[RuleName(question.rule)],
            met_on=local(ballot.closes_at).date(),
            entitled=result.count.entitled.heads,
            present=result.count.took_part.heads,
            in_favour=result.count.yes.heads,
        )
        found.append(Source(Reference(QUESTION, question.pk), question.title, ballot.title, meeting))
    return found


def _hands(row: Covenant, since: date) -> list[Source]:
    counted = Resolution.objects.filter(
        gathering__place=row.place_id,
        gathering__body__kind__in=[kind.value for kind in BY_KIND],
        gathering__minutes__approved_at__isnull=False,
        gathering__entitled__isnull=False,
        manner=Manner.HANDS.value,
    ).select_related("gathering__body")
    found = []
    for each in counted.order_by("-gathering__starts_at", "number")[:MOST]:
        held = each.gathering
        met_on = local(held.starts_at).date()
        if met_on < since or held.body is None:
            continue
        meeting = Meeting(
            body=BY_KIND[BodyKind(held.body.kind)],
            met_on=met_on,
            entitled=held.entitled or 0,
            present=each.present,
            in_favour=each.yes or 0,
        )
        found.append(Source(Reference(RESOLUTION, each.pk), each.text, held.title, meeting))
    return found


def mandates(row: Covenant) -> list[tuple[Mandate, str]]:
    """What the residents' assembly of a covenant's very place resolved, its minutes standing, each with its
    words: by one of these it charged its representatives."""
    passed = Resolution.objects.filter(
        gathering__place=row.place_id,
        gathering__body__kind=BodyKind.RESIDENTS_ASSEMBLY.value,
        gathering__minutes__approved_at__isnull=False,
        passed=True,
    ).select_related("gathering")
    return [
        (Mandate(local(each.gathering.starts_at).date(), resolution_id=each.pk), each.text)
        for each in passed.order_by("-gathering__starts_at", "number")[:MOST]
    ]
