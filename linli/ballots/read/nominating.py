"""The candidates of an election and who named them, counted against the roll as it stands."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from linli.ballots.models import Ballot, Nomination, NominationVoter, Option, RollEntry, RollPerson
from linli.ballots.rules.majorities import ELECTIONS
from linli.ballots.rules.nominating import may_stand
from linli.kernel.decision import Decision
from linli.organizations import read as organizations
from linli.organizations.kinds import OrganizationKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to be voted for: who named them, how many of those are on the roll, whether that is enough."""

    option: Option
    nomination: Nomination | None
    voters: int | None
    stands: Decision


def candidates(row: Ballot) -> list[Candidate]:
    """Who stands in the elections of a ballot; none for a runoff, whose candidates the first round chose."""
    rules = [rule.value for rule in ELECTIONS]
    asked = Q(question__ballot=row, question__rule__in=rules, question__is_runoff=False)
    options = Option.objects.filter(asked).select_related("nomination__organization")
    return [_candidate(row, each) for each in options.order_by("question__number", "order")]


def _candidate(row: Ballot, option: Option) -> Candidate:
    found: Nomination | None = getattr(option, "nomination", None)
    by_party = found is not None and found.organization_id is not None
    voters = _on_roll(row, found) if found is not None and not by_party else None
    return Candidate(option, found, voters, may_stand(option.title, by_party=by_party, voters=voters))


def _on_roll(row: Ballot, nomination: Nomination) -> int:
    """How many entries of the roll are behind a nomination."""
    named = NominationVoter.objects.filter(nomination=nomination).values("person")
    rows = RollPerson.objects.filter(entry__ballot=row, person__in=named)
    return int(rows.aggregate(n=Count("entry", distinct=True))["n"])


def numbers(row: Ballot) -> set[int]:
    """Every number of the roll but the developer's."""
    return set(RollEntry.objects.filter(ballot=row, is_developer=False).values_list("number", flat=True))


def behind(row: Ballot, chosen: list[int]) -> list[UUID]:
    """The persons behind some numbers of the roll."""
    rows = RollPerson.objects.filter(entry__ballot=row, entry__number__in=chosen)
    return sorted(set(rows.values_list("person_id", flat=True)))


def option_of(row: Ballot, option_id: UUID) -> Option | None:
    """A candidate of a ballot."""
    return next((each.option for each in candidates(row) if each.option.pk == option_id), None)


def party_organizations(row: Ballot) -> list[tuple[UUID, str]]:
    """The party organisations over the place asked."""
    found = organizations.organizations_over(row.place.path, row.opens_at.date())
    return [(each.pk, each.name) for each in found if each.kind == OrganizationKind.PARTY_BRANCH]
