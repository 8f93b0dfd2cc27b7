"""Nominations: put forward by a neighbour, oneself or staff; agreed to or refused by whom it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linli.audit import actions as audit
from linli.deliberation.actions.appraisals import removed
from linli.deliberation.kinds import Event, Honours, NominationState
from linli.deliberation.models import Appraisal, Declined, Nomination, NominationPhoto
from linli.deliberation.policies import appraisals as policies
from linli.deliberation.read import appraisals as read
from linli.deliberation.rules import appraisals as rules
from linli.deliberation.rules.opening import LONGEST_TITLE, LONGEST_WORDS
from linli.documents import actions as documents
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Decision, Refused, person_of, require
from linli.kernel.text import clean, one_line
from linli.notices import actions as notices
from linli.notices.kinds import Topic


@dataclass(frozen=True, slots=True)
class Words:
    """A nomination as it was written: who or what is meant, the thing's name, why, and photos as sent."""

    named: str
    reason: str
    thing: str = ""
    photos: Sequence[tuple[str, bytes]] = ()


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody agrees to: their name in full or masked, with the photos or without."""

    full_name: bool = False
    with_photos: bool = True


@transaction.atomic
def nominate(*, by: Actor, appraisal_id: UUID, words: Words) -> Nomination:
    """Put a neighbour forward. Staff find out who is meant and ask them; until they agree nobody sees it."""
    row = read.appraisal_for_update(appraisal_id)
    require(_may_nominate(by, row))
    made = _written(by, row, words)
    audit.record(Event.NOMINATED, by=by, subject=row, place_path=row.place.path)
    return made


@transaction.atomic
def nominate_self(*, by: Actor, appraisal_id: UUID, words: Words, consent: Consent) -> Nomination:
    """Put oneself forward, where the appraisal says so: who does has agreed."""
    row, person_id = read.appraisal_for_update(appraisal_id), person_of(by)
    require(policies.may_nominate_self(_may_nominate(by, row), self_allowed=row.self_allowed))
    there = read.nomination_of(row.pk, person_id) is not None
    require(policies.may_be_named(is_juror=False, has_declined=False, is_there=there), status=CONFLICT)
    who = read.person_at(person_id, row.place.path)
    if who is not None and rules.is_child(who.born_year, today()):
        raise Refused("Under 18 a parent agrees, on paper; the community writes it down.")
    made = _written(by, row, words)
    made.person_id, made.state = person_id, NominationState.AGREED.value
    made.agreed_at, made.full_name = now(), consent.full_name
    made.save()
    Declined.objects.filter(appraisal=row, person_id=person_id).delete()
    audit.record(Event.NOMINATED, by=by, subject=row, place_path=row.place.path)
    return made


@transaction.atomic
def enter(*, by: Actor, appraisal_id: UUID, person_id: UUID, words: Words) -> Nomination:
    """Put a resident forward from the desk; they are asked at once."""
    row = read.appraisal_for_update(appraisal_id)
    sits = read.is_juror(row.pk, by.person_id)
    decision = policies.may_enter(by, stage=read.stage_of(row), is_juror=sits, place_path=row.place.path)
    require(decision)
    made = _written(by, row, words)
    _ask(by, row, made, person_id)
    audit.record(Event.NOMINATED, by=by, subject=row, place_path=row.place.path)
    return made


@transaction.atomic
def find(*, by: Actor, nomination_id: UUID, person_id: UUID) -> Nomination:
    """Say which resident is meant; they are asked at once."""
    row, made = _locked(nomination_id)
    decision = policies.may_find(
        by, state=NominationState(made.state), stage=read.stage_of(row), place_path=row.place.path
    )
    require(decision, status=CONFLICT)
    _ask(by, row, made, person_id)
    audit.record(Event.NOMINATION_FOUND, by=by, subject=row, place_path=row.place.path)
    return made


@transaction.atomic
def set_aside(*, by: Actor, nomination_id: UUID) -> Appraisal:
    """Take out a nomination that names nobody or does not fit, before anybody agreed to it."""
    row, made = _locked(nomination_id)
    decision = policies.may_set_aside(
        by, state=NominationState(made.state), stage=read.stage_of(row), place_path=row.place.path
    )
    require(decision, status=CONFLICT)
    removed(by, made)
    audit.record(Event.NOMINATION_SET_ASIDE, by=by, subject=row, place_path=row.place.path)
    return row


@transaction.atomic
def take_back(*, by: Actor, nomination_id: UUID) -> Appraisal:
    """Take back what one wrote oneself, as long as whom it is about has not agreed."""
    row, made = _locked(nomination_id)
    decision = policies.may_take_back(
        by,
        nominator_id=made.nominated_by_id,
        state=NominationState(made.state),
        stage=read.stage_of(row),
    )
    require(decision, status=CONFLICT)
    removed(by, made)
    audit.record(Event.NOMINATION_ENDED, by=by, subject=row, place_path=row.place.path)
    return row


# The word of whom it is about


@transaction.atomic
def agree(*, by: Actor, nomination_id: UUID, consent: Consent) -> Nomination:
    """Agree to be put forward, with what may be shown."""
    row, made = _locked(nomination_id)
    who = made.person
    decision = policies.may_agree(
        by,
        person_id=made.person_id,
        is_child=who is not None and rules.is_child(who.born_year, today()),
        state=NominationState(made.state),
        stage=read.stage_of(row),
    )
    require(decision, status=CONFLICT)
    return _agreed(by, row, made, consent, recorded_by=None)


@transaction.atomic
def record_consent(*, by: Actor, nomination_id: UUID, consent: Consent) -> Nomination:
    """Write down that somebody without a phone agreed; who wrote it down stands with it."""
    row, made = _locked(nomination_id)
    decision = policies.may_record_consent(
        by, state=NominationState(made.state), stage=read.stage_of(row), place_path=row.place.path
    )
    require(decision, status=CONFLICT)
    return _agreed(by, row, made, consent, recorded_by=person_of(by))


@transaction.atomic
def withdraw(*, by: Actor, nomination_id: UUID) -> Appraisal:
    """Refuse, or take one's word back, at any time and without a reason: it is gone everywhere.

    Staff do it for whoever tells them so.
    """
    row, made = _locked(nomination_id)
    require(policies.may_withdraw(by, person_id=made.person_id, place_path=row.place.path))
    if made.person_id is not None and read.stage_of(row) not in policies.OVER:
        Declined.objects.get_or_create(appraisal=row, person_id=made.person_id)
    removed(by, made)
    audit.record(Event.NOMINATION_ENDED, by=by, subject=row, place_path=row.place.path)
    return row


def _may_nominate(by: Actor, row: Appraisal) -> Decision:
    reader = read.reader_of(by, row)
    so_far = len(read.nominated_by(row.pk, by.person_id)) if by.person_id else 0
    return policies.may_nominate(
        by, belongs=reader.belongs, is_juror=reader.is_juror, stage=read.stage_of(row), so_far=so_far
    )


def _written(by: Actor, row: Appraisal, words: Words) -> Nomination:
    named = one_line(words.named)[: rules.LONGEST_NAMED]
    thing = one_line(words.thing)[:LONGEST_TITLE]
    reason = clean(words.reason)[:LONGEST_WORDS]
    if not named:
        raise Refused("Say who is meant: the name, and where they live.", status=UNPROCESSABLE)
    if not reason:
        raise Refused("Say in a few words why.", status=UNPROCESSABLE)
    if len(words.photos) > rules.MOST_PHOTOS:
        raise Refused("At most 3 photos.", status=UNPROCESSABLE)
    made = Nomination.objects.create(
        appraisal=row,
        state=NominationState.NAMED.value,
        named=named,
        thing=thing if row.honours == Honours.THING.value else "",
        reason=reason,
        nominated_by_id=person_of(by),
    )
    for name, content in words.photos:
        NominationPhoto.objects.create(
            nomination=made, file=documents.store(by=by, content=content, name=name)
        )
    return made


def _ask(by: Actor, row: Appraisal, made: Nomination, person_id: UUID) -> None:
    if read.person_at(person_id, row.place.path) is None:
        raise Refused("Nobody of that name lives here.", status=UNPROCESSABLE)
    decision = policies.may_be_named(
        is_juror=read.is_juror(row.pk, person_id),
        has_declined=read.has_declined(row.pk, person_id),
        is_there=read.nomination_of(row.pk, person_id) is not None,
    )
    require(decision, status=CONFLICT)
    made.person_id, made.state, made.asked_at = person_id, NominationState.ASKED.value, now()
    made.save(update_fields=["person", "state", "asked_at"])
    notices.notify(
        Topic.HONOUR_ASKED,
        by=by,
        to=[person_id],
        params={"title": row.title, "until": row.choose_from.isoformat()},
        url=reverse("appraisals:nomination", args=[made.pk]),
        subject=made,
        place_path=row.place.path,
    )


def _agreed(
    by: Actor, row: Appraisal, made: Nomination, consent: Consent, *, recorded_by: UUID | None
) -> Nomination:
    made.state, made.agreed_at = NominationState.AGREED.value, now()
    made.full_name, made.recorded_by_id = consent.full_name, recorded_by
    made.save(update_fields=["state", "agreed_at", "full_name", "recorded_by"])
    if not consent.with_photos:
        for file_id in list(made.photos.values_list("file_id", flat=True)):
            documents.remove(by=by, file_id=file_id)  # the photo goes with its file
    audit.record(Event.NOMINATION_AGREED, by=by, subject=row, place_path=row.place.path)
    return made


def _locked(nomination_id: UUID) -> tuple[Appraisal, Nomination]:
    """A nomination as it stands once its appraisal is locked."""
    row = read.appraisal_for_update(read.nomination(nomination_id).appraisal_id)
    return row, read.nomination(nomination_id)
