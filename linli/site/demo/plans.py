"""What the nine communities are like. Figures published about them are exact; `docs/demo-data.md` says which
are, and which are stand-ins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from linli.places.kinds import PlaceKind


@dataclass(frozen=True, slots=True)
class Block:
    """Buildings of one shape holding exactly `homes` homes; the last building may be smaller."""

    homes: int
    entrances: int = 3
    floors: int = 6
    per_floor: int = 2


@dataclass(frozen=True, slots=True)
class Area:
    """A grid or a courtyard: either cut further, or built on."""

    kind: PlaceKind
    label: str
    name: str
    parts: tuple["Area", ...] = ()
    block: Block | None = None


@dataclass(frozen=True, slots=True)
class Community:
    """A community: its place in the tree, its people, its cut. `longitude` and `latitude` of its middle."""

    number: int
    short: str
    code: str
    name: str
    opened_on: date
    longitude: float
    latitude: float
    usual: int
    areas: tuple[Area, ...]
    registered: int | None = None
    households: int | None = None
    old_share: float = 0.24
    numbered_through: bool = False
    owners_committee: str = ""
    property_company: str = ""
    grid_branches: bool = False
    area_branches: bool = False
    brand: str = ""

    @property
    def path(self) -> str:
        """Path in the tree: county, street, community."""
        return f"/{self.code[:6]}/{self.code[6:9]}/{self.code[9:]}/"


@dataclass(frozen=True, slots=True)
class Street:
    """A street office's or town's territory."""

    code: str
    name: str

    @property
    def path(self) -> str:
        """Path in the tree."""
        return f"/{self.code[:6]}/{self.code[6:]}/"


@dataclass(frozen=True, slots=True)
class District:
    """A county-level division, the widest place of the demo."""

    code: str
    name: str
    short_name: str
    area_code: str
    streets: tuple[Street, ...]
    heated: bool = False


DISTRICTS: Final = (
    District("510302", "自贡市自流井区", "自流井区", "0813", (Street("510302001", "五星街街道"),)),
    District("510303", "自贡市贡井区", "贡井区", "0813", (Street("510303003", "长土街道"),)),
    District("430407", "衡阳市石鼓区", "石鼓区", "0734", (Street("430407001", "人民街道"),)),
    District(
        "620201",
        "嘉峪关市",
        "嘉峪关市",
        "0937",
        (Street("620201001", "雄关街道"), Street("620201002", "钢城街道")),
        heated=True,
    ),
    District("510129", "成都市大邑县", "大邑县", "028", (Street("510129105", "沙渠镇"),)),
)


def _grid(number: int, *parts: Area, block: Block | None = None) -> Area:
    return Area(PlaceKind.GRID, f"g{number:02d}", f"第{number}网格", parts, block)


def _yard(number: int, name: str, block: Block | None = None, parts: Iterable[Area] = ()) -> Area:
    return Area(PlaceKind.COURTYARD, f"c{number:02d}", name, tuple(parts), block)


_OLD = {"entrances": 2, "floors": 5, "per_floor": 2}
_SLAB = {"entrances": 3, "floors": 6, "per_floor": 2}
_TOWER = {"entrances": 2, "floors": 18, "per_floor": 4}

MOZIJING: Final = Community(
    number=1,
    short="MZJ",
    code="510302001007",
    name="磨子井社区",
    opened_on=date(2003, 6, 1),
    longitude=104.7720,
    latitude=29.3480,
    usual=5000,
    areas=(
        _grid(1, _yard(1, "康馨家园", Block(360, **_OLD))),
        _grid(2, _yard(2, "塘素新苑", Block(320, **_OLD)), _yard(3, "水塘院", Block(180, **_OLD))),
        _grid(3, _yard(4, "机修厂院", Block(300, **_OLD))),
        _grid(4, _yard(5, "盐业新村", Block(340, **_OLD))),
        _grid(5, _yard(6, "红星院", Block(300, **_OLD)), _yard(7, "坡顶院", Block(340, **_OLD))),
    ),
    old_share=0.36,
    numbered_through=True,
    owners_committee="康馨家园业主委员会",
    property_company="磨子井物业服务站",
    brand="井管家",
)

LUOSHITA: Final = Community(
    number=2,
    short="LST",
    code="510303003002",
    name="罗石塔社区",
    opened_on=date(2020, 12, 1),
    longitude=104.7010,
    latitude=29.3390,
    usual=1172,
    registered=6253,
    areas=tuple(
        _grid(number, _yard(number, name, Block(150, **_OLD)))
        for number, name in enumerate(("罗石塔老街", "长土正街", "胜利路片区", "沿河路片区"), start=1)
    ),
    old_share=0.5,
    owners_committee="长土正街业主委员会",
    property_company="长土街房管服务部",
)

HUANGNIAO: Final = Community(
    number=3,
    short="HNA",
    code="510303003005",
    name="黄泥坳社区",
    opened_on=date(2013, 3, 1),
    longitude=104.7180,
    latitude=29.3440,
    usual=9800,
    areas=tuple(
        _grid(number, _yard(number, name, Block(homes, **_TOWER)))
        for number, (name, homes) in enumerate(
            (
                ("雅筑一期", 432),
                ("雅筑二期", 432),
                ("育才花园", 432),
                ("车城公寓", 432),
                ("新城一号", 432),
                ("新城二号", 432),
                ("法院家属院", 288),
                ("黄泥坳安置小区", 432),
                ("东风苑", 432),
            ),
            start=1,
        )
    ),
    old_share=0.14,
    owners_committee="雅筑业主委员会",
    property_company="新城物业服务有限公司",
    brand="新城党建联盟",
)

RENMINLU: Final = Community(
    number=4,
    short="RML",
    code="430407001015",
    name="人民路社区",
    opened_on=date(2002, 5, 1),
    longitude=112.6060,
    latitude=26.9030,
    usual=8500,
    areas=(
        _grid(1, _yard(1, "赤帝巷小区", Block(180, **_OLD)), _yard(2, "司前街院", Block(288, **_SLAB))),
        _grid(2, _yard(3, "桥湾巷", Block(432, **_SLAB))),
        _grid(3, _yard(4, "人民路新村", Block(468, **_SLAB))),
        _grid(4, _yard(5, "蒸湘里", Block(432, **_SLAB))),
        _grid(5, _yard(6, "石鼓里", Block(468, **_SLAB))),
        _grid(6, _yard(7, "江东花园", Block(432, **_TOWER))),
        _grid(7, _yard(8, "粮贸院", Block(396, **_SLAB))),
        _grid(8, _yard(9, "轻工宿舍", Block(468, **_SLAB))),
    ),
    old_share=0.3,
    owners_committee="人民路社区业委会联席会",
    property_company="人民路物业服务有限公司",
    brand="邻治",
)

_ZIXUAN_YARDS: Final = (("紫轩东院", 1, 6), ("紫轩南院", 7, 11), ("紫轩西院", 12, 17), ("紫轩北院", 18, 22))

ZIXUAN: Final = Community(
    number=5,
    short="ZX",
    code="620201002012",
    name="紫轩社区",
    opened_on=date(2011, 8, 1),
    longitude=98.2810,
    latitude=39.7680,
    usual=6000,
    areas=tuple(
        _yard(
            number,
            name,
            parts=(_grid(each, block=Block(112, **_SLAB)) for each in range(first, last + 1)),
        )
        for number, (name, first, last) in enumerate(_ZIXUAN_YARDS, start=1)
    ),
    owners_committee="紫轩小区业主委员会",
    property_company="紫轩物业服务有限公司",
    grid_branches=True,
    brand="五事工作法",
)


def _steel_city(names: Iterable[str], homes: int) -> tuple[Area, ...]:
    return tuple(
        _grid(number, _yard(number, name, Block(homes, **_SLAB)))
        for number, name in enumerate(names, start=1)
    )


LANXIN: Final = Community(
    number=6,
    short="LX",
    code="620201002005",
    name="兰新社区",
    opened_on=date(2004, 4, 1),
    longitude=98.2905,
    latitude=39.7720,
    usual=5000,
    areas=_steel_city(("兰新东街区", "兰新西街区", "铁路家属区", "兰新里", "友谊街区", "兰苑小区"), 345),
    owners_committee="兰苑小区业主委员会",
    property_company="兰新物业服务有限公司",
    grid_branches=True,
)

JIANSHE: Final = Community(
    number=7,
    short="JS",
    code="620201002006",
    name="建设社区",
    opened_on=date(2004, 4, 1),
    longitude=98.2990,
    latitude=39.7725,
    usual=5000,
    areas=_steel_city(("建设一区", "建设二区", "幸福里", "五和小区", "钢建家园", "和顺里"), 345),
    owners_committee="建设小区业主委员会",
    property_company="建设物业服务有限公司",
    grid_branches=True,
    brand="五和常在",
)

LVHUA: Final = Community(
    number=8,
    short="LH",
    code="620201001003",
    name="绿化社区",
    opened_on=date(2005, 9, 1),
    longitude=98.2740,
    latitude=39.7830,
    usual=3000,
    areas=_steel_city(("绿化一街区", "绿化二街区", "园林家属院", "自建院落"), 312),
    old_share=0.3,
    owners_committee="绿化小区业主委员会",
    property_company="绿化物业服务有限公司",
    grid_branches=True,
    brand="民意“5”来听",
)

# Three gardens (area branches) and 11 building groups, each a grid of 300 or 301 homes: 3,303 in all.
_DONGYUE_YARDS: Final = (("东苑", 1, 4), ("西苑", 5, 8), ("北苑", 9, 11))

DONGYUE: Final = Community(
    number=9,
    short="DY",
    code="510129105010",
    name="东岳花苑社区",
    opened_on=date(2016, 12, 1),
    longitude=103.6230,
    latitude=30.5510,
    usual=10200,
    households=3303,
    areas=tuple(
        _yard(
            number,
            name,
            parts=(
                _grid(each, block=Block(301 if each <= 3 else 300, entrances=3, floors=11, per_floor=2))
                for each in range(first, last + 1)
            ),
        )
        for number, (name, first, last) in enumerate(_DONGYUE_YARDS, start=1)
    ),
    old_share=0.2,
    owners_committee="东岳花苑业主委员会",
    property_company="东岳物业服务有限公司",
    area_branches=True,
    brand="三个一",
)

COMMUNITIES: Final = (
    MOZIJING, LUOSHITA, HUANGNIAO, RENMINLU, ZIXUAN, LANXIN, JIANSHE, LVHUA, DONGYUE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Former:
    """A community merged away: in December 2020 罗石塔 was made of two whole ones and parts of two others."""

    label: str
    code: str
    name: str
    street: str
    opened_on: date
    closed_on: date
    successor: str


MERGED: Final = date(2020, 12, 1)
FORMER: Final = (
    Former("002-2003", "510303003002", "原罗石塔社区", "/510303/003/", date(2003, 6, 1), MERGED, "LST"),
    Former("001", "510303003001", "长土街社区", "/510303/003/", date(2003, 6, 1), MERGED, "LST"),
)
