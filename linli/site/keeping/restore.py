"""Putting an archive back: looked through first, then one transaction that is compared before it counts."""

import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from linli.site import database
from linli.site.config import Settings
from linli.site.keeping import archive, backup, programs
from linli.site.keeping.archive import CHUNK, DATABASE, FORMAT, Manifest, Unusable
from linli.site.upkeep import SCHEMA_MARK

Progress = Callable[[str], None]

LOCK_WAIT: Final = "15s"  # how long to wait for somebody who still reads the old tables
COMPARING: Final = "Comparing the rows with the manifest"


def put_back(settings: Settings, path: Path, *, replace: bool, tell: Progress) -> Manifest:
    """Make this installation what the archive says it was. Raises `Unusable` before anything is touched.

    What is cut off half-way leaves the old database as it was: files are only added (they lie by their
    digest and change nothing), and all of the database is one transaction.
    """
    with archive.reading(path) as opened:
        manifest, text, seal = archive.manifest_of(opened)
        check_version(manifest)
        check_keys(settings, manifest, text, seal)
        tell(f"Backup of {manifest.made_at:%Y-%m-%d %H:%M} UTC, Linli {manifest.linli}: checking every part")
        archive.compare(opened, manifest)
        check_empty(settings, replace=replace)
        tell(f"Files: {len(manifest.documents):,}")
        _files(opened, manifest, settings.data_dir)
        tell(f"Database: {manifest.rows:,} rows")
        _database(settings, opened, manifest, tell)
    database.prepare(settings, anyway=True)
    with psycopg.connect(settings.database_owner_url, autocommit=True) as owner:
        owner.execute("ANALYZE")
    tell("Tables and rights are those of this version")
    return manifest


# ── what is refused ─────────────────────────────────────────────────────────────────────────────────────


def check_version(manifest: Manifest) -> None:
    """An older backup is brought up to this version; a newer one cannot be taken down to it."""
    unknown = sorted(set(manifest.migrations) - backup.known_migrations())
    if manifest.format > FORMAT or unknown:
        raise Unusable(
            f"This backup was made by Linli {manifest.linli}, which is newer than this one"
            + (f" (its tables know {unknown[-1]})" if unknown else "")
            + ". Install that version or a later one, then restore."
        )


def check_keys(settings: Settings, manifest: Manifest, text: bytes, seal: str) -> None:
    """Every key the backup's fields need is configured here, and the manifest is sealed with them."""
    here = archive.key_checks(settings)
    missing = [name for name, check in manifest.keys.items() if here.get(name) != check]
    if missing:
        what = ", ".join("the index key" if name == "index" else f"field key {name}" for name in missing)
        raise Unusable(
            f"This backup needs other keys: {what}. Take LINLI_FIELD_KEYS and LINLI_INDEX_KEY from the "
            f"settings of the installation {manifest.installation}, put them into this one's settings, and "
            "restore again. Nothing was changed."
        )
    if archive.seal_of(settings, text) != seal:
        raise Unusable("The manifest was changed after the backup was made: take another backup")


def check_empty(settings: Settings, *, replace: bool) -> None:
    """Only an installation in which nothing was done yet is overwritten without being told to."""
    with psycopg.connect(settings.database_owner_url) as owner:
        row = owner.execute("SELECT to_regclass('public.audit_entry')").fetchone()
        if row is None or row[0] is None:
            return
        used = owner.execute("SELECT EXISTS (SELECT FROM audit_entry)").fetchone()
    if used == (True,) and not replace:
        raise Unusable(
            "This installation is in use. To put the backup in place of everything in it, restore with "
            "--replace; best make a backup of it first."
        )


# ── what is written ─────────────────────────────────────────────────────────────────────────────────────


def _files(opened: zipfile.ZipFile, manifest: Manifest, data: Path) -> None:
    """Write each file whole or not at all."""
    for name in manifest.documents:
        target = data / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=target.parent, prefix="unfinished-")
        try:
            with os.fdopen(handle, "wb") as output, opened.open(name) as source:
                while chunk := source.read(CHUNK):
                    output.write(chunk)
                output.flush()
                os.fsync(output.fileno())
            Path(partial).replace(target)
        except BaseException:
            Path(partial).unlink(missing_ok=True)
            raise


def _database(settings: Settings, opened: zipfile.ZipFile, manifest: Manifest, tell: Progress) -> None:
    """Everything old out, everything of the archive in, compared, and only then committed.

    `COMMIT` is the last line sent: if anything before it fails or we are killed, nothing has happened.
    """
    words = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"]
    try:
        with programs.running("psql", settings.database_owner_url, words, feed=True) as feed:
            feed.writelines(_lines(_before(manifest)))
            with opened.open(DATABASE) as source:
                stream = backup.Metered(source, lambda size: tell(f"Database: {backup.megabytes(size)} …"))
                while chunk := stream.read(CHUNK):
                    feed.write(chunk)
            tell(COMPARING)
            feed.writelines(_lines(_after(manifest)))
            feed.flush()
    except programs.Failed as failed:
        raise Unusable(
            f"The backup could not be put back; the old database is as it was.\n{failed}"
        ) from None


def _lines(statements: Iterator[sql.Composable]) -> Iterator[bytes]:
    for statement in statements:
        yield (statement.as_string() + ";\n").encode()


def _before(manifest: Manifest) -> Iterator[sql.Composable]:
    yield sql.SQL("BEGIN")
    yield sql.SQL("SET LOCAL client_min_messages = warning")
    yield sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(LOCK_WAIT))
    yield sql.SQL("DROP SCHEMA IF EXISTS upkeep CASCADE")
    yield sql.SQL("DROP SCHEMA public CASCADE")
    yield sql.SQL("CREATE SCHEMA public")
    for name in manifest.extensions:
        yield sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(sql.Identifier(name))


def _after(manifest: Manifest) -> Iterator[sql.Composable]:
    """Compare each table's rows, forget which version's rights were given, and commit."""
    for name, count in manifest.tables.items():
        schema, _, table = name.partition(".")
        yield sql.SQL(
            "DO $check$ BEGIN IF (SELECT count(*) FROM {}) <> {} THEN "
            "RAISE EXCEPTION 'other number of rows in %', {}; END IF; END $check$"
        ).format(sql.Identifier(schema, table), sql.Literal(count), sql.Literal(name))
    yield sql.SQL("DELETE FROM upkeep.mark WHERE name = {}").format(sql.Literal(SCHEMA_MARK))
    yield sql.SQL("COMMIT")
