"""Works laid open, for tests: a file with an option and a part, decided on, built, before the homes."""

from datetime import timedelta
from typing import Any

from linli.deliberation.actions import acceptance, works_lines
from linli.deliberation.actions import works as acts
from linli.deliberation.actions.works import Head, House
from linli.deliberation.actions.works_lines import Option, Part, Promise
from linli.deliberation.kinds import WarrantyKind
from linli.deliberation.models import Works, WorksOption
from linli.kernel.clock import today
from tests.world import World

ADDED = timedelta(days=10)


def opened(world: World, *, place: str = "building", house: House | None = None) -> Works:
    """A file with an option and a part, before residents."""
    clerk = world.actor("clerk")
    row = acts.open_works(
        by=clerk,
        place_id=world.place(place),
        head=Head("3号楼屋面防水", builder="宏宇防水公司"),
        house=house or House(),
    )
    works_lines.keep_option(by=clerk, works_id=row.pk, kept=Option("做两层", from_fund=3_600_050))
    works_lines.keep_part(by=clerk, works_id=row.pk, kept=Part("铺卷材", today(), today()))
    return acts.lay_open(by=clerk, works_id=row.pk)


def building(world: World, **more: Any) -> Works:
    """The same, decided on."""
    row = opened(world, **more)
    option = WorksOption.objects.get(works=row)
    return acts.decide(
        by=world.actor("clerk"), works_id=row.pk, option_id=option.pk, decided_on=today(), words="业主表决"
    )


def asked(world: World, **more: Any) -> Works:
    """The same, done, and the homes asked for ten days."""
    row, clerk = building(world, **more), world.actor("clerk")
    part = row.parts.get()
    done = Part(part.title, part.plan_from, part.plan_to, today(), today())
    works_lines.keep_part(by=clerk, works_id=row.pk, kept=done, part_id=part.pk)
    promise = Promise(WarrantyKind.WATERPROOFING, "屋面防水", 60)
    works_lines.keep_warranty(by=clerk, works_id=row.pk, kept=promise)
    return acceptance.put(by=clerk, works_id=row.pk, until=today() + ADDED)
