"""The names messages call places and things by: 栖霞苑, 跃进桥, 112路. What two messages share of them.

A name is a few characters before a word for a kind of place. Where it begins cannot be told from one message
alone ("住在栖霞苑"), so a name counts only in the longest form that another message uses too.
"""

from __future__ import annotations

import re
from typing import Final

from linli.kernel.text import HAN
from linli.matters.triage.mentions import mentions

LONGEST: Final = 6  # characters of a name before its kind: longer ones are sentences
SHORTEST: Final = 2  # one character before a kind names nothing: 本村, 大桥

# Words for kinds of place and body that stand at the end of a name.
_KIND_WORDS: Final = """
职业学校 职业学院 幼儿园 派出所 搅拌站 停车场 卫生院 养老院 小区 花园 家园 公寓 大厦 广场 学院
大学 中学 小学 学校 医院 公司 集团 工厂 街道 社区 大道 公园 市场 酒店 工地 景区 水库 商场 项目 城
苑 园 厂 村 镇 乡 路 街 巷 桥 河 湖 湾 庭 郡 庄 轩 阁 坊 站
"""
KINDS: Final = tuple(_KIND_WORDS.split())
# Words that say what sort of place it is and not which: with a kind behind them they are no name.
_COMMON_WORDS: Final = """
公立 私立 公办 民办 安置 建筑 施工 垃圾 污水 处理 农贸 人民 中心 实验 职业 公交 地铁 高铁 火车
汽车 客运 加油 自来水 工业 产业 科技 文化 体育 物业 房产 地产 开发 有限 责任 热力 燃气 供电 电力
自来 移动 电信 联通 快递 培训 混凝土 建材 化工 蔬菜 水果 批发 综合 农民 廉租 保障 商品 老旧 拆迁
改造 新农 城中 全市 全县 整条 半条 政 住宅 商业 休闲 娱乐 生态 湿地 高速 国 省 县 乡 主干 人行
步行 马 道 线 公 水泥 柏油 终点 起点 检测 变电 收费 服务 医 法 检察 高等 专科 技工 中等 九年 义务
外国语 附属 大型 小型 各大 各个 其他 其它 一个 这个 那个 几个 多个 两个 三个 整个 部分 所有 全部
不少 许多 大量 一条 这条 那条 几条 两条 一家 这家 那家 几家 十字 丁字 三岔 红绿灯 路口 出口 入口
大门 南门 北门 东门 西门 侧门 后门 对面 隔壁 周边 四周 沿线 沿街 临街 在线 上班 放学 孩子 学生
家长 老人 村民 市民 群众 职工 工人 员工 企业 单位 主管 相关 有关 当地 本地 外地 历史 名 发达 一线
老 农 家 些 省会 宜居 文明 卫生 旅游 建设 规划 正在 已经 国家 国际 全国 影响 严重 导致 造成 进入
经过 路过 通过
"""
COMMON: Final = tuple(_COMMON_WORDS.split())
_KIND: Final = re.compile("|".join(sorted(KINDS, key=len, reverse=True)))
_COMMON: Final = re.compile("(?:" + "|".join(sorted(COMMON, key=len, reverse=True)) + ")+")
# Where a name cannot go on to the left: particles, verbs, the codes of districts, numbers of things.
_BREAK: Final = re.compile(
    "[的了在是和与及到从往对向给请把被将有没我你他她它们这那哪每各就也都还又能会要想去来住为由让说里外前后旁边于该本某至"
    "按当用等但而或如因所以其]"
    "|尊敬|反映|反应|举报|投诉|希望|建议|要求|请求|恢复|咨询|请问|附近|关于|位于|组织|领导|居民|业主|目前|今年|去年"
    "|[A-Za-z]?\\d*[市县区]|自治州|第?[一二三四五六七八九十\\d]+[期栋幢座楼号层家条个天年月]"
)
_RUN: Final = re.compile(rf"[{HAN}A-Za-z0-9#]+")
_NUMBERED: Final = re.compile(r"\d{1,4}(?:路|号线)")


_AREA: Final = re.compile(r"([A-Za-z]\d{0,2})[市县区]")


def details(text: str) -> frozenset[str]:
    """The numbered buildings and entrances a normalised text speaks of: "12栋2单元"."""
    return frozenset(mention.key for mention in mentions(text))


def areas(text: str) -> frozenset[str]:
    """Cities, counties and districts that stand as a letter, as in published letters: A市, K5县."""
    return frozenset(found.upper() for found in _AREA.findall(text))


def names(text: str) -> tuple[str, ...]:
    """The names in a normalised text, each as wide as it may be, in reading order."""
    found: dict[str, None] = {}
    for run in _RUN.findall(text):
        start = 0
        for kind in _KIND.finditer(run):
            before = run[start : kind.start()]
            breaks = [one.end() for one in _BREAK.finditer(before)]
            own = before[breaks[-1] if breaks else 0 :][-LONGEST:]
            if len(own) >= SHORTEST and not own.isdigit() and not _COMMON.fullmatch(own):
                found[own + kind.group()] = None
                start = kind.end()
        found.update((number, None) for number in _NUMBERED.findall(run))
    return tuple(found)


def without_names(text: str) -> str:
    """A normalised text without its names and buildings: what it says, not where."""
    for name in sorted(
        {*names(text), *(one.said for one in mentions(text))}, key=lambda each: (-len(each), each)
    ):
        text = text.replace(name, " ")
    return text
