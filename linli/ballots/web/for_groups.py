"""复制到群: what is said of a ballot in a chat group: that it is on, and what came of it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ballots.kinds import BallotState
from linli.ballots.templatetags.ballots import reason
from linli.frame.for_groups import composed, said
from linli.kernel.clock import local


def of_ballot(request: HttpRequest, row: Any, where: str, results: Iterable[Any]) -> str:
    """Nothing of a draft, nor of one that was withdrawn; a result once it is published."""
    if row.announced_at is None or row.state == BallotState.WITHDRAWN:
        return ""
    if row.state == BallotState.PUBLISHED:
        lines = [said(each.question.title, reason(each)) for each in results]
        lines.append(_("Anybody can read the result here and count it again."))
    else:
        first, last = (f"{local(at):%Y-%m-%d %H:%M}" for at in (row.opens_at, row.closes_at))
        days = _("%(first)s to %(last)s") % {"first": first, "last": last}
        lines = [said(_("Voting"), days), _("Everybody asked can read it and vote here.")]
    link = request.build_absolute_uri(reverse("ballots:ballot", args=[row.pk]))
    return composed(where, row.title, lines, link)
