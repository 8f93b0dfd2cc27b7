"""Which practice a community begins with; and the practices that came with this version."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.founding import policies, read
from linli.founding.kinds import Event
from linli.kernel.actor import Actor
from linli.kernel.decision import MISSING, Refused, require
from linli.kernel.ids import uuid7
from linli.matters.actions import procedures
from linli.matters.procedures.loader import DEFAULT_PRACTICE
from linli.organizations import actions as organizations
from linli.organizations.kinds import Level


def choose_practice(*, by: Actor, community_id: UUID, code: str) -> int:
    """Adopt every procedure of a practice, and the plain one for kinds it leaves out; how many there are."""
    with transaction.atomic():
        community = read.lock(community_id)
        if community is None:
            raise Refused("There is no such community here.", status=MISSING)
        require(policies.may_set_up(by, community.path))
        chosen = read.versions_of(code)
        if not chosen:
            raise Refused("There is no such practice.", status=MISSING)
        plain = [] if code == DEFAULT_PRACTICE else read.versions_of(DEFAULT_PRACTICE)
        for version in plain:
            procedures.adopt(by=by, community_id=community.id, version_id=version.id, is_default=False)
        for version in chosen:
            procedures.adopt(by=by, community_id=community.id, version_id=version.id, is_default=True)
        audit.record(
            Event.PRACTICE_CHOSEN,
            by=by,
            subject=community,
            place_path=community.path,
            data={"practice": code},
        )
    return len(plain) + len(chosen)


@dataclass(slots=True)
class Store:
    """What the entry of a storing is about: the batch itself."""

    id: UUID


def store_practices(*, by: Actor) -> int:
    """Store the procedures and kinds of post of every shipped practice that are not there; how many were new.

    A kind of post that is there keeps its powers: somebody here may have changed them.
    """
    with transaction.atomic():
        require(policies.may_store_practices(by))
        known, new = read.stored_kinds(), 0
        for practice in read.shipped():
            for code, kind in practice.practice.posts.items():
                if code in known:
                    continue
                new += 1
                organizations.set_post_kind(
                    by=by,
                    code=code,
                    title_zh=kind.title.zh,
                    title_en=kind.title.en,
                    level=Level(kind.level.value),
                    powers=kind.powers,
                )
            stored = {version.name: version.version for version in read.versions_of(practice.code)}
            for parsed in practice.procedures:
                if stored.get(parsed.procedure) != parsed.version:
                    new += 1
                    procedures.store_procedure(by=by, practice=practice.code, parsed=parsed)
        if new:
            audit.record(Event.PRACTICES_STORED, by=by, subject=Store(uuid7()), data={"count": new})
    return new
