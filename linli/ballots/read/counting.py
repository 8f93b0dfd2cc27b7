"""What was voted, added up by the database for the tally and written out for the published file."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, Sum

from linli.ballots.kinds import Duty, RuleName, SheetState, Side, VisitOutcome
from linli.ballots.kinds import Electorate as Voters
from linli.ballots.models import Ballot, HandCount, RollEntry, RollUnit, Sheet, Vote
from linli.ballots.read import ballots, roll
from linli.ballots.rules import handcount, published, timetable
from linli.ballots.rules.answers import WITH_OPTIONS, Answer, Electorate, Line, Question, checked
from linli.ballots.rules.delivery import Delivery, Door, delivery
from linli.ballots.rules.recount import summed_up
from linli.ballots.rules.specified import written_question
from linli.ballots.rules.tally import Result, tally
from linli.ballots.rules.weights import NOTHING, Weight
from linli.kernel.clock import local
from linli.places import read as places
from linli.places.kinds import PlaceKind
from linli.places.models import Place

# Equal answers of named votes added up, in the whole and by part; two homes of one owner are one head.
_NAMED = """
SELECT v.answers::text, sum(e.area), count(*), count(*) FILTER (WHERE e.consent_needed)
FROM ballots_vote v JOIN ballots_rollentry e ON e.id = v.entry_id
WHERE v.ballot_id = %s AND v.counts GROUP BY 1
"""
_NAMED_PARTS = """
SELECT v.answers::text, u.part, sum(u.area), count(DISTINCT v.entry_id)
FROM ballots_vote v JOIN ballots_rollunit u ON u.entry_id = v.entry_id
WHERE v.ballot_id = %s AND v.counts AND u.part <> '' GROUP BY 1, 2
"""
_SECRET = "SELECT answers::text, 0, count(*), 0 FROM ballots_vote WHERE ballot_id = %s GROUP BY 1"


def results(row: Ballot, *, in_full: bool = False) -> list[Result]:
    """The result of every question, from what the database holds now; `in_full` with the names of whoever was
    written in and not elected, for the next round."""
    asked, electorate, day = ballots.questions(row), electorate_of(row), ballots.counted_as_of(row)
    hand = hand_count(row)
    if hand is not None:
        found = [_by_hand(each, electorate, slips(hand, each), day) for each in asked]
        return found if in_full else [handcount.named(each) for each in found]
    grouped = _grouped(row)
    return [
        tally(question, electorate, [_line(question, each) for each in grouped], day) for question in asked
    ]


def following(row: Ballot, given: Sequence[Result]) -> list[tuple[Duty, date]]:
    """What has to follow what was decided, the first day first, each once."""
    if row.counted_at is None:
        return []
    decided, found = local(row.counted_at).date(), dict[Duty, date]()
    for result in given:
        asked = result.question
        if result.passed:
            is_choice = asked.method in WITH_OPTIONS
            found |= timetable.following(
                RuleName(asked.rule.name), asked.matter, decided, is_choice=is_choice
            )
    return sorted(found.items(), key=lambda pair: pair[1])


def hand_count(row: Ballot) -> HandCount | None:
    """What was counted by hand in an election, as far as it is entered."""
    if not row.is_by_hand:
        return None
    rows = HandCount.objects.filter(ballot=row)
    return rows.select_related("entered_by", "confirmed_by", "photo").first()


def slips(hand: HandCount, question: Question) -> handcount.Slips:
    """What the slips said to one question."""
    return handcount.slips_of(hand.counts[question.id])


def _by_hand(question: Question, electorate: Electorate, given: handcount.Slips, day: date) -> Result:
    asked = handcount.with_written(question, given)
    return tally(asked, electorate, handcount.lines(question, given), day)


Group = tuple[dict[str, Any], Weight, dict[str, Weight], int]


def _grouped(row: Ballot) -> list[Group]:
    """Votes that say the same, together: answers by question, weight, weight by part, consents among them."""
    with connection.cursor() as cursor:
        cursor.execute(_SECRET if row.is_secret else _NAMED, [row.pk])
        whole = cursor.fetchall()
        by_part: list[tuple[str, str, int, int]] = []
        if not row.is_secret:
            cursor.execute(_NAMED_PARTS, [row.pk])
            by_part = cursor.fetchall()
    parts: dict[str, dict[str, Weight]] = {}
    for text, part, area, heads in by_part:
        parts.setdefault(text, {})[part] = Weight(int(area), heads)
    return [
        (json.loads(text), Weight(int(area), heads), parts.get(text, {}), consents)
        for text, area, heads, consents in whole
    ]


def _line(question: Question, group: Group) -> Line:
    answers, weight, parts, consents = group
    return Line(_answer(question, answers), weight, parts, consents)


def _answer(question: Question, answers: Mapping[str, Any]) -> Answer:
    return checked(question, answers.get(question.id, Side.ABSTAIN.value))


def electorate_of(row: Ballot) -> Electorate:
    """Everybody on the roll, in the whole and by part, and those who got a ballot and gave nothing back."""
    seen = roll.turnout(row)
    unreturned, unreturned_parts = _unreturned(row)
    return Electorate(
        everybody=seen.everybody,
        parts={part: everybody for part, (everybody, _voted) in seen.parts.items()},
        consents=RollEntry.objects.filter(ballot=row, consent_needed=True).count(),
        unreturned=unreturned,
        unreturned_parts=unreturned_parts,
    )


def _unreturned(row: Ballot) -> tuple[Weight, dict[str, Weight]]:
    """Those a sheet was handed to at the door and who gave nothing back; nobody where votes are secret."""
    if row.is_secret:
        return NOTHING, {}
    handed = row.visits.filter(outcome=VisitOutcome.DELIVERED.value)
    silent = RollEntry.objects.filter(
        Exists(RollUnit.objects.filter(entry=OuterRef("pk"), home__in=handed.values("home"))),
        ballot=row,
        voted="",
    )
    sums = silent.aggregate(whole_area=Sum("area", default=0), heads=Count("id"))
    units = (
        RollUnit.objects.filter(entry__in=silent)
        .exclude(part="")
        .values("part")
        .annotate(area_sum=Sum("area"), heads=Count("entry", distinct=True))
        .order_by()
    )
    by_part = {each["part"]: Weight(each["area_sum"], each["heads"]) for each in units}
    return Weight(sums["whole_area"], sums["heads"]), by_part


# ── the published file ──────────────────────────────────────────────────────────────────────────────────


def document(row: Ballot, found: list[Result]) -> str:
    """The file as it is published, sealed: what anybody needs to count again, and nobody's name or home."""
    asked, electorate = ballots.questions(row), electorate_of(row)
    weighs_area = any(len(question.rule.measures) > 1 for question in asked)
    kept: dict[str, Any] = {
        "format": published.FORMAT,
        "title": row.title,
        "place": places.address(row.place),
        "announced_on": ballots.counted_as_of(row).isoformat(),
        "held_on": local(row.closes_at).date().isoformat(),
        "questions": [written_question(question) for question in asked],
        "electorate": _electorate_written(electorate, weighs_area=weighs_area),
    }
    if row.settled:
        kept["local_rules"] = {
            kind: {name: value for name, value in each.items() if name != "note"}
            for kind, each in row.settled.items()
        }
    hand = hand_count(row)
    if hand is not None:
        figures = {"handed_out": hand.handed_out, "collected": hand.collected}
        shown = {
            result.question.id: handcount.published(slips(hand, result.question), result.question)
            for result in found
        }
        kept["hand_count"] = {**figures, "questions": shown}
    else:
        kept["votes"] = list(_votes(row, asked, weighs_area=weighs_area))
    if row.electorate == Voters.ANYONE:
        kept["binding"] = False
    kept["result"] = summed_up(found)
    return json.dumps(published.seal(kept), ensure_ascii=False)


def _weight(weight: Weight, *, weighs_area: bool) -> dict[str, int]:
    return {"area": weight.area, "heads": weight.heads} if weighs_area else {"heads": weight.heads}


def _electorate_written(electorate: Electorate, *, weighs_area: bool) -> dict[str, Any]:
    def parts(given: Mapping[str, Weight]) -> dict[str, Any]:
        return {part: _weight(weight, weighs_area=weighs_area) for part, weight in given.items()}

    found: dict[str, Any] = _weight(electorate.everybody, weighs_area=weighs_area)
    found["parts"] = parts(electorate.parts)
    found["consents"] = electorate.consents
    found["unreturned"] = _weight(electorate.unreturned, weighs_area=weighs_area)
    found["unreturned"]["parts"] = parts(electorate.unreturned_parts)
    return found


def _votes(row: Ballot, asked: list[Question], *, weighs_area: bool) -> Iterable[dict[str, Any]]:
    """One object a vote, in the order of the receipts, which are random: no order of arrival is told."""
    rows = Vote.objects.filter(ballot=row, counts=True).order_by("receipt")
    if row.is_secret:
        for receipt, answers in rows.values_list("receipt", "answers").iterator(chunk_size=10_000):
            yield {"receipt": receipt, "choices": {each.id: plain(_answer(each, answers)) for each in asked}}
        return
    parts = _parts_of_entries(row)
    named = rows.values_list("receipt", "answers", "entry_id", "entry__area", "entry__consent_needed")
    for receipt, answers, entry_id, area, consent in named.iterator(chunk_size=10_000):
        found: dict[str, Any] = {
            "receipt": receipt,
            "choices": {each.id: plain(_answer(each, answers)) for each in asked},
            **_weight(Weight(area, 1), weighs_area=weighs_area),
        }
        if entry_id in parts:
            own = parts[entry_id]
            found["parts"] = {part: _weight(own[part], weighs_area=weighs_area) for part in sorted(own)}
        yield found | ({"consent_needed": True} if consent else {})


def plain(answer: Answer) -> Any:
    """An answer as JSON writes it."""
    if not isinstance(answer, tuple):
        return answer
    points = {each[0]: each[1] for each in answer if not isinstance(each, str)}
    return points or list(answer)


def _parts_of_entries(row: Ballot) -> dict[UUID, dict[str, Weight]]:
    found: dict[UUID, dict[str, Weight]] = {}
    units = RollUnit.objects.filter(entry__ballot=row).exclude(part="")
    for entry_id, part, area in units.values_list("entry_id", "part", "area"):
        own = found.setdefault(entry_id, {})
        own[part] = Weight(own.get(part, NOTHING).area + area, 1)
    return found


# ── sheets and visits ───────────────────────────────────────────────────────────────────────────────────


def sheet_for_update(row: Ballot, code: str) -> Sheet | None:
    """The sheet with a code, locked."""
    rows = Sheet.objects.select_for_update(of=("self",)).filter(ballot=row, code=code)
    return rows.select_related("entry").first()


def sheets(row: Ballot, state: str) -> list[Sheet]:
    """The sheets in a state, in the order they were entered."""
    rows = Sheet.objects.filter(ballot=row, state=state)
    shown = ("entry", "entered_by", "photo", "proxy__giver", "proxy__holder")
    return list(rows.select_related(*shown).order_by("entered_at", "id"))


def sheet_counts(row: Ballot) -> dict[str, int]:
    """How many sheets are in each state."""
    rows = Sheet.objects.filter(ballot=row).values("state").annotate(count=Count("id")).order_by()
    return {each["state"]: each["count"] for each in rows}


def vote_of_receipt(row: Ballot, receipt: str) -> Vote | None:
    """The vote with a receipt, as the published list has it."""
    return Vote.objects.filter(ballot=row, receipt=receipt).first()


def latest_visits(row: Ballot) -> dict[UUID, Any]:
    """The latest visit to each home, in one query."""
    rows = row.visits.order_by("home_id", "-at", "-id").distinct("home_id").select_related("by")
    return {each.home_id: each for each in rows}


def visits_to(row: Ballot, home_id: UUID) -> list[Any]:
    """Every visit to one home, the latest first."""
    return list(row.visits.filter(home_id=home_id).select_related("by", "photo").order_by("-at", "-id"))


def doors(row: Ballot) -> list[tuple[Place, RollEntry]]:
    """Every home behind the roll with its entry, in the order people count; a parking bay, at which nobody is
    found, only where its owner has no home here."""
    units = RollUnit.objects.filter(entry__ballot=row).select_related("home", "entry").order_by("home__path")
    listed = [(unit.home, unit.entry) for unit in units]
    housed = {entry.pk for home, entry in listed if home.kind != PlaceKind.BAY}
    return [(home, entry) for home, entry in listed if home.kind != PlaceKind.BAY or entry.pk not in housed]


def delivered(row: Ballot, listed: Iterable[tuple[Place, RollEntry]]) -> Delivery:
    """How far the sheets of these doors came, in one query."""
    visits: dict[UUID, set[str]] = {}
    for home_id, outcome in row.visits.order_by().values_list("home_id", "outcome").distinct():
        visits.setdefault(home_id, set()).add(outcome)
    return delivery((Door(home.pk, entry.pk, bool(entry.voted)) for home, entry in listed), visits)


def door(row: Ballot, home_id: UUID) -> list[RollEntry]:
    """The entries behind one home of the roll; none for a home the ballot does not ask."""
    return list(RollEntry.objects.filter(Q(units__home_id=home_id), ballot=row).order_by("number").distinct())


def code_of(entry: RollEntry) -> str:
    """The code of an entry's sheet that is not entered yet; "" where there is none."""
    waiting = [SheetState.PRINTED.value, SheetState.REJECTED.value]
    return Sheet.objects.filter(entry=entry, state__in=waiting).values_list("code", flat=True).first() or ""


def sheet(row: Ballot, code: str) -> Sheet | None:
    """The sheet with a code, with its entry and photo."""
    rows = Sheet.objects.filter(ballot=row, code=code)
    return rows.select_related("entry", "entered_by", "photo").first()


def sheets_to_print(row: Ballot) -> list[Sheet]:
    """Every sheet that has not come back, in the order of the roll."""
    rows = Sheet.objects.filter(ballot=row, state=SheetState.PRINTED.value)
    return list(rows.select_related("entry").order_by("entry__number", "code"))
