"""The roll: who would be on it today, who is on it, and how many have voted."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Sum

from linli.ballots.kinds import Electorate, HouseRuleKind, PartKind, Power, Ruling
from linli.ballots.models import Ballot, Objection, RollBay, RollEntry, RollPerson, RollUnit
from linli.ballots.read import groups, settling
from linli.ballots.rules import timetable
from linli.ballots.rules.eligibility import Drafted, Dweller, Member, floor_of, one_per_household, others
from linli.ballots.rules.weights import Weight
from linli.frame.scopes import in_force
from linli.kernel.actor import Actor
from linli.kernel.clock import local
from linli.kernel.names import mask_name
from linli.organizations import read as organizations
from linli.organizations.kinds import OrganizationKind
from linli.people import read as people
from linli.people.kinds import Power as PersonPower
from linli.people.kinds import ResidenceKind
from linli.people.models import Holding, Residence
from linli.people.rules import is_adult, owning
from linli.people.rules.owning import Unit
from linli.places import read as places
from linli.places.kinds import Lack, PlaceKind
from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class Votable:
    """An entry somebody may vote for: their own, or one they are entrusted with."""

    entry: RollEntry
    is_own: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """A roll as it would be written, the homes and bays it lacks an area or an owner for, and the parking
    bays that are not on it because nobody owns them."""

    entries: list[Drafted]
    without_area: list[Place]
    without_owner: int
    left_out: tuple[tuple[Place, tuple[Lack, ...]], ...] = ()


def preview(row: Ballot, on: date) -> Preview:
    """The roll of a ballot as the register stands on the day."""
    if row.electorate == Electorate.OWNERS:
        return _owners(row, on)
    if row.electorate == Electorate.MEMBERS:
        return Preview(_belonging_to(groups.members(row, on)), [], 0)
    if row.electorate == Electorate.VOLUNTEERS:
        return Preview(_belonging_to(groups.volunteers(row, on)), [], 0)
    if row.electorate == Electorate.ANYONE:
        return Preview(_belonging(row, on), [], 0)
    return Preview(_dwellers(row, on), [], 0)


def told_of(row: Ballot, on: date) -> list[UUID]:
    """Everybody who is to hear that a ballot is announced: those asked; where owners decide also whoever acts
    for ballots at the residents' committee (物业管理条例 14)."""
    found = {person for entry in preview(row, on).entries for person in entry.persons}
    if row.electorate == Electorate.OWNERS:
        committee = OrganizationKind.RESIDENTS_COMMITTEE
        found.update(organizations.acting_with(Power.RUN, row.place.path, on, of=committee))
    return sorted(found)


def _owners(row: Ballot, on: date) -> Preview:
    owned = people.owned_in(row.place.path, on)
    parts, addresses = _parts(row, owned.places), places.address_map(owned.places)
    units = [replace(unit, part=parts.get(unit.id, "")) for unit in owned.units]
    voters = owning.voters(units)
    if row.applicant_id is not None:
        voters = others(voters, row.applicant_id)
    entries = [
        Drafted(
            persons=tuple(sorted(voter.owners)),
            units=voter.units,
            label="" if not voter.owners else _joined(addresses[unit.id] for unit in voter.units),
            is_developer=not voter.owners,
        )
        for voter in voters
    ]
    left_out = tuple((bay, places.standing_of(bay).lacks) for bay in owned.left_out)
    return Preview(entries, owned.without_area, sum(not unit.owners for unit in units), left_out)


def _joined(addresses: Iterable[str]) -> str:
    listed = list(addresses)
    text = "、".join(listed)
    return text if len(text) <= LABEL else f"{listed[0]}…{len(listed)}"


LABEL = 80


def _dwellers(row: Ballot, on: date) -> list[Drafted]:
    rows = list(
        Residence.objects.filter(
            in_force(on), kind=ResidenceKind.USUAL.value, place__path__startswith=row.place.path
        )
        .select_related("person", "place")
        .order_by("place__path", "id")
    )
    grown = [each for each in rows if is_adult(each.person.born_year, on.year)]
    homes = {each.place_id: each.place for each in grown}
    parts, addresses = _parts(row, homes.values()), places.address_map(homes.values())
    units = {home: Unit(home, 0, parts.get(home, "")) for home in homes}
    if row.electorate == Electorate.HOUSEHOLDS:
        listed = (
            Dweller(each.person_id, each.household_id or each.place_id, units[each.place_id])
            for each in grown
        )
        grouped = one_per_household(listed)
        return [Drafted(persons, (home,), addresses[home.id]) for persons, home in grouped]
    return [
        Drafted(
            (each.person_id,), (units[each.place_id],), _masked(each.person.name, addresses[each.place_id])
        )
        for each in grown
    ]


def _belonging(row: Ballot, on: date) -> list[Drafted]:
    """Everybody who lives, is registered or owns a home there, whatever their age: their opinion is asked."""
    path = row.place.path
    lived = Residence.objects.filter(in_force(on), place__path__startswith=path)
    owned = Holding.objects.filter(in_force(on), home__path__startswith=path)
    pairs = [(each.person, each.place) for each in lived.select_related("person", "place")]
    pairs += [(each.person, each.home) for each in owned.select_related("person", "home")]
    pairs.sort(key=lambda pair: (pair[1].path, pair[0].name_key, pair[0].id))
    found: dict[UUID, tuple[str, Place]] = {}
    for person, place in pairs:
        found.setdefault(person.id, (person.name, place))
    addresses = places.address_map({place.id: place for _name, place in found.values()}.values())
    return [
        Drafted((person,), (), _masked(name, addresses[place.id])) for person, (name, place) in found.items()
    ]


def _belonging_to(listed: Iterable[Member]) -> list[Drafted]:
    return [
        Drafted(each.persons, (), each.name[:LABEL] if each.is_unit else _masked(each.name, ""))
        for each in listed
    ]


def _masked(name: str, address: str) -> str:
    """A person on a roll that others read: the name masked, and roughly where they live."""
    around = address.rsplit(" ", 1)[0] if " " in address else address
    return f"{mask_name(name)} {around}".strip()[:LABEL]


def _parts(row: Ballot, homes: Iterable[Place]) -> dict[UUID, str]:
    """The part of the place each home lies in, as the ballot divides it; none where it does not."""
    if row.part_kind == PartKind.NONE:
        return {}
    listed = list(homes)
    if row.part_kind == PartKind.FLOOR:
        homes = [home for home in listed if home.kind == PlaceKind.HOME and floor_of(home.name)]
        return {home.id: f"{floor_of(home.name)}F" for home in homes}
    lines = places.chains_of_paths(home.path for home in listed)
    return {home.id: _part(lines[home.path], row.part_kind, row.place.path) for home in listed}


def _part(line: list[Place], kind: str, asked: str) -> str:
    """The name of the part between the place asked and a home: "3号楼 2单元" where it takes both."""
    inner = [each for each in line if len(each.path) >= len(asked) and each.kind in ("building", kind)]
    found = next((number for number, each in enumerate(inner) if each.kind == kind), None)
    return " ".join(each.name for each in inner[: found + 1]) if found is not None else ""


# ── a roll that is written ──────────────────────────────────────────────────────────────────────────────


def entries(row: Ballot) -> QuerySet[RollEntry]:
    """Everybody on the roll, in its order."""
    return RollEntry.objects.filter(ballot=row).order_by("number")


def bays_left_out(row: Ballot, preview: Preview | None = None) -> list[tuple[str, list[str]]]:
    """The parking bays that are not on the roll as it was written, or as it would be: where each is, and what
    it lacks to be somebody's own."""
    rows = RollBay.objects.filter(ballot=row).select_related("bay").order_by("bay__path")
    written = [(each.bay, each.lacks) for each in rows]
    listed = (
        [(bay, [lack.value for lack in lacks]) for bay, lacks in preview.left_out] if preview else written
    )
    addresses = places.address_map(bay for bay, _lacks in listed)
    return [(addresses[bay.pk], lacks) for bay, lacks in listed]


def digest(row: Ballot) -> str:
    """The SHA-256 of the roll as it is published: number, label, area, whether they have to agree besides;
    one entry a line with tabs between. Whoever kept the roll can see that it was not changed afterwards."""
    found = hashlib.sha256()
    for entry in entries(row).iterator(chunk_size=5000):
        needed = "1" if entry.consent_needed else "0"
        found.update(f"{entry.number}\t{entry.label}\t{entry.area}\t{needed}\n".encode())
    return found.hexdigest()


def with_units(rows: Iterable[RollEntry]) -> dict[UUID, list[RollUnit]]:
    """The homes behind several entries, in one query."""
    found: dict[UUID, list[RollUnit]] = {}
    units = RollUnit.objects.filter(entry__in=list(rows)).select_related("home").order_by("home__path")
    for unit in units:
        found.setdefault(unit.entry_id, []).append(unit)
    return found


def names_of(rows: Iterable[RollEntry]) -> dict[UUID, list[str]]:
    """The names behind several entries, for staff of the ballot, in one query."""
    found: dict[UUID, list[str]] = {}
    for each in RollPerson.objects.filter(entry__in=list(rows)).select_related("person").order_by("id"):
        found.setdefault(each.entry_id, []).append(each.person.name)
    return found


def entries_of(row: Ballot, person_id: UUID | None) -> list[RollEntry]:
    """The entries that are somebody's own: mostly one; two where they own one home alone, one together."""
    if person_id is None:
        return []
    return list(
        RollEntry.objects.filter(
            Exists(RollPerson.objects.filter(entry=OuterRef("pk"), person_id=person_id)), ballot=row
        ).order_by("number")
    )


def votable(row: Ballot, person_id: UUID | None) -> list[Votable]:
    """The entries somebody may vote for, their own first."""
    found = _votable(row, person_id, _VOTABLE)
    return sorted(found, key=lambda each: (not each.is_own, each.entry.number))


def votable_entry(row: Ballot, entry_id: UUID, person_id: UUID | None) -> Votable | None:
    """One entry of the ballot, if it is one that somebody may vote for."""
    return next(iter(_votable(row, person_id, f"{_VOTABLE} AND e.id = %(entry)s", entry_id)), None)


def entry_for_update(row: Ballot, entry_id: UUID) -> RollEntry | None:
    """One entry of the ballot, locked: two votes for it wait for each other."""
    return RollEntry.objects.select_for_update().filter(ballot=row, pk=entry_id).first()


def votable_for_update(row: Ballot, entry_id: UUID, person_id: UUID | None) -> Votable | None:
    """The same, if it is one that somebody may vote for."""
    return next(
        iter(_votable(row, person_id, f"{_VOTABLE} AND e.id = %(entry)s FOR UPDATE OF e", entry_id)), None
    )


# Written out, since every vote asks it: putting it together from parts took longer than the answer.
_VOTABLE = """
SELECT e.*, EXISTS (
  SELECT 1 FROM ballots_rollperson p WHERE p.entry_id = e.id AND p.person_id = %(person)s
) AS is_own
FROM ballots_rollentry e WHERE e.ballot_id = %(ballot)s AND EXISTS (
  SELECT 1 FROM ballots_rollperson p WHERE p.entry_id = e.id AND (p.person_id = %(person)s OR EXISTS (
    SELECT 1 FROM ballots_proxy x WHERE x.ballot_id = e.ballot_id AND x.giver_id = p.person_id
      AND x.holder_id = %(person)s AND x.withdrawn_at IS NULL
  ))
)
"""


def _votable(row: Ballot, person_id: UUID | None, sql: str, entry_id: UUID | None = None) -> list[Votable]:
    """The entries somebody may vote for: their own, and those of whoever has entrusted them."""
    if person_id is None:
        return []
    named = {"ballot": row.pk, "person": person_id, "entry": entry_id}
    return [Votable(each, vars(each)["is_own"]) for each in RollEntry.objects.raw(sql, named)]


def signed_together(row: Ballot, listed: Iterable[RollEntry]) -> set[UUID]:
    """Those of some entries whose owners sign one sheet together, where that is settled for the ballot."""
    settled = settling.settled_for(row).get(HouseRuleKind.CO_OWNERS_SIGN)
    if settled is None or not settled.is_on:
        return set()
    owners = RollPerson.objects.filter(entry__in=[each.pk for each in listed]).values("entry")
    several = owners.annotate(count=Count("id")).filter(count__gt=1).order_by()
    return set(several.values_list("entry", flat=True))


def entry_by_number(row: Ballot, number: int) -> RollEntry | None:
    """The entry with a number on the roll."""
    return RollEntry.objects.filter(ballot=row, number=number).first()


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many are on the roll and how many have voted, never how."""

    everybody: Weight
    voted: Weight
    parts: Mapping[str, tuple[Weight, Weight]]


def turnout(row: Ballot) -> Turnout:
    """The turnout now, in the whole and by part, in two queries."""
    done = ~Q(voted="")
    sums = RollEntry.objects.filter(ballot=row).aggregate(
        whole_area=Sum("area", default=0),
        heads=Count("id"),
        voted_area=Sum("area", filter=done, default=0),
        voted_heads=Count("id", filter=done),
    )
    return Turnout(
        Weight(sums["whole_area"], sums["heads"]),
        Weight(sums["voted_area"], sums["voted_heads"]),
        _turnout_by_part(row),
    )


def _turnout_by_part(row: Ballot) -> dict[str, tuple[Weight, Weight]]:
    done = ~Q(entry__voted="")
    rows = (
        RollUnit.objects.filter(entry__ballot=row)
        .exclude(part="")
        .values("part")
        .annotate(
            area_sum=Sum("area"),
            heads=Count("entry", distinct=True),
            voted_area=Sum("area", filter=done, default=0),
            voted_heads=Count("entry", filter=done, distinct=True),
        )
        .order_by("part")
    )
    return {
        each["part"]: (
            Weight(each["area_sum"], each["heads"]),
            Weight(each["voted_area"], each["voted_heads"]),
        )
        for each in rows
    }


def voters(row: Ballot) -> list[UUID]:
    """Every person on the roll, once."""
    rows = RollPerson.objects.filter(entry__ballot=row).order_by("person_id")
    return list(rows.values_list("person_id", flat=True).distinct())


def around(row: Ballot, actor: Actor) -> str:
    """Where somebody is looked up who says that the roll is wrong: the whole community, since whoever is
    missing may live next door to the place that is asked; only that place where the actor reads no more."""
    community = places.community_of(row.place.path)
    is_read = community is not None and actor.may(PersonPower.READ, community.path)
    return community.path if community is not None and is_read else row.place.path


def objections(row: Ballot) -> list[Objection]:
    """What was said against the roll, what waits for a ruling first."""
    return list(
        Objection.objects.filter(ballot=row)
        .select_related("person", "noted_by")
        .order_by("ruling", "raised_at")
    )


def objection_for_update(objection_id: UUID) -> Objection | None:
    """One objection, locked, with its ballot."""
    return (
        Objection.objects.select_for_update(of=("self",))
        .filter(pk=objection_id)
        .select_related("ballot__place")
        .first()
    )


def waiting_objections(row: Ballot) -> int:
    """How many objections nobody has ruled on."""
    return Objection.objects.filter(ballot=row, ruling="").count()


def was_upheld(row: Ballot) -> bool:
    """Whether an objection was upheld since the roll was written last."""
    upheld = Objection.objects.filter(ballot=row, ruling=Ruling.UPHELD.value)
    return upheld.filter(ruled_at__gte=row.frozen_at).exists()


def first_ruling_due(row: Ballot) -> date | None:
    """By when the objection that has waited longest has to be ruled on."""
    raised = Objection.objects.filter(ballot=row, ruling="").aggregate(first=Min("raised_at"))["first"]
    return timetable.ruling_due(local(raised).date()) if raised else None
