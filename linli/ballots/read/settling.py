"""What places have settled for themselves about counting, and what of it holds for a ballot."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from linli.ballots.kinds import BallotState, Electorate, HouseRuleKind, Power
from linli.ballots.models import Ballot, HouseRule, Question
from linli.ballots.rules import local
from linli.ballots.rules.local import Settled
from linli.frame.scopes import in_force, under
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import MISSING, Refused
from linli.places.models import Place
from linli.places.rules import prefixes

MOST_RULES = 2000  # of one desk


def settled_for(row: Ballot) -> Mapping[HouseRuleKind, Settled]:
    """What holds for a ballot: what it kept of the day it was announced; for a draft, what stands today."""
    if row.announced_at is not None:
        return local.read(row.settled)
    return settled_at(row.place, clock.today()) if row.electorate == Electorate.OWNERS else {}


def concerning(row: Ballot) -> list[Settled]:
    """What of it concerns a ballot, for whoever reads about it."""
    rules = Question.objects.filter(ballot=row).values_list("rule", flat=True)
    return local.concerning(rules, settled_for(row))


def settled_at(place: Place, on: date) -> dict[HouseRuleKind, Settled]:
    """What holds at a place on a day, of each kind: what the place or the nearest one around it has settled,
    else the default."""
    rows = HouseRule.objects.filter(in_force(on), place__path__in=prefixes(place.path))
    noted = {HouseRuleKind(row.kind): row for row in rows.order_by("place__path")}
    return {
        kind: _settled(noted[kind]) if kind in noted else local.by_default(kind) for kind in HouseRuleKind
    }


def _settled(row: HouseRule) -> Settled:
    until = row.ends - timedelta(days=1) if row.ends else None
    return Settled(HouseRuleKind(row.kind), row.value, row.source, row.starts, until, str(row.pk))


def house_rule_for_update(rule_id: UUID) -> HouseRule:
    """One rule of a house with its place, locked. Raises `Refused` (404)."""
    rows = HouseRule.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(pk=rule_id).first()
    if row is None:
        raise Refused("This rule is not here.", status=MISSING)
    return row


def announced_to_owners(path: str, kind: HouseRuleKind) -> list[date]:
    """The days on which ballots of owners of a place, or of a part of it, were announced that stand and that
    a rule of this kind would concern."""
    rows = Ballot.objects.filter(electorate=Electorate.OWNERS.value, place__path__startswith=path)
    asked = Question.objects.filter(ballot=OuterRef("pk"), rule__in=local.concerned(kind))
    return _announced(rows.filter(Exists(asked)))


def announced_under(rule: HouseRule) -> list[date]:
    """The days on which ballots were announced that are counted by a rule of a house."""
    return _announced(Ballot.objects.filter(**{f"settled__{rule.kind}__note": str(rule.pk)}))


def _announced(rows: QuerySet[Ballot]) -> list[date]:
    stand = rows.exclude(state=BallotState.WITHDRAWN.value)
    moments = stand.filter(announced_at__isnull=False).values_list("announced_at", flat=True)
    return [clock.local(moment).date() for moment in moments if moment is not None]


def house_rules_of(actor: Actor) -> list[HouseRule]:
    """Everything settled in the places somebody runs ballots of, the latest first."""
    rows = HouseRule.objects.filter(under("place__path", actor.paths(Power.RUN))).select_related("place")
    return list(rows.order_by("-starts", "-id")[:MOST_RULES])
