"""One page of documentation for each practice: its drawing, what the place does, how to adopt it.

Written by `linli procedures pages`; what stands in them is read from the practices' files alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from linli.kernel.text import listed
from linli.matters.procedures.practice import LoadedPractice
from linli.matters.procedures.schema import Procedure, Words
from linli.matters.procedures.wording import duration, lateness

INDEX = "README.md"
MADE = "<!-- Made by `linli procedures pages` from the practice's files; change those. -->"
HOW: tuple[Words, ...] = (
    Words(
        zh="社区书记在工作台打开「工作法」，选一种，先看图，再看它要哪些岗位。",
        en="At the desk the secretary opens “Ways of working”, chooses one, and looks at its drawing and "
        "at the posts it needs there: filled, vacant or missing.",
    ),
    Words(
        zh="缺的岗位可以先到「岗位」里设；不设，那一步先由社区干事接着。",
        en="A missing post can be opened on the page of posts; until then the community's clerk takes "
        "its steps.",
    ),
    Words(
        zh="按一下「采用」，从当天起新提的事按它走，正在办的照旧。",
        en="One press adopts it. From that day new matters follow it; what runs ends as it began.",
    ),
    Words(
        zh="想改就「改一份」：步骤、谁办、几天、按钮都能改；拿过去的事试试，再发布。",
        en="To change it, change a copy: steps, holders, limits and buttons, with the drawing beside; try it "
        "on a past matter, then publish.",
    ),
)


def pages(practices: Iterable[LoadedPractice]) -> dict[str, str]:
    """The text of every page by its file's name, the index among them."""
    found = {f"{practice.code}.md": page(practice) for practice in practices}
    return {INDEX: index(practices), **found}


def index(practices: Iterable[LoadedPractice]) -> str:
    """The list of practices."""
    lines = [MADE, "", "# 各地的工作法 · Practices", "", "| 工作法 | 哪里在用 · where | |", "|---|---|---|"]
    for loaded in practices:
        one = loaded.practice
        name = f"[{one.name.zh} · {one.name.en}]({loaded.code}.md)"
        lines.append(f"| {name} | {one.place.zh} · {one.place.en} | {one.summary.zh} |")
    how = "How procedure files are checked, drawn and changed: [procedures](../procedures.md)."
    return "\n".join([*lines, "", how, ""])


def page(loaded: LoadedPractice) -> str:
    """One practice, in both languages."""
    one = loaded.practice
    lines = [
        MADE,
        "",
        f"# {one.name.zh} · {one.name.en}",
        "",
        f"{one.place.zh} · {one.place.en}",
        "",
        one.summary.zh,
        "",
        one.summary.en,
        "",
        "## 这里怎么做 · What the place does",
        "",
    ]
    for said in one.does:
        lines += [f"- {said.zh}", f"  {said.en}"]
    for procedure in loaded.procedures:
        lines += ["", *_procedure(procedure, loaded)]
    lines += ["", "## 怎么采用 · How to adopt it", ""]
    for number, said in enumerate(HOW, start=1):
        lines += [f"{number}. {said.zh}", f"   {said.en}"]
    return "\n".join([*lines, ""])


def _procedure(procedure: Procedure, loaded: LoadedPractice) -> list[str]:
    """Its drawing, its steps as a table, and the posts they need."""
    code, file = procedure.procedure, f"linli/practices/{loaded.code}/procedures/{procedure.procedure}.yaml"
    lines = [
        f"## {procedure.title.zh} · {procedure.title.en}",
        "",
        f"![{procedure.title.zh}](../images/procedures/{code}.zh-hans.svg)",
        "",
        f"[in English](../images/procedures/{code}.en.svg) · file: `{file}`",
        "",
        "| 步骤 · step | 谁办 · held by | 几天 · within | 过期怎么办 · when late |",
        "|---|---|---|---|",
    ]
    for step in procedure.steps:
        held = [procedure.name_of(step.holder, language) for language in ("zh-hans", "en")]
        within = [duration(step.limit, language) for language in ("zh-hans", "en")]
        late = listed(lateness(step.late, procedure, "zh-hans"), "zh-hans")
        lines.append(
            f"| {step.title.zh} · {step.title.en} | {' · '.join(held)} | {' · '.join(within)} "
            f"| {late or '—'} |"
        )
    own = loaded.practice.posts
    if own:
        lines += ["", "它自己带的岗位 · Posts it brings:", ""]
        for post in own.values():
            lines.append(f"- {post.title.zh} · {post.title.en}")
    return lines
