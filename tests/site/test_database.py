"""The embedded database: its language, its two roles, and what survives a kill."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from linli.site import database, doctor, grants, processes
from linli.site.config import load
from linli.site.embedded import cluster, server
from linli.site.embedded.cluster import Cluster
from linli.site.installation import Secrets
from tests.environment import CLUSTER, RUN


@pytest.fixture
def app(cluster: None) -> psycopg.Connection:
    """A connection with the application's rights."""
    with psycopg.connect(load().app_database_url, autocommit=True) as connected:
        yield connected


def test_it_knows_chinese_letters(app: psycopg.Connection) -> None:
    assert list(doctor.language(app)) == []
    (trigrams,) = app.execute("SELECT cardinality(show_trgm('东岳花苑'))").fetchone()
    assert trigrams == 5


def test_it_listens_on_its_socket_only(app: psycopg.Connection) -> None:
    assert app.execute("SHOW listen_addresses").fetchone() == ("",)
    assert CLUSTER.socket.stat().st_mode & 0o077 == 0


def test_the_doctor_finds_extensions_and_rights_in_order(app: psycopg.Connection) -> None:
    assert [*doctor.version(app), *doctor.extensions(app), *doctor.privileges(app)] == []


@pytest.mark.parametrize(
    "verb", ["UPDATE audit_entry SET event = ''", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
def test_the_application_cannot_rewrite_the_audit(app: psycopg.Connection, verb: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(verb)


@pytest.mark.parametrize(
    "verb", ["CREATE TABLE mine (id int)", "DROP TABLE audit_entry", "DELETE FROM django_migrations"]
)
def test_the_application_cannot_change_the_tables(app: psycopg.Connection, verb: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(verb)


def test_the_doctor_sees_a_right_too_many(committed_db: None) -> None:
    with psycopg.connect(load().database_owner_url, autocommit=True) as owner:
        owner.execute("GRANT UPDATE ON audit_entry TO linli_app")
        with psycopg.connect(load().app_database_url) as app:
            assert [finding.grade for finding in doctor.privileges(app)] == ["fault"]
        grants.grant(owner, "linli_app")
        with psycopg.connect(load().app_database_url) as app:
            assert list(doctor.privileges(app)) == []


def test_the_doctor_sees_tables_of_another_version(committed_db: None) -> None:
    with psycopg.connect(load().database_owner_url, autocommit=True) as owner:
        assert list(doctor.migrated(owner)) == []
        owner.execute("UPDATE upkeep.mark SET value = 'older' WHERE name = 'schema'")
        assert [finding.grade for finding in doctor.migrated(owner)] == ["fault"]


def test_a_committed_test_leaves_nothing(committed_db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
        cursor.execute("INSERT INTO django_session VALUES ('k', 'd', '2026-01-01')")


test_a_committed_test_leaves_nothing_behind = test_a_committed_test_leaves_nothing


@pytest.fixture
def place(tmp_path: Path) -> Cluster:
    """A cluster of this test's own."""
    folder = RUN / f"own-{os.urandom(4).hex()}"
    return Cluster(folder, Secrets(), durable=False)


def test_a_killed_server_is_started_again_with_what_was_committed(place: Cluster) -> None:
    place = replace(place, durable=True)
    with server.running(place) as child:
        with psycopg.connect(place.address()) as admin:
            admin.execute("CREATE TABLE kept AS SELECT 1 AS one")
        assert child is not None
        child.kill()
        child.wait()
    (place.folder / "postmaster.pid").write_text(f"{os.getpid()}\n{place.folder}\n", encoding="utf-8")
    with server.running(place), psycopg.connect(place.address()) as admin:
        assert admin.execute("SELECT one FROM kept").fetchone() == (1,)


def test_an_orphan_is_stopped_before_the_next_start(place: Cluster) -> None:
    cluster.create(place)
    orphan = server.start(place)
    try:
        child = server.start(place)
        assert orphan.wait(10) is not None
        processes.stop(child, by=signal.SIGINT)
    finally:
        processes.stop(orphan, by=signal.SIGINT)


def test_a_second_command_uses_the_server_that_runs(place: Cluster) -> None:
    with server.running(place) as first, server.running(place) as second:
        assert first is not None
        assert second is None


def test_half_a_cluster_is_made_anew(place: Cluster) -> None:
    rubbish = place.data / "database.new.killed"
    rubbish.mkdir(parents=True)
    assert cluster.create(place)
    assert not rubbish.exists()
    assert not cluster.create(place)


def test_preparing_twice_does_nothing_twice(committed_db: None) -> None:
    assert database.prepare(load()) is False
