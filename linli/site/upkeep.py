"""Marks an installation leaves in its own database: what was migrated, whether the demo was loaded whole.

They lie in the database and not in a file, so that they are true of this database and are dropped with it.
"""

import psycopg

SCHEMA_MARK = "schema"
DEMO_MARK = "demo"
STARTED = "started"
EMPTY = "empty"


def ensure(owner: psycopg.Connection, app_role: str) -> None:
    """Make the table of marks, which the application may read."""
    role = psycopg.sql.Identifier(app_role)
    owner.execute("CREATE SCHEMA IF NOT EXISTS upkeep")
    owner.execute("CREATE TABLE IF NOT EXISTS upkeep.mark (name text PRIMARY KEY, value text NOT NULL)")
    owner.execute(psycopg.sql.SQL("GRANT USAGE ON SCHEMA upkeep TO {}").format(role))
    owner.execute(psycopg.sql.SQL("GRANT SELECT ON upkeep.mark TO {}").format(role))


def read(connection: psycopg.Connection, name: str) -> str:
    """A mark's value; empty when it was never set or there is no table yet."""
    found = connection.execute("SELECT to_regclass('upkeep.mark')").fetchone()
    if found is None or found[0] is None:
        return ""
    row = connection.execute("SELECT value FROM upkeep.mark WHERE name = %s", [name]).fetchone()
    return str(row[0]) if row else ""


def write(owner: psycopg.Connection, name: str, value: str) -> None:
    """Set a mark."""
    owner.execute(
        "INSERT INTO upkeep.mark VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, value],
    )
