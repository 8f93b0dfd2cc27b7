"""How somebody is connected with a matter besides by their powers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ties:
    """How somebody is connected with one matter besides their powers."""

    is_raiser: bool = False
    has_joined: bool = False
    handles_order: bool = False
    supervises: bool = False
    holds_tracking_code: bool = False
    lives_in_community: bool = False

    @property
    def is_party(self) -> bool:
        """Whether it is their own matter, signed in or by its code."""
        return self.is_raiser or self.has_joined or self.holds_tracking_code
