"""Practices for a community: what is shipped, what it has drafted, who is there to hold the steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count

from linli.kernel import clock
from linli.kernel.decision import MISSING, Refused
from linli.matters.kinds import Clock, State
from linli.matters.models import Adoption, Matter, ProcedureDraft, ProcedureVersion, Step, Suspension
from linli.matters.procedures import loader
from linli.matters.procedures.checks import Known
from linli.matters.procedures.loader import ProcedureError
from linli.matters.procedures.practice import LoadedPractice
from linli.matters.procedures.schema import Procedure, Words
from linli.matters.rules import publishing
from linli.matters.rules.holders import FALLBACKS, PostHere, needed
from linli.matters.rules.replay import Stay
from linli.organizations import read as organizations

if TYPE_CHECKING:
    from linli.organizations.models import Post, PostKind
    from linli.places.models import Place

DRAFT_FILE = "procedure.yaml"
MOST_TRIALS = 30  # past matters offered to try a procedure on


@lru_cache(maxsize=1)
def shipped() -> dict[str, LoadedPractice]:
    """The practices that come with Linli by their code; their files do not change while it runs."""
    return {practice.code: practice for practice in loader.load_folder()}


def known_names() -> Known:
    """Every post of this installation, and every body and ballot rule a practice names."""
    posts = {kind.code: Words(zh=kind.title_zh, en=kind.title_en) for kind in organizations.post_kinds()}
    practices = shipped().values()
    bodies = {code: words for one in practices for code, words in one.practice.bodies.items()}
    ballots = {code: words for one in practices for code, words in one.practice.ballots.items()}
    return Known(posts, bodies, ballots)


def version(version_id: UUID) -> ProcedureVersion:
    """One stored version with whose it is and what it was changed from."""
    found = ProcedureVersion.objects.select_related("community", "based_on").filter(id=version_id).first()
    if found is None:
        raise Refused("There is no such procedure.", status=MISSING)
    return found


def versions_of(name: str) -> list[ProcedureVersion]:
    """The versions under one name, the newest first."""
    return list(ProcedureVersion.objects.filter(name=name).order_by("-version"))


def open_to(community_id: UUID | None) -> list[ProcedureVersion]:
    """The newest version of each procedure a community may adopt: what is shipped, and its own."""
    found = ProcedureVersion.objects.filter(community_id=None)
    if community_id is not None:
        found = found | ProcedureVersion.objects.filter(community_id=community_id)
    newest: dict[str, ProcedureVersion] = {}
    for row in found.order_by("name", "-version"):
        newest.setdefault(row.name, row)
    return list(newest.values())


def draft(draft_id: UUID) -> ProcedureDraft:
    """One draft, with its community, what it is based on and who saved it."""
    rows = ProcedureDraft.objects.select_related(
        "community", "based_on__community", "saved_by", "begun_by", "beside__saved_by"
    )
    found = rows.filter(id=draft_id).first()
    if found is None:
        raise Refused("This draft is not here any more. It was published or dropped.", status=MISSING)
    return found


def drafts_of(community_id: UUID) -> list[ProcedureDraft]:
    """The drafts of a community, the latest first."""
    rows = ProcedureDraft.objects.filter(community_id=community_id).select_related("based_on", "saved_by")
    return list(rows.order_by("-saved_at"))


def followed(community_id: UUID, names: Iterable[str]) -> list[Adoption]:
    """The adoptions in force of procedures under some names."""
    rows = Adoption.objects.filter(community_id=community_id, ends__isnull=True, procedure__name__in=names)
    return list(rows.select_related("procedure"))


def posts_here(procedure: Procedure, community: "Place", on: date) -> dict[str, PostHere]:
    """Every post a procedure needs as it stands in a community, by its code."""
    return _here(list(needed(procedure)), community, on)


def _here(codes: Sequence[str], community: "Place", on: date) -> dict[str, PostHere]:
    kinds = {kind.code: kind for kind in organizations.post_kinds()}
    posts = organizations.posts_of_kinds({*codes, *FALLBACKS}, community.path, on)
    ids = [post.id for post in posts]
    held, acting = organizations.holders_of(ids, on), organizations.persons_of_posts(ids, on)
    falls_to = _fallback(posts, community.path)
    found = {}
    for code in codes:
        mine = [post for post in posts if post.kind_id == code]
        found[code] = PostHere(
            code=code,
            posts=len(mine),
            vacant=sum(not held.get(post.id) for post in mine),
            covered=all(acting[post.id] for post in mine),
            powers=_powers(kinds.get(code)),
            known=code in kinds,
            falls_to=falls_to,
        )
    return found


def _powers(kind: "PostKind | None") -> frozenset[str]:
    return frozenset(kind.powers) if kind is not None else frozenset()


def _fallback(posts: "Sequence[Post]", path: str) -> str:
    """The code of the post over a community that takes steps no post of their own kind is there for."""
    above = {post.kind_id for post in posts if path.startswith(post.place.path)}
    return next((code for code in FALLBACKS if code in above), "")


@dataclass(frozen=True, slots=True)
class Examined:
    """A text as it would be published in a community: what can be read of it, and what is wrong with it."""

    procedure: Procedure | None
    faults: list[ProcedureError]
    here: dict[str, PostHere]


def examined(text: str, community: "Place") -> Examined:
    """Everything wrong with a draft for this community today."""
    here: dict[str, PostHere] = {}

    def besides(procedure: Procedure) -> Any:
        here.update(posts_here(procedure, community, clock.today()))
        return publishing.besides(procedure, here)

    procedure, faults = loader.examine(text, DRAFT_FILE, known=known_names(), besides=besides)
    return Examined(procedure, faults, here)


def past_matters(community_id: UUID) -> list[Matter]:
    """Matters of a community a procedure can be tried on: closed ones with a story, the latest first."""
    rows = Matter.objects.filter(community_id=community_id, state=State.CLOSED, confidential=False)
    told = rows.annotate(stays=Count("steps")).filter(stays__gte=2)
    return list(told.order_by("-raised_at")[:MOST_TRIALS])


def stays_of(matter: Matter) -> list[Stay]:
    """The stays of a matter with how long the clock of each stood still."""
    rows = Step.objects.filter(matter=matter).order_by("entered_at", "id")
    stops = list(Suspension.objects.filter(matter=matter))
    return [
        Stay(row.key, row.entered_at, row.left_at, row.verb, row.moved_to, _paused(row, stops))
        for row in rows
    ]


def _paused(row: Step, stops: Sequence[Suspension]) -> timedelta:
    """How long a step's own clock stood still while the matter was at it."""
    left = row.left_at or clock.now()
    total = timedelta(0)
    for stop in stops:
        if stop.clock in (Clock.STEP, Clock.MATTER):
            begins = max(stop.since, row.entered_at)
            ends = min(stop.resumed_at or clock.now(), left)
            total += max(ends - begins, timedelta(0))
    return total
