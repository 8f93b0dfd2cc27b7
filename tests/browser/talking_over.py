"""What residents talk over and judge, for pages to be looked at: a topic and its proposals, a contest for a
name, an opinion map, a survey, an appraisal, works laid open. Built through the real actions."""

from datetime import date, timedelta

from linli.deliberation.actions import (
    acceptance,
    appraisals,
    comments,
    doubts,
    nominations,
    proposals,
)
from linli.deliberation.actions.appraisals import Plan
from linli.deliberation.actions.nominations import Consent, Words
from linli.deliberation.kinds import Honours, Stance, TieRule
from linli.deliberation.rules.appraisals import Days, Weights
from linli.kernel import clock
from linli.kernel.actor import Actor
from tests.deliberation import building, contesting, honouring, talking
from tests.world import World

AGO = timedelta(days=7)


def build(town: World) -> None:
    """All of it, each at a stage with something to see and to do."""
    topics(town)
    opinions(town)
    surveys(town)
    appraisal(town)
    works(town)


def topics(town: World) -> None:
    """A proposal with a comment and one taken over from it, and names for a courtyard."""
    topic = contesting.opened(town)
    proposal = contesting.raised(town, topic)
    proposals.support(by=town.actor("chen"), proposal_id=proposal.pk)
    comments.comment(by=town.actor("chen"), proposal_id=proposal.pk, stance=Stance.FOR, text="早该画线了。")
    contesting.raised(town, topic, "chen", "夜里借学校操场")
    names = contesting.contest(town)
    contesting.entered(town, names, "zhao", "槐荫院", shown=True)


def opinions(town: World) -> None:
    """A question with two camps large enough to be drawn."""
    row = talking.opened(town)
    keys = talking.neighbours(town, 14)
    talking.camps(town, row, keys)


def surveys(town: World) -> None:
    """One that is open."""
    honouring.asked(town, ends=clock.today() + timedelta(days=9))


def appraisal(town: World) -> None:
    """Two who agreed to stand, a juror, residents choosing now."""
    began = clock.now() - AGO
    first = clock.local(began).date()
    plan = Plan(
        title="善良邻居", about="", honours=Honours.PERSON, criteria=["常帮邻居", "说话和气"],
        seats=1, choices=1, weights=Weights(4, 6), tie=TieRule.SHARED, self_allowed=True,
    )  # fmt: skip
    days = Days(day(first, 3), day(first, 6), day(first, 14), 5)
    with clock.at(began):
        row = appraisals.open_appraisal(
            by=town.actor("clerk"), place_id=town.place("community"), plan=plan, days=days
        )
        for key in ("chen", "old-liu"):
            person = town.persons[key]
            made = nominations.enter(
                by=town.actor("clerk"), appraisal_id=row.pk, person_id=person, words=Words("邻居", "常常帮忙")
            )
            nominations.agree(by=Actor(person_id=person), nomination_id=made.pk, consent=Consent())
        appraisals.name_post(by=town.actor("clerk"), appraisal_id=row.pk, post_id=town.posts["secretary"].id)


def works(town: World) -> None:
    """A roof decided on, done and put before its homes, doubted once."""
    row = building.asked(town)
    doubts.ask(by=town.actor("wang"), works_id=row.pk, text="东边那一截好像没有铺。")
    acceptance.note_defect(by=town.actor("clerk"), works_id=row.pk, text="落水口没有清理")


def day(first: date, later: int) -> date:
    """So many days later."""
    return first + timedelta(days=later)
