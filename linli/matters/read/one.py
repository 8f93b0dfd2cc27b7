"""One matter: how somebody is tied to it, what is on record, its whole story."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects

from linli.frame.crypto import blind_index
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused
from linli.kernel.errors import InvalidCode
from linli.kernel.ids import normalise_tracking_code
from linli.matters.kinds import DECIDING_OPENINGS, ContributionKind, OpeningKind, OrderState, State
from linli.matters.models import (
    Attachment,
    Callback,
    Contribution,
    Evaluation,
    Extension,
    Matter,
    Opening,
    Order,
    OrderTurn,
    Raiser,
    Step,
    Supervision,
)
from linli.matters.procedures.kinds import Need
from linli.matters.read import posted, settings
from linli.matters.rules.publication import may_be_shown
from linli.matters.rules.steps import CALLBACK_TRIES, Facts
from linli.matters.rules.ties import Ties
from linli.organizations import read as organizations
from linli.people import read as people
from linli.places.kinds import PlaceKind

NOT_THERE = "There is no such matter for you to see."
NO_ORDER = "There is no such order for you to see."
# A vote that passed, as the ballot told it or as it was written down by hand.
VOTED_FOR = Q(result__passed=True) | Q(result__result="agreed")


def matter(matter_id: UUID | str) -> Matter:
    """A matter by id, ready for its page; refused with 404 when there is none."""
    found = with_holder(base()).filter(id=matter_id).first()
    if found is None:
        raise Refused(NOT_THERE, status=404)
    return found


def base() -> QuerySet[Matter]:
    """Matters with where they are; outlines and words for searching stay where they are."""
    rows = Matter.objects.select_related("place", "community")
    return rows.defer("search", "place__outline", "community__outline")


def with_holder(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """The same with the post that holds each, in a second query.

    Joined in one statement, planning its eight tables took longer than reading them (docs/adr/0023).
    """
    return rows.prefetch_related(post_in("holder"))


def post_in(field: str) -> Prefetch[str]:
    """A post named by rows, with what its title is made of, in one query for all of them."""
    return Prefetch(field, queryset=organizations.whole_posts())


def by_tracking_code(code: str) -> Matter:
    """The anonymous matter a code belongs to. A wrong code and none at all are answered alike."""
    try:
        found = with_holder(base()).filter(tracking_index=blind_index(normalise_tracking_code(code))).first()
    except InvalidCode:
        found = None
    if found is None:
        raise Refused("No matter has this code. Please check it letter by letter.", status=404)
    return found


def id_of_number(number: str) -> UUID:
    """The matter a number names, typed in any case; refused with 422 when there is none."""
    found = Matter.objects.filter(number=number.strip().upper()).values_list("id", flat=True).first()
    if found is None:
        raise Refused("No matter has this number.", status=422)
    return found


def order(order_id: UUID | str, *, lock: bool = False) -> Order:
    """An order by id with its matter and unit, locked where asked; refused with 404 when there is none."""
    rows = Order.objects.select_related("matter__place", "unit").defer(
        "matter__search", "matter__place__outline"
    )
    if lock:
        rows = rows.select_for_update(of=("self",))
    else:
        rows = rows.select_related("matter__community", "handler").prefetch_related(post_in("issuer"))
    found = rows.filter(id=order_id).first()
    if found is None:
        raise Refused(NO_ORDER, status=404)
    return found


def matter_of_opening(opening_id: UUID) -> Matter | None:
    """The matter whose step still waits for what this opening decides; None when nothing waits any more."""
    waiting = Opening.objects.filter(id=opening_id, recorded_at__isnull=True, step__left_at__isnull=True)
    return base().filter(steps__openings__in=waiting).exclude(state=State.CLOSED).first()


def present_opening(matter_id: UUID, kind: OpeningKind) -> Opening | None:
    """What the present step of an open matter opened of this kind, whether its outcome is recorded or not."""
    present = Q(step__matter=matter_id, step__left_at__isnull=True) & ~Q(step__matter__state=State.CLOSED)
    return Opening.objects.filter(present, kind=kind.value).order_by("opened_at").first()


def last_minutes(one: Matter) -> str:
    """What was last decided about a matter: the words a sheet posts, until somebody changes them."""
    rows = Contribution.objects.filter(matter=one, kind=ContributionKind.MINUTES.value)
    return str(rows.order_by("-at").values_list("text", flat=True).first() or "")


def ties(actor: Actor, one: Matter, tracking: bool = False) -> Ties:
    """How the actor is connected with the matter besides by powers."""
    if actor.person_id is None:
        return Ties(holds_tracking_code=tracking)
    home = people.home_of(actor.person_id, clock.today())
    mine = Order.objects.filter(matter=OuterRef("pk"), handler_id__in=actor.posts)
    watched = Supervision.objects.filter(matter=OuterRef("pk"), post_id__in=actor.posts)
    joined = Raiser.objects.filter(matter=OuterRef("pk"), person_id=actor.person_id, is_first=False)
    found = Matter.objects.values_list(
        Exists(joined), Exists(mine.exclude(state=OrderState.WITHDRAWN)), Exists(watched)
    ).get(pk=one.pk)
    return Ties(
        is_raiser=one.raised_by_id == actor.person_id,
        has_joined=found[0],
        handles_order=found[1],
        supervises=found[2],
        holds_tracking_code=tracking,
        lives_in_community=home is not None and home.path.startswith(one.community.path),
    )


def current_step(one: Matter) -> Step | None:
    """The step a matter is at now, locked state aside; None once closed."""
    return Step.objects.filter(matter=one, left_at__isnull=True).first()


def facts(one: Matter, step: Step | None) -> Facts:
    """What is on record for leaving the present step, in one query. Nobody can be called who left no name, or
    where nobody raised it."""
    since = step.entered_at if step else one.raised_at
    said = Contribution.objects.filter(matter=OuterRef("pk"), at__gte=since)
    waits = Opening.objects.filter(step=step, kind__in=DECIDING_OPENINGS)
    calls = Callback.objects.filter(matter=OuterRef("pk"), at__gte=since)
    found = Matter.objects.values(
        minutes=Exists(said.filter(kind=ContributionKind.MINUTES)),
        answered=Exists(said.filter(kind=ContributionKind.ANSWER)),
        recorded=Exists(waits.filter(recorded_at__isnull=False)),
        passed=Exists(waits.filter(VOTED_FOR, kind=OpeningKind.BALLOT.value)),
        waiting=Exists(waits.filter(recorded_at__isnull=True)),
        reached=Exists(calls.filter(reached=True, superseded=False)),
        tried=Exists(calls.order_by("at")[CALLBACK_TRIES - 1 : CALLBACK_TRIES]),
        was_judged=Exists(Evaluation.objects.filter(matter=OuterRef("pk"), round=one.reopened)),
        sheet=Subquery(Opening.objects.filter(step=step, kind=OpeningKind.POSTING.value).values("pk")[:1]),
        states=ArraySubquery(_orders_that_count(one, step).values("state")),
    ).get(pk=one.pk)
    called = found["reached"] or found["was_judged"] or (step is not None and found["tried"])
    return Facts(
        minutes=found["minutes"] or found["recorded"],
        official_answer=found["answered"],
        first_contact=one.contacted_at is not None or one.raised_by_id is None,
        orders=tuple(OrderState(state) for state in found["states"]),
        callback=called or one.raised_by_id is None,
        openings_recorded=not found["waiting"],
        passed=found["passed"],
        posted=posted.posted(one, step, found["sheet"]),
    )


def _orders_that_count(one: Matter, step: Step | None) -> QuerySet[Order]:
    """Orders of this round: issued or verified since the matter last left a step that waits for orders, this
    one or another, or still running.

    One issued while the matter was being sorted counts where it is handled. One settled before the matter was
    sent back to be handled again does not, nor one of the step before where what was done is put right.
    """
    waiting = {each.key for each in settings.procedure_of(one).steps if Need.ORDER_VERIFIED in each.needs}
    keys = waiting | ({step.key} if step else set())
    earlier = Step.objects.filter(matter=OuterRef("matter"), key__in=keys, left_at__isnull=False)
    left = Subquery(earlier.order_by("-left_at").values("left_at")[:1])
    this_round = Q(left__isnull=True) | Q(issued_at__gte=F("left")) | Q(verified_at__gte=F("left"))
    running = ~Q(state__in=[OrderState.VERIFIED, OrderState.WITHDRAWN])
    return Order.objects.annotate(left=left).filter(this_round | running, matter=OuterRef("pk"))


def is_open_to(one: Matter, kind: OpeningKind) -> bool:
    """Whether the present step of a matter has opened this."""
    return Opening.objects.filter(step__matter=one, step__left_at__isnull=True, kind=kind).exists()


def raisers(one: Matter) -> list[UUID]:
    """The persons behind a matter, first raiser first; empty where nobody gave a name or nobody raised it."""
    return list(
        Raiser.objects.filter(matter=one)
        .order_by("-is_first", "joined_at")
        .values_list("person_id", flat=True)
    )


def workers(one: Matter) -> frozenset[UUID]:
    """Everybody who worked on a matter: left its steps, handled its orders, answered officially.

    An act without a person (another system's, by its key) counts for the post it was done for.
    """
    worked = one.steps.exclude(openings__kind=OpeningKind.EVALUATION)  # asking how it went is not the work
    left = worked.filter(left_at__isnull=False).values_list("left_by_id", "holder_id")
    turned = OrderTurn.objects.filter(order__matter=one).values_list("by_id", "post_id")
    answers = one.contributions.filter(kind=ContributionKind.ANSWER).values_list("person_id", "post_id")
    acts = left.union(turned, answers)
    return frozenset(found for person, post in acts if (found := person or post) is not None)


def steps(one: Matter) -> list[Step]:
    """The steps a matter has been at, oldest first."""
    return list(one.steps.order_by("entered_at", "id"))


def contributions(one: Matter, *, internal: bool) -> list[Contribution]:
    """What was said, oldest first; internal notes and contacts for staff only."""
    said = one.contributions.all()
    if not internal:
        said = said.exclude(kind__in=[ContributionKind.NOTE, ContributionKind.CONTACT])
    return list(said.order_by("at", "id"))


def orders(one: Matter) -> list[Order]:
    """The orders of a matter with their units, turns and requests for more time."""
    found = one.orders.select_related("unit").prefetch_related(*order_parts())
    return list(found.order_by("issued_at", "id"))


def orders_with_matter(one: Matter) -> list[Order]:
    """The orders of a matter without their stories, each with the matter itself at hand."""
    found = one.orders.select_related("unit").prefetch_related(post_in("issuer"))
    rows = list(found.order_by("issued_at", "id"))
    for row in rows:
        row.matter = one
    return rows


def order_parts() -> tuple[Prefetch | str, ...]:
    """What belongs to an order: its turns in order, requests for more time, judgements, files."""
    turns = OrderTurn.objects.order_by("at", "id")
    return Prefetch("turns", queryset=turns), "extensions", "assessments", "attachments__file"


def whole_order(order_id: UUID | str) -> Order:
    """An order with all that belongs to it."""
    found = order(order_id)
    prefetch_related_objects([found], *order_parts())
    return found


def turns(one: Order) -> list[OrderTurn]:
    return list(one.turns.prefetch_related(post_in("post")).order_by("at", "id"))


def pending_extension(one: Order) -> Extension | None:
    return one.extensions.filter(granted__isnull=True).first()


def openings(step: Step | None) -> list[Opening]:
    return list(Opening.objects.filter(step=step).order_by("kind", "code")) if step else []


def evaluations(one: Matter) -> list[Evaluation]:
    return list(one.evaluations.order_by("at"))


def evaluation_of(one: Matter, person_id: UUID | None) -> Evaluation | None:
    """The judgement of one raiser in the present round (a reopened matter is judged anew)."""
    return one.evaluations.filter(raiser_id=person_id, round=one.reopened).first()


def attachments(one: Matter, *, internal: bool) -> list[Attachment]:
    """Photos and files of a matter; those of orders and notes for staff only."""
    kept = one.attachments.select_related("file").order_by("added_at")
    return list(kept if internal else kept.filter(internal=False))


def attachment(attachment_id: UUID | str) -> Attachment:
    """An attachment with its matter and file; refused with 404 when there is none."""
    found = (
        Attachment.objects.select_related("matter__place", "matter__community", "file")
        .filter(id=attachment_id)
        .first()
    )
    if found is None:
        raise Refused("There is no such file for you to see.", status=404)
    return found


def answer_for_others(one: Matter) -> str:
    """The latest official answer, fit for all: empty where it names a raiser, their home or a number."""
    answers = one.contributions.filter(kind=ContributionKind.ANSWER).order_by("-at", "-id")
    text = str(answers.values_list("text", flat=True).first() or "")
    names = people.names(raisers(one)).values() if text else ()
    home = one.place.name if one.place.kind == PlaceKind.HOME else ""
    return text if all(may_be_shown([text], name, home) for name in (*names, "")) else ""


def story_posts(rows: Iterable[Any]) -> set[UUID]:
    """The posts named in rows of a story, for labelling them in one query."""
    return {row.post_id for row in rows if row.post_id}
