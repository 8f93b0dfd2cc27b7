"""Topics, proposals and a contest for a courtyard's name, for tests."""

from datetime import date, timedelta
from typing import Any

from linli.deliberation.actions import naming, proposals, topics
from linli.deliberation.actions.proposals import Words
from linli.deliberation.actions.topics import Opening, Promise
from linli.deliberation.models import Name, Proposal, Proposer, Topic
from linli.kernel.actor import SYSTEM
from linli.kernel.clock import today
from linli.people.actions import residence
from linli.people.kinds import ResidenceKind
from linli.places import actions as places
from linli.places.kinds import PlaceKind
from tests import world as worlds
from tests.deliberation.covenanting import neighbour
from tests.world import BEGAN, World

SECTIONS = ("停车", "绿化")


def neighbours(world: World, count: int) -> list[str]:
    """So many more people in the entrance, by their keys."""
    keys = [f"n{number}" for number in range(count)]
    for number, key in enumerate(keys):
        neighbour(
            world, key, f"{5 + number // 2:02d}{1 + number % 2:02d}", f"邻居{'甲乙丙丁戊己庚辛'[number]}"
        )
    return keys


def opened(world: World, *, days: int = 30, threshold: int = 2, **more: Any) -> Topic:
    opening = Opening("夜里怎么停车", "大家说说。", today(), today() + timedelta(days=days))
    return topics.open_topic(
        by=world.actor("clerk"),
        place_id=world.place("community"),
        opening=opening,
        promise=Promise(threshold, 5),
        sections=SECTIONS,
        **more,
    )


def raised(world: World, topic: Topic, who: str = "wang", title: str = "画线停车") -> Proposal:
    by = world.actor(who)
    return proposals.raise_proposal(by=by, topic_id=topic.pk, words=Words(title, "先到先停。"), section=1)


def courtyard(world: World) -> None:
    """A courtyard with one building, and two homes somebody lives in."""
    plan = [
        ("courtyard", PlaceKind.COURTYARD, "3号院", "c03", "community"),
        ("c-building", PlaceKind.BUILDING, "1栋", "b1", "courtyard"),
        ("c-entrance", PlaceKind.ENTRANCE, "1单元", "u1", "c-building"),
        ("c-home1", PlaceKind.HOME, "101", "0101", "c-entrance"),
        ("c-home2", PlaceKind.HOME, "102", "0102", "c-entrance"),
        ("c-home3", PlaceKind.HOME, "201", "0201", "c-entrance"),
    ]
    for key, kind, name, label, parent in plan:
        world.places[key] = places.open_place(
            by=SYSTEM, kind=kind, name=name, label=label, parent_id=world.place(parent), opened_on=BEGAN
        )
    for key, name, home in (("zhao", "赵一鸣", 1), ("qian", "钱多多", 2), ("sun", "孙小美", 3)):
        worlds.add_person(world, key, name)
        residence.move_in(
            by=SYSTEM,
            person_id=world.persons[key],
            place_id=world.place(f"c-home{home}"),
            kind=ResidenceKind.USUAL,
            starts=BEGAN,
        )


def contest(world: World, *, days: int = 14, names_each: int = 1) -> Topic:
    if "courtyard" not in world.places:
        courtyard(world)
    opening = Opening("给3号院起个名字", "", today(), today() + timedelta(days=days))
    return topics.open_contest(
        by=world.actor("clerk"),
        place_id=world.place("courtyard"),
        opening=opening,
        names_each=names_each,
    )


def entered(
    world: World, topic: Topic, who: str, text: str, *, why: str = "院里有槐树", shown: bool = False
) -> Proposer:
    return naming.enter(by=world.actor(who), topic_id=topic.pk, text=text, why=why, shown=shown)


def name(topic: Topic, text: str) -> Name:
    return Name.objects.get(topic=topic, text=text)


def since(day: str) -> date:
    return date.fromisoformat(day)
