"""Those who gave nothing back and the house rule (从多): a ballot is counted by what stood when announced."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from linli.audit.models import Entry
from linli.ballots.actions import canvassing, preparing, running, settling
from linli.ballots.kinds import Event, HouseRuleKind, VisitOutcome
from linli.ballots.models import Ballot, HouseRule
from linli.ballots.read import counting
from linli.ballots.rules.recount import recount
from linli.kernel import clock
from linli.kernel.decision import Refused
from tests.ballots import entrance
from tests.ballots.entrance import AREA, CLOSES, MORNING, OPENS, Entrance
from tests.ballots.test_web import done, shown, signed_in

TODAY = clock.local(MORNING).date()
A_DAY = timedelta(days=1)
BELOW_TWO_THIRDS = ("601", "602", "501", "502", "401", "402")  # of twelve
HANDED_OVER = ("101", "102", "201")


def noted(built: Entrance, starts: date = TODAY, last: date | None = None, **more: Any) -> HouseRule:
    """A rule of the community's, by the clerk."""
    given = {"place_id": built.world.place("community"), "kind": HouseRuleKind.FOLLOW_MAJORITY}
    return settling.set_house_rule(
        by=built.staff("clerk"), source="管理规约 12", starts=starts, last=last, **{**given, **more}
    )


def ended(built: Entrance, rule: HouseRule, last: date) -> HouseRule:
    return settling.end_house_rule(by=built.staff("clerk"), rule_id=rule.pk, last=last)


def held(built: Entrance, row: Ballot) -> dict[str, Any]:
    """The vote on the lift to its result: six say yes, three keep the sheet they were handed."""
    with clock.at(OPENS):
        running.open_ballot(by=built.staff("clerk"), ballot_id=row.pk)
    entrance.votes(built, row, BELOW_TWO_THIRDS, "yes")
    with clock.at(OPENS):
        for home in HANDED_OVER:
            canvassing.note_visit(
                by=built.staff("grid"),
                ballot_id=row.pk,
                home_id=built.homes[home],
                outcome=VisitOutcome.DELIVERED,
            )
    entrance.counted(built, row)
    row.refresh_from_db()
    found = recount(row.document.encode())
    assert found["agrees_with_published"] is True
    followed = counting.results(row)[0].count.followed
    assert found["questions"][0]["figures"]["followed"] == {"area": followed.area, "heads": followed.heads}
    return found


def follows(found: dict[str, Any]) -> bool:
    """Whether the three were counted with the six, without whom too few took part."""
    figures = found["questions"][0]["figures"]["followed"]
    assert figures == ({"area": 3 * AREA, "heads": 3} if found["passed"] else {"area": 0, "heads": 0})
    return bool(found["passed"])


def test_a_rule_that_stood_on_the_day_of_the_announcement_counts(built: Entrance) -> None:
    with clock.at(MORNING):
        noted(built)
    assert follows(held(built, entrance.announced(built)))


def test_without_a_rule_whoever_gives_nothing_back_is_not_counted(built: Entrance) -> None:
    assert not follows(held(built, entrance.announced(built)))


def test_a_rule_noted_after_the_announcement_does_not_count(built: Entrance) -> None:
    row = entrance.announced(built)
    with clock.at(MORNING + A_DAY):
        for starts in (TODAY - timedelta(days=300), TODAY):
            with pytest.raises(Refused, match=r"would be counted by it.*Let it hold from 2026-11-17"):
                noted(built, starts)
        noted(built, TODAY + A_DAY)
    assert not follows(held(built, row))


def test_a_rule_written_into_the_past_changes_no_ballot(built: Entrance) -> None:
    """Even where it got past the door: the ballot keeps what stood when it was announced."""
    row = entrance.announced(built)
    community = built.world.place("community")
    HouseRule.objects.create(place_id=community, kind="follow_majority", source="管理规约 12", starts=TODAY)
    assert not follows(held(built, row))


def test_a_rule_that_had_ended_does_not_count(built: Entrance) -> None:
    with clock.at(MORNING):
        noted(built, TODAY - timedelta(days=300), TODAY - A_DAY)
    assert not follows(held(built, entrance.announced(built)))


@pytest.mark.parametrize("days", [0, 1, 20])
def test_a_rule_ended_after_the_announcement_counts(built: Entrance, days: int) -> None:
    with clock.at(MORNING):
        rule = noted(built, TODAY - timedelta(days=300))
    row = entrance.announced(built)
    with clock.at(MORNING + A_DAY):
        with pytest.raises(Refused, match=r"is counted by it\. Let it hold until that day"):
            ended(built, rule, TODAY - A_DAY)
        ended(built, rule, TODAY + timedelta(days=days))
    assert follows(held(built, row))


def test_a_draft_shows_what_would_count_and_the_announcement_keeps_it(built: Entrance) -> None:
    row, desk = entrance.drafted(built), signed_in(built, "clerk")
    address = reverse("ballots_desk:ballot", args=[row.pk])
    words = "Those who give nothing back are counted with the majority: 管理规约 12."
    with clock.at(MORNING):
        rule = noted(built)
        assert words in shown(desk.get(address))
        ended(built, rule, TODAY)
        preparing.announce(by=built.staff("clerk"), ballot_id=row.pk)
    with clock.at(MORNING + timedelta(days=3)):
        assert words in shown(desk.get(address)), "it stood on the day it was announced"


def test_rules_are_noted_and_ended_at_the_desk(built: Entrance) -> None:
    desk, address = signed_in(built, "clerk"), reverse("ballots_desk:house_rules")
    sent = {
        "place": built.world.place("community"),
        "source": "管理规约 12",
        "starts": "2026-01-01",
        "kind": "follow_majority",
    }
    with clock.at(MORNING):
        done(desk.post(address, sent | {"last": "2026-12-31"}))
        page = shown(desk.get(address))
        assert "管理规约 12" in page
        assert ">ended<" not in page
        clash = desk.post(address, sent | {"starts": "2026-12-31"})
        assert clash.status_code == 409
        assert "covers some of these days" in clash.content.decode()
        done(desk.post(address, sent | {"starts": "2027-01-01"}))
        rule = HouseRule.objects.get(starts=date(2026, 1, 1))
        assert rule.ends == date(2027, 1, 1)
        end = reverse("ballots_desk:house_rule_end", args=[rule.pk])
        assert desk.post(end, {f"{rule.pk}-last": "soon"}).status_code == 422
        assert desk.post(end, {f"{rule.pk}-last": "2025-12-31"}).status_code == 409
        assert signed_in(built, "601").post(end, {f"{rule.pk}-last": "2026-11-30"}).status_code in (403, 404)
        done(desk.post(end, {f"{rule.pk}-last": "2026-11-30"}))
    rule.refresh_from_db()
    assert rule.ends == date(2026, 12, 1)
    entry = Entry.objects.get(event=Event.HOUSE_RULE_ENDED.value)
    assert entry.data == {"last": "2026-11-30"}
    with clock.at(CLOSES):
        assert ">ended<" in shown(desk.get(address))
        again = desk.post(end, {f"{rule.pk}-last": "2026-12-31"})
        assert again.status_code == 409
        assert "It has ended already." in again.content.decode()
