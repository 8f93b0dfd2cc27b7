"""How a matter enters and leaves a step. Used by the verbs of this package, by nobody else."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.search import SearchVector
from django.db.models import Q, Value

from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import UNPROCESSABLE, Refused
from linli.matters.kinds import ContributionKind, OpeningKind, Outcome, State
from linli.matters.models import Contribution, Matter, Opening, Order, Step, Supervision
from linli.matters.procedures.kinds import Need
from linli.matters.read import one as read
from linli.matters.read import settings
from linli.matters.rules import clocks, numbers, publication
from linli.matters.rules.holders import FALLBACKS
from linli.matters.rules.orders import STOPS_AT_END
from linli.notices import actions as notices
from linli.notices.kinds import Topic
from linli.organizations import read as organizations

if TYPE_CHECKING:
    from linli.organizations.models import Post


def locked(matter_id: UUID) -> Matter:
    """The matter, locked until the transaction ends: two acts on it come one after the other."""
    return _first_locked(Q(id=matter_id), read.NOT_THERE)


def locked_of_order(order_id: UUID) -> Matter:
    """The matter an order is of, locked likewise."""
    return _first_locked(Q(orders=order_id), read.NO_ORDER)


def _first_locked(which: Q, otherwise: str) -> Matter:
    found = Matter.objects.select_for_update(of=("self",)).filter(which).first()
    if found is None:
        raise Refused(otherwise, status=404)
    return found


def post_for(kind: str, path: str) -> "Post":
    """Who holds steps of this kind at a place; falls upward where no such post exists."""
    for code in (kind, *FALLBACKS):
        post = organizations.holder_post(code, path, clock.today())
        if post is not None:
            return post
    raise Refused(
        "Nobody is appointed here who could take this. Please tell the community office.", status=409
    )


def found_by(*parts: str) -> SearchVector:
    """What a search finds the matter by, made by the database as the row goes in."""
    return SearchVector(Value(numbers.search_text(parts)), config="simple")


def enter(matter: Matter, key: str, *, by: Actor, quiet: bool = False) -> Step:
    """Put the matter at a step: its holder, its limit, what it opens. Tells holder and raisers."""
    seat(matter, key)
    matter.save(update_fields=["step_key", "holder", "claimed_by", "step_due_at"])
    return stay(matter, by=by, quiet=quiet)


def seat(matter: Matter, key: str) -> None:
    """Who holds the matter at a step and until when, on the row at hand; the caller saves it."""
    plan = settings.procedure_of(matter).step(key)
    times = settings.times_at(matter.place_path)
    matter.step_key, matter.claimed_by = key, None
    matter.holder = post_for(plan.holder, matter.place_path)
    matter.step_due_at = clocks.step_due(clock.now(), plan.limit, matter.promised_at, times)
    if Need.POSTED in plan.needs:
        matter.step_due_at = clocks.posted_step_due(matter.step_due_at, clock.now(), times)


def reseat(matter: Matter, *, by: Actor) -> None:
    """The same step by whoever holds it at the place now, its limit as it was. A new holder is told."""
    step = read.current_step(matter)
    if step is None or matter.state == State.CLOSED:
        return
    holder = post_for(settings.procedure_of(matter).step(step.key).holder, matter.place_path)
    if holder.id == matter.holder_id:
        return
    step.holder = matter.holder = holder
    matter.claimed_by = None
    step.save(update_fields=["holder"])
    matter.save(update_fields=["holder", "claimed_by"])
    tell_post(Topic.MATTER_ON_YOU, matter, holder.id, by=by)


def stay(matter: Matter, *, by: Actor, quiet: bool = False) -> Step:
    """The stay at the step the matter was seated at, with what it opens. Tells holder and raisers."""
    moment, plan = clock.now(), settings.procedure_of(matter).step(matter.step_key)
    if matter.holder is None or matter.step_due_at is None:
        raise ValueError("a matter stays where it was seated")
    step = Step(
        matter=matter, key=plan.key, holder=matter.holder, entered_at=moment, due_at=matter.step_due_at
    )
    step.save(force_insert=True)
    Opening.objects.bulk_create(
        Opening(step=step, kind=opening.kind.value, code=opening.code or "", opened_at=moment)
        for opening in plan.opens
    )
    tell_post(Topic.MATTER_ON_YOU, matter, matter.holder.id, by=by)
    judging = plan.opens_kind(OpeningKind.EVALUATION)
    if judging or not quiet:
        tell_raisers(Topic.EVALUATE if judging else Topic.MATTER_MOVED, matter, by=by)
    return step


def leave(step: Step, *, by: Actor, verb: str, target: str, note: str = "") -> None:
    """Close a stay at a step: who left it, how, whereto. Supervision of it has served its purpose."""
    step.left_at, step.left_by_id = clock.now(), by.person_id
    step.verb, step.moved_to, step.note = verb, target, note
    step.save(update_fields=["left_at", "left_by", "verb", "moved_to", "note"])
    Supervision.objects.filter(matter_id=step.matter_id, answered_at__isnull=True).update(
        answered_at=clock.now(), answered_by_id=by.person_id
    )


def close(matter: Matter, outcome: Outcome, *, by: Actor) -> None:
    """End the matter. No clock runs any more."""
    matter.state, matter.outcome, matter.closed_at = State.CLOSED.value, outcome.value, clock.now()
    matter.step_due_at, matter.holder, matter.claimed_by = None, None, None
    matter.save(
        update_fields=["state", "outcome", "closed_at", "step_due_at", "holder", "claimed_by", "merged_into"]
    )
    if outcome not in (Outcome.WITHDRAWN, Outcome.MERGED):
        tell_raisers(Topic.MATTER_CLOSED, matter, by=by)


def refuse_running_orders(matter: Matter) -> None:
    """A matter does not end while a unit is still at work for it."""
    if Order.objects.filter(matter=matter).exclude(state__in=STOPS_AT_END).exists():
        raise Refused(
            "An order of this matter is still running. Verify or withdraw it first.", status=UNPROCESSABLE
        )


def reopen_at(matter: Matter, key: str, promised: datetime, *, by: Actor) -> Step:
    """Set a closed matter going again at a step, with a new promise."""
    matter.state, matter.outcome, matter.closed_at = State.OPEN.value, "", None
    matter.promised_at, matter.reopened, matter.step_key = promised, matter.reopened + 1, key
    matter.step_due_at = promised
    matter.save(
        update_fields=["state", "outcome", "closed_at", "promised_at", "reopened", "step_key", "step_due_at"]
    )
    return enter(matter, key, by=by, quiet=True)


def note(matter: Matter, text: str, *, by: Actor, step_key: str = "") -> None:
    """Leave a line in the matter's story for staff, at the step it stands at unless another is named."""
    Contribution.objects.create(
        matter=matter,
        kind=ContributionKind.NOTE.value,
        text=text,
        person_id=by.person_id,
        step_key=step_key or matter.step_key,
        at=clock.now(),
    )


def tell_raisers(topic: Topic, matter: Matter, *, by: Actor, **params: Any) -> None:
    """A notice to everybody behind the matter. Anonymous raisers look with their code.

    Who joined is told by the published title: the raiser's own words stay the raiser's.
    """
    first = matter.raised_by_id
    others = [person for person in read.raisers(matter) if person != first]
    if first is not None:
        _notify(topic, matter, [first], f"/my/{matter.id}/", params, by)
    if others:
        told = {"title": title_for_others(matter), **params}
        _notify(topic, matter, others, f"/my/{matter.id}/", told, by)


def title_for_others(matter: Matter) -> str:
    """The published title, or the number where nothing is published."""
    published = matter.published_at is not None
    return publication.title_for_others(published, matter.public_title, matter.number)


def tell_post(
    topic: Topic, matter: Matter, post_id: UUID, *, by: Actor, url: str = "", **params: Any
) -> None:
    """A notice to whoever acts for a post today."""
    if not notices.tells_posts():
        return
    to = organizations.persons_of(post_id, clock.today())
    _notify(topic, matter, to, url or f"/desk/matters/{matter.id}/", params, by)


def _notify(
    topic: Topic, matter: Matter, persons: list[UUID], url: str, params: Mapping[str, Any], by: Actor
) -> None:
    to = notices.to_be_told(persons)
    if not to:
        return
    due = matter.step_due_at or matter.promised_at
    words = {
        "title": matter.title,
        "number": matter.number,
        "due": due.isoformat(),
        "holder": organizations.post_title(matter.holder, "zh-hans") if matter.holder else "",
        "holder_en": organizations.post_title(matter.holder, "en") if matter.holder else "",
        **params,
    }
    notices.notify(topic, by=by, to=to, params=words, url=url, subject=matter, place_path=matter.place_path)
