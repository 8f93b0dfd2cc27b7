"""Topics, their proposals, and what is said to them. Who supports or wrote something leaves this file only to
the person themselves, and to the acts that tell them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from linli.deliberation.kinds import Power, ProposalState, Sorting, TopicKind, TopicStage
from linli.deliberation.models import Comment, Proposal, Proposer, Reply, Section, Support, Topic
from linli.deliberation.rules import topics as rules
from linli.frame.scopes import under
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused
from linli.people import read as people

MOST_LISTED = 50


def stage_of(row: Topic) -> TopicStage:
    """Where the topic stands today."""
    return rules.stage(
        TopicKind(row.kind),
        starts=row.starts,
        ends=row.ends,
        closed_at=row.closed_at,
        shortlisted_at=row.shortlisted_at,
        decided_at=row.decided_at,
        day=today(),
    )


def topic(topic_id: UUID) -> Topic:
    """One topic with its place. Raises `Refused` (404) when there is none."""
    rows = Topic.objects.select_related("place", "origin", "ballot", "chosen")
    row = rows.filter(pk=topic_id).first()
    if row is None:
        raise Refused("This topic is not here.", status=MISSING)
    return row


def topic_for_update(topic_id: UUID) -> Topic:
    """The same, locked: what is done in one topic happens one after the other."""
    rows = Topic.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("place", "ballot", "chosen").filter(pk=topic_id).first()
    if row is None:
        raise Refused("This topic is not here.", status=MISSING)
    return row


def proposal(proposal_id: UUID) -> Proposal:
    """One proposal with its topic and its place. Raises `Refused` (404) when there is none."""
    rows = Proposal.objects.select_related("topic__place", "section", "merged_into", "matter")
    row = rows.filter(pk=proposal_id).first()
    if row is None:
        raise Refused("This proposal is not here.", status=MISSING)
    return row


def comment(comment_id: UUID) -> Comment:
    """One comment with its proposal. Raises `Refused` (404) when there is none."""
    row = Comment.objects.select_related("proposal").filter(pk=comment_id).first()
    if row is None:
        raise Refused("These words are not here.", status=MISSING)
    return row


def sections(topic_id: UUID) -> list[Section]:
    """A topic's sections by their number."""
    return list(Section.objects.filter(topic_id=topic_id))


# Proposals


def proposals(
    topic_id: UUID, *, reader: UUID, sorting: Sorting, section: int | None = None, hidden: bool = False
) -> list[Proposal]:
    """The proposals of a topic that stand by themselves or are merged, each with `supported` (how often),
    `said` (comments) and `mine` (whether the reader supports it); hidden ones only for staff and who raised
    them. Equal support: the earlier one first."""
    seen = Q() if hidden else Q(hidden_at__isnull=True) | Q(author_id=reader)
    rows = Proposal.objects.filter(seen, topic_id=topic_id).select_related("section", "merged_into")
    if section is not None:
        rows = rows.filter(section__number=section)
    if sorting is Sorting.SUPPORT:
        return list(_with_counts(rows, reader).order_by("-supported", "raised_at", "pk"))
    return list(_with_counts(rows, reader).order_by("-raised_at", "-pk"))


def _with_counts(rows: QuerySet[Proposal], reader: UUID) -> QuerySet[Any]:
    said = Q(comments__hidden_at__isnull=True, comments__withdrawn_at__isnull=True)
    own = Support.objects.filter(proposal=OuterRef("pk"), person_id=reader)
    return rows.annotate(
        supported=Count("supports", distinct=True),
        said=Count("comments", filter=said, distinct=True),
        mine=Exists(own),
    )


def supporters(proposal_id: UUID) -> frozenset[UUID]:
    """Everybody who supports a proposal, for those who count them and tell them."""
    return frozenset(Support.objects.filter(proposal_id=proposal_id).values_list("person_id", flat=True))


def merged_below(proposal_id: UUID) -> list[Proposal]:
    """Every proposal that lives on in this one, also through another."""
    found: list[Proposal] = []
    level = [proposal_id]
    while level:
        rows = list(Proposal.objects.filter(merged_into_id__in=level).order_by("raised_at", "pk"))
        found += rows
        level = [row.pk for row in rows]
    return found


def raisers(proposal_id: UUID) -> frozenset[UUID]:
    """Who raised a proposal, and whatever was merged into it."""
    own = Proposal.objects.filter(pk=proposal_id).values_list("author_id", flat=True)
    return frozenset(own) | {row.author_id for row in merged_below(proposal_id)}


def waiting_of(person_id: UUID, topic_id: UUID) -> int:
    """How many of somebody's proposals wait for a reply in a topic."""
    rows = Proposal.objects.filter(topic_id=topic_id, author_id=person_id, replied_at__isnull=True)
    return rows.filter(state=ProposalState.OPEN.value).count()


def is_touched(row: Proposal) -> bool:
    """Whether anybody else has taken part in a proposal."""
    return (
        row.replied_at is not None
        or Support.objects.filter(proposal=row).exists()
        or Comment.objects.filter(proposal=row).exists()
        or Proposal.objects.filter(merged_into=row).exists()
    )


def merge_targets(row: Proposal) -> list[Proposal]:
    """The open proposals of the same topic another can be merged into, those with most support first."""
    rows = Proposal.objects.filter(topic_id=row.topic_id, state=ProposalState.OPEN.value)
    rows = rows.filter(hidden_at__isnull=True).exclude(pk=row.pk)
    return list(rows.annotate(supported=Count("supports")).order_by("-supported", "raised_at", "pk"))


def replies(proposal_id: UUID) -> list[Reply]:
    """The community's replies, in the order they were given."""
    return list(Reply.objects.filter(proposal_id=proposal_id).order_by("at", "pk"))


def topic_of_its_own(row: Proposal) -> Topic | None:
    """The topic that was opened for this proposal."""
    return Topic.objects.filter(origin=row).first()


# Comments


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with the answers to it."""

    row: Comment
    answers: list[Comment] = field(default_factory=list)


def comments(proposal_id: UUID, *, with_hidden: bool = False) -> list[Said]:
    """What is said to a proposal, the oldest first, answers below. A comment taken back or out of sight is
    there only while somebody's answer to it is, without its words for those who may not read them."""
    rows = list(Comment.objects.filter(proposal_id=proposal_id).order_by("written_at", "pk"))
    below: dict[UUID, list[Comment]] = defaultdict(list)
    for row in rows:
        if row.parent_id is not None and row.withdrawn_at is None and (with_hidden or row.hidden_at is None):
            below[row.parent_id].append(row)
    return [
        Said(row, below[row.pk])
        for row in rows
        if row.parent_id is None
        and (below[row.pk] or (row.withdrawn_at is None and (with_hidden or row.hidden_at is None)))
    ]


def hidden_of(person_id: UUID, proposal_id: UUID) -> list[Comment]:
    """Somebody's own comments that were taken out of sight; they read the reason."""
    rows = Comment.objects.filter(proposal_id=proposal_id, author_id=person_id, hidden_at__isnull=False)
    return list(rows.filter(withdrawn_at__isnull=True).order_by("written_at"))


def comments_of(person_id: UUID, proposal_id: UUID) -> int:
    """How many comments of somebody stand with a proposal."""
    rows = Comment.objects.filter(proposal_id=proposal_id, author_id=person_id, withdrawn_at__isnull=True)
    return rows.count()


def has_answers(comment_id: UUID) -> bool:
    """Whether somebody has answered a comment."""
    return Comment.objects.filter(parent_id=comment_id).exists()


# Lists


def of_person(person_id: UUID, day: date) -> list[Topic]:
    """The topics of the places somebody belongs to, what runs first; nothing that has not begun."""
    rows = Topic.objects.filter(place__path__in=people.paths_around(person_id, day), starts__lte=day)
    found = rows.select_related("place", "chosen").order_by("-ends", "-pk")[:MOST_LISTED]
    return sorted(found, key=lambda row: stage_of(row) is not TopicStage.RUNNING)


def waiting_for(person_id: UUID, day: date, most: int) -> list[Topic]:
    """What runs where somebody belongs and they have said nothing to yet, what ends first before the rest."""
    proposed = Proposal.objects.filter(topic=OuterRef("pk"), author_id=person_id)
    supported = Support.objects.filter(proposal__topic=OuterRef("pk"), person_id=person_id)
    commented = Comment.objects.filter(proposal__topic=OuterRef("pk"), author_id=person_id)
    entered = Proposer.objects.filter(name__topic=OuterRef("pk"), person_id=person_id)
    rows = Topic.objects.filter(
        place__path__in=people.paths_around(person_id, day),
        starts__lte=day,
        ends__gte=day,
        closed_at__isnull=True,
    )
    rows = rows.filter(shortlisted_at__isnull=True).exclude(
        Exists(proposed) | Exists(supported) | Exists(commented) | Exists(entered)
    )
    return list(rows.select_related("place").order_by("ends", "pk")[:most])


def led_at(actor: Actor) -> Q:
    """The topics of the places this actor leads them at."""
    return under("place__path", actor.paths(Power.LEAD))


def at_desk(actor: Actor) -> QuerySet[Topic]:
    """The topics of this desk's places: those with a reply overdue first, then the latest; each with `owed`
    (replies owed) and `overdue` (of them those whose day has passed)."""
    owed = Q(
        proposals__due_on__isnull=False,
        proposals__replied_at__isnull=True,
        proposals__merged_into__isnull=True,
        proposals__hidden_at__isnull=True,
    )
    rows = Topic.objects.filter(led_at(actor)).select_related("place", "chosen", "ballot")
    rows = rows.annotate(
        owed=Count("proposals", filter=owed, distinct=True),
        overdue=Count("proposals", filter=owed & Q(proposals__due_on__lt=today()), distinct=True),
    )
    return rows.order_by(F("overdue").desc(), "-ends", "-pk")


def residents(place_path: str) -> int:
    """How many people live at a place today."""
    return people.residents_of(place_path, today()).count()
