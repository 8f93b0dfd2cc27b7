"""The three rates of a place and a span of days, with everything they count."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from linli.kernel import clock
from linli.matters.kinds import Outcome, Urgency
from linli.matters.models import Callback, Exclusion, Matter
from linli.matters.read.settings import times_at
from linli.matters.rules.clocks import contact_due
from linli.matters.rules.rates import CountedCallback, CountedMatter, ThreeRates, three_rates

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


def figures(path: str, since: date, until: date) -> Figures:
    """The three rates of matters raised at a place from one day to another, both included."""
    start = datetime.combine(since, time(), tzinfo=clock.SHANGHAI)
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)
    span = {
        "matter__place_path__startswith": path,
        "matter__raised_at__gte": start,
        "matter__raised_at__lt": end,
    }
    raised = Matter.objects.filter(place_path__startswith=path, raised_at__gte=start, raised_at__lt=end)
    raised = raised.filter(RAISED).exclude(outcome__in=NOT_COUNTED)
    exclusions = list(
        Exclusion.objects.filter(approved_at__isnull=False, **span).select_related("matter", "approved_by")
    )
    left_out = {exclusion.matter_id for exclusion in exclusions}
    times = times_at(path)
    counted = [
        CountedMatter(contact_due(at, Urgency(urgency), times), contacted, matter_id in left_out)
        for matter_id, at, urgency, contacted in raised.values_list(
            "id", "raised_at", "urgency", "contacted_at"
        )
    ]
    callbacks = [
        CountedCallback(bool(solved), score or 0, matter_id in left_out)
        for matter_id, solved, score in Callback.objects.filter(
            reached=True, superseded=False, **span
        ).values_list("matter_id", "solved", "score")
    ]
    return Figures(three_rates(counted, callbacks, clock.now()), len(counted), exclusions)


def matters_counted(path: str, since: date, until: date) -> list[Matter]:
    """The matters behind the response rate, newest first: neither withdrawn nor excluded."""
    start = datetime.combine(since, time(), tzinfo=clock.SHANGHAI)
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)
    rows = Matter.objects.filter(place_path__startswith=path, raised_at__gte=start, raised_at__lt=end)
    counted = (
        rows.filter(RAISED).exclude(outcome__in=NOT_COUNTED).exclude(exclusion__approved_at__isnull=False)
    )
    return list(counted.order_by("-raised_at", "-id"))
