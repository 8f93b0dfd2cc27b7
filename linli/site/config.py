"""What an installation is told from outside: typed, checked once, every fault named in one message.

Values come from the environment (``LINLI_…``) and from the file ``LINLI_SETTINGS`` names (by default
``linli.env`` beside the working folder or ``/etc/linli/linli.env``); the environment wins. The demo needs
none of them: its secrets are made once and kept in its data folder, readable by its owner only.
"""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from psycopg.conninfo import conninfo_to_dict
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from linli.frame.tiles import Tiles
from linli.site import faults
from linli.site import installation as installations
from linli.site.installation import Secrets

DJANGO_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
SETTINGS_FILES = (Path("linli.env"), Path("/etc/linli/linli.env"))


class ConfigError(Exception):
    """The installation cannot run as it is configured; ``problems`` says, one per line, what to do.

    ``settings`` is what was given, with what cannot be read at its default: the doctor looks on with it.
    """

    def __init__(self, problems: list[str], settings: "Settings") -> None:
        self.problems, self.settings = problems, settings
        lines = "\n".join(f"  - {problem}" for problem in problems)
        super().__init__(f"Linli cannot start with these settings:\n{lines}")


class Settings(BaseSettings):
    """Everything that differs between two installations. Nothing secret has a default."""

    model_config = SettingsConfigDict(env_prefix="LINLI_", extra="ignore", frozen=True)

    demo: bool = False
    debug: bool = False
    installation: str = ""
    data_dir: Path = Path()
    secret: SecretStr = Field(SecretStr(""), validation_alias="LINLI_SECRET_KEY")
    field_key_list: SecretStr = Field(SecretStr(""), validation_alias="LINLI_FIELD_KEYS")
    index_key_hex: SecretStr = Field(SecretStr(""), validation_alias="LINLI_INDEX_KEY")
    app_url: SecretStr = Field(SecretStr(""), validation_alias="LINLI_DATABASE_URL")
    owner_url: SecretStr = Field(SecretStr(""), validation_alias="LINLI_DATABASE_OWNER_URL")
    role: Literal["app", "owner"] = "app"
    host_list: str = Field("", validation_alias="LINLI_HOSTS")
    language: Literal["zh-hans", "zh-hant", "en"] = "zh-hans"
    language_first: bool = Field(False, description="before what browsers ask for; `demo --language` says so")
    listen: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    workers: int = Field(2, ge=1, le=64)
    pool: int = Field(4, ge=0, le=100, description="database connections each server process may hold")
    tile_url: str = Field("", validation_alias="LINLI_TILES", description="pictures behind the outlines")
    tile_attribution: str = Field("", validation_alias="LINLI_TILES_ATTRIBUTION")
    tile_servers: str = Field("01234567", validation_alias="LINLI_TILES_SERVERS", pattern="^[a-z0-9]{1,16}$")
    backups: Path | None = Field(None, description="folder of the nightly backups; none are made without it")
    proxies: int = Field(0, ge=0, le=4, description="trusted proxies in front that add X-Forwarded-For")

    @property
    def embedded(self) -> bool:
        """Whether this installation runs its own PostgreSQL."""
        return not self.app_url.get_secret_value()

    @property
    def database_url(self) -> str:
        """Connection of the application's role, or of the owner while ``LINLI_ROLE=owner``."""
        if self.role == "owner":
            return self.database_owner_url
        return self.app_database_url

    @property
    def app_database_url(self) -> str:
        """Connection of the application's role."""
        return self.app_url.get_secret_value() or self.embedded_url("linli_app")

    @property
    def database_owner_url(self) -> str:
        """Connection of the role that owns the tables and migrates them."""
        return self.owner_url.get_secret_value() or self.embedded_url("linli_owner")

    def embedded_url(self, role: str, database: str = "linli") -> str:
        """Address of the embedded server for one of its roles."""
        password = self.stored_secrets.database_passwords[role]
        folder = quote(str(installations.socket_folder(self.data_dir)), safe="")
        return f"postgresql://{role}:{password}@/{database}?host={folder}"

    @property
    def field_keys(self) -> Mapping[str, bytes]:
        """SM4 keys by id, the one new values are written with first."""
        pairs = (pair.split(":") for pair in self.field_key_list.get_secret_value().split(",") if pair)
        return {key_id.strip(): bytes.fromhex(value.strip()) for key_id, value in pairs}

    @property
    def field_key_current(self) -> str:
        """Id of the key new values are written with."""
        return next(iter(self.field_keys))

    @property
    def index_key(self) -> bytes:
        """Key of the blind indexes."""
        return bytes.fromhex(self.index_key_hex.get_secret_value())

    @property
    def stored_secrets(self) -> Secrets:
        """What this installation made for itself and keeps in its data folder."""
        return installations.secrets_of(self.data_dir)

    @property
    def secret_key(self) -> str:
        """Signs cookies and sessions."""
        return self.secret.get_secret_value()

    @property
    def hosts(self) -> list[str]:
        """Host names requests may use; the demo answers on the loopback address only."""
        given = [host.strip() for host in self.host_list.split(",") if host.strip()]
        return given or (["127.0.0.1", "localhost", "[::1]"] if self.demo else [])

    @property
    def tiles(self) -> Tiles | None:
        """Whose pictures lie behind the outlines of maps; None for the outlines alone."""
        if not self.tile_url:
            return None
        return Tiles(self.tile_url, self.tile_attribution, self.tile_servers)

    def database(self) -> dict[str, Any]:
        """Django's ``DATABASES`` entry for the role of this process; the owner needs no pool."""
        parts = conninfo_to_dict(self.database_url)
        entry: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "NAME": "linli"}
        entry |= {DJANGO_NAMES[name]: str(value) for name, value in parts.items() if name in DJANGO_NAMES}
        entry["OPTIONS"] = {name: value for name, value in parts.items() if name not in DJANGO_NAMES}
        if self.role == "app" and self.pool:
            entry["CONN_HEALTH_CHECKS"] = True  # a database that was restarted costs nobody an error page
            entry["OPTIONS"]["pool"] = {"min_size": 1, "max_size": self.pool, "timeout": 10}
        return entry


def demo_values() -> dict[str, Any]:
    """What the demo decides for itself: its name, its folder and secrets made on the first start."""
    name = os.environ.get("LINLI_INSTALLATION") or installations.identify()
    folder = Path(os.environ.get("LINLI_DATA_DIR") or installations.data_folder(name))
    made = installations.secrets_of(folder)
    values: dict[str, Any] = {
        "installation": name,
        "data_dir": folder,
        "LINLI_SECRET_KEY": made.secret_key,
        "LINLI_FIELD_KEYS": made.field_keys,
        "LINLI_INDEX_KEY": made.index_key,
    }
    given = {field if field.startswith("LINLI_") else f"LINLI_{field.upper()}": field for field in values}
    return {field: values[field] for name, field in given.items() if not os.environ.get(name)}


@cache
def load() -> Settings:
    """The settings of this process. Raises ConfigError naming everything that is wrong."""
    named = os.environ.get("LINLI_SETTINGS")
    files = [Path(named)] if named else [path for path in SETTINGS_FILES if path.is_file()][:1]
    demo = os.environ.get("LINLI_DEMO", "").lower() in ("1", "true", "yes", "on")
    read, values, problems = () if demo else files, demo_values() if demo else {}, []
    try:
        settings = Settings(_env_file=read, **values)
    except ValidationError as wrong:
        problems = [f"LINLI_{_name(error['loc'])}: {error['msg']}" for error in wrong.errors()]
        settings = Settings(_env_file=read, **values | _defaults({str(e["loc"][0]) for e in wrong.errors()}))
    problems += faults.of_settings(settings)
    if not problems:
        return settings
    if not demo and not files and installations.identified(installations.root_folder()):
        problems.append("The demo was run from this folder. To mean it, put LINLI_DEMO=1 before the command")
    raise ConfigError(problems, settings)


def _defaults(names: set[str]) -> dict[str, Any]:
    fields = {str(field.validation_alias or name): field for name, field in Settings.model_fields.items()}
    return {name: fields[name].default for name in names if name in fields}


def _name(location: tuple[int | str, ...]) -> str:
    return str(location[0]).upper().removeprefix("LINLI_") if location else "SETTINGS"


config: Settings


def __getattr__(name: str) -> Any:
    """``config`` is read on first use, so that the command line can report faults and not die of them."""
    if name == "config":
        return load()
    raise AttributeError(name)
