"""The acts of works laid open, with one community behind them: what is refused, what is shown to whom."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from linli.audit.models import Entry
from linli.deliberation.actions import acceptance, doubts, works_lines
from linli.deliberation.actions import works as acts
from linli.deliberation.actions.acceptance import Mended
from linli.deliberation.actions.doubts import Round
from linli.deliberation.actions.works import Head, House
from linli.deliberation.actions.works_lines import Look, Material, Option, Part, Upload
from linli.deliberation.kinds import Line, Majority, PaperKind, Turnout, WorksStage
from linli.deliberation.models import AcceptanceVoice, Doubt, Warranty, Works, WorksOption, WorksPaper
from linli.deliberation.read import works as read
from linli.documents.models import StoredFile
from linli.kernel.clock import local, today
from linli.kernel.decision import Refused
from linli.people.models import Residence
from tests import world as worlds
from tests.deliberation.building import ADDED, asked, building, opened
from tests.deliberation.covenanting import neighbour
from tests.documents.files import PDF, picture
from tests.matters.desking import MOST_QUERIES, desk, queries, shown
from tests.world import World

DAY = "2026-11-16"
MATERIAL = Material("SBS 防水卷材", "屋面", "河西建材厂", "Ⅱ型", "20261110-3")


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


def test_a_file_is_its_writers_until_it_is_laid_open(world) -> None:
    clerk = world.actor("clerk")
    refused(
        "Your post does not include works at this place.",
        acts.open_works,
        by=world.actor("grid"),
        place_id=world.place("building"),
        head=Head("屋面"),
        house=House(),
    )
    refused(
        "A doubt is answered within 1 to 15 workdays.",
        acts.open_works,
        by=clerk,
        place_id=world.place("building"),
        head=Head("屋面"),
        house=House(answer_workdays=16),
    )
    row = acts.open_works(by=clerk, place_id=world.place("building"), head=Head("屋面"), house=House())
    first = "Write down one option and one part with its days first."
    refused(first, acts.lay_open, by=clerk, works_id=row.pk)
    for key in ("wang", "grid"):
        assert desk(world, key).get(f"/works/{row.pk}/").status_code == 404
    assert desk(world, "clerk").get(f"/works/{row.pk}/").status_code == 200
    row = opened(world)
    assert desk(world, "wang").get(f"/works/{row.pk}/").status_code == 200
    assert Client().get(f"/works/{row.pk}/").status_code == 302


def test_what_is_laid_open_keeps_an_option_and_what_was_doubted(world) -> None:
    row, clerk = opened(world), world.actor("clerk")
    option = WorksOption.objects.get(works=row)
    last = "Residents have the file before them; one has to stay."
    refused(last, works_lines.drop, by=clerk, works_id=row.pk, line=Line.OPTION, line_id=option.pk)
    second = works_lines.keep_option(by=clerk, works_id=row.pk, kept=Option("补漏点"))
    works_lines.drop(by=clerk, works_id=row.pk, line=Line.OPTION, line_id=second.pk)
    material = works_lines.keep_material(by=clerk, works_id=row.pk, kept=MATERIAL)
    doubts.ask(by=world.actor("wang"), works_id=row.pk, text="靠得住吗", material_id=material.pk)
    stays = "Neighbours have looked at it or doubted it. Write it anew instead."
    refused(stays, works_lines.drop, by=clerk, works_id=row.pk, line=Line.MATERIAL, line_id=material.pk)
    anew = replace(MATERIAL, batch="20261111-1")
    works_lines.keep_material(by=clerk, works_id=row.pk, kept=anew, material_id=material.pk)
    material.refresh_from_db()
    assert material.batch == "20261111-1"
    other = opened(world, place="building4")
    refused(
        "These works are not here.",
        works_lines.drop,
        by=clerk,
        works_id=other.pk,
        line=Line.MATERIAL,
        line_id=material.pk,
    )


def test_works_begin_once_it_is_decided_who_builds_what(world) -> None:
    row, clerk = opened(world), world.actor("clerk")
    option, part = WorksOption.objects.get(works=row), row.parts.get()
    given = {
        "by": clerk,
        "works_id": row.pk,
        "option_id": option.pk,
        "decided_on": today(),
        "words": "业主表决",
    }
    early = Part(part.title, today(), today(), today())
    begins = "The works begin once it is decided which option is built."
    refused(begins, works_lines.keep_part, by=clerk, works_id=row.pk, kept=early, part_id=part.pk)
    refused("Say who decided this and how.", acts.decide, **(given | {"words": " "}))
    refused("This day is still to come.", acts.decide, **(given | {"decided_on": date(2026, 11, 17)}))
    acts.rewrite(by=clerk, works_id=row.pk, head=Head("屋面"))
    refused("Write down who builds before the works begin.", acts.decide, **given)
    acts.rewrite(by=clerk, works_id=row.pk, head=Head("屋面", builder="宏宇"))
    row = acts.decide(**given)
    refused("The works have moved on. Look at them again.", acts.decide, **given)
    fixed = "It is decided what is built; the options stay as they were."
    refused(fixed, works_lines.keep_option, by=clerk, works_id=row.pk, kept=Option("再加"))
    acts.stop(by=clerk, works_id=row.pk, reason="资金没到位")
    over = "The works are over; their file stays as it is."
    refused(over, works_lines.keep_material, by=clerk, works_id=row.pk, kept=MATERIAL)
    assert "资金没到位" in shown(desk(world, "wang").get(f"/works/{row.pk}/"))


def test_a_doubt_is_answered_in_time_and_told_to_who_asked(world) -> None:
    row, clerk, wang = building(world), world.actor("clerk"), world.actor("wang")
    with worlds.on("2026-11-20"):  # a Friday
        doubt = doubts.ask(by=wang, works_id=row.pk, text="是不是便宜货")
        assert local(doubt.due_at).isoformat() == "2026-11-25T18:00:00+08:00"
        refused("You have said so already.", doubts.share, by=wang, doubt_id=doubt.pk)
        shared = doubts.share(by=world.actor("chen"), doubt_id=doubt.pk)
        assert set(read.who_asked(shared)) == {world.persons["wang"], world.persons["chen"]}
        asked_by_no_one = "These works are for those who live or own a home there."
        refused(asked_by_no_one, doubts.ask, by=world.actor("grid"), works_id=row.pk, text="我也问")
        for number in range(4):
            doubts.ask(by=wang, works_id=row.pk, text=f"再问 {number}")
        many = "%(count)s of your doubts wait for an answer. Wait for them first."
        refused(many, doubts.ask, by=wang, works_id=row.pk, text="还有")
    with worlds.on("2026-11-25", hour=18, minute=1):
        assert "Answer overdue" in shown(desk(world, "clerk").get("/desk/works/"))
        doubts.answer(by=clerk, doubt_id=doubt.pk, text="送检合格。")
        doubts.answer(by=clerk, doubt_id=doubt.pk, text="报告编号更正为 0412。")
    found = next(each for each in read.doubts(row.pk) if each.row.pk == doubt.pk)
    assert [each.text for each in found.row.answers.all()] == ["送检合格。", "报告编号更正为 0412。"]
    entry = Entry.objects.filter(event="deliberation.works_doubt_answered").first()
    assert entry.data == {"in_time": False}


def test_doors_are_counted_and_never_named(world) -> None:
    row, grid = building(world), world.actor("grid")
    refused(
        "Say at how many doors you heard it.", doubts.hear, by=grid, works_id=row.pk, text="不放心", doors=0
    )
    doubt = doubts.hear(by=grid, works_id=row.pk, text="不放心", doors=20)
    went = Round(today(), "志愿者3人", 21, 2)
    refused(
        "Answer it first; then there is something to explain.",
        doubts.explain,
        by=grid,
        doubt_id=doubt.pk,
        kept=went,
    )
    doubts.answer(by=world.actor("clerk"), doubt_id=doubt.pk, text="送检合格。")
    refused(
        "Say how many homes you reached.",
        doubts.explain,
        by=grid,
        doubt_id=doubt.pk,
        kept=Round(today(), "三人", 0),
    )
    doubts.explain(by=grid, doubt_id=doubt.pk, kept=went)
    [found] = read.doubts(row.pk)
    assert (found.voices, found.doors) == (20, 21)


def test_a_hidden_doubt_waits_for_nothing_and_comes_back(world) -> None:
    row, clerk = building(world), world.actor("clerk")
    doubt = doubts.ask(by=world.actor("wang"), works_id=row.pk, text="某某收了钱")
    doubts.hide(by=clerk, doubt_id=doubt.pk, reason="点了名")
    assert (read.unanswered(row.pk), read.doubts(row.pk)) == (0, [])
    assert "某某收了钱" not in shown(desk(world, "chen").get(f"/works/{row.pk}/"))
    assert "某某收了钱" in shown(desk(world, "clerk").get(f"/desk/works/{row.pk}/"))
    doubts.show(by=clerk, doubt_id=doubt.pk)
    assert read.unanswered(row.pk) == 1


def test_papers_are_for_those_who_see_the_works_and_can_be_taken_back(world) -> None:
    row, clerk = building(world), world.actor("clerk")
    material = works_lines.keep_material(by=clerk, works_id=row.pk, kept=MATERIAL)
    report = Upload(PDF, "检测报告.pdf", PaperKind.TEST_REPORT)
    paper = works_lines.add_paper(by=clerk, works_id=row.pk, upload=report, material_id=material.pk)
    look = Look(today(), "志愿者3人", "批号一致")
    photo = Upload(picture(), "卷材.jpg")
    check = works_lines.look_at(
        by=world.actor("grid"), works_id=row.pk, material_id=material.pk, look=look, photos=(photo,)
    )
    wang = desk(world, "wang")
    assert wang.get(f"/works/papers/{paper.pk}/")["Content-Disposition"].startswith("attachment")
    assert wang.get(f"/works/papers/{check.papers.get().pk}/?thumbnail=1").status_code == 200
    neighbour(world, "far", "9901")
    Residence.objects.filter(person_id=world.persons["far"]).update(place=world.places["building4"])
    assert desk(world, "far").get(f"/works/papers/{paper.pk}/").status_code == 404
    works_lines.remove_paper(by=clerk, paper_id=paper.pk)
    assert not StoredFile.objects.filter(pk=paper.file_id).exists()
    assert wang.get(f"/works/papers/{paper.pk}/").status_code == 404


def test_one_voice_a_home_and_the_latest_counts(world) -> None:
    world.places["0302"] = world.places["home"]
    neighbour(world, "zhao", "0302", "赵一鸣")  # lives with Wang
    neighbour(world, "li", "0401")
    row, clerk = asked(world), world.actor("clerk")
    refused(
        "Say what is not right, so that it can be mended.",
        acceptance.say,
        by=world.actor("wang"),
        works_id=row.pk,
        accepts=False,
        reason=" ",
    )
    acceptance.say(by=world.actor("wang"), works_id=row.pk, accepts=False, reason="天沟没压实")
    acceptance.say(by=world.actor("zhao"), works_id=row.pk, accepts=True, reason="")
    [voice] = AcceptanceVoice.objects.filter(works=row)
    assert (voice.accepts, voice.reason) == (True, "")
    time = "Residents have time until the last day. It is counted after that."
    refused(time, acceptance.conclude, by=clerk, works_id=row.pk)
    homes = "Homes there are asked. If you live there, ask the community to note your home."
    refused(homes, acceptance.say, by=world.actor("chen"), works_id=row.pk, accepts=True, reason="")
    acceptance.enter(by=clerk, works_id=row.pk, person_id=world.persons["li"], accepts=True, reason="")
    result = acceptance.conclude(by=clerk, works_id=row.pk)  # all homes have spoken
    assert (result.homes, result.spoke, result.accepting, result.accepted) == (2, 2, 2, True)
    assert Warranty.objects.get(works=row).ends_on == date(2031, 11, 16)


def test_works_that_are_not_accepted_go_back_and_are_asked_about_anew(world) -> None:
    house = House(turnout=Turnout.ANY, majority=Majority.ALL)
    row, clerk, wang = asked(world, house=house), world.actor("clerk"), world.actor("wang")
    acceptance.say(by=wang, works_id=row.pk, accepts=False, reason="天沟没压实")
    assert not acceptance.conclude(by=clerk, works_id=row.pk).accepted
    row.refresh_from_db()
    assert (row.stage, row.round) == (WorksStage.BUILDING, 1)
    defect = acceptance.note_defect(by=clerk, works_id=row.pk, text="天沟没压实")
    row = acceptance.put(by=clerk, works_id=row.pk, until=today() + ADDED)
    assert (row.round, read.heard(row, today()).spoke) == (2, 0)
    acceptance.say(by=wang, works_id=row.pk, accepts=True, reason="")
    waits = "%(count)s defects are not mended yet."
    refused(waits, acceptance.conclude, by=clerk, works_id=row.pk)
    mended = Mended(today(), "重新压实")
    acceptance.mend(by=clerk, works_id=row.pk, defect_id=defect.pk, mended=mended)
    again = {"by": clerk, "works_id": row.pk, "defect_id": defect.pk, "mended": mended}
    refused("It is mended already.", acceptance.mend, **again)
    assert acceptance.conclude(by=clerk, works_id=row.pk).accepted
    refused("The works have moved on. Look at them again.", acceptance.conclude, by=clerk, works_id=row.pk)
    assert "who said what is not told" in shown(desk(world, "wang").get(f"/works/{row.pk}/"))


def test_too_few_homes_settle_nothing_and_more_time_is_given(world) -> None:
    neighbour(world, "li", "0401")
    neighbour(world, "sun", "0402")
    row, clerk = asked(world), world.actor("clerk")
    acceptance.say(by=world.actor("wang"), works_id=row.pk, accepts=True, reason="")
    with worlds.on("2026-11-27"):
        more = (
            "%(spoke)s of at least %(least)s homes have spoken. Give more time and go to those who have not."
        )
        refused(more, acceptance.conclude, by=clerk, works_id=row.pk)
        nobody = "Nobody is asked about these works now."
        refused(nobody, acceptance.say, by=world.actor("li"), works_id=row.pk, accepts=True, reason="")
        row = acceptance.put(by=clerk, works_id=row.pk, until=date(2026, 11, 30))
        assert (row.round, read.heard(row, today()).spoke) == (1, 1)
        page = shown(desk(world, "clerk").get(f"/desk/works/{row.pk}/homes/"))
        assert page.count("0401") == page.count("0402") == 1
        acceptance.say(by=world.actor("li"), works_id=row.pk, accepts=True, reason="")
    with worlds.on("2026-12-01"):
        assert acceptance.conclude(by=clerk, works_id=row.pk).accepted


def test_the_table_refuses_what_no_act_would_do(world) -> None:
    row = asked(world)
    doubt = doubts.hear(by=world.actor("grid"), works_id=row.pk, text="不放心", doors=3)
    wang, home = world.persons["wang"], world.place("home")
    voice = {"works": row, "round": 1, "home_id": home, "person_id": wang}
    AcceptanceVoice.objects.create(**voice, accepts=True)
    for name, act in {
        "a home twice": lambda: AcceptanceVoice.objects.create(**voice, accepts=True),
        "a refusal without reason": lambda: AcceptanceVoice.objects.update(accepts=False),
        "a short warranty": lambda: Warranty.objects.update(months=59),
        "accepted on no day": lambda: Works.objects.filter(pk=row.pk).update(stage="accepted"),
        "chosen twice": lambda: WorksOption.objects.create(works=row, number=2, title="二", chosen=True),
        "others without a name": lambda: WorksOption.objects.update(from_others=1),
        "a doubt from nobody": lambda: Doubt.objects.filter(pk=doubt.pk).update(entered_by=None, doors=0),
    }.items():
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
            pytest.fail(name)


def test_pages_read_little(world) -> None:
    row, clerk = building(world), world.actor("clerk")
    for number in range(3):
        material = replace(MATERIAL, batch=str(number))
        kept = works_lines.keep_material(by=clerk, works_id=row.pk, kept=material)
        works_lines.add_paper(by=clerk, works_id=row.pk, upload=Upload(PDF, "a.pdf"), material_id=kept.pk)
        doubt = doubts.ask(by=world.actor("wang"), works_id=row.pk, text="靠得住吗", material_id=kept.pk)
        doubts.answer(by=clerk, doubt_id=doubt.pk, text="送检合格。")
    assert WorksPaper.objects.count() == 3
    wang, keeper = desk(world, "wang"), desk(world, "clerk")
    assert queries(wang, "/works/") <= MOST_QUERIES
    assert queries(keeper, "/desk/works/") <= MOST_QUERIES
    for client, path in [
        (wang, f"/works/{row.pk}/"),
        (wang, f"/works/{row.pk}/print/"),
        (keeper, f"/desk/works/{row.pk}/"),
        (keeper, f"/desk/works/doubts/{doubt.pk}/"),
        (keeper, f"/desk/works/{row.pk}/homes/"),
    ]:
        assert queries(client, path) <= 26, path


# Photos of what is doubted and of defects


def sent_photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", picture(), "image/jpeg")


def test_a_doubt_comes_with_photos_whoever_reads_it_sees_them(world) -> None:
    row = opened(world)
    wang, chen, stranger = desk(world, "wang"), desk(world, "chen"), desk(world, "property")
    sent = {"text": "卷材起泡了", "material": "", "photos": [sent_photo(), sent_photo()]}
    asked_at = wang.post(f"/works/{row.pk}/doubt/", sent)
    assert asked_at.status_code == 302
    doubt = Doubt.objects.get()
    first, second = doubt.photos.order_by("pk")
    address = f"/works/photos/{first.pk}/"
    assert address in shown(chen.get(f"/works/{row.pk}/"))
    assert chen.get(address).status_code == 200
    assert stranger.get(address).status_code == 404
    assert chen.post(f"{address}back/").status_code == 403, "it is not theirs"
    assert wang.post(f"{address}back/").status_code == 302
    assert StoredFile.objects.count() == 1
    doubts.hide(by=world.actor("clerk"), doubt_id=doubt.pk, reason="写了别人的名字")
    other = f"/works/photos/{second.pk}/"
    assert (chen.get(other).status_code, desk(world, "clerk").get(other).status_code) == (404, 200)
    assert desk(world, "clerk").post(f"/desk/works/photos/{second.pk}/out/").status_code == 302
    assert not StoredFile.objects.exists()
    assert Entry.objects.filter(event="deliberation.works_doubt_photo_removed").count() == 2


def test_photos_are_few_and_photos(world) -> None:
    row, by = opened(world), world.actor("wang")
    photo = ("a.jpg", picture())
    given = {"by": by, "works_id": row.pk, "text": "起泡了"}
    refused("At most 3 photos.", doubts.ask, **given, photos=[photo] * 4)
    paper = "Send photos here; documents are laid open with the file."
    refused(paper, doubts.ask, **given, photos=[("a.pdf", PDF)])
    assert not Doubt.objects.exists()
    page = shown(desk(world, "wang").post(f"/works/{row.pk}/doubt/", {"text": "", "material": ""}), 422)
    assert "data-photos" in page


def test_a_defect_is_shown_as_it_was_found_and_as_it_was_mended(world) -> None:
    row, clerk = building(world), desk(world, "clerk")
    noted = {"text": "女儿墙根渗水", "photos": [sent_photo()]}
    assert clerk.post(f"/desk/works/{row.pk}/defects/", noted).status_code == 302
    defect = row.defects.get()
    mended = {"mended_on": "2026-11-16", "words": "补了一层", "photos": [sent_photo()]}
    assert clerk.post(f"/desk/works/{row.pk}/defects/{defect.pk}/", mended).status_code == 302
    papers = WorksPaper.objects.filter(defect=defect)
    assert [each.kind for each in papers] == [PaperKind.PHOTO, PaperKind.PHOTO]
    page = shown(desk(world, "wang").get(f"/works/{row.pk}/"))
    assert all(f"/works/papers/{each.pk}/" in page for each in papers)
    photos = [("a.jpg", picture())] * 4
    given = {"by": world.actor("clerk"), "works_id": row.pk, "text": "还渗", "photos": photos}
    refused("At most 3 photos.", acceptance.note_defect, **given)
