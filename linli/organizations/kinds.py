"""Kinds of organization, levels of post, powers and events."""

from enum import StrEnum

from linli.audit.kinds import EventKind


class OrganizationKind(StrEnum):
    RESIDENTS_COMMITTEE = "residents_committee"
    PARTY_BRANCH = "party_branch"
    OWNERS_COMMITTEE = "owners_committee"
    PROPERTY_COMPANY = "property_company"
    STREET_OFFICE = "street_office"
    DISTRICT = "district"
    DEPARTMENT = "department"
    SOCIAL_ORGANIZATION = "social_organization"
    FIRM = "firm"


class Level(StrEnum):
    """How high a post stands: matters escalate along these."""

    BUILDING = "building"
    GRID = "grid"
    COURTYARD = "courtyard"
    COMMUNITY = "community"
    STREET = "street"
    DISTRICT = "district"
    UNIT = "unit"


class Power(StrEnum):
    """`installation.set_up` comes with no post: whoever runs the installation holds it over everything."""

    APPOINT = "post.appoint"
    SET_UP = "installation.set_up"


class Event(EventKind):
    FOUNDED = "organizations.founded"
    POST_KIND_SET = "organizations.post_kind_set"
    POST_OPENED = "organizations.post_opened"
    APPOINTED = "organizations.appointed"
    POST_CLOSED = "organizations.post_closed"
    APPOINTMENT_ENDED = "organizations.appointment_ended", True
    STAND_IN_NAMED = "organizations.stand_in_named"
    AREA_SERVED = "organizations.area_served"
    IMPORTED = "organizations.imported"
    EXPORTED = "organizations.exported"
    KEY_ISSUED = "organizations.key_issued"
    KEY_REVOKED = "organizations.key_revoked"
    ADMINISTRATOR_NAMED = "organizations.administrator_named"
    ADMINISTRATOR_ENDED = "organizations.administrator_ended"
    INVITED = "organizations.invited"
    INVITATION_WITHDRAWN = "organizations.invitation_withdrawn"
    INVITATION_USED = "organizations.invitation_used"
