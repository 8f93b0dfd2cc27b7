"""Votes coming in over HTTP, and the tally of many: functions for `make bench` to call.

The voters of one ballot are few persons on many entries of its roll, so that a hundred thousand votes need no
hundred thousand sessions; everything else is what a voter's browser sends.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from bench import load
from bench.load import Request
from linli.ballots.kinds import Channel, Electorate, Method, PartKind, RuleName
from linli.ballots.models import Ballot, Option, Question, RollEntry, RollPerson, Vote
from linli.ballots.read import counting
from linli.ballots.rules.recount import recount
from linli.frame import bulk
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.ids import tracking_code, uuid7
from linli.people.actions import account, person
from linli.people.models import Account
from linli.places import actions as places
from linli.places.kinds import PlaceKind
from linli.places.models import Place
from linli.site import config as configuration

AREA = 8937  # 89.37 m²
CSRF = "a" * 32
ENTRY = ("id", "ballot", "number", "label", "area", "consent_needed", "is_developer", "voted")
# A million votes are made by the database itself.
_SECRET_VOTES = """
INSERT INTO ballots_vote (id, ballot_id, receipt, answers, is_secret, counts, channel)
SELECT gen_random_uuid(), %(ballot)s, 'R' || lpad(n::text, 18, '0'),
  jsonb_build_object('1', jsonb_build_array(chr(65 + n %% 3))), true, true, ''
FROM generate_series(1, %(count)s) n
"""
_NAMED_VOTES = """
INSERT INTO ballots_vote (id, ballot_id, receipt, answers, is_secret, counts, entry_id, channel, given_at)
SELECT gen_random_uuid(), e.ballot_id, 'R' || lpad(e.number::text, 18, '0'),
  jsonb_build_object('1', CASE WHEN e.number %% 4 = 0 THEN 'no' ELSE 'yes' END), false, true, e.id, 'online',
  %(at)s
FROM ballots_rollentry e WHERE e.ballot_id = %(ballot)s
"""


@dataclass(frozen=True, slots=True)
class Polling:
    """An open ballot: each voter's cookie, and the entries they vote for."""

    ballot: UUID
    cookies: list[str]
    entries: list[list[UUID]]


@dataclass(frozen=True, slots=True)
class Counted:
    """Seconds the parts of a count took, and whether the file counted again says the same."""

    votes: int
    tally: float
    file: float
    recount: float
    agrees: bool


def polling(votes: int, voters: int, *, secret: bool) -> Polling:
    """A ballot open for a day with one entry of its roll for each vote, shared out among so many voters."""
    where = _place()
    row = _ballot(where, secret=secret)
    accounts = [_account(where, number) for number in range(voters)]
    ids = _roll(row, votes, [each.person_id for each in accounts])
    return Polling(row.pk, [_cookie(each) for each in accounts], [ids[n::voters] for n in range(voters)])


def casting(ground: Polling, *, secret: bool) -> Callable[[int], Iterator[Request]]:
    """The requests of each connection: its voter's entries, one vote each."""

    def requests(number: int) -> Iterator[Request]:
        headers = {
            "Cookie": ground.cookies[number],
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "text/html",
        }
        for turn, entry in enumerate(ground.entries[number]):
            answer = "ABC"[turn % 3] if secret else ("yes", "no")[turn % 2]
            said = {"q1": answer, "receipt": tracking_code(), "csrfmiddlewaretoken": CSRF}
            yield "POST", f"/ballots/{ground.ballot}/vote/{entry}/", headers, urlencode(said).encode()

    return requests


def cast(port: int, *, votes: int = 100_000, connections: int = 32, secret: bool = True) -> load.Result:
    """Every vote of a ballot sent once over so many connections; each acknowledged one is in the table."""
    ground = polling(votes, connections, secret=secret)
    result = load.run(port, casting(ground, secret=secret), connections, seconds=24 * 3600)
    kept = Vote.objects.filter(ballot_id=ground.ballot, counts=True).count()
    acknowledged = result.statuses.get(200, 0)
    if kept < acknowledged:
        raise RuntimeError(f"{acknowledged} votes were acknowledged and {kept} are there")
    return result


def tally(votes: int = 1_000_000, *, secret: bool = True) -> Counted:
    """Count so many votes, write the published file, and count the file again."""
    row = _ballot(_place(), secret=secret)
    _roll(row, votes, [])
    with connection.cursor() as cursor:
        if secret:
            cursor.execute(_SECRET_VOTES, {"ballot": row.pk, "count": votes})
        else:
            cursor.execute(_NAMED_VOTES, {"ballot": row.pk, "at": clock.now()})
    _settle()
    began = time.perf_counter()
    found = counting.results(row)
    counted = time.perf_counter()
    text = counting.document(row, found)
    written = time.perf_counter()
    again = recount(text.encode())
    done = time.perf_counter()
    return Counted(votes, counted - began, written - counted, done - written, again["agrees_with_published"])


def _place() -> Place:
    today = clock.today()
    return places.open_place(
        by=SYSTEM,
        kind=PlaceKind.DIVISION,
        name="量速单元",
        label=f"b{uuid7().hex[-8:]}",
        parent_id=None,
        opened_on=today,
    )


def _ballot(where: Place, *, secret: bool) -> Ballot:
    """An open ballot of one question, written as its steps would leave it."""
    now = clock.now()
    row = Ballot.objects.create(
        place=where,
        title="量速",
        electorate=(Electorate.RESIDENTS if secret else Electorate.OWNERS).value,
        part_kind=PartKind.NONE.value,
        is_secret=secret,
        channels=[Channel.ONLINE.value],
        state="open",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
        announced_at=now,
        frozen_at=now,
        objections_until=clock.today() - timedelta(days=1),
    )
    method, rule = (Method.CHOOSE, RuleName.SIMPLE) if secret else (Method.YES_NO, RuleName.OWNERS_SPECIAL)
    question = Question.objects.create(
        ballot=row, number=1, title="量速", method=method.value, rule=rule.value
    )
    if secret:
        Option.objects.bulk_create(
            Option(question=question, code=code, title=code, order=order) for order, code in enumerate("ABC")
        )
    return row


def _roll(row: Ballot, count: int, persons: list[UUID]) -> list[UUID]:
    """So many entries by COPY, shared out among the persons in turn; their ids."""
    ids = [uuid7() for _ in range(count)]
    area = 0 if row.is_secret else AREA
    with transaction.atomic():
        entries = ((key, row.pk, number, "", area, False, False, "") for number, key in enumerate(ids, 1))
        bulk.copy_in(RollEntry, ENTRY, entries)
        if persons:
            pairs = ((key, persons[number % len(persons)]) for number, key in enumerate(ids))
            bulk.copy_in(RollPerson, ("entry", "person"), pairs)
    _settle()
    return ids


def _settle() -> None:
    """What autovacuum would have done by then."""
    with psycopg.connect(configuration.load().database_owner_url, autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE)")


def _account(where: Place, number: int) -> Account:
    details = person.Details(name=f"投票人{number}", phone=f"1370000{number:04d}")
    row = person.register_person(by=SYSTEM, at=where, details=details)
    return account.open_account(by=SYSTEM, person_id=row.id, password_hash="!")


def _cookie(who: Account) -> str:
    client = Client()
    client.force_login(who)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"
