"""What the catalogue of components shows: made-up people and matters, in the reader's language."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.frame.inputs import DayInput

register = template.Library()

STATES = ("done", "done", "now", "next", "next")

ZH: dict[str, Any] = {
    "title": "晚上回来没地方停车",
    "long": "东岳花苑社区党群服务中心二楼多功能活动室北侧公共走廊照明与消防疏散指示标志更换事项协商议事会",
    "words": "晚一点回来小区就没车位，只能停马路边，很不方便。",
    "answer": "旁边商场地下车库夜里空着一半，先去谈 24 小时停放。",
    "holder": "业委会 · 恒安物业",
    "until": "11 月 26 日前答复",
    "left": "还有 3 个工作日",
    "stations": ("提事", "议事", "商事", "办事", "评事"),
    "times": ("11-18 22:41", "11-21 19:30", "", "", ""),
    "texts": (
        "晚一点回来小区就没车位，只能停马路边，很不方便。",
        "树下议事会，31 户到场。",
        "恒安物业已接单，正与商场谈价格。",
        "社区党委联动办理，约 15 个工作日",
        "由提出的 7 户评",
    ),
    "minutes": "纪要",
    "by": "社区答复",
    "who": "4 号楼 王先生",
    "stance": "赞成",
    "said": "夜里停白天走，一个月五十我愿意。",
    "reason": "这件事已经派给恒安物业，物业还没退回，不能再派一次。",
    "nav": ("家园", "我的事", "公告", "消息", "我"),
    "late": "逾期 4 小时",
    "soon": "今天 18:00",
    "facts": (
        ("类别", "公共照明"),
        ("派给", "恒安物业 · 维修"),
        ("提出人", "张**（138****2207）"),
        ("位置", "3 网格 9 栋 1 单元"),
    ),
    "votes": (("手机", "6 户"), ("上门", "3 户"), ("纸质票", "2 户"), ("没有参加", "1 户")),
    "area": "面积",
    "homes": "户数",
    "home": "户",
    "columns": ("事项", "在谁手里", "到期", "件数"),
    "rows": (("楼道灯不亮", "恒安物业", "今天 18:00", "3"), ("商场噪声到半夜", "城管、环保", "11-25", "12")),
    "options": (
        ("lamp", "路灯楼道灯", "不亮、一闪一闪"),
        ("car", "停车", ""),
        ("noise", "噪声", ""),
        ("other", "说不准", ""),
    ),
    "place": "建设社区",
    "above": "嘉峪关 · 钢城街道",
    "person": "周建国",
    "role": "网格员",
    "steps": ("说什么", "在哪里", "看一遍"),
    "response": "响应率",
    "place_names": ("1 栋", "2 栋", "党群服务中心", "3 栋"),
    "entries": (
        ("11-21 08:12", "张**", "登记"),
        ("11-21 08:20", "陈静", "研判，派给恒安物业"),
        ("11-21 08:31", "恒安物业", "接单"),
    ),
    "open_entries": ("按住说话，或者拍张照", "1 件在办", "补贴 · 社保", "网格员小周"),
}

EN: dict[str, Any] = {
    "title": "Nowhere to park at night",
    "long": "New corridor lights and evacuation signs north of the multipurpose room on the second floor",
    "words": "Whoever comes home late finds no space and parks on the street, a nuisance for all.",
    "answer": "Half of the mall's garage next door is empty at night: we are asking about it first.",
    "holder": "Owners' committee · Heng'an Property",
    "until": "Answer due by 26 November",
    "left": "3 workdays left",
    "stations": ("Raised", "Discussed", "Negotiated", "Acted on", "Judged"),
    "times": ("18 Nov 22:41", "21 Nov 19:30", "", "", ""),
    "texts": (
        "Whoever comes home late finds no space and parks on the street.",
        "Meeting under the tree, 31 homes came.",
        "Heng'an Property took it on and is talking with the mall about the price.",
        "Party committee and departments together, about 15 workdays",
        "By the 7 homes that raised it",
    ),
    "minutes": "Minutes",
    "by": "The community's answer",
    "who": "Building 4, Mr Wang",
    "stance": "In favour",
    "said": "In at night, out by day: fifty a month is fine with me.",
    "reason": "This is with Heng'an Property and has not come back, so it cannot be sent again.",
    "nav": ("Home", "My matters", "Notices", "Inbox", "Me"),
    "late": "4 hours late",
    "soon": "Today 18:00",
    "facts": (
        ("Category", "Public lighting"),
        ("Sent to", "Heng'an Property · repairs"),
        ("Raised by", "Zhang** (138****2207)"),
        ("Place", "Grid 3, building 9, entrance 1"),
    ),
    "votes": (
        ("By phone", "6 homes"),
        ("At the door", "3 homes"),
        ("On paper", "2 homes"),
        ("Took no part", "1 home"),
    ),
    "area": "Floor area",
    "homes": "Homes",
    "home": "homes",
    "columns": ("Matter", "Who has it", "Due", "Count"),
    "rows": (
        ("Stair light out", "Heng'an Property", "Today 18:00", "3"),
        ("Mall noise at midnight", "City management", "25 Nov", "12"),
    ),
    "options": (
        ("lamp", "Street and stair lights", "out or flickering"),
        ("car", "Parking", ""),
        ("noise", "Noise", ""),
        ("other", "Not sure", ""),
    ),
    "place": "Jianshe Community",
    "above": "Jiayuguan · Gangcheng Street",
    "person": "Zhou Jianguo",
    "role": "Grid worker",
    "steps": ("What", "Where", "Look it over"),
    "response": "Response",
    "place_names": ("No. 1", "No. 2", "Service centre", "No. 3"),
    "entries": (
        ("21 Nov 08:12", "Zhang**", "registered"),
        ("21 Nov 08:20", "Chen Jing", "sent it to Heng'an Property"),
        ("21 Nov 08:31", "Heng'an Property", "accepted"),
    ),
    "open_entries": ("Speak, or take a photo", "1 under way", "Allowances · insurance", "Grid worker Zhou"),
}


class SampleForm(forms.Form):
    """Every kind of control a form can hold."""

    words = forms.CharField(
        label=_("What happened"),
        help_text=_("One sentence is enough."),
        max_length=200,
        widget=forms.Textarea,
    )
    phone = forms.CharField(
        label=_("Phone"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    day = forms.DateField(label=_("Day"), required=False, widget=DayInput())
    kind = forms.ChoiceField(label=_("Kind"), choices=())
    where = forms.ChoiceField(label=_("Where"), choices=(), widget=forms.RadioSelect)
    agree = forms.BooleanField(label=_("My neighbours may see it, without my name"), required=False)

    def __init__(self, data: dict[str, str] | None, options: list[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="sample_%s" if data is None else "wrong_%s")
        for name in ("kind", "where"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = options


def _stations(words: dict[str, Any], *, late: bool = False) -> list[dict[str, Any]]:
    stations: list[dict[str, Any]] = []
    for label, state, time, text in zip(
        words["stations"], STATES, words["times"], words["texts"], strict=True
    ):
        stations.append(
            {"label": label, "state": state, "time": time, "text": text, "late": late and state == "now"}
        )
    stations[1] |= {
        "url": "#",
        "url_label": words["minutes"],
        "official": {"by": words["by"], "text": words["answer"]},
    }
    return stations


def _nav(words: dict[str, Any]) -> list[dict[str, Any]]:
    icons = ("home", "clock", "announce", "inbox", "me")
    counts = (0, 0, 0, 3, 0)
    rows = zip(words["nav"], icons, counts, strict=True)
    return [
        {"label": label, "url": "#", "icon": icon, "count": count, "on": icon == "home"}
        for label, icon, count in rows
    ]


@register.simple_tag
def catalogue_samples() -> dict[str, Any]:
    """All sample data by name."""
    words = EN if (get_language() or "").startswith("en") else ZH
    options = [{"value": value, "label": label, "note": note} for value, label, note in words["options"]]
    choices = [(value, label) for value, label, _note in words["options"]]
    return words | {
        "line": _stations(words),
        "late_line": _stations(words, late=True),
        "nav": _nav(words),
        "crumbs": [
            {"label": words["above"], "url": "#"},
            {"label": words["place"], "url": "#"},
            {"label": words["title"]},
        ],
        "tabs": [
            {"label": label, "url": "#", "on": i == 0, "count": (4, 12, 0)[i]}
            for i, label in enumerate(words["stations"][:3])
        ],
        "facts": [{"label": label, "value": value} for label, value in words["facts"]],
        "votes": [
            {"label": label, "value": value, "muted": i == 3}
            for i, (label, value) in enumerate(words["votes"])
        ],
        "columns": [{"label": label, "num": i == 3} for i, label in enumerate(words["columns"])],
        "rows": [
            [{"text": row[0], "url": "#"}, row[1], {"text": row[2], "tone": "soon"}, row[3]]
            for row in words["rows"]
        ],
        "options": options,
        "entries": [{"time": time, "who": who, "text": text} for time, who, text in words["entries"]],
        "shapes": [
            {"x": 0, "y": 28, "w": 100, "h": 3, "tone": "road"},
            {"x": 5, "y": 5, "w": 24, "h": 16, "label": words["place_names"][0]},
            {"x": 36, "y": 5, "w": 24, "h": 16, "label": words["place_names"][1], "tone": "on", "url": "#"},
            {"x": 66, "y": 5, "w": 29, "h": 16, "label": words["place_names"][2], "tone": "green"},
            {"x": 5, "y": 38, "w": 34, "h": 16, "label": words["place_names"][3]},
        ],
        "dots": [
            {"x": 10, "y": 9, "tone": "go"},
            {"x": 55, "y": 16, "tone": "soon"},
            {"x": 33, "y": 42, "tone": "late"},
        ],
        "form": SampleForm(None, choices),
        "wrong": SampleForm({"phone": "", "day": "99", "kind": "car"}, choices),
    }
