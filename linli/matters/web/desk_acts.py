"""What staff can do on a matter's page: each act with its form, whether it is offered, and what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from linli.documents.rules import MOST_BYTES
from linli.frame.doors import actor_of
from linli.frame.photos import as_sent
from linli.kernel.decision import UNPROCESSABLE, Refused
from linli.matters.actions import files, joining, judging, moving, sorting, speaking, watching
from linli.matters.forms import handling
from linli.matters.forms.triage import SortAgainForm, TriageForm
from linli.matters.kinds import Clock, Level, Urgency
from linli.matters.read import mentioned, one
from linli.matters.rules.sorting import Then
from linli.people import actions as people_actions
from linli.people.kinds import OpenedField, Purpose

Said = Mapping[str, Any]
Do = Callable[[HttpRequest, Any, Said], str]


@dataclass(frozen=True, slots=True)
class Act:
    """One verb of the page: the form it reads, and what it does; gives the message shown afterwards."""

    form: type[forms.Form]
    do: Do


def _uuid(text: str) -> UUID | None:
    return UUID(text) if text else None


def triage(request: HttpRequest, matter: Any, said: Said) -> str:
    then = Then(said["then"])
    decision = sorting.Triage(
        category=said["category"],
        level=Level(said["level"]),
        urgency=Urgency(said["urgency"]),
        unit_id=_uuid(said["unit"]) if then is Then.DISPATCH else None,
        task=said["task"],
        then=then,
    )
    sorting.triage(by=actor_of(request), matter_id=matter.id, decision=decision)
    if then is Then.DISPATCH:
        return _("Confirmed and sent out.")
    return _("Confirmed.")


def sort_again(request: HttpRequest, matter: Any, said: Said) -> str:
    sorting.sort_again(
        by=actor_of(request), matter_id=matter.id, category=said["category"], level=Level(said["level"])
    )
    return _("Sorted anew.")


def move(request: HttpRequest, matter: Any, said: Said) -> str:
    target, _colon, verb = said["to"].partition(":")
    try:
        moving.move(
            by=actor_of(request),
            matter_id=matter.id,
            from_step=said["from_step"],
            target=target,
            verb=verb,
            note=said["note"],
            parties=said["parties"],
        )
    except ValueError as unknown:
        raise Refused(moving.MOVED_ON, status=409) from unknown
    return _("Done. It is with the next one now.")


def say(request: HttpRequest, matter: Any, said: Said) -> str:
    actor = actor_of(request)
    if said["kind"] == "answer":
        speaking.answer(by=actor, matter_id=matter.id, text=said["text"])
        return _("The official answer is written. The raiser is told.")
    if said["kind"] == "contact":
        channel = said["channel"] or "phone"
        speaking.contact(by=actor, matter_id=matter.id, channel=channel, text=said["text"])
        return _("Noted that you spoke with the raiser.")
    speaking.note(by=actor, matter_id=matter.id, text=said["text"])
    return _("Noted, for staff only.")


def outcome(request: HttpRequest, matter: Any, said: Said) -> str:
    result = {
        "held_on": said["held_on"].isoformat(),
        "attended": said["attended"],
        "result": said["result"],
        "yes": said["yes"],
        "no": said["no"],
    }
    moving.record_outcome(
        by=actor_of(request), opening_id=said["opening"], result=result, minutes=said["minutes"]
    )
    return _("The minutes are recorded.")


def claim(request: HttpRequest, matter: Any, said: Said) -> str:
    moving.claim(by=actor_of(request), matter_id=matter.id)
    return _("It is yours now. Colleagues see that you are on it.")


def release(request: HttpRequest, matter: Any, said: Said) -> str:
    moving.release_claim(by=actor_of(request), matter_id=matter.id)
    return _("It is free for your colleagues again.")


def suspend(request: HttpRequest, matter: Any, said: Said) -> str:
    watching.suspend(
        by=actor_of(request),
        matter_id=matter.id,
        reason=said["reason"],
        until=said["until"],
        stops=Clock(said["stops"]),
    )
    return _("Suspended. The raiser is told why and until when.")


def resume(request: HttpRequest, matter: Any, said: Said) -> str:
    watching.resume(by=actor_of(request), matter_id=matter.id)
    return _("The clock goes on.")


def chase(request: HttpRequest, matter: Any, said: Said) -> str:
    actor = actor_of(request)
    watching.urge(
        by=actor,
        matter_id=matter.id,
        ties=one.ties(actor, matter),
        text=said["text"],
        order_id=_uuid(said.get("order", "")),
    )
    return _("Urged. They are told at once.")


def supervise(request: HttpRequest, matter: Any, said: Said) -> str:
    order_id = _uuid(said.get("order", ""))
    watching.supervise(by=actor_of(request), matter_id=matter.id, text=said["text"], order_id=order_id)
    return _("Put under supervision. They are told at once.")


def instruct(request: HttpRequest, matter: Any, said: Said) -> str:
    watching.answer_supervision(
        by=actor_of(request), supervision_id=said["supervision"], instruction=said["text"]
    )
    return _("Your instruction is with the holder.")


def hand_over(request: HttpRequest, matter: Any, said: Said) -> str:
    sorting.hand_over(
        by=actor_of(request),
        matter_id=matter.id,
        to_place_id=UUID(said["community"]),
        reason=said["reason"],
    )
    return _("Handed over, with its number, story and promise.")


def relocate(request: HttpRequest, matter: Any, said: Said) -> str:
    place_id = said["place"] or _place_called(said["spot"], matter)
    sorting.relocate(by=actor_of(request), matter_id=matter.id, place_id=place_id)
    return _("The place is corrected.")


def _place_called(words: str, matter: Any) -> UUID:
    """The one place of the community these words name; refused with what they could mean."""
    found = mentioned.named_places(words, matter.community) if words else []
    if len(found) == 1:
        return found[0].place.id
    if found:
        raise Refused(
            "That could be %(places)s. Please write it more exactly.",
            {"places": _(", ").join(each.address for each in found)},
            status=UNPROCESSABLE,
        )
    raise Refused(
        "No place of this community is called that. Please write it differently.", status=UNPROCESSABLE
    )


def merge(request: HttpRequest, matter: Any, said: Said) -> str:
    joining.merge(by=actor_of(request), matter_id=matter.id, into_number=said["number"])
    return _("Joined. Its raisers stand behind the other matter now.")


def tell_apart(request: HttpRequest, matter: Any, said: Said) -> str:
    joining.tell_apart(by=actor_of(request), matter_id=matter.id, other_number=said["number"])
    return _("Noted. The two are not suggested for each other again.")


def split(request: HttpRequest, matter: Any, said: Said) -> str:
    made = joining.split(by=actor_of(request), matter_id=matter.id, title=said["title"], text=said["text"])
    return _("Split. The other matter is %(number)s.") % {"number": made.number}


def postpone(request: HttpRequest, matter: Any, said: Said) -> str:
    watching.postpone(by=actor_of(request), matter_id=matter.id, reason=said["reason"], until=said["until"])
    return _("The promise is later now. The raiser is told why.")


def publish(request: HttpRequest, matter: Any, said: Said) -> str:
    speaking.publish(by=actor_of(request), matter_id=matter.id, title=said["title"], summary=said["summary"])
    return _("Published. Everybody in the community can read the title and summary.")


def unpublish(request: HttpRequest, matter: Any, said: Said) -> str:
    speaking.unpublish(by=actor_of(request), matter_id=matter.id)
    return _("Taken out of sight again.")


def attach(request: HttpRequest, matter: Any, said: Said) -> str:
    actor = actor_of(request)
    ties = one.ties(actor, matter)
    for name, content in as_sent(said["photos"], most_bytes=MOST_BYTES):
        files.attach(by=actor, matter_id=matter.id, ties=ties, content=content, name=name)
    return _("The files are with the matter.")


def call_back(request: HttpRequest, matter: Any, said: Said) -> str:
    reached = said["reached"] == "yes"
    answered = judging.Said(
        reached=reached,
        solved=said["solved"] == "yes" if reached else None,
        score=int(said["score"]) if reached else None,
        note=said["note"],
    )
    try:
        raiser_id = _uuid(said["raiser"])
    except ValueError as unknown:
        raise Refused("This person did not raise the matter.", status=422) from unknown
    judging.call_back(by=actor_of(request), matter_id=matter.id, raiser_id=raiser_id, said=answered)
    return _("The callback is noted.")


def exclude(request: HttpRequest, matter: Any, said: Said) -> str:
    judging.ask_exclusion(by=actor_of(request), matter_id=matter.id, reason=said["reason"])
    return _("Asked. It counts until somebody else approves.")


def approve_exclusion(request: HttpRequest, matter: Any, said: Said) -> str:
    judging.approve_exclusion(by=actor_of(request), matter_id=matter.id)
    return _("Approved. It is listed among what does not count.")


def open_phone(request: HttpRequest, matter: Any, said: Said) -> str:
    if said["person"] not in one.raisers(matter):
        raise Refused("This person did not raise the matter.", status=422)
    number = people_actions.open_field(
        by=actor_of(request),
        person_id=said["person"],
        field=OpenedField.PHONE,
        purpose=Purpose(said["purpose"]),
    )
    return number or _("No phone is known.")


ACTS: Mapping[str, Act] = {
    "triage": Act(TriageForm, triage),
    "sort-again": Act(SortAgainForm, sort_again),
    "move": Act(handling.MoveForm, move),
    "say": Act(handling.SayForm, say),
    "outcome": Act(handling.OutcomeForm, outcome),
    "claim": Act(handling.Nothing, claim),
    "release": Act(handling.Nothing, release),
    "suspend": Act(handling.SuspendForm, suspend),
    "resume": Act(handling.Nothing, resume),
    "chase": Act(handling.ChaseForm, chase),
    "supervise": Act(handling.ChaseForm, supervise),
    "instruct": Act(handling.InstructForm, instruct),
    "hand-over": Act(handling.HandOverForm, hand_over),
    "relocate": Act(handling.RelocateForm, relocate),
    "merge": Act(handling.MergeForm, merge),
    "apart": Act(handling.MergeForm, tell_apart),
    "split": Act(handling.SplitForm, split),
    "postpone": Act(handling.PostponeForm, postpone),
    "publish": Act(handling.PublishForm, publish),
    "unpublish": Act(handling.Nothing, unpublish),
    "attach": Act(handling.AttachForm, attach),
    "call-back": Act(handling.CallBackForm, call_back),
    "exclude": Act(handling.ExcludeForm, exclude),
    "approve-exclusion": Act(handling.Nothing, approve_exclusion),
}
