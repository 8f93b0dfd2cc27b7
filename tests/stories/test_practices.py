"""罗石塔 takes over 紫轩's five affairs and changes a limit; 磨子井 gets fitness equipment in six steps."""

import re
from datetime import date, timedelta

import pytest

from linli.kernel.actor import SYSTEM
from linli.matters.kinds import Outcome, State
from linli.matters.models import Adoption, Matter, Opening, ProcedureDraft, ProcedureVersion
from linli.matters.read import settings
from linli.organizations.actions import posts
from tests import world as worlds
from tests.matters.test_web_practices import fields
from tests.stories.people import Street, words
from tests.world import on

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def luoshita(plain_street: Street) -> Street:
    """A community on the plain way: it has no grid branches, as 罗石塔 has none."""
    with on("2026-11-13"):
        posts.close_post(by=SYSTEM, post_id=plain_street.world.posts["branch"].id, on=date(2026, 11, 13))
    return plain_street


def test_luoshita_adopts_zixuans_five_affairs_and_changes_a_limit(luoshita: Street) -> None:
    secretary = luoshita.person("secretary")
    community = str(luoshita.world.place("community"))
    five = ProcedureVersion.objects.get(name="five-affairs")
    with on("2026-11-16"):
        page = secretary.sees(f"/desk/procedures/{five.id}/?community={community}")
        assert "没有这个岗位" in page
        assert "没有之前由社区干事接着" in page
        secretary.sends(f"/desk/procedures/{five.id}/adopt/", community=community, use="default")
        running = luoshita.raise_matter("wang", "楼下的灯坏了，晚上看不见台阶。")
        assert running.procedure_id == five.id
    with on("2026-11-17"):
        begun = secretary.sends(f"/desk/procedures/{five.id}/change/", community=community)
        draft = begun["Location"]
        form = fields(secretary.client.get(draft).content.decode())
        secretary.sends(draft, **form | {"s1-within_amount": ["2"], "do": ["save"]})
        page = secretary.sees(f"{draft}publish/")
        assert "「邻里议事」在这里没人办：本社区没有「网格党支部书记」这个岗位" in page
        revision = str(ProcedureDraft.objects.get().revision)
        secretary.sends(f"{draft}publish/", 422, revision=revision, use="default")
        form = fields(secretary.client.get(draft).content.decode())
        instead = {"s1-holder": ["grid_worker"], "s0-escalate": ["community_clerk"]}
        onward = secretary.sends(draft, **form | instead | {"do": ["publish"]})
        page = secretary.sees(onward["Location"])
        assert re.search(r"时限 5 个工作日 2 个工作日", page)
        revision = str(ProcedureDraft.objects.get().revision)
        secretary.sends(onward["Location"], revision=revision, use="default")
    own = ProcedureVersion.objects.get(community__isnull=False)
    assert settings.procedure(own).step("discuss").within == "2 workdays"
    assert list(Adoption.objects.filter(is_default=True, ends=None, community=community)) == [
        Adoption.objects.get(procedure=own)
    ]
    with on("2026-11-18"):
        after = luoshita.raise_matter("chen", "单元门口的地砖松了。")
        assert after.procedure_id == own.id
        luoshita.move("grid", after, "discuss:accept")
        luoshita.move("grid", running, "discuss:accept")
    due = {row.id: row.step_due_at for row in Matter.objects.filter(step_key="discuss")}
    assert due[after.id] < due[running.id]
    assert Matter.objects.get(id=running.id).procedure_id == five.id
    assert "五事工作法" in luoshita.person("clerk").sees("/desk/procedures/")


@pytest.fixture
def mozijing(committed_db: None) -> Street:
    """A community on the six steps, with building 91 and a branch for its courtyard."""
    world = worlds.build(practice="six-steps", at=worlds.MORNING - timedelta(days=30))
    worlds.add_building_91(world)
    return Street(world)


SAID = "91栋前面的空地一直空着，能不能装几样健身器材？"


def test_building_91_gets_its_fitness_equipment_in_six_steps(mozijing: Street) -> None:
    street = mozijing
    with on("2026-11-02"):
        matter = street.raise_matter("wang", SAID, "building91", kind="proposal")
        assert "网格员" in street.person("wang").sees(f"/my/{matter.id}/")
    with on("2026-11-03"):  # 征集
        street.act("grid", matter, "triage", category="leisure", level="council", urgency="complex", unit="",
                   task="", then="keep")  # fmt: skip
        street.act("clerk", matter, "publish", title="91栋前装健身器材", summary="空地怎么用，大家来说。")
        neighbour = street.person("chen")
        neighbour.sends(f"/matters/{matter.id}/comment/", stance="support", text="给老人装两样低一点的。")
        street.move("grid", matter, "plan:accept")
    with on("2026-11-06"):  # 制定方案
        street.move("courtyard", matter, "meet:refer")
    with on("2026-11-11", 19, 30):  # 开会
        street.move("courtyard", matter, "publish:agree", expect=422)
        opening = Opening.objects.get(step__matter=matter, kind="meeting")
        assert opening.code == "consultation_assembly"
        street.act("courtyard", matter, "outcome", opening=str(opening.id), held_on="2026-11-11",
                   attended="26", result="agreed", minutes="装六样，靠墙一侧留出走路的地方。")  # fmt: skip
        street.move("courtyard", matter, "publish:agree")
    with on("2026-11-12"):  # 公开结果
        street.move("clerk", matter, "carry_out:dispatch", expect=422)
        street.act("clerk", matter, "say", kind="answer", text="协商大会定了：91栋前装六样健身器材。")
        street.move("clerk", matter, "carry_out:dispatch")
        assert "装六样健身器材" in street.person("wang").sees(f"/my/{matter.id}/")
    with on("2026-11-13"):  # 实施
        (order,) = street.send_out("secretary", matter, "property")
        street.on_order("property", order, "accept")
        street.on_order("property", order, "report", text="六样都装好了，螺丝逐个查过。")
    with on("2026-11-16"):
        street.on_order("secretary", order, "verify", text="")
        street.move("secretary", matter, "judge:resolve")
    with on("2026-11-17"):  # 评价
        street.person("wang").sends(
            f"/my/{matter.id}/evaluate/", sent="1", solved="yes", level="5", text="早上下楼就能活动。"
        )
        street.move("caller", matter, "closed:resolve")
    ended = Matter.objects.get(id=matter.id)
    assert (ended.state, ended.outcome) == (State.CLOSED, Outcome.RESOLVED)
    keys = list(ended.steps.order_by("entered_at", "id").values_list("key", flat=True))
    assert keys == ["gather", "plan", "meet", "publish", "carry_out", "judge"]
    assert "91栋前装健身器材" in words(street.stranger().client.get(f"/matters/{matter.id}/"))


def test_what_is_followed_by_choice_only_is_chosen_at_intake(mozijing: Street) -> None:
    street = mozijing
    five = ProcedureVersion.objects.get(name="five-steps")
    with on("2026-11-02"):
        secretary = street.person("secretary")
        community = str(street.world.place("community"))
        secretary.sends(f"/desk/procedures/{five.id}/adopt/", community=community, use="choice")
        clerk = street.person("clerk")
        assert "五步工作法" in clerk.sees("/desk/intake/")
        said = {"raiser": "none", "place": community, "channel": "meeting", "kind": "appeal"}
        clerk.sends("/desk/intake/", 200, text="小区想成立自己的支部和业委会。", way=str(five.id), **said)
        founding = Matter.objects.get()
        assert (founding.procedure_id, founding.kind, founding.step_key) == (five.id, "task", "find")
        clerk.sends("/desk/intake/", 200, text="楼道灯坏了。", way="", **said)
        usual = Matter.objects.exclude(id=founding.id).get()
        assert usual.procedure.name == "six-steps"
        elsewhere = ProcedureVersion.objects.get(name="three-mechanisms")
        clerk.sends("/desk/intake/", 422, text="楼道灯坏了。", way=str(elsewhere.id), **said)
