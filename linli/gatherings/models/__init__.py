"""Tables of bodies, their meetings, what came of them, and what is laid open."""

from linli.gatherings.models.accounts import AccountLine, HomeShare, OwnersAccount
from linli.gatherings.models.bodies import Appraisal, Body, CalendarFeed, Membership
from linli.gatherings.models.duties import BodyDuty
from linli.gatherings.models.gatherings import AgendaItem, Attendance, Gathering, Point, SpeakingTurn
from linli.gatherings.models.outcomes import Minutes, MinutesTemplate, Resolution
from linli.gatherings.models.petitions import Petition, Signatory, SignedSheet
from linli.gatherings.models.postings import Disclosure, DisclosureClass, Objection, Posting

__all__ = [
    "AccountLine",
    "AgendaItem",
    "Appraisal",
    "Attendance",
    "Body",
    "BodyDuty",
    "CalendarFeed",
    "Disclosure",
    "DisclosureClass",
    "Gathering",
    "HomeShare",
    "Membership",
    "Minutes",
    "MinutesTemplate",
    "Objection",
    "OwnersAccount",
    "Petition",
    "Point",
    "Posting",
    "Resolution",
    "Signatory",
    "SignedSheet",
    "SpeakingTurn",
]
