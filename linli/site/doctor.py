"""`linli doctor`: everything that is wrong with an installation, at once, each with what to do.

A fault means that Linli must not serve like this; a warning, that somebody should look.
"""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import psycopg
from psycopg.conninfo import conninfo_to_dict

from linli.kernel import clock, workdays
from linli.site import assets, catalogues, grants, upkeep
from linli.site.config import Settings
from linli.site.database import app_role
from linli.site.keeping import backup, journal, retention
from linli.site.kinds import BackupFault, BackupState

OLDEST_POSTGRESQL = 170000
EXTENSIONS = ("pg_trgm", "btree_gist")
BUILT = 1_760_000_000  # seconds since 1970: no clock that is right shows less
WENT_WRONG = {
    BackupFault.UNWRITABLE: "the folder could not be written. Give it to the user Linli runs as",
    BackupFault.FULL: "the disk is full. Make room, or name a folder on a larger one in LINLI_BACKUPS",
    BackupFault.UNREACHABLE: "the database did not answer. See that it runs and lets its owner in",
    BackupFault.DUMP: "PostgreSQL could not write out the database. Try by hand, it says more: linli backup",
    BackupFault.DAMAGED: "it did not pass its check and was deleted. Name a folder on another disk",
    BackupFault.CUT_OFF: "the worker stopped half-way. See that it runs; it tries again by itself",
    BackupFault.OTHER: "nobody foresaw why. Try by hand, it says more: linli backup",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong and what to do about it."""

    grade: Literal["fault", "warning"]
    text: str


Findings = Iterator[Finding]


def fault(text: str) -> Finding:
    """Linli must not serve like this."""
    return Finding("fault", text)


def warning(text: str) -> Finding:
    """Somebody should look."""
    return Finding("warning", text)


def surroundings(settings: Settings) -> list[Finding]:
    """Every finding on machine, build and backups; on a folder only where one was given."""
    kept = [*machine(settings), *backups(settings)] if settings.data_dir.is_absolute() else []
    return [*kept, *build()]


def data(settings: Settings) -> list[Finding]:
    """Every finding on the database."""
    found: list[Finding] = []
    try:
        with psycopg.connect(settings.app_database_url, connect_timeout=5) as app:
            for check in DATABASE_CHECKS:
                found += check(app)
    except psycopg.Error as error:
        found.append(fault(f"The database does not answer: {first_line(error)}. Check LINLI_DATABASE_URL"))
        return found
    try:
        with psycopg.connect(settings.database_owner_url, connect_timeout=5) as owner:
            found += migrated(owner)
    except psycopg.Error as error:
        found.append(
            fault(f"The owner cannot enter the database: {first_line(error)}. Check LINLI_DATABASE_OWNER_URL")
        )
        return found
    if app_role(settings) == conninfo_to_dict(settings.database_owner_url)["user"]:
        found.append(
            fault("Owner and application are one database role: then nothing protects the audit. Use two")
        )
    return found


def first_line(error: Exception) -> str:
    """The first line of a driver's words, which hold no password."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


# ── the machine and the build ───────────────────────────────────────────────────────────────────────────


def machine(settings: Settings) -> Findings:
    """Folder, clock and secrets' file."""
    folder = settings.data_dir
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        yield fault(f"{folder} cannot be written: create it and give it to the user Linli runs as")
    kept = folder / "secrets.json"
    if kept.is_file() and kept.stat().st_mode & 0o077:
        yield fault(f"Others may read {kept}: chmod 600 {kept}")
    if time.time() < BUILT:
        yield fault("This machine's clock is wrong: deadlines would be too. Set it, best by NTP")
    year = clock.today().year
    for each in (year, year + 1):
        if not workdays.default().known(each) and (each == year or clock.today().month == 12):
            yield warning(
                f"The working days of {each} are not known: weekends are taken as free. "
                "Import the published calendar: linli calendar import FILE"
            )


def build() -> Findings:
    """What `make build` leaves behind."""
    if not assets.built():
        yield fault("The front end is not built: make build")
    for compiled in catalogues.uncompiled():
        yield fault(f"The translations of {compiled.parents[1].name} are not compiled: make build")


def backups(settings: Settings) -> Findings:
    """Last night's backup is there, and the last one tried did not fail."""
    folder = settings.backups
    if folder is None:
        if not settings.demo:
            yield warning("No backups are made at night: give LINLI_BACKUPS a folder, best on another disk")
        return
    if folder.is_dir() and not os.access(folder, os.W_OK):
        yield fault(f"{folder} cannot be written: give it to the user Linli runs as")
    moments = list(backup.there_are(settings, folder))
    if retention.is_too_old(moments, clock.now()):
        last = f"is of {max(moments):%Y-%m-%d %H:%M}" if moments else "was never made"
        yield warning(f"The last backup in {folder} {last}. Make one now: linli backup")
    latest = next(iter(journal.runs(settings.data_dir)), None)
    if latest and latest.state is BackupState.FAILED:
        happened = WENT_WRONG[latest.fault or BackupFault.OTHER]
        yield warning(f"The backup of {latest.started_at:%Y-%m-%d %H:%M} failed: {happened}")


# ── the database ────────────────────────────────────────────────────────────────────────────────────────


def version(app: psycopg.Connection) -> Findings:
    """PostgreSQL 17 or newer."""
    if app.info.server_version < OLDEST_POSTGRESQL:
        found = app.info.parameter_status("server_version")
        yield fault(f"PostgreSQL is {found}: 17 or newer is needed")


def language(app: psycopg.Connection) -> Findings:
    """UTF-8, and a locale that knows Chinese letters: without one a search finds nothing."""
    encoding = app.execute("SHOW server_encoding").fetchone()
    if encoding != ("UTF8",):
        yield fault(
            f"The database's encoding is {encoding and encoding[0]}: make it anew with ENCODING 'UTF8'"
        )
        return
    letters = app.execute("SELECT '东岳花苑' ~ '^[[:alpha:]]+$'").fetchone()
    if letters != (True,):
        yield fault(
            "The database's locale does not know Chinese letters: make it anew with "
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' TEMPLATE template0"
        )
    sorted_by_bytes = app.execute("SELECT 'B' < 'a' AND '一' < '丁'").fetchone()
    if sorted_by_bytes != (True,):
        yield fault("The database's collation is not C.UTF-8: place paths would not compare as they must")


def extensions(app: psycopg.Connection) -> Findings:
    """The extensions the tables count on."""
    there = {name for (name,) in app.execute("SELECT extname FROM pg_extension").fetchall()}
    for name in EXTENSIONS:
        if name not in there:
            yield fault(f"The extension {name} is missing: as superuser, CREATE EXTENSION {name}")


def privileges(app: psycopg.Connection) -> Findings:
    """The application's role owns nothing, is no superuser, and can only read and add to the audit."""
    row = app.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
    if row != (False,):
        yield fault(
            "The application's database role is a superuser: give LINLI_DATABASE_URL an ordinary role"
        )
        return
    query = """
        SELECT c.relname, has_table_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE')
               OR has_table_privilege(c.oid, 'TRUNCATE')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
    """
    for table, may_change in app.execute(query).fetchall():
        if may_change and "UPDATE" not in grants.rights_of(table):
            yield fault(f"The application may change {table}, which is only to be added to: linli init")


def worker(app: psycopg.Connection) -> Findings:
    """A worker was heard of lately; without one nothing is delivered and nothing becomes late."""
    found = app.execute("SELECT to_regclass('public.procrastinate_workers')").fetchone()
    if found is None or found[0] is None:
        return
    heard = app.execute("SELECT max(last_heartbeat) FROM procrastinate_workers").fetchone()
    last = heard[0] if heard else None
    if last is None or clock.now() - last > timedelta(minutes=2):
        yield warning("No worker was heard of in two minutes: start `linli serve` or `linli worker`")


def migrated(owner: psycopg.Connection) -> Findings:
    """Tables and rights are those of this version."""
    if upkeep.read(owner, upkeep.SCHEMA_MARK) != grants.schema_digest():
        yield fault("The tables are not those of this version: linli init")


DATABASE_CHECKS: tuple[Callable[[psycopg.Connection], Findings], ...] = (
    version,
    language,
    extensions,
    privileges,
    worker,
)
