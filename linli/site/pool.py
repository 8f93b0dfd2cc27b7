"""How a process of a pool begins. It imports no app: it is what makes apps importable there."""

import django

from linli.site import processes


def begin() -> None:
    """End with the process that made the pool, even a killed one; then have Django."""
    processes.die_with_parent()
    django.setup()
