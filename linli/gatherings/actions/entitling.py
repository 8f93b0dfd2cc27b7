"""Who is counted in an assembly, as the register has it; another figure only with its reason."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from linli.gatherings.kinds import BodyKind, CalledBy, Counted, Entitled
from linli.gatherings.read import owners, petitions, residents
from linli.gatherings.rules.bodies import STANDINGS
from linli.kernel.clock import today
from linli.kernel.decision import UNPROCESSABLE, Refused
from linli.kernel.text import clean

if TYPE_CHECKING:
    from linli.gatherings.actions.calling import Plan
    from linli.gatherings.models import Body, Gathering, Petition


COUNTS: Final = {
    CalledBy.ADULTS: Counted.ADULTS,
    CalledBy.HOUSEHOLD_REPS: Counted.HOUSEHOLDS,
    CalledBy.OWNERS: Counted.OWNERS,
}


def of_plan(body: "Body", plan: "Plan") -> dict[str, object]:
    """The columns of a planned meeting that say how many are entitled: of residents and owners as the
    register stands today."""
    entitled = STANDINGS[BodyKind(body.kind)].entitled
    if entitled is not Entitled.OWNERS and plan.area_entitled is not None:
        raise Refused("Only owners are counted in area.", status=UNPROCESSABLE)
    if entitled is Entitled.RESIDENTS:
        return _residents(body.place.path, plan)
    if entitled is Entitled.OWNERS:
        return _owners(body.place.path, plan)
    if plan.entitled is not None:
        raise Refused("Its members are counted, not entered.", status=UNPROCESSABLE)
    return {}


def callers_of(petition: "Petition", entitled: Mapping[str, object]) -> int:
    """Of how many those are who asked for a meeting: of as many as the meeting counts, where it counts them
    (a corrected number holds here too), else of as many as the register has."""
    by = CalledBy(petition.asked_by)
    whole = entitled.get("entitled")
    if entitled.get("counted") == COUNTS.get(by) and isinstance(whole, int):
        return whole
    return petitions.whole(petition, petition.body.place.path, today())


def count_anew(gathering: "Gathering") -> None:
    """The figures as of today, unless they were corrected."""
    if not gathering.counted or gathering.correction:
        return
    counted, path = Counted(gathering.counted), gathering.place.path
    gathering.found_on = today()
    if counted is Counted.OWNERS:
        found = owners.entitled_in(path, today())
        gathering.entitled, gathering.area_entitled = found.heads, found.area
        gathering.area_found = found.area
    else:
        gathering.entitled = residents.entitled_in(path, today(), counted)
    gathering.entitled_found = gathering.entitled


def _residents(path: str, plan: "Plan") -> dict[str, object]:
    found = residents.entitled_in(path, today(), plan.counted)
    entitled, why = plan.entitled or found, clean(plan.correction)[:200]
    if not entitled:
        raise Refused("Say how many are entitled to take part.", status=UNPROCESSABLE)
    if entitled != found and not why:
        raise Refused(
            "The register knows %(found)s. Say why it is another number.",
            {"found": found},
            status=UNPROCESSABLE,
        )
    return {
        "counted": plan.counted.value,
        "entitled": entitled,
        "entitled_found": found,
        "found_on": today(),
        "correction": why if entitled != found else "",
    }


def _owners(path: str, plan: "Plan") -> dict[str, object]:
    found, why = owners.entitled_in(path, today()), clean(plan.correction)[:200]
    if found.without_area and plan.area_entitled is None:
        raise Refused(
            "%(count)s homes and bays have no area yet. Enter it, or say how much there is in all and why.",
            {"count": found.without_area},
            status=UNPROCESSABLE,
        )
    entitled, area = plan.entitled or found.heads, plan.area_entitled or found.area
    if not entitled or not area:
        raise Refused("Say how many owners there are and how much area they have.", status=UNPROCESSABLE)
    is_corrected = (entitled, area) != (found.heads, found.area)
    if is_corrected and not why:
        raise Refused(
            "The register knows %(heads)s owners with %(area)s m². Say why it is another number.",
            {"heads": found.heads, "area": f"{found.area // 100}.{found.area % 100:02d}"},
            status=UNPROCESSABLE,
        )
    return {
        "counted": Counted.OWNERS.value,
        "entitled": entitled,
        "entitled_found": found.heads,
        "area_entitled": area,
        "area_found": found.area,
        "found_on": today(),
        "correction": why if is_corrected else "",
    }
