"""3号院 gets a name: asked for at the desk, entered on phones, chosen with reasons, voted on, given."""

from linli.ballots.models import Ballot, RollPerson
from linli.deliberation.models import Name, Proposer, Topic
from linli.kernel.ids import tracking_code
from linli.notices.models import Notice
from linli.places.models import Place, PlaceVersion
from tests import world as worlds
from tests.deliberation.contesting import courtyard


def test_a_courtyard_gets_the_name_its_residents_chose(street, worker) -> None:
    courtyard(street.world)
    clerk, zhao, qian, sun = (street.person(key) for key in ("clerk", "zhao", "qian", "sun"))

    with worlds.on("2025-09-01"):
        fields = {
            "place": str(street.world.place("courtyard")),
            "title": "给3号院起个名字",
            "starts": "2025-09-01",
            "names_each": "2",
        }
        clerk.sends("/desk/topics/new/naming/", 422, **fields, ends="2025-08-31")
        clerk.sends("/desk/topics/new/naming/", **fields, ends="2025-09-07")
        row = Topic.objects.get()
        page, at_desk = f"/topics/{row.pk}/", f"/desk/topics/{row.pk}/"
        assert "3号院 征名，到" in zhao.sees("/")
        zhao.sends(page + "names/", 422, text="Green", why="绿")
        zhao.sends(page + "names/", text="槐荫院", why="院里有棵老槐树", shown="on")
        qian.sends(page + "names/", text=" 槐 荫院 ", why="夏天都在树下乘凉")
        qian.sends(page + "names/", text="和乐院", why="和和气气")
        qian.sends(page + "names/", 403, text="幸福院", why="幸福")
        sun.sends(page + "names/", text="大院", why="写错了")
        sun.sends(f"{page}names/{Proposer.objects.get(name__text='大院').pk}/take-back/")
        sun.sends(page + "names/", text="紫轩院", why="气派")
        assert "3号院 征名" not in zhao.sees("/")
        assert street.person("wang").client.get(page).status_code == 404
        assert "赵" not in qian.sees(page)
        clerk.sends(at_desk + "vote/", 422, opens_at="2025-09-02T08:00", closes_at="2025-09-03T08:00")

    with worlds.on("2025-09-08"):
        zhao.sends(page + "names/", 403, text="幸福院", why="幸福")
        out = f"out_{Name.objects.get(text='紫轩院').pk.hex}"
        clerk.sends(at_desk + "shortlist/", **{out: "隔壁小区叫这个名字"})
        assert "没入围： 隔壁小区叫这个名字" in sun.sees(page)
        hours = {"opens_at": "2025-09-14T08:00", "closes_at": "2025-09-21T20:00"}
        clerk.sends(at_desk + "vote/", 422, opens_at="2025-09-13T08:00", closes_at=hours["closes_at"])
        clerk.sends(at_desk + "vote/", **hours)
        clerk.sends(at_desk + "vote/", 409, **hours)
        ballot = Ballot.objects.get()
        steps = f"/desk/ballots/{ballot.pk}/step/"
        clerk.sends(steps + "announce/")
        clerk.sends(steps + "freeze/")
        clerk.sends(at_desk + "shortlist/", 409)

    with worlds.on("2025-09-14"):
        clerk.sends(steps + "open/")
        assert "给3号院起个名字" in zhao.sees("/")
        for key, code in (("zhao", "A"), ("qian", "B"), ("sun", "A")):
            entry = RollPerson.objects.get(entry__ballot=ballot, person=street.world.persons[key]).entry_id
            path = f"/ballots/{ballot.pk}/vote/{entry}/"
            street.person(key).sends(path, 200, q1=code, receipt=tracking_code())

    with worlds.on("2025-09-21", hour=21):
        for step in ("close", "count", "publish"):
            clerk.sends(f"{steps}{step}/")
        clerk.sends(at_desk + "give/", 409, since="2025-09-21")
        worker()
        row.refresh_from_db()
        assert (row.chosen.text, row.chosen.votes) == ("槐荫院", 2)
        told = street.stranger().sees(page + "poster/")
        assert "槐荫院" in told
        assert "赵一鸣、钱**" in told
        notice = Notice.objects.get(topic="name_chosen", person=street.world.persons["sun"])
        assert notice.params["text"] == "槐荫院"
        assert (
            Place.objects.get(pk=row.place_id).name == "3号院"
        )  # staff give the name, nothing does by itself

    with worlds.on("2025-09-23"):
        zhao.sends(f"{page}names/{Proposer.objects.get(why='院里有棵老槐树').pk}/credit/", shown="off")
        assert "赵**、钱**" in street.stranger().sees(page + "poster/")
        clerk.sends(at_desk + "give/", since="2025-09-22")
        clerk.sends(at_desk + "give/", 409, since="2025-09-23")
        assert "起用这个名字" in sun.sees(page)
    assert Place.objects.get(pk=row.place_id).name == "槐荫院"
    former = PlaceVersion.objects.get(place_id=row.place_id, name="3号院")
    assert former.ends.isoformat() == "2025-09-22"
