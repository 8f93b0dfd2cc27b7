"""How well triage learns from a labelled sheet: held-out macro-F1 of five deals into five parts each.

    python scripts/measure_triage.py SHEET.csv

For each deal, every part is answered by a model that saw only the other four: terms, weights and all.
Nothing is chosen by looking at these figures. The floor in the same run is a support vector machine over
runs of one to three characters of title and text, as a textbook would build it.
"""

import sys
from pathlib import Path
from statistics import mean, stdev

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from linli.matters.triage import learning, meaning
from linli.matters.triage import model as asking
from linli.matters.triage.measuring import quality
from linli.matters.triage.sheets import Example, read_examples

DEALS = 5
PARTS = 5


def floor(known: list[Example], asked: list[Example]) -> list[str]:
    """The textbook's answer."""
    counting = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
    columns = counting.fit_transform([f"{one.title} {one.text}" for one in known])
    machine = LinearSVC(random_state=0).fit(columns, [one.label for one in known])
    return list(machine.predict(counting.transform([f"{one.title} {one.text}" for one in asked])))


def learnt(known: list[Example], asked: list[Example], *, with_meaning: bool) -> list[str]:
    """Ours."""
    model = learning.fit(known, with_meaning=with_meaning)
    return [one.label for one in asking.answers(model, [(each.title, each.text) for each in asked])]


def main() -> None:
    """Print one line per way of answering."""
    examples = read_examples(Path(sys.argv[1]))
    labels = [one.label for one in examples]
    ways = {"floor": floor, "words": lambda known, asked: learnt(known, asked, with_meaning=False)}
    if meaning.available():
        ways["words and meaning"] = lambda known, asked: learnt(known, asked, with_meaning=True)
    for name, way in ways.items():
        f1, right = [], []
        for deal in range(DEALS):
            said = [""] * len(examples)
            parts = StratifiedKFold(PARTS, shuffle=True, random_state=deal)
            for known, asked in parts.split(labels, labels):
                found = way([examples[at] for at in known], [examples[at] for at in asked])
                for at, label in zip(asked, found, strict=True):
                    said[at] = label
            figures = quality(labels, said)
            f1.append(figures.macro_f1)
            right.append(figures.accuracy)
        print(f"{name:20} macro-F1 {mean(f1):.4f} ± {stdev(f1):.4f}   accuracy {mean(right):.4f}", flush=True)


if __name__ == "__main__":
    main()
