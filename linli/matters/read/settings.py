"""The calendar, dated local settings and adopted procedures of a place."""

from datetime import date, time
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q

from linli.frame.kept import KeptRows
from linli.kernel import clock
from linli.kernel.durations import CLOSING
from linli.matters.kinds import MatterKind
from linli.matters.models import Adoption, LocalRule, Matter, ProcedureVersion
from linli.matters.procedures.schema import Procedure
from linli.matters.rules.clocks import Times
from linli.places import read as places


def _local_rules() -> list[tuple[str, date, str, str]]:
    rules = LocalRule.objects.order_by("place__path", "starts")
    return list(rules.values_list("place__path", "starts", "key", "value"))


local_rules: Final = KeptRows(_local_rules)
"""Every local limit as (place, first day, key, value), widest place and earliest day first; there are few."""


def local_rules_of(place_id: Any) -> list[LocalRule]:
    """Every limit a place set for itself, by its key and then by its day."""
    return list(LocalRule.objects.filter(place_id=place_id).order_by("key", "starts"))


def times_at(path: str, on: date | None = None) -> Times:
    """The calendar and the local settings in force at a place, today or on a day; the finest place wins."""
    above, day = set(places.prefixes(path)), on or clock.today()
    local = {key: value for place, starts, key, value in local_rules() if place in above and starts <= day}
    closing = time.fromisoformat(local["closing"]) if "closing" in local else CLOSING
    return Times(places.calendar(), closing, local)


@lru_cache(maxsize=256)
def procedure_by_id(version_id: UUID) -> Procedure:
    """A stored version as the engine reads it. Versions never change, so they are kept parsed."""
    return Procedure.from_parsed(ProcedureVersion.objects.values_list("parsed", flat=True).get(id=version_id))


def procedure(version: ProcedureVersion) -> Procedure:
    """The same for a version at hand."""
    return procedure_by_id(version.id)


def procedure_of(one: Matter) -> Procedure:
    """What a matter follows; the version itself is not read."""
    return procedure_by_id(one.procedure_id)


def procedure_for(community_id: Any, kind: MatterKind) -> ProcedureVersion | None:
    """What a community follows by itself for a new matter of this kind.

    Its default, else the one that settles the fewest kinds and this among them: the more particular way goes
    before the general one. What is followed by choice only is never taken here.
    """
    fits = [
        (adoption, kinds)
        for adoption in adopted_procedures(community_id)
        if not adoption.by_choice and kind in (kinds := procedure(adoption.procedure).kinds)
    ]
    fits.sort(key=lambda found: (not found[0].is_default, len(found[1]), found[0].starts, found[0].id))
    return fits[0][0].procedure if fits else None


def ways_by_choice(community_ids: list[Any]) -> list[ProcedureVersion]:
    """The versions some communities follow only where staff choose them."""
    today = clock.today()
    rows = Adoption.objects.filter(community_id__in=community_ids, by_choice=True, starts__lte=today)
    rows = rows.filter(Q(ends__isnull=True) | Q(ends__gt=today)).select_related("procedure")
    return list({row.procedure_id: row.procedure for row in rows.order_by("procedure__name")}.values())


def adopted_procedures(community_id: Any) -> list[Adoption]:
    """The procedures a community follows today, its default first."""
    today = clock.today()
    return list(
        Adoption.objects.filter(community_id=community_id, starts__lte=today)
        .filter(Q(ends__isnull=True) | Q(ends__gt=today))
        .select_related("procedure")
        .defer("procedure__parsed")
        .order_by("-is_default", "procedure__name")
    )


def stored_version(name: str, version: int) -> ProcedureVersion | None:
    """One stored version, without its parsed text."""
    return ProcedureVersion.objects.filter(name=name, version=version).defer("parsed").first()


def shipped_procedures() -> list[ProcedureVersion]:
    """Every version that comes with Linli, newest of each name first, without their parsed texts."""
    rows = ProcedureVersion.objects.filter(community__isnull=True).defer("parsed")
    return list(rows.order_by("name", "-version"))


def _stored_ids() -> list[UUID]:
    rows = ProcedureVersion.objects.order_by(F("community_id").asc(nulls_first=True), "name", "-version")
    return list(rows.values_list("id", flat=True))


stored_ids: Final = KeptRows(_stored_ids)
"""Every stored version by its id, those that come with Linli before a community's own."""
