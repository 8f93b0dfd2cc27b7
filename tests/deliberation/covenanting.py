"""A covenant for tests: drafted, put to residents, decided, published, step by step."""

from datetime import date, timedelta

from linli.deliberation.actions import covenants
from linli.deliberation.actions.covenants import Text
from linli.deliberation.kinds import Body, CovenantKind
from linli.deliberation.models import Covenant, Paragraph
from linli.deliberation.rules.covenants import Meeting
from linli.kernel.actor import SYSTEM
from linli.kernel.clock import today
from linli.people.actions import residence
from linli.people.kinds import ResidenceKind
from linli.places import actions as places
from linli.places.kinds import PlaceKind
from tests import world as worlds
from tests.world import BEGAN, World

TEXT = "邻里相遇问声好。\n晚上十点后不吵闹。\n楼道里不堆东西，电动车不进楼。"


def drafted(world: World, *, place: str = "community") -> Covenant:
    return covenants.draft(
        by=world.actor("clerk"),
        place_id=world.place(place),
        kind=CovenantKind.RESIDENTS,
        words=Text("建设社区居民公约", "大家一起定的规矩。", TEXT),
    )


def asked(world: World, *, days: int = 14, place: str = "community") -> Covenant:
    row = drafted(world, place=place)
    return covenants.consult(by=world.actor("clerk"), covenant_id=row.pk, ends=today() + timedelta(days=days))


def meeting(**changed: object) -> Meeting:
    given = {"body": Body.ASSEMBLY, "met_on": today(), "entitled": 100, "present": 60, "in_favour": 50}
    return Meeting(**(given | changed))


def adopted(world: World, **more: object) -> Covenant:
    row = asked(world, **more)
    clerk = world.actor("clerk")
    covenants.end_consultation(by=clerk, covenant_id=row.pk)
    covenants.decide(by=clerk, covenant_id=row.pk, meeting=meeting())
    row.refresh_from_db()
    return row


def in_force(world: World, **more: object) -> Covenant:
    return covenants.publish(by=world.actor("clerk"), covenant_id=adopted(world, **more).pk)


def paragraph(row: Covenant, number: int) -> Paragraph:
    return Paragraph.objects.get(covenant=row, number=number)


def neighbour(world: World, key: str, home: str, name: str = "李明") -> None:
    """Somebody who lives in a home of the entrance; the home is opened when nobody lives there yet."""
    if home not in world.places:
        world.places[home] = places.open_place(
            by=SYSTEM,
            kind=PlaceKind.HOME,
            name=home,
            label=home,
            parent_id=world.place("entrance"),
            opened_on=date(2020, 1, 1),
        )
    worlds.add_person(world, key, name)
    residence.move_in(
        by=SYSTEM,
        person_id=world.persons[key],
        place_id=world.place(home),
        kind=ResidenceKind.USUAL,
        starts=BEGAN,
    )
