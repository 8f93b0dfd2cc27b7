"""Whether owners decided how their income is divided: `settings.INCOME_DIVIDED` names this."""

from uuid import UUID

from linli.ballots.kinds import BallotState
from linli.ballots.models import Ballot
from linli.ballots.read import counting
from linli.ballots.rules import dividing
from linli.kernel.decision import Decision, Denied
from linli.places import read as places


def divides(ballot_id: UUID, path: str) -> Decision:
    """Whether this is a ballot by which the owners of a place decided it."""
    row = Ballot.objects.filter(pk=ballot_id).select_related("place").first()
    if row is None:
        return Denied("This ballot is not here.")
    is_published = row.state == BallotState.PUBLISHED
    return dividing.divides(
        counting.results(row) if is_published else [],
        electorate=row.electorate,
        is_published=is_published,
        is_theirs=path.startswith(row.place.path) and places.community_of(row.place.path) is not None,
    )
