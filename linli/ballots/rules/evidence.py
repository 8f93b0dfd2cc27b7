"""What is kept of a sheet that was voted on.

建房〔2009〕274号 22: on a written ballot the owner signs personally. No law asks for a photo; but whether an
owner signed is what is asked first when a decision is doubted (民法典 280), and paper gets lost. So of an
owner's sheet there is a photo, or the reason why there is none. A secret sheet carries nobody's name and
needs none.
"""

from linli.ballots.kinds import Electorate
from linli.kernel.decision import ALLOWED, Decision, Denied


def may_be_entered(electorate: str, *, has_photo: bool, why_not: str) -> Decision:
    """Whether a sheet can be entered with what is kept of it."""
    if electorate == Electorate.OWNERS and not has_photo and not why_not:
        return Denied("A photo of an owner’s sheet is kept. Take one, or say why there is none.")
    return ALLOWED
