"""Kinds of stored file and events."""

from enum import StrEnum

from linli.audit.kinds import EventKind


class MediaType(StrEnum):
    """The types accepted, decided by content and never by name."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"


class Event(EventKind):
    STORED = "documents.stored"
    REMOVED = "documents.removed"
