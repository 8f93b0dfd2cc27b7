"""公示: posting what was resolved, objections and their answers, settling."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from linli.audit import actions as audit
from linli.gatherings import policies
from linli.gatherings.kinds import Event, PostingKind, Power, State
from linli.gatherings.models import Objection, Posting
from linli.gatherings.read import gatherings as read_gatherings
from linli.gatherings.read import postings as read
from linli.gatherings.rules import postings
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, person_of, require
from linli.kernel.text import clean, one_line
from linli.notices import actions as notices
from linli.notices.kinds import Topic
from linli.organizations import read as organizations


@transaction.atomic
def post_resolutions(*, by: Actor, gathering_id: UUID, title: str, body: str, days: int) -> Posting:
    """Post what a public meeting resolved for so many days, the first not counted; once a meeting."""
    gathering = read_gatherings.gathering_for_update(gathering_id)
    require(policies.may_post(by, gathering.place.path))
    if not gathering.is_public or gathering.state != State.PUBLISHED:
        raise Refused("Publish what the meeting resolved first.", status=CONFLICT)
    if read_gatherings.posting_of(gathering.pk) is not None:
        raise Refused("What this meeting resolved is already posted.", status=CONFLICT)
    require(postings.is_long_enough(PostingKind.RESOLUTIONS, days), status=UNPROCESSABLE)
    words = checked(title, body)
    posting = Posting.objects.create(
        kind=PostingKind.RESOLUTIONS.value,
        place=gathering.place,
        gathering=gathering,
        title=words[0],
        body=words[1],
        starts=today(),
        ends=postings.last_day(today(), days),
        posted_by_id=person_of(by),
        is_demo=gathering.is_demo,
    )
    audit.record(Event.POSTED, by=by, subject=posting, place_path=posting.place.path, data={"days": days})
    return posting


@transaction.atomic
def object_to(*, by: Actor, posting_id: UUID, text: str) -> Objection:
    """Object to what is posted, once and in its days; who may answer is told."""
    posting = read.posting_for_update(posting_id)
    require(policies.may_object(by, belongs=read.belongs(by.person_id, posting.place.path)))
    return _objected(by, posting, person_of(by), text, noted_by=None)


@transaction.atomic
def note_objection(*, by: Actor, posting_id: UUID, person_id: UUID, text: str) -> Objection:
    """Write down what somebody objects to at the counter, for whom everything else is as on their own page:
    once, in its days, and the answer is told to them."""
    posting = read.posting_for_update(posting_id)
    require(policies.may_note_objection(by, posting.place.path))
    belongs = read.belongs(person_id, posting.place.path)
    require(policies.may_be_heard(belongs=belongs), status=UNPROCESSABLE)
    if read.has_objected(posting.pk, person_id):
        raise Refused("They have already objected to this. They will be told the answer.", status=CONFLICT)
    return _objected(by, posting, person_id, text, noted_by=person_of(by))


def _objected(by: Actor, posting: Posting, person_id: UUID, text: str, *, noted_by: UUID | None) -> Objection:
    path = posting.place.path
    require(
        postings.may_object(
            posting.starts,
            posting.ends,
            today(),
            has_objected=read.has_objected(posting.pk, person_id),
            is_settled=posting.settled_at is not None,
        ),
        status=CONFLICT,
    )
    objection = Objection.objects.create(
        posting=posting, person_id=person_id, noted_by_id=noted_by, text=_said(text)
    )
    data = {"at_counter": noted_by is not None}
    audit.record(Event.OBJECTED, by=by, subject=posting, place_path=path, data=data)
    power = Power.HOLD if posting.kind == PostingKind.RESOLUTIONS else Power.DISCLOSE
    _tell(Topic.OBJECTION_MADE, by, posting, organizations.acting_with(power, path, today()), desk=True)
    return objection


@transaction.atomic
def answer(*, by: Actor, objection_id: UUID, text: str) -> Objection:
    """Answer an objection, once; whoever made it is told, and residents read both without a name."""
    objection = read.objection_for_update(objection_id)
    posting = objection.posting
    require(policies.may_answer(by, posting.place.path, objection.person_id))
    if objection.answered_at is not None:
        raise Refused("This objection already has its answer.", status=CONFLICT)
    objection.answer, objection.answered_by_id, objection.answered_at = _said(text), by.person_id, now()
    objection.save(update_fields=["answer", "answered_by", "answered_at"])
    audit.record(Event.OBJECTION_ANSWERED, by=by, subject=posting, place_path=posting.place.path)
    _tell(Topic.OBJECTION_ANSWERED, by, posting, {objection.person_id}, text=objection.answer)
    return objection


@transaction.atomic
def settle(*, by: Actor, posting_id: UUID) -> Posting:
    """Take a posting down after its last day, every objection answered; it stays to be read."""
    posting = read.posting_for_update(posting_id)
    path = posting.place.path
    disclosing = posting.kind == PostingKind.AFFAIRS
    require(policies.may_disclose(by, path) if disclosing else policies.may_post(by, path))
    if posting.settled_at is not None:
        raise Refused("It has already been taken down.", status=CONFLICT)
    require(postings.may_settle(posting.ends, today(), read.waiting_count(posting.pk)), status=CONFLICT)
    posting.settled_at = now()
    posting.save(update_fields=["settled_at"])
    audit.record(Event.POSTING_SETTLED, by=by, subject=posting, place_path=path)
    return posting


def checked(title: str, body: str) -> tuple[str, str]:
    """A title and a text as kept. Raises `Refused` (422) when one is missing or too long."""
    words = (one_line(title), clean(body))
    if not words[0] or len(words[0]) > postings.LONGEST_TITLE:
        raise Refused(
            "Give it a title of at most %(most)s characters.",
            {"most": postings.LONGEST_TITLE},
            status=UNPROCESSABLE,
        )
    if not words[1] or len(words[1]) > postings.LONGEST_WORDS:
        raise Refused(
            "Write a text of at most %(most)s characters.",
            {"most": postings.LONGEST_WORDS},
            status=UNPROCESSABLE,
        )
    return words


def _said(text: str) -> str:
    words = clean(text)
    if not words or len(words) > postings.LONGEST_OBJECTION:
        raise Refused(
            "Write a text of at most %(most)s characters.",
            {"most": postings.LONGEST_OBJECTION},
            status=UNPROCESSABLE,
        )
    return words


def _tell(
    topic: Topic, by: Actor, posting: Posting, to: Iterable[UUID], *, desk: bool = False, text: str = ""
) -> None:
    door = "gatherings_desk:posting" if desk else "gatherings:posting"
    notices.notify(
        topic,
        by=by,
        to=to,
        params={"title": posting.title, "text": text},
        url=reverse(door, args=[posting.pk]),
        subject=posting,
        place_path=posting.place.path,
    )
