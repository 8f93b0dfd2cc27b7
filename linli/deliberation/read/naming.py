"""Names that came in for a place. Who entered one is told only once the name is decided on: in full where
they agreed to be named, masked otherwise."""

from uuid import UUID

from django.db.models import Prefetch

from linli.ballots.kinds import BallotState
from linli.ballots.models import Ballot
from linli.ballots.read import counting
from linli.deliberation.kinds import NameState
from linli.deliberation.models import Name, Proposer, Topic
from linli.deliberation.read.opinions import places_to_lead_at
from linli.deliberation.rules.naming import NAMEABLE, Vote
from linli.kernel.actor import Actor
from linli.kernel.decision import MISSING, Refused
from linli.kernel.names import mask_name
from linli.places.models import Place


def name(name_id: UUID) -> Name:
    """One name with its contest. Raises `Refused` (404) when there is none."""
    row = Name.objects.select_related("topic__place").filter(pk=name_id).first()
    if row is None:
        raise Refused("This name is not here.", status=MISSING)
    return row


def proposer(proposer_id: UUID) -> Proposer:
    """One person's entry of a name. Raises `Refused` (404) when there is none."""
    row = Proposer.objects.select_related("name").filter(pk=proposer_id).first()
    if row is None:
        raise Refused("This name is not here.", status=MISSING)
    return row


def names(topic_id: UUID, *, with_hidden: bool = False) -> list[Name]:
    """The names of a contest with what each means to whom proposed it, by the hour they came in; after a vote
    those with most votes first, equal ones by the hour they came in."""
    meanings = Prefetch("proposers", Proposer.objects.order_by("entered_at", "pk"))
    rows = Name.objects.filter(topic_id=topic_id).prefetch_related(meanings)
    if not with_hidden:
        rows = rows.filter(hidden_at__isnull=True)
    found = list(rows.order_by("entered_at", "pk"))
    return sorted(found, key=lambda row: -(row.votes or 0))


def to_choose(topic_id: UUID) -> list[Name]:
    """The names that are to be voted on."""
    return [row for row in names(topic_id) if row.state == NameState.SHORTLISTED]


def named(topic_id: UUID, text: str) -> Name | None:
    """The name as it came in before, whoever entered it."""
    return Name.objects.filter(topic_id=topic_id, text=text).first()


def entered_by(person_id: UUID | None, topic_id: UUID) -> list[Proposer]:
    """What somebody entered in a contest."""
    if person_id is None:
        return []
    rows = Proposer.objects.filter(name__topic_id=topic_id, person_id=person_id).select_related("name")
    return list(rows.order_by("entered_at", "pk"))


def has_entered(person_id: UUID, topic_id: UUID) -> bool:
    """Whether somebody entered a name."""
    return Proposer.objects.filter(name__topic_id=topic_id, person_id=person_id).exists()


def proposers(topic_id: UUID) -> set[UUID]:
    """Everybody who entered a name, to be told what came of it."""
    return set(Proposer.objects.filter(name__topic_id=topic_id).values_list("person_id", flat=True))


def credited(row: Name) -> list[str]:
    """Who proposed a name: in full who agreed to be named, the others masked, in the order they came."""
    rows = Proposer.objects.filter(name=row).select_related("person").order_by("entered_at", "pk")
    return [each.person.name if each.shown else mask_name(each.person.name) for each in rows]


def places_to_name(actor: Actor) -> list[tuple[Place, str]]:
    """The courtyards and buildings of this desk that residents can look for a name for."""
    kinds = [kind.value for kind in NAMEABLE]
    return [(row, written) for row, written in places_to_lead_at(actor) if row.kind in kinds]


def ballot_state(row: Topic) -> BallotState | None:
    """How far the vote on the names is; None before one was drafted."""
    return BallotState(row.ballot.state) if row.ballot else None


def topic_of_ballot(ballot_id: UUID) -> UUID | None:
    """The contest a vote decides."""
    return Topic.objects.filter(ballot_id=ballot_id).values_list("pk", flat=True).first()


def vote_on(row: Ballot) -> Vote:
    """What a published vote on names came to, by the names themselves."""
    [found] = counting.results(row)
    titles = {option.id: option.title for option in found.question.options}
    outcome = found.outcome
    if outcome is None:
        raise Refused("This vote chooses nothing.", status=MISSING)
    won = [titles[each] for each in outcome.won]
    return Vote(
        votes={titles[each.id]: each.votes.heads for each in outcome.standings},
        won=won[0] if won else "",
        tied=frozenset(titles[each] for each in outcome.tied),
    )
