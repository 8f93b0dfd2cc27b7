"""A community's own templates of minutes: kept, changed, given up. Minutes already begun stay as they are."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.gatherings import policies
from linli.gatherings.kinds import Event
from linli.gatherings.models import MinutesTemplate
from linli.gatherings.read import minutes_templates as read
from linli.gatherings.rules import minutes
from linli.gatherings.rules.minutes import Section
from linli.kernel.actor import Actor
from linli.kernel.clock import now
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, person_of, require
from linli.kernel.text import clean, one_line
from linli.places import read as places


@transaction.atomic
def keep_template(*, by: Actor, place_id: UUID, name: str, sections: Sequence[Section]) -> MinutesTemplate:
    """Keep a template of its own for a community."""
    place = places.place(place_id)
    if place is None or place.closed_on is not None:
        raise Refused("Choose a place that is open.", status=UNPROCESSABLE)
    require(policies.may_keep_templates(by, place.path))
    words, parts = _sound(name, sections)
    _only_one(place.pk, words)
    row = MinutesTemplate.objects.create(
        place=place, name=words, sections=parts, saved_by_id=person_of(by), saved_at=now()
    )
    audit.record(Event.TEMPLATE_KEPT, by=by, subject=row, place_path=place.path)
    return row


@transaction.atomic
def change_template(
    *, by: Actor, template_id: UUID, name: str, sections: Sequence[Section]
) -> MinutesTemplate:
    """Word a kept template anew; minutes begun with it before keep their words."""
    row = read.template_for_update(template_id)
    require(policies.may_keep_templates(by, row.place.path))
    words, parts = _sound(name, sections)
    _only_one(row.place_id, words, but=row.pk)
    changed = [
        field for field, value in (("name", words), ("sections", parts)) if getattr(row, field) != value
    ]
    if changed:
        row.name, row.sections = words, parts
        row.saved_by_id, row.saved_at = person_of(by), now()
        row.save(update_fields=["name", "sections", "saved_by", "saved_at"])
        audit.record(Event.TEMPLATE_CHANGED, by=by, subject=row, place_path=row.place.path, fields=changed)
    return row


@transaction.atomic
def end_template(*, by: Actor, template_id: UUID) -> None:
    """Give a template up; a body that began with it has to begin with another first."""
    row = read.template_for_update(template_id)
    require(policies.may_keep_templates(by, row.place.path))
    used = read.bodies_of(row.pk)
    if used:
        raise Refused(
            "The minutes of %(body)s begin with it. Choose another in its house rules first.",
            {"body": used[0].name},
            status=CONFLICT,
        )
    row.ended_at = now()
    row.save(update_fields=["ended_at"])
    audit.record(Event.TEMPLATE_ENDED, by=by, subject=row, place_path=row.place.path)


def _sound(name: str, sections: Sequence[Section]) -> tuple[str, list[list[str]]]:
    words = one_line(name)
    kept = [Section(one_line(each.heading), clean(each.words)) for each in sections]
    kept = [each for each in kept if each.heading or each.words]
    require(minutes.is_sound(words, kept), status=UNPROCESSABLE)
    return words, [[each.heading, each.words] for each in kept]


def _only_one(place_id: UUID, name: str, *, but: UUID | None = None) -> None:
    if read.is_named(place_id, name, but=but):
        raise Refused("There is already a template of this name. Give it another.", status=CONFLICT)
