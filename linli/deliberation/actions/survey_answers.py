"""Answers to surveys: given on a phone, or handed in on paper and entered by staff.

That somebody answered and what was answered are two rows that do not know each other. Nothing here names
both: a sheet is handed in by somebody, and entered without saying whose it is.
"""

import secrets
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.deliberation.kinds import Event
from linli.deliberation.models import Answered, Survey, SurveyAnswer
from linli.deliberation.policies import surveys as policies
from linli.deliberation.read import surveys as read
from linli.deliberation.read.opinions import belongs
from linli.deliberation.rules import surveys as rules
from linli.deliberation.rules.covenants import Signer
from linli.kernel.actor import Actor
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.kernel.text import clean

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that is mistaken for another in handwriting
CODE_LENGTH = 5

Sent = Mapping[int, tuple[Sequence[int], str]]  # by the question's number: what was chosen, and words


@transaction.atomic
def respond(*, by: Actor, survey_id: UUID, sent: Sent) -> None:
    """Answer, once. Nothing is written into the record: an entry would say who answered when."""
    row = read.survey_for_update(survey_id)
    who = read.asked_as(row, by.person_id)
    decision = policies.may_answer(
        by,
        belongs=belongs(by.person_id, row.place.path),
        signer=who,
        stage=read.stage_of(row),
        has_answered=read.has_answered(row, by.person_id, who),
    )
    require(decision, status=CONFLICT)
    kept = _checked(row, sent, sheet="")
    _mark(row, by.person_id, who, on_paper=False)
    SurveyAnswer.objects.bulk_create(kept)


@transaction.atomic
def hand_in(*, by: Actor, survey_id: UUID, person_id: UUID) -> Survey:
    """Note that somebody handed in a sheet of paper; what is on it is entered apart from this."""
    row = read.survey_for_update(survey_id)
    who = read.asked_as(row, person_id)
    decision = policies.may_hand_in(
        by,
        belongs=belongs(person_id, row.place.path),
        signer=who,
        stage=read.stage_of(row),
        has_answered=read.has_answered(row, person_id, who),
        place_path=row.place.path,
    )
    require(decision, status=CONFLICT)
    _mark(row, person_id, who, on_paper=True)
    audit.record(Event.SURVEY_PAPER_TAKEN, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def give_back(*, by: Actor, survey_id: UUID, person_id: UUID) -> Survey:
    """Take the note of a sheet back: the wrong person was noted, or the sheet was empty."""
    row = read.survey_for_update(survey_id)
    waiting, stage = read.sheets_waiting(row.pk), read.stage_of(row)
    decision = policies.may_enter_sheet(by, stage=stage, waiting=waiting, place_path=row.place.path)
    require(decision, status=CONFLICT)
    entry = read.entry_of(row, person_id, read.asked_as(row, person_id))
    if entry is None or not entry.on_paper:
        raise Refused("No sheet of theirs is noted.", status=MISSING)
    entry.delete()
    audit.record(
        Event.SURVEY_PAPER_TAKEN, by=by, subject=row, place_path=row.place.path, data={"undone": True}
    )
    return row


@transaction.atomic
def enter(*, by: Actor, survey_id: UUID, sent: Sent) -> str:
    """Enter what is on a sheet. Gives the code to write on it, by which it can be found again."""
    row = read.survey_for_update(survey_id)
    waiting, stage = read.sheets_waiting(row.pk), read.stage_of(row)
    decision = policies.may_enter_sheet(by, stage=stage, waiting=waiting, place_path=row.place.path)
    require(decision, status=CONFLICT)
    sheet = _unused(row)
    SurveyAnswer.objects.bulk_create(_checked(row, sent, sheet=sheet))
    audit.record(Event.SURVEY_PAPER_ENTERED, by=by, subject=row, place_path=row.place.path)
    return sheet


@transaction.atomic
def strike(*, by: Actor, survey_id: UUID, sheet: str) -> Survey:
    """Take out what was entered from one sheet, to enter it again."""
    row = read.survey_for_update(survey_id)
    decision = policies.may_strike_sheet(by, stage=read.stage_of(row), place_path=row.place.path)
    require(decision, status=CONFLICT)
    code = sheet.strip().upper()
    if not code or not read.sheet_answers(row.pk, code).delete()[0]:
        raise Refused("No sheet with this code has been entered.", status=MISSING)
    audit.record(Event.SURVEY_PAPER_STRUCK, by=by, subject=row, place_path=row.place.path)
    return row


def _mark(row: Survey, person_id: UUID | None, who: Signer | None, *, on_paper: bool) -> None:
    if who is None:
        Answered.objects.create(survey=row, person_id=person_id, on_paper=on_paper)
    else:
        Answered.objects.create(
            survey=row, home_id=who.home_id, household_id=who.household_id, on_paper=on_paper
        )


def _checked(row: Survey, sent: Sent, *, sheet: str) -> list[SurveyAnswer]:
    kept = []
    for question in read.questions(row.pk):
        picked, text = sent.get(question.number, ((), ""))
        try:
            said = rules.said(read.asked(question), picked, clean(text))
        except ValueError as fault:
            raise Refused(
                "The answer to question %(number)s is not among those asked for.",
                {"number": question.number},
                status=UNPROCESSABLE,
            ) from fault
        if said is not None:
            kept.append(
                SurveyAnswer(question=question, picked=list(said.picked), text=said.text, sheet=sheet)
            )
    if not kept:
        raise Refused("Answer at least one question.", status=UNPROCESSABLE)
    return kept


def _unused(row: Survey) -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH))
        if not read.sheet_answers(row.pk, code).exists():
            return code
