"""What the map component needs to know of the installation."""

from __future__ import annotations

from django import template
from django.conf import settings

from linli.frame.tiles import Tiles

register = template.Library()


@register.simple_tag
def map_tiles() -> Tiles | None:
    """The pictures behind the outlines, where the installation names some."""
    tiles: Tiles | None = settings.TILES
    return tiles
