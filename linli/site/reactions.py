"""What happens above when something happened below: one table, event kind → action.

Every event marked `reacts` has its row here and nothing else has (a house test compares).
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from linli.kernel.actor import SYSTEM
from linli.matters.actions import moving
from linli.organizations.kinds import Event as OrganizationEvent


def release_claims(payload: Mapping[str, Any]) -> None:
    """Somebody left a post: what they had claimed in it is free for whoever follows."""
    moving.release_claims_of(by=SYSTEM, person_id=UUID(payload["person"]), post_id=UUID(payload["post"]))


REACTIONS = {
    OrganizationEvent.APPOINTMENT_ENDED.value: release_claims,
}
