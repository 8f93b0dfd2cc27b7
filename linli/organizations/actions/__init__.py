"""The only writers of organizations, posts, appointments and service areas."""

from linli.organizations.actions.administrators import end_administrator, name_administrator
from linli.organizations.actions.appointments import appoint, end_appointment, name_stand_in
from linli.organizations.actions.bulk import (
    AppointmentRow,
    AreaRow,
    OrganizationRow,
    PostRow,
    StandInRow,
    import_organizations,
)
from linli.organizations.actions.invitations import Slip, invite, use_invitation, withdraw_invitation
from linli.organizations.actions.keys import IssuedKey, issue_key, note_use, revoke_key
from linli.organizations.actions.posts import close_post, open_post, set_post_kind
from linli.organizations.actions.units import end_area, found, serve_area

__all__ = [
    "AppointmentRow",
    "AreaRow",
    "IssuedKey",
    "OrganizationRow",
    "PostRow",
    "Slip",
    "StandInRow",
    "appoint",
    "close_post",
    "end_administrator",
    "end_appointment",
    "end_area",
    "found",
    "import_organizations",
    "invite",
    "issue_key",
    "name_administrator",
    "name_stand_in",
    "note_use",
    "open_post",
    "revoke_key",
    "serve_area",
    "set_post_kind",
    "use_invitation",
    "withdraw_invitation",
]
