"""Pictures behind the outlines, for an installation that names a tile server: none is asked without that.

The address holds {z}, {x} and {y}, and may hold {s} (one of several servers). The pictures must be in WGS-84
or CGCS2000, as those of 天地图 are; others would lie beside the outlines.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

NEEDED = ("{z}", "{x}", "{y}")
HOST = re.compile(r"[a-z0-9.-]+(:\d+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where pictures come from, whom to thank for them, and the names of the servers `{s}` stands for."""

    url: str
    attribution: str
    servers: str = "01234567"

    @property
    def sources(self) -> tuple[str, ...]:
        """The hosts a browser may take pictures from, as the security policy names them."""
        parts = urlsplit(self.url)
        names: Iterable[str] = self.servers if "{s}" in parts.netloc else ("",)
        return tuple(dict.fromkeys(f"{parts.scheme}://{parts.netloc.replace('{s}', name)}" for name in names))


def faults(url: str, attribution: str) -> list[str]:
    """Why an address and its thanks cannot be used, in words for who installs; nothing for no address."""
    if not url:
        return []
    wrong = []
    parts = urlsplit(url)
    if parts.scheme != "https" or not HOST.fullmatch(parts.netloc.replace("{s}", "0")):
        wrong.append(
            "LINLI_TILES: give an https address with a host, as https://t{s}.example.org/{z}/{x}/{y}"
        )
    if any(name not in url for name in NEEDED):
        wrong.append("LINLI_TILES: the address must hold {z}, {x} and {y}")
    if not attribution:
        wrong.append("LINLI_TILES_ATTRIBUTION: say whose map it is; map services ask for it")
    return wrong
