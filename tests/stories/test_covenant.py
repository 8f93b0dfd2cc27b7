"""建设社区 writes its covenant: drafted at the desk, spoken to by residents, decided by the assembly, filed,
published, signed household by household, and looked at after a year."""

from linli.deliberation.models import Amendment, Covenant
from tests import world as worlds
from tests.deliberation.covenanting import TEXT, neighbour


def test_a_covenant_from_draft_to_signatures(street) -> None:
    neighbour(street.world, "zhao", "0401", "赵一鸣")
    clerk, wang, zhao = street.person("clerk"), street.person("wang"), street.person("zhao")

    with worlds.on("2026-11-16"):
        fields = {
            "place": str(street.world.place("community")),
            "kind": "residents",
            "title": "建设社区居民公约",
        }
        clerk.sends("/desk/covenants/new/", 422, **fields, text="")
        clerk.sends("/desk/covenants/new/", **fields, text=TEXT)
        row = Covenant.objects.get()
        page, at_desk = f"/covenants/{row.pk}/", f"/desk/covenants/{row.pk}/"
        assert wang.client.get(page).status_code == 404
        clerk.sends(at_desk + "consult/", 422, ends="2026-11-16")
        clerk.sends(at_desk + "consult/", ends="2026-11-30")

    with worlds.on("2026-11-18"):
        assert "建设社区居民公约" in wang.sees("/")
        wang.sends(page + "2/remark/", stance="for", text="孩子要睡觉")
        wang.sends(page + "2/amend/", after="晚上九点半后不吵闹。", why="孩子睡得早")
        zhao.sends(page + "3/remark/", 422, stance="idea", text="")
        zhao.sends(page + "3/remark/", stance="idea", text="楼下装充电棚")
        assert "建设社区居民公约" not in wang.sees("/")
        seen = zhao.sees(page + "2/")
        assert "孩子要睡觉" in seen
        assert "王" not in seen.split("邻居怎么说")[1]
        assert street.stranger().client.get(page).status_code == 404

    with worlds.on("2026-12-01"):
        wang.sends(page + "1/remark/", 403, stance="for", text="")
        clerk.sends(at_desk + "close/", 409)
        change = Amendment.objects.get()
        clerk.sends(f"{at_desk}changes/{change.pk}/", 422, do="take", reason="")
        clerk.sends(f"{at_desk}changes/{change.pk}/", do="take", reason="多数邻居也这么说")
        assert "多数邻居也这么说" in wang.sees(page + "2/")
        clerk.sends(at_desk + "close/")

    with worlds.on("2026-12-12"):
        meeting = {"body": "assembly", "met_on": "2026-12-12", "entitled": "120"}
        clerk.sends(at_desk + "decide/", 422, **meeting, present="70", in_favour="71")
        clerk.sends(at_desk + "decide/", **meeting, present="60", in_favour="60")  # half came: not enough
        clerk.sends(at_desk + "publish/", 409)
        clerk.sends(at_desk + "decide/", **meeting, present="61", in_favour="31")
        clerk.sends(at_desk + "file/", filed_on="2026-12-12")
        clerk.sends(page + "sign/", 403, shown="on")
        clerk.sends(at_desk + "publish/")

    with worlds.on("2026-12-13"):
        assert "请代表您家签名" in wang.sees("/")
        assert "晚上九点半后不吵闹。" in street.stranger().sees(page)
        wang.sends(page + "sign/", shown="on")
        wang.sends(page + "sign/", 403)
        zhao.sends(page + "sign/")
        told = street.stranger().sees(page + "wall/")
        assert "2 户中已有 2 户签名" in told
        assert "王** 3号楼" in told
        assert "赵" not in told
        assert "应到 120，实到 61，赞成 31" in street.stranger().sees(page + "print/")
        zhao.sends(page + "withdraw/")
        assert "2 户中已有 1 户签名" in street.stranger().sees(page + "wall/")
        assert "请代表您家签名" not in wang.sees("/")

    with worlds.on("2027-12-13"):
        assert "评议逾期" in clerk.sees("/desk/covenants/")
        clerk.sends(at_desk + "review/", outcome="keep", note="大家都记得，楼道干净了")
        assert "评议逾期" not in clerk.sees("/desk/covenants/")
