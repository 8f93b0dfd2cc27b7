"""Tables without their indexes while many rows are copied in, as a restored dump has them."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import groupby
from typing import Any, NamedTuple

import psycopg
from django.db import models
from psycopg import sql

TOGETHER = 2  # statements at once: as many as there are cores where figures are compared
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, contype::text, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'c', 'u') AND conparentid = 0 ORDER BY 1, 2
"""
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%s::regclass[])
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
"""


class Constraint(NamedTuple):
    """A constraint as the catalogue has it; `kind` is f(oreign key), c(heck) or u(nique)."""

    table: str
    name: str
    kind: str
    definition: str


@contextmanager
def bare(tables: Sequence[type[models.Model]], address: str) -> Iterator[None]:
    """Take indexes, keys and checks away and put them back, which looks at every row, when done."""
    names = [model._meta.db_table for model in tables]
    with psycopg.connect(address, autocommit=True) as owner:
        constraints = [Constraint(*row) for row in owner.execute(CONSTRAINTS, [names]).fetchall()]
        indexes = owner.execute(INDEXES, [names]).fetchall()
        for one in sorted(constraints, key=lambda one: one.kind != "f"):  # a key may rest on a unique index
            _run(owner, "ALTER TABLE {} DROP CONSTRAINT {}", sql.SQL(one.table), sql.Identifier(one.name))
        for name, _definition in indexes:
            _run(owner, "DROP INDEX {}", sql.SQL(name))
    yield
    slowest_first = sorted((definition for _name, definition in indexes), key=lambda one: " gin " not in one)
    _at_once(address, [sql.SQL(definition) for definition in slowest_first])
    checks = [one for one in constraints if one.kind != "f"]
    keys = [one for one in constraints if one.kind == "f"]
    _at_once(address, list(_by_table(checks, "ADD CONSTRAINT {} {}")))
    # Adding a key locks the table it points to, which all point to; looking at the rows afterwards does not.
    for statement in _by_table(keys, "ADD CONSTRAINT {} {} NOT VALID"):
        _at_once(address, [statement])
    _at_once(address, list(_by_table(keys, "VALIDATE CONSTRAINT {}")))


def _by_table(constraints: Sequence[Constraint], clause: str) -> Iterator[sql.Composable]:
    """One statement a table: its checks then take one reading of it together."""
    for table, rows in groupby(constraints, key=lambda one: one.table):
        clauses = [sql.SQL(clause).format(sql.Identifier(one.name), sql.SQL(one.definition)) for one in rows]
        yield sql.SQL("ALTER TABLE {} {}").format(sql.SQL(table), sql.SQL(", ").join(clauses))


def _at_once(address: str, statements: Sequence[sql.Composable]) -> None:
    """Run them on connections of their own, a few at a time."""
    with ThreadPoolExecutor(TOGETHER) as several:
        list(several.map(lambda statement: _alone(address, statement), statements))


def _alone(address: str, statement: sql.Composable) -> None:
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("SET maintenance_work_mem = '256MB'")
        owner.execute("SET max_parallel_maintenance_workers = 0")  # the other statement has the other core
        owner.execute(statement)


def _run(owner: psycopg.Connection[Any], statement: str, *parts: sql.Composable) -> None:
    owner.execute(sql.SQL(statement).format(*parts))
