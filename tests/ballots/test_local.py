"""What a place settles about counting: shares of a lift, co-owners' sheets; kept from the announcement on."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from linli.audit.models import Entry
from linli.ballots.actions import preparing, running, settling, voting
from linli.ballots.kinds import Channel, Event, HouseRuleKind, Method, RuleName
from linli.ballots.models import Ballot, HouseRule
from linli.ballots.read import ballots, counting
from linli.ballots.rules import local
from linli.ballots.rules.drafting import Asked
from linli.ballots.rules.local import Settled, applied, by_default, concerning, may_be
from linli.ballots.rules.majorities import NAMED
from linli.ballots.rules.recount import recount
from linli.ballots.web import record, sheets
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Denied, Refused
from linli.kernel.ids import tracking_code
from linli.people.actions import residence
from tests import world
from tests.ballots import entrance
from tests.ballots.entrance import LIFT, MORNING, OPENS, Entrance
from tests.ballots.test_web import done, shown, signed_in

TODAY = clock.local(MORNING).date()
KIND = HouseRuleKind
LESS = (
    "The law asks for at least %(share)s here (Civil Code 278). A local rule may ask for more, never for "
    "less."
)


# ── the rule ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        (KIND.LIFT_QUORUM, ">=2/3", ""),
        (KIND.LIFT_QUORUM, ">=4/6", ""),
        (KIND.LIFT_QUORUM, ">2/3", ""),
        (KIND.LIFT_QUORUM, ">=1/1", ""),
        (KIND.LIFT_QUORUM, ">=66/100", LESS),
        (KIND.LIFT_QUORUM, ">1/2", LESS),
        (KIND.LIFT_PASSING, ">=3/4", ""),
        (KIND.LIFT_PASSING, ">=4/5", ""),
        (KIND.LIFT_PASSING, ">=749/1000", LESS),
        (KIND.LIFT_PASSING, ">=2/3", LESS),
        (KIND.LIFT_PASSING, "", "Write the share like 4/5, or > 4/5 where it has to be more than that."),
        (KIND.LIFT_PASSING, ">=5/4", "Write the share like 4/5, or > 4/5 where it has to be more than that."),
        (KIND.FOLLOW_MAJORITY, "", ""),
        (KIND.CO_OWNERS_SIGN, "", ""),
        (KIND.CO_OWNERS_SIGN, ">=2/3", "This takes no share."),
    ],
)
def test_a_share_is_the_laws_or_more(kind: HouseRuleKind, value: str, reason: str) -> None:
    """民法典 278 item 7: a lift is a rebuilding; no local rule undercuts it."""
    found = may_be(kind, value)
    assert (found.reason if isinstance(found, Denied) else "") == reason


def test_the_default_stands_where_nothing_is_noted() -> None:
    defaults = {kind: by_default(kind) for kind in HouseRuleKind}
    assert [defaults[kind].value for kind in HouseRuleKind] == ["", ">=2/3", ">=3/4", ""]
    assert not any(each.is_on for each in defaults.values())
    for rule in NAMED.values():
        assert applied(rule, defaults) == rule
        assert applied(rule, {}) == rule


def test_what_is_noted_counts_for_its_rules_alone() -> None:
    noted = {kind: Settled(kind, source="某市办法 7", starts=TODAY) for kind in HouseRuleKind}
    noted[KIND.LIFT_QUORUM] = replace(noted[KIND.LIFT_QUORUM], value=">=3/4")
    noted[KIND.LIFT_PASSING] = replace(noted[KIND.LIFT_PASSING], value=">4/5")
    changed = {name: applied(rule, noted) for name, rule in NAMED.items()}
    assert (str(changed[RuleName.LIFT].quorum), str(changed[RuleName.LIFT].passing)) == (">=3/4", ">4/5")
    following = {name for name, rule in changed.items() if rule.follow is not None}
    assert following == {RuleName.OWNERS_ORDINARY, RuleName.OWNERS_SPECIAL, RuleName.LIFT}
    untouched = set(NAMED) - following
    assert all(changed[name] == NAMED[name] for name in untouched)


@pytest.mark.parametrize(
    ("rule", "kinds"),
    [
        (RuleName.LIFT, [KIND.LIFT_QUORUM, KIND.LIFT_PASSING, KIND.FOLLOW_MAJORITY, KIND.CO_OWNERS_SIGN]),
        (RuleName.OWNERS_SPECIAL, [KIND.FOLLOW_MAJORITY, KIND.CO_OWNERS_SIGN]),
        (RuleName.OWNERS_UNANIMOUS, [KIND.CO_OWNERS_SIGN]),
        (RuleName.SIMPLE, []),
        (RuleName.ELECTION_VOTERS, []),
    ],
)
def test_what_concerns_a_ballot_is_kept_and_read_again(rule: RuleName, kinds: list[HouseRuleKind]) -> None:
    noted = {kind: Settled(kind, "", "管理规约 12", TODAY, TODAY, "n") for kind in HouseRuleKind}
    found = concerning([rule], noted)
    assert [each.kind for each in found] == kinds
    assert local.read(local.written(found)) == {each.kind: each for each in found}


# ── a ballot ────────────────────────────────────────────────────────────────────────────────────────────


def noted(built: Entrance, kind: HouseRuleKind, value: str = "", starts: date = TODAY) -> HouseRule:
    with clock.at(MORNING):
        return settling.set_house_rule(
            by=built.staff("clerk"),
            place_id=built.world.place("community"),
            kind=kind,
            value=value,
            source="某市加装电梯办法 7",
            starts=starts,
        )


def lift(built: Entrance, row: Ballot, yes: int, no: int) -> dict[str, Any]:
    """The vote on the lift to its result: so many of the twelve homes say yes, so many no."""
    with clock.at(OPENS):
        running.open_ballot(by=built.staff("clerk"), ballot_id=row.pk)
    homes = sorted(built.homes)
    entrance.votes(built, row, homes[:yes], "yes")
    entrance.votes(built, row, homes[yes : yes + no], "no")
    entrance.counted(built, row)
    row.refresh_from_db()
    found = recount(row.document.encode())
    assert found["agrees_with_published"] is True
    return found


@pytest.mark.parametrize(
    ("passing", "yes", "no", "passed"),
    [
        ("", 9, 3, True),
        ("", 8, 3, False),
        (">=4/5", 9, 3, False),
        (">=4/5", 8, 2, True),
        (">4/5", 8, 2, False),
    ],
)
def test_a_lift_passes_by_the_share_that_stood(
    built: Entrance, passing: str, yes: int, no: int, passed: bool
) -> None:
    """Of ten that vote eight are 4/5 exactly; of twelve nine are 3/4 exactly."""
    if passing:
        noted(built, KIND.LIFT_PASSING, passing)
    assert lift(built, entrance.announced(built), yes, no)["passed"] is passed


@pytest.mark.parametrize(
    ("quorum", "voted", "passed"), [("", 8, True), (">=3/4", 8, False), (">=3/4", 9, True)]
)
def test_enough_take_part_by_the_share_that_stood(
    built: Entrance, quorum: str, voted: int, passed: bool
) -> None:
    if quorum:
        noted(built, KIND.LIFT_QUORUM, quorum)
    assert lift(built, entrance.announced(built), voted, 0)["passed"] is passed


def test_the_share_of_the_day_of_the_announcement_counts_and_is_named(built: Entrance) -> None:
    noted(built, KIND.LIFT_PASSING, ">=4/5", TODAY + timedelta(days=1))
    before = entrance.announced(built)
    assert before.settled["lift_passing"] == {
        "value": ">=3/4", "source": "", "from": None, "until": None, "note": "",
    }  # fmt: skip
    assert lift(built, before, 9, 3)["passed"] is True
    assert "4/5" not in str(record.contents(before, "https://example.cn/"))


def test_the_record_and_the_file_name_what_held(built: Entrance) -> None:
    rule = noted(built, KIND.LIFT_PASSING, ">=4/5", TODAY - timedelta(days=9))
    row = entrance.announced(built)
    with clock.at(MORNING), pytest.raises(Refused, match="is counted by it"):
        settling.end_house_rule(by=built.staff("clerk"), rule_id=rule.pk, last=TODAY - timedelta(days=1))
    lift(built, row, 9, 3)
    with override("en"):
        facts = dict(record.contents(row, "https://example.cn/")["facts"])
    assert facts["For a lift, how many of these have to agree"] == (
        "at least 4/5: 某市加装电梯办法 7, from 2026-11-07"
    )
    assert facts["For a lift, how many have to take part"] == "at least 2/3, as nothing else is noted here"
    kept = ballots.Ballot.objects.get(pk=row.pk).document
    assert '"source": "某市加装电梯办法 7"' in kept
    assert "note" not in recount(kept.encode())


def test_the_page_of_a_lift_names_its_shares(built: Entrance) -> None:
    noted(built, KIND.LIFT_PASSING, ">=4/5")
    row = entrance.announced(built)
    for who, name in (("clerk", "ballots_desk:ballot"), ("601", "ballots:ballot")):
        with clock.at(MORNING):
            page = shown(signed_in(built, who).get(reverse(name, args=[row.pk])))
        assert "Lift: at least 2/3 take part, at least 4/5 of these agree" in page
        assert "at least 4/5: 某市加装电梯办法 7, from 2026-11-16" in page


# ── co-owners ───────────────────────────────────────────────────────────────────────────────────────────


def owned_together(built: Entrance) -> None:
    """601 belongs to a couple; each has an account."""
    world.add_person(built.world, "wife", "陈晓梅")
    residence.note_holding(
        by=SYSTEM,
        person_id=built.world.persons["wife"],
        home_id=built.homes["601"],
        starts=world.BEGAN,
    )


def cast(built: Entrance, row: Ballot, who: str, home: str = "601") -> None:
    with clock.at(OPENS):
        voting.cast(
            by=built.world.actor(who),
            ballot=ballots.ballot(row.pk),
            entry_id=entrance.entry(row, home).pk,
            answers={"1": "yes"},
            receipt=tracking_code(),
        )


def test_by_default_any_co_owner_gives_the_one_vote_of_the_home(built: Entrance) -> None:
    owned_together(built)
    row = entrance.opened(built)
    cast(built, row, "601")
    cast(built, row, "wife")
    assert counting.results(row)[0].count.took_part.heads == 1


def test_where_co_owners_sign_together_none_of_them_votes_alone(built: Entrance) -> None:
    owned_together(built)
    noted(built, KIND.CO_OWNERS_SIGN)
    row = entrance.opened(built)
    for who in ("601", "wife"):
        with pytest.raises(Refused, match="all of them sign one sheet"):
            cast(built, row, who)
    cast(built, row, "602", "602")
    page = reverse("ballots:ballot", args=[row.pk])
    with clock.at(OPENS):
        assert "all of them sign one sheet" in shown(signed_in(built, "601").get(page))
    assert counting.results(row)[0].count.took_part.heads == 1


def test_the_sheet_of_co_owners_says_that_all_sign(built: Entrance) -> None:
    owned_together(built)
    noted(built, KIND.CO_OWNERS_SIGN)
    row, desk = entrance.announced(built), signed_in(built, "clerk")
    with clock.at(MORNING):
        voting.print_sheets(by=built.staff("clerk"), ballot_id=row.pk)
    with override("en"):
        words = sheets.contents(row, [], "https://example.cn/")["words"]["proxy"]
    assert words.startswith("The owner signs personally; where several own a home, all of them sign.")
    with clock.at(OPENS):
        running.open_ballot(by=built.staff("clerk"), ballot_id=row.pk)
        for home, is_said in (("601", True), ("602", False)):
            code = entrance.entry(row, home).sheets.get().code
            page = shown(desk.get(reverse("ballots_desk:sheet", args=[row.pk, code])))
            assert ("all of them have to have signed" in page) is is_said
        entrance.on_paper(built, row, "601", "yes")
    assert counting.results(row)[0].count.took_part.heads == 1


def test_what_concerns_no_announced_ballot_can_be_noted_for_its_day(built: Entrance) -> None:
    asked = Asked("换灯", Method.YES_NO, RuleName.OWNERS_ORDINARY)
    entrance.announced(built, entrance.plan(asked))
    noted(built, KIND.LIFT_PASSING, ">=4/5")
    with pytest.raises(Refused, match="would be counted by it"):
        noted(built, KIND.CO_OWNERS_SIGN)


def test_a_ballot_online_alone_is_not_announced_where_co_owners_sign(built: Entrance) -> None:
    noted(built, KIND.CO_OWNERS_SIGN)
    made = entrance.plan(channels=frozenset({Channel.ONLINE}))
    row = entrance.drafted(built, made)
    with clock.at(MORNING), pytest.raises(Refused, match="needs a way on paper too"):
        preparing.announce(by=built.staff("clerk"), ballot_id=row.pk)
    entrance.announced(built)
    asked = Asked("换灯", Method.YES_NO, RuleName.OWNERS_ORDINARY)
    entrance.announced(built, entrance.plan(asked, LIFT))


# ── the desk ────────────────────────────────────────────────────────────────────────────────────────────


def test_every_local_rule_stands_on_one_page(built: Entrance) -> None:
    desk, address = signed_in(built, "clerk"), reverse("ballots_desk:house_rules")
    sent = {"place": built.world.place("community"), "source": "某市办法 7", "starts": "2026-11-16"}
    with clock.at(MORNING):
        page = shown(desk.get(address))
        for words in (
            "For a lift, how many have to take part", "at least 2/3", "at least 3/4",
            "Co-owners of a home sign one sheet together", "Nothing is noted",
        ):  # fmt: skip
            assert words in page
        refused = desk.post(address, sent | {"kind": "lift_passing", "share": "2/3"})
        assert refused.status_code == 422
        assert "The law asks for at least 3/4 here" in refused.content.decode()
        assert desk.post(address, sent | {"kind": "follow_majority", "share": "2/3"}).status_code == 422
        assert desk.post(address, sent | {"kind": "lift_passing", "share": "viel"}).status_code == 422
        done(desk.post(address, sent | {"kind": "lift_passing", "share": "4/5"}))
        done(desk.post(address, sent | {"kind": "lift_quorum", "share": "> 3/4"}))
        done(desk.post(address, sent | {"kind": "co_owners_sign"}))
        assert "at least 4/5" in shown(desk.get(address))
        assert signed_in(built, "601").post(address, sent | {"kind": "co_owners_sign"}).status_code in (
            403,
            404,
        )
    kept = dict(HouseRule.objects.values_list("kind", "value"))
    assert kept == {"lift_passing": ">=4/5", "lift_quorum": ">3/4", "co_owners_sign": ""}
    told = Entry.objects.filter(event=Event.HOUSE_RULE_SET.value, data__kind="lift_passing").get()
    assert told.data == {"kind": "lift_passing", "share": ">=4/5"}
