"""The desk's page of backups: what the last one held, what failed and what to do, and making one now."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from linli.frame.doors import actor_of, door, holds, once
from linli.kernel import clock
from linli.kernel.decision import require
from linli.matters.wording import moment
from linli.organizations.kinds import Power
from linli.site import config
from linli.site.config import Settings
from linli.site.keeping import actions, backup, journal, retention
from linli.site.keeping.journal import Run
from linli.site.keeping.policies import may_back_up
from linli.site.kinds import BackupFault, BackupStage, BackupState

KEEPERS = holds(Power.SET_UP)
FAILURES_SHOWN: Final = 5
NAMING: Final = "LINLI_BACKUPS=/var/backups/linli"
RESTORING: Final = "linli restore %s --replace\nlinli doctor"

STAGES: Final[Mapping[BackupStage, Any]] = {
    BackupStage.COUNTING: gettext_lazy("Counting the rows"),
    BackupStage.DATABASE: gettext_lazy("Writing the database"),
    BackupStage.FILES: gettext_lazy("Adding photos and files"),
    BackupStage.CHECKING: gettext_lazy("Reading it again"),
}
# What happened, and what to do about it.
FAULTS: Final[Mapping[BackupFault, tuple[Any, Any]]] = {
    BackupFault.UNWRITABLE: (
        gettext_lazy("The folder could not be written."),
        gettext_lazy("See that it is there and belongs to the user Linli runs as, then make one now."),
    ),
    BackupFault.FULL: (
        gettext_lazy("The disk is full."),
        gettext_lazy(
            "Make room on it, or name a folder on a larger disk in LINLI_BACKUPS, then make one now."
        ),
    ),
    BackupFault.UNREACHABLE: (
        gettext_lazy("The database did not answer."),
        gettext_lazy(
            "See with “linli doctor” that it runs and that the owner may sign in, then make one now."
        ),
    ),
    BackupFault.DUMP: (
        gettext_lazy("PostgreSQL could not write out the database."),
        gettext_lazy("Read what it said below; if it is of another version, install the one Linli brings."),
    ),
    BackupFault.DAMAGED: (
        gettext_lazy("It was made, but did not pass its check, and was deleted."),
        gettext_lazy(
            "Make one now. If it fails again, the disk may be failing: name a folder on another one."
        ),
    ),
    BackupFault.CUT_OFF: (
        gettext_lazy("It was cut off: the worker stopped half-way."),
        gettext_lazy("The worker tries again by itself within ten minutes. See that it runs."),
    ),
    BackupFault.OTHER: (
        gettext_lazy("Something went wrong that is not foreseen."),
        gettext_lazy("Run “linli backup” on the command line: it says more. Then “linli doctor”."),
    ),
}


@door(KEEPERS)
def backups(request: HttpRequest) -> HttpResponse:
    """Asked for by htmx while one is being made, only the part that changes is sent."""
    require(may_back_up(actor_of(request)))
    settings = config.load()
    runs = journal.runs(settings.data_dir)
    going_on = next((run for run in runs if run.state in journal.GOING_ON), None)
    context = {
        "folder": settings.backups,
        "going_on": _going_on(going_on) if going_on else None,
        "failed": _failure(runs[0]) if runs and runs[0].state is BackupState.FAILED else None,
        **_kept(settings, runs),
        "failures": [_failure(run) for run in runs if run.state is BackupState.FAILED][:FAILURES_SHOWN],
        "naming": NAMING,
        "daily": retention.DAILY,
        "weekly": retention.WEEKLY,
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "site/_backups.html" if part else "site/backups.html", context)


@door(KEEPERS, methods=("POST",))
def back_up_now(request: HttpRequest) -> HttpResponse:
    """Leave it to the worker; the page shows how far it is."""

    def act() -> str:
        actions.ask(by=actor_of(request))
        messages.success(request, _("The worker begins in a moment. This page shows how far it is."))
        return reverse("backups")

    return HttpResponseRedirect(once(request, act))


def _going_on(run: Run) -> dict[str, Any]:
    stages = list(BackupStage)
    return {
        "since": moment(run.started_at),
        "waits": run.state is BackupState.WAITING,
        "step": stages.index(run.stage) + 1,
        "stages": [{"label": STAGES[stage]} for stage in stages],
        "said": _said(run),
    }


def _said(run: Run) -> str:
    if run.stage is BackupStage.DATABASE:
        return _("%(size)s so far") % {"size": backup.megabytes(run.said)}
    if run.stage is BackupStage.FILES:
        return ngettext("%(n)s file so far", "%(n)s files so far", run.said) % {"n": f"{run.said:,}"}
    if run.stage is BackupStage.COUNTING and run.said:
        return ngettext("%(n)s row", "%(n)s rows", run.said) % {"n": f"{run.said:,}"}
    return ""


def _failure(run: Run) -> dict[str, Any]:
    happened, remedy = FAULTS[run.fault or BackupFault.OTHER]
    return {"at": moment(run.started_at), "happened": happened, "remedy": remedy, "detail": run.detail}


def _kept(settings: Settings, runs: list[Run]) -> dict[str, Any]:
    """The archives in the folder, newest first, with what is known of how each was made."""
    there = backup.there_are(settings, settings.backups) if settings.backups else {}
    known = {run.file: run for run in runs if run.state is BackupState.DONE}
    rows = [
        {
            "at": moment(at),
            "file": path.name,
            "size": backup.megabytes(_size(path)),
            "run": _checked(known.get(path.name)),
        }
        for at, path in sorted(there.items(), reverse=True)
    ]
    newest: list[datetime] = list(there)
    return {
        "kept": rows,
        "last": rows[0] if rows else None,
        "restoring": RESTORING % (there[max(there)] if there else "linli-….zip"),
        "too_old": bool(settings.backups) and retention.is_too_old(newest, clock.now()),
    }


def _checked(run: Run | None) -> dict[str, Any] | None:
    if run is None:
        return None
    return {"rows_said": f"{run.rows:,}", "tables": run.tables, "files_said": f"{run.files:,}"}


def _size(path: Any) -> int:
    try:
        return int(path.stat().st_size)
    except OSError:  # deleted since the folder was listed
        return 0
