"""What kinds, states and answers are called, and results as bars."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ballots.kinds import (
    BallotState,
    Channel,
    Consent,
    Duty,
    Electorate,
    HouseRuleKind,
    Measure,
    Method,
    OwnersMatter,
    PartKind,
    RuleName,
    SheetState,
    Side,
    VisitOutcome,
)
from linli.ballots.rules import owners_matters, timetable
from linli.ballots.rules.answers import LEVELS, WITH_OPTIONS
from linli.kernel.clock import local, today
from linli.kernel.shares import Share
from linli.places.kinds import AreaSource
from linli.places.templatetags.places import SOURCE_LABELS, square_metres

register = template.Library()

STATE_LABELS = {
    BallotState.DRAFT: gettext_lazy("Draft"),
    BallotState.ANNOUNCED: gettext_lazy("Announced"),
    BallotState.OPEN: gettext_lazy("Voting now"),
    BallotState.CLOSED: gettext_lazy("Voting ended"),
    BallotState.COUNTED: gettext_lazy("Counted"),
    BallotState.PUBLISHED: gettext_lazy("Result published"),
    BallotState.WITHDRAWN: gettext_lazy("Withdrawn"),
}
TONES = {BallotState.OPEN: "go", BallotState.ANNOUNCED: "soon", BallotState.CLOSED: "soon"}
METHOD_LABELS = {
    Method.YES_NO: gettext_lazy("For or against"),
    Method.CHOOSE: gettext_lazy("Choose among several"),
    Method.SCORE: gettext_lazy("Give points"),
    Method.RANKED: gettext_lazy("Put in order"),
    Method.SATISFACTION: gettext_lazy("How satisfied, in five levels"),
    Method.CONSENT: gettext_lazy("Agreed unless somebody objects"),
    Method.BUDGET: gettext_lazy("Share out a fund among projects"),
}
RULE_LABELS = {
    RuleName.OWNERS_ORDINARY: gettext_lazy("Owners, ordinary: two thirds take part, more than half agree"),
    RuleName.OWNERS_SPECIAL: gettext_lazy("Owners, special: two thirds take part, three quarters agree"),
    RuleName.LIFT: gettext_lazy("Lift: by the shares that hold in the place"),
    RuleName.OWNERS_UNANIMOUS: gettext_lazy("All owners affected agree"),
    RuleName.RESIDENTS_ASSEMBLY: gettext_lazy(
        "Residents’ assembly: more than half come, more than half agree"
    ),
    RuleName.REP_ASSEMBLY: gettext_lazy("Representatives: two thirds come, more than half agree"),
    RuleName.ELECTION_VOTERS: gettext_lazy("Residents’ committee, elected by all voters"),
    RuleName.ELECTION_HOUSEHOLDS: gettext_lazy("Residents’ committee, elected by households"),
    RuleName.ELECTION_REPS: gettext_lazy("Residents’ committee, elected by representatives"),
    RuleName.SIMPLE: gettext_lazy("More for than against"),
    RuleName.ABSOLUTE: gettext_lazy("More than half of everybody asked"),
    RuleName.TWO_THIRDS: gettext_lazy("Two thirds of those who vote"),
    RuleName.OPINION: gettext_lazy("An opinion only"),
}
MATTER_LABELS = {
    OwnersMatter.PROCEDURE: gettext_lazy("the owners’ rules of procedure"),
    OwnersMatter.COVENANT: gettext_lazy("the covenant of the house"),
    OwnersMatter.COMMITTEE: gettext_lazy("electing or replacing the owners’ committee"),
    OwnersMatter.MANAGER: gettext_lazy("taking on or dismissing the property management"),
    OwnersMatter.USE_FUND: gettext_lazy("using the maintenance fund"),
    OwnersMatter.RAISE_FUND: gettext_lazy("raising money for the maintenance fund"),
    OwnersMatter.REBUILD: gettext_lazy("altering or rebuilding the building, such as a lift"),
    OwnersMatter.CHANGE_USE: gettext_lazy("another use of common parts, or business on them"),
    OwnersMatter.OTHER: gettext_lazy("another matter of weight that is common to all"),
}
DUTY_LABELS = {
    Duty.FIRST_MEETING: gettext_lazy("The new owners’ committee meets for the first time"),
    Duty.FILING: gettext_lazy("Filed with the street office and the district"),
    Duty.HANDOVER: gettext_lazy("The outgoing residents’ committee has handed over"),
}
ELECTORATE_LABELS = {
    Electorate.OWNERS: gettext_lazy("The owners, by home"),
    Electorate.RESIDENTS: gettext_lazy("The grown-up residents"),
    Electorate.HOUSEHOLDS: gettext_lazy("One for each household"),
    Electorate.MEMBERS: gettext_lazy("The members of a body or unit"),
    Electorate.VOLUNTEERS: gettext_lazy("The volunteers of the place"),
    Electorate.ANYONE: gettext_lazy("Anyone who belongs here, for an opinion only"),
}
PART_LABELS = {
    PartKind.NONE: gettext_lazy("Not divided"),
    PartKind.BUILDING: gettext_lazy("By building"),
    PartKind.ENTRANCE: gettext_lazy("By entrance"),
    PartKind.FLOOR: gettext_lazy("By floor"),
}
CHANNEL_LABELS = {
    Channel.ONLINE: gettext_lazy("online"),
    Channel.DOORSTEP: gettext_lazy("at the door"),
    Channel.PAPER: gettext_lazy("on paper"),
    Channel.MEETING: gettext_lazy("at the meeting"),
}
VISIT_LABELS = {
    VisitOutcome.DELIVERED: gettext_lazy("Sheet handed over"),
    VisitOutcome.ABSENT: gettext_lazy("Nobody in"),
    VisitOutcome.REFUSED: gettext_lazy("Does not want to vote"),
    VisitOutcome.AGREED: gettext_lazy("Filled in the sheet"),
}
VISIT_TONES = {VisitOutcome.DELIVERED: "soon", VisitOutcome.AGREED: "go"}
SHEET_LABELS = {
    SheetState.PRINTED: gettext_lazy("printed"),
    SheetState.ENTERED: gettext_lazy("waiting to be compared"),
    SheetState.CONFIRMED: gettext_lazy("counted in"),
    SheetState.REJECTED: gettext_lazy("set aside"),
}
SIDE_LABELS = {
    Side.YES: gettext_lazy("Agree"),
    Side.NO: gettext_lazy("Against"),
    Side.ABSTAIN: gettext_lazy("Abstain"),
    Side.SPOILT: gettext_lazy("Spoilt"),
}
CONSENT_LABELS = {
    Consent.CONSENT: gettext_lazy("I can live with it"),
    Consent.OBJECT: gettext_lazy("I object"),
    Consent.ABSTAIN: gettext_lazy("Abstain"),
}
LEVEL_LABELS = {
    5: gettext_lazy("Very satisfied"),
    4: gettext_lazy("Satisfied"),
    3: gettext_lazy("So-so"),
    2: gettext_lazy("Dissatisfied"),
    1: gettext_lazy("Very dissatisfied"),
}
HOUSE_RULE_LABELS = {
    HouseRuleKind.LIFT_QUORUM: gettext_lazy("For a lift, how many have to take part"),
    HouseRuleKind.LIFT_PASSING: gettext_lazy("For a lift, how many of these have to agree"),
    HouseRuleKind.FOLLOW_MAJORITY: gettext_lazy("Whoever keeps the sheet is counted with the majority"),
    HouseRuleKind.CO_OWNERS_SIGN: gettext_lazy("Co-owners of a home sign one sheet together"),
}
OFF_LABELS = {
    HouseRuleKind.FOLLOW_MAJORITY: gettext_lazy("no: a sheet that is kept counts neither way"),
    HouseRuleKind.CO_OWNERS_SIGN: gettext_lazy("no: any one of them gives the one vote of the home"),
}
SPOKEN: Mapping[str, tuple[type[StrEnum], Mapping[Any, Any]]] = {
    "state": (BallotState, STATE_LABELS),
    "duty": (Duty, DUTY_LABELS),
    "method": (Method, METHOD_LABELS),
    "electorate": (Electorate, ELECTORATE_LABELS),
    "part": (PartKind, PART_LABELS),
    "channel": (Channel, CHANNEL_LABELS),
    "visit": (VisitOutcome, VISIT_LABELS),
    "sheet": (SheetState, SHEET_LABELS),
    "source": (AreaSource, SOURCE_LABELS),
    "house_rule": (HouseRuleKind, HOUSE_RULE_LABELS),
}


@register.filter
def asked(ballot: Any) -> str:
    """Who is asked, as pages and the record say it; of what, where members are."""
    who = str(ELECTORATE_LABELS[Electorate(ballot.electorate)])
    return _("%(who)s: %(group)s") % {"who": who, "group": ballot.group_name} if ballot.group_name else who


@register.filter
def by_law(question: Any) -> str:
    """Which item of the law an owners' question is under and what majority the law asks of it; "" where that
    was not said."""
    if question.matter is None:
        return ""
    return _("Civil Code 278, item %(item)s: %(matter)s. The law asks: %(majority)s.") % {
        "item": owners_matters.item(question.matter),
        "matter": MATTER_LABELS[question.matter],
        "majority": RULE_LABELS[owners_matters.MAJORITY[question.matter]],
    }


@register.filter
def called(value: str, kind: str) -> str:
    """What a value of a kind is called: `{{ ballot.state|called:"state" }}`; "" for one that is empty."""
    known, labels = SPOKEN[kind]
    return str(labels[known(value)]) if value or kind == "part" else ""


@register.filter
def decided_by(question: Any) -> str:
    """What decides a question: its rule; among several options which of them win, and what a tie means there
    (`rules.choosing`)."""
    label = str(RULE_LABELS[RuleName(question.rule.name)])
    if question.rule.name == RuleName.LIFT:
        shares = {"quorum": spoken(question.rule.quorum), "passing": spoken(question.rule.passing)}
        label = _("Lift: %(quorum)s take part, %(passing)s of these agree") % shares
    if question.method not in WITH_OPTIONS or question.rule.name == RuleName.OPINION:
        return label
    wins = _wins(question)
    return wins if question.rule.name == RuleName.SIMPLE else f"{label} · {wins}"


def _wins(question: Any) -> str:
    if question.method is Method.BUDGET:
        return _("In the order of their votes, as far as the fund reaches; of equals the cheaper one first")
    if question.method is Method.RANKED:
        return _("More than half of the first choices; until one has them, the last one leaves")
    one, by_points = question.seats == 1, question.method is Method.SCORE
    if by_points and one:
        return _("The most points win; equals are voted on again")
    if by_points:
        words = _("The %(seats)s with the most points win; equals over the last place are voted on again")
    elif one:
        return _("The most votes win; equals are voted on again")
    else:
        words = _("The %(seats)s with the most votes win; equals over the last place are voted on again")
    return words % {"seats": question.seats}


def spoken(share: Share) -> str:
    """A share in words."""
    sign = _("more than") if share.strict else _("at least")
    return f"{sign} {share.fraction}"


@register.filter
def in_words(settled: Any) -> str:
    """What is settled about counting: a share, or whether it holds."""
    if settled.value:
        return spoken(Share.parse(settled.value))
    return _("yes") if settled.is_on else str(OFF_LABELS[settled.kind])


@register.filter
def holds(settled: Any) -> str:
    """The same with where it is written and since when, or that nothing is noted."""
    words = in_words(settled)
    if not settled.is_on:
        return _("%(words)s, as nothing else is noted here") % {"words": words}
    said = {"words": words, "source": settled.source, "day": settled.starts.isoformat()}
    return _("%(words)s: %(source)s, from %(day)s") % said


@register.filter
def ballot_tone(state: str) -> str:
    """The colour of a ballot's state."""
    return TONES.get(BallotState(state), "plain")


@register.filter
def ruling_due(objection: Any) -> date:
    """The last day to rule on an objection to the roll."""
    return timetable.ruling_due(local(objection.raised_at).date())


@register.filter
def is_ruling_late(objection: Any) -> bool:
    """Whether that day has passed without a ruling."""
    return not objection.ruling and ruling_due(objection) < today()


@register.filter
def visit_tone(outcome: str) -> str:
    """The colour of a visit."""
    return VISIT_TONES.get(VisitOutcome(outcome), "plain")


@register.filter
def reason(result: Any) -> str:
    """Why a question passed or did not, in the reader's language."""
    return _(result.reason) % result.params if result.params else _(result.reason)


@register.filter
def spoken_answer(question: Any, answer: Any) -> str:
    """An answer in words."""
    if answer == Side.SPOILT:
        return str(SIDE_LABELS[Side.SPOILT])
    if question.method is Method.YES_NO:
        return str(SIDE_LABELS[Side(answer)])
    if question.method is Method.CONSENT:
        return str(CONSENT_LABELS[Consent(answer)])
    if question.method is Method.SATISFACTION:
        return str(LEVEL_LABELS[answer] if answer in LEVELS else SIDE_LABELS[Side.ABSTAIN])
    titles = {option.id: option.title for option in question.options}
    if isinstance(answer, dict):
        return _(", ").join(f"{titles[each]} {points}" for each, points in answer.items())
    joint = " → " if question.method is Method.RANKED else _(", ")
    return joint.join(titles[each] for each in answer) or str(SIDE_LABELS[Side.ABSTAIN])


@register.filter
def bars(result: Any) -> list[dict[str, Any]]:
    """Every comparison of a result as a bar with the share that is needed."""
    return [_bar(check) for check in result.checks]


@register.filter
def turnout_bars(turnout: Any, of: str = "") -> list[dict[str, Any]]:
    """How many have voted, by heads and by area where it counts; never how. For staff (`parts`) by part too:
    among the few homes of a floor a neighbour would see who has not voted."""
    heads, area = _("By heads"), _("By area")
    rows = [{"label": heads, "value": turnout.voted.heads, "whole": turnout.everybody.heads, "unit": ""}]
    if turnout.everybody.area:
        given, whole = square_metres(turnout.voted.area), square_metres(turnout.everybody.area)
        rows.append({"label": area, "value": given, "whole": whole, "unit": "m²"})
    if of != "parts":
        return rows
    return rows + [
        {"label": part, "value": voted.heads, "whole": everybody.heads, "unit": ""}
        for part, (everybody, voted) in turnout.parts.items()
    ]


def _bar(check: Any) -> dict[str, Any]:
    by_area = check.measure is Measure.AREA
    what = {
        ("participation", True): _("Took part, by area"),
        ("participation", False): _("Took part, by heads"),
        ("approval", True): _("Agree, by area"),
        ("approval", False): _("Agree, by heads"),
    }.get((check.what, by_area), _("Have to agree besides"))
    value, whole = (
        (square_metres(check.have), square_metres(check.whole)) if by_area else (check.have, check.whole)
    )
    return {
        "label": f"{check.part} · {what}" if check.part else what,
        "value": value,
        "whole": whole,
        "unit": "m²" if by_area else "",
        "need": 100 * check.share.numerator / check.share.denominator,
        "need_label": spoken(check.share),
        "tone": "go" if check.holds else "late",
    }


@register.filter
def standings(result: Any) -> list[dict[str, Any]]:
    """How each option did, the best one first."""
    titles = {option.id: option.title for option in result.question.options}
    rows = [
        {
            "title": titles[each.id],
            "votes": each.votes.heads,
            "points": each.points,
            "won": each.won,
            "tied": each.id in result.outcome.tied,
        }
        for each in result.outcome.standings
    ]
    return sorted(rows, key=lambda row: (not row["won"], -row["points"], -row["votes"]))


@register.filter
def boxes(question: Any) -> list[str]:
    """What there is to mark on paper."""
    if question.method is Method.YES_NO:
        return [str(SIDE_LABELS[side]) for side in (Side.YES, Side.NO, Side.ABSTAIN)]
    if question.method is Method.CONSENT:
        return [str(label) for label in CONSENT_LABELS.values()]
    if question.method is Method.SATISFACTION:
        return [str(LEVEL_LABELS[level]) for level in LEVELS]
    return [
        f"{option.id}  {option.title}" + (f" · {option.cost}" if option.cost else "")
        for option in question.options
    ]


@register.filter
def how_to_mark(question: Any) -> str:
    """What to do with the boxes on paper."""
    if question.method is Method.CHOOSE and question.at_most > 1:
        return _("Mark at most %(most)s.") % {"most": question.at_most}
    if question.method is Method.BUDGET:
        return _("Mark what should be done; together at most %(fund)s yuan.") % {"fund": question.fund}
    if question.method is Method.RANKED:
        return _("Write 1 beside the first, 2 beside the second, and so on.")
    if question.method is Method.SCORE:
        return _("Write points from 0 to %(most)s beside each.") % {"most": question.most_points}
    return _("Mark one.")
