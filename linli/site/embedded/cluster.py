"""A database cluster on disk: made whole or not at all, with its roles and extensions."""

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from linli.site import installation, processes
from linli.site.embedded import binaries
from linli.site.installation import Secrets

EXTENSIONS = ("pg_trgm", "btree_gist")
# The builtin C.UTF-8 needs no system locale and knows Chinese letters; plain C breaks their trigrams.
INITDB = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--lc-collate=C",
    "--lc-ctype=C.UTF-8",
    "--username=postgres",
    "--auth=scram-sha-256",
    "--no-instructions",
)


@dataclass(frozen=True)
class Cluster:
    """One cluster: its folder, its passwords, and whether it must survive a power cut."""

    data: Path
    secrets: Secrets
    durable: bool = True

    @property
    def folder(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.data / "database"

    @property
    def socket(self) -> Path:
        """Folder of the Unix socket."""
        return installation.socket_folder(self.data)

    def address(self, role: str = "postgres", database: str = "linli") -> str:
        """Connection string for a role."""
        password = self.secrets.database_passwords[role]
        return psycopg.conninfo.make_conninfo(
            host=str(self.socket), user=role, password=password, dbname=database, connect_timeout=10
        )


def environment() -> dict[str, str]:
    """Environment of PostgreSQL's programs: nothing of the caller's locale or PG* variables."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/"}


def own(path: Path) -> None:
    """Hand a path and all below it to the user PostgreSQL runs as."""
    who = binaries.identity()
    if who is None:
        return
    for entry in (path, *path.rglob("*")):
        os.chown(entry, who.uid, who.gid, follow_symlinks=False)


def create(cluster: Cluster) -> bool:
    """Make the cluster if it is not there; whether it was made. A killed attempt leaves but rubbish."""
    for rubbish in cluster.data.glob("database.new.*"):
        shutil.rmtree(rubbish, ignore_errors=True)
    if (cluster.folder / "PG_VERSION").is_file():
        return False
    cluster.data.mkdir(parents=True, exist_ok=True)
    if binaries.identity() is not None:
        _passable(cluster.data)
    folder = Path(tempfile.mkdtemp(prefix="database.new.", dir=cluster.data))
    try:
        _initdb(cluster, folder)
        (folder / "made").rename(cluster.folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return True


def _passable(folder: Path) -> None:
    """Let the other user pass through the installation's folder; what is secret in it is a 0600 file."""
    folder.chmod(0o755)
    blocked = [parent for parent in folder.parents if not parent.stat().st_mode & 0o001]
    if blocked:
        raise RuntimeError(
            f"PostgreSQL runs as `nobody`, who may not enter {blocked[-1]}. "
            "Give LINLI_DATA_DIR a folder everybody may pass through, as /var/lib/linli/main."
        )


def _initdb(cluster: Cluster, folder: Path) -> None:
    password = folder / "password"
    password.touch(mode=0o600)
    password.write_text(cluster.secrets.database_passwords["postgres"], encoding="utf-8")
    own(folder)
    command: list[str] = [
        str(binaries.programs(cluster.data) / "initdb"),
        *INITDB,
        f"--pwfile={password}",
        f"--pgdata={folder / 'made'}",
        *([] if cluster.durable else ["--no-sync"]),
    ]
    child = processes.start(
        command, identity=binaries.identity(), env=environment(), output=subprocess.PIPE, cwd="/"
    )
    try:
        words = child.communicate()[0].decode("utf-8", "replace").splitlines()
    finally:
        status = processes.stop(child, by=signal.SIGKILL)
    if status:
        end = "\n".join(words[-4:])
        raise RuntimeError(f"PostgreSQL could not create its files in {cluster.data}:\n{end}")


def furnish(cluster: Cluster) -> None:
    """Roles, the database and its extensions, each made if it is missing: done on every start."""
    with psycopg.connect(cluster.address(database="postgres"), autocommit=True) as server:
        for role in ("linli_owner", "linli_app"):
            ensure_role(server, role, cluster.secrets.database_passwords[role])
        ensure_database(server, "linli")
    with psycopg.connect(cluster.address(), autocommit=True) as database:
        ensure_extensions(database)


def ensure_role(server: psycopg.Connection, role: str, password: str) -> None:
    """Make a login role that may do nothing by itself, with this password."""
    found = server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    if found is None:
        server.execute(
            sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
                sql.Identifier(role), sql.Literal(password)
            )
        )


def ensure_database(server: psycopg.Connection, name: str) -> None:
    """Make the database, the owner's alone, which only the two roles may enter."""
    if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    database = sql.Identifier(name)
    server.execute(sql.SQL("CREATE DATABASE {} OWNER linli_owner").format(database))
    server.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    server.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO linli_app").format(database))


def ensure_extensions(database: psycopg.Connection) -> None:
    """Make the extensions and give the public schema to the owner."""
    for extension in EXTENSIONS:
        database.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    database.execute("ALTER SCHEMA public OWNER TO linli_owner")


def drop_database(cluster: Cluster, name: str = "linli") -> None:
    """Throw a database away with whoever is connected to it, and make it again, empty."""
    with psycopg.connect(cluster.address(database="postgres"), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    furnish(cluster)
