"""建设社区 talks about parking at night: proposals, support, a merger, a reply that comes late, and
what was taken up becomes a matter."""

from linli.deliberation.models import Comment, Proposal, Support, Topic
from linli.matters.actions import moving
from linli.matters.models import Matter
from linli.notices.models import Notice
from tests import world as worlds
from tests.deliberation.covenanting import neighbour

WANG, ZHAO = "画线停车", "车位画清楚"


def test_a_proposal_from_a_neighbours_sentence_to_a_matter(street) -> None:
    neighbour(street.world, "zhao", "0401", "赵一鸣")
    neighbour(street.world, "qian", "0402", "钱多多")
    clerk, wang, chen = street.person("clerk"), street.person("wang"), street.person("chen")
    zhao, qian = street.person("zhao"), street.person("qian")

    with worlds.on("2026-11-16"):
        fields = {
            "place": str(street.world.place("community")),
            "title": "夜里怎么停车",
            "sections": "停车\n绿化",
            "starts": "2026-11-16",
            "ends": "2026-12-16",
            "workdays": "5",
        }
        clerk.sends("/desk/topics/new/", 422, **fields, threshold="900")
        clerk.sends("/desk/topics/new/", **fields, threshold="3")
        row = Topic.objects.get()
        page, at_desk = f"/topics/{row.pk}/", f"/desk/topics/{row.pk}/"
        assert "夜里怎么停车" in wang.sees("/")
        wang.sends(page + "propose/", 422, section="1", title="")
        wang.sends(page + "propose/", section="1", title=WANG, text="先到先停。")
        zhao.sends(page + "propose/", section="1", title=ZHAO)
        assert "夜里怎么停车" not in wang.sees("/")
        mine, other = Proposal.objects.get(title=WANG), Proposal.objects.get(title=ZHAO)
        here, there = (f"{page}proposals/{each.pk}/" for each in (mine, other))
        wang.sends(here + "support/", 403)
        chen.sends(here + "support/")
        chen.sends(there + "support/")
        qian.sends(there + "support/")
        assert "等社区答复" not in chen.sees(page)
        assert street.stranger().client.get(page).status_code == 302

    with worlds.on("2026-11-17"):
        clerk.sends(f"{at_desk}proposals/{other.pk}/merge/", into=str(mine.pk))
        # chen supported both and counts once; zhao raised the other one and supports it as it is now
        assert Support.objects.filter(proposal=mine).count() == 3
        assert f"已合并到“{WANG}”" in chen.sees(page)
        assert "支持的人够了" in wang.sees(here)
        assert "等社区答复" in clerk.sees(at_desk)
        assert Notice.objects.filter(topic="proposal_merged").count() == 4
        assert Notice.objects.filter(topic="proposal_owed", person=street.world.persons["clerk"]).exists()
        mine.refresh_from_db()
        assert mine.due_on.isoformat() == "2026-11-24"  # five working days, the day itself not counted
        zhao.sends(there + "support/", 403)
        chen.sends(here + "comment/", stance="against", text="有人会乱画")
        said = Comment.objects.get()
        wang.sends(f"{page}comments/{said.pk}/answer/", text="请专人画")
        answer = Comment.objects.get(parent=said)
        qian.sends(f"{page}comments/{answer.pk}/answer/", 409, text="谁来画")
        clerk.sends(f"{at_desk}comments/{said.pk}/", 422, reason="")
        clerk.sends(f"{at_desk}comments/{said.pk}/", reason="说了别人的事")
        assert "有人会乱画" not in qian.sees(here)
        assert "说了别人的事" in chen.sees(here)

    with worlds.on("2026-11-25"):
        assert "答复逾期" in clerk.sees("/desk/topics/")
        assert "社区最晚该在" in wang.sees(here)
        reply = f"{at_desk}proposals/{mine.pk}/reply/"
        clerk.sends(reply, 422, verdict="taken", text="")
        clerk.sends(reply, verdict="taken", text="下周请物业画线。")
        assert "答复逾期" not in clerk.sees("/desk/topics/")
        assert "下周请物业画线。" in zhao.sees(here)
        assert Notice.objects.filter(topic="proposal_answered").count() == 4
        chen.sends(here + "support/", 403, do="withdraw")
        clerk.sends(f"{at_desk}proposals/{mine.pk}/matter/")
        matter = Matter.objects.get()
        assert (matter.title, matter.raisers.count()) == (WANG, 0)
        assert matter.number in wang.sees(here)
        assert "正在办" in wang.sees(here)
        worlds.hold(street.world, matter.pk, "clerk")
        by = street.world.actor("clerk")
        moving.move(by=by, matter_id=matter.pk, from_step="raise", target="closed", verb="out_of_scope")
        assert "办结" in wang.sees(here)
        clerk.sends(f"{at_desk}proposals/{mine.pk}/part/", 409)
