"""Loaded by pytest before Django reads its settings: this run's own folder, keys and database.

The cluster is a copy of one that was migrated once and is kept, by the fingerprint of the migrations, in
`.linli/test-clusters`. It lies in /tmp, listens on a socket only this user may enter, forgets to sync, and is
thrown away at the end; a killed run's folder is swept by the next.
"""

import os
import shutil
import tempfile
from pathlib import Path

from linli.site import processes
from linli.site.embedded.cluster import Cluster
from linli.site.installation import ROLES, Secrets

ROOT = Path(__file__).resolve().parents[1]
NAME = f"linli-test-{os.geteuid()}-"
RUN = Path(tempfile.gettempdir()) / f"{NAME}{os.getpid()}"
SECRETS = Secrets(
    secret_key="for-tests-only-" * 4,
    field_keys="t1:000102030405060708090a0b0c0d0e0f",
    index_key="00" * 32,
    demo_password="for-tests-only",
    database_passwords={role: f"{role}-for-tests" for role in ROLES},
)
CLUSTER = Cluster(RUN, SECRETS, durable=False)


def address(role: str) -> str:
    """How a role reaches this run's database."""
    return f"postgresql://{role}:{SECRETS.database_passwords[role]}@/linli?host={CLUSTER.socket}"


def sweep() -> None:
    """Remove folders of runs that were killed."""
    for folder in RUN.parent.glob(f"{NAME}*"):
        owner = folder.name.removeprefix(NAME)
        if owner.isdigit() and not processes.alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def take_over() -> None:
    """Let nothing of the caller's installation reach the tests."""
    for name in [name for name in os.environ if name.startswith(("LINLI_", "PG", "DJANGO_"))]:
        del os.environ[name]
    os.environ |= {
        "LINLI_SETTINGS": str(RUN / "none"),
        "LINLI_INSTALLATION": "tests",
        "LINLI_DATA_DIR": str(RUN / "files"),
        "LINLI_SECRET_KEY": SECRETS.secret_key,
        "LINLI_FIELD_KEYS": SECRETS.field_keys,
        "LINLI_INDEX_KEY": SECRETS.index_key,
        "LINLI_HOSTS": "testserver,127.0.0.1,localhost",
        "LINLI_DATABASE_URL": address("linli_app"),
        "LINLI_DATABASE_OWNER_URL": address("linli_owner"),
        "LINLI_POOL": "0",
        "DJANGO_SETTINGS_MODULE": "linli.site.settings",
        "TZ": "UTC",
    }
    for folder in ("static", "documents"):
        (RUN / "files" / folder).mkdir(parents=True, exist_ok=True)


sweep()
take_over()
