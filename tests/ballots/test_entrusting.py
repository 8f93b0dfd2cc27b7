"""Voting for somebody who entrusted it: limits, who goes before whom, taking it back, papers on file."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from linli.audit.models import Entry
from linli.ballots.actions import entrusting, voting
from linli.ballots.actions.entrusting import Trusted
from linli.ballots.actions.voting import Photo
from linli.ballots.kinds import Channel, Electorate, Event, Method, RuleName
from linli.ballots.models import Ballot, Proxy, Vote
from linli.ballots.read import ballots, roll
from linli.ballots.rules.drafting import Asked
from linli.ballots.rules.entrusting import may_sign
from linli.ballots.web.sheets import contents
from linli.kernel import clock
from linli.kernel.decision import Refused
from linli.kernel.ids import tracking_code
from tests.ballots import entrance
from tests.ballots.entrance import OPENS, Entrance
from tests.ballots.test_web import done, photo, shown, signed_in


def trusted(built: Entrance, home: str) -> Trusted:
    return Trusted(f"住户{home}", built.world.phones[home])


def entrust(built: Entrance, row: Ballot, home: str, to: str) -> Proxy:
    with clock.at(OPENS):
        return entrusting.entrust(by=built.owner(home), ballot_id=row.pk, whom=trusted(built, to))


def votes_for(built: Entrance, row: Ballot, holder: str, home: str, side: str) -> None:
    with clock.at(OPENS + timedelta(hours=2)):
        voting.cast(
            by=built.owner(holder),
            ballot=row,
            entry_id=entrance.entry(row, home).pk,
            answers={"1": side},
            receipt=tracking_code(),
        )


def paper() -> Photo:
    return Photo(photo().getvalue(), "委托书.jpg")


def test_somebody_entrusted_votes_and_the_roll_says_so(built: Entrance) -> None:
    row = entrance.opened(built)
    with clock.at(OPENS):
        assert not ballots.waiting_for(built.world.persons["old-liu"], clock.today(), 5)
    entrust(built, row, "101", "601")
    assert [each.is_own for each in roll.votable(row, built.world.persons["601"])] == [True, False]
    votes_for(built, row, "601", "101", "yes")
    entry = entrance.entry(row, "101")
    assert (entry.voted, entry.by_proxy) == ("online", True)
    assert Vote.objects.get(entry=entry).by_id == built.world.persons["601"]
    assert entrance.entry(row, "601").voted == "", "one's own vote is another one"


def test_who_votes_themselves_goes_before_whoever_votes_for_them(built: Entrance) -> None:
    row = entrance.opened(built)
    entrust(built, row, "101", "601")
    votes_for(built, row, "601", "101", "yes")
    votes_for(built, row, "101", "101", "no")
    entry = entrance.entry(row, "101")
    assert (entry.voted, entry.by_proxy) == ("online", False)
    assert Vote.objects.get(entry=entry, counts=True).answers == {"1": "no"}
    with pytest.raises(Refused, match="They have voted themselves"):
        votes_for(built, row, "601", "101", "yes")


def test_nobody_votes_for_more_than_three(built: Entrance) -> None:
    row = entrance.opened(built)
    for home in ("101", "102", "201"):
        entrust(built, row, home, "601")
    with pytest.raises(Refused, match="They already vote for 3 others"):
        entrust(built, row, "202", "601")
    entrust(built, row, "202", "602")


def test_it_can_be_taken_back_until_the_vote_is_given(built: Entrance) -> None:
    row = entrance.opened(built)
    first = entrust(built, row, "101", "601")
    with pytest.raises(Refused, match="Somebody has been entrusted already"):
        entrust(built, row, "101", "602")
    with clock.at(OPENS), pytest.raises(Refused, match="Your post does not include"):
        entrusting.withdraw_proxy(by=built.owner("602"), proxy_id=first.pk)
    with clock.at(OPENS):
        entrusting.withdraw_proxy(by=built.owner("101"), proxy_id=first.pk)
        with pytest.raises(Refused, match="taken back already"):
            entrusting.withdraw_proxy(by=built.owner("101"), proxy_id=first.pk)
    with pytest.raises(Refused, match="You are not on the roll"):
        votes_for(built, row, "601", "101", "yes")
    second = entrust(built, row, "101", "602")
    votes_for(built, row, "602", "101", "yes")
    with clock.at(OPENS), pytest.raises(Refused, match="The vote has been given already"):
        entrusting.withdraw_proxy(by=built.owner("101"), proxy_id=second.pk)
    events = Entry.objects.filter(subject_id=row.pk).values_list("event", flat=True)
    assert [each for each in events.order_by("at", "id") if "proxy" in each] == [
        Event.PROXY_GIVEN,
        Event.PROXY_WITHDRAWN,
        Event.PROXY_GIVEN,
    ]


def test_a_name_and_a_phone_that_do_not_belong_together(built: Entrance) -> None:
    row = entrance.opened(built)
    whom = Trusted("住户601", built.world.phones["602"])
    with clock.at(OPENS), pytest.raises(Refused, match="Nobody here has this name and this phone number"):
        entrusting.entrust(by=built.owner("101"), ballot_id=row.pk, whom=whom)
    with pytest.raises(Refused, match="this vote is theirs anyway"):
        entrust(built, row, "101", "101")


def test_staff_note_a_signed_paper_with_its_photo(built: Entrance) -> None:
    row = entrance.opened(built)
    number = entrance.entry(row, "101").number
    noted = {"ballot_id": row.pk, "number": number, "whom": trusted(built, "601")}
    grid = built.staff("grid")
    with clock.at(OPENS):
        with pytest.raises(Refused, match="Add a photo of the paper"):
            entrusting.note_proxy(by=grid, giver="住户101", photo=None, **noted)
        with pytest.raises(Refused, match="Nobody of this name"):
            entrusting.note_proxy(by=grid, giver="住户102", photo=paper(), **noted)
        found = entrusting.note_proxy(by=grid, giver="住户101", photo=paper(), **noted)
    assert (found.giver_id, found.noted_by_id) == (built.world.persons["101"], grid.person_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proxy.objects.filter(pk=found.pk).update(photo=None)
    votes_for(built, row, "601", "101", "yes")


def test_a_secret_vote_for_another_stays_secret(built: Entrance) -> None:
    names = Asked("给小院起个名字", Method.CHOOSE, RuleName.SIMPLE, options=(("同心院", 0), ("幸福里", 0)))
    secret = {"electorate": Electorate.RESIDENTS, "is_secret": True, "part_kind": entrance.PartKind.NONE}
    row = entrance.opened(built, entrance.plan(names, **secret))
    entrust(built, row, "101", "601")
    with clock.at(OPENS):
        [own] = roll.entries_of(row, built.world.persons["101"])
        assert roll.votable_entry(row, own.pk, None) is None, "somebody signed out votes for nobody"
        voting.cast(
            by=built.owner("601"),
            ballot=row,
            entry_id=own.pk,
            answers={"1": ["A"]},
            receipt=tracking_code(),
        )
        with pytest.raises(Refused, match="A secret vote cannot be changed"):
            entrance.vote(built, row, "101", {"1": ["B"]})
    own.refresh_from_db()
    assert (own.voted, own.by_proxy) == ("online", True)
    assert Vote.objects.get(ballot=row).by_proxy is False


def test_a_slip_is_taken_for_another_only_with_a_paper(built: Entrance) -> None:
    names = Asked("给小院起个名字", Method.CHOOSE, RuleName.SIMPLE, options=(("同心院", 0), ("幸福里", 0)))
    secret = {"electorate": Electorate.RESIDENTS, "is_secret": True, "part_kind": entrance.PartKind.NONE}
    row = entrance.opened(built, entrance.plan(names, **secret))
    [entry] = roll.entries_of(row, built.world.persons["101"])
    taking = {"by": built.staff("grid"), "ballot_id": row.pk, "number": entry.number, "by_proxy": True}
    with clock.at(OPENS), pytest.raises(Refused, match="Nobody has been entrusted for this number"):
        voting.take_paper(**taking)
    entrust(built, row, "101", "601")
    with clock.at(OPENS):
        assert voting.take_paper(**taking).by_proxy is True


def test_the_pages_of_who_entrusts_and_who_is_entrusted(built: Entrance) -> None:
    row = entrance.opened(built)
    giver, holder, desk = (signed_in(built, key) for key in ("101", "601", "clerk"))
    page, form = (reverse(f"ballots:{name}", args=[row.pk]) for name in ("ballot", "proxy"))
    with clock.at(OPENS):
        assert "Entrust somebody with your vote" in shown(giver.get(page))
        wrong = giver.post(form, {"name": "住户601", "phone": built.world.phones["602"]})
        assert wrong.status_code == 422
        assert "住户601" in unescape(wrong.content.decode()), "what was typed stays"
        done(giver.post(form, {"name": "住户601", "phone": built.world.phones["601"]}))
        assert "住户601 votes for you" in shown(giver.get(page))
        entry = entrance.entry(row, "101")
        vote = reverse("ballots:vote", args=[row.pk, entry.pk])
        assert "You vote for somebody else" in shown(holder.get(page))
        assert "If they vote themselves, their own vote counts." in shown(holder.get(vote))
        listed = reverse("ballots_desk:proxies", args=[row.pk])
        assert "住户601 votes for 住户101" in shown(desk.get(listed))
        assert "住户601 votes for 住户101" not in shown(signed_in(built, "602").get(page))
        assert holder.get(listed).status_code == 403, "who votes for whom is for the ballot's staff"
        assert "Your vote is in" in shown(holder.post(vote, {"q1": "yes", "receipt": tracking_code()}))
        assert "by proxy" in shown(desk.get(reverse("ballots_desk:roll", args=[row.pk])))
        assert "Somebody has voted for you" in shown(giver.get(page))


def test_staff_take_a_paper_in_and_give_it_back(built: Entrance) -> None:
    row, desk = entrance.opened(built), signed_in(built, "clerk")
    listed = reverse("ballots_desk:proxies", args=[row.pk])
    number = entrance.entry(row, "101").number
    typed = {"number": number, "giver": "住户101", "name": "住户601", "phone": built.world.phones["601"]}
    with clock.at(OPENS):
        assert desk.post(listed, typed).status_code == 422, "without a photo"
        done(desk.post(listed, typed | {"photo": photo()}))
        kept = Proxy.objects.get(ballot=row)
        address = reverse("ballots_desk:proxy_photo", args=[row.pk, kept.pk])
        assert desk.get(address)["Content-Type"] == "image/jpeg"
        done(desk.post(reverse("ballots_desk:proxy_withdraw", args=[row.pk, kept.pk])))
        assert "Everybody votes themselves so far" in shown(desk.get(listed))


def enters(
    built: Entrance, row: Ballot, home: str, proxy: Proxy | None, channel: Channel = Channel.MEETING
) -> str:
    """The grid worker enters the sheet of a home; gives its code."""
    sheet = entrance.entry(row, home).sheets.get()
    with clock.at(OPENS + timedelta(hours=3)):
        voting.enter_sheet(
            by=built.staff("grid"),
            ballot_id=row.pk,
            code=sheet.code,
            answers={"1": "yes"},
            channel=channel,
            proxy_id=proxy.pk if proxy else None,
            no_photo=entrance.NO_PHOTO,
        )
    return str(sheet.code)


def on_paper(built: Entrance) -> Ballot:
    row = entrance.opened(built)
    with clock.at(OPENS):
        voting.print_sheets(by=built.staff("clerk"), ballot_id=row.pk)
    return row


def compared(built: Entrance, row: Ballot, code: str) -> Vote:
    with clock.at(OPENS + timedelta(hours=4)):
        return voting.confirm_sheet(by=built.staff("clerk"), ballot_id=row.pk, code=code)


def test_a_sheet_somebody_entrusted_signed_gives_way_to_the_owner(built: Entrance) -> None:
    row = on_paper(built)
    proxy = entrust(built, row, "101", "601")
    vote = compared(built, row, enters(built, row, "101", proxy))
    entry = entrance.entry(row, "101")
    assert (vote.by_proxy, vote.counts, entry.by_proxy) == (True, True, True)
    votes_for(built, row, "101", "101", "no")
    vote.refresh_from_db()
    entry.refresh_from_db()
    assert (vote.counts, entry.by_proxy) == (False, False), "online by themselves beats a sheet by proxy"


PERSONALLY = "An owner signs the sheet personally. Whoever is entrusted may sign it at the meeting only."


@pytest.mark.parametrize("channel", [Channel.PAPER, Channel.DOORSTEP])
def test_an_owner_signs_a_written_ballot_personally(built: Entrance, channel: Channel) -> None:
    """建房〔2009〕274号 22: on paper and at the door nobody signs for an owner; at the meeting they may."""
    row = on_paper(built)
    proxy = entrust(built, row, "101", "601")
    with pytest.raises(Refused) as refused:
        enters(built, row, "101", proxy, channel)
    assert str(refused.value) == PERSONALLY
    assert entrance.entry(row, "101").sheets.get().state == "printed"
    assert compared(built, row, enters(built, row, "101", proxy)).by_proxy is True


def test_a_sheet_entered_before_with_a_proxy_is_not_counted_in(built: Entrance) -> None:
    row = on_paper(built)
    code = enters(built, row, "101", entrust(built, row, "101", "601"))
    entrance.entry(row, "101").sheets.update(channel=Channel.PAPER.value)
    with pytest.raises(Refused, match="signs the sheet personally"):
        compared(built, row, code)


def test_the_sheet_says_who_signs_it(built: Entrance) -> None:
    row, told = (
        on_paper(built),
        "At the meeting whoever is entrusted in writing may sign, with their own name.",
    )
    with override("en"):
        assert contents(row, [], "/")["words"]["proxy"] == f"The owner signs personally. {told}"
        row.channels = ["doorstep", "online", "paper"]
        assert contents(row, [], "/")["words"]["proxy"] == "The owner signs personally."


@pytest.mark.parametrize("electorate", [Electorate.RESIDENTS, Electorate.HOUSEHOLDS])
@pytest.mark.parametrize("channel", [Channel.PAPER, Channel.DOORSTEP, Channel.MEETING])
def test_residents_may_be_signed_for_wherever_a_sheet_comes_in(
    electorate: Electorate, channel: Channel
) -> None:
    """组织法 19 asks for it in writing, and no more."""
    assert may_sign(electorate, channel)


def test_an_owner_who_voted_first_keeps_their_vote(built: Entrance) -> None:
    row = on_paper(built)
    proxy = entrust(built, row, "101", "601")
    votes_for(built, row, "101", "101", "no")
    assert compared(built, row, enters(built, row, "101", proxy)).counts is False
    assert Vote.objects.get(entry=entrance.entry(row, "101"), counts=True).answers == {"1": "no"}


def test_a_sheet_is_signed_for_those_who_entrusted_it_alone(built: Entrance) -> None:
    row = on_paper(built)
    proxy = entrust(built, row, "101", "601")
    with pytest.raises(Refused, match="is not entrusted with it"):
        enters(built, row, "102", proxy)
    code = enters(built, row, "101", proxy)
    with clock.at(OPENS):
        entrusting.withdraw_proxy(by=built.owner("101"), proxy_id=proxy.pk)
    with pytest.raises(Refused, match="or no longer"):
        compared(built, row, code)
    with clock.at(OPENS + timedelta(hours=5)):
        voting.reject_sheet(by=built.staff("clerk"), ballot_id=row.pk, code=code, reason="委托撤回了")
    assert compared(built, row, enters(built, row, "101", None)).by_proxy is False
    sheet = entrance.entry(row, "101").sheets.get()
    assert sheet.proxy is None, "signed anew by themselves"
    with pytest.raises(IntegrityError), transaction.atomic():
        entrance.entry(row, "102").sheets.update(proxy=proxy)


def test_the_page_of_a_sheet_says_who_may_have_signed_it(built: Entrance) -> None:
    row, desk, other = on_paper(built), signed_in(built, "grid"), signed_in(built, "clerk")
    code = entrance.entry(row, "101").sheets.get().code
    address, why = reverse("ballots_desk:sheet", args=[row.pk, code]), {"no_photo": entrance.NO_PHOTO}
    with clock.at(OPENS + timedelta(hours=1)):
        assert "Signed by somebody else?" in shown(desk.get(address))
        proxy = entrust(built, row, "101", "601")
        page = shown(desk.get(address))
        assert "entrusted by" in page
        assert "each for three at most" in page
        elsewhere = reverse("ballots_desk:sheet", args=[row.pk, entrance.entry(row, "102").sheets.get().code])
        assert "entrusted by" not in shown(desk.get(elsewhere))
        assert (
            desk.post(elsewhere, {"q1": "yes", "channel": "paper", "proxy": proxy.pk, **why}).status_code
            == 302
        )
        assert entrance.entry(row, "102").sheets.get().proxy is None, "what is not offered is not read"
        refused = desk.post(address, {"q1": "yes", "channel": "paper", "proxy": proxy.pk, **why})
        assert refused.status_code == 409
        assert PERSONALLY in refused.content.decode()
        done(desk.post(address, {"q1": "yes", "channel": "meeting", "proxy": proxy.pk, **why}))
        assert "住户601, entrusted by 住户101" in shown(
            other.get(reverse("ballots_desk:sheets", args=[row.pk]))
        )
        done(other.post(reverse("ballots_desk:confirm", args=[row.pk, code])))
    assert entrance.entry(row, "101").by_proxy is True
