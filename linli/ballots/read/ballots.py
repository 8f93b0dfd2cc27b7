"""Ballots: one, those of a desk, those somebody may vote in, and their questions as the rules know them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.ballots.kinds import (
    BallotState,
    Channel,
    Electorate,
    HouseRuleKind,
    Method,
    OwnersMatter,
    PartKind,
    Power,
    RuleName,
)
from linli.ballots.models import Ballot, Proxy, Question, RollPerson, Sheet
from linli.ballots.read import settling
from linli.ballots.rules import answers, local, majorities
from linli.ballots.rules.drafting import About, Asked, Plan
from linli.ballots.rules.local import Settled
from linli.ballots.rules.majorities import NAMED
from linli.frame.scopes import under
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, UNPROCESSABLE, Refused
from linli.kernel.references import Reference
from linli.organizations import read as organizations
from linli.people import read as people
from linli.places import read as places
from linli.places.kinds import PlaceKind
from linli.places.models import Place
from linli.places.rules import prefixes

SHOWN = (
    BallotState.ANNOUNCED,
    BallotState.OPEN,
    BallotState.CLOSED,
    BallotState.COUNTED,
    BallotState.PUBLISHED,
)
MOST_PLACES = 2000  # in a list to choose from


def ballot(ballot_id: UUID) -> Ballot:
    """One ballot with its place; its published file, which may be long, is read when it is asked for.
    Raises `Refused` (404)."""
    rows = Ballot.objects.filter(pk=ballot_id).select_related("place").defer("document", "place__outline")
    row = rows.first()
    if row is None:
        raise Refused("This ballot is not here.", status=MISSING)
    return row


def asked_for(asked: Reference) -> UUID | None:
    """The ballot something above asked for, unless it was withdrawn."""
    rows = Ballot.objects.filter(asked_kind=asked.kind, asked_id=asked.id)
    return rows.exclude(state=BallotState.WITHDRAWN.value).values_list("pk", flat=True).first()


def ballot_for_update(ballot_id: UUID) -> Ballot:
    """One ballot, locked. Raises `Refused` (404)."""
    row = Ballot.objects.select_for_update(of=("self",)).filter(pk=ballot_id).select_related("place").first()
    if row is None:
        raise Refused("This ballot is not here.", status=MISSING)
    return row


def ballot_for_voting(ballot_id: UUID) -> Ballot:
    """One ballot, held in its state while a vote goes in."""
    row = ballot(ballot_id)
    hold(row)
    return row


def hold(row: Ballot) -> None:
    """Keep a ballot in its state, read anew here, while a vote goes in: the rest of it has stood since it was
    announced. Votes do not wait for each other; closing waits for them, and they for it. (Django's locks know
    no weaker one than that which would make votes queue up.)"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM ballots_ballot WHERE id = %s FOR KEY SHARE", [row.pk])
        [row.state] = cursor.fetchone()


def at_desk(actor: Actor, state: str = "") -> QuerySet[Ballot]:
    """The ballots of this desk's places and of wider ones it carries paper for, the latest first."""
    inside = under("place__path", actor.paths(Power.RUN, Power.ENTER))
    above = {prefix for path in actor.paths(Power.ENTER) for prefix in prefixes(path)}
    rows = Ballot.objects.filter(inside | Q(place__path__in=above, state__in=SHOWN)).select_related("place")
    rows = rows.filter(state=state) if state else rows
    return rows.defer("document", "place__outline").order_by("-opens_at", "-id")


def places_to_run(actor: Actor) -> list[Place]:
    """The communities, buildings and entrances somebody may ask, by path."""
    kinds = ["community", "courtyard", "grid", "building", "entrance"]
    rows = Place.objects.filter(under("path", actor.paths(Power.RUN)), kind__in=kinds, closed_on__isnull=True)
    return list(rows.order_by("path")[:MOST_PLACES])


def open_place(place_id: UUID) -> Place:
    """The place something is written for. Raises `Refused` (422) for one that is closed or is none."""
    place = places.place(place_id)
    if place is None or place.closed_on is not None:
        raise Refused("Choose a place that is open.", status=UNPROCESSABLE)
    return place


def home_in(place: Place, home_id: UUID) -> Place | None:
    """An open home of a place."""
    found = places.place(home_id)
    is_here = found is not None and found.path.startswith(place.path) and found.closed_on is None
    return found if is_here and found is not None and found.kind == PlaceKind.HOME else None


def home_called(place_id: UUID, words: str) -> UUID:
    """The one home of a place with this address: its entrance and number. Raises `Refused` (422)."""
    place, said = open_place(place_id), words.split()
    around = places.community_of(place.path) or place
    found = places.find_homes(words, around.path, today()) if said else []
    exact = [each for each in found if each.name == said[-1] and each.path.startswith(place.path)]
    if len(exact) != 1:
        raise Refused(
            "There is not exactly one such home. Write its entrance and number, as its address says.",
            status=UNPROCESSABLE,
        )
    return exact[0].pk


def nearest_to_run(actor: Actor, text: str) -> UUID | None:
    """The place somebody may ask that is nearest around the one an address names: a home's entrance."""
    try:
        named = places.place(UUID(text))
    except ValueError:
        return None
    around = [each for each in places_to_run(actor) if named and named.path.startswith(each.path)]
    return max(around, key=lambda each: len(each.path)).id if around else None


def shown_to(person_id: UUID | None, on: date) -> QuerySet[Ballot]:
    """The ballots somebody is on the roll of, and those of the places they belong to, what waits for their
    vote first, then the latest; each with `waits`."""
    if person_id is None:
        return Ballot.objects.none()
    around = people.paths_around(person_id, on)
    rows = Ballot.objects.filter(
        Q(place__path__in=around)
        | Exists(RollPerson.objects.filter(entry__ballot=OuterRef("pk"), person_id=person_id))
        | Exists(Proxy.objects.filter(ballot=OuterRef("pk"), holder_id=person_id, withdrawn_at=None)),
        state__in=SHOWN,
    )
    rows = rows.annotate(waits=_waits_for(person_id))
    rows = rows.select_related("place").defer("document", "place__outline")
    return rows.order_by("-waits", "-opens_at", "-id")


def waiting_for(person_id: UUID, on: date, most: int) -> list[Ballot]:
    """The ballots that wait for somebody's vote now."""
    return list(shown_to(person_id, on).filter(_waits_for(person_id))[:most])


def _waits_for(person_id: UUID) -> Q:
    """Open ballots with an entry of theirs, or one they are entrusted with, nobody has voted for."""
    left = RollPerson.objects.filter(entry__ballot=OuterRef("pk"), entry__voted="")
    givers = Proxy.objects.filter(
        ballot=OuterRef("entry__ballot"), giver=OuterRef("person"), holder_id=person_id, withdrawn_at=None
    )
    return Q(Exists(left.filter(Q(person_id=person_id) | Exists(givers)))) & Q(state=BallotState.OPEN.value)


def places_to_choose(actor: Actor) -> list[tuple[UUID, str]]:
    """The places somebody may ask, each written from its community down."""
    rows = places_to_run(actor)
    addresses = places.address_map(rows)
    around = ((row, places.name_around(row.path)) for row in rows)
    return [(row.id, " ".join(dict.fromkeys((name, addresses[row.id])))) for row, name in around]


def questions(row: Ballot) -> list[answers.Question]:
    """The questions of a ballot as the rules know them, in two queries or three."""
    listed = list(Question.objects.filter(ballot=row).prefetch_related("options").order_by("number"))
    settled = settling.settled_for(row)
    return [_question(each, settled) for each in listed]


def counted_as_of(row: Ballot) -> date:
    """The day whose house rules a ballot is counted by: the one it was announced on; of a draft, today."""
    return clock.local(row.announced_at).date() if row.announced_at else today()


def asked(row: Ballot) -> tuple[answers.Question, ...]:
    """The questions as they are put to voters. From the announcement on they cannot change, so they are read
    once; what the house settles about counting is not theirs to know."""
    return _asked(row.pk, row.announced_at)


@lru_cache(maxsize=256)
def _asked(ballot_id: UUID, announced_at: datetime | None) -> tuple[answers.Question, ...]:
    listed = Question.objects.filter(ballot_id=ballot_id).prefetch_related("options").order_by("number")
    return tuple(_question(each, {}) for each in listed)


def _question(row: Question, settled: Mapping[HouseRuleKind, Settled]) -> answers.Question:
    rule = local.applied(replace(NAMED[RuleName(row.rule)], every_part=row.every_part), settled)
    return answers.Question(
        id=str(row.number),
        method=Method(row.method),
        rule=majorities.runoff(rule) if row.is_runoff else rule,
        title=row.title,
        options=tuple(answers.Option(each.code, each.title, each.cost) for each in row.options.all()),
        seats=row.seats,
        at_most=row.at_most,
        fund=row.fund,
        matter=OwnersMatter(row.matter) if row.matter else None,
    )


def plan_of(row: Ballot) -> Plan:
    """A ballot as it was drafted, to be checked anew."""
    listed = Question.objects.filter(ballot=row).prefetch_related("options").order_by("number")
    return Plan(
        title=row.title,
        electorate=Electorate(row.electorate),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        questions=tuple(
            Asked(
                title=each.title,
                method=Method(each.method),
                rule=RuleName(each.rule),
                every_part=each.every_part,
                is_runoff=each.is_runoff,
                seats=each.seats,
                at_most=each.at_most,
                fund=each.fund,
                options=tuple((option.title, option.cost) for option in each.options.all()),
                matter=OwnersMatter(each.matter) if each.matter else None,
            )
            for each in listed
        ),
        body=row.body,
        part_kind=PartKind(row.part_kind),
        is_secret=row.is_secret,
        channels=frozenset(Channel(each) for each in row.channels),
        applicant=row.applicant_id,
    )


def group_of(row: Ballot) -> Reference | None:
    """Whose members a ballot asks."""
    return Reference(row.group_kind, row.group_id) if row.group_id else None


def asked_by(row: Ballot) -> Reference | None:
    """What asked for a ballot."""
    return Reference(row.asked_kind, row.asked_id) if row.asked_id else None


def second_round_of(row: Ballot) -> Ballot | None:
    """The second round of an election, unless it was withdrawn."""
    rows = Ballot.objects.filter(first_round=row).exclude(state=BallotState.WITHDRAWN.value)
    return rows.select_related("place").defer("document", "place__outline").first()


def applicant(row: Ballot) -> str:
    """The home a ballot is about whose owners are not asked, as people write it; "" where there is none."""
    home = places.place(row.applicant_id) if row.applicant_id else None
    return places.address(home) if home is not None else ""


def where(row: Ballot) -> str:
    """The place of a ballot as people write it."""
    return places.address(row.place)


def office(row: Ballot) -> str:
    """The office that answers for a ballot, with its phone; the place's name where there is none."""
    return organizations.office_words(row.place.path, today()) or row.place.name


def about(row: Ballot) -> About:
    """What the policies have to know of a ballot, in one query for what is printed."""
    return About(
        place_path=row.place.path,
        state=row.state,
        is_secret=row.is_secret,
        channels=tuple(row.channels),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        is_frozen=row.frozen_at is not None,
        objections_until=row.objections_until,
        is_printed=row.state == BallotState.ANNOUNCED and Sheet.objects.filter(ballot=row).exists(),
        electorate=row.electorate,
        is_by_hand=row.is_by_hand,
        is_second_round=row.first_round_id is not None,
    )


def announced_on(row: Ballot) -> date | None:
    """The day the result of a ballot was announced."""
    return clock.local(row.published_at).date() if row.published_at else None
