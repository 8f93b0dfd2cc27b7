"""The demo's past: about a hundred matters a community, replayed through the real actions, and words to all.

Each community is replayed in a process of its own, several at a time: they share no rows that both lock.
"""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.matters.actions import procedures, serials
from linli.matters.models import ProcedureVersion
from linli.matters.procedures import loader
from linli.matters.triage.taxonomy import load_taxonomy
from linli.notices import actions as notices
from linli.places.models import Place
from linli.site import pool
from linli.site.demo import ballots, covenants, honours, opinions, owed, shares, stories, topics, works
from linli.site.demo.cast import Cast
from linli.site.demo.course import Course

SHIPPED = Path(loader.SHIPPED) / "demo"
A_COMMUNITY = 100
DAYS = 120
RESERVED = 1000  # serials: more than a community has matters or orders in its past
READY = "linli.site.ready"  # named, not imported: this process does without most of it
PROCESSES = 3  # of nine alike: on two cores they end together
# What each community follows (communities.md); all know the plain way besides.
FOLLOWS = {
    "MZJ": "six-steps",
    "RML": "item-by-item",
    "ZX": "five-affairs",
    "JS": "five-affairs",
    "LX": "call-whistle-report",
    "LH": "call-whistle-report",
    "DY": "three-mechanisms",
}
ALSO = {"MZJ": ("order-dispatch-accept",)}
BY_CHOICE = {"RML": ("five-steps", "lift")}
# Where the matters of the residents with a demo login stand: whose, template, step to stop at, days ago.
MEMBERS = (
    (0, "晚上回来没地方停车", "negotiate", 12),
    (0, "", "judge callback feedback", 14),
    (0, "", "", 70),
    (0, "", "", 45),
    (1, "", "act handle carry_out", 9),
    (1, "", "judge callback feedback", 16),
    (1, "", "", 60),
)
STUCK = "act handle carry_out discuss assess"
RECENT = timedelta(days=18)  # what has stood still longer would have been noticed


@contextmanager
def replaying(
    today: date, progress: Callable[[str], None], tell: Callable[[str, date], str]
) -> Iterator[Callable[[Place], None]]:
    """Inside the block communities may be handed over, each once it is loaded; at its end all are replayed.

    Each adopts its procedures; `tell` runs its past up to the demo's day, in a process of its own.
    """
    versions = store(today)
    serials.reserve(RESERVED)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([READY])
    with ProcessPoolExecutor(PROCESSES, mp_context=context, initializer=pool.begin) as workers:
        told: list[Future[str]] = []

        def begin(community: Place) -> None:
            adopt(today, community, versions)
            told.append(workers.submit(tell, str(community.id), today))

        yield begin
        for one in told:
            progress(one.result())


def store(today: date) -> dict[str, ProcedureVersion]:
    """Store every shipped procedure; gives the newest of each practice."""
    versions: dict[str, ProcedureVersion] = {}
    with clock.at(_adopted_at(today)):
        for practice in loader.load_folder():
            for parsed in practice.procedures:
                versions[practice.code] = procedures.store_procedure(
                    by=SYSTEM, practice=practice.code, parsed=parsed
                )
    return versions


def adopt(today: date, community: Place, versions: dict[str, ProcedureVersion]) -> None:
    """What a community follows, and the plain way besides."""
    code = community.short_code
    own = FOLLOWS.get(code, "plain")
    with clock.at(_adopted_at(today)):
        for name in dict.fromkeys((own, "plain", *ALSO.get(code, ()), *BY_CHOICE.get(code, ()))):
            procedures.adopt(
                by=SYSTEM,
                community_id=community.id,
                version_id=versions[name].id,
                is_default=name == own,
                by_choice=name in BY_CHOICE.get(code, ()),
            )


def _adopted_at(today: date) -> datetime:
    return datetime.combine(today - timedelta(days=DAYS + 30), time(9), clock.SHANGHAI)


def replay_community(community: Place, today: date) -> str:
    """One community's matters and announcements. Deterministic for a community and a day."""
    rng = Random(f"matters {community.short_code} {today}")
    end = datetime.combine(today, time(0, 30), clock.SHANGHAI)
    with clock.at(end):
        cast = Cast(community, rng, today)
    taxonomy = load_taxonomy()
    templates = _told("matters")
    with notices.replaying(keep=frozenset(row.person_id for row in cast.members)):
        courses = _courses(cast, templates, rng, taxonomy, end)
        for course in courses:
            course.run()
        _announce(cast, end, rng)
        opinions.ask(cast, end)
        covenants.promise(cast, end)
        honours.honour(cast, end)
        honours.survey(cast, end)
        ballots.decide(cast, end)
        shares.talk_over(cast, end)
        topics.talk(cast, end)
        works.lay_open(cast, end)
        owed.react(community)
    return f"{community.name}: {len(courses)}"


@cache
def _told(name: str) -> list[dict[str, Any]]:
    """One of the shipped files, by the parser in C: the one in Python takes a second for the matters."""
    told: list[dict[str, Any]] = yaml.load((SHIPPED / f"{name}.yaml").read_bytes(), yaml.CSafeLoader)[name]
    return told


def _courses(
    cast: Cast, templates: list[dict[str, Any]], rng: Random, taxonomy: Any, end: datetime
) -> list[Course]:
    own = [_of_member(cast, templates, rng, taxonomy, end, number) for number in range(len(MEMBERS))]
    courses = [course for course in own if course is not None]
    for told in rng.sample(templates, min(A_COMMUNITY, len(templates)) - len(courses)):
        ago = timedelta(days=DAYS * rng.random() ** 2, hours=rng.uniform(2, 12))
        course = Course(cast, told, Random(rng.random()), taxonomy, end - ago, end, cast.resident())
        if ago < RECENT and (told["ended"] == "unresolved" or rng.random() < 0.25):
            course.stop_at = STUCK
        courses.append(course)
    courses += stories.of(cast, _told("stories"), taxonomy, end)
    return sorted(courses, key=lambda course: course.at)


def _of_member(
    cast: Cast, templates: list[dict[str, Any]], rng: Random, taxonomy: Any, end: datetime, number: int
) -> Course | None:
    if not cast.members:
        return None
    member, title, stop_at, days = MEMBERS[number]
    named = [told for told in templates if told["title"] == title]
    usual = [told for told in templates if told["channel"] == "app" and not told["turns"] and told["score"]]
    told = named[0] if named else rng.choice(usual)
    raiser = cast.members[member % len(cast.members)].person_id
    when = end - timedelta(days=days, hours=2)
    return Course(cast, told, Random(rng.random()), taxonomy, when, end, raiser, stop_at)


def _announce(cast: Cast, end: datetime, rng: Random) -> None:
    """Announcements written by the clerk and approved by the secretary; one waits for approval."""
    texts = _told("announcements")
    chosen = rng.sample(texts, min(5, len(texts)))
    for number, told in enumerate(chosen):
        written = end - timedelta(days=2 + 9 * number, hours=14)
        with clock.at(written):
            row = notices.draft_announcement(
                by=cast.staff("community_clerk"),
                place_id=cast.community.id,
                title=told["title"],
                body=told["body"],
                is_demo=True,
            )
            notices.submit(by=cast.staff("community_clerk"), announcement_id=row.id)
        if number > 0 or cast.community.short_code == "DY":
            with clock.at(written + timedelta(hours=3)):
                notices.approve(by=cast.staff("community_secretary"), announcement_id=row.id)
