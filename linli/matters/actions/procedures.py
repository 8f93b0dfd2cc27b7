"""Storing procedures and letting a community follow one."""

from datetime import date
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import Refused, require
from linli.matters import policies
from linli.matters.kinds import Event
from linli.matters.models import Adoption, LocalRule, ProcedureVersion
from linli.matters.procedures.schema import Procedure
from linli.matters.read import settings
from linli.matters.rules import clocks
from linli.places import read as places


@transaction.atomic
def store_procedure(*, by: Actor, practice: str, parsed: Procedure) -> ProcedureVersion:
    """Keep a version. The same version with other content is refused: matters run on what it said."""
    if by.kind is not ActorKind.SYSTEM:
        raise Refused("Procedures are stored by the installation's own commands.")
    known = ProcedureVersion.objects.filter(name=parsed.procedure, version=parsed.version).first()
    if known is not None:
        if known.sha256 != parsed.sha256:
            raise Refused(
                "%(name)s version %(version)s is stored with other content. Give the new one a new version.",
                {"name": parsed.procedure, "version": parsed.version},
                status=409,
            )
        return known
    version = ProcedureVersion.objects.create(
        name=parsed.procedure,
        version=parsed.version,
        practice=practice,
        sha256=parsed.sha256,
        parsed=parsed.parsed_json(),
        stored_at=clock.now(),
    )
    audit.record(
        Event.PROCEDURE_STORED,
        by=by,
        subject=version,
        data={"name": version.name, "version": version.version},
    )
    return version


@transaction.atomic
def adopt(*, by: Actor, community_id: UUID, version_id: UUID, is_default: bool = False) -> Adoption:
    """From today on, a community's new matters of its kinds follow this version. Running ones stay."""
    community = places.place(community_id)
    if community is None:
        raise Refused("There is no such place. Please choose again.", status=422)
    require(policies.may_adopt(by, community.path))
    version = ProcedureVersion.objects.filter(id=version_id).first()
    if version is None:
        raise Refused("There is no such procedure.", status=404)
    today = clock.today()
    running = Adoption.objects.select_for_update().filter(community=community, ends__isnull=True)
    running.filter(procedure__name=version.name).exclude(procedure=version).update(ends=today)
    if is_default:
        running.update(is_default=False)
    adoption, _ = Adoption.objects.update_or_create(
        community=community,
        procedure=version,
        ends=None,
        defaults={"is_default": is_default},
        create_defaults={"is_default": is_default, "starts": today},
    )
    audit.record(
        Event.PROCEDURE_ADOPTED,
        by=by,
        subject=adoption,
        place_path=community.path,
        data={"name": version.name, "version": version.version, "default": is_default},
    )
    return adoption


@transaction.atomic
def set_local_rule(*, by: Actor, place_id: UUID, key: str, value: str, starts: date) -> LocalRule:
    """Set a place's own limit from a day on: a promise, a first contact, reopening, the closing hour.

    What is running keeps the dates it was given.
    """
    place = places.place(place_id)
    if place is None:
        raise Refused("There is no such place. Please choose again.", status=422)
    require(policies.may_adopt(by, place.path))
    require(clocks.local_rule_is_sound(key, value), status=422)
    rule, _ = LocalRule.objects.update_or_create(
        place=place, key=key, starts=starts, defaults={"value": value}
    )
    transaction.on_commit(settings.forget_local_rules)
    settings.forget_local_rules()
    audit.record(
        Event.LOCAL_RULE_SET, by=by, subject=rule, place_path=place.path, fields=[key], data={"value": value}
    )
    return rule
