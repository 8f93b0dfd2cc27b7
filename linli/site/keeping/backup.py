"""Making an archive: everything in the database at one moment, and the files it names."""

import importlib.metadata
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

import psycopg
from psycopg import sql

from linli.kernel import clock
from linli.site.config import Settings
from linli.site.keeping import archive, checking, journal, programs, retention
from linli.site.keeping.archive import DATABASE, FORMAT, Manifest, Unusable, Writer
from linli.site.keeping.journal import Run
from linli.site.kinds import BackupStage, BackupState

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
LONGEST_DETAIL: Final = 300  # characters of a fault's own words
DONE: Final = (
    "The keys are not in it. Keep a copy of the settings file (or of secrets.json in the data folder) apart "
    "from the backups: without it nobody can sign in by phone, and phone and ID numbers stay closed."
)


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a backup has come: rows counted, bytes of text, files. As text it is a line for a terminal."""

    stage: BackupStage
    said: int = 0
    tables: int = 0
    ends: bool = False

    def __str__(self) -> str:
        more = "" if self.ends else " …"
        match self.stage:
            case BackupStage.COUNTING:
                return f"Counted {self.said:,} rows in {self.tables} tables"
            case BackupStage.DATABASE:
                return f"Database: {megabytes(self.said)}{more}"
            case BackupStage.FILES:
                return f"Files: {self.said:,}{more}"
        return "Reading it again"


Progress = Callable[[Advance], None]


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
        tell(Advance(BackupStage.COUNTING, sum(counts.values()), len(counts), ends=True))
        size = _dump(settings, owner, writer, tell)
        tell(Advance(BackupStage.DATABASE, size, ends=True))
        files = _files(settings.data_dir, writer, tell)
        tell(Advance(BackupStage.FILES, files, ends=True))
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
        passing = Metered(output, lambda size: tell(Advance(BackupStage.DATABASE, size)))
        return writer.add(DATABASE, passing, packed=True)


class Metered:
    """A stream that tells every few seconds how many bytes have passed."""

    def __init__(self, stream: IO[bytes], tell: Callable[[int], None]) -> None:
        self._stream, self._tell = stream, tell
        self._passed, self._told = 0, time.monotonic()

    def read(self, size: int) -> bytes:
        """The next bytes."""
        chunk = self._stream.read(size)
        self._passed += len(chunk)
        if time.monotonic() - self._told > TELL_EVERY:
            self._told = time.monotonic()
            self._tell(self._passed)
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
            tell(Advance(BackupStage.FILES, count))
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


def megabytes(size: int) -> str:
    """Bytes as people read them."""
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


def into(settings: Settings, folder: Path, tell: Progress) -> tuple[Path, Manifest]:
    """Make a backup in the folder, read it again, and only then delete those that need not be kept.

    One that fails its check is deleted: nobody should rely on it, and the older ones stay.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for rubbish in folder.glob(".linli-*.zip.*"):
        rubbish.unlink(missing_ok=True)  # of a backup that was killed
    target = folder / name_at(settings, clock.now())
    make(settings, target, tell)
    tell(Advance(BackupStage.CHECKING))
    try:
        manifest = checking.check(settings, target)
    except Unusable:
        target.unlink(missing_ok=True)
        raise
    there = there_are(settings, folder)
    keep = retention.kept(there)
    for moment, path in there.items():
        if moment not in keep:
            path.unlink(missing_ok=True)
    return target, manifest


def noted(settings: Settings, folder: Path, *, run_id: UUID, asked: bool) -> Run:
    """Make a backup and keep its journal: each stage as it goes, the end, the fault where it fails."""
    now = clock.now()
    run = Run(id=run_id, asked=asked, started_at=now, heard_at=now)
    journal.note(settings.data_dir, run)

    def tell(advance: Advance) -> None:
        nonlocal run
        heard = {"stage": advance.stage, "said": advance.said, "heard_at": clock.now()}
        run = run.model_copy(update=heard)
        journal.note(settings.data_dir, run)

    ends: dict[str, Any] = {}
    try:
        path, manifest = into(settings, folder, tell)
    except Exception as error:  # whatever it was, somebody must see it on the page
        detail = f"{type(error).__name__}: {error}"[:LONGEST_DETAIL]
        ends |= {"state": BackupState.FAILED, "fault": journal.fault_of(error), "detail": detail}
    else:
        ends |= {
            "state": BackupState.DONE,
            "file": path.name,
            "size": path.stat().st_size,
            "rows": manifest.rows,
            "tables": len(manifest.tables),
            "files": len(manifest.documents),
        }
    run = run.model_copy(update={**ends, "ended_at": clock.now(), "heard_at": clock.now()})
    journal.note(settings.data_dir, run)
    return run
