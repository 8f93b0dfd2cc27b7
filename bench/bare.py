"""Tables without their indexes while many rows are copied in, as a restored dump has them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import models
from psycopg import sql

KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'c') AND conparentid = 0
"""
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%s::regclass[])
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
"""


@contextmanager
def bare(tables: Sequence[type[models.Model]], address: str) -> Iterator[None]:
    """Take indexes, foreign keys and checks away and put them back, which checks every row, when done."""
    names = [model._meta.db_table for model in tables]
    with psycopg.connect(address, autocommit=True) as owner:
        keys = owner.execute(KEYS, [names]).fetchall()
        indexes = owner.execute(INDEXES, [names]).fetchall()
        for table, name, _definition in keys:
            _run(owner, "ALTER TABLE {} DROP CONSTRAINT {}", sql.SQL(table), sql.Identifier(name))
        for name, _definition in indexes:
            _run(owner, "DROP INDEX {}", sql.SQL(name))
    yield
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("SET maintenance_work_mem = '256MB'")
        for _name, definition in indexes:
            _run(owner, "{}", sql.SQL(definition))
        for table, name, definition in keys:
            added = "ALTER TABLE {} ADD CONSTRAINT {} {}"
            _run(owner, added, sql.SQL(table), sql.Identifier(name), sql.SQL(definition))


def _run(owner: psycopg.Connection[Any], statement: str, *parts: sql.Composable) -> None:
    owner.execute(sql.SQL(statement).format(*parts))
