"""Whether the front end is there, as the build left it."""

from pathlib import Path

OUTPUT = Path(__file__).resolve().parent / "static" / "linli"


def built() -> bool:
    """The build empties the folder first and writes its manifest last, so a killed one counts as none."""
    return (OUTPUT / "manifest.json").is_file()
