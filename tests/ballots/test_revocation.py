"""What owners decided names the right to have it revoked, and its last day (民法典 280)."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from linli.ballots.actions import running
from linli.ballots.kinds import Electorate, Method, RuleName
from linli.ballots.models import Ballot
from linli.ballots.rules.drafting import Asked
from linli.ballots.web import record
from linli.kernel import clock
from tests.ballots import entrance
from tests.ballots.entrance import CLOSES, LIFT, Entrance
from tests.ballots.test_web import shown, signed_in

COUNTED = "within one year of knowing of it, counted from the day the result is announced (Civil Code 280)."
LAST = "until 2027-12-09, counted from the day the result was announced (Civil Code 280)."
AMONG_RESIDENTS: dict[str, Any] = {
    "electorate": Electorate.RESIDENTS,
    "part_kind": entrance.PartKind.NONE,
}


def decided(built: Entrance, asked: Asked, side: str, **more: Any) -> Ballot:
    """Counted, its result not announced yet: all twelve say the same."""
    row = entrance.opened(built, entrance.plan(asked, **more))
    entrance.votes(built, row, built.homes, side)
    with clock.at(CLOSES):
        running.close(by=built.staff("clerk"), ballot_id=row.pk)
        running.count(by=built.staff("clerk"), ballot_id=row.pk)
    return row


def test_the_right_and_its_last_day_stand_beside_the_result(built: Entrance) -> None:
    row = decided(built, LIFT, "yes")
    assert f"{clock.local(CLOSES):%Y-%m-%d}" == "2026-12-09"
    desk, page = signed_in(built, "clerk"), reverse("ballots_desk:ballot", args=[row.pk])
    with clock.at(CLOSES), override("en"):
        row.refresh_from_db()
        assert COUNTED in record.contents(row, "/")["right"]
        assert COUNTED in shown(desk.get(page))
        row = running.publish(by=built.staff("clerk"), ballot_id=row.pk)
        assert LAST in record.contents(row, "/")["right"]
        assert any(LAST in line for line in record.poster(row, "/").foot)
        assert LAST in shown(desk.get(page))
        assert LAST in shown(signed_in(built, "601").get(reverse("ballots:ballot", args=[row.pk])))


@pytest.mark.parametrize(
    ("asked", "side", "more"),
    [
        (LIFT, "no", {}),  # nothing was decided
        (Asked("关灯", Method.YES_NO, RuleName.SIMPLE), "yes", AMONG_RESIDENTS),
        (Asked("关灯", Method.YES_NO, RuleName.OPINION), "yes", {}),
    ],
)
def test_where_owners_decided_nothing_there_is_nothing_to_revoke(
    built: Entrance, asked: Asked, side: str, more: dict[str, Any]
) -> None:
    row = decided(built, asked, side, **more)
    with clock.at(CLOSES):
        row = running.publish(by=built.staff("clerk"), ballot_id=row.pk)
        assert record.contents(row, "/")["right"] == ""
        assert "Civil Code 280" not in " ".join(record.poster(row, "/").foot)
