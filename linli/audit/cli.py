"""`linli audit list`: the latest acts, by id and kind, for whoever runs the machine."""

import argparse
import sys
from uuid import UUID

from linli.audit import read
from linli.audit.kinds import Power
from linli.kernel.actor import Actor, ActorKind, Grant
from linli.kernel.clock import local

OPERATOR = Actor(None, (Grant(str(Power.READ), "/", None, None, None),), ActorKind.SYSTEM)


def list_entries(options: argparse.Namespace) -> int:
    """Newest first: time in Shanghai, event, who, on what, where. Nobody is named: there are only ids."""
    rows = read.readable(OPERATOR)
    if options.subject:
        try:
            rows = rows.filter(subject_id=UUID(options.subject))
        except ValueError:
            print(f"{options.subject} is not an id", file=sys.stderr)
            return 1
    for entry in rows[: max(options.limit, 0)]:
        who = f"{entry.actor_kind}:{entry.actor_id or '-'}"
        subject = f"{entry.subject_kind}:{entry.subject_id}"
        print(f"{local(entry.at):%Y-%m-%d %H:%M:%S}  {entry.event:<32} {who}  {subject}  {entry.place_path}")
    return 0
