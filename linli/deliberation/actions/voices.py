"""What is said to a covenant's draft: remarks on a paragraph, other words for it, and what staff decide."""

from uuid import UUID

from django.db import transaction

from linli.audit import actions as audit
from linli.deliberation.actions.words import WHY, words_of
from linli.deliberation.kinds import AmendmentState, CovenantStage, Event, Stance
from linli.deliberation.models import Amendment, Covenant, Paragraph, Remark
from linli.deliberation.policies import covenants as policies
from linli.deliberation.read import covenants as read
from linli.deliberation.read.opinions import belongs
from linli.deliberation.rules import covenants as rules
from linli.deliberation.rules.opening import LONGEST_WORDS
from linli.kernel.actor import Actor
from linli.kernel.clock import now, today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, accept, person_of, require
from linli.kernel.text import clean, one_line


@transaction.atomic
def remark(*, by: Actor, paragraph_id: UUID, stance: Stance, text: str) -> Remark:
    """Say something to a paragraph. For and against: the latest counts; ideas stand side by side."""
    paragraph, covenant = _spoken_to(by, paragraph_id)
    person_id, words = person_of(by), clean(text)[:LONGEST_WORDS]
    said = read.remarks_of(person_id, paragraph.pk)
    former = next((each for each in said if each.stance != Stance.IDEA.value), None)
    if stance is Stance.IDEA:
        if not words:
            raise Refused("Write your idea in a sentence.", status=UNPROCESSABLE)
        if len(said) >= rules.MOST_REMARKS:
            raise Refused(
                "%(count)s remarks on one paragraph are enough; leave room for others.",
                {"count": rules.MOST_REMARKS},
                status=CONFLICT,
            )
        former = None
    if former is not None and former.hidden_at is not None:
        raise Refused("The community took your words out of sight. Its reason stands beside them.")
    row = former or Remark(paragraph=paragraph, author_id=person_id)
    row.stance, row.text, row.written_at = stance.value, words, now()
    row.save()
    audit.record(Event.REMARKED, by=by, subject=row, place_path=covenant.place.path)
    return row


@transaction.atomic
def propose(*, by: Actor, paragraph_id: UUID, text: str, why: str) -> Amendment:
    """Propose other words for a paragraph."""
    paragraph, covenant = _spoken_to(by, paragraph_id)
    person_id, words = person_of(by), one_line(text)
    accept(rules.fault_of_amendment(paragraph.text, words))
    if read.waiting_amendments_of(person_id, covenant.pk) >= rules.MOST_AMENDMENTS:
        raise Refused(
            "%(count)s of your changes wait for a decision. Wait for them first.",
            {"count": rules.MOST_AMENDMENTS},
            status=CONFLICT,
        )
    row = Amendment.objects.create(
        paragraph=paragraph,
        before=paragraph.text,
        after=words,
        why=clean(why)[:LONGEST_WORDS],
        author_id=person_id,
    )
    audit.record(Event.AMENDMENT_PROPOSED, by=by, subject=row, place_path=covenant.place.path)
    return row


@transaction.atomic
def decide(*, by: Actor, amendment_id: UUID, take: bool, reason: str) -> Amendment:
    """Take a change into the text, or leave it out; either way with the reason everybody reads."""
    row = read.amendment(amendment_id)
    covenant = read.covenant_for_update(row.paragraph.covenant_id)
    row = read.amendment(amendment_id)  # as it stands now that others wait
    path = covenant.place.path
    require(policies.may_keep(by, path))
    decision = policies.may_decide(
        by,
        author_id=row.author_id,
        state=AmendmentState(row.state),
        stage=CovenantStage(covenant.stage),
        place_path=path,
    )
    require(decision, status=CONFLICT)
    row.reason = words_of(reason, WHY)
    if take:
        paragraph = row.paragraph
        if paragraph.text != row.before:
            raise Refused(
                "The paragraph has changed since this was proposed. Leave it out, or propose it anew.",
                status=CONFLICT,
            )
        paragraph.text = row.after
        paragraph.save(update_fields=["text"])
    row.state = (AmendmentState.TAKEN if take else AmendmentState.REFUSED).value
    row.decided_by_id, row.decided_at = person_of(by), now()
    row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    audit.record(Event.AMENDMENT_DECIDED, by=by, subject=row, place_path=path, data={"taken": take})
    return row


@transaction.atomic
def hide(*, by: Actor, remark_id: UUID, reason: str) -> Remark:
    """Take somebody's words out of sight with the reason; staff and their author still read them."""
    row, path = _moderated(by, remark_id)
    row.reason = words_of(reason, WHY)
    row.hidden_by_id, row.hidden_at = person_of(by), now()
    row.save(update_fields=["reason", "hidden_by", "hidden_at"])
    audit.record(Event.REMARK_HIDDEN, by=by, subject=row, place_path=path)
    return row


@transaction.atomic
def show(*, by: Actor, remark_id: UUID) -> Remark:
    """Show hidden words again."""
    row, path = _moderated(by, remark_id)
    row.reason, row.hidden_by, row.hidden_at = "", None, None
    row.save(update_fields=["reason", "hidden_by", "hidden_at"])
    audit.record(Event.REMARK_RESTORED, by=by, subject=row, place_path=path)
    return row


def _spoken_to(by: Actor, paragraph_id: UUID) -> tuple[Paragraph, Covenant]:
    covenant = read.covenant_for_update(read.paragraph(paragraph_id).covenant_id)
    require(
        policies.may_speak(
            by,
            belongs=belongs(by.person_id, covenant.place.path),
            stage=CovenantStage(covenant.stage),
            ends=covenant.consult_ends,
            day=today(),
        )
    )
    return read.paragraph(paragraph_id), covenant  # as it reads now that others wait


def _moderated(by: Actor, remark_id: UUID) -> tuple[Remark, str]:
    row = read.remark(remark_id)
    covenant = read.covenant_for_update(row.paragraph.covenant_id)
    path = covenant.place.path
    require(policies.may_moderate(by, author_id=row.author_id, place_path=path))
    return read.remark(remark_id), path
