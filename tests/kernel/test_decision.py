"""A decision reads as yes or no and carries its reason to the door."""

import pytest

from linli.kernel.decision import ALLOWED, Decision, Denied, Refused, require

LATE = Denied("Voting ended on %(date)s.", {"date": "2026-03-01"})


def test_truth() -> None:
    decisions: list[Decision] = [ALLOWED, LATE]
    assert [bool(decision) for decision in decisions] == [True, False]


def test_require_lets_the_allowed_pass() -> None:
    require(ALLOWED)


@pytest.mark.parametrize("status", [403, 404, 409, 422])
def test_require_refuses_with_the_reason(status: int) -> None:
    with pytest.raises(Refused) as caught:
        require(LATE, status=status)
    assert (caught.value.reason, caught.value.params, caught.value.status) == (
        LATE.reason,
        LATE.params,
        status,
    )
    assert str(caught.value) == str(LATE) == "Voting ended on 2026-03-01."


def test_a_refusal_is_403_unless_said_otherwise() -> None:
    with pytest.raises(Refused) as caught:
        require(LATE)
    assert caught.value.status == 403


def test_a_reason_without_params_may_hold_a_percent_sign() -> None:
    assert str(Denied("At least 50% must agree.")) == "At least 50% must agree."
    assert str(Refused("At least 50% must agree.")) == "At least 50% must agree."
