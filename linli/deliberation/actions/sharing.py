"""Who pays what: talked over round by round, answered home by home, closed."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linli.audit import actions as audit
from linli.deliberation.actions.words import line_of
from linli.deliberation.kinds import Event
from linli.deliberation.models import Sharing, SharingAnswer, SharingLine, SharingRound
from linli.deliberation.policies import sharing as policies
from linli.deliberation.policies.works import may_go_round, may_keep
from linli.deliberation.read import sharing as read
from linli.deliberation.rules import sharing as rules
from linli.deliberation.rules.sharing import Floor
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, accept, person_of, require
from linli.kernel.text import clean
from linli.notices import actions as notices
from linli.notices.kinds import Topic


@transaction.atomic
def open_sharing(
    *, by: Actor, place_id: UUID, title: str, opening_id: UUID | None = None, is_demo: bool = False
) -> Sharing:
    """Begin to talk over who pays what at an entrance; for a matter whose step talks about it, once."""
    place = read.entrance(place_id)
    if place is None:
        raise Refused("Choose an entrance.", status=UNPROCESSABLE)
    require(may_keep(by, place.path))
    listed = read.homes(place)
    if not listed or len(read.floors(listed)) != len(listed):
        raise Refused(
            "Every home of the entrance needs a number that tells its floor, such as 302.",
            status=UNPROCESSABLE,
        )
    row = Sharing(
        place=place,
        title=line_of(title, "Give it a title."),
        opened_by_id=person_of(by),
        opened_at=now(),
        is_demo=is_demo,
    )
    if opening_id is not None:
        row.asked_of_id = _matter(opening_id, place.path)
    row.save()
    audit.record(Event.SHARING_OPENED, by=by, subject=row, place_path=place.path)
    return row


def _matter(opening_id: UUID, path: str) -> UUID:
    matter = read.matter_asking(opening_id)
    if matter is None or not path.startswith(matter.community.path):
        raise Refused("The matter has moved on. Look at it again.", status=CONFLICT)
    if read.of_matter(matter.pk) is not None:
        raise Refused("This matter has its shares already.", status=CONFLICT)
    return matter.pk


@transaction.atomic
def propose(
    *, by: Actor, sharing_id: UUID, cost: int, subsidy: int, floors: Mapping[int, Floor], words: str = ""
) -> SharingRound:
    """Put the next round before the homes, in fen; answers to the one before stay with it. Owners are told.

    The parts are worked out here: whatever is proposed, what is paid is what it costs and what is
    compensated, less what is given from outside.
    """
    row = read.sharing_for_update(sharing_id)
    require(may_keep(by, row.place.path))
    _check_open(row)
    lying = read.homes(row.place)
    floor_of = read.floors(lying)
    homes = {floor: list(floor_of.values()).count(floor) for floor in set(floor_of.values())}
    if set(homes) != set(floors):
        raise Refused("The entrance has other floors now. Open the page again.", status=CONFLICT)
    accept(next(rules.faults(cost, subsidy, floors, homes), ""))
    sums, lines = rules.proposed(cost, subsidy, floors, floor_of)
    made = SharingRound.objects.create(
        sharing=row,
        number=read.latest_number(row.pk) + 1,
        words=clean(words)[: rules.LONGEST_WORDS],
        cost=sums.cost,
        subsidy=sums.subsidy,
        compensation=sums.compensation,
        paid=sums.paid,
        proposed_by_id=person_of(by),
        proposed_at=now(),
    )
    SharingLine.objects.bulk_create(
        SharingLine(
            round=made,
            home_id=home,
            floor=floor_of[home],
            weight=floors[floor_of[home]].weight,
            pays=each.pays,
            gets=each.gets,
        )
        for home, each in lines.items()
    )
    data = {"number": made.number}
    audit.record(Event.SHARING_PROPOSED, by=by, subject=row, place_path=row.place.path, data=data)
    _tell(by, row, read.all_owners(lying, today()))
    return made


def _tell(by: Actor, row: Sharing, owners: set[UUID]) -> None:
    notices.notify(
        Topic.SHARES_PROPOSED,
        by=by,
        to=owners,
        params={"title": row.title},
        url=reverse("shares:sharing", args=[row.pk]),
        subject=row,
        place_path=row.place.path,
    )


@transaction.atomic
def answer(*, by: Actor, line_id: UUID, agrees: bool, reason: str = "") -> SharingAnswer:
    """Say for one's own home whether it agrees; whoever objects says why."""
    line, row = _line(line_id)
    return _said(by, row, line, person_of(by), None, agrees=agrees, reason=reason)


@transaction.atomic
def note_answer(*, by: Actor, line_id: UUID, owner_id: UUID, agrees: bool, reason: str = "") -> SharingAnswer:
    """Write down what an owner said at the door, by whoever goes round."""
    line, row = _line(line_id)
    require(may_go_round(by, row.place.path))
    return _said(by, row, line, owner_id, person_of(by), agrees=agrees, reason=reason)


def _line(line_id: UUID) -> tuple[SharingLine, Sharing]:
    line = read.line(line_id)
    return line, read.sharing_for_update(line.round.sharing_id)


def _said(
    by: Actor,
    row: Sharing,
    line: SharingLine,
    owner_id: UUID,
    heard_by: UUID | None,
    *,
    agrees: bool,
    reason: str,
) -> SharingAnswer:
    decision = policies.may_answer(
        owns=any(each.pk == owner_id for each in read.owners(line.home_id, today())),
        is_latest=line.round.number == read.latest_number(row.pk),
        is_closed=row.closed_on is not None,
    )
    require(decision, status=CONFLICT)
    words = "" if agrees else clean(reason)[: rules.LONGEST_WORDS]
    if not agrees and not words:
        raise Refused("Say in a few words what is not right with it.", status=UNPROCESSABLE)
    said = {"agrees": agrees, "reason": words, "person_id": owner_id, "heard_by_id": heard_by, "at": now()}
    kept, _is_new = SharingAnswer.objects.update_or_create(line=line, defaults=said)
    data = {"at_the_door": heard_by is not None}
    audit.record(Event.SHARING_ANSWERED, by=by, subject=row, place_path=row.place.path, data=data)
    return kept


@transaction.atomic
def close(*, by: Actor, sharing_id: UUID) -> Sharing:
    """End it, agreed or not: the figures stay to be read, and the matter that asked hears what came of it."""
    row = read.sharing_for_update(sharing_id)
    require(may_keep(by, row.place.path))
    _check_open(row)
    row.closed_on = today()
    row.save(update_fields=["closed_on"])
    audit.record(Event.SHARING_CLOSED, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def reopen(*, by: Actor, sharing_id: UUID) -> Sharing:
    """Talk it over again: a vote failed, or a home thought better of it. Answers given stay."""
    row = read.sharing_for_update(sharing_id)
    require(may_keep(by, row.place.path))
    if row.closed_on is None:
        raise Refused("It is being talked over already.", status=CONFLICT)
    row.closed_on = None
    row.save(update_fields=["closed_on"])
    audit.record(Event.SHARING_REOPENED, by=by, subject=row, place_path=row.place.path)
    return row


def _check_open(row: Sharing) -> None:
    if row.closed_on is not None:
        raise Refused("It is over; nothing is answered any more.", status=CONFLICT)
