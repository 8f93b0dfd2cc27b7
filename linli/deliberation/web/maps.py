"""A drawing made ready for a page: marks, words, and the numbers beside them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.deliberation.opinions import pictures
from linli.deliberation.opinions.pictures import Picture

LETTERS: Final = "ABCDE"
MOST_SAID: Final = 3  # of what a group holds, on a press; all of it stands below the drawing
# One mark for each group, around its middle: told apart without colours, also in print.
MARKS: Final = (
    "M-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0z",
    "M-1.3-1.3h2.6v2.6h-2.6z",
    "M0-1.7L1.7 1.3H-1.7z",
    "M0-1.9L1.9 0L0 1.9L-1.9 0z",
    "M-.6-1.7h1.2v1.1h1.1v1.2h-1.1v1.1h-1.2v-1.1h-1.1v-1.2h1.1z",
)


def shown(drawn: Picture | None, texts: Mapping[int, str], answers: Mapping[int, int]) -> dict[str, Any]:
    """What a page says of a drawing, to somebody with these answers of their own (none for staff)."""
    if drawn is None:
        nothing: dict[str, Any] = {key: [] for key in ("groups", "common", "rows", "columns")}
        return nothing | {"people": 0, "placed": 0, "chart": None, "me": None}
    told = {int(number): counts for number, counts in drawn["told"].items() if int(number) in texts}
    me = pictures.spot_of(answers, drawn) if answers and drawn["groups"] else None
    mine = pictures.group_of(me, drawn) if me else None
    groups = [_group(at, drawn["groups"], texts, told) for at in range(len(drawn["groups"]))]
    return {
        "people": drawn["people"],
        "placed": drawn["placed"],
        "groups": groups,
        "chart": _chart(groups, me),
        "common": [_common(each, texts, told) for each in drawn["common"] if each["number"] in told],
        "columns": _columns(len(drawn["groups"])),
        "rows": [_row(texts[number], told[number], len(drawn["groups"])) for number in sorted(told)],
        "me": {"x": me[0], "y": me[1], "letter": LETTERS[mine]} if me and mine is not None else None,
    }


def _group(
    at: int, groups: Sequence[Mapping[str, Any]], texts: Mapping[int, str], told: Mapping[int, Any]
) -> dict[str, Any]:
    group = groups[at]
    corners = pictures.outline(group["dots"])
    return {
        "letter": LETTERS[at],
        "title": ngettext("Group %(letter)s: %(n)s person", "Group %(letter)s: %(n)s people", group["size"])
        % {"letter": LETTERS[at], "n": group["size"]},
        "number": at + 1,
        "size": group["size"],
        "mark": MARKS[at],
        "center": group["center"],
        "dots": group["dots"],
        "outline": " ".join(f"{x:g},{y:g}" for x, y in [*corners, corners[0]]),
        "holds": [
            _held(each, at, texts, told[each["number"]]) for each in group["holds"] if each["number"] in told
        ],
    }


def _chart(groups: Sequence[Mapping[str, Any]], me: Sequence[float] | None) -> dict[str, Any]:
    """The same marks for the script that draws them, each group with what a press on it says."""
    kept = ("number", "letter", "title", "mark", "center", "dots")
    return {
        "groups": [
            {key: group[key] for key in kept}
            | {
                "outline": pictures.outline(group["dots"]),
                "says": [_said(held) for held in group["holds"][:MOST_SAID]]
                or [_("Too few answers to say what sets this group apart.")],
            }
            for group in groups
        ],
        "me": me,
        "you": _("You"),
    }


def _said(held: Mapping[str, Any]) -> str:
    label = _("Agree: %(statement)s") if held["agree"] else _("Disagree: %(statement)s")
    return label % {"statement": held["text"]}


def _held(each: Mapping[str, Any], at: int, texts: Mapping[int, str], counts: Mapping[str, Any]) -> Any:
    side = 0 if each["side"] == "agree" else 1
    here = counts["groups"][at]
    others = [group for number, group in enumerate(counts["groups"]) if number != at]
    return {
        "text": texts[each["number"]],
        "agree": side == 0,
        "here": here[side],
        "of": here[2],
        "others": sum(group[side] for group in others),
        "of_others": sum(group[2] for group in others),
    }


def _common(each: Mapping[str, Any], texts: Mapping[int, str], told: Mapping[int, Any]) -> dict[str, Any]:
    counts = told[each["number"]]["all"]
    side = 0 if each["side"] == "agree" else 1
    return {
        "text": texts[each["number"]],
        "agree": side == 0,
        "here": counts[side],
        "of": counts[2],
    }


def _columns(groups: int) -> list[dict[str, Any]]:
    heads = [_("Agree"), _("Disagree"), _("Pass")]
    heads += [_("Group %(letter)s agrees") % {"letter": LETTERS[at]} for at in range(groups)]
    return [{"label": _("Statement"), "num": False}, *({"label": head, "num": True} for head in heads)]


def _row(text: str, counts: Mapping[str, Any], groups: int) -> list[str]:
    agree, disagree, seen = counts["all"]
    row = [text, str(agree), str(disagree), str(seen - agree - disagree)]
    if not groups:
        return row
    parts: Iterable[Any] = counts.get("groups") or [None] * groups
    return row + [f"{part[0]} / {part[2]}" if part else "–" for part in parts]
