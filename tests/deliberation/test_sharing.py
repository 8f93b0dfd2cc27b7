"""Who pays what for a lift: rounds, answers, what neighbours see, and the sheet for the door."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse

from linli.deliberation.actions import sharing as acts
from linli.deliberation.models import Sharing, SharingAnswer, SharingLine, SharingRound
from linli.deliberation.read import sharing as read
from linli.deliberation.rules.sharing import Floor
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.matters.actions import moving, procedures, raising
from linli.matters.kinds import ContributionKind, MatterKind, OpeningKind
from linli.matters.models import Opening, ProcedureVersion
from linli.notices.models import Notice
from tests.ballots.conftest import built, whole
from tests.ballots.entrance import MORNING, Entrance
from tests.ballots.test_web import done, shown, signed_in
from tests.books import cells, nobody_exports, refused, sheet
from tests.outbox import react
from tests.pdf import pages_of, words_of

__all__ = ["built", "whole"]

FIRST = {1: Floor(0, 0), 2: Floor(1, 0), 3: Floor(2, 0), 4: Floor(3, 0), 5: Floor(4, 0), 6: Floor(5, 0)}
SECOND = FIRST | {1: Floor(0, 8_000_00)}
COST, SUBSIDY = 480_000_00, 100_000_00


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock.at(MORNING):
        yield


def opened(built: Entrance) -> Sharing:
    return acts.open_sharing(
        by=built.staff("clerk"), place_id=built.world.place("lift"), title="加装电梯费用"
    )


def propose(built: Entrance, row: Sharing, floors: dict[int, Floor], words: str = "") -> SharingRound:
    return acts.propose(
        by=built.staff("clerk"), sharing_id=row.pk, cost=COST, subsidy=SUBSIDY, floors=floors, words=words
    )


def line(made: SharingRound, home: str) -> SharingLine:
    return made.lines.get(home__name=home)


def test_every_round_adds_up_and_the_next_says_what_changed(built: Entrance) -> None:
    row = opened(built)
    first = propose(built, row, FIRST)
    second = propose(built, row, SECOND, "一楼每户补 8000 元。")
    assert (first.paid, second.paid, second.compensation) == (380_000_00, 396_000_00, 16_000_00)
    for made in (first, second):
        assert made.lines.aggregate(Sum("pays"), Sum("gets")) == {
            "pays__sum": made.paid, "gets__sum": made.compensation,
        }  # fmt: skip
    latest, before = read.rounds(row)
    changes = {each.row.home.name: each.change for each in latest.lines}
    assert changes["101"] == -8_000_00
    assert changes["601"] == line(second, "601").pays - line(first, "601").pays
    assert {each.change for each in before.lines} == {None}
    with pytest.raises(IntegrityError), transaction.atomic():
        SharingRound.objects.filter(pk=second.pk).update(paid=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        second.lines.filter(pays__gt=0).update(gets=1)


def test_whoever_owns_a_home_of_the_entrance_hears_of_each_round(built: Entrance) -> None:
    row = opened(built)
    propose(built, row, FIRST)
    propose(built, row, SECOND)
    told = Notice.objects.filter(topic="shares_proposed")
    owners = read.all_owners(read.homes(row.place), clock.today())
    assert owners
    assert {each.person_id for each in told} == owners
    assert len(told) == 2 * len(owners)


def test_a_home_says_whether_it_agrees_until_the_next_round(built: Entrance) -> None:
    row = opened(built)
    first = propose(built, row, FIRST)
    own = line(first, "101")
    with pytest.raises(Refused, match="The owner of the home answers for it"):
        acts.answer(by=built.owner("601"), line_id=own.pk, agrees=True)
    with pytest.raises(Refused, match="Say in a few words what is not right"):
        acts.answer(by=built.owner("101"), line_id=own.pk, agrees=False)
    acts.answer(by=built.owner("101"), line_id=own.pk, agrees=False, reason="挡我家的光")
    with pytest.raises(IntegrityError), transaction.atomic():
        SharingAnswer.objects.update(reason="")
    acts.answer(by=built.owner("101"), line_id=own.pk, agrees=True)
    assert SharingAnswer.objects.get().agrees is True, "a home has one answer"
    at_door = {"line_id": line(first, "201").pk, "owner_id": built.world.persons["201"], "agrees": True}
    acts.note_answer(by=built.staff("grid"), **at_door)
    with pytest.raises(Refused, match="Your post does not include works"):
        acts.note_answer(by=built.owner("202"), **at_door)
    propose(built, row, SECOND)
    with pytest.raises(Refused, match="There is a new proposal"):
        acts.answer(by=built.owner("101"), line_id=own.pk, agrees=True)
    assert read.rounds(row)[1].heard.agree == 2, "what was said stays with its round"
    acts.close(by=built.staff("clerk"), sharing_id=row.pk)
    latest = read.rounds(row)[0].row
    with pytest.raises(Refused, match="It is over"):
        acts.answer(by=built.owner("101"), line_id=line(latest, "101").pk, agrees=True)
    with pytest.raises(Refused, match="It is over"):
        propose(built, row, SECOND)


def test_what_cannot_be_proposed_or_begun(built: Entrance) -> None:
    with pytest.raises(Refused, match="Choose an entrance"):
        acts.open_sharing(by=built.staff("clerk"), place_id=built.world.place("community"), title="电梯")
    with pytest.raises(Refused, match="Your post does not include works"):
        acts.open_sharing(by=built.owner("601"), place_id=built.world.place("lift"), title="电梯")
    row = opened(built)
    with pytest.raises(Refused, match="other floors"):
        propose(built, row, {1: Floor(1, 0)})
    with pytest.raises(Refused, match="Somebody has to pay"):
        propose(built, row, dict.fromkeys(range(1, 7), Floor(0, 0)))


def typed(floors: dict[int, Floor], **more: str) -> dict[str, str]:
    fields = {"cost": "480000", "subsidy": "100000", "words": "一楼每户补 8000 元。"}
    for floor, each in floors.items():
        fields |= {f"weight_{floor}": str(each.weight), f"gets_{floor}": str(each.gets // 100)}
    return fields | more


def test_the_pages_of_the_desk_and_of_the_entrance(built: Entrance) -> None:
    clerk, grid = signed_in(built, "clerk"), signed_in(built, "grid")
    upper, lower = signed_in(built, "601"), signed_in(built, "101")
    place = str(built.world.place("lift"))
    answer = clerk.post(reverse("shares_desk:new"), {"place": place, "title": "加装电梯费用"})
    done(answer)
    row = Sharing.objects.get()
    propose_page = reverse("shares_desk:propose", args=[row.pk])
    wrong = clerk.post(propose_page, typed(SECOND, weight_1="1"))
    assert wrong.status_code == 422
    assert "A floor either pays or is compensated" in wrong.content.decode()
    done(clerk.post(propose_page, typed(FIRST)))
    assert 'value="480000' in shown(clerk.get(propose_page)), "the next begins with the figures before"
    home = shown(upper.get("/"))
    page_address = reverse("shares:sharing", args=[row.pk])
    assert page_address in home, "what waits for an owner's answer stands on their home page"
    first = row.rounds.get()
    own = line(first, "101")
    assert "It would pay nothing and get nothing." in shown(lower.get(page_address))
    to = reverse("shares:answer", args=[own.pk])
    assert lower.post(to, {"agrees": "no"}).status_code == 422
    done(lower.post(to, {"agrees": "no", "reason": "挡我家的光"}))
    assert "挡我家的光" in shown(lower.get(page_address)), "one's own words"
    seen = shown(upper.get(page_address))
    assert "挡我家的光" not in seen
    assert "1 of 12 homes have answered" in seen
    assert "How is not told" in seen
    desk_page = reverse("shares_desk:sharing", args=[row.pk])
    assert "挡我家的光" in shown(grid.get(desk_page))
    note = reverse("shares_desk:note", args=[line(first, "201").pk])
    assert "住户201" in shown(grid.get(note))
    done(grid.post(note, {"owner": str(built.world.persons["201"]), "agrees": "yes"}))
    done(clerk.post(propose_page, typed(SECOND)))
    page = shown(lower.get(page_address))
    assert "It would get 8,000 yuan." in page
    assert "8,000 less" in page
    made = upper.get(reverse("shares:print", args=[row.pk])).content
    assert len(pages_of(made)) == 1, "twelve homes stand on one sheet"
    sheet = words_of(made)
    for said in ("加装电梯费用", "480,000", "−100,000", "396,000", "一楼每户补8000元", "101", "8,000"):
        assert said in sheet, said
    assert "挡我家的光" not in sheet
    assert "住户" not in sheet
    assert reverse("shares:sharing", args=[row.pk]) in shown(upper.get(reverse("shares:mine")))
    assert grid.post(reverse("shares_desk:close", args=[row.pk])).status_code == 403
    done(clerk.post(reverse("shares_desk:close", args=[row.pk])))
    assert reverse("shares:answer", args=[line(row.rounds.latest("number"), "101").pk]) not in shown(
        lower.get(page_address)
    )


def test_it_is_kept_to_the_people_of_the_entrance(built: Entrance) -> None:
    row = opened(built)
    propose(built, row, FIRST)
    wang = signed_in(built, "wang")
    for name in ("sharing", "print"):
        assert wang.get(reverse(f"shares:{name}", args=[row.pk])).status_code == 404
    assert row.title not in shown(wang.get(reverse("shares:mine")))
    assert wang.get(reverse("shares_desk:sharing", args=[row.pk])).status_code == 403


def planned(built: Entrance) -> Opening:
    """A lift somebody asked for, at the step that talks over who pays what."""
    version = ProcedureVersion.objects.get(name="lift", community=None)
    procedures.adopt(
        by=SYSTEM, community_id=built.world.place("community"), version_id=version.id, by_choice=True
    )
    said = raising.Raised(
        place_id=built.homes["601"], text="想装电梯。", kind=MatterKind.TASK, way=version.id
    )
    matter = raising.enter_matter(by=built.staff("clerk"), raised=said, raiser_id=None).matter
    moving.move(by=built.staff("grid"), matter_id=matter.id, from_step="sound", target="plan")
    return Opening.objects.get(step__matter=matter, kind=OpeningKind.SHARES)


def test_a_step_of_a_matter_leads_to_it_once(built: Entrance) -> None:
    opening, clerk = planned(built), signed_in(built, "clerk")
    matter = opening.step.matter
    page = shown(clerk.get(f"/desk/matters/{matter.id}/"))
    begin = f"{reverse('shares_desk:new')}?asked=opening%3A{opening.id}"
    assert begin in page
    assert f'id="outcome-{opening.id}"' not in page, "what is decided is a vote's or a meeting's"
    start = shown(clerk.get(begin))
    assert f'value="{built.world.place("lift")}" selected' in start, "the entrance of the home"
    done(clerk.post(begin, {"place": built.world.place("lift"), "title": "加装电梯费用"}))
    row = Sharing.objects.get()
    assert row.asked_of_id == matter.pk
    again = clerk.get(begin)
    assert (again.status_code, again["Location"]) == (302, reverse("shares_desk:sharing", args=[row.pk]))
    with pytest.raises(Refused, match="This matter has its shares already"):
        acts.open_sharing(
            by=built.staff("clerk"), place_id=row.place_id, title="又一次", opening_id=opening.id
        )


@pytest.mark.parametrize(
    ("objecting", "told"),
    [
        ((), "“加装电梯费用”：12 户全部同意第 1 次方案。"),
        (("101",), "“加装电梯费用”谈到第 1 次方案为止，没有得到每一户同意。"),
    ],
)
def test_its_matter_hears_what_came_of_it_and_it_can_be_taken_up_again(
    built: Entrance, objecting: tuple[str, ...], told: str
) -> None:
    opening, clerk = planned(built), built.staff("clerk")
    row = acts.open_sharing(
        by=clerk, place_id=built.world.place("lift"), title="加装电梯费用", opening_id=opening.pk
    )
    made = propose(built, row, FIRST)
    with pytest.raises(Refused, match="being talked over already"):
        acts.reopen(by=clerk, sharing_id=row.pk)
    for each in made.lines.select_related("home"):
        name = each.home.name
        acts.answer(by=built.owner(name), line_id=each.pk, agrees=name not in objecting, reason="挡我家的光")
    acts.close(by=clerk, sharing_id=row.pk)
    react()
    opening.refresh_from_db()
    assert opening.result["agreed"] is (not objecting)
    story = opening.step.matter.contributions.latest("at")
    assert (story.kind, story.text) == (ContributionKind.FINDINGS, told)
    browser, page = signed_in(built, "clerk"), reverse("shares_desk:sharing", args=[row.pk])
    assert reverse("shares_desk:propose", args=[row.pk]) not in shown(browser.get(page))
    done(browser.post(reverse("shares_desk:reopen", args=[row.pk])))
    assert reverse("shares_desk:propose", args=[row.pk]) in shown(browser.get(page))
    begin = f"{reverse('shares_desk:new')}?asked=opening%3A{opening.id}"
    assert begin in shown(browser.get(f"/desk/matters/{opening.step.matter_id}/")), "the way back to it"
    acts.answer(by=built.owner("101"), line_id=line(made, "101").pk, agrees=True)
    acts.close(by=clerk, sharing_id=row.pk)
    react()
    opening.refresh_from_db()
    assert opening.result["agreed"] is True
    texts = [each.text for each in opening.step.matter.contributions.order_by("at", "id")]
    agreed = "“加装电梯费用”：12 户全部同意第 1 次方案。"
    assert texts == ([told, agreed] if objecting else [agreed]), "told again only when it differs"


def test_nothing_is_told_of_what_was_never_proposed(built: Entrance) -> None:
    opening, clerk = planned(built), built.staff("clerk")
    row = acts.open_sharing(
        by=clerk, place_id=built.world.place("lift"), title="加装电梯费用", opening_id=opening.pk
    )
    acts.close(by=clerk, sharing_id=row.pk)
    react()
    opening.refresh_from_db()
    assert opening.recorded_at is None


def test_the_book_has_what_each_home_pays_and_not_what_it_says(built: Entrance) -> None:
    row = opened(built)
    first = propose(built, row, SECOND)
    acts.answer(by=built.owner("101"), line_id=line(first, "101").pk, agrees=False, reason="挡我家的光")
    clerk, book = signed_in(built, "clerk"), reverse("shares_desk:sharing_xlsx", args=[row.pk])
    assert book in shown(clerk.get(reverse("shares_desk:sharing", args=[row.pk])))
    answer = clerk.get(book)
    rows = sheet(answer)
    assert rows[1][0] == "1单元，加装电梯费用"
    by_home = {each[2]: each for each in rows[3:]}
    assert by_home["101"][3:5] == (0, 8000)
    assert [each[6] for each in rows[3:]].count("yes") == 1
    assert "挡我家的光" not in cells(answer)
    [listed] = sheet(clerk.get(reverse("shares_desk:all_xlsx")))[3:]
    assert (listed[0], listed[3]) == ("加装电梯费用", 1)
    nobody_exports()
    assert refused(clerk.get(book))
