"""Queries on people: who lives where, how they are found, and what staff may see of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, Func, OuterRef, Prefetch, Q, QuerySet, TextField, Value

from linli.frame.crypto import blind_index
from linli.frame.request import remembered
from linli.frame.scopes import in_force
from linli.kernel.codes import check_phone
from linli.kernel.errors import InvalidCode
from linli.kernel.names import normalise_name
from linli.people import rules
from linli.people.kinds import ResidenceKind
from linli.people.models import Account, Holding, Household, Person, Residence
from linli.people.rules import Masked, owning
from linli.people.rules.owning import Unit
from linli.places import read as places
from linli.places.models import Place
from linli.places.rules import prefixes


def person(person_id: UUID) -> Person | None:
    """One person."""
    return Person.objects.filter(id=person_id).first()


def persons_by_id(person_ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Several persons, in one query."""
    return {row.id: row for row in Person.objects.filter(id__in=list(person_ids))}


def names(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Full names, in one query. For pages where the name may be shown in full."""
    return dict(Person.objects.filter(id__in=list(person_ids)).values_list("id", "name"))


def account_of(person_id: UUID) -> Account | None:
    """The account a person signs in with, if there is one."""
    return Account.objects.filter(person_id=person_id).first()


def with_accounts(person_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the persons who have an account that works."""
    rows = Account.objects.filter(person_id__in=list(person_ids), is_active=True)
    return set(rows.values_list("person_id", flat=True))


@remembered
def home_of(person_id: UUID, on: date) -> Place | None:
    """Where the person usually lives on the day; where registered, if no usual residence is known."""
    return _homes([person_id], on).get(person_id)


def _homes(person_ids: Iterable[UUID], on: date) -> dict[UUID, Place]:
    rows = Residence.objects.filter(in_force(on), person_id__in=list(person_ids)).select_related("place")
    homes: dict[UUID, Place] = {}
    for row in rows:
        if row.kind == ResidenceKind.USUAL or row.person_id not in homes:
            homes[row.person_id] = row.place
    return homes


def homes_of(person_ids: Iterable[UUID], on: date) -> dict[UUID, Place]:
    """The usual residences of several persons, in one query."""
    rows = Residence.objects.filter(
        in_force(on), person_id__in=list(person_ids), kind=ResidenceKind.USUAL.value
    ).select_related("place")
    return {row.person_id: row.place for row in rows}


def by_phone(text: str) -> list[Person]:
    """The persons with this mobile number, found by blind index; none for what is not a number."""
    try:
        index = blind_index(check_phone(text))
    except InvalidCode:
        return []
    return list(Person.objects.filter(phone_index=index).order_by("name_key", "id"))


def _lives_in(path: str, on: date) -> Exists:
    return Exists(Residence.objects.filter(in_force(on), person=OuterRef("pk"), place__path__startswith=path))


def residents_of(path: str, on: date) -> QuerySet[Person]:
    """Everybody registered or usually living in the subtree, by the pinyin of their names."""
    return Person.objects.filter(_lives_in(path, on)).order_by("name_key", "id")


def listed(path: str, on: date, *, words: str = "", place_path: str = "") -> QuerySet[Person]:
    """People of a subtree for the desk's list: narrowed by a name, a phone or a finer place in it."""
    inside = place_path if place_path.startswith(path) else path
    rows = residents_of(inside, on).prefetch_related(_residences(on))
    return rows.filter(_matches(words)) if words.strip() else rows


def _residences(on: date) -> Prefetch:
    return Prefetch(
        "residences",
        queryset=Residence.objects.filter(in_force(on)).select_related("place"),
        to_attr="current_residences",
    )


def _matches(words: str) -> Q:
    """Whose phone it is, where it is a number; else whose name has it."""
    try:
        return Q(phone_index=blind_index(check_phone(words)))
    except InvalidCode:
        return Q(name__contains=normalise_name(words))


@remembered
def search(text: str, path: str, on: date, limit: int = 12, *, owners: bool = False) -> list[Person]:
    """People of the subtree by a name's beginning, a part of it, a whole phone number, or the name of the
    building or home they live in; names that begin so come first. With `owners` also whoever owns a home
    there and lives elsewhere."""
    wanted = normalise_name(text)
    if not wanted:
        return []
    owns = Exists(Holding.objects.filter(in_force(on), person=OuterRef("pk"), home__path__startswith=path))
    belonging = Person.objects.filter(_lives_in(path, on) | owns) if owners else residents_of(path, on)
    at_home = Residence.objects.filter(
        in_force(on), place__path__startswith=path, place__name__startswith=wanted
    )
    # Two searches, each with its own way through the indexes; joined by "or" they read everybody there is.
    by_name = belonging.filter(_matches(wanted)).order_by("name_key", "id")[: limit * 3]
    by_home = Person.objects.filter(pk__in=at_home.values("person")).order_by("name_key", "id")[: limit * 3]
    rows = list(by_name.union(by_home))
    rows.sort(key=lambda row: (not row.name.startswith(wanted), row.name_key))
    return rows[:limit]


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody a desk looks up to write something down for them: masked, with where they live."""

    id: UUID
    name: str
    phone: str
    home: str
    home_id: UUID | None


def find(text: str, paths: Iterable[str], on: date, limit: int = 12) -> list[Found]:
    """Who may be meant by a name, a phone or a building, of those who live or own a home in the subtrees."""
    rows = {row.id: row for path in paths for row in search(text, path, on, limit, owners=True)}
    return _found(list(rows.values())[:limit], on)


def found(person_id: UUID | None, paths: Iterable[str], on: date) -> Found | None:
    """One of them, chosen; None for somebody who does not belong there."""
    row, around = person(person_id) if person_id else None, tuple(paths)
    if row is None or not any(each.startswith(around) for each in paths_of(row.id, on)):
        return None
    return _found([row], on)[0]


def _found(rows: list[Person], on: date) -> list[Found]:
    homes = _homes([row.id for row in rows], on)
    addresses = places.address_map({home.id: home for home in homes.values()}.values())
    listed = [(row, masked(row), homes.get(row.id)) for row in rows]
    return [
        Found(row.id, shown.name, shown.phone, addresses[home.id] if home else "", home.id if home else None)
        for row, shown, home in listed
    ]


def masked(row: Person) -> Masked:
    """The person as staff lists show them."""
    return rules.masked(row.name, row.phone, has_id_number=row.id_number_index is not None)


def residences_of(person_id: UUID) -> list[Residence]:
    """Every residence, those in force and the latest first."""
    rows = Residence.objects.filter(person_id=person_id).select_related("place")
    return list(rows.order_by("-starts", "kind"))


def residence(residence_id: UUID) -> Residence | None:
    """One residence."""
    return Residence.objects.filter(id=residence_id).first()


def holdings_of(person_id: UUID) -> list[Holding]:
    """Every home the person owns or owned a share of, the latest first."""
    return list(Holding.objects.filter(person_id=person_id).select_related("home").order_by("-starts", "id"))


@dataclass(frozen=True, slots=True)
class Owned:
    """What is owned in a place on a day: its homes and the bays that are owned parts, each as it counts;
    those no area is known of; and the bays that are nobody's own and count for nobody."""

    places: list[Place]
    units: list[Unit]
    without_area: list[Place]
    left_out: list[Place]

    @property
    def heads(self) -> int:
        """How many owners there are, the developer among them where something is theirs still."""
        return len(owning.voters(self.units))

    @property
    def area(self) -> int:
        """The area of all of it in 0.01 m²."""
        return sum(unit.area for unit in self.units)


def owned_in(path: str, on: date) -> Owned:
    """Who owns what in a place, as the register stands for the day."""
    owned, left_out = places.owned_parts(path, on)
    owners: dict[UUID, set[UUID]] = {}
    held = Holding.objects.filter(in_force(on), home__in=owned)
    for home_id, person_id in held.values_list("home_id", "person_id"):
        owners.setdefault(home_id, set()).add(person_id)
    known = places.areas_of(row.id for row in owned)
    areas = {row.id: owning.area_of(known.get(row.id, {})) for row in owned}
    units = []
    for row in owned:
        area, source = areas[row.id] or (0, "")
        units.append(Unit(row.id, area, owners=frozenset(owners.get(row.id, ())), source=source))
    return Owned(owned, units, [row for row in owned if areas[row.id] is None], left_out)


def holding_for_update(holding_id: UUID) -> Holding | None:
    """One holding with its home and its owner, locked."""
    rows = Holding.objects.select_for_update(of=("self",)).select_related("home", "person")
    return rows.filter(id=holding_id).first()


def holding(holding_id: UUID) -> Holding | None:
    """One holding."""
    return Holding.objects.filter(id=holding_id).first()


@remembered
def paths_of(person_id: UUID, on: date) -> list[str]:
    """The paths of the places a person belongs to on the day: residences of both kinds, and holdings."""
    lived = Residence.objects.filter(in_force(on), person_id=person_id).values_list("place__path")
    held = Holding.objects.filter(in_force(on), person_id=person_id).values_list("home__path")
    return [path for (path,) in lived.union(held)]


def paths_around(person_id: UUID, on: date) -> set[str]:
    """The paths of the places a person belongs to on the day, and of all those lie in."""
    return {above for path in paths_of(person_id, on) for above in prefixes(path)}


@dataclass(frozen=True, slots=True)
class Counts:
    """Heads in a subtree on a day: registered 户籍, usual 常住, and households with a usual resident."""

    registered: int
    usual: int
    households: int


def counts(path: str, on: date) -> Counts:
    """The three figures of a subtree, in one query."""
    current = Residence.objects.filter(in_force(on), place__path__startswith=path)
    usual = Q(kind=ResidenceKind.USUAL.value)
    found = current.aggregate(
        registered=Count("id", filter=Q(kind=ResidenceKind.REGISTERED.value)),
        usual=Count("id", filter=usual),
        households=Count("household", filter=usual, distinct=True),
    )
    return Counts(**found)


def counts_by_child(parent: Place, on: date) -> dict[str, Counts]:
    """The three figures of each place directly under one, by its path, in one query."""
    part = parent.path.count("/") + 1  # PostgreSQL counts the empty part before the first slash
    label = Func(F("place__path"), Value("/"), Value(part), function="split_part", output_field=TextField())
    usual = Q(kind=ResidenceKind.USUAL.value)
    rows = (
        Residence.objects.filter(in_force(on), place__path__startswith=parent.path)
        .values(label=label)
        .annotate(
            registered=Count("id", filter=Q(kind=ResidenceKind.REGISTERED.value)),
            usual=Count("id", filter=usual),
            households=Count("household", filter=usual, distinct=True),
        )
        .order_by()
    )
    return {
        f"{parent.path}{row['label']}/".replace("//", "/"): Counts(
            row["registered"], row["usual"], row["households"]
        )
        for row in rows
    }


def households_in(path: str) -> QuerySet[Household]:
    """The households of a subtree."""
    return Household.objects.filter(home__path__startswith=path)


def demo_accounts() -> list[Account]:
    """The accounts of the demo's people, in the order of their numbers."""
    rows = Account.objects.filter(person__is_demo=True, is_active=True).select_related("person")
    return sorted(rows, key=lambda row: row.person.phone or "")
