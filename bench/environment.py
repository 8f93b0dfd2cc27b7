"""An installation of its own for measuring: keys, folder and a database that syncs as a real one does.

Imported before Django reads its settings.
"""

import os
import shutil
import tempfile
from pathlib import Path

from linli.site import processes
from linli.site.embedded import binaries
from linli.site.embedded.cluster import Cluster
from linli.site.installation import ROLES, Secrets

WORKERS = 2
NAME = f"linli-bench-{os.geteuid()}-"
RUN = Path(tempfile.gettempdir()) / f"{NAME}{os.getpid()}"
SECRETS = Secrets(
    secret_key="for-measuring-only-" * 4,
    field_keys="b1:000102030405060708090a0b0c0d0e0f",
    index_key="00" * 32,
    demo_password="for-measuring-only",
    database_passwords={role: f"{role}-for-measuring" for role in ROLES},
)
CLUSTER = Cluster(RUN, SECRETS)


def address(role: str, database: str = "linli") -> str:
    """How a role reaches a database of this run."""
    return f"postgresql://{role}:{SECRETS.database_passwords[role]}@/{database}?host={CLUSTER.socket}"


def take_over() -> None:
    """Let nothing of the caller's installation reach the measurement; sweep what killed runs left."""
    for folder in RUN.parent.glob(f"{NAME}*"):
        owner = folder.name.removeprefix(NAME)
        if owner.isdigit() and not processes.alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith(("LINLI_", "PG", "DJANGO_"))]:
        del os.environ[name]
    RUN.mkdir(mode=0o755 if binaries.identity() else 0o700)
    (RUN / "files" / "static").mkdir(parents=True)
    (RUN / "files" / "documents").mkdir()
    os.environ |= {
        "LINLI_SETTINGS": str(RUN / "none"),
        "LINLI_INSTALLATION": "bench",
        "LINLI_DATA_DIR": str(RUN / "files"),
        "LINLI_SECRET_KEY": SECRETS.secret_key,
        "LINLI_FIELD_KEYS": SECRETS.field_keys,
        "LINLI_INDEX_KEY": SECRETS.index_key,
        "LINLI_HOSTS": "testserver,127.0.0.1,localhost",
        "LINLI_DATABASE_URL": address("linli_app"),
        "LINLI_DATABASE_OWNER_URL": address("linli_owner"),
        "LINLI_DEMO": "1",
        "LINLI_WORKERS": str(WORKERS),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "TZ": "UTC",
    }
