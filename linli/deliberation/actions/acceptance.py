"""Works before those who live there: homes accept or do not, defects are mended, the warranty runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from linli.audit import actions as audit
from linli.deliberation.actions import works_photos
from linli.deliberation.actions.doubts import tell
from linli.deliberation.actions.words import words_of
from linli.deliberation.actions.works_photos import Sent
from linli.deliberation.kinds import Event, WarrantyKind, WorksStage
from linli.deliberation.models import Acceptance, AcceptanceVoice, Defect, Warranty, WarrantyClaim, Works
from linli.deliberation.policies import works as policies
from linli.deliberation.read import covenants
from linli.deliberation.read import works as read
from linli.deliberation.read.opinions import belongs
from linli.deliberation.rules import works as rules
from linli.deliberation.rules.opening import LONGEST_WORDS, fault_of_last_day
from linli.deliberation.rules.works import Heard, Seasons
from linli.kernel.actor import SYSTEM, Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, accept, person_of, require
from linli.kernel.text import clean
from linli.matters.actions import moving, raising
from linli.matters.actions.raising import Raised


@dataclass(frozen=True, slots=True)
class Mended:
    """The day a defect was mended, and how."""

    on: date
    words: str


@transaction.atomic
def put(*, by: Actor, works_id: UUID, until: date) -> Works:
    """Ask the homes whether they accept, until a last day, and tell them; or give them more time."""
    row = read.works_for_update(works_id)
    path = row.place.path
    require(policies.may_keep(by, path))
    decision = policies.may_put(
        by,
        stage=WorksStage(row.stage),
        unfinished=read.unfinished(row.pk),
        unanswered=read.unanswered(row.pk),
        warranties=row.warranties.count(),
        place_path=path,
    )
    require(decision, status=CONFLICT)
    accept(fault_of_last_day(until, today(), rules.ASKING))
    if row.stage == WorksStage.BUILDING.value:
        row.round += 1
        tell(by=by, works=row, persons=read.residents(row, today()))
    row.stage, row.speak_until = WorksStage.ACCEPTING.value, until
    row.save(update_fields=["stage", "round", "speak_until"])
    audit.record(Event.WORKS_PUT, by=by, subject=row, place_path=path, data={"round": row.round})
    return row


@transaction.atomic
def say(*, by: Actor, works_id: UUID, accepts: bool, reason: str) -> AcceptanceVoice:
    """Say for one's home whether it accepts; the latest word of a home counts."""
    row = read.works_for_update(works_id)
    return _said(by, row, person_of(by), accepts=accepts, reason=reason, entered=False)


@transaction.atomic
def enter(*, by: Actor, works_id: UUID, person_id: UUID, accepts: bool, reason: str) -> AcceptanceVoice:
    """Write down what somebody said at the door or on paper."""
    row = read.works_for_update(works_id)
    require(policies.may_enter(by, row.place.path))
    return _said(by, row, person_id, accepts=accepts, reason=reason, entered=True)


@transaction.atomic
def note_defect(*, by: Actor, works_id: UUID, text: str, photos: Sequence[Sent] = ()) -> Defect:
    """Note what was not done as agreed, with photos of it."""
    row = _with_defects(by, works_id)
    defect = Defect.objects.create(works=row, text=words_of(text), noted_by_id=person_of(by))
    works_photos.of_defect(by=by, works=row, defect=defect, photos=photos)
    audit.record(Event.WORKS_DEFECT, by=by, subject=row, place_path=row.place.path)
    return defect


@transaction.atomic
def mend(
    *, by: Actor, works_id: UUID, defect_id: UUID, mended: Mended, photos: Sequence[Sent] = ()
) -> Defect:
    """Note how a defect was mended, with photos of it now."""
    row = _with_defects(by, works_id)
    defect = read.part_of(row.pk, Defect, defect_id)
    if defect.mended_on is not None:
        raise Refused("It is mended already.", status=CONFLICT)
    if mended.on > today():
        raise Refused("This day is still to come.", status=UNPROCESSABLE)
    defect.mended_on, defect.mending, defect.mended_by_id = mended.on, words_of(mended.words), person_of(by)
    defect.save(update_fields=["mended_on", "mending", "mended_by"])
    works_photos.of_defect(by=by, works=row, defect=defect, photos=photos)
    audit.record(Event.WORKS_MENDED, by=by, subject=row, place_path=row.place.path)
    return defect


@transaction.atomic
def conclude(*, by: Actor, works_id: UUID) -> Acceptance:
    """Count the homes by the rule written down at the beginning.

    Accepted: the warranty begins, and a matter’s step that waited goes on. Not accepted: back to building.
    """
    row = read.works_for_update(works_id)
    path, heard = row.place.path, read.heard(row, today())
    require(policies.may_keep(by, path))
    decision = policies.may_conclude(
        by,
        stage=WorksStage(row.stage),
        heard=heard,
        until=row.speak_until,
        day=today(),
        defects=read.open_defects(row.pk),
        place_path=path,
    )
    require(decision, status=CONFLICT)
    result = Acceptance.objects.create(
        works=row,
        round=row.round,
        homes=heard.homes,
        spoke=heard.spoke,
        accepting=heard.accepting,
        accepted=heard.accepts,
        concluded_on=today(),
        concluded_by_id=person_of(by),
    )
    if heard.accepts:
        _accepted(row, heard)
    else:
        row.stage, row.speak_until = WorksStage.BUILDING.value, None
        row.save(update_fields=["stage", "speak_until"])
    audit.record(Event.WORKS_CONCLUDED, by=by, subject=row, place_path=path, data={"accepted": heard.accepts})
    return result


@transaction.atomic
def claim(*, by: Actor, works_id: UUID, warranty_id: UUID, text: str) -> WarrantyClaim:
    """Something under warranty is broken: a matter is raised, private to who raised it, as any other."""
    row = read.works(works_id)
    warranty = read.part_of(row.pk, Warranty, warranty_id)
    decision = policies.may_claim(
        by,
        belongs=belongs(by.person_id, row.place.path),
        stage=WorksStage(row.stage),
        ends=warranty.ends_on,
        day=today(),
    )
    require(decision)
    words = words_of(text)
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Warranty: %(what)s") % {"what": warranty.title}
    made = raising.raise_matter(by=by, raised=Raised(place_id=row.place_id, text=words, title=title))
    kept = WarrantyClaim.objects.create(warranty=warranty, matter=made.matter)
    audit.record(Event.WORKS_CLAIMED, by=by, subject=row, place_path=row.place.path)
    return kept


def _accepted(row: Works, heard: Heard) -> None:
    row.stage, row.speak_until, row.accepted_on = WorksStage.ACCEPTED.value, None, today()
    row.save(update_fields=["stage", "speak_until", "accepted_on"])
    _begin(list(row.warranties.all()), today())
    opening = read.waiting_opening(row)
    if opening is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        words = _("Works “%(title)s” accepted: %(accepting)s of %(spoke)s homes that spoke.") % {
            "title": row.title,
            "accepting": heard.accepting,
            "spoke": heard.spoke,
        }
    result = {"works": str(row.pk), "homes": heard.homes, "spoke": heard.spoke, "accepting": heard.accepting}
    moving.record_outcome(by=SYSTEM, opening_id=opening, result=result, minutes=words)


def _begin(warranties: Sequence[Warranty], day: date) -> None:
    for each in warranties:
        seasons = Seasons(each.season_first, each.season_last) if each.season_first else None
        each.ends_on = rules.warranty_ends(WarrantyKind(each.kind), day, each.months, seasons)
    Warranty.objects.bulk_update(warranties, ["ends_on"])


def _said(
    by: Actor, row: Works, person_id: UUID, *, accepts: bool, reason: str, entered: bool
) -> AcceptanceVoice:
    who = covenants.signer(person_id, row.place.path, today())
    decision = policies.may_speak(
        home_id=who.home_id,
        adult=who.is_adult,
        stage=WorksStage(row.stage),
        until=row.speak_until,
        day=today(),
    )
    require(decision)
    words = clean(reason)[:LONGEST_WORDS]
    if not accepts and not words:
        raise Refused("Say what is not right, so that it can be mended.", status=UNPROCESSABLE)
    said, _new = AcceptanceVoice.objects.update_or_create(
        works=row,
        round=row.round,
        home_id=who.home_id,
        defaults={
            "person_id": person_id,
            "accepts": accepts,
            "reason": "" if accepts else words,
            "entered_by_id": person_of(by) if entered else None,
        },
    )
    audit.record(Event.WORKS_SAID, by=by, subject=row, place_path=row.place.path)
    return said


def _with_defects(by: Actor, works_id: UUID) -> Works:
    row = read.works_for_update(works_id)
    stage = WorksStage(row.stage)
    require(policies.may_keep(by, row.place.path))
    require(policies.may_note_defect(by, stage=stage, place_path=row.place.path), status=CONFLICT)
    return row
