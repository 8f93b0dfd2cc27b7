"""`linli procedures check`, `draw` and `pages`: what is wrong with procedure files, what they look like,
and the pages of documentation about the practices."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from linli.matters.procedures import drawing, loader
from linli.matters.procedures import pages as writing
from linli.matters.procedures.loader import ProcedureError
from linli.matters.procedures.schema import Procedure

LANGUAGES = ("zh-hans", "zh-hant", "en")


def check(options: argparse.Namespace) -> int:
    """Every fault of the files named, or of every practice shipped; status 1 when there is one."""
    wrong: list[ProcedureError] = []
    count = 0
    if options.files:
        known = loader.load_folder()[0].known
        for path in options.files:
            wrong += loader.check(path.read_text(encoding="utf-8"), str(path), known=known)
            count += 1
    else:
        try:
            count = sum(len(practice.procedures) for practice in loader.load_folder())
        except ProcedureError as error:
            wrong.append(error)
    for fault in wrong:
        print(fault, file=sys.stderr)
    if not wrong:
        print(f"{count} procedures are valid.")
    return int(bool(wrong))


def draw(options: argparse.Namespace) -> int:
    """Write one SVG per procedure and language into a folder."""
    folder: Path = options.to or Path()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for procedure in chosen(options.files):
            for language in LANGUAGES:
                path = folder / f"{procedure.procedure}.{language}.svg"
                path.write_text(drawing.draw(procedure, language), encoding="utf-8")
                print(path)
    except ProcedureError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def pages(options: argparse.Namespace) -> int:
    """Write one page for each practice shipped, and their index, into a folder."""
    folder: Path = options.to or Path("docs/practices")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in writing.pages(loader.load_folder()).items():
        (folder / name).write_text(text, encoding="utf-8")
        print(folder / name)
    return 0


def chosen(files: list[Path]) -> Iterator[Procedure]:
    """The procedures of the files named, with the default practice's names, or every one shipped."""
    practices = loader.load_folder()
    if not files:
        for practice in practices:
            yield from practice.procedures
    for path in files:
        yield loader.load(path.read_text(encoding="utf-8"), str(path), known=practices[0].known)
