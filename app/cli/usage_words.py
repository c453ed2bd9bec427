"""The Chinese of help and usage errors: of argparse's own words, and of ours in English beside the arguments."""

import argparse
import contextlib
from collections.abc import Callable, Generator, Mapping

from app.domain.text import Language

_Translate = Callable[[str], str]

CHINESE = {
    # argparse's own
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示这份说明",
    "show program's version number and exit": "显示版本号",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s\n",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "the following arguments are required: %s": "缺少必需的参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "expected one argument": "后面要跟一个值",
    "expected at most one argument": "后面最多跟一个值",
    "expected at least one argument": "后面至少要跟一个值",
    "ignored explicit argument %r": "后面不能带值：%r",
    "not allowed with argument %s": "不能与 %s 同用",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这一项（可选：%(choices)s）",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "没有 %(parser_name)r 这个命令（可选：%(choices)s）",
    "invalid %(type)s value: %(value)r": "%(value)r 不是有效的 %(type)s",
    # about the program
    "Zoufang (走访): from shop to shop, without a network": "走访：一户一户走，断网也能用",
    """\
The password comes from a prompt, from --password-file or from ZOUFANG_PASSWORD; never from the command line.
Without a command the window opens.
Exit codes: 0 done, 1 some rows refused, 2 could not be done as asked, 3 wrong password, 4 store damaged,
5 unexpected error (a log was written), 130 stopped.""": """\
密码由提示输入，或来自 --password-file、环境变量 ZOUFANG_PASSWORD；绝不写在命令行上。
不带命令时打开窗口。
退出码：0 完成，1 有行被拒收，2 无法按要求完成，3 密码不对，4 数据损坏，
5 意外错误（已写日志），130 已停止。""",
    "folder of the store (default: this user's)": "数据文件夹（默认：本用户的）",
    "file whose first line is the password": "第一行是密码的文件",
    "work as if it were this day": "当作这一天来工作",
    "language (default: the system's)": "语言（默认随系统）",
    "print one JSON object instead of text": "输出一个 JSON 对象，不输出文字",
    "a password never stands on the command line: use --password-file FILE or ZOUFANG_PASSWORD": (
        "密码绝不写在命令行上：请用 --password-file FILE 或 ZOUFANG_PASSWORD"
    ),
    "is empty": "不能为空",
    "%r is no day; write it as 2022-04-29": "%r 不是日期，请写成 2022-04-29",
    "%r is no month; write it as 2022-04": "%r 不是月份，请写成 2022-04",
    "the figures of a month against their targets": "一个月的指标及其目标达成",
    "the month (default: the running one)": "月份（默认本月）",
    "%r is out of the years %d to %d": "%r 超出 %d 至 %d 年",
    # commands
    "set up a new store": "新建数据",
    "compare a day with head office: complete only when both hold the same": "与总部核对一天：双方一致才算完成",
    "the tasks of head office and how they stand": "总部任务和办理情况",
    "write what waits into one sealed file for head office": "把待发的内容写成一个加密文件，带去总部",
    "give this laptop back: send everything, then erase it": "交还电脑：先上传全部内容，再清除本机数据",
    "yes, erase it once everything is at head office": "确定：全部送达总部后清除",
    "only the records": "只要记录，不带照片",
    "large photos too, whatever the network costs": "大图也全部上传，不管网络是否按流量计费",
    "bring in customers, products or orders from CSV or XLSX": "从 CSV 或 XLSX 导入客户、品规或订单",
    "of customers whose list names none (new ones: else their sales line)": (
        "客户清单没有片区一列时用它（没有给出时，新客户按营销线）"
    ),
    "the person of the office whose name managers read on tasks; default: Head office": (
        "客户经理在任务上看到的总部人员（默认：总部）"
    ),
    "%r is no port": "%r 不是端口号",
    "%r is no number of workers from 1 to 64": "%r 不是 1 到 64 的进程数",
    "mapping profile: a name such as iowa, or a TOML file": "映射方案：名称（如 zh-standard）或 TOML 文件",
    "only say what would happen": "只说会怎样，不写入",
    "save the refused rows here (CSV or XLSX) to mend and import again": (
        "把被拒收的行存到这个文件（CSV 或 XLSX），改好后再导入"
    ),
    "back up the store, photos included where FILE is given": "备份数据；给出文件名时连照片一起备份",
    "put a backup in the place of the store": "用备份替换现有数据",
    "read every page of the store and every photo": "逐页检查数据和每张照片",
    "find customers and products": "查找客户和品规",
    "list the customers": "列出客户",
    "show one customer": "显示一户客户",
    "the shops of a day and why": "某一天要去的店和原因",
    "the visits of a month: which shop on which day": "一个月的拜访计划：哪天去哪些店",
    "compute the month anew and store it": "重新排这个月并保存",
    "why one customer's visits are on their days": "一户客户的拜访为什么排在这些天",
    "write the visit plan table to this XLSX file": "把拜访计划表写到这个 XLSX 文件",
    "the stops of a day in the shortest order; nothing is changed": "一天的最短走法，不改动数据",
    "order guidance for one customer": "一户客户的订货建议",
    "write the lines to this CSV file": "把明细写到这个 CSV 文件",
    "demand in the months to come": "预测以后几个月的需求",
    "what forecasts and guidance would have been worth on the store's own orders": "用本库自己的订单回测预测和订货建议",
    "which of them": "回测哪一项",
    "first day (default: 12 months, 26 weeks)": "首日（默认 12 个月、26 周）",
    "last day (default: today)": "末日（默认今天）",
    "of every customer; needs --out": "全部客户，须同时给出 --out",
    "months, 1 to 6 (default: 1, of what was submitted all)": "预测几个月，1 到 6（默认 1；已提交的默认全部）",
    "what a row is about (default: item)": "每一行是什么（默认：item，品规）",
    "write the rows to this CSV file": "把各行写到这个 CSV 文件",
    "the customer's PDF": "给客户的 PDF",
    "build the demo territory and open it": "建立示例片区并打开",
    "play a day offscreen even if there is a screen": "有屏幕也在后台演示一天",
    "only build the territory": "只建立片区",
    "the small invented Chinese territory instead of Iowa": "用虚构的中文小片区，不用艾奥瓦",
    "where pictures and the PDF go": "图片和 PDF 放在哪里",
    "render every page in both languages, light and dark": "渲染每个页面（中英文、浅色深色）",
    "render only the pages whose name holds this word": "只渲染名称含这个词的页面",
    # sync
    "give this store its identity at head office, by a one-time code": "用一次性登记码在总部登记这台电脑",
    "the one-time code from head office": "总部给的一次性登记码",
    "address of head office, https://...": "总部地址，https://...",
    "certificate of head office's own authority (PEM)": "总部自建机构的证书（PEM）",
    "send what waits to head office and fetch what is new": "把待上传的发给总部，并取回新的数据",
    "only say what would go and come, how many MB and how long": "只看一看：要传什么、要收什么、多少 MB、多久",
    # head office
    "the service that the laptops sync with": "供各台电脑同步的总部服务",
    "PostgreSQL; default: a SQLite file in --data-dir": "PostgreSQL；默认用 --data-dir 中的 SQLite 文件",
    "photos: s3://BUCKET/PREFIX?endpoint=URL or a folder; default: in --data-dir": (
        "照片：s3://桶/前缀?endpoint=地址，或一个文件夹；默认在 --data-dir 中"
    ),
    "make the database, or bring it to this version": "建立数据库，或升级到本版本",
    "serve the laptops": "为各台电脑提供服务",
    "certificate, where no proxy ends TLS": "证书（没有代理处理 TLS 时）",
    "add a customer manager": "添加客户经理",
    "add a person of the office; the password as everywhere, never in the line": "添加总部人员；密码绝不写在命令行上",
    "change what a person of the office may see and do": "调整总部人员的角色、片区，或停用",
    "a territory to be limited to, once for each; default: all": "只管哪个片区，可写多次；默认：全部片区",
    "every territory, those to come included": "全部片区，包括以后新增的",
    "the person is signed out and cannot sign in": "停用：立即退出，不能再登录",
    "for how many days a visit may be corrected from a laptop": "拜访上报后几天内可以在电脑上更正",
    "the new number; without it only told": "新的天数；不写只显示现在的天数",
    "%r is no number of days from 1 to 3650": "%r 不是 1 至 3650 的天数",
    "let in again whoever was shut out": "重新启用",
    "give a manager the right to a scope": "给客户经理某个范围的权限",
    "take that right back": "收回这项权限",
    "such as terr:T1, mgr:M001 or ref:catalogue": "如 terr:T1、mgr:M001 或 ref:catalogue",
    "move customers into another territory, with all that hangs off them": "把客户连同全部记录移到另一片区",
    "codes": "客户编码",
    "print a one-time code for a manager's laptop": "为客户经理的电脑生成一次性登记码",
    "the laptops' address of head office, https://...; kept for the next code": (
        "各台电脑访问总部的地址，https://...；下次不用再写"
    ),
    "draw address and code as a QR code, .png or .svg": "把地址和登记码画成二维码（.png 或 .svg）",
    "shut a laptop out": "停用一台电脑",
    "it also deletes what it holds when it comes next": "它下次连接时还会删除自己的数据",
    "bring in a list of the company": "导入公司的清单",
    "bring in a handover file": "导入交接文件",
    "who synced when, what is to be settled, what was refused": "谁在何时同步、什么待办理、什么被退回",
    "the log of deeds, and whether it is whole": "操作日志及其是否完整",
    "copy database and photos into a new folder": "把数据库和照片复制到新文件夹",
    "say that a backup was put back, so that laptops offer again what it does not know": (
        "说明已恢复备份，让各台电脑重新上传其中没有的内容"
    ),
    "with SKUs to add, to drop and to take instead": "带上可增加、可减少和可替代的品规",
    "what was submitted to head office, by SKU": "按品规列出已上报总部的预测",
    "with the manager's corrections, by shop and SKU": "带上客户经理的修正，按客户和品规",
}


@contextlib.contextmanager
def speaking(language: Language) -> Generator[_Translate]:
    """Let argparse speak that language meanwhile; it has no other door for its words than its translator."""
    translate: _Translate = _chinese if language is Language.ZH else _as_it_is
    door = argparse.__dict__
    before = {name: door[name] for name in ("_", "ngettext")}
    door.update({"_": translate, "ngettext": lambda one, many, count: translate(one if count == 1 else many)})
    try:
        yield translate
    finally:
        door.update(before)


def reword(parser: argparse.ArgumentParser, translate: _Translate) -> None:
    """Translate what a parser says of itself, its arguments and its commands."""
    parser.description = translate(parser.description) if parser.description else None
    parser.epilog = translate(parser.epilog) if parser.epilog else None
    actions: list[argparse.Action] = vars(parser)["_actions"]
    for action in actions:
        if action.help and action.help is not argparse.SUPPRESS:
            action.help = translate(action.help)
        commands: list[argparse.Action] = vars(action).get("_choices_actions", [])
        for command in commands:
            command.help = translate(command.help or "")
        if commands and isinstance(action.choices, Mapping):
            for below in action.choices.values():
                reword(below, translate)


def in_the_language_spoken(text: str) -> str:
    """Return a text of ours in the language that argparse speaks just now."""
    return vars(argparse)["_"](text)


def _chinese(text: str) -> str:
    return CHINESE.get(text, text)


def _as_it_is(text: str) -> str:
    return text
