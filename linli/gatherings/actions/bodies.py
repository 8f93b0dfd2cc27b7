"""Bodies and their members."""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.frame.scopes import in_force
from linli.gatherings import policies
from linli.gatherings.actions import duties
from linli.gatherings.actions.accounting import begin_owners_classes
from linli.gatherings.kinds import VOTING, BodyKind, Event, Presence, Role
from linli.gatherings.models import Body, Membership
from linli.gatherings.read import bodies as read
from linli.gatherings.read import minutes_templates as templates
from linli.gatherings.rules import bodies, composition, rooms
from linli.gatherings.rules.bodies import STANDINGS, HouseRules
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, require
from linli.kernel.text import one_line
from linli.places import read as places

LONGEST_NAME = 60


@transaction.atomic
def form_body(
    *,
    by: Actor,
    place_id: UUID,
    kind: BodyKind,
    name: str,
    code: str = "",
    organization_id: UUID | None = None,
    rules: HouseRules | None = None,
    began_on: date | None = None,
    is_demo: bool = False,
) -> Body:
    """Begin a body of a place with the house rules of its kind, or stricter ones.

    `code` is the name a procedure's step has for it; without one it is the kind's own, numbered where the
    place may have several of the kind.
    """
    place = places.place(place_id)
    if place is None or place.closed_on is not None:
        raise Refused("Choose a place that is open.", status=UNPROCESSABLE)
    require(policies.may_keep_bodies(by, place.path))
    house = rules or STANDINGS[kind].start
    require(bodies.are_sound(kind, house), status=UNPROCESSABLE)
    kept_code = (code or read.code_for(kind, place))[:40]
    if Body.objects.filter(place=place, code=kept_code, closed_on__isnull=True).exists():
        raise Refused("There is already such a body here.", status=CONFLICT)
    body = Body.objects.create(
        place=place,
        organization_id=organization_id,
        kind=kind.value,
        code=kept_code,
        name=_named(name),
        is_public=STANDINGS[kind].is_public,
        began_on=began_on or today(),
        is_demo=is_demo,
        **_columns(house),
    )
    audit.record(Event.BODY_FORMED, by=by, subject=body, place_path=place.path, data={"kind": kind.value})
    begin_owners_classes(by=by, body=body)
    return body


@transaction.atomic
def change_body(
    *,
    by: Actor,
    body_id: UUID,
    name: str,
    rules: HouseRules,
    is_public: bool,
    video_base: str,
    template_id: UUID | None = None,
) -> Body:
    """Another name, other house rules, another video server, another template its minutes begin with (None:
    as every body's do); meetings already planned keep what they have."""
    body = read.body_for_update(body_id)
    require(policies.may_keep_bodies(by, body.place.path))
    require(bodies.are_sound(BodyKind(body.kind), rules), status=UNPROCESSABLE)
    require(rooms.is_base(video_base), status=UNPROCESSABLE)
    if template_id is not None and not body.place.path.startswith(templates.template(template_id).place.path):
        raise Refused("This template is kept by another community.", status=UNPROCESSABLE)
    after = {
        "name": _named(name),
        "is_public": is_public,
        "video_base": video_base,
        "minutes_template_id": template_id,
        **_columns(rules),
    }
    changed = [field for field, value in after.items() if getattr(body, field) != value]
    for field in changed:
        setattr(body, field, after[field])
    if changed:
        body.save(update_fields=changed)
        audit.record(Event.BODY_CHANGED, by=by, subject=body, place_path=body.place.path, fields=changed)
    return body


@transaction.atomic
def name_member(
    *,
    by: Actor,
    body_id: UUID,
    role: Role,
    person_id: UUID | None = None,
    organization_id: UUID | None = None,
    liaison_id: UUID | None = None,
    starts: date | None = None,
    ends: date | None = None,
) -> Membership:
    """Take a person or a unit into a body; `liaison_id` is the area a member keeps in touch with, `starts`
    the day they began (today, if none is said), `ends` the day their term is over."""
    body = read.body_for_update(body_id)
    require(policies.may_keep_bodies(by, body.place.path))
    if (person_id is None) == (organization_id is None):
        raise Refused("Choose a person or a unit.", status=UNPROCESSABLE)
    kind, first = BodyKind(body.kind), starts or today()
    is_unit = organization_id is not None
    require(composition.may_sit(kind, role, is_unit=is_unit), status=UNPROCESSABLE)
    require(composition.may_last(kind, first, ends), status=UNPROCESSABLE)
    if liaison_id is not None:
        area = places.place(liaison_id)
        if area is None or not area.path.startswith(body.place.path):
            raise Refused("The area lies outside the place of this body.", status=UNPROCESSABLE)
    sitting = Membership.objects.filter(in_force(first), body=body)
    if sitting.filter(person=person_id, organization=organization_id).exists():
        raise Refused("They already belong to this body.", status=CONFLICT)
    membership = Membership.objects.create(
        body=body,
        person_id=person_id,
        organization_id=organization_id,
        role=role.value,
        liaison_id=liaison_id,
        starts=first,
        ends=ends,
    )
    if role in VOTING:
        duties.members_changed(by=by, body=body, on=first)
    audit.record(
        Event.MEMBER_NAMED, by=by, subject=body, place_path=body.place.path, data={"role": role.value}
    )
    return membership


@transaction.atomic
def end_membership(*, by: Actor, membership_id: UUID) -> None:
    """From today somebody no longer belongs; who was named today by mistake never did."""
    row = read.membership_for_update(membership_id)
    require(policies.may_keep_bodies(by, row.body.place.path))
    if row.ends is not None and row.ends <= today():
        raise Refused("They have already left.", status=CONFLICT)
    if row.starts >= today():
        row.delete()
    else:
        row.ends = today()
        row.save(update_fields=["ends"])
    if row.role in VOTING:
        duties.members_changed(by=by, body=row.body, on=today())
    audit.record(Event.MEMBER_LEFT, by=by, subject=row.body, place_path=row.body.place.path)


def _columns(rules: HouseRules) -> dict[str, object]:
    return asdict(rules) | {"quorum": Presence(rules.quorum).value}


def _named(name: str) -> str:
    words = one_line(name)
    if not words or len(words) > LONGEST_NAME:
        raise Refused(
            "Give it a name of at most %(most)s characters.", {"most": LONGEST_NAME}, status=UNPROCESSABLE
        )
    return words
