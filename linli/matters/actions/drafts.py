"""A community's own procedures: begun as a copy or brought in as a file, saved, published, dropped."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, require
from linli.matters import policies
from linli.matters.actions.procedures import follow
from linli.matters.kinds import Event, Use
from linli.matters.models import ProcedureDraft, ProcedureVersion
from linli.matters.procedures.schema import Procedure
from linli.matters.procedures.writing import to_yaml
from linli.matters.read import practices, settings
from linli.matters.rules import publishing
from linli.places import read as places

if TYPE_CHECKING:
    from linli.places.models import Place

SAVED_SINCE = "Somebody saved this draft while you were looking at it. Look at it again before publishing."


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: the draft that now holds it, and the one it came too late for."""

    draft: ProcedureDraft
    late_for: ProcedureDraft | None = None


@transaction.atomic
def begin_draft(*, by: Actor, community_id: UUID, version_id: UUID) -> ProcedureDraft:
    """A copy of a stored version to change. What runs, and what is followed, stays as it is."""
    community = _community(community_id)
    require(policies.may_change_procedures(by, community.path))
    base = practices.version(version_id)
    require(policies.may_adopt_version(base.community_id, community.id))
    parsed = settings.procedure(base)
    return _keep(by, community, base, _named(parsed, community))


@transaction.atomic
def take_in(*, by: Actor, community_id: UUID, text: str) -> ProcedureDraft:
    """A file brought from elsewhere, as a draft. One that cannot be read is refused: the door says where."""
    community = _community(community_id)
    require(policies.may_change_procedures(by, community.path))
    found = practices.examined(text, community).procedure
    if found is None:
        raise Refused(
            "This file cannot be read. What is wrong is listed with its lines.", status=UNPROCESSABLE
        )
    name = publishing.own_name(found.procedure, community.path)
    before = ProcedureVersion.objects.filter(name__in=[name, found.procedure], community__isnull=True)
    own = ProcedureVersion.objects.filter(name=name, community=community).order_by("-version").first()
    return _keep(by, community, own or before.order_by("-version").first(), _named(found, community))


@transaction.atomic
def save_draft(*, by: Actor, draft_id: UUID, revision: int, text: str) -> Saved:
    """Keep what was typed, right or wrong. `revision` is the one it was typed into.

    Where somebody saved in between, theirs stays and this text becomes a draft of its own beside it.
    """
    draft = _locked(draft_id)
    require(policies.may_change_procedures(by, draft.community.path))
    if draft.revision != revision:
        beside = _create(by, draft.community, draft.based_on, text, beside=draft)
        return Saved(beside, late_for=draft)
    draft.text, draft.revision = text, draft.revision + 1
    draft.saved_by_id, draft.saved_at = _person(by), clock.now()
    draft.save(update_fields=["text", "revision", "saved_by", "saved_at"])
    _record(Event.PROCEDURE_DRAFTED, by, draft)
    return Saved(draft)


@transaction.atomic
def drop_draft(*, by: Actor, draft_id: UUID) -> None:
    """Throw a draft away."""
    draft = _locked(draft_id)
    require(policies.may_change_procedures(by, draft.community.path))
    _record(Event.DRAFT_DROPPED, by, draft)
    draft.delete()


@transaction.atomic
def publish_draft(*, by: Actor, draft_id: UUID, revision: int, use: Use | None = None) -> ProcedureVersion:
    """Make a draft a version, and with `use` follow it from today in the place of what it was made from.

    Refused while anything is wrong with it here. Running matters end on the version they began.
    """
    draft = _locked(draft_id)
    community = draft.community
    require(policies.may_change_procedures(by, community.path))
    if draft.revision != revision:
        raise Refused(SAVED_SINCE, status=CONFLICT)
    found = practices.examined(draft.text, community)
    if found.procedure is None or found.faults:
        raise Refused(
            "Something is still wrong with this draft; it is listed beside the drawing.", status=UNPROCESSABLE
        )
    base = settings.procedure(draft.based_on) if draft.based_on else None
    require(publishing.is_worth_publishing(base, found.procedure), status=UNPROCESSABLE)
    version = _store(_named(found.procedure, community), draft)
    data: dict[str, object] = {"name": version.name, "version": version.version}
    audit.record(Event.PROCEDURE_PUBLISHED, by=by, subject=version, place_path=community.path, data=data)
    if use is not None:
        replaced = {version.name} | ({draft.based_on.name} if draft.based_on else set())
        follow(by=by, community=community, version=version, use=use, instead_of=replaced)
    draft.delete()
    return version


def _store(parsed: Procedure, draft: ProcedureDraft) -> ProcedureVersion:
    version = ProcedureVersion.objects.create(
        name=parsed.procedure,
        version=parsed.version,
        practice=draft.based_on.practice if draft.based_on else parsed.procedure,
        sha256=parsed.sha256,
        parsed=parsed.parsed_json(),
        community=draft.community,
        based_on=draft.based_on,
        stored_at=clock.now(),
    )
    settings.stored_ids.changed()
    return version


def _named(parsed: Procedure, community: "Place") -> Procedure:
    """The procedure under the community's own name, with the version that comes next."""
    name = publishing.own_name(parsed.procedure, community.path)
    newest = ProcedureVersion.objects.filter(name=name).aggregate(newest=Max("version"))["newest"] or 0
    return parsed.model_copy(update={"procedure": name, "version": newest + 1})


def _keep(by: Actor, community: "Place", base: ProcedureVersion | None, parsed: Procedure) -> ProcedureDraft:
    return _create(by, community, base, to_yaml(parsed))


def _create(
    by: Actor,
    community: "Place",
    base: ProcedureVersion | None,
    text: str,
    beside: ProcedureDraft | None = None,
) -> ProcedureDraft:
    draft = ProcedureDraft.objects.create(
        community=community,
        based_on=base,
        beside=beside,
        text=text,
        begun_by_id=_person(by),
        saved_by_id=_person(by),
        saved_at=clock.now(),
    )
    _record(Event.PROCEDURE_DRAFTED, by, draft)
    return draft


def _record(event: Event, by: Actor, draft: ProcedureDraft) -> None:
    data: dict[str, object] = {"revision": draft.revision, "beside": str(draft.beside_id or "")}
    audit.record(event, by=by, subject=draft, place_path=draft.community.path, data=data)


def _locked(draft_id: UUID) -> ProcedureDraft:
    """The draft, locked until the transaction ends: of two saves one comes second."""
    if not ProcedureDraft.objects.select_for_update().filter(id=draft_id).exists():
        raise Refused("This draft is not here any more. It was published or dropped.", status=404)
    return practices.draft(draft_id)


def _community(community_id: UUID) -> "Place":
    community = places.place(community_id)
    if community is None:
        raise Refused("There is no such place. Please choose again.", status=UNPROCESSABLE)
    return community


def _person(by: Actor) -> UUID:
    """Who drafts is always somebody."""
    if by.person_id is None:
        raise Refused("Please sign in first.")
    return by.person_id
