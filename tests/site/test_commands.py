"""Commands as they are typed: settings made, everything wrong named at once, calendars, acts, drawings."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import psycopg
import pytest
from dotenv import dotenv_values

from linli.audit.models import Entry
from linli.kernel.workdays import default as workdays
from linli.matters.procedures import loader
from linli.places.models import CalendarDay
from linli.site import cli, production
from linli.site.keeping import archive, backup
from tests import world as worlds
from tests.commands import address_of, linli, other_database
from tests.environment import SECRETS
from tests.matters.telling import raise_one

HOSTS = "linli.example.cn"
SECRET = ("LINLI_SECRET_KEY", "LINLI_FIELD_KEYS", "LINLI_INDEX_KEY")
SOUND = (loader.SHIPPED / "plain" / "procedures" / "plain.yaml").read_text(encoding="utf-8")


def bare(folder: Path) -> dict[str, str]:
    """The environment of a machine on which Linli was just installed: nothing is set but where files go."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "DJANGO_"))}
    return kept | {"LINLI_SETTINGS": str(folder / "linli.env"), "LINLI_DATA_DIR": str(folder / "data")}


# ── linli init, linli doctor ────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def prepared(cluster: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, str], str]]:
    """An installation made by `linli init` from nothing, and what the command said."""
    environment = bare(tmp_path_factory.mktemp("prepared"))
    urls = ["--database-url", address_of("linli_app"), "--database-owner-url", address_of("linli_owner")]
    with other_database():
        done = linli(environment, "init", "--hosts", HOSTS, *urls)
        assert done.returncode == 0, done.stderr
        yield environment, done.stdout


def test_init_makes_settings_whose_secrets_are_nobody_elses(
    prepared: tuple[dict[str, str], str], tmp_path: Path
) -> None:
    environment, said = prepared
    file = Path(environment["LINLI_SETTINGS"])
    assert f"Settings and secrets are in {file}" in said
    assert "The database is prepared." in said
    assert file.stat().st_mode & 0o777 == 0o600
    made = dotenv_values(file)
    assert made["LINLI_HOSTS"] == HOSTS
    assert "LINLI_DEMO" not in made
    production.write_settings(tmp_path / "second.env", hosts=HOSTS, app_url="", owner_url="")
    second = dotenv_values(tmp_path / "second.env")
    known = (SECRETS.secret_key, SECRETS.field_keys, SECRETS.index_key)
    for name in SECRET:
        assert made[name]
        assert made[name] not in (second[name], *known), name
    with psycopg.connect(address_of("linli_owner")) as owner:
        assert owner.execute("SELECT count(*) > 5 FROM matters_procedureversion").fetchone() == (True,)
        assert owner.execute("SELECT count(*) FROM people_account").fetchone() == (0,), "nobody is made up"

    before = file.read_bytes()
    again = linli(environment, "init", "--hosts", "other.example.cn")
    assert (again.returncode, file.read_bytes()) == (0, before), "keys that open stored data stay"
    assert "The database was prepared already." in again.stdout

    sound = linli(environment, "doctor")
    assert sound.returncode == 0, sound.stdout
    assert "✗" not in sound.stdout
    assert re.search(r"^0 to mend, [1-9] to look at\.$", sound.stdout, re.MULTILINE), "no backups, no worker"


def test_the_doctor_names_every_fault_at_once_and_leaves_with_1(
    prepared: tuple[dict[str, str], str], tmp_path: Path
) -> None:
    environment, _said = prepared
    nowhere = tmp_path / "nowhere"
    with psycopg.connect(address_of("linli_owner"), autocommit=True) as owner:
        owner.execute("GRANT UPDATE ON audit_entry TO linli_app")
        owner.execute("UPDATE upkeep.mark SET value = 'older ' || value WHERE name = 'schema'")
        try:
            found = linli(environment | {"LINLI_DATA_DIR": str(nowhere)}, "doctor")
        finally:
            owner.execute("REVOKE UPDATE ON audit_entry FROM linli_app")
            owner.execute("UPDATE upkeep.mark SET value = substr(value, 7) WHERE name = 'schema'")
    assert found.returncode == 1
    faults = [line for line in found.stdout.splitlines() if line.startswith(" ✗")]
    for named in (f"{nowhere} cannot be written", "may change audit_entry", "not those of this version"):
        assert len([line for line in faults if named in line]) == 1, found.stdout
    assert "3 to mend" in found.stdout


def test_the_doctor_names_every_setting_that_is_wrong(tmp_path: Path) -> None:
    nothing = linli(bare(tmp_path), "doctor")
    assert nothing.returncode == 1
    for name in ("LINLI_INSTALLATION", *SECRET, "LINLI_HOSTS"):
        assert len(re.findall(rf"^ ✗ {name}: give .+$", nothing.stdout, re.MULTILINE)) == 1, nothing.stdout
    assert f"{tmp_path / 'data'} cannot be written" in nothing.stdout
    assert "6 to mend" in nothing.stdout
    assert not (tmp_path / "data").exists(), "looking makes nothing"


def test_a_wrong_setting_hides_neither_folder_nor_database(tmp_path: Path) -> None:
    """What is given is looked at, with the rest still to be mended."""
    urls = ("LINLI_DATABASE_URL", "LINLI_DATABASE_OWNER_URL")
    nobody = dict.fromkeys(urls, "postgresql://nobody@127.0.0.1:9/x")
    found = linli(bare(tmp_path) | nobody | {"LINLI_PORT": "many"}, "doctor")
    assert found.returncode == 1
    for named in ("LINLI_PORT", "LINLI_SECRET_KEY", "cannot be written", "The database does not answer"):
        assert named in found.stdout


def test_init_asks_for_the_hosts_before_it_makes_anything(tmp_path: Path) -> None:
    done = linli(bare(tmp_path), "init")
    assert (done.returncode, list(tmp_path.iterdir())) == (1, [])
    assert "linli init --hosts" in done.stderr


# ── linli backup ────────────────────────────────────────────────────────────────────────────────────────


def test_backup_writes_an_archive_that_was_checked(committed_db: None, tmp_path: Path) -> None:
    worlds.build(practice="plain")
    done = linli(os.environ | {"LINLI_BACKUPS": str(tmp_path)}, "backup")
    assert done.returncode == 0, done.stderr
    [made] = tmp_path.glob("*.zip")
    assert backup.DONE in done.stdout
    with archive.reading(made) as opened:
        manifest, _text, _seal = archive.manifest_of(opened)
    assert f"{made}: {manifest.rows:,} rows, {len(manifest.documents):,} files" in done.stdout
    again = linli(os.environ, "backup", "--to", str(made))
    assert again.returncode == 1
    assert "give another name" in again.stderr


# ── linli calendar import, linli audit list ─────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_published_year_is_imported_or_nothing_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "2031.csv"
    file.write_text("date,is_workday\n2031-01-01,0\n2031-01-04,1\n2031/01/05,maybe\n", "utf-8")
    assert cli.run(["calendar", "import", str(file)]) == 1
    told = capsys.readouterr().err
    assert f"{file}:4: maybe does not say whether it is a workday" in told
    assert "Nothing was imported." in told
    assert not CalendarDay.objects.filter(day__year=2031).exists()

    file.write_text("﻿date,is_workday\n2031-01-01,休\n2031-01-04,班\n", "utf-8")
    assert cli.run(["calendar", "import", str(file)]) == 0
    assert capsys.readouterr().out == "2 days set: 2031\n"
    days = CalendarDay.objects.filter(day__year=2031).order_by("day").values_list("is_workday", flat=True)
    assert list(days) == [False, True]
    assert Entry.objects.get().event == "places.calendar_imported"
    assert not workdays().known(2031), "the rules' own table is as it was"


@pytest.mark.parametrize(
    ("content", "said"), [(None, "cannot be read"), ("date,is_workday\n元旦,0\n".encode("gbk"), "not UTF-8")]
)
def test_a_calendar_that_cannot_be_read(
    content: bytes | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], db: None
) -> None:
    file = tmp_path / "days.csv"
    if content is not None:
        file.write_bytes(content)
    assert cli.run(["calendar", "import", str(file)]) == 1
    assert said in capsys.readouterr().err


def test_the_latest_acts_are_listed_by_ids_alone(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    town = worlds.build(practice="plain")
    matter = raise_one(town)
    assert cli.run(["audit", "list", "--limit", "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert str(matter.id) in lines[0], "the newest comes first"
    assert cli.run(["audit", "list", "--subject", str(matter.id)]) == 0
    about = capsys.readouterr().out
    assert len(about.splitlines()) == Entry.objects.filter(subject_id=matter.id).count() > 0
    assert str(town.persons["wang"]) in about
    assert "王小明" not in about
    assert cli.run(["audit", "list", "--subject", "matter-1"]) == 1
    assert "matter-1 is not an id" in capsys.readouterr().err


# ── linli procedures check, draw ────────────────────────────────────────────────────────────────────────


def test_procedures_are_checked_by_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["procedures", "check"]) == 0
    shipped = sum(len(practice.procedures) for practice in loader.load_folder())
    assert capsys.readouterr().out == f"{shipped} procedures are valid.\n"
    sound, wrong = tmp_path / "sound.yaml", tmp_path / "wrong.yaml"
    sound.write_text(SOUND, "utf-8")
    wrong.write_text(re.sub(r"holder: \w+", "holder: nobody_here", SOUND), "utf-8")
    assert cli.run(["procedures", "check", str(sound)]) == 0
    capsys.readouterr()
    assert cli.run(["procedures", "check", str(sound), str(wrong)]) == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == SOUND.count("holder: "), "every fault, not the first alone"
    assert all(re.match(rf"{re.escape(str(wrong))}:\d+: .*nobody_here", line) for line in told), told


def test_procedures_are_drawn_one_file_for_each_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "plain.yaml"
    source.write_text(SOUND, "utf-8")
    folder = tmp_path / "drawn"
    assert cli.run(["procedures", "draw", str(source), "--to", str(folder)]) == 0
    made = sorted(folder.iterdir())
    assert [path.name for path in made] == ["plain.en.svg", "plain.zh-hans.svg"]
    assert capsys.readouterr().out.split() == [
        str(folder / f"plain.{code}.svg") for code in ("zh-hans", "en")
    ]
    for path in made:
        assert ElementTree.parse(path).getroot().tag.endswith("svg")
    source.write_text("procedure: plain\n", "utf-8")
    assert cli.run(["procedures", "draw", str(source), "--to", str(folder)]) == 1
    assert f"{source}:" in capsys.readouterr().err
