"""The only writers of bodies, meetings, what came of them, postings and disclosures."""

from linli.gatherings.actions.accounting import adopt_owners_classes, lay_account_open
from linli.gatherings.actions.appraising import appraise
from linli.gatherings.actions.bodies import change_body, end_membership, form_body, name_member
from linli.gatherings.actions.calling import add_item, await_item, cancel, drop_item, notify_members, plan
from linli.gatherings.actions.disclosing import (
    add_class,
    adopt_classes,
    change_class,
    disclose,
    end_class,
)
from linli.gatherings.actions.duties import finish_duty, note_election
from linli.gatherings.actions.feeds import make_feed, revoke_feed
from linli.gatherings.actions.handing import hand_on, note_ballot
from linli.gatherings.actions.hanging import hang, take_down
from linli.gatherings.actions.holding import (
    close,
    hear_speaker,
    list_speaker,
    note_point,
    open_planned,
    open_sitting,
)
from linli.gatherings.actions.minutes_templates import change_template, end_template, keep_template
from linli.gatherings.actions.outcomes import (
    approve_minutes,
    follow,
    publish,
    record_result,
    resolve,
    save_minutes,
)
from linli.gatherings.actions.petitioning import (
    begin_petition,
    count_sheet,
    drop_petition,
    drop_sheet,
    sign,
)
from linli.gatherings.actions.posting import answer, note_objection, object_to, post_resolutions, settle
from linli.gatherings.actions.signing import (
    sign_in_by_code,
    sign_in_by_list,
    sign_in_by_proxy,
    sign_in_remote,
)

__all__ = [
    "add_class",
    "add_item",
    "adopt_classes",
    "adopt_owners_classes",
    "answer",
    "appraise",
    "approve_minutes",
    "await_item",
    "begin_petition",
    "cancel",
    "change_body",
    "change_class",
    "change_template",
    "close",
    "count_sheet",
    "disclose",
    "drop_item",
    "drop_petition",
    "drop_sheet",
    "end_class",
    "end_membership",
    "end_template",
    "finish_duty",
    "follow",
    "form_body",
    "hand_on",
    "hang",
    "hear_speaker",
    "keep_template",
    "lay_account_open",
    "list_speaker",
    "make_feed",
    "name_member",
    "note_ballot",
    "note_election",
    "note_objection",
    "note_point",
    "notify_members",
    "object_to",
    "open_planned",
    "open_sitting",
    "plan",
    "post_resolutions",
    "publish",
    "record_result",
    "resolve",
    "revoke_feed",
    "save_minutes",
    "settle",
    "sign",
    "sign_in_by_code",
    "sign_in_by_list",
    "sign_in_by_proxy",
    "sign_in_remote",
    "take_down",
]
