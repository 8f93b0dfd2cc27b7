"""The archive: a ZIP of one SQL text, the files under their own names, and a manifest that is sealed.

Any `unzip` opens it and any reader can read it; nothing in it opens the encrypted fields. The seal is an
HMAC under the installation's index key: what was changed, or made under other keys, is told apart.
"""

import hashlib
import hmac
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from linli.site.config import Settings

FORMAT: Final = 1
DATABASE: Final = "database.sql"
MANIFEST: Final = "manifest.json"
SEAL: Final = "manifest.seal"
# Files lie by the digest of their bytes; a picture's small copy beside it (documents.read.path_of).
DOCUMENT: Final = re.compile(r"documents/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}(\.thumbnail)?")
CHUNK: Final = 1 << 20  # bytes read at a time
DEFLATE_LEVEL: Final = 3  # text shrinks about as far as with 6, in half the time


class Readable(Protocol):
    """Something bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


class Unusable(RuntimeError):
    """This archive cannot be put back; the text says why and what to do."""


class Part(BaseModel):
    """One file of the archive: its size in bytes and sha256."""

    model_config = ConfigDict(frozen=True)

    size: int
    sha256: str


class Manifest(BaseModel):
    """What an archive says of itself. `tables` are rows by table; `keys` are check values, never keys."""

    model_config = ConfigDict(frozen=True)

    format: int
    linli: str
    made_at: datetime
    installation: str
    postgresql: str
    migrations: list[str]
    extensions: list[str]
    tables: dict[str, int]
    keys: dict[str, str]
    parts: dict[str, Part]

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(self.tables.values())

    @property
    def documents(self) -> list[str]:
        """Names of the files in the archive that belong to documents."""
        return [name for name in self.parts if name != DATABASE]


def key_checks(settings: Settings) -> dict[str, str]:
    """For each field key, and for the index key under the name `index`, a value only that key gives.

    A field key has 128 random bits, so its check value tells nothing of it.
    """
    keys: Mapping[str, bytes] = {**settings.field_keys, "index": settings.index_key}
    return {name: _mac(key, b"key check")[:16] for name, key in keys.items()}


def seal_of(settings: Settings, manifest: bytes) -> str:
    """The seal over a manifest's bytes."""
    return _mac(settings.index_key, manifest)


def _mac(key: bytes, said: bytes) -> str:
    return hmac.new(key, b"linli backup\0" + said, hashlib.sha256).hexdigest()


class Writer:
    """An archive being written: parts one after the other, the sealed manifest last."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._zip = opened
        self.parts: dict[str, Part] = {}

    def add(self, name: str, source: Readable, *, packed: bool = False) -> int:
        """Copy a stream into the archive; how many bytes it had."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(_entry(name, packed=packed), "w", force_zip64=True) as target:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        self.parts[name] = Part(size=size, sha256=digest.hexdigest())
        return size

    def finish(self, manifest: Manifest, settings: Settings) -> None:
        """Write the manifest and its seal."""
        text = manifest.model_dump_json(indent=1).encode()
        self._zip.writestr(_entry(MANIFEST, packed=True), text)
        self._zip.writestr(_entry(SEAL), seal_of(settings, text))


def _entry(name: str, *, packed: bool = False) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # its date stays 1980: the manifest says when
    entry.external_attr = 0o600 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    return entry


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A new archive for its owner's eyes, there under its name only when it is whole and on the disk."""
    if path.exists():
        raise FileExistsError(f"{path} is there already: give another name with --to")
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as handle:
            with zipfile.ZipFile(handle, "w", compresslevel=DEFLATE_LEVEL) as opened:
                yield Writer(opened)
            handle.flush()
            os.fsync(handle.fileno())
        os.link(partial, path)  # never over an archive that is there
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def reading(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive to read from. Raises `Unusable` for what is no whole archive."""
    try:
        with zipfile.ZipFile(path) as opened:
            yield opened
    except zipfile.BadZipFile as broken:
        raise Unusable(f"{path} is damaged or not whole ({broken}): take another backup") from broken


def manifest_of(opened: zipfile.ZipFile) -> tuple[Manifest, bytes, str]:
    """The manifest, its bytes and its seal, as they stand in the archive. Raises `Unusable`."""
    try:
        text, seal = opened.read(MANIFEST), opened.read(SEAL).decode("ascii", "replace")
        return Manifest.model_validate_json(text), text, seal
    except (KeyError, ValidationError) as wrong:
        raise Unusable(f"{opened.filename} is no backup of Linli, or a damaged one") from wrong


def compare(opened: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read every part once and compare it with the manifest. Raises `Unusable` naming what differs."""
    there = {entry.filename for entry in opened.infolist()} - {MANIFEST, SEAL}
    if DATABASE not in there or there != set(manifest.parts):
        raise Unusable(f"{opened.filename} does not hold the parts its manifest names: take another backup")
    for name, part in manifest.parts.items():
        if name != DATABASE and not DOCUMENT.fullmatch(name):
            raise Unusable(f"{opened.filename} holds a part of an unknown kind: {name[:80]}")
        digest, size = hashlib.sha256(), 0
        with opened.open(name) as source:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
        if (size, digest.hexdigest()) != (part.size, part.sha256):
            raise Unusable(f"{name} in {opened.filename} is damaged: take another backup")
