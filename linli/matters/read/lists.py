"""Lists: what is on somebody, what came in, what was sent out, what everybody may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Q, QuerySet

from linli.frame.scopes import under
from linli.kernel import clock
from linli.kernel.actor import Actor, ActorKind
from linli.kernel.text import search_terms
from linli.matters.kinds import LatenessKind, OrderKind, OrderState, Power, State
from linli.matters.models import Chase, Matter, Order, Raiser, Supervision
from linli.matters.read.one import base, post_in
from linli.people import read as people
from linli.places import read as places

NEVER = Q(pk__in=[])
RUNNING = [OrderState.ISSUED, OrderState.ACCEPTED, OrderState.REWORK]
TO_LOOK_AT = [OrderState.RETURNED, OrderState.REPORTED]
AT_MOST = 200


def within(actor: Actor, power: Power, field: str = "place_path") -> Q:
    """Rows under the places where the actor holds a power. None held, nothing found."""
    return under(field, actor.paths(power))


def _over(paths: Iterable[str]) -> Q:
    """Matters under several places.

    A whole community is named by its id: an index has its newest, a path has them read out of all there are.
    """
    known, asked = places.wide().communities, list(paths)
    whole = Q(community_id__in=[known[path] for path in asked if path in known])
    return whole | under("place_path", [path for path in asked if path not in known])


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of matters is narrowed by; all are optional and all are named in an export."""

    words: str = ""
    state: str = ""
    category: str = ""
    channel: str = ""
    place: str = ""
    late: bool = False
    since: date | None = None
    until: date | None = None
    untriaged: bool = False
    mine: bool = False
    raiser_ids: tuple[UUID, ...] = ()


def _orders() -> QuerySet[Order]:
    rows = Order.objects.select_related("unit", "matter__place", "matter__community")
    unread = ("matter__search", "matter__place__outline", "matter__community__outline")
    return rows.defer(*unread).prefetch_related(post_in("issuer"))


def _handled(actor: Actor) -> Q:
    """Orders of the actor's own unit; a key reaches them only where the key itself does."""
    own = Q(handler_id__in=actor.posts)
    if actor.kind is not ActorKind.KEY:
        return own
    return own & within(actor, Power.ORDER_HANDLE, "matter__place_path")


def orders(
    actor: Actor, *, kind: OrderKind | None = None, state: str = "", words: str = "", own: bool = False
) -> QuerySet[Order]:
    """Orders the actor may see: those over their places and their own unit's, or `own` alone."""
    seen = _handled(actor)
    rows = _orders().filter(seen if own else within(actor, Power.READ, "matter__place_path") | seen)
    if kind is not None:
        rows = rows.filter(kind=kind)
    if state == "running":
        rows = rows.filter(state__in=RUNNING)
    elif state == "late":
        rows = rows.filter(state__in=RUNNING, due_at__lt=clock.now(), suspended_at__isnull=True)
    elif state == "suspended":
        rows = rows.filter(suspended_at__isnull=False)
    elif state:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(
            Q(number__startswith=words.upper()) | Q(unit__name__contains=words) | Q(task__contains=words)
        )
    return rows.order_by("-issued_at", "-id")


def matters(actor: Actor, filters: Filters) -> QuerySet[Matter]:
    """The matters over the actor's places, newest first, narrowed by the filters."""
    rows = base().filter(_over(actor.paths(Power.READ)))
    if filters.state == "open":
        rows = rows.exclude(state=State.CLOSED)
    elif filters.state:
        rows = rows.filter(state=filters.state)
    if filters.category:
        rows = rows.filter(category=filters.category)
    if filters.channel:
        rows = rows.filter(channel=filters.channel)
    if filters.place:
        rows = rows.filter(_over([filters.place]))
    if filters.late:
        rows = rows.filter(state=State.OPEN, step_due_at__lt=clock.now())
    if filters.untriaged:
        rows = rows.filter(triaged_at__isnull=True).exclude(state=State.CLOSED)
    if filters.mine:
        rows = rows.filter(holder_id__in=actor.posts)
    if filters.raiser_ids:
        rows = rows.filter(raised_by_id__in=filters.raiser_ids)
    return _by_words(_by_days(rows, filters), filters.words, actor).order_by("-raised_at", "-id")


def _by_days(rows: QuerySet[Matter], filters: Filters) -> QuerySet[Matter]:
    if filters.since:
        rows = rows.filter(raised_at__gte=_midnight(filters.since))
    if filters.until:
        rows = rows.filter(raised_at__lt=_midnight(filters.until + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.SHANGHAI)


def _by_words(rows: QuerySet[Matter], words: str, actor: Actor) -> QuerySet[Matter]:
    """By number, by words of title, text and address, or by the raiser's name or phone."""
    words = words.strip()[:60]
    if not words:
        return rows
    found = Q(number__startswith=words.upper())
    terms = search_terms(words)
    if terms:
        query = None
        for term in terms:
            one = SearchQuery(f"{quoted(term)}:*", search_type="raw", config="simple")
            query = one if query is None else query & one
        found |= Q(search=query)
    raisers = raisers_named(words, actor)
    if raisers:
        found |= Q(raised_by_id__in=raisers)
    return rows.filter(found)


def quoted(term: str) -> str:
    """A word as a search query takes it."""
    return "'" + term.replace("\\", "").replace("'", "''") + "'"


def raisers_named(words: str, actor: Actor) -> list[UUID]:
    """Persons of the actor's places by name or whole phone number."""
    found: list[UUID] = []
    for path in actor.paths(Power.READ):
        found.extend(person.id for person in people.search(words, path, clock.today()))
    return found


def of_person(person_id: UUID) -> QuerySet[Matter]:
    """The matters somebody raised or joined, newest first."""
    joined = Raiser.objects.filter(person_id=person_id).values("matter_id")
    return base().filter(id__in=joined).order_by("-raised_at", "-id")


def earlier_of(person_id: UUID, actor: Actor, limit: int = 5) -> list[Matter]:
    """A resident's earlier matters that staff of the place may see, for the intake form."""
    return list(
        base().filter(within(actor, Power.READ), raised_by_id=person_id).order_by("-raised_at")[:limit]
    )


def published(community_path: str, words: str = "") -> QuerySet[Matter]:
    """What everybody may read of a community's matters."""
    rows = base().filter(place_path__startswith=community_path, published_at__isnull=False)
    if words:
        rows = rows.filter(Q(public_title__contains=words[:40]) | Q(public_summary__contains=words[:40]))
    return rows.order_by("-published_at", "-id")


def joiners(matter_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many more stand behind each matter besides its first raiser."""
    counts: dict[UUID, int] = {}
    for matter_id in Raiser.objects.filter(matter_id__in=list(matter_ids), is_first=False).values_list(
        "matter_id", flat=True
    ):
        counts[matter_id] = counts.get(matter_id, 0) + 1
    return counts


def chases(matter: Matter) -> list[Chase]:
    """Urging and supervision of a matter, oldest first."""
    rows = matter.chases.select_related("unit", "by")
    return list(rows.order_by("at", "id"))


def steps_to_mark(until: datetime, path: str = "") -> list[UUID]:
    """Open stays due before `until` that a lateness rule could concern and none has fully marked."""
    rows = Matter.objects.filter(state=State.OPEN, step_due_at__lt=until, place_path__startswith=path)
    return list(
        rows.values_list("steps__id", flat=True)
        .filter(steps__left_at__isnull=True)
        .exclude(steps__lateness__kind=LatenessKind.URGE, step_due_at__lt=clock.now() - timedelta(days=30))
    )


def orders_to_mark(until: datetime, path: str = "") -> list[UUID]:
    """Running orders due before `until`, and whistles nobody has reported in for that were to by then."""
    awaited = Q(kind=OrderKind.WHISTLE, reported_in_at__isnull=True, report_in_due_at__lt=until)
    rows = Order.objects.filter(Q(due_at__lt=until) | awaited, state__in=RUNNING, suspended_at__isnull=True)
    return list(rows.filter(matter__place_path__startswith=path).values_list("id", flat=True))


def overdue_order(matter: Matter) -> Order | None:
    """The order of a matter that somebody above was called for, as long as it is overdue; the latest."""
    by_end = Q(lateness__report_in=False, lateness__due_at=F("due_at"))
    by_report_in = Q(lateness__report_in=True, lateness__due_at=F("report_in_due_at"), reported_in_at=None)
    rows = matter.orders.filter(by_end | by_report_in, lateness__kind=LatenessKind.ESCALATE)
    running = rows.filter(state__in=RUNNING, suspended_at__isnull=True).select_related("unit")
    return running.order_by("-lateness__at", "-id").first()


def supervisions_to_raise(now: datetime, path: str = "") -> list[UUID]:
    """Supervisions whose time passed without an answer, of open matters, with a post above to go to."""
    rows = Supervision.objects.filter(answered_at__isnull=True, risen_at__isnull=True, due_at__lt=now)
    rows = rows.filter(
        post__above__isnull=False, matter__state=State.OPEN, matter__place_path__startswith=path
    )
    return list(rows.order_by("due_at", "id").values_list("id", flat=True))


def suspended_until(day: date, path: str = "") -> list[UUID]:
    """Matters whose suspension has reached its day."""
    ended = Matter.objects.filter(state=State.SUSPENDED, suspensions__resumed_at__isnull=True)
    ended = ended.filter(place_path__startswith=path)
    return list(ended.filter(suspensions__until__lte=day).values_list("id", flat=True))


def orders_suspended_until(day: date, path: str = "") -> list[UUID]:
    """Orders that wait by themselves and have reached their day."""
    ended = Order.objects.filter(suspended_until__lte=day, matter__place_path__startswith=path)
    return list(ended.values_list("id", flat=True))
