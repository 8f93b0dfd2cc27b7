"""`linli init`: a settings file with secrets of its own, and a database brought to the present schema."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from linli.site import database, installation
from linli.site.config import Settings
from linli.site.installation import Secrets

TEMPLATE = """\
# Settings of this Linli. Keep a copy of it apart from the database's backups: without its keys,
# phone and ID numbers cannot be read again.
LINLI_INSTALLATION={name}
LINLI_DATA_DIR={data}
LINLI_HOSTS={hosts}
LINLI_SECRET_KEY={secret_key}
LINLI_FIELD_KEYS={field_keys}
LINLI_INDEX_KEY={index_key}
# A PostgreSQL (17 or newer) of your own; without these two lines Linli runs one itself.
{urls}
# A folder for the nightly backups, best on another disk.
# LINLI_BACKUPS=/var/backups/linli
# LINLI_LANGUAGE=zh-hans
# LINLI_LISTEN=127.0.0.1
# LINLI_PORT=8000
"""


def write_settings(path: Path, *, hosts: str, app_url: str, owner_url: str) -> None:
    """Write a settings file with new secrets, for its owner's eyes. An existing one is never touched."""
    if path.exists():
        raise FileExistsError(
            f"{path} is there already: its keys open the stored data, so it is left as it is"
        )
    made = Secrets()
    name = os.urandom(5).hex()
    commented = (
        "# LINLI_DATABASE_URL=postgresql://linli_app:…@host/linli\n"
        "# LINLI_DATABASE_OWNER_URL=postgresql://linli_owner:…@host/linli"
    )
    given = f"LINLI_DATABASE_URL={app_url}\nLINLI_DATABASE_OWNER_URL={owner_url}"
    text = TEMPLATE.format(
        name=name,
        data=installation.data_folder(name),
        hosts=hosts,
        secret_key=made.secret_key,
        field_keys=made.field_keys,
        index_key=made.index_key,
        urls=given if app_url else commented,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    installation.write_whole(path, text, mode=0o600, replace=False)


def prepare(settings: Settings) -> bool:
    """Extensions, tables, rights and practices in the configured database; whether it was to be migrated."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with database.at_hand(settings):
        if not settings.embedded:
            ensure_extensions(settings)
        prepared = database.prepare(settings, anyway=True)
        database.act("store-practices")
        return prepared


def ensure_extensions(settings: Settings) -> None:
    """Both extensions are trusted: the owner of a database may create them."""
    try:
        with psycopg.connect(settings.database_owner_url, autocommit=True) as owner:
            for name in ("pg_trgm", "btree_gist"):
                owner.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
    except psycopg.OperationalError as error:
        where = urlsplit(settings.database_owner_url)
        raise ConnectionError(
            f"The database at {where.hostname or 'its socket'} cannot be entered: {error}"
        ) from None
