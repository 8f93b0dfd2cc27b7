"""Moving a matter along: claim it, move it, take it back, open it again, record what a meeting decided."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings as site
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused, require
from linli.kernel.text import listed
from linli.matters import policies
from linli.matters.actions import engine
from linli.matters.actions.learning import keep_judgement
from linli.matters.kinds import ContributionKind, Event, OpeningKind, OrderState, Outcome, State, Urgency
from linli.matters.models import Callback, Contribution, Matter, Opening
from linli.matters.procedures.kinds import CLOSED, Verb
from linli.matters.procedures.schema import Move
from linli.matters.read import one as read
from linli.matters.read import settings
from linli.matters.rules import clocks, steps
from linli.matters.rules.habits import OWN
from linli.matters.rules.orders import STOPS_AT_END
from linli.matters.rules.sorting import level_shown
from linli.matters.rules.ties import Ties
from linli.notices import actions as notices
from linli.notices.kinds import Topic

MOVED_ON = "Somebody was quicker: the matter is at another step now. Look at it again before acting."
CLOSED_SINCE = "Somebody was quicker: the matter is closed now."


@transaction.atomic
def claim(*, by: Actor, matter_id: UUID) -> Matter:
    """Take a matter of one's post in hand, so that colleagues see it is being worked on."""
    matter = engine.locked(matter_id)
    require(policies.may_claim(by, matter))
    matter.claimed_by_id = by.person_id
    matter.save(update_fields=["claimed_by"])
    audit.record(Event.CLAIMED, by=by, subject=matter, place_path=matter.place_path)
    return matter


@transaction.atomic
def release_claim(*, by: Actor, matter_id: UUID) -> Matter:
    """Put a claimed matter back for one's colleagues."""
    matter = engine.locked(matter_id)
    require(policies.may_claim(by, matter))
    matter.claimed_by = None
    matter.save(update_fields=["claimed_by"])
    audit.record(Event.CLAIM_RELEASED, by=by, subject=matter, place_path=matter.place_path)
    return matter


@transaction.atomic
def release_claims_of(*, by: Actor, person_id: UUID, post_id: UUID) -> int:
    """Free what somebody had claimed in a post they no longer hold. Returns how many."""
    held = Matter.objects.select_for_update(of=("self",)).filter(claimed_by_id=person_id, holder_id=post_id)
    freed = list(held.exclude(state=State.CLOSED))
    for matter in freed:
        matter.claimed_by = None
        matter.save(update_fields=["claimed_by"])
        audit.record(Event.CLAIM_RELEASED, by=by, subject=matter, place_path=matter.place_path)
    return len(freed)


@transaction.atomic
@notices.together()
def move(
    *,
    by: Actor,
    matter_id: UUID,
    from_step: str,
    target: str,
    verb: str = "",
    note: str = "",
    parties: Collection[str] = (),
) -> Matter:
    """Move a matter from the step the actor was looking at. Two at once: one wins, the other is told.

    `parties` are those who take part, where the step settles it; they stand in the story before the note.
    """
    matter = engine.locked(matter_id)
    if matter.state == State.CLOSED:
        raise Refused(CLOSED_SINCE, status=409)
    if matter.step_key != from_step:
        raise Refused(MOVED_ON, status=409)
    require(policies.may_move(by, matter))
    step = read.current_step(matter)
    procedure = settings.procedure_of(matter)
    chosen = procedure.move(from_step, target, Verb(verb) if verb else None)
    if step is None or chosen is None:
        raise Refused(MOVED_ON, status=409)
    needs = procedure.needs_of(from_step, chosen.verb)
    if needs:
        require(steps.may_leave(needs, read.facts(matter, step)), status=422)
    offered = [one.zh for one in procedure.parties_of(from_step, chosen.verb)]
    decision, named = steps.taking_part(offered, parties if offered else ())
    require(decision, status=422)
    engine.leave(step, by=by, verb=chosen.verb.value, target=target, note=_told(named, note))
    audit.record(
        Event.MOVED,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        post_id=step.holder_id,
        fields=["step"],
        data={"from": from_step, "to": target, "verb": chosen.verb.value},
    )
    _arrive(matter, chosen, by)
    onward = None if chosen.target == CLOSED else procedure.step(chosen.target)
    shown = level_shown(chosen.verb, onward, matter.level)
    if shown is not None:
        keep_judgement(matter, by=by, level=shown.value)
    if chosen.verb is Verb.SETTLE_AT_ONCE:
        keep_judgement(matter, by=by, unit=OWN, duty=OWN)
    return matter


def _told(parties: list[str], note: str) -> str:
    """The note of a step that was left, those who take part before it."""
    if not parties:
        return note
    with translation.override(site.LANGUAGE_CODE):
        said = _("Who takes part: %(parties)s.") % {"parties": listed(parties, site.LANGUAGE_CODE)}
    return f"{said}\n{note}" if note else said


def _arrive(matter: Matter, chosen: Move, by: Actor) -> None:
    if chosen.target != CLOSED:
        engine.enter(matter, chosen.target, by=by)
        return
    engine.refuse_running_orders(matter)
    engine.close(matter, chosen.outcome or Outcome.ANSWERED, by=by)
    audit.record(
        Event.CLOSED, by=by, subject=matter, place_path=matter.place_path, data={"outcome": matter.outcome}
    )


@transaction.atomic
def withdraw(*, by: Actor, matter_id: UUID, ties: Ties) -> Matter:
    """The raiser takes the matter back. Running orders are withdrawn with it."""
    matter = engine.locked(matter_id)
    require(policies.may_withdraw(by, matter, ties))
    step = read.current_step(matter)
    if step is not None:
        engine.leave(step, by=by, verb="withdraw", target=CLOSED)
    matter.orders.exclude(state__in=STOPS_AT_END).update(
        state=OrderState.WITHDRAWN, suspended_at=None, suspended_until=None, suspended_why=""
    )
    matter.suspensions.filter(resumed_at__isnull=True).update(resumed_at=clock.now())
    engine.close(matter, Outcome.WITHDRAWN, by=by)
    audit.record(Event.WITHDRAWN, by=by, subject=matter, place_path=matter.place_path)
    return matter


@transaction.atomic
def reopen(*, by: Actor, matter_id: UUID, ties: Ties, reason: str) -> Matter:
    """Not solved after all: the matter goes on at the step that can send it back to work.

    The promise starts anew. Callbacks before it count no longer; the raiser judges again at the end.
    """
    matter = engine.locked(matter_id)
    times = settings.times_at(matter.place_path)
    moment = clock.now()
    until = clocks.reopen_until(matter.closed_at, times) if matter.closed_at else moment
    require(policies.may_reopen(matter, ties, until, moment))
    Callback.objects.filter(matter=matter, superseded=False).update(superseded=True)
    promised = clocks.promised_at(moment, Urgency(matter.urgency), times)
    step = engine.reopen_at(matter, _reopen_step(matter), promised, by=by)
    Contribution.objects.create(
        matter=matter,
        kind=ContributionKind.REOPENING.value,
        text=reason,
        person_id=by.person_id,
        at=moment,
        step_key=step.key,
    )
    engine.tell_raisers(Topic.MATTER_REOPENED, matter, by=by)
    if step.holder_id:
        engine.tell_post(Topic.MATTER_REOPENED, matter, step.holder_id, by=by)
    audit.record(Event.REOPENED, by=by, subject=matter, place_path=matter.place_path, data={"step": step.key})
    return matter


def _reopen_step(matter: Matter) -> str:
    """Where work begins again: the last step it was at that gives work out, else the first of all."""
    procedure = settings.procedure_of(matter)
    for key in matter.steps.order_by("-entered_at", "-id").values_list("key", flat=True):
        if procedure.step(key).opens_kind(OpeningKind.ORDERS, OpeningKind.WHISTLE):
            return str(key)
    return procedure.starts


@transaction.atomic
def record_outcome(*, by: Actor, opening_id: UUID, result: Mapping[str, Any], minutes: str) -> Opening:
    """What a meeting, ballot or opinion map this step opened came to: by hand, or told by their own apps.

    `result` holds counts and ids (who came, yes, no…); `minutes` are shown in the matter's story.
    """
    found = Opening.objects.select_related("step").filter(id=opening_id).first()
    if found is None:
        raise Refused(read.NOT_THERE, status=404)
    matter = engine.locked(found.step.matter_id)
    opening = Opening.objects.select_for_update(of=("self",)).select_related("step").get(id=opening_id)
    require(policies.may_record_outcome(by, matter))
    if opening.step.left_at is not None:
        raise Refused(MOVED_ON, status=409)
    talked_over = opening.kind == OpeningKind.SHARES  # can be taken up again and come to something else
    if opening.recorded_at is not None and not talked_over:
        raise Refused("Its outcome is already recorded.", status=409)
    opening.recorded_at, opening.recorded_by_id, opening.result = clock.now(), by.person_id, dict(result)
    opening.save(update_fields=["recorded_at", "recorded_by", "result"])
    asked = talked_over or opening.kind == OpeningKind.OPINIONS  # who is asked has not met
    Contribution.objects.create(
        matter=matter,
        kind=(ContributionKind.FINDINGS if asked else ContributionKind.MINUTES).value,
        text=minutes,
        person_id=by.person_id,
        post_id=opening.step.holder_id,
        at=clock.now(),
        step_key=opening.step.key,
    )
    audit.record(
        Event.OUTCOME_RECORDED,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        data={"opening": str(opening.id), "kind": opening.kind},
    )
    return opening
