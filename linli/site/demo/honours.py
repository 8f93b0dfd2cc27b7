"""Appraisals and a survey of the demo: told in a file, acted by made-up residents, with chance in between."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import yaml

from linli.deliberation.actions import appraisals, choosing, nominations, survey_answers, surveys
from linli.deliberation.actions.appraisals import Plan
from linli.deliberation.actions.nominations import Consent, Words
from linli.deliberation.actions.surveys import Ask
from linli.deliberation.kinds import Honours, QuestionKind, TieRule
from linli.deliberation.models import Appraisal, Nomination, Survey
from linli.deliberation.read import appraisals as read
from linli.deliberation.rules.appraisals import Days, Weights, is_child
from linli.deliberation.rules.surveys import LEVELS
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.matters.procedures import loader
from linli.people import read as people
from linli.site.demo.cast import Cast

TOLD: Final = Path(loader.SHIPPED) / "demo" / "honours.yaml"
PAST: Final = timedelta(days=69, hours=14)  # before the demo's day the finished appraisal was opened
RUNNING: Final = timedelta(days=11, hours=14)  # and the one residents choose in now
ASKED: Final = (timedelta(days=189, hours=14), timedelta(days=4, hours=14))  # the two rounds of the survey
RUNS: Final = timedelta(days=14)
NAMES_WHOLE: Final = 0.6
WRITES: Final = 0.3


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = yaml.load(TOLD.read_bytes(), yaml.CSafeLoader)
    return told


def honour(cast: Cast, end: datetime) -> list[Appraisal]:
    """An appraisal on the honours roll and one being chosen in; only in the community they are told of."""
    told = _told()
    if told["community"] != cast.community.short_code:
        return []
    past = _appraise(cast, told["past"], end - PAST, Random("honours past"))
    with clock.at(end - PAST + timedelta(days=22)):
        appraisals.post(by=cast.staff("community_clerk"), appraisal_id=past.pk)
    with clock.at(end - PAST + timedelta(days=30)):
        appraisals.conclude(by=cast.staff("community_clerk"), appraisal_id=past.pk)
    running = _appraise(cast, told["running"], end - RUNNING, Random("honours running"))
    return [past, running]


def _appraise(cast: Cast, told: dict[str, Any], began: datetime, rng: Random) -> Appraisal:
    """Opened, put forward, agreed to, judged and chosen in; draws no lots of the matters'."""
    clerk, grown = cast.staff("community_clerk"), _grown(cast, rng)
    with clock.at(began):
        day = clock.today()
        days = Days(day + timedelta(days=5), day + timedelta(days=9), day + timedelta(days=20), 7)
        plan = Plan(
            title=told["title"],
            about=told["about"],
            honours=Honours(told["honours"]),
            criteria=told["criteria"],
            seats=told["seats"],
            choices=told["choices"],
            weights=Weights(jury=4, residents=6),
            tie=TieRule.SHARED,
            self_allowed=False,
        )
        row = appraisals.open_appraisal(
            by=clerk, place_id=cast.community.id, plan=plan, days=days, is_demo=True
        )
        seated = [grown.pop() for _seat in range(2)]
        for person_id in seated:
            appraisals.name_juror(by=clerk, appraisal_id=row.pk, person_id=person_id)
    with clock.at(began + timedelta(days=2)):
        candidates = [_put_forward(clerk, row, each, grown.pop(), rng) for each in told["nominations"]]
        if "waiting" in told:
            words = Words("五楼靠东那家", told["waiting"], "茉莉阳台")
            nominations.nominate(by=Actor(person_id=grown.pop()), appraisal_id=row.pk, words=words)
    with clock.at(began + timedelta(days=10)):
        _choose(
            row,
            candidates,
            [Actor(person_id=one) for one in seated],
            [Actor(person_id=one) for one in grown[: told["voters"]]],
            rng,
        )
    return row


def _put_forward(clerk: Actor, row: Appraisal, told: Any, person_id: Any, rng: Random) -> Nomination:
    one = told if isinstance(told, dict) else {"reason": told}
    name = people.names([person_id])[person_id]
    words = Words(name, one["reason"], one.get("thing", ""))
    made = nominations.enter(by=clerk, appraisal_id=row.pk, person_id=person_id, words=words)
    consent = Consent(full_name=rng.random() < NAMES_WHOLE)
    return nominations.agree(by=Actor(person_id=person_id), nomination_id=made.pk, consent=consent)


def _choose(
    row: Appraisal, candidates: list[Nomination], jury: list[Actor], voters: list[Actor], rng: Random
) -> None:
    asked = [(each.pk, one.pk) for each in candidates for one in read.criteria(row.pk)]
    for juror in jury:
        points = {key: rng.randint(5, 10) for key in asked}
        choosing.judge(by=juror, appraisal_id=row.pk, points=points)
    keys = [each.pk for each in candidates]
    for voter in voters:
        chosen = rng.sample(keys, rng.randint(1, min(row.choices, len(keys))))
        choosing.choose(by=voter, appraisal_id=row.pk, chosen=chosen)


def _grown(cast: Cast, rng: Random) -> list[Any]:
    """Residents who may be put forward, in no order."""
    some = rng.sample(sorted(cast.residents), min(120, len(cast.residents)))
    known = people.persons_by_id(some)
    return [one for one in some if not is_child(known[one].born_year, clock.today())]


def survey(cast: Cast, end: datetime) -> list[Survey]:
    """Two rounds of the same questions: one archived with what changed, one that runs."""
    told = _told()
    if told["community"] != cast.community.short_code:
        return []
    told, clerk, rng = told["survey"], cast.staff("community_clerk"), Random("honours survey")
    with clock.at(end - ASKED[0]):
        first = surveys.draft(
            by=clerk,
            place_id=cast.community.id,
            title=told["title"],
            about=told["about"],
            per_household=False,
            is_demo=True,
        )
        for one in told["questions"]:
            kind = QuestionKind(one["kind"])
            ask = Ask(kind, one["text"], one.get("options", ()), one.get("at_most", 1))
            surveys.add_question(by=clerk, survey_id=first.pk, ask=ask)
    _ask(cast, first, told, 0, end - ASKED[0], rng)
    with clock.at(end - ASKED[0] + RUNS + timedelta(days=1)):
        surveys.publish(by=clerk, survey_id=first.pk, summary=told["summary"])
    with clock.at(end - ASKED[0] + timedelta(days=60)):
        surveys.archive(by=clerk, survey_id=first.pk, changed=told["changed"])
    with clock.at(end - ASKED[1]):
        second = surveys.repeat(by=clerk, survey_id=first.pk)
    _ask(cast, second, told, 1, end - ASKED[1], rng)
    return [first, second]


def _ask(cast: Cast, row: Survey, told: dict[str, Any], turn: int, began: datetime, rng: Random) -> None:
    with clock.at(began):
        ends = clock.today() + RUNS
        surveys.open_survey(by=cast.staff("community_clerk"), survey_id=row.pk, ends=ends)
    answering = rng.sample(sorted(cast.residents), min(told["people"][turn], len(cast.residents)))
    with clock.at(began + timedelta(days=2)):
        for person_id in answering:
            sent = {
                number: _said(one, told["words"], turn, rng)
                for number, one in enumerate(told["questions"], 1)
            }
            survey_answers.respond(by=Actor(person_id=person_id), survey_id=row.pk, sent=sent)


def _said(one: dict[str, Any], words: list[str], turn: int, rng: Random) -> tuple[list[int], str]:
    """An answer drawn by the shares the file tells for this round."""
    if one["kind"] == "text":
        return [], rng.choice(words) if rng.random() < WRITES else ""
    weights = one["second" if turn else "first"]
    known = list(LEVELS) if one["kind"] == "level" else list(range(1, len(one["options"]) + 1))
    return sorted(set(rng.choices(known, weights, k=one.get("at_most", 1)))), ""
