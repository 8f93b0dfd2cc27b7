"""What is wrong with an installation's settings, in words that say what to do."""

import re
from typing import TYPE_CHECKING

from linli.frame.tiles import faults as tile_faults

if TYPE_CHECKING:
    from linli.site.config import Settings

FIELD_KEY = re.compile(r"[a-z0-9]{1,8}:[0-9a-f]{32}")


def of_settings(settings: "Settings") -> list[str]:
    """Every reason these settings cannot be used, each saying what to do."""
    found = []
    if not re.fullmatch(r"[a-z0-9]{4,20}", settings.installation):
        found.append("LINLI_INSTALLATION: give 4 to 20 letters a-z and digits; `linli init` makes one")
    if not settings.data_dir.is_absolute():
        found.append("LINLI_DATA_DIR: give the absolute path of the folder for files, as /var/lib/linli/main")
    if len(settings.secret_key) < 50:
        found.append("LINLI_SECRET_KEY: give 50 or more random characters; `linli init` makes them")
    keys = settings.field_key_list.get_secret_value()
    if not keys or not all(FIELD_KEY.fullmatch(pair.strip()) for pair in keys.split(",")):
        found.append(
            "LINLI_FIELD_KEYS: give `id:32 hex digits`, newest first, comma between; `linli init` makes one"
        )
    if not re.fullmatch(r"[0-9a-f]{64}", settings.index_key_hex.get_secret_value()):
        found.append("LINLI_INDEX_KEY: give 64 hex digits; `linli init` makes them")
    if not settings.hosts:
        found.append("LINLI_HOSTS: give the host names people will use, separated by commas")
    if settings.backups is not None and not settings.backups.is_absolute():
        found.append("LINLI_BACKUPS: give the absolute path of a folder, best on another disk")
    if "*" in settings.hosts:
        found.append("LINLI_HOSTS: name each host; `*` would accept forged host names")
    if settings.debug and not settings.demo:
        found.append("LINLI_DEBUG: must be off in production, error pages would show data; remove it")
    if bool(settings.app_url.get_secret_value()) != bool(settings.owner_url.get_secret_value()):
        found.append(
            "LINLI_DATABASE_URL and LINLI_DATABASE_OWNER_URL: give both, or neither for the embedded server"
        )
    return found + tile_faults(settings.tile_url, settings.tile_attribution)
