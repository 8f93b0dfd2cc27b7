"""Labelled messages made up for the tests: three labels, each with a way of speaking of its own."""

from linli.matters.triage.sheets import Example

SAID = {
    "灯": ("路灯不亮", "灯坏了", "晚上黑得看不见路", "请来修灯", "灯杆歪了"),
    "车": ("没有车位", "车停在门口", "堵住了路", "请划停车线", "外来车太多"),
    "水": ("水管漏水", "停水两天", "水压太小", "自来水发黄", "请来修水管"),
}
WHERE = ("东门", "西门", "三号楼", "小广场", "幼儿园旁", "篮球场")


def lessons() -> list[Example]:
    """Ninety messages, thirty of each label."""
    return [
        Example(
            f"{place}{said[at]}",
            f"我们{place}{said[at]}，{said[(at + 1) % 5]}。{said[(at + 2) % 5]}。",
            label,
        )
        for label, said in SAID.items()
        for place in WHERE
        for at in range(5)
    ]
