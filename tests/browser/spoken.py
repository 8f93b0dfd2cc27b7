"""What the interface says in the language of a page, and whether it says anything in another.

Steps name the msgid; the words come from the catalogues and the procedure's file, so one story is told in all
three languages and no sentence of a catalogue stands here again.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.utils.translation import gettext, override
from opencc import OpenCC
from playwright.sync_api import Page

from linli.matters.read import settings as procedures
from linli.matters.wording import in_words
from linli.organizations.models import Organization
from linli.people.models import Person
from linli.places.models import Place

# What is read, heard or chosen on a page; a part that names its own language is in that one.
EVERY_WORD = """() => {
    const said = [document.title];
    for (const each of document.querySelectorAll('body, body *')) {
        if (each.closest('body [lang], script, style, textarea')) continue;
        for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'data-confirm'])
            said.push(each.getAttribute(name) ?? '');
        for (const node of each.childNodes) if (node.nodeType === 3) said.push(node.textContent);
    }
    return said.map(each => each.trim()).filter(each => each);
}"""
HAN = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"\b[A-Za-z][a-z]+\b")  # a word: a number's letters (JS-2026-…) and A4 are none


def language(page: Page) -> str:
    """Django's code of the language a page says it is in."""
    return str(page.locator("html").get_attribute("lang")).lower()


def said(page: Page, msgid: str) -> str:
    """A text of the interface as this page has it."""
    with override(language(page)):
        return gettext(msgid)


def button_of(page: Page, matter: Any, move: str) -> str:
    """What the button of a move (`negotiate:refer`) says in the language of the page."""
    target, _, verb = move.partition(":")
    matter.refresh_from_db(fields=["step_key"])
    moves = procedures.procedure_of(matter).step(matter.step_key).moves
    (found,) = [each for each in moves if (each.target, each.verb.value) == (target, verb)]
    with override(language(page)):
        return in_words(found.title)


def foreign(page: Page, *written: str) -> list[str]:
    """What the page says in another language than its own, besides names and what people have `written`."""
    named = (Place, Organization, Person)
    names = [name for model in named for name in model.objects.values_list("name", flat=True)]
    written += tuple(f"{name[0]}**" for name in names)  # as it is masked
    left = [(each, _besides(each, names, written)) for each in page.evaluate(EVERY_WORD)]
    return [each for each, rest in left if _is_foreign(rest, language(page))]


def _besides(text: str, names: Iterable[str], written: Iterable[str]) -> str:
    """What is left without names, and without what stands so in something written."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return HAN.sub(lambda run: "" if any(run.group() in one for one in written) else run.group(), text)


def _is_foreign(text: str, code: str) -> bool:
    if code == "en":
        return bool(HAN.search(text))
    simplified = _into("t2s").convert(text)
    same = simplified if code == "zh-hans" else _into("s2tw").convert(simplified)
    return bool(LATIN.search(text)) or same != text


@cache
def _into(script: str) -> OpenCC:
    return OpenCC(script)
