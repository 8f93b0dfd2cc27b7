"""A question the demo's clerk asked, answered by made-up residents in two ways, with chance in between."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import yaml

from linli.deliberation.actions import answers, conversations, statements
from linli.deliberation.kinds import Answer
from linli.deliberation.models import Conversation
from linli.deliberation.read import opinions as read
from linli.kernel import clock
from linli.kernel.actor import SYSTEM, Actor
from linli.matters.procedures import loader
from linli.site.demo.cast import Cast

TOLD: Final = Path(loader.SHIPPED) / "demo" / "opinions.yaml"
ASKED: Final = timedelta(days=6)  # before the demo's day
RUNS: Final = timedelta(days=14)
TRUE_TO_ONES_SIDE: Final = 0.78
ANSWERED: Final = 0.9


def ask(cast: Cast, end: datetime) -> Conversation | None:
    """The question with its answers and one statement that waits; only in the community it is told of."""
    told = yaml.safe_load(TOLD.read_text(encoding="utf-8"))
    if told["community"] != cast.community.short_code:
        return None
    rng = Random(f"opinions {told['question']}")  # draws no lots of the matters': they stay as they are
    began = end - ASKED + timedelta(hours=9)
    with clock.at(began):
        row = conversations.open_conversation(
            by=cast.staff("community_clerk"),
            place_id=cast.community.id,
            question=told["question"],
            about=told["about"],
            starts=clock.today(),
            ends=clock.today() + RUNS,
            statements=[one["text"] for one in told["statements"]],
            is_demo=True,
        )
    neighbours = [Actor(person_id=one) for one in rng.sample(sorted(cast.residents), told["people"])]
    for number, by in enumerate(neighbours):
        with clock.at(began + (end - began) * rng.uniform(0.05, 0.95)):
            _answer(row, by, told["statements"], number % 2, rng)
    with clock.at(end - timedelta(hours=5)):
        statements.propose(by=neighbours[0], conversation_id=row.pk, text=told["proposed"])
        answers.draw(by=SYSTEM, conversation_id=row.pk)
    return row


def _answer(row: Conversation, by: Actor, told: list[dict[str, Any]], side: int, rng: Random) -> None:
    for statement, one in zip(read.statements(row.pk), told, strict=True):
        if rng.random() > ANSWERED:
            continue
        usual = one["sides"][side]
        said = usual if rng.random() < TRUE_TO_ONES_SIDE else rng.choice([0, -usual])
        answers.respond(by=by, statement_id=statement.pk, answer=Answer(said))
