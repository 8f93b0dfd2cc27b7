"""What else can be done where a matter is not the community's: every reason leads on to somebody who can.

Source of the reasons: what a hotline does not dispatch (接诉即办工作条例 art. 11): emergencies, legal
channels and petitions, repeats without new facts, secrets and privacy, beyond remit, unlawful.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from linli.matters.triage.words import REASONS, Reason, suggest
from linli.matters.wording import taxonomy

NOBODY_ELSE = gettext_lazy("Call 12345: the city's line passes it on to whoever is in charge.")
ADVICE: Mapping[str, Any] = {
    REASONS["emergency"]: gettext_lazy("If somebody is in danger now, call %(number)s first."),
    REASONS["legal"]: gettext_lazy(
        "What a court or an arbitrator decides nobody here may change. Free legal advice: call 12348; "
        "the community's mediators can help both sides to talk."
    ),
    REASONS["petition"]: gettext_lazy(
        "The petition office answers what was handed in there: ask it with your receipt, or look online."
    ),
    REASONS["secret"]: gettext_lazy("Please do not write about it here. Call 12339, or tell the police."),
    REASONS["private"]: gettext_lazy(
        "Nobody's details are given out. Tell the community what you need: it can ask them to call you."
    ),
    REASONS["unlawful"]: gettext_lazy("The community cannot do this. If you were wronged, call 110."),
    REASONS["beyond"]: gettext_lazy(
        "This is decided higher up. Call 12345, or 12333 for work and pensions; we gladly help you to ask."
    ),
    REASONS["repeated"]: gettext_lazy(
        "Open your earlier matter and urge it there, or add what is new: it then goes to the same people."
    ),
}


def ways_on(text: str, title: str) -> str:
    """What else can be done about something that is not ours, in the reader's language."""
    return advice(suggest(text, title, taxonomy()).out_of_scope) or str(NOBODY_ELSE)


def advice(reason: Reason | None) -> str:
    """What else can be done for a reason; "" without one."""
    if reason is None:
        return ""
    return str(ADVICE[reason.msgid]) % reason.params
