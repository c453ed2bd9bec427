"""Makes invented Chinese shop names, people, streets and numbers, always the same ones for the same seed."""

import random
from collections.abc import Iterator
from typing import NamedTuple

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单查仇翟缪朴"
)
_GIVEN = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉建国志海文斌红梅春花荣贵福生水根木林金土旺𠮷喆"
_LUCKY = "兴旺发达福禄寿喜顺和祥瑞安康宏源鑫盛丰泰恒永隆昌益民惠佳万家千百好邻居新世纪红星阳光绿洲清泉龙凤虎马"
_PLACES = (
    "河东", "河西", "桥头", "车站", "学府", "码头", "南门", "北街", "老街", "新村", "东风", "解放", "建设", "人民",
    "长安", "重庆路", "石板坡", "梨园", "柳林", "三里铺", "五一", "和平", "银行街", "乐山", "古镇", "开发区", "会展",
    "便民", "客运站",
)  # fmt: skip
_KINDS = (
    "食杂店", "便利店", "超市", "烟酒店", "烟酒商行", "小卖部", "副食店", "商店", "百货", "杂货铺", "粮油店",
    "购物中心",
    "生活超市", "名烟名酒", "经营部", "批发部", "商行", "日用品店", "早餐店", "饭店", "茶楼", "连锁店", "综合商店",
)  # fmt: skip
_STREETS = ("中山路", "人民路", "解放街", "环城北路", "滨河大道", "育才巷", "石桥村", "和平里", "工业园一路", "朝阳街")
_RARE = ("𠮷", "𣲗", "㛃", "堃", "犇", "淼", "鱻", "喆", "𬭎", "燚")


class Shop(NamedTuple):
    """What the search tests know of a shop."""

    code: str
    name: str
    operator: str
    phone: str
    licence: str
    address: str


def shops(count: int, seed: int = 7) -> Iterator[Shop]:
    """Make so many shops with different names where that is possible."""
    dice = random.Random(seed)  # noqa: S311
    for number in range(count):
        surname = dice.choice(_SURNAMES)
        yield Shop(
            code=f"{4301000000 + number * 7}",
            name=_name(dice, surname),
            operator=surname + "".join(dice.choices(_GIVEN, k=dice.choice((1, 2, 2)))),
            phone=f"1{dice.choice('35789')}{dice.randrange(10**9):09d}",
            licence=f"43{dice.randrange(10**10):010d}",
            address=f"{dice.choice(_PLACES)}{dice.choice(_STREETS)}{dice.randrange(1, 400)}号",
        )


def _name(dice: random.Random, surname: str) -> str:  # noqa: PLR0911
    kind, place = dice.choice(_KINDS), dice.choice(_PLACES)
    lucky = "".join(dice.choices(_LUCKY, k=2))
    shape = dice.randrange(100)
    if shape < 20:
        return dice.choice("老小阿大") + surname + kind
    if shape < 35:
        return surname + "记" + kind
    if shape < 60:
        return place + lucky + kind
    if shape < 85:
        return lucky + kind
    if shape < 92:
        return f"{lucky}{kind}({place}店)"
    if shape < 96:
        return f"{dice.randrange(1, 99)}号{kind}" if dice.random() < 0.5 else f"{lucky}365{kind}"
    if shape < 98:
        return f"{dice.choice(_RARE)}{lucky[0]}{kind}"
    return f"{dice.choice(('Family', 'OK', 'Good Day', 'A1', 'Seven'))} {lucky}{kind}"
