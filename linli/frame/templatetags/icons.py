"""The icons of Linli: strokes on a 24 × 24 grid, drawn inline so that they take the colour of the text."""

# ruff: noqa: E501 - a drawing is one line, however long

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# What is inside the <svg>. The markup is ours and constant, hence safe.
SHAPES: dict[str, str] = {
    "home": '<path d="M4 11l8-7 8 7v9h-5v-6H9v6H4z"/>',
    "clock": '<circle cx="12" cy="12" r="8"/><path d="M12 8v4l3 2"/>',
    "matters": '<path d="M6 4h12v16H6z"/><path d="M9.5 9h5M9.5 13h5M9.5 17h3"/>',
    "announce": '<path d="M4 10v4h3l8 4V6l-8 4zM18 9.5a4 4 0 0 1 0 5M8 14l1 5h2"/>',
    "inbox": '<path d="M4 13l3-8h10l3 8v6H4z"/><path d="M4 13h5a3 3 0 0 0 6 0h5"/>',
    "me": '<circle cx="12" cy="8" r="4"/><path d="M4 20a8 8 0 0 1 16 0"/>',
    "say": '<path d="M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5z"/><path d="M9 12h.01M13 12h.01M17 12h.01"/>',
    "discuss": '<path d="M5 5h14v10H9l-4 4z"/>',
    "services": '<path d="M4 7h16v12H4zM8 7V4h8v3"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "minus": '<path d="M5 12h14"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5"/>',
    "phone": '<path d="M6 4h3l1.5 4.5-2 1.5a12 12 0 0 0 5.5 5.5l1.5-2L20 15v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z"/>',
    "camera": '<path d="M4 8h3.5L9 5.5h6L16.5 8H20v11H4z"/><circle cx="12" cy="13" r="3.5"/>',
    "photo": '<path d="M4 5h16v14H4z"/><circle cx="9" cy="10" r="1.6"/><path d="M4.5 18l5-5 3.5 3.5 3-3 3.5 4"/>',
    "file": '<path d="M7 3.500h7l4 4v13H7z"/><path d="M14 3.500v4h4"/>',
    "place": '<path d="M12 21c4.5-5 6.5-8 6.5-11a6.5 6.5 0 0 0-13 0c0 3 2 6 6.5 11z"/><circle cx="12" cy="10" r="2.3"/>',
    "building": '<path d="M5 20V4h9v16M14 9h5v11M3.5 20h17"/><path d="M8 8h3M8 12h3M8 16h3M16.5 13h.01M16.5 16.500h.01"/>',
    "door": '<path d="M7 20V4h10v16M4 20h16"/><path d="M14 12h.01"/>',
    "people": '<circle cx="9" cy="9" r="3.3"/><path d="M3 19a6 6 0 0 1 12 0"/><path d="M15.5 6a3.2 3.2 0 0 1 0 6M17.5 14.500A6 6 0 0 1 21 19"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 20a8 8 0 0 1 16 0"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.500h16M8 3.500V7M16 3.500V7"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3"/><path d="M7 14h10v6H7z"/>',
    "copy": '<path d="M9 8h11v12H9z"/><path d="M15 8V4H4v12h5"/>',
    "lock": '<path d="M5 11h14v9H5z"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "unlock": '<path d="M5 11h14v9H5z"/><path d="M8 11V8a4 4 0 0 1 7.5-2"/>',
    "listen": '<path d="M4 10v4h3l5 4V6l-5 4z"/><path d="M15.5 9.500a3.5 3.5 0 0 1 0 5M18 7a7 7 0 0 1 0 10"/>',
    "stop": '<path d="M7 7h10v10H7z"/>',
    "warning": '<path d="M12 4l9 16H3z"/><path d="M12 10v4M12 17h.01"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8h.01"/>',
    "question": '<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.500a2.5 2.5 0 1 1 3.5 2.300c-.7.3-1 .8-1 1.700M12 16.500h.01"/>',
    "back": '<path d="M14.5 6l-6 6 6 6"/>',
    "next": '<path d="M9.5 6l6 6-6 6"/>',
    "down": '<path d="M6 9.500l6 6 6-6"/>',
    "up": '<path d="M6 14.500l6-6 6 6"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "edit": '<path d="M5 19l1-4L16.5 4.500l3 3L9 18z"/><path d="M14 7l3 3"/>',
    "trash": '<path d="M5 7h14M9 7V4.500h6V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5"/>',
    "trash-bin": '<path d="M6 8h12l-1 12H7zM5 8h14M10 5h4l1 3H9z"/>',
    "filter": '<path d="M4 6h16l-6 7v6l-4-2v-4z"/>',
    "sort": '<path d="M8 5v14M5 16l3 3 3-3M16 19V5M13 8l3-3 3 3"/>',
    "send": '<path d="M20 4L4 11l6 3 3 6z"/><path d="M10 14L20 4"/>',
    "star": '<path d="M12 4l2.5 5.2 5.5.8-4 4 1 5.7-5-2.7-5 2.7 1-5.7-4-4 5.5-.8z"/>',
    "heart": '<path d="M12 20C5 15 3.5 12 3.5 9A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8.5 2c0 3-1.5 6-8.5 11z"/>',
    "shield": '<path d="M12 3.500l7 2.500v6c0 4-3 7-7 8.5-4-1.5-7-4.5-7-8.500V6z"/><path d="M9 12l2.3 2.300L15.5 10"/>',
    "key": '<circle cx="8" cy="15" r="4"/><path d="M11 12l8-8M16 7l2.5 2.5"/>',
    "whistle": '<circle cx="9" cy="14" r="5.5"/><path d="M9 8.500h11.500v4H14M12 5.500V4M15 5.500l1-1.5"/><circle cx="9" cy="14" r="1.5"/>',
    "scale": '<path d="M12 4v16M8 20h8M5 7h14M5 7l-2.5 6a2.7 2.7 0 0 0 5 0zM19 7l-2.5 6a2.7 2.7 0 0 0 5 0z"/>',
    "hand": '<path d="M8 13V6.500a1.5 1.5 0 0 1 3 0V11M11 10.500V5a1.5 1.5 0 0 1 3 0v5.500M14 11V6.500a1.5 1.5 0 0 1 3 0V14c0 4-2 6.5-5.5 6.500S6.5 18 4.5 14a1.5 1.5 0 0 1 2.6-1.500L8 14"/>',
    "leaf": '<path d="M5 19c0-9 5-14 15-14 0 10-5 15-13 13"/><path d="M5 19c3-5 6-7 9-8.5"/>',
    "wrench": '<path d="M19.5 7.500a5 5 0 0 1-6.5 6L7 19.500a2 2 0 0 1-2.8-2.800l6-6a5 5 0 0 1 6-6.500l-3 3 .8 2.2 2.3.8z"/>',
    "bulb": '<path d="M9 17c0-2-3-3.5-3-7a6 6 0 0 1 12 0c0 3.5-3 5-3 7zM10 20.500h4"/>',
    "car": '<path d="M4 16v-4l2-5h12l2 5v4zM4 12h16M6 16v2.500M18 16v2.5"/><path d="M7.5 14h.01M16.5 14h.01"/>',
    "elevator": '<path d="M6 4h12v16H6zM12 4v16"/><path d="M8.3 10.500L9 9.500l.7 1M14.3 9.500l.7 1 .7-1"/>',
    "drop": '<path d="M12 3.500c4 5 6 7.8 6 10.500a6 6 0 0 1-12 0c0-2.7 2-5.5 6-10.500z"/>',
    "noise": '<path d="M4 10v4h3l5 4V6l-5 4zM16 9l5 6M21 9l-5 6"/>',
    "pet": '<circle cx="7" cy="10" r="1.5"/><circle cx="10.5" cy="6.5" r="1.5"/><circle cx="14.5" cy="6.5" r="1.5"/>'
    '<circle cx="17.5" cy="10" r="1.5"/><path d="M12.3 11c2 0 4.7 3.5 4.7 5.800S14.5 19 12.3 19 8 19 8 16.8 10.3 11 12.3 11z"/>',
    "globe": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.500c5 5 5 12 0 17M12 3.500c-5 5-5 12 0 17"/>',
    "settings": '<path d="M5 7h8M17 7h2M5 17h2M11 17h8"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>',
    "out": '<path d="M13 4H5v16h8M10 12h10M17 9l3 3-3 3"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.700l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.700l1-1"/>',
    "qr": '<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2M20 14v3M14 20h2M19 20h1"/>',
    "download": '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.500M5 20h14"/>',
    "upload": '<path d="M12 16V5M7.5 9L12 4.5 16.5 9M5 20h14"/>',
    "undo": '<path d="M8 5L4 9l4 4M4 9h9a5.5 5.5 0 0 1 0 11H8"/>',
    "merge": '<path d="M6 4c0 6 6 5 6 11v5M18 4c0 6-6 5-6 11M9 17l3 3 3-3"/>',
    "split": '<path d="M12 4v5c0 6-6 5-6 11M12 9c0 6 6 5 6 11M3.5 17.500L6 20l2.5-2.500M15.5 17.500L18 20l2.5-2.5"/>',
    "pause": '<path d="M8 5v14M16 5v14"/>',
    "play": '<path d="M7 5l12 7-12 7z"/>',
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01"/>',
    "chart": '<path d="M4 20h16M7 16v-4M12 16V6M17 16V9"/>',
    "map": '<path d="M4 6l5-2 6 2 5-2v14l-5 2-6-2-5 2zM9 4v14M15 6v14"/>',
    "vote": '<path d="M4 12h3l1-1h8l1 1h3v8H4zM9 15.500h6"/><path d="M8.5 11L12 4l4 2-2.5 5"/>',
    "wallet": '<path d="M4 7h15v12H4zM4 7l11-3v3"/><path d="M15.5 13h.01"/>',
    "book": '<path d="M5 5c3-1 5-1 7 1 2-2 4-2 7-1v14c-3-1-5-1-7 1-2-2-4-2-7-1zM12 6v14"/>',
    "text-size": '<path d="M3 19L8.5 5 14 19M5 14.500h7M15 19l3-7.5 3 7.500M16 16.500h4"/>',
    "mood-5": '<circle cx="12" cy="12" r="8.5"/><path d="M7.5 13.500a4.7 4.7 0 0 0 9 0z"/><path d="M9 9.500h.01M15 9.500h.01"/>',
    "mood-4": '<circle cx="12" cy="12" r="8.5"/><path d="M8 14a5 5 0 0 0 8 0M9 9.500h.01M15 9.500h.01"/>',
    "mood-3": '<circle cx="12" cy="12" r="8.5"/><path d="M8.5 15h7M9 9.500h.01M15 9.500h.01"/>',
    "mood-2": '<circle cx="12" cy="12" r="8.5"/><path d="M8 16a5 5 0 0 1 8 0M9 9.500h.01M15 9.500h.01"/>',
    "mood-1": '<circle cx="12" cy="12" r="8.5"/><path d="M8 16.500a4.5 4.5 0 0 1 8 0M8 9l2 1M16 9l-2 1"/>',
}


@register.simple_tag
def icon_shape(name: str) -> SafeString:
    """The strokes of one icon; an unknown name draws a plain circle, so that a page never fails over a picture."""
    return mark_safe(SHAPES.get(name, '<circle cx="12" cy="12" r="4"/>'))


@register.simple_tag
def icon_names() -> list[str]:
    """Every icon there is, for the catalogue."""
    return sorted(SHAPES)
