"""What is said about a matter, and what of it is shown to everybody."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.kernel.decision import Refused, require
from linli.matters import policies
from linli.matters.actions import engine
from linli.matters.kinds import ContributionKind, Event, OpeningKind, Stance
from linli.matters.models import Contribution, Matter
from linli.matters.read import one as read
from linli.matters.rules.publication import may_be_shown
from linli.matters.rules.ties import Ties
from linli.notices.kinds import Topic
from linli.people import read as people


def _say(
    matter: Matter,
    kind: ContributionKind,
    text: str,
    by: Actor,
    post_id: UUID | None = None,
    stance: str = "",
) -> Contribution:
    return Contribution.objects.create(
        matter=matter,
        kind=kind.value,
        text=text,
        person_id=by.person_id,
        post_id=post_id,
        stance=stance,
        step_key=matter.step_key,
        at=clock.now(),
    )


def _post_here(by: Actor, matter: Matter) -> UUID | None:
    """The post somebody speaks from about a matter: its holder's, else one of theirs over the place."""
    if matter.holder_id in by.posts:
        return matter.holder_id
    here = (grant.post_id for grant in by.grants if matter.place_path.startswith(grant.path))
    return next((post for post in here if post is not None), None)


@transaction.atomic
def supplement(*, by: Actor, matter_id: UUID, ties: Ties, text: str) -> Contribution:
    """补充一句: the raiser adds to their own matter."""
    matter = engine.locked(matter_id)
    require(policies.may_supplement(matter, ties))
    said = _say(matter, ContributionKind.SUPPLEMENT, text, by)
    if matter.holder_id:
        engine.tell_post(Topic.MATTER_SUPPLEMENTED, matter, matter.holder_id, by=by)
    audit.record(
        Event.CONTRIBUTED, by=by, subject=matter, place_path=matter.place_path, data={"kind": "supplement"}
    )
    return said


@transaction.atomic
def comment(*, by: Actor, matter_id: UUID, ties: Ties, text: str, stance: Stance) -> Contribution:
    """A neighbour says what they think of a published matter while it is open to comments."""
    matter = engine.locked(matter_id)
    require(policies.may_comment(by, matter, ties, read.is_open_to(matter, OpeningKind.COMMENTS)))
    said = _say(matter, ContributionKind.COMMENT, text, by, stance=stance.value)
    audit.record(
        Event.CONTRIBUTED, by=by, subject=matter, place_path=matter.place_path, data={"kind": "comment"}
    )
    return said


@transaction.atomic
def answer(*, by: Actor, matter_id: UUID, text: str) -> Contribution:
    """正式答复: the community speaks officially. Counts as first contact where there was none."""
    matter = engine.locked(matter_id)
    require(policies.may_answer(by, matter))
    said = _say(matter, ContributionKind.ANSWER, text, by, _post_here(by, matter))
    if matter.contacted_at is None:
        matter.contacted_at = clock.now()
        matter.save(update_fields=["contacted_at"])
    engine.tell_raisers(Topic.MATTER_ANSWERED, matter, by=by)
    audit.record(Event.ANSWERED, by=by, subject=matter, place_path=matter.place_path)
    return said


@transaction.atomic
def note(*, by: Actor, matter_id: UUID, text: str) -> Contribution:
    """A note among staff. The raiser never sees it."""
    matter = engine.locked(matter_id)
    require(policies.may_note(by, matter))
    said = _say(matter, ContributionKind.NOTE, text, by, _post_here(by, matter))
    audit.record(Event.NOTED, by=by, subject=matter, place_path=matter.place_path)
    return said


@transaction.atomic
def contact(*, by: Actor, matter_id: UUID, channel: str, text: str) -> Contribution:
    """联系群众: the first (or another) word with the raiser: when, how, by whom."""
    matter = engine.locked(matter_id)
    require(policies.may_note(by, matter))
    said = _say(matter, ContributionKind.CONTACT, text, by, _post_here(by, matter))
    if matter.contacted_at is None:
        matter.contacted_at = said.at
        matter.save(update_fields=["contacted_at"])
    audit.record(
        Event.CONTACTED, by=by, subject=matter, place_path=matter.place_path, data={"channel": channel}
    )
    return said


@transaction.atomic
def publish(*, by: Actor, matter_id: UUID, title: str, summary: str) -> Matter:
    """Show a title and summary to everybody. The raiser's name and home never appear."""
    matter = engine.locked(matter_id)
    require(policies.may_publish(by, matter))
    name = _raiser_name(matter)
    home = matter.place.name if matter.place.kind == "home" else ""
    require(may_be_shown([title, summary], name, home), status=422)
    matter.public_title, matter.public_summary = title, summary
    matter.published_at = matter.published_at or clock.now()
    matter.save(update_fields=["public_title", "public_summary", "published_at"])
    engine.tell_raisers(Topic.MATTER_PUBLISHED, matter, by=by)
    audit.record(Event.PUBLISHED, by=by, subject=matter, place_path=matter.place_path)
    return matter


def _raiser_name(matter: Matter) -> str:
    raiser = matter.raised_by_id
    return people.names([raiser]).get(raiser, "") if raiser else ""


@transaction.atomic
def unpublish(*, by: Actor, matter_id: UUID) -> Matter:
    """Take a published matter out of sight again."""
    matter = engine.locked(matter_id)
    require(policies.may_unpublish(by, matter))
    if matter.published_at is None:
        raise Refused("This matter is not published.", status=409)
    matter.published_at = None
    matter.save(update_fields=["published_at"])
    audit.record(Event.UNPUBLISHED, by=by, subject=matter, place_path=matter.place_path)
    return matter


@transaction.atomic
def forbid_publication(*, by: Actor, matter_id: UUID, ties: Ties, forbidden: bool = True) -> Matter:
    """The raiser does not want the matter shown to others; what was shown disappears at once."""
    matter = engine.locked(matter_id)
    require(policies.may_forbid_publication(matter, ties))
    matter.forbids_publication = forbidden
    if forbidden:
        matter.published_at = None
    matter.save(update_fields=["forbids_publication", "published_at"])
    audit.record(
        Event.FORBADE_PUBLICATION,
        by=by,
        subject=matter,
        place_path=matter.place_path,
        data={"forbidden": forbidden},
    )
    return matter
