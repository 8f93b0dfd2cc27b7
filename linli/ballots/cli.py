"""`linli ballots recount`: a published file in, its count out; no settings, no database."""

import argparse
import json
import sys

from linli.ballots.rules.recount import recount as counted
from linli.ballots.rules.specified import Damaged


def recount(options: argparse.Namespace) -> int:
    """Count a published file again and print the result as JSON.

    Status 1 with the reason when the file is damaged, or when it says something else came of it.
    """
    try:
        found = counted(options.file.read_bytes())
    except Damaged as fault:
        print(f"{options.file}: {fault}", file=sys.stderr)
        return 1
    print(json.dumps(found, ensure_ascii=False, indent=2))
    if found["agrees_with_published"] is False:
        print(f"{options.file}: this count and the result in the file differ", file=sys.stderr)
        return 1
    return 0
