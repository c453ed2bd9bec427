"""Stores for the benchmarks that open the window: a copy of T1 that may be written to, and invented customers."""

import csv
import random
import shutil
from pathlib import Path

from app.bootstrap.application import close_application
from app.cli.stage import Stage
from app.domain.text import Language
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.imports import Target
from app.storage.store import close_store
from benchmarks.territory import BENCH, PASSWORD, TODAY, is_built, mark_built, open_empty, open_t1

WINDOW = (1366, 768)

_FAMILIES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚单仇解查区乐盖"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华玉兰萍红玲梅建国志海文斌林春生德顺福贵永祥成宝光辉振东新宇鹏飞雪琴凤云"
_HEADS = "红星 惠民 兴隆 万家 同福 桥头 金桂 长乐 永安 和平 东方 光明 友谊 华联 顺发 聚源 百汇 天天 好又多 福满 老街 新城 南门 北关 河湾 石桥 梅岭 云台 清溪 双喜 大众 利民 益民 富民 阳光 鑫源 宏达 万通 佳佳 康乐 吉祥 如意 平安 四季 春晖 晨光 锦绣 龙泉 凤鸣 虎溪".split()
_KINDS = "食杂店 便利店 超市 烟酒店 副食店 小卖部 商店 百货 生活超市 烟酒商行 便民店 综合商店".split()
_STREETS = (
    "铁铺街 长乐路 解放路 人民路 建设路 中山路 新华街 文化路 和平街 工农路 滨江路 园林路 学府路 迎宾大道 幸福巷".split()
)
_HEADINGS = "客户编码,许可证号,企业名称,店招名称,实际经营者,经营者电话,经营状态,经营地址,街道名称,经度,纬度,经营业态,市场类型,经营规模,订货周期类型,订货日".split(
    ","
)


def t1_to_write() -> DataFolder:
    """Return a fresh copy of the T1 store. Raises FileNotFoundError where the data are absent."""
    close_application(open_t1())
    folder = DataFolder(BENCH / "t1-copy")
    shutil.rmtree(folder.root, ignore_errors=True)
    folder.root.mkdir(parents=True)
    for name in (folder.store.name, folder.vault.name):
        shutil.copyfile(BENCH / "t1" / name, folder.root / name)
    folder.settings.write_text("keep_key = false\n", encoding="utf-8")
    return folder


def password_file() -> Path:
    """Return a file with the password of these stores."""
    file = BENCH / "password"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PASSWORD + "\n", encoding="utf-8")
    return file


def invented(count: int) -> DataFolder:
    """Return a store with that many invented customers, the same ones each time; built once."""
    folder = DataFolder(BENCH / f"customers-{count}")
    if not is_built(folder):
        shutil.rmtree(folder.root, ignore_errors=True)
        application = open_empty(folder)
        file = BENCH / f"customers-{count}.csv"
        _write_customers(file, count)
        done = application.imports.import_file(Target.CUSTOMERS, file, "zh-standard")
        close_store(application.database)
        if done.added != count:
            raise RuntimeError(f"{count - done.added} invented customers were refused")
        folder.settings.write_text("keep_key = false\n", encoding="utf-8")
        mark_built(folder)
    return folder


def open_stage(folder: DataFolder, language: Language = Language.ZH) -> Stage:
    """Open the real window on a store, in the size of the smallest laptop."""
    stage = Stage(folder, Clock(as_of=TODAY), language)
    stage.open(PASSWORD, *WINDOW)
    return stage


def _write_customers(file: Path, count: int) -> None:
    chance = random.Random(20221121)
    with file.open("w", encoding="utf-8", newline="") as target:
        rows = csv.writer(target)
        rows.writerow(_HEADINGS)
        rows.writerows(_customer(number, chance) for number in range(count))


def _customer(number: int, chance: random.Random) -> tuple[object, ...]:
    person = chance.choice(_FAMILIES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))
    head = chance.choice((chance.choice(_HEADS), chance.choice("老小阿") + person[0], person[-2:]))
    street = chance.choice(_STREETS)
    name = f"{chance.choice(('', '', street[:2]))}{head}{chance.choice(_KINDS)}"
    return (
        f"N{number:06d}", f"9990{number:08d}", name, name, person, f"1000{chance.randrange(10**7):07d}", "正常经营",
        f"云桥市河东区{street}{chance.randrange(1, 400)}号", street, f"{110 + chance.random() / 5:.6f}",
        f"{30 + chance.random() / 5:.6f}", chance.choice(("食杂店", "便利店", "超市", "烟酒商店")),
        chance.choice(("城镇", "乡村")), chance.choice("大中小"), "每周一次", "周" + chance.choice("一二三四五六"),
    )  # fmt: skip
