"""Tables of bodies, their meetings, what came of them, and what is laid open."""

from linli.gatherings.models.bodies import Appraisal, Body, CalendarFeed, Membership
from linli.gatherings.models.gatherings import AgendaItem, Attendance, Gathering, Point, SpeakingTurn
from linli.gatherings.models.outcomes import Minutes, MinutesTemplate, Resolution
from linli.gatherings.models.postings import Disclosure, DisclosureClass, Objection, Posting

__all__ = [
    "AgendaItem",
    "Appraisal",
    "Attendance",
    "Body",
    "CalendarFeed",
    "Disclosure",
    "DisclosureClass",
    "Gathering",
    "Membership",
    "Minutes",
    "MinutesTemplate",
    "Objection",
    "Point",
    "Posting",
    "Resolution",
    "SpeakingTurn",
]
