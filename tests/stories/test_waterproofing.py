"""The waterproofing of a roof: options compared, the owners decide, households doubt the material, volunteers
check it and explain it from door to door, homes accept once a defect is mended, the warranty is claimed."""

from django.core.files.uploadedfile import SimpleUploadedFile

from linli.deliberation.models import (
    Defect,
    Doubt,
    MaterialCheck,
    Warranty,
    Works,
    WorksMaterial,
    WorksOption,
)
from linli.matters.models import Matter, Opening, ProcedureVersion
from tests import world as worlds
from tests.deliberation.covenanting import neighbour
from tests.documents.files import PDF, picture
from tests.stories.people import Street

DOUBT = "这卷材是不是便宜货？去年隔壁院子用的就漏。"


def proposed(street: Street, text: str) -> Matter:
    """The grid worker writes down at Wang's door what the community is to take on."""
    world = street.world
    fields = {"who": "王小明", "raiser": str(world.persons["wang"]), "text": text, "kind": "proposal"}
    fields |= {"place": str(world.place("home")), "channel": "visit"}
    fields["way"] = str(ProcedureVersion.objects.get(name="renovation").pk)
    street.person("grid").sends("/desk/intake/", **fields)
    return Matter.objects.latest("raised_at")


def test_twenty_households_doubt_the_waterproofing(renovating, worker) -> None:
    street = renovating
    for number in range(1, 7):
        neighbour(street.world, f"n{number}", f"06{number:02}", "李明")
    clerk, wang, grid = street.person("clerk"), street.person("wang"), street.person("grid")

    with worlds.on("2026-11-17"):
        matter = proposed(street, "楼顶一下雨就漏，墙都发霉了。")
        street.move("grid", matter, "plan:accept")
        opening = Opening.objects.get(step__matter=matter, kind="works", step__left_at__isnull=True)
        begin = f"/desk/works/new/?asked=opening:{opening.pk}"
        assert "工程公开" in clerk.sees(f"/desk/matters/{matter.pk}/")
        place = str(street.world.place("building"))
        rule = {"answer_workdays": "3", "turnout": "half", "majority": "two_thirds"}
        clerk.sends(begin, 422, place=place, title="", **rule)
        clerk.sends(begin, place=place, title="3号楼屋面防水", about="屋面重做防水。", **rule)
        clerk.sends(begin, place=place, title="再开一份", **rule)  # it has its file already
        works = Works.objects.get()
        at_desk, page = f"/desk/works/{works.pk}/", f"/works/{works.pk}/"
        assert wang.client.get(page).status_code == 404
        clerk.sends(at_desk + "open/", 409)

    with worlds.on("2026-11-18"):
        clerk.sends(
            at_desk + "lines/option/", title="SBS 卷材，做两层", from_owners="12000", from_fund="36000.50"
        )
        clerk.sends(at_desk + "lines/option/", 422, title="涂料", from_others="9000")
        clerk.sends(at_desk + "lines/option/", title="只补漏点", from_owners="6000")
        clerk.sends(
            at_desk + "lines/part/", 422, title="铲旧层", plan_from="2026-12-02", plan_to="2026-12-01"
        )
        for title, first, last in [
            ("铲旧层", "2026-12-01", "2026-12-04"),
            ("铺卷材", "2026-12-05", "2026-12-11"),
        ]:
            clerk.sends(at_desk + "lines/part/", title=title, plan_from=first, plan_to=last)
        clerk.sends(at_desk + "open/")
        seen = wang.sees(page)
        assert "共 48,000.50 元" in seen
        assert "36,000.50" in seen
        assert street.person("chen").client.get(page).status_code == 200
        assert street.stranger().client.get(page).status_code == 302

    with worlds.on("2026-11-25"):
        option = str(WorksOption.objects.get(number=1).pk)
        said = {"option": option, "decided_on": "2026-11-24", "words": "业主表决，26 户中 22 户同意"}
        clerk.sends(at_desk + "decide/", 409, **said)  # nobody builds yet
        clerk.sends(at_desk + "edit/", title="3号楼屋面防水", builder="宏宇防水公司", contact="工地 8207788")
        clerk.sends(at_desk + "decide/", **said)
        clerk.sends(at_desk + "lines/option/", 409, title="再加一个")
        material = {"name": "SBS 改性沥青防水卷材", "used_for": "屋面", "maker": "河西建材厂", "grade": "Ⅱ型"}
        clerk.sends(at_desk + "lines/material/", 422, **(material | {"maker": ""}))
        clerk.sends(at_desk + "lines/material/", **material, batch="20261118-3")
        row = WorksMaterial.objects.get()

    with worlds.on("2026-12-02"):
        wang.sends(page + "doubt/", 422, text="")
        wang.sends(page + "doubt/", text=DOUBT, material=str(row.pk))
        doubt = Doubt.objects.get()
        for number in range(1, 4):
            street.person(f"n{number}").sends(page + f"doubts/{doubt.pk}/share/")
        street.person("n1").sends(page + f"doubts/{doubt.pk}/share/", 409)
        seen = street.person("n4").sees(page)
        assert "有几户邻居也这么问" in seen  # four of them: no number is told
        grid.sends(at_desk + "doubts/hear/", 422, text="老人说不放心", doors="0")
        grid.sends(
            at_desk + "doubts/hear/", text="老人说看不懂检测报告，不放心", doors="18", material=str(row.pk)
        )
        assert "18 位邻居也这么问" in wang.sees(page)

    with worlds.on("2026-12-08"):  # three workdays ended on the 7th
        assert "答复逾期" in clerk.sees("/desk/works/")
        report = SimpleUploadedFile("检测报告.pdf", PDF, content_type="application/pdf")
        clerk.sends(at_desk + "papers/add/", kind="test_report", of=f"material:{row.pk}", file=report)
        photo = SimpleUploadedFile("卷材.jpg", picture(), content_type="image/jpeg")
        look = {
            "done_on": "2026-12-08",
            "done_by": "志愿者3人和楼栋长",
            "found": "批号与合格证一致，厚度 4 毫米",
        }
        grid.sends(at_desk + f"material/{row.pk}/look/", **look, photo=photo)
        assert MaterialCheck.objects.get().papers.count() == 1
        clerk.sends(f"/desk/works/doubts/{doubt.pk}/answer/", text="同批次送检合格，报告贴出来了。")
        grid.sends(
            f"/desk/works/doubts/{doubt.pk}/explain/", 422, went_on="2026-12-08", went_by="", reached="21"
        )
        grid.sends(
            f"/desk/works/doubts/{doubt.pk}/explain/",
            went_on="2026-12-08", went_by="志愿者3人", reached="21", absent="2",
        )  # fmt: skip
        heard = Doubt.objects.exclude(pk=doubt.pk).get()
        clerk.sends(
            f"/desk/works/doubts/{heard.pk}/answer/", text="报告上三项指标都合格，志愿者上门逐项念给大家听。"
        )
        seen = wang.sees(page)
        assert "建设社区" in seen.split("疑问和答复")[1]
        assert "志愿者3人上门给 21 户讲清楚了" in seen
        assert "由志愿者3人和楼栋长核对" in seen
        paper = row.papers.get()
        assert wang.client.get(f"/works/papers/{paper.pk}/").status_code == 200
        assert street.stranger().client.get(f"/works/papers/{paper.pk}/").status_code == 302
        worker()
        assert "3号楼屋面防水" in wang.sees("/notices/")

    with worlds.on("2026-12-14"):
        clerk.sends(at_desk + "put/", 409, ends="2026-12-24")  # parts are not done
        for part, first, last in [
            ("铲旧层", "2026-12-01", "2026-12-04"),
            ("铺卷材", "2026-12-05", "2026-12-13"),
        ]:
            line = works.parts.get(title=part)
            clerk.sends(
                f"{at_desk}lines/part/{line.pk}/",
                title=part, plan_from=first, plan_to=line.plan_to, began_on=first, ended_on=last,
            )  # fmt: skip
        clerk.sends(at_desk + "lines/warranty/", 422, kind="waterproofing", title="屋面防水", months="36")
        clerk.sends(at_desk + "lines/warranty/", kind="waterproofing", title="屋面防水", months="60")
        clerk.sends(at_desk + "put/", ends="2026-12-24")
        assert "您认可这次工程吗" in wang.sees("/")
        wang.sends(page + "accept/", 422, accepts="no", reason="")
        wang.sends(page + "accept/", accepts="no", reason="天沟边上没压实")
        for number in range(1, 6):
            street.person(f"n{number}").sends(page + "accept/", accepts="yes")
        assert "天沟边上没压实" not in street.person("n1").sees(page)
        assert "天沟边上没压实" in clerk.sees(at_desk)
        clerk.sends(at_desk + "defects/", text="天沟边上没压实")
        clerk.sends(at_desk + "conclude/", 409)  # people have time

    with worlds.on("2026-12-25"):
        clerk.sends(at_desk + "conclude/", 409)  # the defect is not mended
        defect = Defect.objects.get()
        clerk.sends(f"{at_desk}defects/{defect.pk}/", mended_on="2026-12-25", words="重新热熔压实")
        clerk.sends(at_desk + "conclude/")
        works.refresh_from_db()
        assert (works.stage, str(works.accepted_on)) == ("accepted", "2026-12-25")
        assert "6 户里 5 户认可，共问了 7 户" in wang.sees(page)
        assert "2031-12-25" in wang.sees(page + "print/")

    with worlds.on("2031-12-25"):
        warranty = Warranty.objects.get()
        wang.sends(page + f"warranty/{warranty.pk}/", 422, text="")
        wang.sends(page + f"warranty/{warranty.pk}/", text="西北角又渗水了")
        claim = Matter.objects.order_by("-raised_at").first()
        assert (claim.title, claim.raised_by_id) == ("保修：屋面防水", street.world.persons["wang"])
        assert claim.number in clerk.sees(at_desk)
        assert claim.number not in street.person("n1").sees(page)
    with worlds.on("2031-12-26"):
        wang.sends(page + f"warranty/{warranty.pk}/", 403, text="又漏了")


def test_a_matter_goes_on_once_its_works_are_accepted(renovating, worker) -> None:
    """The step of the matter waits for the homes, and for nothing else."""
    street = renovating
    clerk, wang = street.person("clerk"), street.person("wang")
    with worlds.on("2026-11-17"):
        matter = proposed(street, "楼道扶手断了，想一起换掉。")
        street.move("grid", matter, "plan:accept")
        meeting = Opening.objects.get(step__matter=matter, kind="meeting")
        street.act(
            "clerk",
            matter,
            "outcome",
            opening=str(meeting.pk),
            held_on="2026-11-17",
            attended="9",
            result="agreed",
            minutes="换不锈钢的",
        )
        street.move("clerk", matter, "decide:agree")
        ballot = Opening.objects.get(step__matter=matter, kind="ballot")
        street.act(
            "clerk",
            matter,
            "outcome",
            opening=str(ballot.pk),
            held_on="2026-11-17",
            attended="9",
            result="agreed",
            minutes="同意",
        )
        street.move("clerk", matter, "build:agree")
        opening = Opening.objects.get(step__matter=matter, kind="works", step__left_at__isnull=True)
        place = str(street.world.place("entrance"))
        rule = {"answer_workdays": "2", "turnout": "any", "majority": "all", "builder": "恒安物业"}
        clerk.sends(f"/desk/works/new/?asked=opening:{opening.pk}", place=place, title="换扶手", **rule)
        works = Works.objects.get()
        at_desk = f"/desk/works/{works.pk}/"
        clerk.sends(at_desk + "lines/option/", title="不锈钢", from_others="3000", others_are="物业")
        clerk.sends(at_desk + "lines/part/", title="安装", plan_from="2026-11-17", plan_to="2026-11-17")
        clerk.sends(at_desk + "open/")
        option = str(WorksOption.objects.get().pk)
        clerk.sends(at_desk + "decide/", option=option, decided_on="2026-11-17", words="大家同意")
        part = works.parts.get()
        clerk.sends(
            f"{at_desk}lines/part/{part.pk}/", title="安装", plan_from="2026-11-17", plan_to="2026-11-17",
            began_on="2026-11-17", ended_on="2026-11-17",
        )  # fmt: skip
        clerk.sends(at_desk + "lines/warranty/", kind="agreed", title="扶手", months="12")
        street.move("clerk", matter, "closed:finish", 422)
        clerk.sends(at_desk + "put/", ends="2026-11-18")
        wang.sends(f"/works/{works.pk}/accept/", accepts="yes")
        clerk.sends(at_desk + "conclude/")  # the one home there has spoken
        street.move("clerk", matter, "closed:finish")
        assert Matter.objects.get(pk=matter.pk).state == "closed"
        assert "换扶手" in wang.sees(f"/my/{matter.pk}/")
