"""What a place settles for itself about counting: noted with where it is written, and ended."""

from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from linli.audit import actions as audit
from linli.ballots import policies
from linli.ballots.kinds import Event, HouseRuleKind
from linli.ballots.models import HouseRule
from linli.ballots.read import ballots
from linli.ballots.read import settling as read
from linli.ballots.rules import local, settling
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, require
from linli.kernel.text import one_line

LONGEST_SOURCE = 120


@transaction.atomic
def set_house_rule(
    *,
    by: Actor,
    place_id: UUID,
    kind: HouseRuleKind,
    source: str,
    starts: date,
    last: date | None = None,
    value: str = "",
) -> HouseRule:
    """Note what is settled for a place by its own rules or its city's, where that is written, and from which
    day to which; `value` is the share where it is one.

    Refused where it would count for a ballot of owners that is announced already.
    """
    place = ballots.open_place(place_id)
    require(policies.may_run(by, place.path))
    written = one_line(source)[:LONGEST_SOURCE]
    if not written:
        raise Refused("Say where it is written: the rule and its article.", status=UNPROCESSABLE)
    require(local.may_be(kind, value), status=UNPROCESSABLE)
    require(settling.may_begin(starts, last, read.announced_to_owners(place.path, kind)), status=CONFLICT)
    row = HouseRule(
        place=place, kind=kind.value, value=value, source=written, starts=starts, ends=_after(last)
    )
    _keep(row)
    data = {"kind": kind.value} | ({"share": value} if value else {})
    audit.record(Event.HOUSE_RULE_SET, by=by, subject=row, place_path=place.path, data=data)
    return row


@transaction.atomic
def end_house_rule(*, by: Actor, rule_id: UUID, last: date) -> HouseRule:
    """Give a rule its last day, or another one until that has passed; ballots it counts for keep it."""
    row = read.house_rule_for_update(rule_id)
    require(policies.may_run(by, row.place.path))
    announced = read.announced_under(row)
    require(settling.may_end(row.starts, row.ends, last, today(), announced), status=CONFLICT)
    row.ends = _after(last)
    _keep(row)
    audit.record(
        Event.HOUSE_RULE_ENDED, by=by, subject=row, place_path=row.place.path, data={"last": last.isoformat()}
    )
    return row


def _after(last: date | None) -> date | None:
    """The first day a rule no longer holds, as the table keeps it."""
    return last + timedelta(days=1) if last is not None else None


def _keep(row: HouseRule) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        raise Refused("Another rule of this kind covers some of these days.", status=CONFLICT) from clash
