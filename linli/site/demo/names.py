"""Plausible names and unassigned phone numbers for people who do not exist."""

import random
from typing import Final

# Common surnames with rough weights, then the less common, then those of two characters.
SURNAMES: Final = (
    ("王李张刘陈杨赵黄周吴", 60),
    ("徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧", 24),
    (
        "程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾",
        12,
    ),
    ("侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳", 4),
)
COMPOUND: Final = ("欧阳", "司马", "诸葛", "上官", "皇甫", "令狐", "东方", "司徒")
COMPOUND_IN: Final = 180  # one in so many

# By the time somebody was born: given names have their fashions.
OLD_WOMEN: Final = "秀英桂兰玉珍凤芳素华淑琴翠莲菊香梅惠蓉琼仙清碧荣"
OLD_MEN: Final = "国建明德福贵祥林荣发成志清华光忠义永昌文富全庆元"
WOMEN: Final = "敏静丽娟艳燕红霞玲芬萍莉婷娜倩颖琳洁雪梅丹慧薇蕾岚晶晓"
MEN: Final = "伟强勇军磊涛斌超杰辉鹏刚亮健峰波俊凯锋宁浩翔毅东海川"
YOUNG_WOMEN: Final = "雨欣诗涵梓萱语桐思彤佳怡若曦子晴一诺可馨沐瑶芷安然"
YOUNG_MEN: Final = "浩宇子轩俊熙一鸣梓睿博文宇航天佑泽楷奕辰铭哲明轩嘉"
ONE_CHARACTER_IN: Final = 9  # of given names, one in so many has a single character

_PHONE_SPACE: Final = 10**8
_PHONE_STEP: Final = 61_803_399  # coprime with 10, so that numbers never repeat
PHONE_PREFIX: Final = "154"  # never assigned to an operator
RESERVED: Final = 10_000  # numbers kept for the demo's logins


def surname(rng: random.Random) -> str:
    """A surname, a compound one now and then."""
    if rng.randrange(COMPOUND_IN) == 0:
        return rng.choice(COMPOUND)
    group = rng.choices(SURNAMES, [weight for _names, weight in SURNAMES])[0][0]
    return rng.choice(group)


def given(rng: random.Random, *, woman: bool, born_year: int) -> str:
    """A given name of one or two characters as they were given in those years."""
    if born_year < 1965:
        pool = OLD_WOMEN if woman else OLD_MEN
    elif born_year < 2005:
        pool = WOMEN if woman else MEN
    else:
        pool = YOUNG_WOMEN if woman else YOUNG_MEN
    first = rng.choice(pool)
    if rng.randrange(ONE_CHARACTER_IN) == 0:
        return first
    return first + rng.choice(pool.replace(first, ""))


class Phones:
    """Numbers one after another that look unordered and never repeat."""

    def __init__(self) -> None:
        self._turn = 0

    def next(self) -> str:
        """The next number of 11 digits."""
        while True:
            self._turn += 1
            number = self._turn * _PHONE_STEP % _PHONE_SPACE
            if number >= RESERVED:
                return f"{PHONE_PREFIX}{number:08d}"


def login_phone(group: int, seat: int) -> str:
    """The number a demo login signs in with: easy to type, outside the others."""
    return f"{PHONE_PREFIX}0000{group:02d}{seat:02d}"
