"""Making an archive: everything in the database at one moment, and the files it names."""

import importlib.metadata
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO, Final

import psycopg
from psycopg import sql

from linli.kernel import clock
from linli.site.config import Settings
from linli.site.keeping import archive, programs, retention
from linli.site.keeping.archive import DATABASE, FORMAT, Manifest, Writer

Progress = Callable[[str], None]

NAME: Final = "linli-{installation}-{moment}.zip"
MOMENT: Final = "%Y%m%dT%H%M%S"
# Who is signed in where, and what was cached, belongs to a running server and not to its memory.
NOT_KEPT: Final = ("django_session", "frame_cache")
SCHEMAS: Final = ("public", "upkeep")
TABLES: Final = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ANY(%s) AND c.relkind = 'r' AND c.relname <> ALL(%s) ORDER BY 1, 2
"""
TELL_EVERY: Final = 5.0  # seconds between lines of progress
DONE: Final = (
    "The keys are not in it. Keep a copy of the settings file (or of secrets.json in the data folder) apart "
    "from the backups: without it nobody can sign in by phone, and phone and ID numbers stay closed."
)


def make(settings: Settings, target: Path, tell: Progress) -> Manifest:
    """Write an archive of the installation to `target`. The site may go on working meanwhile.

    Rows are counted and dumped from one snapshot, so the counts in the manifest are those of the dump. Files
    never change once written; one that was removed in the meantime is no longer named either.
    """
    with (
        psycopg.connect(settings.database_owner_url) as owner,
        archive.writing(target) as writer,
    ):
        owner.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        counts = count_rows(owner)
        tell(f"Counted {sum(counts.values()):,} rows in {len(counts)} tables")
        size = _dump(settings, owner, writer, tell)
        tell(f"Database: {_megabytes(size)}")
        files = _files(settings.data_dir, writer, tell)
        tell(f"Files: {files:,}")
        manifest = _manifest(settings, owner, counts, writer)
        writer.finish(manifest, settings)
    return manifest


def count_rows(connection: psycopg.Connection) -> dict[str, int]:
    """Rows of each table that is kept, by `schema.table`."""
    found = {}
    for schema, table in connection.execute(TABLES, [list(SCHEMAS), list(NOT_KEPT)]).fetchall():
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
        row = connection.execute(query).fetchone()
        found[f"{schema}.{table}"] = int(row[0]) if row else 0
    return found


def _dump(settings: Settings, owner: psycopg.Connection, writer: Writer, tell: Progress) -> int:
    row = owner.execute("SELECT pg_export_snapshot()").fetchone()
    assert row is not None
    words = [f"--snapshot={row[0]}", "--no-owner", "--no-privileges", "--no-statistics"]
    words.append("--exclude-extension=*")  # made by who restores: the text may only hold what is ours
    words += [f"--exclude-table-data=public.{table}" for table in NOT_KEPT]
    with programs.running("pg_dump", settings.database_owner_url, words) as output:
        return writer.add(DATABASE, Metered(output, tell), packed=True)


class Metered:
    """A stream that tells every few seconds how much has passed."""

    def __init__(self, stream: IO[bytes], tell: Progress) -> None:
        self._stream, self._tell = stream, tell
        self._passed, self._told = 0, time.monotonic()

    def read(self, size: int) -> bytes:
        """The next bytes."""
        chunk = self._stream.read(size)
        self._passed += len(chunk)
        if time.monotonic() - self._told > TELL_EVERY:
            self._told = time.monotonic()
            self._tell(f"Database: {_megabytes(self._passed)} …")
        return chunk


def _files(data: Path, writer: Writer, tell: Progress) -> int:
    told, count = time.monotonic(), 0
    for path in sorted((data / "documents").glob("??/??/*")):
        name = path.relative_to(data).as_posix()
        if not archive.DOCUMENT.fullmatch(name):
            continue  # an upload that was cut off
        try:
            with path.open("rb") as source:
                writer.add(name, source)
        except FileNotFoundError:
            continue  # swept since it was listed
        count += 1
        if time.monotonic() - told > TELL_EVERY:
            told = time.monotonic()
            tell(f"Files: {count:,} …")
    return count


def _manifest(
    settings: Settings, owner: psycopg.Connection, counts: dict[str, int], writer: Writer
) -> Manifest:
    ours = {name.partition(".")[0] for name in known_migrations()}
    applied = owner.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    extensions = owner.execute("SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1")
    return Manifest(
        format=FORMAT,
        linli=importlib.metadata.version("linli"),
        made_at=clock.now(),
        installation=settings.installation,
        postgresql=owner.info.parameter_status("server_version") or "",
        migrations=[f"{app}.{name}" for app, name in applied if app in ours],
        extensions=[name for (name,) in extensions.fetchall()],
        tables=counts,
        keys=archive.key_checks(settings),
        parts=writer.parts,
    )


def known_migrations() -> set[str]:
    """The migrations this version of Linli has, as `app.name`."""
    package = Path(__file__).resolve().parents[2]
    return {f"{path.parents[1].name}.{path.stem}" for path in package.glob("*/migrations/[0-9]*.py")}


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:,.1f} MB"


# ── every night ─────────────────────────────────────────────────────────────────────────────────────────


def name_at(settings: Settings, moment: datetime) -> str:
    """What a backup of that moment is called; the hour is Shanghai's."""
    local = clock.local(moment)
    return NAME.format(installation=settings.installation, moment=local.strftime(MOMENT))


def there_are(settings: Settings, folder: Path) -> dict[datetime, Path]:
    """The backups of this installation in a folder, by the moment in their names."""
    found = {}
    before, _, after = NAME.format(installation=settings.installation, moment="\0").partition("\0")
    for path in folder.glob(f"{before}*{after}"):
        written = path.name.removeprefix(before).removesuffix(after)
        try:
            moment = datetime.strptime(written, MOMENT).replace(tzinfo=clock.SHANGHAI)
        except ValueError:
            continue  # somebody's own copy under a name of theirs: not ours to count or delete
        found[moment] = path
    return found


def nightly(settings: Settings, folder: Path, tell: Progress) -> Path:
    """Make tonight's backup in the folder, then delete those that need not be kept. Returns the new one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for rubbish in folder.glob(".linli-*.zip.*"):
        rubbish.unlink(missing_ok=True)  # of a backup that was killed
    target = folder / name_at(settings, clock.now())
    make(settings, target, tell)
    there = there_are(settings, folder)
    keep = retention.kept(there)
    for moment, path in there.items():
        if moment not in keep:
            path.unlink(missing_ok=True)
    return target
