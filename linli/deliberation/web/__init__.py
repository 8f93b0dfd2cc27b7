"""Doors of talking together."""
