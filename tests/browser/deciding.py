"""Deciding together, for pages to be looked at: ballots at each stage, a covenant in force, meetings past and
present, affairs laid open. Built through the real actions, its past under a clock of its own."""

from datetime import timedelta
from typing import Any

from linli.ballots.actions import entrusting, handcounting, nominating, preparing, running, settling, voting
from linli.ballots.actions.entrusting import Trusted
from linli.ballots.kinds import Channel, Electorate, HouseRuleKind, Method, RuleName
from linli.ballots.models import Ballot
from linli.ballots.read import roll
from linli.ballots.read.nominating import candidates, party_organizations
from linli.ballots.rules.drafting import Asked, Plan
from linli.ballots.rules.handcount import HandCount, Slips
from linli.deliberation.actions import sharing
from linli.deliberation.rules.sharing import Floor
from linli.gatherings import actions as gatherings
from linli.gatherings.kinds import AccountKind, BodyKind, Division
from linli.gatherings.models import DisclosureClass
from linli.gatherings.rules.accounts import Account, Line
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.ids import tracking_code
from linli.people.actions import residence
from linli.places import actions as places
from linli.places.kinds import AreaSource
from linli.places.rules.bays import Standing, listed
from tests.deliberation import covenanting
from tests.gatherings import meeting
from tests.world import BEGAN, World

RESIDENT = ("/ballots/", "/ballots/{vote}/", "/ballots/{vote}/vote/{entry}/", "/ballots/{vote}/roll/",
            "/ballots/{opinion}/", "/ballots/{vote}/proxy/", "/ballots/{result}/",
            "/ballots/{result}/receipt/", "/covenants/",
            "/covenants/{covenant}/", "/covenants/{asked}/", "/covenants/{asked}/1/",
            "/covenants/{covenant}/wall/", "/covenants/{covenant}/print/", "/meetings/",
            "/meetings/board/", "/meetings/board/{account}/",
            "/meetings/{past}/", "/meetings/board/{posting}/",
            "/meetings/affairs/{community}/", "/meetings/calendar/", "/meetings/{talk}/",
            "/shares/", "/shares/{sharing}/")  # fmt: skip
STAFF = ("/desk/ballots/", "/desk/ballots/new/", "/desk/ballots/house-rules/", "/desk/ballots/{vote}/",
         "/desk/ballots/{announced}/", "/desk/ballots/{announced}/roll/",
         "/desk/ballots/{announced}/roll/counter/?q=陈",
         "/desk/ballots/{announced}/roll/counter/?person={wang}",
         "/desk/ballots/{vote}/roll/", "/desk/ballots/{vote}/doors/", "/desk/ballots/{vote}/doors/{home}/",
         "/desk/ballots/{vote}/sheets/", "/desk/ballots/{vote}/sheets/{code}/",
         "/desk/ballots/{vote}/proxies/", "/desk/ballots/{result}/",
         "/desk/ballots/{election}/hand-count/", "/desk/ballots/{election}/nominations/",
         "/desk/covenants/", "/desk/covenants/new/",
         "/desk/covenants/{covenant}/", "/desk/covenants/{covenant}/signed/",
         "/desk/meetings/", "/desk/meetings/over/", "/desk/meetings/{past}/", "/desk/meetings/{now}/",
         "/desk/meetings/{now}/resolve/", "/desk/meetings/{now}/minutes/",
         "/desk/meetings/bodies/{body}/",
         "/desk/meetings/bodies/{body}/plan/", "/desk/meetings/bodies/{body}/rules/",
         "/desk/meetings/bodies/new/", "/desk/meetings/templates/", "/desk/meetings/templates/new/",
         "/desk/meetings/resolutions/", "/desk/meetings/board/",
         "/desk/meetings/board/{posting}/", "/desk/meetings/board/{posting}/counter/?person={wang}",
         "/desk/meetings/affairs/{community}/", "/desk/meetings/affairs/classes/{income}/account/",
         "/desk/meetings/bodies/{committee}/", "/desk/meetings/duties/{duty}/",
         "/desk/places/{community}/bays/", "/desk/places/{community}/bays/add/",
         "/desk/people/{wang}/owns/?q=B1",
         "/desk/meetings/affairs/{community}/disclose/", "/meetings/{now}/code/",
         "/desk/meetings/items/{item}/hand-on/", "/desk/shares/", "/desk/shares/new/",
         "/desk/shares/{sharing}/", "/desk/shares/{sharing}/propose/",
         "/desk/shares/homes/{line}/")  # fmt: skip
BEFORE = timedelta(days=30)  # from the announcement to now
NOTICE = timedelta(days=21)  # more than any ballot needs


def build(town: World) -> dict[str, str]:
    """Everything, and the ids its addresses name."""
    covenant, asked = covenanting.in_force(town), covenanting.asked(town, place="building")
    known = {"covenant": str(covenant.pk), "asked": str(asked.pk)}
    return ballots(town) | meetings(town) | shares(town) | owners(town) | known


def owners(town: World) -> dict[str, str]:
    """An owners' committee just elected, bays that count and one that does not, an account with its parts."""
    secretary, today = town.actor("secretary"), clock.today()
    committee = meeting.body(town, BodyKind.OWNERS_COMMITTEE, members=())
    [first, *_rest] = gatherings.note_election(by=secretary, body_id=committee.pk, elected_on=today)
    for label, standing in (("B1-1 13.25", Standing(True, True, True)), ("R-1 12", Standing(True, True))):
        places.add_bays(
            by=SYSTEM, under_id=town.place("building4"), bays=listed(label), standing=standing,
            source=AreaSource.REGISTER, note="", opened_on=BEGAN,
        )  # fmt: skip
    meeting.own(town, "wang", area=10_000)
    meeting.own(town, "chen", area=20_000, label="o2")
    income = DisclosureClass.objects.get(place=town.place("community"), code=AccountKind.INCOME)
    last = today - timedelta(days=1)
    account = Account(
        first=last - timedelta(days=89), last=last, opening=10_000, closing=20_001,
        income=(Line("电梯广告", 12_000),), costs=(Line("开票税费", 1_999),), paid_out=0,
    )  # fmt: skip
    posting = gatherings.lay_account_open(
        by=secretary, class_id=income.pk, place_id=town.place("building4"), account=account,
        division=Division.BY_AREA,
    )  # fmt: skip
    return {
        "committee": str(committee.pk),
        "duty": str(first.pk),
        "income": str(income.pk),
        "account": str(posting.pk),
    }


def shares(town: World) -> dict[str, str]:
    """Two rounds of who pays what at an entrance, its one home against the first."""
    residence.note_holding(
        by=SYSTEM, person_id=town.persons["wang"], home_id=town.place("home"), starts=clock.today()
    )
    clerk = town.actor("clerk")
    row = sharing.open_sharing(by=clerk, place_id=town.place("entrance"), title="加装电梯费用")
    first = sharing.propose(by=clerk, sharing_id=row.pk, cost=20_000_00, subsidy=0, floors={3: Floor(1, 0)})
    sharing.answer(
        by=town.actor("wang"), line_id=first.lines.get().pk, agrees=False, reason="太贵了，能不能再谈谈。"
    )
    second = sharing.propose(
        by=clerk, sharing_id=row.pk, cost=20_000_00, subsidy=5_000_00, floors={3: Floor(1, 0)},
        words="街道补贴 5000 元。",
    )  # fmt: skip
    return {"sharing": str(row.pk), "line": str(second.lines.get().pk)}


def ballots(town: World) -> dict[str, str]:
    """One open with a sheet that waits, an opinion, one published, an election being counted."""
    settling.set_house_rule(
        by=town.actor("clerk"), place_id=town.place("community"), kind=HouseRuleKind.FOLLOW_MAJORITY,
        source="管理规约第 12 条", starts=clock.today(), last=clock.today() + timedelta(days=365),
    )  # fmt: skip
    lamps = opened(town, Asked("路灯换成感应的，是否同意", Method.YES_NO, RuleName.SIMPLE), over=False)
    benches = Asked("长椅装在哪里好", Method.CHOOSE, RuleName.OPINION, options=(("花坛边", 0), ("车棚旁", 0)))
    bench = opened(town, benches, over=False, electorate=Electorate.ANYONE)
    result = opened(town, Asked("晚上十点后关广场灯", Method.YES_NO, RuleName.SIMPLE), over=True)
    members = Asked(
        "居委会委员", Method.CHOOSE, RuleName.ELECTION_VOTERS, seats=2, at_most=2,
        options=(("周一", 0), ("吴二", 0), ("郑三", 0)),
    )  # fmt: skip
    by_hand: dict[str, Any] = {"is_secret": True, "channels": frozenset({Channel.PAPER})}
    election = opened(town, members, over=True, **by_hand)
    with clock.at(result.closes_at - timedelta(days=1)):
        cast(town, result, "yes")
    for name in ("close", "count", "publish"):
        getattr(running, name)(by=town.actor("clerk"), ballot_id=result.pk)
    running.close(by=town.actor("clerk"), ballot_id=election.pk)
    counted = HandCount(2, 2, {"1": Slips(2, 0, 0, {"A": 2, "B": 1, "C": 1})})
    handcounting.enter_hand_count(by=town.actor("clerk"), ballot_id=election.pk, figures=counted)
    whom = Trusted("王小明", town.phones["wang"])
    entrusting.entrust(by=town.actor("chen"), ballot_id=lamps.pk, whom=whom)
    return {
        "vote": str(lamps.pk),
        "announced": str(objected_to(town).pk),
        "wang": str(town.persons["wang"]),
        "opinion": str(bench.pk),
        "result": str(result.pk),
        "election": str(election.pk),
        "entry": str(roll.entries_of(lamps, town.persons["wang"])[0].pk),
        "code": sheet(town, lamps),
        "home": str(town.place("home")),
    }


def opened(town: World, asked: Asked, *, over: bool, **more: Any) -> Ballot:
    """A ballot of the community announced a month ago and opened; `over`: its last hour has passed."""
    clerk, began = town.actor("clerk"), clock.now() - BEFORE
    given: dict[str, Any] = {
        "title": asked.title,
        "electorate": Electorate.RESIDENTS,
        "opens_at": began + NOTICE,
        "closes_at": clock.now() + timedelta(days=-1 if over else 5),
        "questions": (asked,),
        "body": "大家商量过几回，定下来就照着办。",
    }
    with clock.at(began):
        row = announced(town, Plan(**given | more))
    with clock.at(began + NOTICE):
        return running.open_ballot(by=clerk, ballot_id=row.pk)


def announced(town: World, plan: Plan) -> Ballot:
    """A ballot of the community announced now, its roll out for objection."""
    clerk = town.actor("clerk")
    row = preparing.draft(by=clerk, place_id=town.place("community"), plan=plan)
    preparing.announce(by=clerk, ballot_id=row.pk)
    row = preparing.freeze_roll(by=clerk, ballot_id=row.pk)
    for each in candidates(row):
        (party, _name), *_others = party_organizations(row)
        nominating.nominate_by_party(
            by=clerk, ballot_id=row.pk, option_id=each.option.pk, organization_id=party
        )
    return row


def objected_to(town: World) -> Ballot:
    """A ballot announced today, one objection to its roll written down at the counter."""
    begins = clock.now() + NOTICE
    plan = Plan(
        title="车棚要不要加顶",
        electorate=Electorate.RESIDENTS,
        opens_at=begins,
        closes_at=begins + timedelta(days=5),
        questions=(Asked("车棚加顶，是否同意", Method.YES_NO, RuleName.SIMPLE),),
    )
    row = announced(town, plan)
    preparing.note_objection(
        by=town.actor("clerk"),
        ballot_id=row.pk,
        person_id=town.persons["old-liu"],
        words="我老伴也住这儿，名册上没有她。",
    )
    return row


def cast(town: World, row: Ballot, side: str) -> None:
    """Wang votes online."""
    wang = town.actor("wang")
    [entry] = roll.entries_of(row, wang.person_id)
    voting.cast(by=wang, ballot=row, entry_id=entry.pk, answers={"1": side}, receipt=tracking_code())


def sheet(town: World, row: Ballot) -> str:
    """One sheet entered by the grid worker, which waits; the code of another, which has not come back."""
    voting.print_sheets(by=town.actor("clerk"), ballot_id=row.pk)
    first, second = row.sheets.order_by("entry__number")[:2]
    voting.enter_sheet(
        by=town.actor("grid"), ballot_id=row.pk, code=first.code, answers={"1": "yes"}, channel=Channel.PAPER
    )
    return str(second.code)


def meetings(town: World) -> dict[str, str]:
    """A meeting that is over and posted, one that sits, a talk, and affairs laid open."""
    body = meeting.body(town)
    past = meeting.opened(town, body, "secretary", "clerk", "grid")
    meeting.resolved(town, past, unit="power")
    meeting.published(town, past)
    posting = meeting.posted(town, past)
    gatherings.object_to(by=town.actor("wang"), posting_id=posting.pk, text="施工请别在晚上，孩子要睡觉。")
    secretary = town.actor("secretary")
    gatherings.await_item(by=secretary, body_id=body.pk, title="电动车充电棚")
    gatherings.await_item(by=secretary, body_id=body.pk, title="楼道堆物")
    now = meeting.opened(town, body, "secretary")
    gatherings.note_point(by=secretary, gathering_id=now.pk, text="三号楼前面有老人摔过跤")
    gatherings.list_speaker(by=secretary, gathering_id=now.pk, name="周工")
    talk = meeting.sitting(town)
    for text in ("车棚要加长", "充电桩太少，晚上要排队"):
        gatherings.note_point(by=town.actor("grid"), gathering_id=talk.pk, text=text)
    [first, *_rest] = gatherings.adopt_classes(by=secretary, place_id=town.place("community"))
    gatherings.disclose(
        by=secretary, class_id=first.pk, title="三季度收支", body="收入 3200 元，支出 2800 元。"
    )
    waiting = gatherings.await_item(by=secretary, body_id=body.pk, title="东门改到几点关")
    return {
        "body": str(body.pk),
        "item": str(waiting.pk),
        "past": str(past.pk),
        "now": str(now.pk),
        "talk": str(talk.pk),
        "posting": str(posting.pk),
        "community": str(town.place("community")),
    }
