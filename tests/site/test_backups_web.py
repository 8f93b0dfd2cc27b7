"""The desk's page of backups: for whoever runs the installation; made by the worker, checked, and told."""

import errno
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.test import Client

from linli.audit.models import Entry
from linli.kernel import clock
from linli.kernel.actor import ANONYMOUS, SYSTEM
from linli.organizations import actions as organizations
from linli.site import config, doctor, jobs
from linli.site.keeping import archive, backup, checking, journal, programs
from linli.site.keeping.policies import may_back_up
from linli.site.kinds import BackupFault, BackupStage, BackupState, Event
from tests import world as worlds
from tests.matters.desking import desk, queries, sent, shown
from tests.world import World

PAGE = "/desk/backups/"
NOW = "/desk/backups/now/"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installation with a folder for backups, and a journal of this test alone."""
    data = tmp_path / "data"
    data.mkdir()
    kept = config.load()
    (data / "documents").symlink_to(kept.data_dir / "documents")
    present = kept.model_copy(update={"backups": tmp_path / "nights", "data_dir": data})
    monkeypatch.setattr(config, "load", lambda: present)
    return tmp_path / "nights"


def keeper_of(world: World) -> Client:
    """The browser of whoever runs the installation."""
    worlds.add_person(world, "keeper", "管机房的")
    organizations.name_administrator(by=SYSTEM, person_id=world.persons["keeper"])
    return desk(world, "keeper")


def told_by_the_doctor() -> str:
    return "\n".join(finding.text for finding in doctor.backups(config.load()))


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def test_only_whoever_runs_the_installation_has_backups_made(world: World) -> None:
    assert may_back_up(SYSTEM)
    assert not may_back_up(ANONYMOUS)
    for who in ("wang", "clerk", "secretary", "street"):
        assert not may_back_up(world.actor(who))
        shown(desk(world, who).get(PAGE), 403)
        shown(desk(world, who).post(NOW), 403)
    assert Client().get(PAGE).status_code == 302


def test_without_a_folder_the_page_says_how_to_name_one(world: World) -> None:
    keeper = keeper_of(world)
    page = shown(keeper.get(PAGE))
    assert "LINLI_BACKUPS=/var/backups/linli" in page
    assert NOW not in page
    assert "linli restore" in page
    assert "set LINLI_BACKUPS" in shown(keeper.post(NOW), 409)


def test_before_the_first_one_the_page_says_when_it_comes(world: World, folder: Path) -> None:
    page = shown(keeper_of(world).get(PAGE))
    assert "No backup was made yet" in page
    assert "Back up now" in page


def test_one_asked_for_is_made_checked_and_told(committed_db: None, folder: Path) -> None:
    world = worlds.build(at=None)
    keeper = keeper_of(world)
    assert sent(keeper.post(NOW)) == PAGE
    page = shown(keeper.get(PAGE))
    assert "It begins as soon as the worker is free" in page
    assert 'hx-trigger="every 2s"' in page
    assert "being made just now" in shown(keeper.post(NOW), 409)
    asked = Entry.objects.get(event=Event.BACKUP_ASKED)
    assert asked.actor_id == world.persons["keeper"]
    jobs.back_up_now(wanted=str(asked.subject_id))
    [run] = journal.runs(config.load().data_dir)
    [made] = folder.iterdir()
    assert (run.state, run.file, run.size) == (BackupState.DONE, made.name, made.stat().st_size)
    page = shown(keeper.get(PAGE))
    for words in (made.name, f"{run.rows:,} rows in {run.tables} tables", "checked", "Back up now"):
        assert words in page
    part = shown(keeper.get(PAGE, headers={"hx-request": "true"}))
    assert "<html" not in part
    assert made.name in part
    entry = Entry.objects.get(event=Event.BACKUP_MADE)
    assert (entry.subject_id, entry.data) == (asked.subject_id, {"size": run.size, "rows": run.rows})
    assert queries(keeper, PAGE) <= 8


def test_one_that_fails_says_why_and_what_to_do(committed_db: None, folder: Path) -> None:
    keeper = keeper_of(worlds.build(at=None))
    folder.write_text("a file where the folder should be")
    jobs.back_up(timestamp=0)
    page = shown(keeper.get(PAGE))
    for words in (
        "The last one failed",
        "The folder could not be written.",
        "belongs to the user Linli runs as",
    ):
        assert words in page
    assert Entry.objects.get(event=Event.BACKUP_FAILED).data == {"fault": "unwritable"}
    assert "failed: the folder could not be written" in told_by_the_doctor()
    folder.unlink()
    with clock.at(clock.now() + timedelta(minutes=1)):
        jobs.back_up(timestamp=0)
        page = shown(keeper.get(PAGE))
    assert "The last one failed" not in page
    assert "What failed" in page  # still told further down
    assert "failed" not in told_by_the_doctor()


def test_one_that_does_not_pass_its_check_is_deleted_and_the_older_stay(
    committed_db: None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.build(at=None)
    jobs.back_up(timestamp=0)
    [first] = folder.iterdir()
    honest = backup.count_rows

    def one_more(owner: psycopg.Connection) -> dict[str, int]:
        counted = honest(owner)
        return counted | {"public.people_person": counted["public.people_person"] + 1}

    monkeypatch.setattr(backup, "count_rows", one_more)
    with clock.at(clock.now() + timedelta(minutes=1)):
        jobs.back_up(timestamp=0)
        run = journal.runs(config.load().data_dir)[0]
    assert (run.state, run.fault) == (BackupState.FAILED, BackupFault.DAMAGED)
    assert "public.people_person" in run.detail
    assert list(folder.iterdir()) == [first]


DUMP = b"""--
COPY public.people_person (id, name) FROM stdin;
1\tCOPY public.x (a) FROM stdin;
2\t\\\\.
\\.


COPY public."order" (id) FROM stdin;
\\.
SELECT 1;
"""


def test_rows_are_counted_in_the_text_of_a_dump() -> None:
    assert checking.copied(DUMP.splitlines(keepends=True)) == {"public.people_person": 2, "public.order": 0}
    assert checking.differing({"a.b": 2, "a.c": 0}, {"a.b": 2}) == []
    assert checking.differing({"a.b": 2}, {"a.b": 1, "a.d": 3}) == [
        "a.b 1 instead of 2",
        "a.d 3 instead of 0",
    ]


def test_the_doctor_has_words_for_every_fault() -> None:
    assert set(doctor.WENT_WRONG) == set(BackupFault)


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (PermissionError(errno.EACCES, "no"), BackupFault.UNWRITABLE),
        (FileExistsError("there already"), BackupFault.UNWRITABLE),
        (OSError(errno.ENOSPC, "full"), BackupFault.FULL),
        (psycopg.OperationalError("gone"), BackupFault.UNREACHABLE),
        (programs.Failed("pg_dump failed"), BackupFault.DUMP),
        (archive.Unusable("damaged"), BackupFault.DAMAGED),
        (ValueError("?"), BackupFault.OTHER),
    ],
)
def test_faults_are_told_apart_by_what_is_to_be_done(error: Exception, fault: BackupFault) -> None:
    assert journal.fault_of(error) is fault


def test_a_run_that_fell_silent_is_told_as_cut_off(tmp_path: Path) -> None:
    now = clock.now()
    run = journal.Run(started_at=now, heard_at=now, stage=BackupStage.FILES)
    journal.note(tmp_path, run)
    assert journal.going_on(tmp_path) == run
    with clock.at(now + journal.SILENT + timedelta(seconds=1)):
        assert journal.going_on(tmp_path) is None
        [told] = journal.runs(tmp_path)
    assert (told.state, told.fault) == (BackupState.FAILED, BackupFault.CUT_OFF)


def test_the_journal_keeps_a_month_and_survives_nonsense(tmp_path: Path) -> None:
    (tmp_path / journal.NAME).write_text("{")
    now = clock.now()
    for night in range(journal.MOST + 5):
        at = now + timedelta(days=night)
        journal.note(tmp_path, journal.Run(started_at=at, heard_at=at, state=BackupState.DONE))
    kept = journal.runs(tmp_path)
    assert len(kept) == journal.MOST
    assert kept[0].started_at > kept[-1].started_at
