"""A resident joins an existing matter instead of raising a second, and judges it with the others."""

from linli.matters.models import Evaluation, Matter, Raiser
from tests.stories.people import Street, words
from tests.world import on

SAID = "二单元的声控灯一个多星期不亮，晚上下楼踩空过一次。"
AGAIN = "楼道声控灯坏了好几天，晚上上楼看不见台阶。"


def test_the_second_to_say_it_stands_behind_the_first(street: Street) -> None:
    with on("2026-11-18", 20):
        matter = street.raise_matter("wang", SAID, place="entrance")
    with on("2026-11-19"):
        street.act(
            "grid",
            matter,
            "triage",
            category="corridor_lamp",
            level="settle_at_once",
            urgency="ordinary",
            unit="",
            task="",
            then="keep",
        )
        street.act("clerk", matter, "publish", title="楼道声控灯不亮", summary="三号楼楼道的声控灯晚上不亮。")
    with on("2026-11-20", 21):
        neighbour = street.person("chen")
        place = str(street.world.place("building"))
        between = neighbour.sends("/say/", 200, text=AGAIN, place=place, kind="appeal")
        page = words(between)
        assert "楼道声控灯不亮" in page
        assert "踩空" not in page, "what the first raiser wrote stays theirs"
        assert Matter.objects.count() == 1, "nothing is sent yet"
        neighbour.sends(f"/matters/{matter.id}/join/", instead="say")
        assert Matter.objects.count() == 1
        assert Raiser.objects.filter(matter=matter).count() == 2
        assert "楼道声控灯不亮" in neighbour.sees("/my/")
    with on("2026-11-21"):
        street.act("clerk", matter, "say", kind="answer", text="灯已经换好，请看看亮不亮。")
        street.move("grid", matter, "judge:settle_at_once")
    with on("2026-11-22"):
        assert "灯已经换好" in neighbour.sees(f"/my/{matter.id}/")
        neighbour.sends(f"/my/{matter.id}/evaluate/", sent="1", solved="yes", level="5", text="亮了。")
    assert Evaluation.objects.filter(matter=matter, raiser_id=street.world.persons["chen"]).exists()
