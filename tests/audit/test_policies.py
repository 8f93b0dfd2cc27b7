"""Who reads the record."""

import pytest

from linli.audit.policies import may_read
from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor, Grant
from linli.kernel.ids import uuid7

HERE = "/620201/002/006/"


def auditor(path: str) -> Actor:
    return Actor(uuid7(), (Grant("audit.read", path, uuid7()),))


@pytest.mark.parametrize(
    ("actor", "path", "allowed"),
    [
        (auditor(HERE), HERE, True),
        (auditor(HERE), f"{HERE}g01/b03/", True),
        (auditor(HERE), "/620201/002/", False),
        (auditor(HERE), "", False),
        (auditor("/"), "", True),
        (Actor(uuid7(), (Grant("matter.read", HERE, uuid7()),)), HERE, False),
        (ANONYMOUS, HERE, False),
        (SYSTEM, HERE, False),
    ],
)
def test_who_may_read(actor: Actor, path: str, allowed: bool) -> None:
    decision = may_read(actor, path)
    assert bool(decision) is allowed
    assert allowed or "for whoever audits it" in str(decision)
