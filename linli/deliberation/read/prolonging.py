"""How often an appraisal was given more days, and who hears of it."""

from uuid import UUID

from linli.deliberation.models import AppraisalProlonged, Juror, Nomination


def prolonged(appraisal_id: UUID) -> list[AppraisalProlonged]:
    """Every time it was given more days, the latest first, each with the days it had before."""
    return list(AppraisalProlonged.objects.filter(appraisal_id=appraisal_id).order_by("-prolonged_at"))


def concerned(appraisal_id: UUID) -> frozenset[UUID]:
    """The jury, those put forward who know of it, and who put somebody forward; to be told and no more."""
    jury = Juror.objects.filter(appraisal_id=appraisal_id).values_list("person_id", flat=True)
    rows = Nomination.objects.filter(appraisal_id=appraisal_id)
    named = rows.filter(person__isnull=False).values_list("person_id", flat=True)
    wrote = rows.filter(nominated_by__isnull=False).values_list("nominated_by_id", flat=True)
    return frozenset(jury) | frozenset(named) | frozenset(wrote)
