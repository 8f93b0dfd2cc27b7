"""A conversation for tests: a building full of people who think in two ways about parking."""

from datetime import date, timedelta
from uuid import UUID

from linli.deliberation.actions import answers, conversations
from linli.deliberation.kinds import Answer
from linli.deliberation.models import Conversation, Statement
from linli.kernel.actor import SYSTEM
from linli.kernel.clock import today
from linli.people.actions import residence
from linli.people.kinds import ResidenceKind
from tests import world as worlds
from tests.world import BEGAN, World

QUESTION = "晚上车停不下，怎么办？"
STATEMENTS = (
    "外来车辆晚上不许进小区",
    "每户只能停一辆车",
    "花坛边上可以改成车位",
    "消防通道上不能停车",
    "车位应该收费",
    "老人小孩走路的地方要留出来",
)
# The two sides agree on the fourth and the sixth and part on the rest.
SIDES = ((1, 1, -1, 1, 1, 1), (-1, -1, 1, 1, -1, 1))


def neighbours(world: World, count: int) -> list[str]:
    """So many people who live in the building; their keys."""
    keys = [f"n{number}" for number in range(count)]
    for key in keys:
        worlds.add_person(world, key, f"邻居{key}")
        residence.move_in(
            by=SYSTEM,
            person_id=world.persons[key],
            place_id=world.place("entrance"),
            kind=ResidenceKind.USUAL,
            starts=BEGAN,
        )
    return keys


def opened(
    world: World, *, place: str = "community", starts: date | None = None, days: int = 14
) -> Conversation:
    """A conversation the clerk opened today."""
    first = starts or today()
    return conversations.open_conversation(
        by=world.actor("clerk"),
        place_id=world.place(place),
        question=QUESTION,
        about="",
        starts=first,
        ends=first + timedelta(days=days),
        statements=STATEMENTS,
    )


def statement(row: Conversation, number: int) -> UUID:
    return Statement.objects.get(conversation=row, number=number).pk


def say(world: World, row: Conversation, key: str, *given: int | None) -> None:
    """Somebody's answers to the first statements; None leaves one out."""
    for number, answer in enumerate(given):
        if answer is not None:
            answers.respond(by=world.actor(key), statement_id=statement(row, number), answer=Answer(answer))


def camps(world: World, row: Conversation, keys: list[str]) -> None:
    """Everybody answers, by turns from the one side and the other."""
    for number, key in enumerate(keys):
        say(world, row, key, *SIDES[number % 2])
