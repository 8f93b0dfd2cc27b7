"""What the doors of meetings share: who is staff, reading an id, doing one act once."""

from uuid import UUID

from django.http import HttpRequest

from linli.frame.doors import holds, id_sent
from linli.gatherings.kinds import Power
from linli.kernel.decision import UNPROCESSABLE, Refused

HOLDERS = holds(Power.HOLD)
SITTERS = holds(Power.SIT, Power.HOLD)
DISCLOSERS = holds(Power.DISCLOSE)
POSTERS = holds(Power.HOLD, Power.DISCLOSE)


def id_of(request: HttpRequest, name: str) -> UUID:
    """An id a button sent. Raises `Refused` (422) for anything else."""
    otherwise = Refused("Something was missing. Open the page again.", status=UNPROCESSABLE)
    return id_sent(request, name, otherwise)


def maybe_id(request: HttpRequest, name: str) -> UUID | None:
    """The same; None where nothing was chosen."""
    return id_of(request, name) if request.POST.get(name, "").strip() else None
