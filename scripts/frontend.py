"""The front end's inputs and their fingerprint. Standard library only: nothing is installed yet."""

import hashlib
from pathlib import Path

OUTPUT = Path("linli/site/static/linli")
STAMP = OUTPUT / ".stamp"
INPUTS = ("frontend", "package.json", "package-lock.json", ".npmrc")


def inputs(root: Path) -> list[Path]:
    """Every file the build reads, in a fixed order."""
    files: list[Path] = []
    for name in INPUTS:
        path = root / name
        files += [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return sorted(files)


def inputs_digest(root: Path) -> str:
    """sha256 over the names and contents of the inputs."""
    total = hashlib.sha256()
    for path in inputs(root):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return total.hexdigest()


def stamped(root: Path) -> str:
    """The fingerprint of the inputs the present output was built from; empty when it was not finished."""
    stamp = root / STAMP
    return stamp.read_text(encoding="utf-8").strip() if stamp.is_file() else ""
