"""What stages, papers, warranties and rules of works are called; money in yuan: `{{ fen|yuan }}`."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from linli.deliberation.kinds import Majority, PaperKind, Turnout, WarrantyKind, WorksStage
from linli.deliberation.rules import works as rules

register = template.Library()

STAGES = {
    WorksStage.DRAFT: ("plain", gettext_noop("Draft")),
    WorksStage.PLANNED: ("soon", gettext_noop("Options compared")),
    WorksStage.BUILDING: ("go", gettext_noop("Being built")),
    WorksStage.ACCEPTING: ("soon", gettext_noop("Homes are asked")),
    WorksStage.ACCEPTED: ("go", gettext_noop("Accepted, under warranty")),
    WorksStage.STOPPED: ("plain", gettext_noop("Stopped")),
}
PAPERS = {
    PaperKind.PHOTO: gettext_noop("Photo"),
    PaperKind.CERTIFICATE: gettext_noop("Certificate"),
    PaperKind.TEST_REPORT: gettext_noop("Test report"),
    PaperKind.CONTRACT: gettext_noop("Contract"),
    PaperKind.OTHER: gettext_noop("Another document"),
}
WARRANTIES = {
    WarrantyKind.STRUCTURE: gettext_noop("Foundations and structure"),
    WarrantyKind.WATERPROOFING: gettext_noop("Keeps water out"),
    WarrantyKind.HEATING: gettext_noop("Heating or cooling"),
    WarrantyKind.FITTINGS: gettext_noop("Wires, pipes, equipment, decoration"),
    WarrantyKind.AGREED: gettext_noop("As the contract says"),
}
TURNOUTS = {
    Turnout.HALF: gettext_noop("More than half of the homes"),
    Turnout.THIRD: gettext_noop("A third of the homes"),
    Turnout.ANY: gettext_noop("As many as want to"),
}
MAJORITIES = {
    Majority.HALF: gettext_noop("More than half of those who speak"),
    Majority.TWO_THIRDS: gettext_noop("Two thirds of those who speak"),
    Majority.ALL: gettext_noop("All who speak"),
}


@register.filter
def works_tone(stage: str) -> str:
    """The colour of a stage."""
    return STAGES[WorksStage(stage)][0]


@register.filter
def works_stage(stage: str) -> str:
    """What a stage is called."""
    return _(STAGES[WorksStage(stage)][1])


@register.filter
def works_stations(stage: str) -> list[dict[str, str]]:
    """The way of works as a line of stations; stopped works have no next one."""
    way: list[WorksStage] = [each for each in STAGES if each is not WorksStage.STOPPED]
    at = way.index(WorksStage(stage)) if WorksStage(stage) in way else -1
    states = ["done" if n < at else "now" if n == at else "next" for n in range(len(way))]
    return [{"label": _(STAGES[each][1]), "state": state} for each, state in zip(way, states, strict=True)]


@register.filter
def paper_kind(kind: str) -> str:
    """What a paper is."""
    return _(PAPERS[PaperKind(kind)])


@register.filter
def warranty_kind(kind: str) -> str:
    """What a warranty covers."""
    return _(WARRANTIES[WarrantyKind(kind)])


@register.filter
def turnout_words(turnout: str) -> str:
    """Of how many homes somebody has to speak."""
    return _(TURNOUTS[Turnout(turnout)])


@register.filter
def majority_words(majority: str) -> str:
    """How many have to accept."""
    return _(MAJORITIES[Majority(majority)])


@register.filter
def yuan(fen: int) -> str:
    """An amount in yuan, the fen only where there are any."""
    whole, rest = divmod(int(fen), 100)
    return f"{whole:,}.{rest:02}" if rest else f"{whole:,}"


@register.filter
def costs(option: Any) -> int:
    """What an option costs, in fen."""
    return int(option.from_owners + option.from_fund + option.from_public + option.from_others)


@register.filter
def of(rows: Any, key: Any) -> Any:
    """What belongs to something: its papers, its looks."""
    return rows.get(key, [])


@register.filter
def told_count(count: int) -> int | None:
    """A number of neighbours as everybody may read it."""
    return rules.told(count)
