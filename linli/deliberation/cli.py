"""`linli opinions analyse`: files in, JSON out, no installation."""

import argparse
import json
import sys
from collections.abc import Sequence

import numpy as np

from linli.deliberation.opinions import export, votes, writing
from linli.deliberation.opinions.analysis import analyse as look_at
from linli.deliberation.opinions.export import Statement
from linli.deliberation.opinions.votes import AGREE, DISAGREE, VoteRows


def analyse(options: argparse.Namespace) -> int:
    """Print the analysis of a conversation exported from Polis, or of one of ours, as one JSON object."""
    rows = export.read_votes(options.votes)
    statements = export.read_statements(options.comments) if options.comments else []
    apart = differing(rows, statements)
    if apart:
        names = ", ".join(str(name) for name in apart)
        print(f"The tallies of these statements are not those of the votes: {names}", file=sys.stderr)
    found = look_at(
        votes.matrix(rows),
        out=[each.id for each in statements if each.is_out],
        about_talking=[each.id for each in statements if each.about_talking],
        given=export.read_groups(options.groups) if options.groups else None,
    )
    print(json.dumps(writing.as_json(found), ensure_ascii=False))
    return 0


def differing(rows: VoteRows, statements: Sequence[Statement]) -> list[votes.Id]:
    """Statements whose tallies do not count every vote cast on them: the two files do not belong together."""
    number = {each.id: at for at, each in enumerate(statements)}
    column = np.array([number.get(each, len(number)) for each in rows.statements], dtype=np.intp)
    agrees, disagrees = (
        np.bincount(column[rows.values == value], minlength=len(number) + 1).tolist()
        for value in (AGREE, DISAGREE)
    )
    return [
        each.id
        for at, each in enumerate(statements)
        if (each.agrees, each.disagrees) != (None, None)
        and ((each.agrees or 0), (each.disagrees or 0)) != (agrees[at], disagrees[at])
    ]
