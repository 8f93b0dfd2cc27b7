"""What the installation's own commands do here: store the practices that came with this version."""

import argparse

from linli.founding import actions
from linli.kernel.actor import SYSTEM


def store_practices(_options: argparse.Namespace) -> None:
    """Inner command of `linli init` and of an empty demo."""
    actions.store_practices(by=SYSTEM)
