"""Templates of minutes: what fills them, who words them, what stays as it was, and the paper."""

import re

import pytest

from linli.audit.models import Entry
from linli.gatherings import actions
from linli.gatherings.kinds import Blank, BodyKind, Event, Shipped
from linli.gatherings.models import Body, Minutes, MinutesTemplate
from linli.gatherings.rules import minutes
from linli.gatherings.rules.minutes import Section
from linli.kernel.decision import Refused
from tests.gatherings import meeting as making
from tests.matters.desking import desk, shown
from tests.pdf import words_of
from tests.world import World, on

OWN = [
    Section("议题", "{items}"),
    Section("决议", "{resolved}\n以上由 {names} 通过"),
    Section("未尽事宜", "{also_said}"),
]
NAMES = {Blank.ITEMS: "agenda, titles alone", Blank.NAMES: "names"}


@pytest.fixture(autouse=True)
def _monday(db: None):
    with on("2026-11-16"):
        yield


def own(world: World, name: str = "院坝会纪要", sections: list[Section] = OWN) -> MinutesTemplate:
    """A template the community keeps."""
    return actions.keep_template(
        by=world.actor("secretary"), place_id=world.place("community"), name=name, sections=sections
    )


class TestFilling:
    def test_empty_blanks_take_their_line_and_their_section_along(self) -> None:
        said = minutes.fill(OWN, {Blank.ITEMS: "1. 路灯\n2. 车棚", Blank.NAMES: "王、李"})
        assert said == "议题:\n1. 路灯\n2. 车棚\n决议: 以上由 王、李 通过"

    def test_a_heading_alone_and_words_alone_stay(self) -> None:
        assert minutes.fill([Section("记录", ""), Section("", "散会。")], {}) == "记录\n散会。"

    def test_blanks_go_by_name_and_come_back(self) -> None:
        typed = "先 {agenda, titles alone}，后 ｛ names ｝，又 {weather}"
        kept = minutes.coded(typed, NAMES)
        assert kept == "先 {items}，后 {names}，又 {weather}"
        assert minutes.unknown_in(kept) == ["weather"]
        assert minutes.named("先 {items}", NAMES) == "先 {agenda, titles alone}"

    @pytest.mark.parametrize("code", Shipped)
    def test_what_is_shipped_is_sound(self, code: Shipped) -> None:
        assert minutes.is_sound("会议纪要", minutes.SHIPPED[code])

    @pytest.mark.parametrize(
        ("name", "sections", "why"),
        [
            ("", OWN, "name"),
            ("纪要", [], "at least one section"),
            ("纪要", [Section("", "{weather}")], "“weather”.*from the list"),
            ("纪要", [Section("", "一")] * (minutes.MOST_SECTIONS + 1), "at most 20 sections"),
            ("纪要", [Section("长" * 41, "")], "heading"),
        ],
    )
    def test_what_is_refused(self, name: str, sections: list[Section], why: str) -> None:
        assert re.search(why, str(minutes.is_sound(name, sections)))


class TestKeeping:
    def test_who_may_word_one(self, world: World) -> None:
        for key in ("wang", "grid"):
            with pytest.raises(Refused, match="wording templates"):
                actions.keep_template(
                    by=world.actor(key), place_id=world.place("community"), name="纪要", sections=OWN
                )

    def test_one_of_a_name(self, world: World) -> None:
        own(world)
        with pytest.raises(Refused, match="another"):
            own(world)

    def test_every_act_is_on_record(self, world: World) -> None:
        row, secretary = own(world), world.actor("secretary")
        for name in ("新纪要", "新纪要"):
            actions.change_template(by=secretary, template_id=row.pk, name=name, sections=OWN)
        actions.end_template(by=secretary, template_id=row.pk)
        events = Entry.objects.filter(subject_id=row.pk).order_by("at").values_list("event", flat=True)
        assert list(events) == [Event.TEMPLATE_KEPT, Event.TEMPLATE_CHANGED, Event.TEMPLATE_ENDED]
        with pytest.raises(Refused, match="not kept any more"):
            actions.end_template(by=secretary, template_id=row.pk)

    def test_one_a_body_begins_with_is_not_given_up(self, world: World) -> None:
        row, body = own(world), making.body(world)
        Body.objects.update(minutes_template=row)
        with pytest.raises(Refused, match=body.name):
            actions.end_template(by=world.actor("secretary"), template_id=row.pk)


class TestPages:
    def test_from_nothing_to_the_minutes_on_paper(self, world: World) -> None:
        body, secretary = making.body(world), desk(world, "secretary")
        page = shown(secretary.get("/desk/meetings/templates/"))
        assert "No template of your own yet" in page
        assert "shipped" in page
        sent = {
            "place": str(world.place("community")), "name": "联席会纪要",
            "heading-0": "到会", "words-0": "{names of those who came}",
            "heading-1": "决议", "words-1": "", "add-1": Blank.RESOLVED.value,
        }  # fmt: skip
        tried = shown(secretary.post("/desk/meetings/templates/new/", sent | {"preview": "1"}))
        assert "到会: 【names of those who came】" in tried
        assert not MinutesTemplate.objects.exists(), "looking keeps nothing"
        secretary.post("/desk/meetings/templates/new/", sent)
        row = MinutesTemplate.objects.get()
        assert row.sections == [["到会", "{names}"], ["决议", "{resolved}"]]
        rules = {
            "name": body.name, "every_months": "3", "notice_days": "3", "quorum": "more_than_half",
            "proxies_most": "1", "video_base": "", "template": str(row.pk), "is_public": "on",
        }  # fmt: skip
        secretary.post(f"/desk/meetings/bodies/{body.pk}/rules/", rules)
        body.refresh_from_db()
        meeting = making.opened(world, body, "secretary", "clerk", "grid")
        making.resolved(world, meeting)
        address = f"/desk/meetings/{meeting.pk}/minutes/"
        begun = shown(secretary.get(address))
        assert "决议: Adopted: 路灯" in begun
        assert "Present of those entitled" not in begun
        assert "Present of those entitled: 3 of 4" in shown(secretary.get(address + "?template=meeting"))
        draft = re.search(r"<textarea[^>]*>(.*?)</textarea>", begun, re.DOTALL)
        assert draft is not None
        desk(world, "clerk").post(address, {"text": draft[1]})
        actions.close(by=world.actor("secretary"), gathering_id=meeting.pk)
        actions.approve_minutes(by=world.actor("secretary"), gathering_id=meeting.pk, version=1)
        before = Minutes.objects.get().text
        actions.change_template(
            by=world.actor("secretary"), template_id=row.pk, name="联席会纪要", sections=[Section("改", "了")]
        )
        assert Minutes.objects.get().text == before, "old minutes keep the words they were made of"
        paper = words_of(secretary.get(f"/meetings/{meeting.pk}/minutes/?as=pdf").content)
        assert "".join(before.splitlines()[-1].split()) in paper
        assert "approvedby" in paper

    def test_the_preview_is_filled_from_the_last_meeting(self, world: World) -> None:
        meeting = making.opened(world, making.body(world), "secretary", "clerk", "grid")
        making.published(world, meeting)
        row = own(world, sections=[Section("", "{held_by} · {title}")])
        page = shown(desk(world, "secretary").get(f"/desk/meetings/templates/{row.pk}/"))
        assert "建设社区联席会议 · 四季度联席会议" in page

    def test_what_no_meeting_can_fill_is_refused_with_the_list(self, world: World) -> None:
        row, secretary = own(world), desk(world, "secretary")
        sent = {"template": str(row.pk), "name": row.name, "heading-0": "天气", "words-0": "{weather}"}
        page = shown(secretary.post(f"/desk/meetings/templates/{row.pk}/", sent), 422)
        assert "No meeting can fill “weather”" in page
        assert "agenda, titles alone" in page
        look = shown(secretary.post("/desk/meetings/templates/look/", sent))
        assert "No meeting can fill these" in look

    def test_who_gets_in(self, world: World) -> None:
        row = own(world)
        for key in ("wang", "grid"):
            assert desk(world, key).get("/desk/meetings/templates/").status_code == 403
            assert desk(world, key).get(f"/desk/meetings/templates/{row.pk}/").status_code == 403
        assert desk(world, "secretary").get("/desk/meetings/templates/new/?of=x").status_code == 404
        row = own(world, "另一份")
        desk(world, "secretary").post(f"/desk/meetings/templates/{row.pk}/end/")
        row.refresh_from_db()
        assert row.ended_at is not None

    def test_a_talk_begins_with_a_template_of_its_community(self, world: World) -> None:
        row = own(world, sections=[Section("院坝会", "{where}")])
        talk = making.sitting(world)
        client = desk(world, "grid")
        assert "院坝会: " not in shown(client.get(f"/desk/meetings/{talk.pk}/minutes/"))
        assert "院坝会: " in shown(client.get(f"/desk/meetings/{talk.pk}/minutes/?template={row.pk}"))

    def test_a_template_of_elsewhere_is_not_a_bodys(self, world: World) -> None:
        row, body = own(world), making.body(world, BodyKind.BUILDING_COUNCIL)
        MinutesTemplate.objects.update(place=world.place("grid"))
        with pytest.raises(Refused, match="another community"):
            actions.change_body(
                by=world.actor("secretary"), body_id=body.pk, name=body.name,
                rules=making.bodies_rules(body), is_public=True, video_base="", template_id=row.pk,
            )  # fmt: skip
