"""Where people live and what they own, each with its days."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from linli.audit import actions as audit
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.people import policies, read, rules
from linli.people.actions.person import locked
from linli.people.kinds import Event, ResidenceKind
from linli.people.models import Holding, Household, Residence
from linli.places import read as places

if TYPE_CHECKING:
    from linli.places.models import Place


def move_in(
    *,
    by: Actor,
    person_id: UUID,
    place_id: UUID,
    kind: ResidenceKind,
    starts: date,
    household_id: UUID | None = None,
) -> Residence:
    """Note that a person is registered at, or usually lives in, a place from a day on.

    A residence of the same kind that is still open ends on that day. 户籍 and 常住 are separate facts.
    """
    with transaction.atomic():
        person = locked(person_id)
        place = _open_place(place_id, starts)
        require(policies.may_register_person(by, place.path))
        household = _household(household_id, place)
        former = Residence.objects.filter(person=person, kind=kind.value, ends__isnull=True).first()
        if former is not None and former.starts >= starts:
            raise Refused(
                "They are noted as living there since %(day)s; the new home must begin later.",
                {"day": former.starts.isoformat()},
                status=CONFLICT,
            )
        if former is not None:
            former.ends = starts
            former.save(update_fields=["ends"])
        row = Residence(person=person, household=household, place=place, kind=kind.value, starts=starts)
        _add(row, "Another residence of this kind covers some of these days.")
        audit.record(Event.MOVED_IN, by=by, subject=person, place_path=place.path, data={"kind": kind.value})
    return row


def move_out(*, by: Actor, residence_id: UUID, ends: date) -> Residence:
    """End a residence: `ends` is the first day the person no longer lives, or is registered, there."""
    with transaction.atomic():
        row = (
            Residence.objects.select_for_update(of=("self",))
            .select_related("person", "place")
            .filter(id=residence_id)
            .first()
        )
        if row is None:
            raise Refused("This residence is not known.", status=MISSING)
        require(policies.may_edit_person(by, [row.place.path]))
        if row.ends is not None:
            raise Refused("This residence has already ended.", status=CONFLICT)
        if ends <= row.starts:
            raise Refused("The last day comes before the first.", status=UNPROCESSABLE)
        row.ends = ends
        row.save(update_fields=["ends"])
        audit.record(
            Event.MOVED_OUT, by=by, subject=row.person, place_path=row.place.path, data={"kind": row.kind}
        )
    return row


def note_holding(
    *, by: Actor, person_id: UUID, home_id: UUID, starts: date, numerator: int = 1, denominator: int = 1
) -> Holding:
    """Note that a person owns a share of a home, or of a bay that is an owned part, from a day on."""
    with transaction.atomic():
        person = locked(person_id)
        home = _open_place(home_id, starts)
        require(policies.may_register_person(by, home.path))
        if not places.can_be_owned(home):
            raise Refused(
                "Nobody owns this by itself. A home has an owner, and a parking bay that can be registered.",
                status=UNPROCESSABLE,
            )
        if not rules.share_is_sound(numerator, denominator):
            raise Refused("A share is more than nothing and at most the whole.", status=UNPROCESSABLE)
        row = Holding(
            person=person, home=home, share_numerator=numerator, share_denominator=denominator, starts=starts
        )
        row.save(force_insert=True)
        audit.record(Event.EDITED, by=by, subject=person, place_path=home.path, fields=["holdings"])
    return row


def end_holding(*, by: Actor, holding_id: UUID, ends: date) -> Holding:
    """End a holding: `ends` is the first day the person no longer owns it."""
    with transaction.atomic():
        row = read.holding_for_update(holding_id)
        if row is None:
            raise Refused("This is not known.", status=MISSING)
        require(policies.may_edit_person(by, [row.home.path]))
        if row.ends is not None:
            raise Refused("This has already ended.", status=CONFLICT)
        if ends <= row.starts:
            raise Refused("The last day comes before the first.", status=UNPROCESSABLE)
        row.ends = ends
        row.save(update_fields=["ends"])
        audit.record(Event.EDITED, by=by, subject=row.person, place_path=row.home.path, fields=["holdings"])
    return row


def _open_place(place_id: UUID, on: date) -> "Place":
    place = places.place(place_id)
    if place is None:
        raise Refused("This place is not known.", status=MISSING)
    if place.closed_on is not None and place.closed_on <= max(on, today()):
        raise Refused("%(place)s is closed.", {"place": place.name}, status=CONFLICT)
    return place


def _household(household_id: UUID | None, place: "Place") -> Household | None:
    """The named household if it is of this very home; else the home's own, if the home has just one."""
    if household_id is None:
        found = list(read.households_in(place.path).filter(home=place)[:2])
        return found[0] if len(found) == 1 else None
    household = Household.objects.filter(id=household_id, home=place).first()
    if household is None:
        raise Refused("This household is of another home.", status=UNPROCESSABLE)
    return household


def _add(row: Residence, taken: str) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        raise Refused(taken, status=CONFLICT) from clash
