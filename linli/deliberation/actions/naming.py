"""A name for a place: entered, chosen for the vote, voted on, and given to the place by staff."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.ballots.actions import preparing
from linli.ballots.kinds import BallotState, Electorate, Method, RuleName
from linli.ballots.rules.drafting import Asked, Plan
from linli.deliberation.actions import topics as parts
from linli.deliberation.kinds import Event, NameState, TopicKind
from linli.deliberation.models import Name, Proposer, Topic
from linli.deliberation.policies import naming as policies
from linli.deliberation.policies.topics import may_lead
from linli.deliberation.read import naming as read
from linli.deliberation.read import topics
from linli.deliberation.read.opinions import belongs
from linli.deliberation.rules import naming as rules
from linli.deliberation.rules.opening import LONGEST_WORDS
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, accept, person_of, require
from linli.kernel.references import Reference
from linli.kernel.text import clean
from linli.notices.kinds import Topic as About
from linli.places import actions as places

if TYPE_CHECKING:
    from linli.ballots.models import Ballot

NAMING = "naming"  # how a ballot names the contest that asked for it


@transaction.atomic
def enter(*, by: Actor, topic_id: UUID, text: str, why: str, shown: bool) -> Proposer:
    """Enter a name and say what it means. Who enters one that is there already joins those who did."""
    topic = topics.topic_for_update(topic_id)
    person_id = person_of(by)
    mine = read.entered_by(person_id, topic.pk)
    require(
        policies.may_enter(
            by,
            belongs=belongs(person_id, topic.place.path),
            stage=topics.stage_of(topic),
            kind=TopicKind(topic.kind),
            entered=len(mine),
            names_each=topic.names_each or 0,
        )
    )
    name, meaning = rules.name_of(text), clean(why)[: rules.LONGEST_WHY]
    accept(rules.fault_of_name(name))
    if not meaning:
        raise Refused("Say what the name means to you.", status=UNPROCESSABLE)
    row = read.named(topic.pk, name) or Name(topic=topic, text=name)
    if row.hidden_at is not None:
        reason = {"reason": row.hidden_reason}
        raise Refused("This name was taken out of sight: %(reason)s", reason, status=CONFLICT)
    if any(each.name_id == row.pk for each in mine):
        raise Refused("You have entered this name already.", status=CONFLICT)
    row.save()
    entry = Proposer.objects.create(name=row, person_id=person_id, why=meaning, shown=shown)
    audit.record(Event.NAME_ENTERED, by=by, subject=row, place_path=topic.place.path)
    return entry


@transaction.atomic
def take_back(*, by: Actor, proposer_id: UUID) -> Topic:
    """Take one's entry back while names still come in; a name nobody proposes any more goes with it."""
    topic, entry = _entry(proposer_id)
    require(policies.may_take_back(by, person_id=entry.person_id, stage=topics.stage_of(topic)))
    audit.record(Event.NAME_WITHDRAWN, by=by, subject=entry.name, place_path=topic.place.path)
    name = entry.name
    entry.delete()
    if not name.proposers.exists() and name.hidden_at is None:
        name.delete()
    return topic


@transaction.atomic
def set_credit(*, by: Actor, proposer_id: UUID, shown: bool) -> Topic:
    """Agree to be named with one's name, or not any more; masked is who did not agree."""
    topic, entry = _entry(proposer_id)
    require(policies.may_be_named(by, person_id=entry.person_id))
    entry.shown = shown
    entry.save(update_fields=["shown"])
    data = {"shown": shown}
    audit.record(Event.NAME_CREDITED, by=by, subject=entry.name, place_path=topic.place.path, data=data)
    return topic


@transaction.atomic
def hide(*, by: Actor, name_id: UUID, reason: str) -> Name:
    """Take a name out of sight with the reason; it goes before no vote, and who entered it is told."""
    topic, row = _moderated(by, name_id)
    parts.put_out_of_sight(row, by=by, reason=reason)
    audit.record(Event.NAME_HIDDEN, by=by, subject=row, place_path=topic.place.path)
    told = set(row.proposers.values_list("person_id", flat=True))
    parts.tell(About.WORDS_HIDDEN, by=by, to=told, topic=topic, row=topic, text=row.hidden_reason)
    return row


@transaction.atomic
def show(*, by: Actor, name_id: UUID) -> Name:
    """Show a hidden name again."""
    topic, row = _moderated(by, name_id)
    parts.put_in_sight(row)
    audit.record(Event.NAME_RESTORED, by=by, subject=row, place_path=topic.place.path)
    return row


@transaction.atomic
def shortlist(*, by: Actor, topic_id: UUID, left_out: Mapping[UUID, str]) -> Topic:
    """Publish which names go before the vote, and for every other one why it does not."""
    topic = topics.topic_for_update(topic_id)
    path = topic.place.path
    require(may_lead(by, path))
    decision = policies.may_shortlist(
        by,
        kind=TopicKind(topic.kind),
        stage=topics.stage_of(topic),
        has_entered=read.has_entered(person_of(by), topic.pk),
        ballot=read.ballot_state(topic),
        place_path=path,
    )
    require(decision, status=CONFLICT)
    rows = read.names(topic.pk)
    reasons = {key: clean(reason)[:LONGEST_WORDS] for key, reason in left_out.items()}
    accept(rules.fault_of_shortlist([row.pk for row in rows], reasons))
    for row in rows:
        row.reason = reasons.get(row.pk, "")
        row.state = (NameState.LEFT_OUT if row.reason else NameState.SHORTLISTED).value
    Name.objects.bulk_update(rows, ["state", "reason"])
    topic.shortlisted_at, topic.ballot = now(), None
    topic.save(update_fields=["shortlisted_at", "ballot"])
    data = {"kept": len(rows) - len(reasons), "left_out": len(reasons)}
    audit.record(Event.NAMES_SHORTLISTED, by=by, subject=topic, place_path=path, data=data)
    return topic


@transaction.atomic
def call_ballot(*, by: Actor, topic_id: UUID, opens_at: datetime, closes_at: datetime) -> "Ballot":
    """Draft the vote of the place's residents on the names chosen: secret, one name each, most votes win.

    The roll, the announcement and the count are the ballot's own steps; its result comes back by itself.
    """
    topic = topics.topic_for_update(topic_id)
    path = topic.place.path
    require(may_lead(by, path))
    decision = policies.may_call_ballot(
        by, stage=topics.stage_of(topic), ballot=read.ballot_state(topic), place_path=path
    )
    require(decision, status=CONFLICT)
    accept(rules.fault_of_voting(opens_at, closes_at, today()))
    rows = read.to_choose(topic.pk)
    plan = Plan(
        title=topic.title,
        body="\n".join(f"{row.text}：{row.proposers.all()[0].why}" for row in rows),
        electorate=Electorate.RESIDENTS,
        opens_at=opens_at,
        closes_at=closes_at,
        is_secret=True,
        questions=(
            Asked(
                title=topic.title,
                method=Method.CHOOSE,
                rule=RuleName.SIMPLE,
                options=tuple((row.text, 0) for row in rows),
            ),
        ),
    )
    topic.ballot = preparing.draft(
        by=by, place_id=topic.place_id, plan=plan, asked_by=Reference(NAMING, topic.pk)
    )
    topic.save(update_fields=["ballot"])
    data = {"ballot": str(topic.ballot.pk), "names": len(rows)}
    audit.record(Event.NAME_BALLOT_CALLED, by=by, subject=topic, place_path=path, data=data)
    return topic.ballot


@transaction.atomic
def record_result(*, by: Actor, ballot_id: UUID) -> Topic | None:
    """Write down what the vote came to: the name that won, or those equal first that are voted on again.

    Nothing where the contest no longer waits for this vote. Written twice it says the same.
    """
    topic_id = read.topic_of_ballot(ballot_id)
    if topic_id is None:
        return None
    topic = topics.topic_for_update(topic_id)
    if topic.decided_at is not None or topic.ballot is None or topic.ballot_id != ballot_id:
        return None
    if topic.ballot.state != BallotState.PUBLISHED:
        return None
    vote = read.vote_on(topic.ballot)
    states = rules.states_after(vote)
    rows = [row for row in read.names(topic.pk) if row.text in states]
    for row in rows:
        row.votes, row.state = vote.votes[row.text], states[row.text].value
    Name.objects.bulk_update(rows, ["votes", "state"])
    topic.chosen = next((row for row in rows if row.text == vote.won), None)
    if topic.chosen is not None:
        topic.decided_at = now()
        told = read.proposers(topic.pk)
        parts.tell(About.NAME_CHOSEN, by=by, to=told, topic=topic, row=topic, text=topic.chosen.text)
    topic.save(update_fields=["chosen", "decided_at"])
    data = {"decided": topic.chosen is not None}
    audit.record(Event.NAME_DECIDED, by=by, subject=topic, place_path=topic.place.path, data=data)
    return topic


@transaction.atomic
def give_name(*, by: Actor, topic_id: UUID, since: date) -> Topic:
    """Give the place the name that won, from a day on; its former name stays in its history."""
    topic = topics.topic_for_update(topic_id)
    path = topic.place.path
    decision = policies.may_give_name(
        by, stage=topics.stage_of(topic), is_given=topic.named_on is not None, place_path=path
    )
    require(decision, status=CONFLICT)
    assert topic.chosen is not None  # the table asks for it once decided
    places.rename_place(by=by, place_id=topic.place_id, name=topic.chosen.text, since=since)
    topic.named_on = since
    topic.save(update_fields=["named_on"])
    audit.record(Event.NAME_GIVEN, by=by, subject=topic, place_path=path)
    return topics.topic(topic.pk)


def _entry(proposer_id: UUID) -> tuple[Topic, Proposer]:
    """An entry as it stands once everybody else in its contest waits."""
    topic = topics.topic_for_update(read.proposer(proposer_id).name.topic_id)
    return topic, read.proposer(proposer_id)


def _moderated(by: Actor, name_id: UUID) -> tuple[Topic, Name]:
    topic = topics.topic_for_update(read.name(name_id).topic_id)
    row = read.name(name_id)  # as it stands now that others wait
    decision = policies.may_hide(
        by,
        is_own=row.proposers.filter(person_id=person_of(by)).exists(),
        stage=topics.stage_of(topic),
        place_path=topic.place.path,
    )
    require(decision)
    return topic, row
