"""What a topic read before, who has taken part in it, and which proposal a matter was made of."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from linli.deliberation.models import Proposal, Proposer, Support, Topic, TopicBefore


@dataclass(frozen=True, slots=True)
class Before:
    """What a topic read until a moment, where it was changed then; None is what stayed as it was."""

    until: datetime
    title: str | None
    about: str | None
    ends: date | None


def before(row: Topic) -> list[Before]:
    """What a topic read earlier, the latest change first."""
    newer: Topic | TopicBefore = row
    found = []
    for each in TopicBefore.objects.filter(topic=row).order_by("-changed_at", "-pk"):
        found.append(
            Before(
                each.changed_at,
                each.title if each.title != newer.title else None,
                each.about if each.about != newer.about else None,
                each.ends if each.ends != newer.ends else None,
            )
        )
        newer = each
    return found


def taking_part(topic_id: UUID) -> frozenset[UUID]:
    """Who raised or supported a proposal in a topic, or entered a name; to be told, and shown to nobody."""
    raised = Proposal.objects.filter(topic_id=topic_id).values_list("author_id", flat=True)
    supported = Support.objects.filter(proposal__topic_id=topic_id).values_list("person_id", flat=True)
    entered = Proposer.objects.filter(name__topic_id=topic_id).values_list("person_id", flat=True)
    return frozenset(raised) | frozenset(supported) | frozenset(entered)


def proposal_of(matter_id: UUID) -> Proposal | None:
    """The proposal a matter was made of."""
    return Proposal.objects.filter(matter_id=matter_id).first()
