"""More days for an appraisal, with the reason everybody reads."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linli.audit import actions as audit
from linli.deliberation.actions.words import WHY, words_of
from linli.deliberation.kinds import Event
from linli.deliberation.models import Appraisal, AppraisalProlonged
from linli.deliberation.policies import appraisals as policies
from linli.deliberation.read import appraisals as read
from linli.deliberation.read import prolonging
from linli.deliberation.rules import appraisals as rules
from linli.deliberation.rules.appraisals import Days
from linli.kernel.actor import Actor
from linli.kernel.clock import local, today
from linli.kernel.decision import CONFLICT, accept, person_of, require
from linli.notices import actions as notices
from linli.notices.kinds import Topic


@transaction.atomic
def prolong(
    *, by: Actor, appraisal_id: UUID, nominate_until: date, choose_from: date, choose_until: date, reason: str
) -> Appraisal:
    """Give an appraisal more days. The jury, those put forward and who put them forward are told."""
    row = read.appraisal_for_update(appraisal_id)
    path = row.place.path
    require(policies.may_run(by, path))
    require(policies.may_prolong(by, stage=read.stage_of(row), place_path=path), status=CONFLICT)
    before = read.days_of(row)
    after = Days(nominate_until, choose_from, choose_until, before.posted_days)
    opened_on = local(row.opened_at).date()
    accept(rules.fault_of_prolonging(before, after, opened_on=opened_on, today=today()))
    words = words_of(reason, WHY)
    AppraisalProlonged.objects.create(
        appraisal=row,
        nominate_until=before.nominate_until,
        choose_from=before.choose_from,
        choose_until=before.choose_until,
        reason=words,
        prolonged_by_id=person_of(by),
    )
    row.nominate_until, row.choose_from, row.choose_until = nominate_until, choose_from, choose_until
    row.save(update_fields=["nominate_until", "choose_from", "choose_until"])
    audit.record(Event.APPRAISAL_PROLONGED, by=by, subject=row, place_path=path)
    notices.notify(
        Topic.APPRAISAL_PROLONGED,
        by=by,
        to=prolonging.concerned(row.pk),
        params={"title": row.title, "until": choose_until.isoformat(), "text": words},
        url=reverse("appraisals:appraisal", args=[row.pk]),
        subject=row,
        place_path=path,
    )
    return row
