"""What kinds, states, roles and ways are called on screen: one table each."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.gatherings.kinds import (
    AccountKind,
    Asks,
    Blank,
    BodyKind,
    CalledBy,
    Counted,
    DutyKind,
    Finding,
    Manner,
    Paper,
    PostingKind,
    Presence,
    Result,
    Role,
    Shipped,
    SittingKind,
    State,
    Way,
)
from linli.gatherings.rules.minutes import SHIPPED, Section
from linli.kernel.clock import today

BODY_LABELS: Mapping[str, Any] = {
    BodyKind.JOINT_CONFERENCE: _("Joint conference"),
    BodyKind.PARTY_COMMITTEE: _("Party committee"),
    BodyKind.BUILDING_COUNCIL: _("Building residents’ council"),
    BodyKind.SELF_MANAGEMENT: _("Courtyard self-management committee"),
    BodyKind.DELIBERATION: _("Council for talking things over"),
    BodyKind.VOLUNTEERS: _("Volunteer team"),
    BodyKind.RESIDENTS_COMMITTEE: _("Residents’ committee"),
    BodyKind.SUPERVISORY: _("Committee that watches over affairs"),
    BodyKind.OWNERS_COMMITTEE: _("Owners’ committee"),
    BodyKind.RESIDENTS_ASSEMBLY: _("Residents’ assembly"),
    BodyKind.REP_ASSEMBLY: _("Residents’ representatives’ assembly"),
    BodyKind.OWNERS_ASSEMBLY: _("Owners’ assembly"),
}
SITTING_LABELS: Mapping[str, Any] = {
    SittingKind.OPEN_AIR: _("Open-air talk"),
    SittingKind.PAVILION: _("Talk in the pavilion"),
    SittingKind.TREE: _("Talk under the tree"),
    SittingKind.CONSULTATION: _("Consultation"),
}
ROLE_LABELS: Mapping[str, Any] = {
    Role.CHAIR: _("Chair"),
    Role.MEMBER: _("Member"),
    Role.REP: _("Residents’ representative"),
    Role.ADVISER: _("Adviser (worthy)"),
    Role.INVITED: _("Invited unit"),
}
STATE_LABELS: Mapping[str, tuple[str, Any]] = {
    State.PLANNED: ("plain", _("Planned")),
    State.NOTICED: ("soon", _("Notice sent")),
    State.OPEN: ("go", _("Sitting now")),
    State.CLOSED: ("plain", pgettext_lazy("a meeting", "Over")),
    State.PUBLISHED: ("go", pgettext_lazy("a meeting", "Published")),
    State.CANCELLED: ("plain", _("Called off")),
}
WAY_LABELS: Mapping[str, Any] = {
    Way.CODE: _("by the code"),
    Way.LIST: _("by the list"),
    Way.REMOTE: _("from afar"),
    Way.PROXY: _("by proxy"),
}
SHARE_LABELS: Mapping[str, Any] = {
    Presence.NONE: _("No quorum"),
    Presence.MORE_THAN_HALF: _("More than half"),
    Presence.TWO_THIRDS: _("Two thirds or more"),
}
CALLED_LABELS: Mapping[str, Any] = {
    CalledBy.ITSELF: _("By itself"),
    CalledBy.ADULTS: _("Adult residents asked for it"),
    CalledBy.HOUSEHOLD_REPS: _("Household representatives asked for it"),
    CalledBy.REPS: _("Residents’ representatives asked for it"),
    CalledBy.OWNERS: _("Owners asked for it"),
}
COUNTED_LABELS: Mapping[str, Any] = {
    Counted.ADULTS: _("Every adult resident"),
    Counted.HOUSEHOLDS: _("One representative for each household"),
    Counted.OWNERS: _("The owners, by heads and area"),
}
FINDING_LABELS: Mapping[str, tuple[str, Any]] = {
    Finding.FIT: ("go", _("Up to the office")),
    Finding.UNFIT: ("late", _("Not up to the office")),
}
DUTY_LABELS: Mapping[str, Any] = {
    DutyKind.FIRST_MEETING: _("First meeting of the new committee"),
    DutyKind.FILING: _("Filing with the street office and the district"),
    DutyKind.CHANGE_FILING: _("Filing of a change of members"),
    DutyKind.HANDOVER: _("Handover by the outgoing committee"),
}
PAPER_LABELS: Mapping[str, Any] = {
    Paper.ELECTION: _("How the assembly was set up and the committee elected"),
    Paper.COVENANT: _("The covenant of the house"),
    Paper.PROCEDURE: _("The owners’ rules of procedure"),
    Paper.DECISIONS: _("Other decisions of weight by the assembly"),
    Paper.CHANGES: _("Written report of the changes"),
}
MANNER_LABELS: Mapping[str, Any] = {
    Manner.CONSENSUS: _("Nobody was against it"),
    Manner.HANDS: _("Hands were counted"),
}
ASKS_LABELS: Mapping[str, Any] = {
    Asks.TASK: _("A unit does something by a day"),
    Asks.ADOPTED: _("Adopted (a text, a report, a choice of people): nobody has to do anything"),
    Asks.NOTED: _("Taken note of: nobody has to do anything"),
}
RESOLVED_LABELS: Mapping[str, Any] = {
    Asks.TASK: _("It was resolved"),
    Asks.ADOPTED: pgettext_lazy("a resolution", "Adopted"),
    Asks.NOTED: _("Taken note of"),
}
RESULT_LABELS: Mapping[str, tuple[str, Any]] = {
    Result.PENDING: ("soon", _("Being carried out")),
    Result.DONE: ("go", _("Carried out")),
    Result.NOT_DONE: ("late", _("Not carried out")),
}
POSTING_LABELS: Mapping[str, Any] = {
    PostingKind.AFFAIRS: _("Affairs laid open"),
    PostingKind.RESOLUTIONS: _("What was resolved"),
    PostingKind.STEP: _("Posted before it goes on"),
}
BLANK_LABELS: Mapping[Blank, Any] = {
    Blank.HELD_BY: _("who met"),
    Blank.TITLE: _("title"),
    Blank.WHEN: _("day and hour"),
    Blank.WHERE: _("place and room"),
    Blank.COUNT: _("how many came"),
    Blank.PRESENT: _("present of those entitled"),
    Blank.QUORUM: _("whether the quorum was there"),
    Blank.NAMES: _("names of those who came"),
    Blank.AGENDA: _("agenda with what was said and resolved"),
    Blank.ITEMS: _("agenda, titles alone"),
    Blank.SAID: _("everything said"),
    Blank.ALSO_SAID: _("said outside the agenda"),
    Blank.RESOLVED: _("everything resolved"),
    Blank.ALSO_RESOLVED: _("resolved outside the agenda"),
}
SHIPPED_LABELS: Mapping[Shipped, Any] = {
    Shipped.MEETING: _("Minutes of a meeting"),
    Shipped.SITTING: _("Minutes of a talk on the spot"),
}
HEADINGS: Mapping[str, Any] = {
    "When": _("When"),
    "Where": _("Where"),
    "There were": _("There were"),
    "Also said": _("Also said"),
    "What was said": _("What was said"),
}
CLASS_LABELS: Mapping[str, Any] = {
    "decisions": _("What the assemblies decided, and how it is carried out"),
    "rules": _("The residents’ covenant and the rules of self-government"),
    "money": _("Money of the residents’ committee: what came in, what was spent"),
    "grants": _("Grants, relief and donations, and who received them"),
    "assisting": _("Work done for government offices, and charges in the committee’s name"),
    "welfare": _("Public works and services: projects, contracts, results"),
    "concerns": _("Whatever else touches residents’ interests and is asked about by many"),
    "elections": _("Democratic elections"),
    "consultation": _("Democratic consultation"),
    "decision_making": _("Democratic decisions"),
    "management": _("Democratic management"),
    "supervision": _("Democratic supervision"),
    "party_open": _("Party affairs laid open"),
    "committee_open": _("Committee affairs laid open"),
    "finance_open": _("Finances laid open"),
    AccountKind.FUND: _("The maintenance fund: what was raised, what was spent"),
    AccountKind.INCOME: _("Income from common parts: what came in, what it cost"),
}


def kind_label(row: Any) -> Any:
    """What sort of meeting or sitting it is."""
    return BODY_LABELS[row.body.kind] if row.body else SITTING_LABELS[row.sitting]


def where(row: Any, between: str = " · ") -> str:
    """Where a meeting is held: the place and the room, once where both read the same."""
    return between.join(part for part in dict.fromkeys((row.place.name, row.room)) if part)


def blank_names() -> dict[Blank, str]:
    """The blanks by the names this reader knows them by."""
    return {code: str(label) for code, label in BLANK_LABELS.items()}


def shipped_sections(code: Shipped) -> list[Section]:
    """A shipped template with the headings in the reader's language."""
    return [
        Section(str(HEADINGS[each.heading]) if each.heading else "", each.words) for each in SHIPPED[code]
    ]


def standing(posting: Any) -> Any:
    """How something on the board stands today: objected to, taken down, its days over, or up."""
    if posting.waiting:
        return _("objections")
    if posting.settled_at:
        return _("taken down")
    return _("days are over") if posting.ends < today() else _("up")


def class_title(row: Any) -> str:
    """What a class of affairs is called: its community's own words, or those every community begins with."""
    return str(row.title or CLASS_LABELS[row.code])
