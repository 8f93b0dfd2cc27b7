"""建设社区 looks for kind neighbours: put forward, asked, chosen, posted, on the roll. And asks how its
services are, on the phone and on paper, publishes what came of it, and asks again."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from PIL import Image

from linli.deliberation.models import (
    Answered,
    Appraisal,
    Chooser,
    HonourDoubt,
    Nomination,
    NominationPhoto,
    Survey,
    SurveyAnswer,
    Voice,
)
from linli.documents.models import StoredFile
from tests import world as worlds
from tests.deliberation.covenanting import neighbour

OPENED = {
    "title": "2026年善良邻居",
    "honours": "person",
    "criteria": "常帮邻居\n说话和气",
    "seats": "1",
    "choices": "2",
    "weight_jury": "4",
    "weight_residents": "6",
    "tie": "shared",
    "nominate_until": "2026-11-20",
    "choose_from": "2026-11-25",
    "choose_until": "2026-11-30",
    "posted_days": "5",
}


def picture(name: str = "阳台.png") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (30, 20), (120, 160, 130)).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def test_kind_neighbours_from_the_nomination_to_the_roll(street) -> None:
    for number, (key, name) in enumerate({"zhao": "赵一鸣", "sun": "孙桂兰", "li": "李长顺"}.items()):
        neighbour(street.world, key, f"040{number + 1}", name)
    clerk, secretary, wang = street.person("clerk"), street.person("secretary"), street.person("wang")
    zhao, sun, li = street.person("zhao"), street.person("sun"), street.person("li")
    persons, community = street.world.persons, street.world.place("community")

    with worlds.on("2026-11-16"):
        at = {"place": str(community), **OPENED}
        clerk.sends("/desk/appraisals/new/", 422, **{**at, "choose_from": "2026-11-22"})
        clerk.sends("/desk/appraisals/new/", 422, **{**at, "posted_days": "4"})
        clerk.sends("/desk/appraisals/new/", **at)
        row = Appraisal.objects.get()
        page, at_desk = f"/appraisals/{row.pk}/", f"/desk/appraisals/{row.pk}/"
        assert street.stranger().client.get(page).status_code == 404
        assert "推荐别人" in wang.sees(page)
        wang.sends(page + "nominate/", 422, named="四楼的孙阿姨", reason="")
        wang.sends(page + "nominate/", named="四楼的孙阿姨", reason="天天给独居老人送饭", photos=picture())
        li.sends(page + "nominate/", named="赵一鸣", reason="帮大家修水管", photos=picture("水管.png"))
        wang.sends(page + "self/", 403, reason="我也不错")
        clerk.sends(at_desk + "jury/name/", post=str(street.world.posts["secretary"].id))
        clerk.sends(at_desk + "jury/name/", 409, person=str(persons["wang"]))

    with worlds.on("2026-11-18"):
        first, second = Nomination.objects.order_by("nominated_at")
        photo = NominationPhoto.objects.get(nomination=first)
        assert sun.client.get(f"/appraisals/nominations/{first.pk}/").status_code == 404
        assert sun.client.get(f"/appraisals/photos/{photo.pk}/").status_code == 404
        assert wang.client.get(f"/appraisals/photos/{photo.pk}/?thumbnail=1").status_code == 200
        one = f"{at_desk}nominations/{first.pk}/"
        assert "孙**" in clerk.sees(one + "?q=孙桂兰")
        clerk.sends(one + "find/", person=str(persons["sun"]))
        clerk.sends(f"{at_desk}nominations/{second.pk}/find/", 409, person=str(persons["sun"]))
        clerk.sends(f"{at_desk}nominations/{second.pk}/find/", person=str(persons["zhao"]))
        assert "您被推荐了" in sun.sees("/")
        assert "天天给独居老人送饭" not in li.sees(page)
        own = f"/appraisals/nominations/{first.pk}/"
        assert "天天给独居老人送饭" in sun.sees(own)
        wang.sends(own + "agree/", 409)
        sun.sends(own + "agree/", full_name="on", with_photos="on")
        clerk.sends(f"{at_desk}enter/", person=str(persons["li"]), reason="楼道灯坏了他先换")
        third = Nomination.objects.get(person_id=persons["li"])
        clerk.sends(f"{at_desk}nominations/{third.pk}/consent/")
        assert "登记" in clerk.sees(f"{at_desk}nominations/{third.pk}/")
        files = StoredFile.objects.count()
        zhao.sends(f"/appraisals/nominations/{second.pk}/withdraw/")
        assert StoredFile.objects.count() == files - 1
        assert not Nomination.objects.filter(pk=second.pk).exists()
        assert "修水管" not in li.sees(page)
        clerk.sends(f"{at_desk}enter/", 409, person=str(persons["zhao"]), reason="还是想推荐")

    with worlds.on("2026-11-26"):
        seen = wang.sees(page)
        assert "孙桂兰" in seen
        assert "李**" in seen
        wang.sends(page + "choose/", 422)
        wang.sends(page + "choose/", chosen=[str(first.pk), str(third.pk)])
        wang.sends(page + "choose/", 409, chosen=[str(first.pk)])
        zhao.sends(page + "choose/", chosen=[str(first.pk)])
        assert (Chooser.objects.count(), Voice.objects.count()) == (2, 3)
        points = {
            f"p-{one.pk}-{what.pk}": str(8 if one == first else 9)
            for one in (first, third)
            for what in row.criteria.all()
        }
        secretary.sends(page + "judge/", 422, **dict(list(points.items())[:2]))
        secretary.sends(page + "judge/", **points)
        wang.sends(page + "judge/", 409, **points)
        clerk.sends(at_desk + "post/", 409)

    with worlds.on("2026-12-01"):
        clerk.sends(at_desk + "post/")
        assert Chooser.objects.count() + Voice.objects.count() == 0
        told = street.stranger().sees(page)
        assert "孙桂兰" in told
        assert "李" not in told
        assert street.stranger().client.get(f"/appraisals/photos/{photo.pk}/").status_code == 200
        wang.sends(f"/appraisals/nominations/{third.pk}/object/", 404, words="不服")
        li.sends(f"/appraisals/nominations/{first.pk}/object/", words="听说不是她送的")
        objection = HonourDoubt.objects.get()
        clerk.sends(at_desk + "conclude/", 409)
        secretary.sends(f"{at_desk}objections/{objection.pk}/", do="reject", words="问过三位老人，是她")
        assert "问过三位老人，是她" in li.sees("/notices/")

    with worlds.on("2026-12-06"):
        clerk.sends(at_desk + "conclude/", 409)

    with worlds.on("2026-12-07"):
        clerk.sends(at_desk + "conclude/")
        assert list(Nomination.objects.values_list("pk", flat=True)) == [first.pk]
        roll = f"/appraisals/roll/{community}/"
        assert "孙桂兰" in street.stranger().sees(roll)
        assert "孙桂兰" in street.stranger().sees(roll + "print/?year=2026")
        assert "光荣榜" in street.stranger().sees(page + "print/")
        sun.sends(own + "withdraw/")
        assert "孙" not in street.stranger().sees(roll)
        assert StoredFile.objects.count() == 0


def test_a_survey_that_changes_what_is_done(street) -> None:
    names = {"zhao": "赵一鸣", "sun": "孙桂兰", "li": "李长顺", "zhou": "周正", "wu": "吴秀英"}
    for number, (key, name) in enumerate(names.items()):
        neighbour(street.world, key, f"040{number + 1}", name)
    clerk = street.person("clerk")
    persons = street.world.persons

    with worlds.on("2026-11-16"):
        clerk.sends("/desk/surveys/new/", place=str(street.world.place("community")), title="物业服务怎么样")
        row = Survey.objects.get()
        page, at_desk = f"/surveys/{row.pk}/", f"/desk/surveys/{row.pk}/"
        clerk.sends(at_desk + "open/", 409, ends="2026-11-25")
        clerk.sends(at_desk + "add/", kind="level", text="保洁满意吗")
        clerk.sends(at_desk + "add/", 422, kind="one", text="先修哪里", options="楼道灯")
        clerk.sends(at_desk + "add/", kind="one", text="先修哪里", options="楼道灯\n单元门")
        clerk.sends(at_desk + "add/", kind="text", text="还想说什么")
        clerk.sends(at_desk + "questions/2/remove/")
        clerk.sends(at_desk + "add/", kind="several", text="晚上要什么", options="灯\n门\n椅子", at_most="2")
        assert street.person("wang").client.get(page).status_code == 404
        clerk.sends(at_desk + "open/", ends="2026-11-25")
        clerk.sends(at_desk + "add/", 409, kind="text", text="迟了")

    with worlds.on("2026-11-18"):
        wang = street.person("wang")
        assert "物业服务怎么样" in wang.sees("/")
        assert "□ 椅子" in wang.sees(page + "print/")
        wang.sends(page + "answer/", 422)
        wang.sends(page + "answer/", 422, q1="5", q3=["1", "2", "3"])
        wang.sends(page + "answer/", q1="5", q2="保洁阿姨很好", q3=["1", "2"])
        wang.sends(page + "answer/", 409, q1="1")
        assert "物业服务怎么样" not in wang.sees("/")
        for key in ("zhao", "sun", "li"):
            street.person(key).sends(page + "answer/", q1="4", q3=["1"])
        clerk.sends(at_desk + "paper/enter/", 409, q1="4")
        clerk.sends(at_desk + "paper/handed-in/", person=str(persons["zhou"]))
        clerk.sends(at_desk + "paper/handed-in/", 409, person=str(persons["zhou"]))
        clerk.sends(at_desk + "paper/handed-in/", person=str(persons["wu"]))
        clerk.sends(at_desk + "paper/enter/", q1="2", q3=["3"])
        sheet = SurveyAnswer.objects.exclude(sheet="").first().sheet
        clerk.sends(at_desk + "paper/strike/", sheet=sheet.lower())
        clerk.sends(at_desk + "paper/enter/", q1="4", q3=["3"])
        assert clerk.client.get(at_desk + "texts/").status_code == 409
        clerk.sends(at_desk + "publish/", 409, summary="好")

    with worlds.on("2026-11-26"):
        clerk.sends(at_desk + "publish/", 409, summary="好")  # a sheet handed in has not been entered
        clerk.sends(at_desk + "paper/enter/", q1="4", q3=["2"])
        assert "保洁阿姨很好" in clerk.sees(at_desk + "texts/")
        clerk.sends(at_desk + "publish/", 422, summary="")
        clerk.sends(at_desk + "publish/", summary="大家夸保洁，希望晚上亮一点。")
        assert Answered.objects.count() == 0
        told = street.stranger().sees(page)
        assert "6 人作答" in told
        assert "100%满意" in told
        assert "保洁阿姨很好" not in told
        assert "希望晚上亮一点" in told
        clerk.sends(at_desk + "archive/", 422, changed="")
        clerk.sends(at_desk + "archive/", changed="楼前加了两盏灯。")
        assert "楼前加了两盏灯" in street.stranger().sees(page)
        book = load_workbook(BytesIO(clerk.client.get(at_desk + "book/").content)).active
        assert "建设社区，物业服务怎么样" in book["A2"].value
        assert [cell.value for cell in book[4]][1:4] == ["保洁满意吗", "非常满意", "不足五，或一并隐去"]
        clerk.sends(at_desk + "again/")

    with worlds.on("2027-05-10"):
        second = Survey.objects.get(follows=row)
        clerk.sends(f"/desk/surveys/{second.pk}/open/", ends="2027-05-20")
        for key in ("wang", "zhao", "sun", "li", "zhou"):
            street.person(key).sends(f"/surveys/{second.pk}/answer/", q1="5")

    with worlds.on("2027-05-21"):
        clerk.sends(f"/desk/surveys/{second.pk}/publish/", summary="")
        assert "上次 100%" in street.stranger().sees(f"/surveys/{second.pk}/")
