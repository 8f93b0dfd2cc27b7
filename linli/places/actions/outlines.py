"""Writers of outlines: one drawn or put back, or a file of many. What stood before is always kept."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.coordinates import Frame
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.kernel.ids import uuid7
from linli.places import policies, read
from linli.places.kinds import Event
from linli.places.models import FormerOutline, OutlineMark, Place
from linli.places.rules import features
from linli.places.rules.outlines import InvalidOutline, checked

if TYPE_CHECKING:
    from linli.places.rules.outlines import Outline


class BadFeatures(Refused):
    """Some features of a file cannot be taken, so none was; `faults` says which and why."""

    def __init__(self, faults: Sequence[features.Fault]) -> None:
        """The reason counts them; the page lists them."""
        super().__init__(
            "%(count)s outlines of the file cannot be taken, so none was.",
            {"count": len(faults)},
            status=UNPROCESSABLE,
        )
        self.faults = list(faults)


def outline(
    *, by: Actor, place_id: UUID, outline: object, illustrative: bool, frame: Frame = Frame.WGS84
) -> Place:
    """Draw a place's outline (a GeoJSON polygon in one or more parts) in place of what stood, or take it
    away (None). Marked 示意 wherever shown if illustrative. Numbers of another map are converted first."""
    with transaction.atomic():
        place = locked(place_id)
        require(policies.may_edit_place(by, place.path))
        if place.closed_on is not None:
            raise Refused("%(place)s is closed.", {"place": place.name}, status=CONFLICT)
        try:
            drawn = checked(outline, frame) if outline is not None else None
        except InvalidOutline as bad:
            raise Refused(bad.reason, bad.params, status=UNPROCESSABLE) from bad
        if drawn is not None:
            wrong = features.misplaced(place.path, drawn, read.standing([place.path]), frame)
            if wrong:
                raise Refused(wrong, status=UNPROCESSABLE)
        _replace([place], {place.id: drawn}, illustrative)
        audit.record(Event.OUTLINED, by=by, subject=place, place_path=place.path, fields=["outline"])
    return place


def restore_outline(*, by: Actor, place_id: UUID, former_id: UUID) -> Place:
    """Put an earlier outline back; the one it replaces is kept in its turn."""
    with transaction.atomic():
        place = locked(place_id)
        require(policies.may_edit_place(by, place.path))
        former = read.former(former_id)
        if former is None or former.place_id != place.id:
            raise Refused("There is no such earlier outline.", status=MISSING)
        _replace([place], {place.id: former.outline}, former.illustrative)
        audit.record(Event.OUTLINE_RESTORED, by=by, subject=place, place_path=place.path, fields=["outline"])
    return place


def import_outlines(
    *,
    by: Actor,
    under_id: UUID,
    found: Sequence[features.Feature],
    frame: Frame = Frame.WGS84,
    illustrative: bool = False,
) -> int:
    """Take the outlines of a file for places in `under`, with one audit entry; how many were drawn.

    Refused whole with `BadFeatures` when one of them cannot be taken.
    """
    with transaction.atomic():
        under = locked(under_id)
        require(policies.may_edit_place(by, under.path))
        known = read.known_by_code([each.code for each in found], today())
        standing = read.standing([place.path for place in known.values()])
        sorted_out = features.sort_out(
            found, known, standing, under=under.path, frame=frame, illustrative=illustrative
        )
        if sorted_out.faults:
            raise BadFeatures(sorted_out.faults)
        rows = list(
            Place.objects.select_for_update(of=("self",)).filter(id__in=sorted_out.drawn).order_by("path")
        )
        _replace(rows, sorted_out.drawn, illustrative)
        data = {"count": len(rows), "frame": frame.value}
        audit.record(Event.OUTLINES_IMPORTED, by=by, subject=under, place_path=under.path, data=data)
    return len(rows)


def _replace(rows: Sequence[Place], drawn: "Mapping[UUID, Outline | None]", illustrative: bool) -> None:
    """Keep what stood, write what is drawn, and tell every process that its index is out of date."""
    FormerOutline.objects.bulk_create(
        FormerOutline(place=row, outline=row.outline, illustrative=row.outline_illustrative)
        for row in rows
        if row.outline is not None and row.outline != drawn[row.id]
    )
    for row in rows:
        row.outline = drawn[row.id]
        row.outline_illustrative = illustrative and row.outline is not None
    kept = [row for row in rows if row.outline is not None]
    Place.objects.bulk_update(kept, ["outline", "outline_illustrative"], batch_size=500)
    # bulk_update would write a JSON null, which is not the absence of a value
    gone = [row.id for row in rows if row.outline is None]
    Place.objects.filter(id__in=gone).update(outline=None, outline_illustrative=False)
    mark_outlines()


def mark_outlines() -> None:
    """Give the outlines another token, in the caller's transaction."""
    OutlineMark.objects.bulk_create(
        [OutlineMark(id=1, token=uuid7())],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["token"],
    )


def locked(place_id: UUID) -> Place:
    """The place, locked until the transaction ends; refused with 404 when there is none."""
    place = Place.objects.select_for_update(of=("self",)).filter(id=place_id).first()
    if place is None:
        raise Refused("This place is not known.", status=MISSING)
    return place
