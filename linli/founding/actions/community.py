"""A community comes to be: its place in the tree with its code, its committee, its closing hour."""

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from django.db import transaction

from linli.audit import actions as audit
from linli.founding import policies, read
from linli.founding.kinds import Event
from linli.founding.rules import names
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.codes import check_division_code
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, require
from linli.kernel.errors import InvalidCode
from linli.matters.actions import procedures
from linli.organizations import actions as organizations
from linli.organizations.kinds import OrganizationKind
from linli.places import actions as places
from linli.places import read as place_read
from linli.places.kinds import CodeScheme, PlaceKind

if TYPE_CHECKING:
    from linli.places.models import Place

DUTY = "community"  # what a residents' committee answers for


@dataclass(frozen=True, slots=True)
class CommunityPlan:
    """What is said of a new community. `district` and `street` are asked for only where they are not known;
    `office_phone` is shown on boards; `short_code` begins the numbers of its matters."""

    code: str
    name: str
    committee: str
    closing: time
    district: str = ""
    street: str = ""
    short_code: str = ""
    office_phone: str = ""


def found_community(*, by: Actor, plan: CommunityPlan) -> "Place":
    """Open the community with what lies above it, and give it a committee and its closing hour."""
    with transaction.atomic():
        require(policies.may_set_up(by))
        code, on = _code(plan.code), today()
        known = place_read.find_by_code(code, on)
        if known is not None:
            raise Refused("%(place)s has this code already.", {"place": known.name}, status=CONFLICT)
        division = _above(by, None, f"{code[:6]}000000", PlaceKind.DIVISION, code[:6], plan.district)
        street = _above(by, division, f"{code[:9]}000", PlaceKind.STREET, code[6:9], plan.street)
        place = places.open_place(
            by=by,
            kind=PlaceKind.COMMUNITY,
            name=plan.name,
            label=code[9:],
            parent_id=street.id,
            opened_on=on,
            short_code=_short_code(plan, division),
        )
        _give_code(by, place, code, on)
        committee = organizations.found(
            by=by,
            kind=OrganizationKind.RESIDENTS_COMMITTEE,
            name=plan.committee,
            at=place,
            phone=plan.office_phone,
        )
        organizations.serve_area(by=by, organization_id=committee.id, place_id=place.id, duty=DUTY, starts=on)
        procedures.set_local_rule(
            by=by, place_id=place.id, key="closing", value=f"{plan.closing:%H:%M}", starts=on
        )
        audit.record(Event.FOUNDED, by=by, subject=place, place_path=place.path)
    return place


def _code(text: str) -> str:
    try:
        code = check_division_code(text)
    except InvalidCode as wrong:
        raise Refused(wrong.reason, wrong.params, status=UNPROCESSABLE) from wrong
    require(names.is_community(code), status=UNPROCESSABLE)
    return code


def _above(by: Actor, parent: "Place | None", code: str, kind: PlaceKind, label: str, name: str) -> "Place":
    """The street or division a code names; opened under the name given where it is not known yet."""
    known = place_read.find_by_code(code, today())
    if known is not None:
        return known
    if not name.strip():
        raise Refused(
            "The place with code %(code)s is not known here yet: write its name.",
            {"code": code},
            status=UNPROCESSABLE,
        )
    place = places.open_place(
        by=by, kind=kind, name=name, label=label, parent_id=parent.id if parent else None, opened_on=today()
    )
    _give_code(by, place, code, today())
    return place


def _give_code(by: Actor, place: "Place", code: str, starts: date) -> None:
    places.give_code(by=by, place_id=place.id, scheme=CodeScheme.DIVISION, code=code, starts=starts)


def _short_code(plan: CommunityPlan, division: "Place") -> str:
    """The letters its numbers begin with, told apart within the district."""
    taken = read.short_codes(division.path)
    if plan.short_code in taken:
        raise Refused(
            "Another community of this district uses %(code)s already.",
            {"code": plan.short_code},
            status=CONFLICT,
        )
    code = plan.short_code or names.short_code(plan.name, taken)
    if not code:
        raise Refused("Write a short code of 2 to 6 capital letters.", status=UNPROCESSABLE)
    return code
