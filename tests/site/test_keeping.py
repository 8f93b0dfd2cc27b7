"""A community backed up and put back into another database; what is damaged or foreign is refused."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from linli.documents import actions as documents
from linli.documents import read as document_read
from linli.frame import crypto
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.site import config, doctor, jobs
from linli.site.keeping import archive, backup, restore
from tests import world as worlds
from tests.commands import linli, other_database
from tests.documents.files import photo
from tests.environment import ROOT
from tests.matters.telling import move, raise_one
from tests.world import World


def silent(_advance: object) -> None:
    """Progress nobody looks at."""


@pytest.fixture
def town(committed_db: None) -> World:
    """建设社区 with a matter on its way and a photo."""
    world = worlds.build(practice="plain")
    worlds.open_account(world, "wang")
    matter = raise_one(world)
    move(world, "clerk", matter, "assess", "accept")
    documents.store(by=SYSTEM, content=photo(), name="灯.jpg")
    return world


@pytest.fixture
def made(town: World, tmp_path: Path) -> Path:
    """The town's backup."""
    target = tmp_path / "town.zip"
    backup.make(config.load(), target, silent)
    return target


@pytest.fixture
def elsewhere(made: Path) -> Iterator[dict[str, str]]:
    """An installation with the same keys and another, empty database and data folder."""
    with other_database() as environment:
        yield environment


def counted(url: str) -> dict[str, int]:
    """Rows by table."""
    with psycopg.connect(url) as owner:
        return backup.count_rows(owner)


def test_another_database_comes_to_hold_the_same(
    town: World, made: Path, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    done = linli(elsewhere, "restore", str(made))
    assert done.returncode == 0, done.stderr
    owner = elsewhere["LINLI_DATABASE_OWNER_URL"]
    assert counted(owner) == counted(config.load().database_owner_url)
    query = "SELECT number, text, step_key FROM matters_matter"
    with psycopg.connect(owner) as there, psycopg.connect(config.load().database_owner_url) as here:
        assert there.execute(query).fetchall() == here.execute(query).fetchall() != []
        phones = "SELECT id, phone FROM people_person"
        opened = {person: crypto.open_sealed(phone) for person, phone in there.execute(phones).fetchall()}
        assert opened == {town.persons[key]: phone for key, phone in town.phones.items()}
        [(digest,)] = there.execute("SELECT sha256 FROM documents_storedfile").fetchall()
        assert there.execute("SELECT nextval('matters_serial')").fetchone() == (2,)
    kept = document_read.path_of(digest)
    moved = Path(elsewhere["LINLI_DATA_DIR"]) / "documents" / kept.relative_to(kept.parents[2])
    assert moved.read_bytes() == kept.read_bytes()
    with psycopg.connect(elsewhere["LINLI_DATABASE_URL"]) as app:
        assert [*doctor.privileges(app), *doctor.extensions(app)] == []
    again = linli(elsewhere, "restore", str(made))
    assert again.returncode == 1
    assert "This installation is in use" in again.stderr
    assert linli(elsewhere, "restore", str(made), "--replace").returncode == 0


def test_it_is_for_its_owners_eyes_and_holds_no_key(made: Path) -> None:
    assert made.stat().st_mode & 0o777 == 0o600
    settings = config.load()
    with zipfile.ZipFile(made) as opened:
        everything = b"".join(opened.read(name) for name in opened.namelist())
    for secret in (settings.secret_key, settings.index_key.hex(), settings.field_keys["t1"].hex()):
        assert secret.encode() not in everything
    assert "keys are not in it" in backup.DONE
    with pytest.raises(FileExistsError, match="give another name"):
        backup.make(settings, made, silent)


def rewritten(made: Path, to: Path, name: str, change: bytes) -> Path:
    """A copy of the archive in which one part is another."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(to, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, change if entry.filename == name else old.read(entry))
    return to


def refusal(path: Path) -> str:
    """What is said of an archive that cannot be put back."""
    with pytest.raises(archive.Unusable) as refused:
        restore.put_back(config.load(), path, replace=True, tell=silent)
    return str(refused.value)


def test_a_damaged_archive_is_refused(made: Path, tmp_path: Path) -> None:
    before = counted(config.load().database_owner_url)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(made.read_bytes()[:-200])
    assert "damaged or not whole" in refusal(cut)
    other = rewritten(made, tmp_path / "other.zip", archive.DATABASE, b"DROP TABLE people_person;")
    assert "database.sql" in refusal(other)
    with zipfile.ZipFile(made) as opened:
        manifest = json.loads(opened.read(archive.MANIFEST))
    manifest["tables"]["public.people_person"] = 0
    text = json.dumps(manifest).encode()
    assert "was changed" in refusal(rewritten(made, tmp_path / "sealed.zip", archive.MANIFEST, text))
    empty = tmp_path / "empty.zip"
    zipfile.ZipFile(empty, "w").close()
    assert "no backup of Linli" in refusal(empty)
    flipped = bytearray(made.read_bytes())
    flipped[len(flipped) // 3] ^= 1
    (tmp_path / "flipped.zip").write_bytes(flipped)
    assert "damaged" in refusal(tmp_path / "flipped.zip")
    assert counted(config.load().database_owner_url) == before


def test_other_keys_and_newer_versions_are_refused_in_words(made: Path) -> None:
    with archive.reading(made) as opened:
        manifest, text, seal = archive.manifest_of(opened)
    stranger = config.load().model_copy(update={"installation": "stranger"})
    restore.check_keys(stranger, manifest, text, seal)
    foreign = manifest.model_copy(update={"keys": {"t1": "0" * 16, "index": manifest.keys["index"]}})
    with pytest.raises(archive.Unusable, match=r"field key t1\. Take LINLI_FIELD_KEYS"):
        restore.check_keys(config.load(), foreign, text, seal)
    newer = manifest.model_copy(update={"migrations": [*manifest.migrations, "matters.9999_later"]})
    with pytest.raises(
        archive.Unusable, match=r"newer than this one \(its tables know matters\.9999_later\)"
    ):
        restore.check_version(newer)


KILLED = """
import os, pathlib, signal, sys
from linli.site import config
from linli.site.keeping import restore

def tell(text):
    print(text, flush=True)
    if text == restore.COMPARING:
        os.kill(os.getpid(), signal.SIGKILL)

restore.put_back(config.load(), pathlib.Path(sys.argv[1]), replace=True, tell=tell)
"""


def test_a_kill_in_the_middle_leaves_the_old_data(town: World, made: Path) -> None:
    worlds.add_person(town, "late", "来晚的")
    before = counted(config.load().database_owner_url)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(made)], cwd=ROOT, env=os.environ, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert counted(config.load().database_owner_url) == before
    restore.put_back(config.load(), made, replace=True, tell=silent)
    after = counted(config.load().database_owner_url)
    assert after["public.people_person"] == before["public.people_person"] - 1


def test_rows_that_are_not_all_there_are_never_committed(made: Path, tmp_path: Path) -> None:
    """An archive that is whole and sealed, but whose text holds less than its manifest says."""
    before = counted(config.load().database_owner_url)
    short = tmp_path / "short.zip"
    settings = config.load()
    with archive.reading(made) as opened, archive.writing(short) as writer:
        manifest, _text, _seal = archive.manifest_of(opened)
        for name in manifest.parts:
            with opened.open(name) as source:
                writer.add(name, source)
        tables = manifest.tables | {"public.people_person": manifest.tables["public.people_person"] + 1}
        writer.finish(manifest.model_copy(update={"tables": tables, "parts": writer.parts}), settings)
    assert "other number of rows in public.people_person" in refusal(short)
    assert counted(config.load().database_owner_url) == before


def test_every_night_one_is_made_and_old_ones_go(
    town: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "nights"
    settings = config.load().model_copy(update={"backups": folder})
    monkeypatch.setattr(config, "load", lambda: settings)
    assert [finding.grade for finding in doctor.backups(settings)] == ["warning"]
    jobs.back_up(timestamp=0)
    [first] = folder.iterdir()
    assert list(doctor.backups(settings)) == []
    for night in range(1, 40):
        first.with_name(backup.name_at(settings, clock.now() - timedelta(days=night))).touch()
    (folder / "mine.zip").touch()
    with clock.at(clock.now() + timedelta(minutes=1)):
        jobs.back_up(timestamp=0)
    assert len(backup.there_are(settings, folder)) in (9, 10)  # 7 days; weeks that end within them count once
    assert (folder / "mine.zip").exists()
    with clock.at(clock.now() + timedelta(days=3)):
        [old] = doctor.backups(settings)
    assert "linli backup" in old.text
