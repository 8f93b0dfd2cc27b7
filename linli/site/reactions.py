"""What happens above when something happened below: one table, event kind → action.

Every event marked `reacts` has its row here and nothing else has (a house test compares).
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from linli.ballots.kinds import Event as BallotEvent
from linli.deliberation.kinds import Event as TalkEvent
from linli.gatherings.kinds import Event as GatheringEvent
from linli.kernel.actor import SYSTEM
from linli.matters.actions import moving
from linli.matters.kinds import Event as MatterEvent
from linli.organizations.kinds import Event as OrganizationEvent
from linli.site import openings


def release_claims(payload: Mapping[str, Any]) -> None:
    """Somebody left a post: what they had claimed in it is free for whoever follows."""
    moving.release_claims_of(by=SYSTEM, person_id=UUID(payload["person"]), post_id=UUID(payload["post"]))


REACTIONS = {
    OrganizationEvent.APPOINTMENT_ENDED.value: release_claims,
    BallotEvent.ANNOUNCED.value: openings.ballot_announced,
    BallotEvent.RESULT_PUBLISHED.value: openings.ballot_published,
    TalkEvent.PUBLISHED.value: openings.opinions_published,
    TalkEvent.SHARING_CLOSED.value: openings.sharing_closed,
    GatheringEvent.MINUTES_APPROVED.value: openings.minutes_approved,
    GatheringEvent.RESOLUTION_PASSED.value: openings.resolution_passed,
    MatterEvent.CLOSED.value: openings.matter_closed,
    MatterEvent.ORDER_VERIFIED.value: openings.order_verified,
    MatterEvent.ORDER_WITHDRAWN.value: openings.order_withdrawn,
}
