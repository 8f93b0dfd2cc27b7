"""A matter as its raiser has it before them, signed in or by its code, and matters as cards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.frame.doors import actor_of
from linli.kernel import clock
from linli.kernel.actor import ANONYMOUS, Actor
from linli.kernel.coordinates import Position
from linli.kernel.decision import MISSING, Decision, Denied, Refused
from linli.matters import policies, wording
from linli.matters.kinds import OpeningKind, State
from linli.matters.procedures.kinds import StationState
from linli.matters.procedures.schema import Procedure
from linli.matters.read import one as read
from linli.matters.read import settings
from linli.matters.rules import clocks, publication
from linli.matters.rules.ties import Ties
from linli.matters.templatetags.matters import due_tone
from linli.organizations import read as organizations

DONE_ONCE = "You have judged this already. You can add one follow-up comment."
DONE_TWICE = "You have already added your follow-up comment."


@dataclass(frozen=True)
class Case:
    """One matter, who looks at it, and how they are tied to it. With `code`, nobody is named anywhere."""

    matter: Any
    ties: Ties
    actor: Actor
    code: str = ""

    def url(self, act: str) -> str:
        """The address of an act on it."""
        if self.code:
            return reverse("matters:code_act", args=[act])
        return reverse(f"matters:{act}", args=[self.matter.id])

    @property
    def own(self) -> bool:
        """Whether the raiser's own words and photos are the reader's to read."""
        return bool(policies.may_read_words(self.actor, self.matter, self.ties))

    @property
    def title(self) -> str:
        return str(self.matter.title) if self.own else title_for_others(self.matter)

    @property
    def words(self) -> str:
        """What was said, or for who joined what was published of it."""
        if self.own:
            return str(self.matter.text)
        return str(self.matter.public_summary) if self.matter.published_at else ""

    @property
    def procedure(self) -> Procedure:
        return settings.procedure_of(self.matter)


def point_of(actor: Actor, matter: Any, ties: Ties) -> Position | None:
    """The spot its raiser showed on the map, for who may see it."""
    if matter.longitude is None or not policies.may_see_point(actor, matter, ties):
        return None
    return matter.longitude, matter.latitude


def title_for_others(matter: Any) -> str:
    """The published title, or the number where nothing is published."""
    published = matter.published_at is not None
    return publication.title_for_others(published, matter.public_title, matter.number)


def title_for(matter: Any, person_id: UUID | None) -> str:
    """A matter's title as one of those behind it may read it."""
    return str(matter.title) if matter.raised_by_id == person_id else title_for_others(matter)


def of_raiser(request: HttpRequest, matter_id: UUID) -> Case:
    """A matter of the reader's own. Others' is answered as if it were not there."""
    actor = actor_of(request)
    matter = read.matter(matter_id)
    ties = read.ties(actor, matter)
    if not ties.is_party:
        raise Refused(read.NOT_THERE, status=MISSING)
    return Case(matter, ties, actor)


def of_code(code: str) -> Case:
    """The matter a code belongs to, looked at by nobody in particular."""
    return Case(read.by_tracking_code(code), Ties(holds_tracking_code=True), ANONYMOUS, code)


def decisions(case: Case, urged_at: Any = None) -> dict[str, Decision]:
    """For everything a raiser may ever do, whether it can be done now and otherwise why not."""
    matter, ties, actor = case.matter, case.ties, case.actor
    moment = clock.now()
    until = moment
    if matter.closed_at is not None:
        until = clocks.reopen_until(matter.closed_at, settings.times_at(matter.place_path))
    opens = read.is_open_to(matter, OpeningKind.EVALUATION)
    judged = read.evaluation_of(matter, actor.person_id)
    judging = policies.may_evaluate(matter, ties, opens)
    urging = policies.may_urge(actor, matter, ties)
    if urging and urged_at is not None and moment - urged_at < clocks.URGE_PAUSE:
        urging = Denied("It was urged within the last day already. They have been told.")
    return {
        "supplement": policies.may_supplement(matter, ties),
        "urge": urging,
        "withdraw": policies.may_withdraw(actor, matter, ties),
        "reopen": policies.may_reopen(matter, ties, until, moment),
        "evaluate": judging if judged is None else _already(judging, DONE_ONCE),
        "follow_up": _follows(judging, judged),
        "publication": policies.may_forbid_publication(matter, ties),
    }


def _already(judging: Decision, reason: str) -> Decision:
    return Denied(reason) if judging else judging


def _follows(judging: Decision, judged: Any) -> Decision:
    if judged is None:
        return _already(judging, "Judge it first; then you can add a comment.")
    return judging if judged.follow_up_at is None else _already(judging, DONE_TWICE)


def language() -> str:
    """The reader's language."""
    return get_language() or "zh-hans"


def holder_label(matter: Any, *, named: bool = True) -> str:
    """Who holds it: the post, on a matter's own page with who acts for it; empty once it is closed."""
    if matter.holder is None:
        return ""
    if named:
        found = organizations.label_with_holder([matter.holder_id], language(), clock.today())
        return found.get(matter.holder_id) or organizations.post_title(matter.holder, language())
    return organizations.post_title(matter.holder, language())


def stations(procedure: Procedure, history: Sequence[str], matter: Any, late: bool) -> list[dict[str, Any]]:
    """The line of stations for `c-line`, without those passed by; one that ended early ends with its end."""
    closed = matter.state == State.CLOSED
    line = procedure.station_states(history, None if closed else matter.step_key)
    shown = [
        {
            "label": wording.in_words(each.short),
            "state": each.state.value,
            "late": late and each.state is StationState.NOW,
        }
        for each in line
        if each.state is not StationState.SKIPPED
    ]
    if closed and line[-1].state is StationState.SKIPPED:
        shown.append({"label": _("Closed"), "state": "done", "late": False})
    return shown


@dataclass(frozen=True)
class Card:
    """A matter in a list: its line, who has it, until when."""

    matter: Any
    title: str
    url: str
    stations: list[dict[str, Any]]
    holder: str
    units: str
    chip: str
    tone: str
    due: Any
    joiners: int = 0


def cards(matters: Iterable[Any], *, public: bool = False, reader: UUID | None = None) -> list[Card]:
    """Matters read `with_lines` as cards, without a further query; `reader` sees their own in their words."""
    return [_card(matter, public, reader) for matter in matters]


def _card(matter: Any, public: bool, reader: UUID | None) -> Card:
    name = "matters:public_one" if public else "matters:mine_one"
    own = matter.holder.organization.name if matter.holder else ""
    units = [unit for unit in dict.fromkeys(matter.units) if unit != own]
    tone, chip = state_chip(matter)
    return Card(
        matter=matter,
        title=matter.public_title if public else title_for(matter, reader),
        url=reverse(name, args=[matter.id]),
        stations=stations(settings.procedure_of(matter), matter.history, matter, tone == "late"),
        holder=holder_label(matter, named=False),
        units=_(", ").join(units),
        chip=chip,
        tone=tone,
        due=None if matter.state == State.CLOSED else matter.step_due_at,
    )


def state_chip(matter: Any) -> tuple[str, str]:
    """The colour and the word in a card's corner: how it ended, that it rests, or whether it is in time."""
    if matter.state == State.CLOSED:
        tone = "go" if matter.outcome == "resolved" else "plain"
        return tone, str(wording.OUTCOME_LABELS.get(matter.outcome, ""))
    if matter.state == State.SUSPENDED:
        return "plain", str(wording.STATE_LABELS[State.SUSPENDED])
    tone = due_tone(matter.step_due_at)
    words = {"late": _("late"), "soon": _("due soon"), "go": _("in time")}
    return tone, words.get(tone, "")
