"""Noting who named the candidates of an election, between its roll and its opening."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.ballots import policies
from linli.ballots.kinds import Event
from linli.ballots.models import Ballot, Nomination, NominationVoter, Option
from linli.ballots.read import ballots
from linli.ballots.read import nominating as read
from linli.ballots.rules import nominating
from linli.kernel.actor import Actor
from linli.kernel.clock import now
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, person_of, require


@transaction.atomic
def nominate_by_party(*, by: Actor, ballot_id: UUID, option_id: UUID, organization_id: UUID) -> Nomination:
    """Note that a party organisation of the place named a candidate."""
    row, option = _candidate(by, ballot_id, option_id)
    if organization_id not in dict(read.party_organizations(row)):
        raise Refused("Choose a party organisation of this place.", status=UNPROCESSABLE)
    made = Nomination.objects.create(
        option=option, organization_id=organization_id, noted_by_id=person_of(by), noted_at=now()
    )
    _record(Event.NOMINATED, by, row, option)
    return made


@transaction.atomic
def nominate_by_voters(*, by: Actor, ballot_id: UUID, option_id: UUID, numbers: Sequence[int]) -> Nomination:
    """Note the voters, by their numbers on the roll, who named a candidate together."""
    row, option = _candidate(by, ballot_id, option_id)
    require(nominating.may_be_named(numbers, read.numbers(row)), status=UNPROCESSABLE)
    made = Nomination.objects.create(option=option, noted_by_id=person_of(by), noted_at=now())
    NominationVoter.objects.bulk_create(
        NominationVoter(nomination=made, person_id=person) for person in read.behind(row, list(numbers))
    )
    _record(Event.NOMINATED, by, row, option)
    return made


@transaction.atomic
def withdraw_nomination(*, by: Actor, ballot_id: UUID, option_id: UUID) -> None:
    """Take a nomination back, to note it anew."""
    row = ballots.ballot_for_update(ballot_id)
    require(policies.may_nominate(by, ballots.about(row)), status=CONFLICT)
    found = Nomination.objects.filter(option=option_id, option__question__ballot=row).first()
    if found is None:
        raise Refused("Nobody is noted as having named them.", status=MISSING)
    option = found.option
    found.delete()
    _record(Event.NOMINATION_WITHDRAWN, by, row, option)


def _candidate(by: Actor, ballot_id: UUID, option_id: UUID) -> tuple[Ballot, Option]:
    row = ballots.ballot_for_update(ballot_id)
    require(policies.may_nominate(by, ballots.about(row)), status=CONFLICT)
    option = read.option_of(row, option_id)
    if option is None:
        raise Refused("This candidate is not in this ballot.", status=MISSING)
    if Nomination.objects.filter(option=option).exists():
        raise Refused("It is already noted who named them. Take that back first.", status=CONFLICT)
    return row, option


def _record(event: Event, by: Actor, row: Ballot, option: Option) -> None:
    audit.record(event, by=by, subject=row, place_path=row.place.path, data={"option": option.code})
