"""`linli procedures check`, `draw`, `pages`; `linli triage train`, `evaluate`, `duplicates`: files in,
answers out, no installation."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from linli.matters.procedures import drawing, loader
from linli.matters.procedures import pages as writing
from linli.matters.procedures.loader import ProcedureError
from linli.matters.procedures.schema import Procedure
from linli.matters.triage import grouping, learning, likeness, meaning, modelfile, sheets
from linli.matters.triage import model as asking
from linli.matters.triage.measuring import quality
from linli.matters.triage.sheets import read_examples

LANGUAGES = ("zh-hans", "en")  # of the documentation; others are drawn when asked for
WORDS_ONLY = "By words alone: the encoder of the extra `learning` is not installed."


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
            for language in options.language or LANGUAGES:
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


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def duplicates(options: argparse.Namespace) -> int:
    """Groups of messages about the same thing in a sheet, as one JSON object on standard output."""
    messages = sheets.messages(options.file)
    with_meaning = meaning.available() and not options.words
    if not with_meaning:
        print("Without meaning: compared by names and words alone.", file=sys.stderr)
    found = grouping.groups(messages, likeness.Meanings(options.vectors, _tell) if with_meaning else None)
    print(json.dumps({"groups": [{"ids": ids} for ids in found]}, ensure_ascii=False))
    return 0


def train(options: argparse.Namespace) -> int:
    """Learn from a labelled sheet, write the model, and say how it did on messages held out."""
    examples = read_examples(options.file)
    learnt = learning.learn(examples)
    path: Path = options.out or options.file.with_suffix(".triage")
    modelfile.save(learnt.model, path)
    print(f"{len(examples)} messages, {len(learnt.model.labels)} labels; the model is in {path}")
    figures = learnt.by_words
    print(f"Held out, by words: accuracy {figures.accuracy:.3f}, macro-F1 {figures.macro_f1:.3f}")
    if learnt.with_meaning is None:
        print(WORDS_ONLY, file=sys.stderr)
    else:
        figures = learnt.with_meaning
        print(f"Held out, with meaning: accuracy {figures.accuracy:.3f}, macro-F1 {figures.macro_f1:.3f}")
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Learn from one sheet, judge every message of another on its own, print the figures as JSON."""
    examples, tests = read_examples(options.train), read_examples(options.test)
    trained = learning.fit(examples)
    if not meaning.available():
        print(WORDS_ONLY, file=sys.stderr)
    found = asking.answers(trained, [(one.title, one.text) for one in tests])
    figures = quality([one.label for one in tests], [one.label for one in found])
    print(json.dumps(figures.as_json(), ensure_ascii=False))
    return 0
