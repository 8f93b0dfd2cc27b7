"""The published file of a ballot: plain JSON that anybody can read, write and count. See docs/ballots.md.

Reading raises `Damaged`, which says in words what is wrong and where. Nothing here needs settings or tables.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from linli.ballots.kinds import Channel
from linli.ballots.rules import handcount, precedence
from linli.ballots.rules.answers import Electorate, Line, Question, WrongAnswer, checked
from linli.ballots.rules.precedence import Given
from linli.ballots.rules.specified import Damaged, question_of
from linli.ballots.rules.weights import MOST, NOTHING, Weight

FORMAT: Final = "linli-ballot/1"
SEAL: Final = "sha256"
MOST_QUESTIONS: Final = 50
EARLIEST: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Published:
    """A file as read: its questions, the electorate, each question's lines, and how many votes do not count
    because the same voter gave a stronger one. `settled_on` is the day a house rule has to be in force on,
    `sealed` whether it carries its hash, `result` what it says came of it, `binding` False where it is an
    opinion by its electorate alone."""

    title: str
    questions: tuple[Question, ...]
    electorate: Electorate
    lines: Mapping[str, list[Line]]
    votes: int
    superseded: int
    settled_on: date | None
    sealed: bool
    result: Any
    binding: bool = True


def parse(content: bytes) -> dict[str, Any]:
    """The document in a file: one JSON object, or JSON lines, first the ballot, then a vote on each."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Damaged("the file is not UTF-8 text") from error
    if not text.strip():
        raise Damaged("the file is empty")
    first, _, rest = text.lstrip().partition("\n")
    try:
        head = _loads(first)
    except json.JSONDecodeError:
        head, rest = None, ""
    if isinstance(head, dict) and not rest.strip():
        return head
    if not isinstance(head, dict):
        return _object(_whole(text), "the file")
    if "votes" in head:
        raise Damaged("line 1 has votes already, and more lines follow")
    votes = [_line(line, number) for number, line in enumerate(rest.splitlines(), 2) if line.strip()]
    return {**head, "votes": votes}


def _whole(text: str) -> Any:
    try:
        return _loads(text)
    except json.JSONDecodeError as error:
        raise Damaged(f"line {error.lineno}, column {error.colno}: {error.msg}") from error


def _line(line: str, number: int) -> Any:
    try:
        return _loads(line)
    except json.JSONDecodeError as error:
        raise Damaged(f"line {number}, column {error.colno}: {error.msg}") from error


def _loads(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant)
    except RecursionError as error:
        raise Damaged("the file is nested too deeply") from error
    except json.JSONDecodeError:
        raise
    except ValueError as error:  # a number of thousands of digits
        raise Damaged(str(error)) from error


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a name given twice would be read one way here and another way elsewhere."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        raise Damaged(
            f"{next(name for name in names if names.count(name) > 1)!r} is given twice in one object"
        )
    return found


def _constant(name: str) -> Any:
    raise Damaged(f"{name} is not a number")


def canonical(document: Mapping[str, Any]) -> bytes:
    """The bytes a document is hashed by: keys sorted, no spaces, UTF-8, without the hash itself."""
    kept = {name: value for name, value in document.items() if name != SEAL}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def seal(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with its hash."""
    return {**document, SEAL: hashlib.sha256(canonical(document)).hexdigest()}


def read(document: Mapping[str, Any]) -> Published:
    """Everything a count needs, checked. Raises `Damaged`."""
    if document.get("format", FORMAT) != FORMAT:
        raise Damaged(f"format: {document['format']!r} is not {FORMAT!r}")
    sealed = document.get(SEAL)
    if sealed is not None and sealed != hashlib.sha256(canonical(document)).hexdigest():
        raise Damaged("sha256: the file is not what was published; something in it was changed")
    questions = _questions(document)
    weighs_area = any(len(question.rule.measures) > 1 for question in questions)
    electorate = _electorate(document.get("electorate"), weighs_area)
    held_on, announced_on = (_day(document.get(name), name) for name in ("held_on", "announced_on"))
    binding = _binding(document.get("binding", True), questions)
    asked, lines, votes, superseded = _given_votes(document, questions, electorate, weighs_area=weighs_area)
    return Published(
        title=str(document.get("title", "")),
        questions=asked,
        electorate=electorate,
        lines=lines,
        votes=votes,
        superseded=superseded,
        settled_on=announced_on or held_on,
        sealed=sealed is not None,
        result=document.get("result"),
        binding=binding,
    )


def _binding(value: Any, questions: tuple[Question, ...]) -> bool:
    """Whether anything can be decided; where nothing can, no question may have a share to reach."""
    if not isinstance(value, bool):
        raise Damaged("binding: true or false is needed")
    if not value and any(question.rule.passing is not None for question in questions):
        raise Damaged("binding: an opinion decides nothing, but a question has a rule that decides")
    return value


def _given_votes(
    document: Mapping[str, Any], questions: tuple[Question, ...], electorate: Electorate, *, weighs_area: bool
) -> tuple[tuple[Question, ...], dict[str, list[Line]], int, int]:
    """The questions, with whoever was written in to them; the lines of each, how many votes they are, and how
    many do not count."""
    if "hand_count" in document:
        if "votes" in document:
            raise Damaged("hand_count: an election counted by hand has no votes besides")
        count = handcount.read(document["hand_count"], questions, electorate.everybody.heads)
        lines = {each.id: handcount.lines(each, count.questions[each.id]) for each in questions}
        asked = tuple(handcount.with_written(each, count.questions[each.id]) for each in questions)
        return asked, lines, count.collected, 0
    votes = document.get("votes")
    if not isinstance(votes, list):
        raise Damaged("votes: a list is needed")
    lines, superseded = _lines(questions, electorate, votes, weighs_area)
    return questions, lines, len(votes) - superseded, superseded


def _questions(document: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions; a file with a single one may give its rule at the top."""
    listed = document.get("questions")
    if listed is None:
        if "rule" not in document:
            raise Damaged("rule: name what decides, such as owners_special, or list the questions")
        return (question_of({"id": "1", **document}, "the file"),)
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_QUESTIONS:
        raise Damaged(f"questions: a list of 1 to {MOST_QUESTIONS} is needed")
    found = tuple(
        question_of(
            {"id": str(number), **_object(each, f"questions[{number - 1}]")}, f"questions[{number - 1}]"
        )
        for number, each in enumerate(listed, 1)
    )
    if len({question.id for question in found}) != len(found):
        raise Damaged("questions: two have the same id")
    return found


def _electorate(value: Any, weighs_area: bool) -> Electorate:
    given = _object(value, "electorate")
    everybody = _weight(given, "electorate", area=weighs_area, heads=None)
    if everybody.heads == 0 or (weighs_area and everybody.area == 0):
        raise Damaged("electorate: nobody is entitled to vote")
    unreturned = _object(given.get("unreturned", {"area": 0}), "electorate.unreturned")
    present = _object(given.get("present", {"area": 0}), "electorate.present")
    consents = _number(given.get("consents", 0), "electorate.consents")
    parts = _weights(given.get("parts", {}), "electorate.parts", weighs_area)
    if parts and weighs_area and sum(each.area for each in parts.values()) != everybody.area:
        raise Damaged("electorate.parts: their areas do not add up to the area of the electorate")
    if consents > everybody.heads:
        raise Damaged("electorate.consents: more than there are heads")
    return Electorate(
        everybody=everybody,
        parts=parts,
        present=_weight(present, "electorate.present", area=weighs_area, heads=0),
        consents=consents,
        unreturned=_weight(unreturned, "electorate.unreturned", area=weighs_area, heads=0),
        unreturned_parts=_weights(unreturned.get("parts", {}), "electorate.unreturned.parts", weighs_area),
    )


def _lines(
    questions: tuple[Question, ...], electorate: Electorate, votes: list[Any], weighs_area: bool
) -> tuple[dict[str, list[Line]], int]:
    counting = _counting(votes)
    lines: dict[str, list[Line]] = {question.id: [] for question in questions}
    needs_part = any(question.rule.every_part for question in questions)
    for number in counting:
        where, vote = f"votes[{number}]", votes[number]
        weight = _weight(vote, where, area=weighs_area, heads=1)
        parts = _vote_parts(vote, where, weight, weighs_area)
        if needs_part and not parts:
            raise Damaged(f"{where}.part: every part has to pass, so each vote names its part")
        if not electorate.parts.keys() >= parts.keys():
            raise Damaged(f"{where}.part: the electorate has no such part")
        consents = weight.heads if vote.get("consent_needed") is True else 0
        for question in questions:
            answer = _answer(question, vote, where, single=len(questions) == 1)
            lines[question.id].append(Line(answer, weight, parts, consents))
    _check_totals(electorate, lines[questions[0].id])
    return lines, len(votes) - len(counting)


def _counting(votes: list[Any]) -> list[int]:
    """The places of the votes that count: where a voter stands more than once, the strongest."""
    receipts: set[str] = set()
    counting: list[int] = []
    by_voter: dict[str, dict[int, Given]] = {}
    for number, vote in enumerate(votes):
        where = f"votes[{number}]"
        if not isinstance(vote, dict):
            raise Damaged(f"{where}: an object is needed")
        receipt = vote.get("receipt")
        if receipt is not None:
            if str(receipt) in receipts:
                raise Damaged(f"{where}.receipt: the same receipt stands twice")
            receipts.add(str(receipt))
        if vote.get("voter") is None:
            counting.append(number)
        else:
            by_voter.setdefault(str(vote["voter"]), {})[number] = _given(vote, number, where)
    strongest = (precedence.counting(own) for own in by_voter.values())
    return sorted([*counting, *(number for number in strongest if number is not None)])


def _given(vote: Mapping[str, Any], number: int, where: str) -> Given:
    try:
        channel = Channel(vote.get("channel", Channel.ONLINE))
        at = datetime.fromisoformat(str(vote["at"])) if "at" in vote else EARLIEST
    except ValueError as error:
        raise Damaged(f"{where}: {error}") from error
    by_proxy = vote.get("by_proxy") is True
    return Given(channel, at if at.tzinfo else at.replace(tzinfo=UTC), f"{number:012d}", by_proxy)


def _answer(question: Question, vote: Mapping[str, Any], where: str, *, single: bool) -> Any:
    """The answer to one question; a question left out on a sheet is an abstention."""
    choices = vote.get("choices")
    if choices is not None:
        value = _object(choices, f"{where}.choices").get(question.id, "abstain")
    elif single and "choice" in vote:
        value = vote["choice"]
    else:
        raise Damaged(f"{where}: a choice is needed" + ("" if single else " for each question, in choices"))
    try:
        return checked(question, value)
    except WrongAnswer as error:
        raise Damaged(f"{where}.choice: {error}") from error


def _vote_parts(vote: Mapping[str, Any], where: str, weight: Weight, weighs_area: bool) -> dict[str, Weight]:
    if "part" in vote:
        return {str(vote["part"]): weight}
    parts = _weights(vote.get("parts", {}), f"{where}.parts", weighs_area)
    if parts and weighs_area and sum(each.area for each in parts.values()) != weight.area:
        raise Damaged(f"{where}.parts: their areas do not add up to its area")
    return parts


def _check_totals(electorate: Electorate, lines: Iterable[Line]) -> None:
    """No more can vote than are entitled, in the whole and in each part."""
    voted, by_part, consents = electorate.unreturned, dict(electorate.unreturned_parts), 0
    for line in lines:
        voted += line.weight
        consents += line.consents
        for part, weight in line.parts.items():
            by_part[part] = by_part.get(part, NOTHING) + weight
    if not voted.fits_in(electorate.everybody):
        raise Damaged(
            f"votes: they weigh {voted.area} in area and {voted.heads} in heads, more than the electorate, "
            f"which has {electorate.everybody.area} and {electorate.everybody.heads}"
        )
    for part, weight in by_part.items():
        if not weight.fits_in(electorate.parts.get(part, NOTHING)):
            raise Damaged(f"votes: those of part {part!r} weigh more than the part")
    if consents > electorate.consents:
        raise Damaged("votes: more of them are marked consent_needed than the electorate says")


def _weights(value: Any, where: str, weighs_area: bool) -> dict[str, Weight]:
    given = _object(value, where)
    return {
        str(part): _weight(_object(each, f"{where}.{part}"), f"{where}.{part}", area=weighs_area, heads=1)
        for part, each in given.items()
    }


def _weight(given: Mapping[str, Any], where: str, *, area: bool, heads: int | None) -> Weight:
    """Area and heads. `area` False: it is not counted; `heads` None: they must be given."""
    if area and "area" not in given:
        raise Damaged(f"{where}.area: needed, since the rule counts area (whole numbers of 0.01 m²)")
    if heads is None and "heads" not in given:
        raise Damaged(f"{where}.heads: needed")
    owned = _number(given["area"], f"{where}.area") if area else 0
    return Weight(owned, _number(given.get("heads", heads), f"{where}.heads"))


def _number(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
        raise Damaged(f"{where}: {str(value)[:40]} is not a whole number from 0 on; area is in 0.01 m²")
    return value


def _day(value: Any, where: str) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise Damaged(f"{where}: {value!r} is not a date like 2026-11-21") from error


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Damaged(f"{where}: an object is needed")
    return value
