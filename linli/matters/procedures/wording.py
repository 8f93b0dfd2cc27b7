"""The words around a procedure, drawn or told: lengths of time, openings, needs, lateness."""

from __future__ import annotations

from collections.abc import Mapping

from linli.kernel.durations import Duration, Unit
from linli.matters.procedures.kinds import Need, OpeningKind, Outcome
from linli.matters.procedures.schema import Late, Opening, Procedure, Words

UNITS: Mapping[Unit, Words] = {
    Unit.MINUTE: Words(zh="分钟", en="minute"),
    Unit.HOUR: Words(zh="小时", en="hour"),
    Unit.DAY: Words(zh="天", en="day"),
    Unit.WORKDAY: Words(zh="个工作日", en="workday"),
}

OPENINGS: Mapping[OpeningKind, Words] = {
    OpeningKind.COMMENTS: Words(zh="邻居说话", en="neighbours' comments"),
    OpeningKind.ORDERS: Words(zh="派单", en="orders"),
    OpeningKind.WHISTLE: Words(zh="吹哨", en="whistle"),
    OpeningKind.EVALUATION: Words(zh="评价", en="evaluation"),
    OpeningKind.MEETING: Words(zh="开会", en="meeting"),
    OpeningKind.BALLOT: Words(zh="表决", en="ballot"),
    OpeningKind.WORKS: Words(zh="工程公开", en="works laid open"),
    OpeningKind.SHARES: Words(zh="费用分摊", en="who pays what"),
    OpeningKind.OPINIONS: Words(zh="征集意见", en="opinion map"),
    OpeningKind.POSTING: Words(zh="贴公示", en="a sheet hung up"),
}

NEEDS: Mapping[Need, Words] = {
    Need.MINUTES: Words(zh="会议纪要", en="minutes"),
    Need.OFFICIAL_ANSWER: Words(zh="正式答复", en="official answer"),
    Need.FIRST_CONTACT: Words(zh="联系过本人", en="first contact"),
    Need.ORDER_VERIFIED: Words(zh="工单核实", en="orders verified"),
    Need.CALLBACK: Words(zh="回访", en="callback"),
    Need.OUTCOME: Words(zh="会议结果", en="outcome recorded"),
    Need.PASSED: Words(zh="表决通过", en="the vote passed"),
    Need.POSTED: Words(zh="公示期满", en="posted long enough"),
}

OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.RESOLVED: Words(zh="解决了", en="resolved"),
    Outcome.ANSWERED: Words(zh="已答复", en="answered"),
    Outcome.OUT_OF_SCOPE: Words(zh="不归这里管", en="out of scope"),
    Outcome.UNRESOLVED: Words(zh="没能解决", en="not resolved"),
    Outcome.WITHDRAWN: Words(zh="撤回", en="withdrawn"),
    Outcome.MERGED: Words(zh="并案", en="merged"),
}

PHRASES: Mapping[str, Words] = {
    "raised": Words(zh="说件事", en="A matter is raised"),
    "closed": Words(zh="办结", en="Closed"),
    "version": Words(zh="第 {0} 版", en="version {0}"),
    "within": Words(zh="{0}内", en="within {0}"),
    "held by": Words(zh="{0}负责", en="{0}"),
    "needs": Words(zh="离开前要有：{0}", en="before leaving: {0}"),
    "remind": Words(zh="到期前 {0}提醒", en="reminded {0} before"),
    "urge": Words(zh="过期 {0}催办", en="urged {0} after"),
    "escalate": Words(zh="到期没办，{0}督办", en="if late, {0} supervises"),
    "here": Words(zh="现在在这里", en="Here now"),
    "at any time": Words(zh="哪一步都可以", en="At any step"),
    "legend next": Words(zh="下一站", en="next station"),
    "legend on": Words(zh="跳到后面", en="further on"),
    "legend back": Words(zh="往回走", en="back"),
    "legend end": Words(zh="到此办结", en="ends here"),
    "begins": Words(zh="{0}：从「{1}」开始。", en="{0}: begins at “{1}”."),
    "step": Words(zh="{0}：{1}负责，{2}内办。", en="{0}: held by {1}, within {2}."),
    "opens": Words(zh="这一步可以{0}。", en="It opens {0}."),
    "asks": Words(zh="离开前要有{0}。", en="Before leaving it needs {0}."),
    "parties": Words(zh="定谁参加：{0}", en="settles who takes part: {0}"),
    "names": Words(zh="离开前要定下谁参加（{0}）。", en="Before leaving it settles who takes part ({0})."),
    "goes": Words(zh="按「{0}」到「{1}」。", en="“{0}” leads to “{1}”."),
    "ends": Words(zh="按「{0}」办结（{1}）。", en="“{0}” closes it ({1})."),
    "late": Words(zh="{0}。", en="Late: {0}."),
    "net": Words(zh="哪一步都可以{0}：{1}", en="At any step, {0}: {1}"),
}


def phrase(name: str, language: str, *values: object) -> str:
    """One of the phrases above with its places filled."""
    return PHRASES[name].of(language).format(*values)


def is_english(language: str) -> bool:
    return language.lower().startswith("en")


def duration(length: Duration, language: str) -> str:
    """`5 个工作日`, `5 workdays`."""
    unit = UNITS[length.unit].of(language)
    return f"{length.amount} {unit}{'s' if is_english(language) and length.amount != 1 else ''}"


def opening(one: Opening, procedure: Procedure, language: str) -> str:
    """`开会（邻里议事会）`; a kind alone where there is no name."""
    title = OPENINGS[one.kind].of(language)
    if one.code is None:
        return title
    name = procedure.name_of(one.code, language)
    return name if is_english(language) or one.kind is OpeningKind.BALLOT else f"{title}（{name}）"


def lateness(late: Late, procedure: Procedure, language: str) -> list[str]:
    """What happens around the limit: who is told, and who steps in."""
    said: list[str] = []
    if late.remind_before:
        said.append(phrase("remind", language, duration(late.remind_before, language)))
    if late.urge_after:
        said.append(phrase("urge", language, duration(late.urge_after, language)))
    if late.escalate:
        said.append(phrase("escalate", language, procedure.name_of(late.escalate, language)))
    return said
