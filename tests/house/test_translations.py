"""Every text the product shows is complete in Chinese, in both scripts."""

import importlib.util
import sys
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

from tests.house.reading import ROOT, expect_none


def _messages() -> ModuleType:
    name = "linli_messages"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / "messages.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


messages = _messages()


def test_every_text_is_translated() -> None:
    expect_none(messages.problems(messages.extract(), messages.load()))


def test_the_file_is_as_the_script_writes_it() -> None:
    """Sorted, without obsolete entries, so that two branches merge."""
    text = messages.WRITTEN.read_text(encoding="utf-8")
    assert "#~" not in text
    assert "#, fuzzy" not in text
    names = [str(messages._key(message)[1]) for message in messages.load() if message.id]
    assert names == sorted(names)


def test_traditional_keeps_every_place() -> None:
    simplified = messages.load()
    made = {messages._key(message): message for message in messages.traditional(simplified) if message.id}
    changed = [
        message.id
        for message in simplified
        if message.id
        and messages.placeholders(messages.translated(message))
        != messages.placeholders(messages.translated(made[messages._key(message)]))
    ]
    assert changed == []


def test_traditional_is_traditional() -> None:
    catalogue = Catalog(locale="zh_Hans")
    catalogue.add("This matter is closed: %(state)s", "这件事已经办结：%(state)s")
    made = messages.traditional(catalogue)
    assert messages.translated(made.get("This matter is closed: %(state)s")) == "這件事已經辦結：%(state)s"


def catalogue_of(string: str, text: str = "Held by %(holder)s", *, fuzzy: bool = False) -> Catalog:
    catalogue = Catalog(locale="zh_Hans")
    catalogue.add(text, string, flags={"fuzzy"} if fuzzy else set())
    return catalogue


def test_a_reason_handed_on_is_read() -> None:
    source = 'def f(actor):\n    """Whoever sorts."""\n    return _power(actor, "Your post does not sort.")\n'
    assert list(messages.sentences(source)) == [(None, "Your post does not sort.")]


FOUND = {(None, "Held by %(holder)s"): {"linli/matters/web.py"}}


@pytest.mark.parametrize(
    ("catalogue", "word"),
    [
        (catalogue_of(""), "not translated"),
        (Catalog(locale="zh_Hans"), "not translated"),
        (catalogue_of("在%(holder)s手里", fuzzy=True), "fuzzy"),
        (catalogue_of("在%(who)s手里"), "other placeholders"),
        (catalogue_of("已删", text="Gone"), "left over"),
    ],
)
def test_a_fault_is_seen(catalogue: Catalog, word: str) -> None:
    assert any(line.startswith(word) for line in messages.problems(FOUND, catalogue))


def test_a_good_catalogue_passes() -> None:
    assert messages.problems(FOUND, catalogue_of("在%(holder)s手里")) == []


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('{% trans "Say something" %}', {"Say something"}),
        ("<c-button label=\"{% trans 'Send' %}\">", {"Send"}),
        ("{% blocktrans trimmed %}Until {{ day }}\n  today{% endblocktrans %}", {"Until %(day)s today"}),
        ('{{ _("Hello") }}', {"Hello"}),
    ],
)
def test_templates_are_read(source: str, texts: set[str]) -> None:
    assert {text for _context, text in messages.template_messages(source)} == texts


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('_("A" " and B")', {"A and B"}),
        ('Denied("Wait for %(who)s.", {"who": name})', {"Wait for %(who)s."}),
        ('SENTENCES = {Topic.LATE: "It is late."}', {"It is late."}),
        ('LABELS = {State.OPEN: _("Open"), "closed": "Closed"}', {"Open", "Closed"}),
        ('VERB_TITLES = {Verb.ACCEPT: Words(zh="受理", en="Accept")}', set()),
        ('yield path, "the step is missing", {}', {"the step is missing"}),
        ('reason = "It is full." if full else "It is over."', {"It is full.", "It is over."}),
        ('ngettext("one day", "%(n)s days", 3)', {("one day", "%(n)s days")}),
    ],
)
def test_modules_are_read(source: str, texts: set[object]) -> None:
    assert {text for _context, text in messages.python_messages(source)} == texts
