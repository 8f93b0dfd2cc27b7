"""Who this installation is and where it keeps its things, before any setting or database is known.

A folder that Linli was unpacked into is an installation of its own: a random name is kept in its ``.linli``
folder together with the path it was made for, so that a copied folder becomes another installation.
"""

import json
import os
import secrets
import sys
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

SOCKET_LIMIT = 90  # a Unix socket's whole path must stay under 108 bytes; `.s.PGSQL.5432.lock` is added to it
RECORD = Path(".linli") / "installation"
ROLES = ("postgres", "linli_owner", "linli_app")


@dataclass(frozen=True)
class Secrets:
    """What an installation makes for itself once. The database passwords are of the embedded server."""

    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(64))
    field_keys: str = field(default_factory=lambda: f"k1:{secrets.token_hex(16)}")
    index_key: str = field(default_factory=lambda: secrets.token_hex(32))
    demo_password: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    database_passwords: dict[str, str] = field(
        default_factory=lambda: {role: secrets.token_urlsafe(24) for role in ROLES}
    )


def root_folder() -> Path:
    """The folder Linli was unpacked into, or the environment's folder when it was installed as a package."""
    checkout = Path(__file__).resolve().parents[2]
    return checkout if (checkout / "pyproject.toml").is_file() else Path(sys.prefix)


def identify(root: Path | None = None) -> str:
    """The installation's name: 10 random hex digits, made on first use for this very folder and user."""
    root = root or root_folder()
    if found := identified(root):
        return found
    name, record = secrets.token_hex(5), root / RECORD
    record.parent.mkdir(exist_ok=True)
    write_whole(record, f"{name} {root} {os.geteuid()}\n", mode=0o644)
    return name


def identified(root: Path) -> str:
    """The name made for this very folder and user; "" where none was. The demo alone has one made."""
    record = root / RECORD
    if not record.is_file():
        return ""
    name, _, made_for = record.read_text(encoding="utf-8").strip().partition(" ")
    return name if made_for == f"{root} {os.geteuid()}" else ""


def data_folder(name: str) -> Path:
    """Where an installation keeps its database and files; root's must be reachable by another user.

    An account whose home cannot be written, as a service's, keeps them in the folder Linli was unpacked into,
    and goes on doing so.
    """
    if os.geteuid() == 0:
        return Path("/var/lib/linli") / name
    beside = root_folder() / ".linli" / name
    home = Path(os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share"))
    at_home = home / "linli" / name
    return at_home if not beside.is_dir() and can_be_made(at_home) else beside


def can_be_made(folder: Path) -> bool:
    """Whether this user may make the folder, or write in it if it is there."""
    there = next(each for each in (folder, *folder.parents) if os.path.exists(each))
    return folder.is_absolute() and os.access(there, os.W_OK | os.X_OK)


def socket_folder(data: Path) -> Path:
    """Folder of the embedded server's socket: in the data folder, or in /tmp where that path is too long."""
    folder = data / "run"
    if len(os.fsencode(folder)) + len("/.s.PGSQL.5432.lock") < SOCKET_LIMIT:
        return folder
    return Path("/tmp") / f"linli-{os.geteuid()}-{data.name[:20]}"


@cache
def secrets_of(data: Path) -> Secrets:
    """The secrets kept in a data folder, made on first use and readable by their owner only."""
    kept = data / "secrets.json"
    if not kept.is_file():
        data.mkdir(parents=True, exist_ok=True)
        write_whole(kept, json.dumps(asdict(Secrets()), indent=1), mode=0o600, replace=False)
    return Secrets(**json.loads(kept.read_text(encoding="utf-8")))


def write_whole(path: Path, text: str, *, mode: int, replace: bool = True) -> None:
    """Write a file so that a power cut or a kill leaves the old one or the new one, never a part."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    try:
        if replace:
            partial.replace(path)
        else:
            os.link(partial, path)
    except FileExistsError:
        pass  # another process made it first: its secrets are the ones in use
    finally:
        partial.unlink(missing_ok=True)
