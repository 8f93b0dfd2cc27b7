"""The page the measurement writes."""

import os
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bench import environment, load

if TYPE_CHECKING:
    from bench.__main__ import Deciding, Round
    from bench.grouping import Grouped
    from bench.learning import Night

HEAD = """# Benchmarks

Written by `make bench`, from a database it fills itself: the demo's nine communities, then matters by
COPY (`bench/fill.py`). {machine}; {cores} cores for PostgreSQL, {workers} server workers
and the program that asks; PostgreSQL with its default durability. {seconds:g} s for each figure, in turns,
over kept connections. Machines differ and are noisy: read the **share**, which compares a request with a bare
view in the same run (same server, same middleware, one statement, no page). **Of plain** compares it with
what Django alone does of that size (`bench/floor.py`): fifty rows of three tables for somebody who is signed
in, in a bare loop; or as many rows written in one transaction as raising leaves. What a run leaves out
(`make bench ARGS="--only requests"`) stays as an earlier one measured it.
"""


def head(machine: str, seconds: float) -> str:
    """What was measured, and on what."""
    return HEAD.format(machine=machine, cores=os.cpu_count(), workers=environment.WORKERS, seconds=seconds)


def page(begins: str, sections: Sequence[str], known: str) -> str:
    """All of docs/benchmarks.md: what was measured now, and of the page as it was what was not."""
    parts = {_title(one): one for one in re.split(r"^(?=## )", known, flags=re.MULTILINE)[1:]}
    parts |= {_title(one): one for one in sections}
    return "\n".join([begins, *(one.rstrip("\n") + "\n" for one in parts.values())])


def _title(section: str) -> str:
    return section.partition("\n")[0]


def table(one: "Round") -> str:
    """One round's figures."""
    lines = [
        f"## {one.matters:,} matters\n",
        f"Filled in {one.filled_in:.0f} s; {one.bytes_per_matter:,.0f} bytes of database a matter with its "
        f"steps, order, answer, record and indexes; memory of the workers: "
        f"{', '.join(f'{size:.0f} MB' for size in one.memory)}.\n",
        "| request | queries | bytes | connections | requests/s | share | of plain | p50 ms | p99 ms "
        "| not 2xx |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    results = one.results
    for (name, connections), result in results.items():
        done = len(result.times)
        refused = sum(n for status, n in result.statuses.items() if not 200 <= status < 300)
        lines.append(
            f"| {name} | {one.queries[name]} | {result.bytes // max(done, 1):,} | {connections} "
            f"| {result.per_second:,.0f} | {share(results, (name, connections), one.floors[name])} "
            f"| {share(results, (name, connections), one.plain[name])} "
            f"| {result.percentile(0.5):.1f} | {result.percentile(0.99):.1f} | {refused} |"
        )
    return "\n".join([*lines, ""])


def decisions(found: "Deciding") -> str:
    """Votes and opinions."""
    cast, counted = found.cast, found.counted
    return "\n".join([
        "## Deciding together\n",
        "| what | figure |",
        "|---|---:|",
        f"| {sum(cast.statuses.values()):,} secret votes cast through the page at 32 connections "
        f"| {cast.per_second:,.1f}/s, p99 {cast.percentile(0.99):,.0f} ms |",
        f"| {counted.votes:,} votes counted in the database | {counted.tally:.1f} s |",
        f"| their published file written | {counted.file:.1f} s |",
        f"| the file counted again | {counted.recount:.1f} s |",
        f"| opinion map of 2,000 people × 200 statements | {found.opinion_map:.2f} s |",
        "",
    ])  # fmt: skip


def learnt(night: "Night | None") -> str:
    """What triage learns at night."""
    if night is None:
        said = "Not measured: the extra `learning` was not installed."
        return "\n".join(["## Learning at night\n", said, ""])
    return "\n".join([
        "## Learning at night\n",
        "| what | figure |",
        "|---|---:|",
        f"| {night.decisions:,} decisions on record; {night.versions} versions, of all communities and of "
        f"those with enough of their own, learnt from the latest {night.examples:,} | {night.first:,.0f} s |",
        f"| the night after, with the sentences at hand | {night.again:,.0f} s |",
        "",
    ])  # fmt: skip


def together(found: "Grouped") -> str:
    """Messages about the same thing."""
    return "\n".join([
        "## The same thing said twice\n",
        "| what | figure |",
        "|---|---:|",
        f"| {found.messages:,} messages grouped with their vectors at hand: {found.pairs:,} pairs compared, "
        f"{found.groups:,} groups | {found.seconds:.1f} s |",
        "",
    ])  # fmt: skip


def share(results: Mapping[tuple[str, int], load.Result], key: tuple[str, int], of: str) -> str:
    """Requests a second as a share of another view's; nothing where there is none to compare with."""
    return f"{results[key].per_second / results[of, key[1]].per_second:.2f}" if of else ""


def growth(small: "Round", large: "Round") -> str:
    """How many times slower each request became, by its median and by its throughput."""
    lines = [
        f"## From {small.matters:,} to {large.matters:,}\n",
        "How many times longer the median takes and how many times fewer are answered; 1 is no change. Each "
        "size has a database and a server of its own, asked turn about. **Turn by turn** are the least and "
        "the most of that ratio of neighbouring turns: how far the machine's own noise reaches.\n",
        "| request | connections | p50 | requests/s | turn by turn |",
        "|---|---:|---:|---:|---:|",
    ]
    before, after = small.results, large.results
    for key in before:
        slower = after[key].percentile(0.5) / before[key].percentile(0.5)
        fewer = before[key].per_second / after[key].per_second
        ratios = [
            less.per_second / more.per_second
            for less, more in zip(small.turns[key], large.turns[key], strict=True)
        ]
        between = f"{min(ratios):.2f}–{max(ratios):.2f}"
        lines.append(f"| {key[0]} | {key[1]} | {slower:.2f} | {fewer:.2f} | {between} |")
    return "\n".join([*lines, ""])
