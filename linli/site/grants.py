"""What the application's database role may do: everything in its tables, but in the audit only read and add.

Run by the owner after every migration, in one transaction: there is no moment with other rights than these.
"""

import hashlib
import importlib.metadata
from pathlib import Path

import psycopg
from psycopg import sql

APPEND_ONLY = ("audit_%",)
READ_ONLY = ("django_migrations",)
# Only what the owner made: an extension's views are not ours. Functions are everybody's by default.
OWNED = """
SELECT c.relname, c.relkind = 'S' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
  AND pg_get_userbyid(c.relowner) = current_user
ORDER BY 1
"""
VERSIONED = ("django", "django-allauth", "procrastinate")


def rights_of(table: str) -> str:
    """The privileges the application has on a table."""
    if any(table.startswith(pattern.rstrip("%")) for pattern in APPEND_ONLY):
        return "SELECT, INSERT"
    if table in READ_ONLY:
        return "SELECT"
    return "SELECT, INSERT, UPDATE, DELETE"


def grant(owner: psycopg.Connection, role: str) -> None:
    """Give the application's role exactly its rights on what there is now."""
    name = sql.Identifier(role)
    with owner.transaction():
        owner.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
        for relation, is_sequence in owner.execute(OWNED).fetchall():
            kind = sql.SQL("SEQUENCE" if is_sequence else "TABLE")
            rights = sql.SQL("USAGE, SELECT" if is_sequence else rights_of(relation))
            target = sql.Identifier("public", relation)
            owner.execute(sql.SQL("REVOKE ALL ON {} {} FROM {}").format(kind, target, name))
            owner.execute(sql.SQL("GRANT {} ON {} {} TO {}").format(rights, kind, target, name))


def schema_digest() -> str:
    """Fingerprint of everything that decides the tables and rights: the same means nothing is to migrate."""
    total = hashlib.sha256()
    for package in VERSIONED:
        total.update(f"{package} {importlib.metadata.version(package)}\n".encode())
    package_folder = Path(__file__).resolve().parents[1]
    for path in sorted([*package_folder.glob("*/migrations/*.py"), Path(__file__).resolve()]):
        total.update(path.relative_to(package_folder).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()
