"""Errors of the kernel that a door shows to people."""

from collections.abc import Mapping


class InvalidCode(ValueError):
    """A code that cannot be right; `reason` is an English msgid, `params` fills its places.

    The value itself is never put into the message: it may be someone's identity number.
    """

    def __init__(self, reason: str, params: Mapping[str, object] | None = None) -> None:
        """Keep the msgid and its parameters apart, so that the door can translate."""
        super().__init__(reason)
        self.reason = reason
        self.params: Mapping[str, object] = dict(params or {})

    def __str__(self) -> str:
        """The untranslated sentence, for logs and tests."""
        return self.reason % self.params if self.params else self.reason
