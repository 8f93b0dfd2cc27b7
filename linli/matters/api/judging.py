"""How it ended: the raiser's own judgement by tracking code, and callbacks."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import Field, StrictBool, StrictInt

from linli.frame.api import Given, KeyRefused, Told, example, words, writes
from linli.frame.api import described as _
from linli.frame.doors import actor_of, holds
from linli.frame.limits import Limit
from linli.kernel.actor import ANONYMOUS
from linli.kernel.decision import Refused
from linli.matters.actions import judging
from linli.matters.api.matters import seen
from linli.matters.forms.words import MOST_SHORT
from linli.matters.kinds import Power
from linli.matters.read import one
from linli.matters.rules.ties import Ties

router = Router(tags=[_("how it ended")])
WRONG_CODES = Limit("key-codes", most=10)
MOST_SAID = 1000
Score = Annotated[int, StrictInt, Field(ge=1, le=5, description=_("5 very satisfied … 1 very dissatisfied."))]


class EvaluationGiven(Given):
    """The judgement of who raised a matter without a name, by its code."""

    model_config = example(code="7K3M-Q0ZD-94TB-HX2A", solved=True, score=5)

    code: words(40, least=1) = Field(examples=["7K3M-Q0ZD-94TB-HX2A"])  # type: ignore[valid-type]
    solved: StrictBool
    score: Score
    text: words(MOST_SAID) = ""  # type: ignore[valid-type]


class CallbackGiven(Given):
    """What one raiser said when asked; nobody reached is noted too."""

    model_config = example(reached=True, solved=True, score=4, note="灯亮了")

    raiser: UUID | None = Field(None, description=_("Who was asked; left out: who raised it first."))
    reached: StrictBool
    solved: StrictBool | None = None
    score: Score | None = None
    note: words(MOST_SHORT) = ""  # type: ignore[valid-type]


class Judged(Told):
    """What is on record now."""

    number: str
    at: datetime
    solved: bool | None
    score: int | None


def _code_is_right(request: HttpRequest, given: EvaluationGiven) -> None:
    """Every wrong code counts against the key, so that codes cannot be guessed through it."""
    side = str(actor_of(request).on_record)
    if WRONG_CODES.is_spent(side):
        raise KeyRefused(429)
    try:
        one.by_tracking_code(given.code)
    except Refused:
        WRONG_CODES.count(side)
        raise


@writes(
    router,
    "/evaluations",
    policy=holds(Power.ENTER),
    response=Judged,
    summary=_("Judge a matter by its tracking code"),
    status=201,
    missing=True,
    before=_code_is_right,
)
def evaluate(request: HttpRequest, given: EvaluationGiven) -> Judged:
    """The code is the right to judge; nothing of who holds it is kept. The code stands in the body alone."""
    matter = one.by_tracking_code(given.code)
    row = judging.evaluate(
        by=ANONYMOUS,
        matter_id=matter.id,
        ties=Ties(holds_tracking_code=True),
        solved=given.solved,
        score=given.score,
        text=given.text,
    )
    return _judged(matter, row)


@writes(
    router,
    "/matters/{matter_id}/callbacks",
    policy=holds(Power.CALLBACK),
    response=Judged,
    summary=_("Note a callback"),
    status=201,
    missing=True,
)
def call_back(request: HttpRequest, matter_id: UUID, given: CallbackGiven) -> Judged:
    """A later valid callback of the same raiser replaces the earlier. Nobody calls back their own work."""
    matter = seen(request, matter_id)
    raiser_id = given.raiser or next(iter(one.raisers(matter)), None)
    said = judging.Said(given.reached, given.solved, given.score, given.note)
    row = judging.call_back(by=actor_of(request), matter_id=matter.id, raiser_id=raiser_id, said=said)
    return _judged(matter, row)


def _judged(matter: Any, row: Any) -> Judged:
    return Judged(number=matter.number, at=row.at, solved=row.solved, score=row.score)
