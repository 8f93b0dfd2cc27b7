"""Storing procedures and letting a community follow one."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor, ActorKind
from linli.kernel.decision import Refused, require
from linli.matters import policies
from linli.matters.kinds import Event, Use
from linli.matters.models import Adoption, LocalRule, ProcedureVersion
from linli.matters.procedures.schema import Procedure
from linli.matters.read import practices, settings
from linli.matters.rules import clocks, law
from linli.places import read as places

if TYPE_CHECKING:
    from linli.places.models import Place


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
    settings.stored_ids.changed()
    audit.record(
        Event.PROCEDURE_STORED,
        by=by,
        subject=version,
        data={"name": version.name, "version": version.version},
    )
    return version


@transaction.atomic
def adopt(
    *,
    by: Actor,
    community_id: UUID,
    version_id: UUID,
    is_default: bool = False,
    by_choice: bool = False,
) -> Adoption:
    """From today on, a community's new matters of its kinds follow this version. Running ones stay."""
    community = places.place(community_id)
    if community is None:
        raise Refused("There is no such place. Please choose again.", status=422)
    require(policies.may_adopt(by, community.path))
    version = practices.version(version_id)
    require(policies.may_adopt_version(version.community_id, community.id))
    use = Use.DEFAULT if is_default else Use.CHOICE if by_choice else Use.BESIDES
    return follow(by=by, community=community, version=version, use=use, instead_of={version.name})


@transaction.atomic
def follow(
    *,
    by: Actor,
    community: "Place",
    version: ProcedureVersion,
    use: Use,
    instead_of: set[str],
) -> Adoption:
    """Follow a version from today, in the place of whatever is followed under the names given."""
    today = clock.today()
    running = Adoption.objects.select_for_update().filter(community=community, ends__isnull=True)
    running.filter(procedure__name__in=instead_of).exclude(procedure=version).update(ends=today)
    if use is Use.DEFAULT:
        running.update(is_default=False)
    how = {"is_default": use is Use.DEFAULT, "by_choice": use is Use.CHOICE}
    adoption, _ = Adoption.objects.update_or_create(
        community=community,
        procedure=version,
        ends=None,
        defaults=how,
        create_defaults={**how, "starts": today},
    )
    audit.record(
        Event.PROCEDURE_ADOPTED,
        by=by,
        subject=adoption,
        place_path=community.path,
        data={"name": version.name, "version": version.version, "default": use is Use.DEFAULT},
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
    require(clocks.may_start_on(starts, clock.today()), status=422)
    require(law.local_is_lawful(key, value), status=422)
    rule, _ = LocalRule.objects.update_or_create(
        place=place, key=key, starts=starts, defaults={"value": value}
    )
    settings.local_rules.changed()
    audit.record(
        Event.LOCAL_RULE_SET, by=by, subject=rule, place_path=place.path, fields=[key], data={"value": value}
    )
    return rule
