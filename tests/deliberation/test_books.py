"""What is talked over, as books: nothing of who said it, nothing that is out of sight, no formula."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from linli.audit.models import Entry
from linli.deliberation.actions import doubts, nominations, proposals, signatures, works_lines
from linli.deliberation.actions.nominations import Words
from linli.deliberation.actions.works_lines import Material
from linli.deliberation.models import Appraisal, Covenant, Topic, Works
from linli.kernel.clock import today
from tests import world as worlds
from tests.books import cells, formulas, last_taken_out, nobody_exports, refused, sheet
from tests.deliberation import building, contesting, covenanting, honouring, talking
from tests.matters.desking import desk, shown
from tests.world import World

DAY = "2026-11-16"
MATERIAL = Material("SBS 防水卷材", "屋面", "河西建材厂", "Ⅱ型", "20261110-3", today())


@dataclass(frozen=True)
class Book:
    """A book, the page that leads to it, and what they are of, by the name of the fixture's part."""

    name: str
    page: str
    of: str = ""


BOOKS = [
    Book("topics_desk:topics_xlsx", "topics_desk:topics"),
    Book("topics_desk:topic_xlsx", "topics_desk:topic", "topic"),
    Book("topics_desk:topic_xlsx", "topics_desk:topic", "contest"),
    Book("opinions_desk:conversations_xlsx", "opinions_desk:conversations"),
    Book("covenants_desk:covenants_xlsx", "covenants_desk:covenants"),
    Book("covenants_desk:signed_xlsx", "covenants_desk:signed", "covenant"),
    Book("covenants_desk:signatures_xlsx", "covenants_desk:signed", "covenant"),
    Book("surveys_desk:surveys_xlsx", "surveys_desk:surveys"),
    Book("appraisals_desk:appraisals_xlsx", "appraisals_desk:appraisals"),
    Book("appraisals_desk:nominations_xlsx", "appraisals_desk:appraisal", "appraisal"),
    Book("works_desk:all_xlsx", "works_desk:all"),
    Book("works_desk:materials_xlsx", "works_desk:works", "works"),
    Book("works_desk:doubts_xlsx", "works_desk:works", "works"),
    Book("works_desk:homes_xlsx", "works_desk:homes", "works"),
    Book("shares_desk:all_xlsx", "shares_desk:all"),
]


@dataclass(frozen=True)
class Talked:
    """A community where everything is going on at once."""

    world: World
    topic: Topic
    contest: Topic
    covenant: Covenant
    appraisal: Appraisal
    works: Works

    def at_desk(self, language: str = "en") -> Client:
        return desk(self.world, "clerk", language)

    def address(self, name: str, of: str = "") -> str:
        return reverse(name, args=[getattr(self, of).pk] if of else [])

    def book(self, name: str, of: str = "", **asked: str) -> Any:
        return self.at_desk().get(self.address(name, of), asked)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with worlds.on(DAY):
        yield


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Talked]:
    """One community for all tests of this file; what each does in it is rolled back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        with worlds.on(DAY):
            yield talked(worlds.build())
        transaction.set_rollback(True)


@pytest.fixture
def going_on(_built: Talked, db: None) -> Talked:
    world = _built.world
    kept = {"places": dict(world.places), "persons": dict(world.persons), "phones": dict(world.phones)}
    return replace(_built, world=replace(world, **kept))


def talked(world: World) -> Talked:
    wang, clerk = world.actor("wang"), world.actor("clerk")
    topic = contesting.opened(world)
    contesting.raised(world, topic, title="=1+1")
    hidden = contesting.raised(world, topic, "chen", title="某某不要脸")
    proposals.hide(by=clerk, proposal_id=hidden.pk, reason="骂人")
    contest = contesting.contest(world)
    talking.opened(world)
    covenant = covenanting.in_force(world)
    signatures.sign(by=wang, covenant_id=covenant.pk, shown=False)
    honouring.asked(world)
    appraisal = honouring.opened(world)
    honouring.agreed(world, appraisal, "chen", full_name=True) if False else None
    works = building.building(world)
    works_lines.keep_material(by=clerk, works_id=works.pk, kept=MATERIAL)
    doubts.ask(by=wang, works_id=works.pk, text="=HYPERLINK(1)")
    out_of_sight = doubts.ask(by=wang, works_id=works.pk, text="某某收了钱")
    doubts.hide(by=clerk, doubt_id=out_of_sight.pk, reason="点了名")
    return Talked(world, topic, contest, covenant, appraisal, works)
