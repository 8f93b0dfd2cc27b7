"""Doors of matters for other systems: matters, orders, how it ended, procedures."""
