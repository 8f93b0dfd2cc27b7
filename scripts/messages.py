"""Texts and their translations: what the code says, what it is in Chinese, and the compiled catalogues.

    messages.py                  extract, merge, compile
    messages.py extract          list every msgid and where it stands
    messages.py merge [FILE…]    bring django.po into step; FILEs are .po to take translations from
    messages.py compile          make the .mo of both scripts; Traditional comes from Simplified
    messages.py check            fail on what is missing, fuzzy, left over or has other placeholders

Chinese in simplified characters is written by hand in one file. Traditional is made of it by OpenCC whenever
it is compiled, and is never edited or committed. Nothing here needs gettext.
"""

import ast
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "linli"
LOCALE = PACKAGE / "site" / "locale"
WRITTEN = LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"
TRADITIONAL = LOCALE / "zh_Hant" / "LC_MESSAGES" / "django.mo"
STAMP = ROOT / ".linli" / "stamps" / "messages"

# Which arguments of a call are msgids; a context (pgettext) comes first and is marked `c`.
GETTEXT = {
    "_": "1", "gettext": "1", "gettext_lazy": "1", "gettext_noop": "1",
    "ngettext": "12", "ngettext_lazy": "12", "pgettext": "c2", "pgettext_lazy": "c2",
}  # fmt: skip
# A reason is an English msgid from the moment it is written; the door translates it.
REASONS = {"Denied", "Refused", "InvalidCode", "RowError", "ProcedureError", "PydanticCustomError"}
TABLES = re.compile(r"(SENTENCES|TITLES|LABELS|REASONS|WORDS|GIVEN_BY|TEXTS|CAPTIONS|HINTS)$")
SAYING = re.compile(r"^(?=.*[A-Za-z])(?!.*[\u4e00-\u9fff]).*([A-Z]|\s)", re.DOTALL)
# What the converter takes for computing (a community becomes an online group, a division code program code),
# and the quotation marks, which it leaves as they are.
AS_SAID = {"社群": "社區", "程式碼": "代碼", "“": "「", "”": "」"}
# In the rooms that decide, whatever reads as a sentence is a reason, also when a helper is given it first.
DECIDING = re.compile(r"linli/\w+/(rules|policies|actions|read)(\.py|/)")
SENTENCE = re.compile(r"[A-Z“%][^\n]* [^\n]*[.?]")
PROGRAMMERS = {"ValueError", "TypeError", "RuntimeError", "LookupError", "AssertionError"}
PLACEHOLDER = re.compile(r"%\((\w+)\)([sd])|%(?:%|[sd])")

HEADER = r"""# Linli in Simplified Chinese. Traditional is made from it by scripts/messages.py
msgid ""
msgstr ""
"Language: zh_Hans\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""

Key = tuple[str | None, str | tuple[str, str]]
Found = dict[Key, set[str]]


# ── finding what is said ────────────────────────────────────────────────────────────────────────────────


def extract() -> Found:
    """Every msgid of the package, with the files it stands in."""
    found: Found = defaultdict(set)
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            source, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
            for key in [*python_messages(source), *(sentences(source) if DECIDING.match(name) else ())]:
                found[key].add(name)
    for path in sorted(PACKAGE.rglob("templates/**/*.*")):
        if path.suffix in (".html", ".txt", ".svg"):
            for key in template_messages(path.read_text(encoding="utf-8"), path.as_posix()):
                found[key].add(path.relative_to(ROOT).as_posix())
    return found


def template_messages(source: str, origin: str = "") -> Iterator[Key]:
    """What a template says: Django turns it into calls, which are then read as Python."""
    text = templatize(source, origin=origin)
    for match in re.finditer(r"(?<![\w.])(?:_|n?gettext|n?pgettext)\(", text):
        call = _first_call(text[match.start() :])
        if call is not None:
            yield from _from_call(call)


def python_messages(source: str) -> Iterator[Key]:
    """What a module says: gettext calls, reasons of refusals, and its tables of words."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _from_call(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [target.id for target in targets if isinstance(target, ast.Name)]
            if any(name in ("reason", "msgid") for name in names):
                yield from ((None, text) for text in _branches(node.value))
            elif any(name.isupper() and TABLES.search(name) for name in names):
                yield from ((None, text) for text in _sayings(node.value))
        elif isinstance(node, ast.Yield | ast.Return) and isinstance(node.value, ast.Tuple):
            yield from _answered(node.value)


def sentences(source: str) -> Iterator[Key]:
    """Every sentence of a module that is not about the code: no docstring, no error for programmers."""
    nodes = list(ast.walk(ast.parse(source)))
    skipped = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in PROGRAMMERS:
            skipped |= {id(argument) for argument in node.args}
    for node in nodes:
        text = node.value if isinstance(node, ast.Constant) and id(node) not in skipped else None
        if isinstance(text, str) and SENTENCE.fullmatch(text):
            yield None, text


def _answered(answer: ast.Tuple) -> Iterator[Key]:
    """Reasons in `yield where, "reason", params` and `return "reason", params`."""
    if any(isinstance(element, ast.Dict | ast.Name) for element in answer.elts):
        for element in answer.elts:
            yield from ((None, text) for text in _branches(element) if " " in text)


def _from_call(call: ast.Call) -> Iterator[Key]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name in REASONS:
        arguments = [*call.args, *(word.value for word in call.keywords if word.arg == "reason")]
        for argument in arguments:
            yield from ((None, text) for text in _branches(argument) if " " in text)
    elif name in GETTEXT and call.args:
        shape = GETTEXT[name]
        first = list(_branches(call.args[0]))
        if shape == "1":
            yield from ((None, text) for text in first)
        elif shape == "12" and len(call.args) > 1:
            yield from ((None, (one, many)) for one in first for many in _branches(call.args[1]))
        elif shape == "c2" and len(call.args) > 1:
            yield from ((context, text) for context in first for text in _branches(call.args[1]))


def _branches(node: ast.expr) -> Iterator[str]:
    """The texts an expression may be: a constant, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.strip():
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _branches(value)


def _sayings(node: ast.expr) -> Iterator[str]:
    """The English texts of a table: values of a mapping (never its keys), elements, arguments.

    Words written in both languages side by side (`Words(zh=…, en=…)`) are data, not msgids.
    """
    if isinstance(node, ast.Dict):
        parts: list[ast.expr] = list(node.values)
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        parts = list(node.elts)
    elif isinstance(node, ast.Call):
        plain = not isinstance(node.func, ast.Name) or node.func.id not in {*GETTEXT, "Words"}
        parts = [*node.args, *(word.value for word in node.keywords)] if plain else []
    else:
        yield from (text for text in _branches(node) if SAYING.search(text))
        return
    for part in parts:
        yield from _sayings(part)


def _first_call(text: str) -> ast.Call | None:
    """The call a piece of text begins with, up to its own closing bracket."""
    for end in (match.end() for match in re.finditer(r"\)", text[:8000])):
        try:
            node = ast.parse(text[:end], mode="eval").body
        except (SyntaxError, ValueError):
            continue
        return node if isinstance(node, ast.Call) else None
    return None


# ── the written catalogue ───────────────────────────────────────────────────────────────────────────────


def load(path: Path = WRITTEN) -> Catalog:
    """A catalogue from its file; an empty one when there is none yet."""
    if not path.is_file():
        return Catalog(locale="zh_Hans", project="Linli", charset="utf-8")
    with path.open("rb") as handle:
        return read_po(handle, locale="zh_Hans")


def merge(sources: Iterable[Path] = ()) -> Catalog:
    """Bring the written catalogue into step with the code; translations it lacks are taken from `sources`."""
    held = load()
    given = {_key(message): message for message in held if message.id and translated(message)}
    for source in sources:
        for message in load(source):
            if not message.id or not translated(message):
                continue
            kept = given.setdefault(_key(message), message)
            if kept.string != message.string:
                print(f"{source.name}: {message.id!r} stays {kept.string!r}, not {message.string!r}")
    fresh = Catalog(locale="zh_Hans", project="Linli", charset="utf-8", fuzzy=False)
    for (context, text), files in sorted(extract().items(), key=_order):
        one = _one(text)
        kept = given.get((context, one))
        string = kept.string if kept else ""
        if isinstance(text, tuple) and isinstance(string, str):
            string = (string,)
        places = [(name, None) for name in sorted(files)]
        flags = ("python-format",) if re.search(r"%\(\w+\)s", one) else ()
        fresh.add(text, string, locations=places, context=context, flags=flags)
    return fresh


def save(catalogue: Catalog, path: Path = WRITTEN) -> None:
    """Write a catalogue whose diff shows changed words and nothing else: sorted, no line numbers or dates."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".po.part")
    with partial.open("wb") as handle:
        handle.write(HEADER.encode())
        write_po(
            handle, catalogue, width=110, sort_output=True, include_lineno=False, omit_header=True,
            ignore_obsolete=True,
        )  # fmt: skip
    partial.replace(path)


def _key(message: object) -> Key:
    """One name for a message, whether it has a plural or not."""
    text = message.id[0] if isinstance(message.id, list | tuple) else message.id  # type: ignore[attr-defined]
    return message.context, text  # type: ignore[attr-defined]


def _order(item: tuple[Key, set[str]]) -> tuple[str, str]:
    (context, text), _files = item
    return _one(text), context or ""


def _one(text: str | tuple[str, str]) -> str:
    """The singular: what a message is known by."""
    return text if isinstance(text, str) else text[0]


def translated(message: object) -> str:
    """The Chinese of a message; empty when there is none."""
    string = message.string  # type: ignore[attr-defined]
    return string if isinstance(string, str) else (string[0] if string else "")


# ── checking ────────────────────────────────────────────────────────────────────────────────────────────


def problems(found: Found, catalogue: Catalog) -> list[str]:
    """Everything wrong with the translations, one line each."""
    texts = {_key(message): message for message in catalogue if message.id}
    wanted = {(context, _one(text)): files for (context, text), files in found.items()}
    wrong = [f"left over: {text!r}" for _context, text in texts.keys() - wanted.keys()]
    wrong += [f"obsolete: {message.id!r}" for message in catalogue.obsolete.values()]
    for key, files in wanted.items():
        message = texts.get(key)
        where = sorted(files)[0]
        if message is None or not translated(message):
            wrong.append(f"not translated: {key[1]!r} ({where})")
        elif message.fuzzy:
            wrong.append(f"fuzzy: {key[1]!r} ({where})")
        elif placeholders(str(key[1])) != placeholders(translated(message)) and not _plural_of(message):
            wrong.append(f"other placeholders: {key[1]!r} → {translated(message)!r} ({where})")
    return sorted(wrong)


def _plural_of(message: object) -> bool:
    """A plural may leave its number out of the singular; its plural form must agree."""
    text = message.id  # type: ignore[attr-defined]
    return isinstance(text, list | tuple) and placeholders(text[1]) == placeholders(translated(message))


def placeholders(text: str) -> frozenset[str]:
    """The places of a text that values fill."""
    return frozenset(match.group(0) for match in PLACEHOLDER.finditer(text) if match.group(1))


# ── compiling ───────────────────────────────────────────────────────────────────────────────────────────


def compile_catalogues() -> bool:
    """Write both compiled catalogues, whole or not at all; False when they were in step already."""
    targets = [WRITTEN.with_suffix(".mo"), TRADITIONAL]
    value = hashlib.sha256(WRITTEN.read_bytes() + Path(__file__).read_bytes()).hexdigest()
    if all(path.is_file() for path in targets) and _stamped() == value:
        return False
    STAMP.unlink(missing_ok=True)
    simplified = load()
    _write(simplified, targets[0])
    _write(traditional(simplified), TRADITIONAL)
    STAMP.parent.mkdir(parents=True, exist_ok=True)
    STAMP.write_text(json.dumps(value), encoding="utf-8")
    return True


def traditional(simplified: Catalog) -> Catalog:
    """The same catalogue in Traditional characters and Taiwan's words."""
    from opencc import OpenCC  # noqa: PLC0415  (its tables take longest to load; only compiling needs them)

    converter = OpenCC("s2twp")

    def convert(text: str) -> str:
        text = converter.convert(text)
        for taken, said in AS_SAID.items():
            text = text.replace(taken, said)
        return text

    made = Catalog(locale="zh_Hant", project="Linli", charset="utf-8", fuzzy=False)
    for message in simplified:
        if message.id:
            string = message.string
            many = string if isinstance(string, str) else tuple(convert(form) for form in string)
            made.add(message.id, convert(many) if isinstance(many, str) else many, context=message.context)
    return made


def _write(catalogue: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".mo.part")
    with partial.open("wb") as handle:
        write_mo(handle, catalogue)
    partial.replace(path)


def _stamped() -> object:
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────


def main(arguments: list[str]) -> int:
    """Do what is asked; the status is 1 when `check` finds something."""
    verb, files = (arguments[0].lstrip("-"), arguments[1:]) if arguments else ("all", [])
    if verb in ("extract", "merge", "check", "all") and not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    if verb == "extract":
        for (context, text), where in sorted(extract().items(), key=_order):
            print(f"{context + ' | ' if context else ''}{text!r}  {', '.join(sorted(where))}")
    elif verb == "check":
        wrong = problems(extract(), load())
        print("\n".join(wrong) or "Every text is translated.")
        return int(bool(wrong))
    elif verb in ("merge", "all", "compile"):
        if verb != "compile":
            catalogue = merge(Path(name) for name in files)
            save(catalogue)
            lacking = [message.id for message in catalogue if message.id and not translated(message)]
            print(f"{len(catalogue)} texts, {len(lacking)} without a translation")
        if verb != "merge":
            print("Translations compiled" if compile_catalogues() else "Translations are in step")
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
