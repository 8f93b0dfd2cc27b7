"""An appraisal and a survey for tests, each taken to where a test needs it."""

from datetime import date
from uuid import UUID

from linli.deliberation.actions import appraisals, nominations, surveys
from linli.deliberation.actions.appraisals import Plan
from linli.deliberation.actions.nominations import Consent, Words
from linli.deliberation.actions.surveys import Ask
from linli.deliberation.kinds import Honours, QuestionKind, TieRule
from linli.deliberation.models import Appraisal, Nomination, Survey
from linli.deliberation.rules.appraisals import Days, Weights
from linli.kernel.actor import Actor
from tests import world as worlds
from tests.world import World

OPENS, CHOOSES, COUNTS = "2026-11-16", "2026-11-25", "2026-12-01"
DAYS = Days(date(2026, 11, 20), date(2026, 11, 25), date(2026, 11, 30), 5)


def opened(world: World, **changed: object) -> Appraisal:
    given = {
        "title": "善良邻居",
        "about": "",
        "honours": Honours.PERSON,
        "criteria": ["常帮邻居", "说话和气"],
        "seats": 1,
        "choices": 1,
        "weights": Weights(4, 6),
        "tie": TieRule.SHARED,
        "self_allowed": False,
    }
    with worlds.on(OPENS):
        return appraisals.open_appraisal(
            by=world.actor("clerk"),
            place_id=world.place("community"),
            plan=Plan(**(given | changed)),
            days=DAYS,
        )


def agreed(world: World, row: Appraisal, key: str, **more: object) -> Nomination:
    """Somebody put forward by the clerk who agrees."""
    person_id = world.persons[key]
    with worlds.on("2026-11-18"):
        words = Words("邻居", "常常帮忙", **more)
        made = nominations.enter(
            by=world.actor("clerk"), appraisal_id=row.pk, person_id=person_id, words=words
        )
        return nominations.agree(by=Actor(person_id=person_id), nomination_id=made.pk, consent=Consent())


def asked(world: World, *, per_household: bool = False, ends: date = date(2026, 11, 25)) -> Survey:
    """A survey of one question, open for answers."""
    clerk = world.actor("clerk")
    row = surveys.draft(
        by=clerk,
        place_id=world.place("community"),
        title="服务怎么样",
        about="",
        per_household=per_household,
    )
    surveys.add_question(by=clerk, survey_id=row.pk, ask=Ask(QuestionKind.LEVEL, "满意吗"))
    return surveys.open_survey(by=clerk, survey_id=row.pk, ends=ends)


def person(world: World, key: str) -> Actor:
    return Actor(person_id=UUID(str(world.persons[key])))
