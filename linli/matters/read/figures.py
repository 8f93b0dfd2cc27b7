"""The three rates of a place and a span of days, with everything they count."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from linli.kernel import clock
from linli.matters.kinds import Outcome, Urgency
from linli.matters.models import Callback, Exclusion, Matter
from linli.matters.read.settings import times_at
from linli.matters.rules.clocks import contact_due
from linli.matters.rules.rates import CountedCallback, CountedMatter, ThreeRates, three_rates
from linli.places.models import Place

# Withdrawn ones asked for nothing in the end; merged ones count where their raisers went.
NOT_COUNTED = (Outcome.WITHDRAWN, Outcome.MERGED)
# The community's own matters have nobody to be spoken with.
RAISED = Q(anonymous=True) | Q(raised_by__isnull=False)


@dataclass(frozen=True, slots=True)
class Figures:
    """The rates with the number of matters raised and the approved exclusions behind them."""

    rates: ThreeRates
    raised: int
    exclusions: list[Exclusion]


def figures(communities: Collection[Place], since: date, until: date) -> dict[UUID, Figures]:
    """The three rates of matters raised in each of several communities from one day to another, both
    included. Three queries, however many communities."""
    ids = [row.id for row in communities]
    start = datetime.combine(since, time(), tzinfo=clock.SHANGHAI)
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)
    span = {
        "matter__community__in": ids,
        "matter__raised_at__gte": start,
        "matter__raised_at__lt": end,
    }
    raised = Matter.objects.filter(community__in=ids, raised_at__gte=start, raised_at__lt=end)
    raised = raised.filter(RAISED).exclude(outcome__in=NOT_COUNTED)
    exclusions: dict[UUID, list[Exclusion]] = {one: [] for one in ids}
    for row in Exclusion.objects.filter(approved_at__isnull=False, **span).select_related(
        "matter", "approved_by"
    ):
        exclusions[row.matter.community_id].append(row)
    left_out = {row.matter_id for rows in exclusions.values() for row in rows}
    times = {row.id: times_at(row.path) for row in communities}
    counted: dict[UUID, list[CountedMatter]] = {one: [] for one in ids}
    for one, matter_id, at, urgency, contacted in raised.values_list(
        "community_id", "id", "raised_at", "urgency", "contacted_at"
    ):
        due = contact_due(at, Urgency(urgency), times[one])
        counted[one].append(CountedMatter(due, contacted, matter_id in left_out))
    callbacks: dict[UUID, list[CountedCallback]] = {one: [] for one in ids}
    for one, matter_id, solved, score in Callback.objects.filter(
        reached=True, superseded=False, **span
    ).values_list("matter__community_id", "matter_id", "solved", "score"):
        callbacks[one].append(CountedCallback(bool(solved), score or 0, matter_id in left_out))
    moment = clock.now()
    return {
        one: Figures(three_rates(counted[one], callbacks[one], moment), len(counted[one]), exclusions[one])
        for one in ids
    }


def matters_counted(path: str, since: date, until: date) -> list[Matter]:
    """The matters behind the response rate, newest first: neither withdrawn nor excluded."""
    start = datetime.combine(since, time(), tzinfo=clock.SHANGHAI)
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)
    rows = Matter.objects.filter(place_path__startswith=path, raised_at__gte=start, raised_at__lt=end)
    counted = (
        rows.filter(RAISED).exclude(outcome__in=NOT_COUNTED).exclude(exclusion__approved_at__isnull=False)
    )
    return list(counted.order_by("-raised_at", "-id"))
