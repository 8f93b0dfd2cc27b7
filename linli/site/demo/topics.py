"""What the demo's residents propose and support, and the names a courtyard looks for: all of it made up."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import yaml

from linli.deliberation.actions import comments, naming, proposals, topics
from linli.deliberation.actions.proposals import Words
from linli.deliberation.actions.topics import Opening, Promise
from linli.deliberation.kinds import Stance, Verdict
from linli.deliberation.models import Proposal, Topic
from linli.deliberation.read import naming as names
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters.procedures import loader
from linli.places import read as places
from linli.places.kinds import PlaceKind
from linli.site.demo.cast import Cast

TOLD: Final = Path(loader.SHIPPED) / "demo" / "topics.yaml"
OPENED: Final = timedelta(days=14)  # before the demo's day, as the rest
REPLIED: Final = timedelta(days=2, hours=14)
RUNS: Final = timedelta(days=30)
LOOKED: Final = timedelta(days=20)
ENTERED: Final = timedelta(days=10)
NAMED: Final = 0.5  # who agrees to be named with a name


def talk(cast: Cast, end: datetime) -> list[Topic]:
    """The topics and contests told of this community."""
    told = yaml.safe_load(TOLD.read_text(encoding="utf-8"))
    code = cast.community.short_code
    made = [_topic(cast, one, end) for one in told["topics"] if one["community"] == code]
    made += [_contest(cast, one, end) for one in told["names"] if one["community"] == code]
    return [row for row in made if row is not None]


def _opening(told: dict[str, Any], starts: date, runs: timedelta) -> Opening:
    return Opening(told["title"], told["about"], starts, starts + runs)


def _people(cast: Cast, path: str, count: int, seed: str) -> list[Actor]:
    """Residents of a place, drawn without touching the lots of the matters: they stay as they are."""
    here = sorted(one for one in cast.residents if cast.homes[one].path.startswith(path))
    return [Actor(person_id=one) for one in Random(seed).sample(here, min(count, len(here)))]


def _topic(cast: Cast, told: dict[str, Any], end: datetime) -> Topic | None:
    people = _people(cast, cast.community.path, 14, f"topic {told['title']}")
    if len(people) <= told["threshold"]:
        return None
    clerk = cast.staff("community_clerk")
    with clock.at(end - OPENED + timedelta(hours=9)):
        row = topics.open_topic(
            by=clerk,
            place_id=cast.community.id,
            opening=_opening(told, clock.today(), RUNS),
            promise=Promise(told["threshold"], told["workdays"]),
            sections=told["sections"],
            is_demo=True,
        )
    raised = [_proposal(row, one, people[number:], end) for number, one in enumerate(told["proposals"])]
    with clock.at(end - REPLIED):
        _speak(raised, told["comments"], people)
        for one, made in zip(told["proposals"], raised, strict=True):
            if "into" in one:
                proposals.merge(by=clerk, proposal_id=made.pk, into_id=raised[one["into"] - 1].pk)
        for one in told["replies"]:
            verdict, key = Verdict(one["verdict"]), raised[one["proposal"] - 1].pk
            proposals.reply(by=clerk, proposal_id=key, verdict=verdict, text=one["text"])
    return row


def _proposal(topic: Topic, told: dict[str, Any], people: list[Actor], end: datetime) -> Proposal:
    """A proposal of the first of them, supported by those after."""
    with clock.at(end - timedelta(days=told["days"] - 1, hours=5)):
        words = Words(told["title"], told["text"])
        row = proposals.raise_proposal(by=people[0], topic_id=topic.pk, words=words, section=told["section"])
        for by in people[1 : told["supporters"] + 1]:
            proposals.support(by=by, proposal_id=row.pk)
    return row


def _speak(raised: list[Proposal], told: Iterable[dict[str, Any]], people: list[Actor]) -> None:
    for one, by, other in zip(told, people[1:], people[2:], strict=False):
        said = comments.comment(
            by=by, proposal_id=raised[one["proposal"] - 1].pk, stance=Stance(one["stance"]), text=one["text"]
        )
        if "answer" in one:
            comments.answer(by=other, comment_id=said.pk, text=one["answer"])


def _contest(cast: Cast, told: dict[str, Any], end: datetime) -> Topic | None:
    """A contest whose names have come in and go before the vote; each left out with its reason."""
    inside = places.subtree(cast.community.path)
    yard = inside.filter(kind=PlaceKind.COURTYARD.value, name=told["courtyard"]).first()
    wanted = sum(one["by"] for one in told["names"])
    people = _people(cast, yard.path, wanted, f"names {told['title']}") if yard else []
    if yard is None or len(people) < wanted:
        return None
    clerk, rng = cast.staff("community_clerk"), Random(f"named {told['title']}")
    with clock.at(end - LOOKED + timedelta(hours=9)):
        row = topics.open_contest(
            by=clerk,
            place_id=yard.pk,
            opening=_opening(told, clock.today(), ENTERED),
            names_each=1,
            is_demo=True,
        )
    left = iter(people)
    for one in told["names"]:
        for _each in range(one["by"]):
            with clock.at(end - LOOKED + ENTERED * rng.uniform(0.1, 0.9)):
                naming.enter(
                    by=next(left),
                    topic_id=row.pk,
                    text=one["text"],
                    why=one["why"],
                    shown=rng.random() < NAMED,
                )
    with clock.at(end - REPLIED):
        reasons = {one["text"]: one["out"] for one in told["names"] if "out" in one}
        keys = {each.text: each.pk for each in names.names(row.pk)}
        left_out = {keys[text]: reason for text, reason in reasons.items()}
        naming.shortlist(by=clerk, topic_id=row.pk, left_out=left_out)
    return row
