"""A ballot before voting: drafted, announced, its roll written, objected to and ruled on."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linli.audit import actions as audit
from linli.ballots import policies
from linli.ballots.kinds import BallotState, Channel, Electorate, Event, HouseRuleKind, RuleName, Ruling
from linli.ballots.models import (
    Ballot,
    Objection,
    Option,
    Question,
    RollBay,
    RollEntry,
    RollPerson,
    RollUnit,
)
from linli.ballots.read import ballots, counting, groups, roll, settling
from linli.ballots.rules import drafting, local, second_round, timetable
from linli.ballots.rules.drafting import Asked, Plan
from linli.ballots.rules.eligibility import Drafted
from linli.ballots.rules.majorities import ELECTIONS
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, person_of, require
from linli.kernel.references import Reference
from linli.kernel.text import clean
from linli.notices import actions as notices
from linli.notices.kinds import Topic
from linli.people import read as people

if TYPE_CHECKING:
    from linli.places.models import Place

LONGEST_WORDS = 500
LONGEST_RULING = 200
GROUP_NAME = 80


@transaction.atomic
def draft(
    *,
    by: Actor,
    place_id: UUID,
    plan: Plan,
    group: Reference | None = None,
    asked_by: Reference | None = None,
) -> Ballot:
    """Begin a ballot of a place; `group` names whose members are asked, `asked_by` what asked for it."""
    place = ballots.open_place(place_id)
    require(policies.may_run(by, place.path))
    return keep_draft(by=by, place=place, plan=plan, group=group, asked_by=asked_by)


def keep_draft(
    *,
    by: Actor,
    place: "Place",
    plan: Plan,
    group: Reference | None = None,
    asked_by: Reference | None = None,
    first_round: Ballot | None = None,
) -> Ballot:
    """Write a draft that is sound, in the caller's transaction, and record it."""
    _refuse_unsound(plan, place, asked_by=asked_by, first_round=first_round)
    row = Ballot.objects.create(
        place=place,
        first_round=first_round,
        state=BallotState.DRAFT.value,
        asked_kind=asked_by.kind if asked_by else "",
        asked_id=asked_by.id if asked_by else None,
        drafted_by_id=by.person_id,
        drafted_at=now(),
        **_columns(plan),
        **_asking(plan, group, place),
    )
    _write_questions(row, plan.questions)
    data = {"electorate": plan.electorate.value, "count": len(plan.questions)}
    audit.record(Event.DRAFTED, by=by, subject=row, place_path=place.path, data=data)
    return row


@transaction.atomic
def change(*, by: Actor, ballot_id: UUID, plan: Plan, group: Reference | None = None) -> Ballot:
    """Change a draft: its place stays, everything else may be written anew."""
    row = ballots.ballot_for_update(ballot_id)
    require(policies.may_change(by, ballots.about(row)), status=CONFLICT)
    _refuse_unsound(plan, row.place, asked_by=ballots.asked_by(row))
    for name, value in {**_columns(plan), **_asking(plan, group, row.place)}.items():
        setattr(row, name, value)
    row.save()
    Question.objects.filter(ballot=row).delete()
    _write_questions(row, plan.questions)
    audit.record(Event.CHANGED, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def announce(*, by: Actor, ballot_id: UUID) -> Ballot:
    """Tell everybody asked, and where owners decide the residents' committee too (物业管理条例 14).

    Refused when less than the full notice lies before the vote, and where the draft would not be kept today:
    it may have been written before a rule was. It is counted by what the house has settled by now.
    """
    row = ballots.ballot_for_update(ballot_id)
    require(policies.may_announce(by, ballots.about(row)), status=CONFLICT)
    plan, first = ballots.plan_of(row), row.first_round
    _refuse_unsound(plan, row.place, asked_by=ballots.asked_by(row), first_round=first, status=CONFLICT)
    _asking(plan, ballots.group_of(row), row.place, status=CONFLICT)
    days = _notice(row)
    opens = clock.local(row.opens_at).date()
    if not timetable.is_announced_in_time(today(), opens, days):
        earliest = (today() + timedelta(days=days)).isoformat()
        raise Refused(
            "%(days)s days of notice are needed. Announced today, voting can begin on %(earliest)s.",
            {"days": days, "earliest": earliest},
            status=CONFLICT,
        )
    settled = _settled(row)
    row.state, row.announced_at = BallotState.ANNOUNCED.value, now()
    row.settled = local.written(settled)
    row.save(update_fields=["state", "announced_at", "settled"])
    audit.record(Event.ANNOUNCED, by=by, subject=row, place_path=row.place.path, data={"days": days})
    tell(by=by, row=row, persons=roll.told_of(row, today()))
    return row


@transaction.atomic
def freeze_roll(*, by: Actor, ballot_id: UUID) -> Ballot:
    """Write the roll as the register stands today and publish it for objection.

    Done again after an objection was upheld, or where nothing changes, the last day to object stays the first
    one. A roll that is changed for another reason is published anew, with its full days.
    """
    row = ballots.ballot_for_update(ballot_id)
    require(policies.may_freeze(by, ballots.about(row)), status=CONFLICT)
    found = roll.preview(row, today())
    weighs_area = any(len(each.rule.measures) > 1 for each in ballots.questions(row))
    if weighs_area and found.without_area:
        raise Refused(
            "%(count)s homes and bays have no area yet. Enter it first.",
            {"count": len(found.without_area)},
            status=CONFLICT,
        )
    if not found.entries:
        raise Refused("Nobody would be on the roll: the register has nobody for it yet.", status=CONFLICT)
    marked, before = _consents(row), roll.digest(row)
    RollEntry.objects.filter(ballot=row).delete()
    _write_roll(row, found.entries, marked)
    RollBay.objects.filter(ballot=row).delete()
    RollBay.objects.bulk_create(
        RollBay(ballot=row, bay=bay, lacks=[lack.value for lack in lacks]) for bay, lacks in found.left_out
    )
    if row.objections_until is None or not (roll.was_upheld(row) or roll.digest(row) == before):
        row.objections_until = timetable.objection_ends(today())
    row.frozen_at = now()
    row.save(update_fields=["frozen_at", "objections_until"])
    data = {"count": len(found.entries)}
    audit.record(Event.ROLL_FROZEN, by=by, subject=row, place_path=row.place.path, data=data)
    return row


@transaction.atomic
def ask_consent(*, by: Actor, ballot_id: UUID, number: int, is_needed: bool) -> RollEntry:
    """Mark that an entry has to agree besides: the owner whose own part is built upon (加装电梯)."""
    row = ballots.ballot_for_update(ballot_id)
    require(policies.may_freeze(by, ballots.about(row)), status=CONFLICT)
    entry = roll.entry_by_number(row, number)
    if entry is None:
        raise Refused("This number is not on the roll.", status=MISSING)
    entry.consent_needed = is_needed
    entry.save(update_fields=["consent_needed"])
    audit.record(Event.CHANGED, by=by, subject=row, place_path=row.place.path, fields=["consent_needed"])
    return entry


@transaction.atomic
def object_to_roll(*, by: Actor, ballot_id: UUID, words: str) -> Objection:
    """Say that the roll is wrong: somebody missing, somebody too many, an area that is not right."""
    row = ballots.ballot_for_update(ballot_id)
    require(policies.may_object(by, ballots.about(row), today()))
    return _objected(by, row, person_of(by), words, noted_by=None)


@transaction.atomic
def note_objection(*, by: Actor, ballot_id: UUID, person_id: UUID, words: str) -> Objection:
    """Write down what somebody says against the roll at the counter; what comes of it is told to them."""
    row = ballots.ballot_for_update(ballot_id)
    require(policies.may_note_objection(by, ballots.about(row), today()), status=CONFLICT)
    if people.found(person_id, [roll.around(row, by)], today()) is None:
        raise Refused("This person is not known here. Have them registered first.", status=UNPROCESSABLE)
    return _objected(by, row, person_id, words, noted_by=person_of(by))


def _objected(by: Actor, row: Ballot, person_id: UUID, words: str, *, noted_by: UUID | None) -> Objection:
    said = clean(words)[:LONGEST_WORDS]
    if not said:
        raise Refused("Say what is wrong with the roll.", status=UNPROCESSABLE)
    objection = Objection.objects.create(ballot=row, person_id=person_id, noted_by_id=noted_by, words=said)
    data = {"at_counter": noted_by is not None}
    audit.record(Event.OBJECTED, by=by, subject=row, place_path=row.place.path, data=data)
    return objection


@transaction.atomic
def rule_on_objection(*, by: Actor, objection_id: UUID, ruling: Ruling, words: str) -> Objection:
    """Uphold or dismiss an objection, with the reason; who made it is told.

    Upheld, the register is mended and the roll written anew: it never differs from the register.
    """
    row = roll.objection_for_update(objection_id)
    if row is None:
        raise Refused("This objection is not here.", status=MISSING)
    about = ballots.about(row.ballot)
    require(policies.may_rule(by, about, objector=row.person_id, is_ruled=bool(row.ruling)), status=CONFLICT)
    said = clean(words)[:LONGEST_RULING]
    if not said:
        raise Refused("Give the reason of the ruling.", status=UNPROCESSABLE)
    row.ruling, row.ruling_words = ruling.value, said
    row.ruled_by_id, row.ruled_at = by.person_id, now()
    row.save(update_fields=["ruling", "ruling_words", "ruled_by", "ruled_at"])
    data = {"ruling": ruling.value}
    audit.record(
        Event.OBJECTION_RULED, by=by, subject=row.ballot, place_path=row.ballot.place.path, data=data
    )
    tell(by=by, row=row.ballot, persons=[row.person_id])
    return row


def _asking(
    plan: Plan, group: Reference | None, place: "Place", *, status: int = UNPROCESSABLE
) -> dict[str, object]:
    """Whose members are asked, as its columns."""
    if plan.electorate is not Electorate.MEMBERS:
        return {"group_kind": "", "group_id": None, "group_name": ""}
    if group is None:
        raise Refused("Say whose members are asked.", status=status)
    name = groups.name_of(group, place.path)
    if not name:
        raise Refused("This body or unit is not of the place asked. Choose another.", status=status)
    if any(each.rule in drafting.OF_REPS for each in plan.questions) and not groups.is_of_reps(group):
        raise Refused(
            "By this majority the residents’ representatives decide. Choose their assembly.", status=status
        )
    return {"group_kind": group.kind, "group_id": group.id, "group_name": name[:GROUP_NAME]}


def _refuse_unsound(
    plan: Plan,
    place: "Place",
    *,
    asked_by: Reference | None,
    first_round: Ballot | None = None,
    status: int = UNPROCESSABLE,
) -> None:
    """Everything a ballot is checked for: when it is drafted or changed, and again when it is announced."""
    fault = next(drafting.faults(plan, place.kind), None)
    if fault is not None:
        raise Refused(fault, status=status)
    if plan.applicant is not None and ballots.home_in(place, plan.applicant) is None:
        raise Refused("This home is not in the building that is asked. Choose another.", status=status)
    if plan.closes_at <= now():
        raise Refused("The last hour has already passed.", status=status)
    if plan.electorate is Electorate.ANYONE and asked_by is not None:
        raise Refused("A step waits for a decision, and an opinion decides nothing.", status=status)
    if first_round is not None:
        left = second_round.questions(counting.results(first_round, in_full=True))
        fits = second_round.fits(plan, Electorate(first_round.electorate), left)
        require(fits, status=status)
    elif any(each.is_runoff for each in plan.questions):
        raise Refused(second_round.MADE_FROM_THE_FIRST, status=status)


def _columns(plan: Plan) -> dict[str, object]:
    return {
        "title": plan.title,
        "body": plan.body,
        "electorate": plan.electorate.value,
        "part_kind": plan.part_kind.value,
        "is_secret": plan.is_secret,
        "is_by_hand": any(each.rule in ELECTIONS for each in plan.questions),
        "channels": sorted(channel.value for channel in plan.channels),
        "applicant_id": plan.applicant,
        "opens_at": plan.opens_at,
        "closes_at": plan.closes_at,
    }


def _write_questions(row: Ballot, questions: Sequence[Asked]) -> None:
    for number, asked in enumerate(questions, 1):
        question = Question.objects.create(
            ballot=row,
            number=number,
            title=asked.title,
            method=asked.method.value,
            rule=asked.rule.value,
            matter=asked.matter.value if asked.matter else "",
            every_part=asked.every_part,
            is_runoff=asked.is_runoff,
            seats=asked.seats,
            at_most=max(asked.at_most, 1),
            fund=asked.fund,
        )
        Option.objects.bulk_create(
            Option(question=question, code=drafting.option_code(order), title=title, cost=cost, order=order)
            for order, (title, cost) in enumerate(asked.options)
        )


def _write_roll(row: Ballot, drafted: Sequence[Drafted], marked: frozenset[UUID]) -> None:
    entries = [
        RollEntry(
            ballot=row,
            number=number,
            label=each.label,
            area=sum(unit.area for unit in each.units),
            is_developer=each.is_developer,
            consent_needed=any(unit.id in marked for unit in each.units),
        )
        for number, each in enumerate(drafted, 1)
    ]
    RollEntry.objects.bulk_create(entries, batch_size=2000)
    pairs = list(zip(entries, drafted, strict=True))
    RollPerson.objects.bulk_create(
        (RollPerson(entry=entry, person_id=person) for entry, each in pairs for person in each.persons),
        batch_size=5000,
    )
    RollUnit.objects.bulk_create(
        (
            RollUnit(entry=entry, home_id=unit.id, area=unit.area, source=unit.source, part=unit.part)
            for entry, each in pairs
            for unit in each.units
        ),
        batch_size=5000,
    )


def _consents(row: Ballot) -> frozenset[UUID]:
    """The homes whose owners were marked as having to agree, so that a roll written anew keeps the marks."""
    units = RollUnit.objects.filter(entry__ballot=row, entry__consent_needed=True)
    return frozenset(units.values_list("home_id", flat=True))


def _notice(row: Ballot) -> int:
    return drafting.notice_days([RuleName(each.rule) for each in Question.objects.filter(ballot=row)])


def _settled(row: Ballot) -> list[local.Settled]:
    """What is settled today where a ballot is held, as far as it concerns it. Refused where co-owners sign
    one sheet and the ballot takes none."""
    rules = Question.objects.filter(ballot=row).values_list("rule", flat=True)
    found = local.concerning(rules, settling.settled_at(row.place, today()))
    signed = any(each.kind is HouseRuleKind.CO_OWNERS_SIGN and each.is_on for each in found)
    if signed and set(row.channels) == {Channel.ONLINE}:
        raise Refused(
            "Here co-owners sign one sheet together, so a ballot of owners needs a way on paper too.",
            status=CONFLICT,
        )
    return found


def tell(*, by: Actor, row: Ballot, persons: Sequence[UUID]) -> None:
    """A notice about the ballot to these persons, in the caller's transaction."""
    notices.notify(
        Topic.ANNOUNCEMENT,
        to=persons,
        by=by,
        subject=row,
        params={"title": row.title, "by": row.place.name},
        url=reverse("ballots:ballot", args=[row.pk]),
        place_path=row.place.path,
    )
