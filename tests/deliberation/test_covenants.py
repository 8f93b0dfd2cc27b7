"""A covenant's acts, with one community behind them: each stage, what is said, who signs, what is shown."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from linli.audit.models import Entry
from linli.deliberation.actions import covenants, signatures, voices
from linli.deliberation.actions.covenants import Text
from linli.deliberation.kinds import Body, CovenantStage, ReviewOutcome, Stance
from linli.deliberation.models import Amendment, Covenant, Decision, Remark, Signature
from linli.deliberation.read import covenants as read
from linli.deliberation.rules.covenants import Mandate
from linli.kernel.clock import today
from linli.kernel.decision import Refused
from linli.people.models import Household, Person, Residence
from tests import world as worlds
from tests.deliberation.covenanting import adopted, asked, drafted, in_force, meeting, neighbour, paragraph
from tests.matters.desking import MOST_QUERIES, desk, queries, sent, shown
from tests.world import World

DAY = "2026-11-16"


@pytest.fixture(autouse=True)
def _monday():
    with worlds.on(DAY):
        yield


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker):
    """One community for all tests of this file; what each does in it is rolled back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(_built: World, db: None) -> World:
    kept = {"places": dict(_built.places), "persons": dict(_built.persons), "phones": dict(_built.phones)}
    return replace(_built, **kept)


def refused(expected: str, act: Any, /, **given: Any) -> None:
    with pytest.raises(Refused) as caught:
        act(**given)
    assert caught.value.reason == expected


def test_a_draft_is_its_writers_and_is_written_anew(world) -> None:
    row = drafted(world)
    clerk = world.actor("clerk")
    assert next(each.text for each in read.paragraphs(row.pk)) == "邻里相遇问声好。"
    covenants.rewrite(by=clerk, covenant_id=row.pk, words=Text("公约", "", "1. 只有一条。"))
    assert [(each.number, each.text) for each in read.paragraphs(row.pk)] == [(1, "只有一条。")]
    assert desk(world, "wang").get(f"/covenants/{row.pk}/").status_code == 404
    reason = "Your post does not include covenants at this place."
    refused(reason, covenants.rewrite, by=world.actor("wang"), covenant_id=row.pk, words=Text("公", "", "一"))
    refused(
        reason,
        covenants.draft,
        by=clerk,
        place_id=world.place("other"),
        kind=row.kind,
        words=Text("公", "", "一"),
    )


def test_the_text_people_have_before_them_changes_by_amendments_only(world) -> None:
    row = asked(world)
    clerk, wang = world.actor("clerk"), world.actor("wang")
    refused(
        "People have this text before them; it changes by amendments only.",
        covenants.rewrite,
        by=clerk,
        covenant_id=row.pk,
        words=Text("公约", "", "一"),
    )
    second = paragraph(row, 2)
    change = voices.propose(by=wang, paragraph_id=second.pk, text="晚上九点半后不吵闹。", why="孩子睡得早")
    other = voices.propose(by=wang, paragraph_id=second.pk, text="夜里不吵闹。", why="")
    assert read.open_amendments(row.pk) == 2
    refused(
        "%(count)s proposed changes wait for a decision. Decide on them first.",
        covenants.end_consultation,
        by=clerk,
        covenant_id=row.pk,
    )
    refused(
        "Say why in a few words; people read it.",
        voices.decide,
        by=clerk,
        amendment_id=change.pk,
        take=True,
        reason=" ",
    )
    voices.decide(by=clerk, amendment_id=change.pk, take=True, reason="多数人同意")
    assert paragraph(row, 2).text == "晚上九点半后不吵闹。"
    refused(
        "This change has been decided on.",
        voices.decide,
        by=clerk,
        amendment_id=change.pk,
        take=False,
        reason="不",
    )
    refused(
        "The paragraph has changed since this was proposed. Leave it out, or propose it anew.",
        voices.decide,
        by=clerk,
        amendment_id=other.pk,
        take=True,
        reason="好",
    )
    voices.decide(by=clerk, amendment_id=other.pk, take=False, reason="已经写得更清楚了")
    covenants.end_consultation(by=clerk, covenant_id=row.pk)
    refused(
        "The consultation on this text has ended.",
        voices.remark,
        by=wang,
        paragraph_id=second.pk,
        stance=Stance.FOR,
        text="",
    )


def test_nobody_decides_on_their_own_change(world) -> None:
    row = asked(world)
    neighbour_of(world, "clerk")
    change = voices.propose(
        by=world.actor("clerk"), paragraph_id=paragraph(row, 1).pk, text="见面问好。", why=""
    )
    reason = "Somebody else has to decide about your own proposal."
    refused(reason, voices.decide, by=world.actor("clerk"), amendment_id=change.pk, take=True, reason="好")
    voices.decide(by=world.actor("secretary"), amendment_id=change.pk, take=True, reason="好")


def neighbour_of(world, key: str) -> None:
    Residence.objects.create(
        person_id=world.persons[key], place_id=world.place("home"), kind="usual", starts=date(2020, 1, 1)
    )


def test_one_side_each_and_ideas_beside_it(world) -> None:
    row = asked(world)
    first, wang, chen = paragraph(row, 1), world.actor("wang"), world.actor("chen")
    voices.remark(by=wang, paragraph_id=first.pk, stance=Stance.FOR, text="")
    voices.remark(by=wang, paragraph_id=first.pk, stance=Stance.AGAINST, text="太长")
    voices.remark(by=wang, paragraph_id=first.pk, stance=Stance.IDEA, text="贴到电梯里")
    voices.remark(by=chen, paragraph_id=first.pk, stance=Stance.FOR, text="好")
    [found] = [each for each in read.voiced(row.pk) if each.row.number == 1]
    assert found.counts == {"for": 1, "against": 1, "idea": 1}
    refused(
        "Write your idea in a sentence.",
        voices.remark,
        by=chen,
        paragraph_id=first.pk,
        stance=Stance.IDEA,
        text=" ",
    )
    refused(
        "This covenant is for those who live or own a home there.",
        voices.remark,
        by=world.actor("street"),
        paragraph_id=first.pk,
        stance=Stance.FOR,
        text="",
    )


def test_words_out_of_sight_are_kept_with_the_reason(world) -> None:
    row = asked(world)
    first, clerk = paragraph(row, 1), world.actor("clerk")
    said = voices.remark(
        by=world.actor("wang"), paragraph_id=first.pk, stance=Stance.AGAINST, text="某某家太吵"
    )
    voices.hide(by=clerk, remark_id=said.pk, reason="说的是一家人，不是这一条")
    page = f"/covenants/{row.pk}/1/"
    assert "某某家太吵" not in shown(desk(world, "chen").get(page))
    own = shown(desk(world, "wang").get(page))
    assert "某某家太吵" in own
    assert "说的是一家人" in own
    assert "某某家太吵" in shown(desk(world, "clerk").get(f"/desk/covenants/{row.pk}/"))
    [found] = [each for each in read.voiced(row.pk) if each.row.number == 1]
    assert found.remarks == []
    assert found.counts["against"] == 1
    voices.show(by=clerk, remark_id=said.pk)
    assert "某某家太吵" in shown(desk(world, "chen").get(page))


MANDATE = {"body": Body.DELEGATES, "entitled": 30, "mandate": Mandate(date(2026, 10, 8), "委托代表会议")}
MEETINGS = [
    ({"present": 50, "in_favour": 50}, False),
    ({"present": 60, "in_favour": 30}, False),
    (MANDATE | {"present": 19, "in_favour": 19}, False),
    (MANDATE | {"present": 20, "in_favour": 11}, True),
]


def test_the_figures_decide(world) -> None:
    """Meetings that do not adopt it stay on file; the text can go to residents again before the next one."""
    row, clerk = asked(world), world.actor("clerk")
    covenants.end_consultation(by=clerk, covenant_id=row.pk)
    moved_on = "The covenant has moved on. Look at it again."
    for changed, adopts in MEETINGS:
        decision = covenants.decide(by=clerk, covenant_id=row.pk, meeting=meeting(**changed))
        row.refresh_from_db()
        assert decision.adopted == adopts == (row.stage == CovenantStage.ADOPTED)
        if not adopts:
            refused(moved_on, covenants.publish, by=clerk, covenant_id=row.pk)
            covenants.consult(by=clerk, covenant_id=row.pk, ends=date(2026, 11, 30))
            covenants.end_consultation(by=clerk, covenant_id=row.pk)
    assert Decision.objects.count() == len(MEETINGS)
    refused(moved_on, covenants.consult, by=clerk, covenant_id=row.pk, ends=date(2026, 11, 30))


def test_filing_comes_after_the_meeting(world) -> None:
    row, clerk = asked(world), world.actor("clerk")
    reason = "A covenant is filed with the street after it has been adopted."
    refused(reason, covenants.file, by=clerk, covenant_id=row.pk, filed_on=today())
    covenants.end_consultation(by=clerk, covenant_id=row.pk)
    covenants.decide(by=clerk, covenant_id=row.pk, meeting=meeting())
    wrong = "Filing comes after the meeting and not after today."
    refused(wrong, covenants.file, by=clerk, covenant_id=row.pk, filed_on=date(2026, 11, 15))
    refused(wrong, covenants.file, by=clerk, covenant_id=row.pk, filed_on=date(2026, 11, 17))
    covenants.file(by=clerk, covenant_id=row.pk, filed_on=today())
    refused(
        "The street has it on file already.", covenants.file, by=clerk, covenant_id=row.pk, filed_on=today()
    )


def test_one_signature_a_household_and_it_can_be_taken_back(world) -> None:
    row = in_force(world)
    neighbour(world, "zhao", "0401", "赵一鸣")
    wang = world.actor("wang")
    signatures.sign(by=wang, covenant_id=row.pk, shown=True)
    refused("Your household has signed already.", signatures.sign, by=wang, covenant_id=row.pk, shown=False)
    signatures.sign(by=world.actor("zhao"), covenant_id=row.pk, shown=False)
    assert read.wall(row, today()) == [("3号楼", "王**")]
    [counted] = read.signed_by_building(row, today())
    assert (counted.name, counted.signed, counted.households) == ("3号楼", 2, 2)
    signatures.show(by=wang, covenant_id=row.pk, shown=False)
    assert read.wall(row, today()) == []
    signatures.withdraw(by=wang, covenant_id=row.pk)
    assert Signature.objects.count() == 1
    refused("Your household has not signed.", signatures.withdraw, by=wang, covenant_id=row.pk)
    signatures.sign(by=wang, covenant_id=row.pk, shown=False)


def test_members_of_a_household_sign_together(world) -> None:
    row = in_force(world)
    household = Household.objects.create(home_id=world.place("home"))
    neighbour(world, "son", "home", "王小海")
    Residence.objects.filter(place_id=world.place("home")).update(household=household)
    signatures.sign(by=world.actor("wang"), covenant_id=row.pk, shown=True)
    refused(
        "Your household has signed already.",
        signatures.sign,
        by=world.actor("son"),
        covenant_id=row.pk,
        shown=True,
    )
    signatures.withdraw(by=world.actor("son"), covenant_id=row.pk)
    assert Signature.objects.count() == 0


def test_who_may_not_sign_is_told_why(world) -> None:
    row = in_force(world)
    given = {"covenant_id": row.pk, "shown": False}
    refused(
        "Households that live there sign. If you do, ask the community to note your home.",
        signatures.sign,
        by=world.actor("street"),
        **given,
    )
    person = Person.objects.filter(pk=world.persons["wang"])
    person.update(born_year=2009)
    young = "Adults sign for a household. Ask somebody older at home."
    refused(young, signatures.sign, by=world.actor("wang"), **given)
    early = asked(world, place="building")
    person.update(born_year=1970)
    reason = "A covenant is signed after it has been published."
    refused(reason, signatures.sign, by=world.actor("wang"), covenant_id=early.pk, shown=False)


def test_a_household_that_moved_away_does_not_count(world) -> None:
    row = in_force(world)
    signatures.sign(by=world.actor("wang"), covenant_id=row.pk, shown=True)
    Residence.objects.filter(person_id=world.persons["wang"]).update(ends=date(2026, 11, 20))
    assert read.wall(row, date(2026, 11, 19)) != []
    assert read.wall(row, date(2026, 11, 20)) == []
    assert read.signed_by_building(row, date(2026, 11, 20)) == []


def test_paper_signatures_are_entered_and_struck_by_staff(world) -> None:
    row = in_force(world)
    clerk = desk(world, "clerk")
    page = f"/desk/covenants/{row.pk}/signed/"
    assert "王**" in shown(clerk.get(page, {"q": "王小明"}))
    sent(clerk.post(f"{page}enter/", {"person": world.persons["wang"], "shown": "on"}))
    signature = Signature.objects.get()
    assert signature.entered_by_id == world.persons["clerk"]
    assert signature.shown
    sent(clerk.post(f"{page}{signature.pk}/strike/"))
    signatures.sign(by=world.actor("wang"), covenant_id=row.pk, shown=False)
    reason = "This household signed for itself and takes it back itself."
    own = Signature.objects.get()
    refused(reason, signatures.strike, by=world.actor("clerk"), signature_id=own.pk)


def test_a_review_is_due_after_a_year_and_a_new_text_replaces_the_old(world) -> None:
    row = in_force(world)
    assert row.review_due == date(2027, 11, 16)
    clerk = world.actor("clerk")
    with worlds.on("2027-11-17"):
        assert "Review overdue" in shown(desk(world, "clerk").get("/desk/covenants/"))
        covenants.review(by=clerk, covenant_id=row.pk, outcome=ReviewOutcome.KEEP, note="大家都记得")
        refused(
            "It has been reviewed today.",
            covenants.review,
            by=clerk,
            covenant_id=row.pk,
            outcome=ReviewOutcome.KEEP,
            note="再看",
        )
        row.refresh_from_db()
        assert row.review_due == date(2028, 11, 17)
        assert "Review overdue" not in shown(desk(world, "clerk").get("/desk/covenants/"))
    with worlds.on("2028-03-01"):
        new = covenants.review(by=clerk, covenant_id=row.pk, outcome=ReviewOutcome.REVISE, note="要加一条")
        assert new.replaces_id == row.pk
        assert len(read.paragraphs(new.pk)) == 3
        covenants.consult(by=clerk, covenant_id=new.pk, ends=date(2028, 3, 10))
        covenants.end_consultation(by=clerk, covenant_id=new.pk)
        covenants.decide(by=clerk, covenant_id=new.pk, meeting=meeting())
        covenants.publish(by=clerk, covenant_id=new.pk)
        row.refresh_from_db()
        assert (row.stage, row.review_due) == (CovenantStage.REPLACED, None)
        assert "A newer covenant has replaced this one" in shown(
            Client(headers={"accept-language": "en"}).get(f"/covenants/{row.pk}/")
        )


def test_the_record_names_every_act_and_no_words(world) -> None:
    row = in_force(world)
    signatures.sign(by=world.actor("wang"), covenant_id=row.pk, shown=True)
    acts = Entry.objects.filter(subject_id=row.pk).exclude(event="notices.notified")
    assert set(acts.values_list("event", flat=True)) == {
        f"deliberation.covenant_{name}"
        for name in ("drafted", "consulted", "consultation_ended", "decided", "published", "signed")
    }


def test_the_database_keeps_what_must_hold(world) -> None:
    row = in_force(world)
    wang, home = world.persons["wang"], world.place("home")
    signatures.sign(by=world.actor("wang"), covenant_id=row.pk, shown=False)
    taken = {"before": "一", "after": "二", "author_id": wang, "state": "taken", "decided_by_id": wang}
    for name, act in {
        "in force without a review": lambda: Covenant.objects.filter(pk=row.pk).update(review_due=None),
        "taken without a reason": lambda: Amendment.objects.create(paragraph=paragraph(row, 1), **taken),
        "adopted by half": lambda: Decision.objects.update(in_favour=30),
        "adopted by too few": lambda: Decision.objects.update(entitled=120),
        "signed twice": lambda: Signature.objects.create(covenant=row, home_id=home, signer_id=wang),
    }.items():
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
            pytest.fail(name)


def test_pages_read_little(world) -> None:
    row, early = in_force(world), asked(world, place="building")
    for number in range(1, 4):
        voices.remark(
            by=world.actor("wang"), paragraph_id=paragraph(early, number).pk, stance=Stance.IDEA, text="好"
        )
        voices.propose(
            by=world.actor("wang"), paragraph_id=paragraph(early, number).pk, text="不吵闹。", why=""
        )
    signatures.sign(by=world.actor("wang"), covenant_id=row.pk, shown=True)
    assert Remark.objects.count() == 3
    wang, clerk = desk(world, "wang"), desk(world, "clerk")
    assert queries(wang, "/covenants/") <= MOST_QUERIES
    assert queries(clerk, "/desk/covenants/") <= MOST_QUERIES
    for client, path in [
        (wang, f"/covenants/{row.pk}/"),
        (wang, f"/covenants/{early.pk}/"),
        (wang, f"/covenants/{early.pk}/1/"),
        (Client(), f"/covenants/{row.pk}/wall/"),
        (Client(), f"/covenants/{row.pk}/print/"),
        (clerk, f"/desk/covenants/{early.pk}/"),
        (clerk, f"/desk/covenants/{row.pk}/signed/"),
    ]:
        assert queries(client, path) <= 16, path


def test_an_adopted_text_can_be_read_by_those_who_belong_only(world) -> None:
    row = adopted(world)
    assert "Adopted" in shown(desk(world, "wang").get(f"/covenants/{row.pk}/"))
    assert Client().get(f"/covenants/{row.pk}/").status_code == 404
    assert Client().get(f"/covenants/{row.pk}/print/").status_code == 404
