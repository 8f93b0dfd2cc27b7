"""Models as bytes: a line of JSON, then arrays. Nothing in one is ever run; a changed one is refused."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any, Final

from linli.matters.triage.model import Machine, Model, Terms, readable

try:
    import numpy as np
except ImportError:  # the extra `learning` is not installed
    np = None  # type: ignore[assignment]

KIND: Final = "linli triage model"
FORMAT: Final = 1  # raised whenever what is counted or how it is stored changes
LONGEST_HEAD: Final = 4096  # bytes


class NotAModel(RuntimeError):
    """Why a file is refused, in words."""


def pack(model: Model) -> bytes:
    """The model as bytes; the same model gives the same bytes. Weights are kept at half precision."""
    arrays: dict[str, Any] = {
        "labels": _texts(model.labels),
        "counts": np.array(model.counts, dtype=np.int64),
        "scales": np.array([model.words.temperature, model.together]),
        "words": np.asarray(model.words.weights, dtype=np.float16),
        "words_base": np.asarray(model.words.base),
    }
    for number, terms in enumerate(model.blocks):
        arrays[f"terms{number}"] = _texts(terms.at)
        arrays[f"found{number}"] = np.array([terms.of, *terms.found_in.tolist()], dtype=np.int64)
    if model.meaning is not None:
        arrays["meaning"] = np.asarray(model.meaning.weights, dtype=np.float32)
        arrays["meaning_base"] = np.asarray(model.meaning.base)
    body = io.BytesIO()
    np.savez_compressed(body, **arrays)
    head = {
        "kind": KIND,
        "format": FORMAT,
        "sha256": hashlib.sha256(body.getvalue()).hexdigest(),
        "blocks": len(model.blocks),
        "landmarks": model.landmarks,
    }
    return json.dumps(head, sort_keys=True).encode() + b"\n" + body.getvalue()


def unpack(raw: bytes) -> Model:
    """The model of these bytes. Raises NotAModel where they are of another kind, format or content."""
    if not readable():
        raise NotAModel("A model needs the extra `learning`: pip install 'linli[learning]'")
    line, _, body = raw.partition(b"\n")
    try:
        head = json.loads(line[:LONGEST_HEAD])
    except ValueError:
        head = None
    if not isinstance(head, dict) or head.get("kind") != KIND:
        raise NotAModel("This is not a triage model.")
    if head.get("format") != FORMAT:
        raise NotAModel("This triage model is of another version. Train it again.")
    if hashlib.sha256(body).hexdigest() != head.get("sha256"):
        raise NotAModel("This triage model is damaged or was changed. Train it again.")
    try:
        with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
            return _model(arrays, int(head["blocks"]), str(head["landmarks"]))
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as fault:
        raise NotAModel("This triage model is incomplete. Train it again.") from fault


def save(model: Model, path: Path) -> None:
    """Write a model to a file."""
    path.write_bytes(pack(model))


def load(path: Path) -> Model:
    """Read a model from a file. Raises NotAModel."""
    return unpack(path.read_bytes())


def _texts(texts: Any) -> Any:
    return np.frombuffer(json.dumps(list(texts), ensure_ascii=False).encode(), dtype=np.uint8)


def _read_texts(array: Any) -> list[str]:
    return [str(text) for text in json.loads(array.tobytes())]


def _model(arrays: Any, blocks: int, landmarks: str) -> Model:
    read = []
    for number in range(blocks):
        of, *found = arrays[f"found{number}"].tolist()
        names = _read_texts(arrays[f"terms{number}"])
        read.append(Terms({term: at for at, term in enumerate(names)}, np.array(found), of))
    alone, together = arrays["scales"].tolist()
    labels = tuple(_read_texts(arrays["labels"]))
    weights = arrays["words"].astype(np.float64)
    if weights.shape != (sum(len(terms.at) for terms in read), len(labels)):
        raise ValueError("weights do not fit the terms")
    about = None
    if "meaning" in arrays:
        about = Machine(arrays["meaning"].astype(np.float64), arrays["meaning_base"])
    return Model(
        labels=labels,
        counts=tuple(arrays["counts"].tolist()),
        blocks=tuple(read),
        words=Machine(weights, arrays["words_base"], alone),
        meaning=about,
        together=together,
        landmarks=landmarks,
    )
