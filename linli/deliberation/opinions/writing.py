"""An analysis as JSON, under the names Polis's server gives its own results."""

from __future__ import annotations

from typing import Any

import numpy as np

from linli.deliberation.opinions import directions
from linli.deliberation.opinions.analysis import Analysis, Group
from linli.deliberation.opinions.votes import order_of


def as_json(found: Analysis) -> dict[str, Any]:
    """Everything found, ready to be written. Members of groups are people; on the server, small clusters.

    Directions and centre are written as the server counts: agreement −1, disagreement 1.
    """
    counts = found.matrix.given.sum(axis=1)
    return {
        "n": len(found.matrix.people),
        "n-cmts": len(found.statements),
        "tids": list(found.statements),
        "mod-out": sorted(found.out, key=order_of),
        "meta-tids": sorted(found.about_talking, key=order_of),
        "in-conv": list(found.inside),
        "user-vote-counts": dict(zip(found.matrix.people, counts.tolist(), strict=True)),
        "pca": {
            "center": found.directions.center.tolist(),
            "comps": found.directions.comps.tolist(),
            "comment-projection": directions.statements(found.directions).tolist(),
            "comment-extremity": found.extremity.tolist(),
        },
        "base-clusters": _small(found),
        "group-clusters": [
            {"id": group.id, "members": list(group.members), "center": list(group.center)}
            for group in found.groups
        ],
        "group-votes": {group.id: _votes(group, found) for group in found.groups},
        "repness": found.representative,
        "consensus": found.consensus,
        "group-aware-consensus": found.group_aware_consensus,
        "comment-priorities": found.priorities,
    }


def _small(found: Analysis) -> dict[str, list[Any]]:
    numbers = range(len(found.small.centers))
    members = [[found.inside[row] for row in found.small.members(number)] for number in numbers]
    return {
        "id": list(numbers),
        "members": members,
        "x": found.small.centers[:, 0].tolist(),
        "y": found.small.centers[:, 1].tolist(),
        "count": np.bincount(found.small.label, minlength=len(numbers)).tolist(),
    }


def _votes(group: Group, found: Analysis) -> dict[str, Any]:
    counted = zip(
        found.statements,
        group.tally.agree.tolist(),
        group.tally.disagree.tolist(),
        group.tally.seen.tolist(),
        strict=True,
    )
    votes = {
        statement: {"A": agree, "D": disagree, "S": seen} for statement, agree, disagree, seen in counted
    }
    return {"id": group.id, "n-members": len(group.members), "votes": votes}
