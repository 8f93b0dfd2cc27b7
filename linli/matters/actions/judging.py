"""How it ended: callbacks 回访, the raisers' own judgement, and approved exclusions from the rates."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused, require
from linli.matters import policies
from linli.matters.actions import engine
from linli.matters.kinds import Event, OpeningKind
from linli.matters.models import Callback, Evaluation, Exclusion, Matter
from linli.matters.read import one as read
from linli.matters.rules.ties import Ties

LEVELS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Said:
    """What a raiser answered on the phone. Nobody reached: only that it was tried."""

    reached: bool
    solved: bool | None = None
    score: int | None = None
    note: str = ""


@transaction.atomic
def call_back(*, by: Actor, matter_id: UUID, raiser_id: UUID | None, said: Said) -> Callback:
    """Ask one raiser how it ended. A later valid callback of the same raiser replaces the earlier."""
    matter = engine.locked(matter_id)
    require(policies.may_call_back(by, matter, read.workers(matter)))
    known: list[UUID | None] = [*read.raisers(matter)]
    if raiser_id not in (known or ([None] if matter.anonymous else [])):
        raise Refused("This person did not raise the matter.", status=422)
    if said.reached and (said.solved is None or said.score not in LEVELS):
        raise Refused("Please note whether it is solved, and one of the five levels.", status=422)
    if said.reached:
        Callback.objects.filter(matter=matter, raiser_id=raiser_id, reached=True).update(superseded=True)
    callback = Callback.objects.create(
        matter=matter,
        raiser_id=raiser_id,
        by_id=by.person_id,
        at=clock.now(),
        reached=said.reached,
        solved=said.solved if said.reached else None,
        score=said.score if said.reached else None,
        note=said.note,
    )
    audit.record(
        Event.CALLED_BACK, by=by, subject=matter, place_path=matter.place_path, data={"reached": said.reached}
    )
    return callback


@transaction.atomic
def evaluate(
    *, by: Actor, matter_id: UUID, ties: Ties, solved: bool, score: int, text: str = ""
) -> Evaluation:
    """评一评: the raiser's own judgement, five levels. It counts like a valid callback of theirs."""
    matter = engine.locked(matter_id)
    require(policies.may_evaluate(matter, ties, read.is_open_to(matter, OpeningKind.EVALUATION)))
    if score not in LEVELS:
        raise Refused("Please choose one of the five levels.", status=422)
    if read.evaluation_of(matter, by.person_id) is not None:
        raise Refused("You have judged this already. You can add one follow-up comment.", status=409)
    moment = clock.now()
    evaluation = Evaluation.objects.create(
        matter=matter,
        raiser_id=by.person_id,
        solved=solved,
        score=score,
        text=text,
        at=moment,
        round=matter.reopened,
    )
    earlier = Callback.objects.filter(matter=matter, raiser_id=by.person_id, reached=True)
    earlier.update(superseded=True)
    Callback.objects.create(
        matter=matter, raiser_id=by.person_id, by_id=None, at=moment, reached=True, solved=solved, score=score
    )
    audit.record(Event.EVALUATED, by=by, subject=matter, place_path=matter.place_path, data={"score": score})
    return evaluation


@transaction.atomic
def follow_up(*, by: Actor, matter_id: UUID, ties: Ties, text: str) -> Evaluation:
    """追评: one more comment, later; the score stays."""
    matter = engine.locked(matter_id)
    require(policies.may_evaluate(matter, ties, read.is_open_to(matter, OpeningKind.EVALUATION)))
    evaluation = read.evaluation_of(matter, by.person_id)
    if evaluation is None:
        raise Refused("Judge it first; then you can add a comment.", status=409)
    if evaluation.follow_up_at is not None:
        raise Refused("You have already added your follow-up comment.", status=409)
    evaluation.follow_up, evaluation.follow_up_at = text, clock.now()
    evaluation.save(update_fields=["follow_up", "follow_up_at"])
    audit.record(Event.COMMENTED_AGAIN, by=by, subject=matter, place_path=matter.place_path)
    return evaluation


@transaction.atomic
def ask_exclusion(*, by: Actor, matter_id: UUID, reason: str) -> Exclusion:
    """剔除: ask that a matter not count in the rates. It counts until somebody else approves."""
    matter = engine.locked(matter_id)
    require(policies.may_ask_exclusion(by, matter))
    if Exclusion.objects.filter(matter=matter).exists() or by.person_id is None:
        raise Refused("This was asked for already.", status=409)
    exclusion = Exclusion.objects.create(
        matter=matter, reason=reason, asked_by_id=by.person_id, asked_at=clock.now()
    )
    audit.record(
        Event.EXCLUDED, by=by, subject=matter, place_path=matter.place_path, data={"approved": False}
    )
    return exclusion


@transaction.atomic
def approve_exclusion(*, by: Actor, matter_id: UUID) -> Exclusion:
    """Somebody else than who asked approves that a matter does not count."""
    matter: Matter = engine.locked(matter_id)
    exclusion = Exclusion.objects.filter(matter=matter).first()
    if exclusion is None or exclusion.approved_at is not None:
        raise Refused("There is nothing to decide here any more.", status=409)
    require(policies.may_approve_exclusion(by, matter, exclusion.asked_by_id))
    exclusion.approved_by_id, exclusion.approved_at = by.person_id, clock.now()
    exclusion.save(update_fields=["approved_by", "approved_at"])
    audit.record(Event.EXCLUDED, by=by, subject=matter, place_path=matter.place_path, data={"approved": True})
    return exclusion
