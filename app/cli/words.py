"""Words for trouble and refusals on the command line: what happened, what is safe, what to do."""

from dataclasses import dataclass
from pathlib import Path

from app.cli.output import CommandError, ExitCode
from app.domain.problems import Problem, RuleError, TroubleError
from app.domain.text import Language, Text
from app.runtime.paths import DataFolder

_NO_ADVICE = Text("", "")
_WHY: dict[type[OSError], Text] = {
    FileNotFoundError: Text("没有这个文件", "no such file"),
    FileExistsError: Text("已经有了", "it is there already"),
    IsADirectoryError: Text("这是文件夹，不是文件", "it is a folder, not a file"),
    NotADirectoryError: Text("路径中有一段不是文件夹", "a part of its path is no folder"),
    PermissionError: Text("没有权限", "permission denied"),
}
"""What the file system says, in both languages."""


@dataclass(frozen=True, slots=True)
class Words:
    """What happened; what is safe and what to do. `{}` is where the detail of the trouble goes."""

    happened: Text
    advice: Text = _NO_ADVICE


_NO_STORE = Words(
    Text("文件夹 {} 里没有数据", "There is no store in {}"),
    Text(
        "用 zoufang init 建立，用 zoufang restore FILE 从备份恢复，或用 --data-dir 指定别的文件夹",
        "Make one with `zoufang init`, restore a backup with `zoufang restore FILE`, or name its folder by --data-dir",
    ),
)
_MOVED_ASIDE = Words(
    Text("数据文件已损坏，已移到 {}", "The store is damaged and was moved to {}"),
    Text(
        "没有覆盖任何内容；照片和备份还在原处。用 zoufang restore FILE 恢复最近的备份",
        "Nothing was overwritten; photos and backups are where they were. "
        "Put the newest backup back with `zoufang restore FILE`",
    ),
)
_STILL_THERE = Words(
    Text("数据文件已损坏：{}", "The store is damaged: {}"),
    Text(
        "它正被别的程序使用，或无法移动，仍在原处。请关闭走访窗口后再运行 zoufang check",
        "It is in use by another program or cannot be moved, and stays where it is. "
        "Close the window of Zoufang and run `zoufang check`",
    ),
)
_GONE = Words(
    Text("数据文件不见了：{}", "The store is missing: {}"),
    Text(
        "密钥还在。用 zoufang restore FILE 恢复最近的备份；被移走的文件在 damaged-… 或 replaced-… 文件夹里",
        "Its key is there. Put the newest backup back with `zoufang restore FILE`; "
        "what was moved aside lies in a folder damaged-… or replaced-…",
    ),
)
_KEY_BROKEN = Words(
    Text("密钥文件 {} 已损坏，数据打不开", "The key file {} is damaged: the store cannot be opened"),
    Text(
        "数据没有任何改动。每个备份里都有密钥：用 zoufang restore FILE 恢复",
        "The data were not touched. Every backup holds the key: `zoufang restore FILE`",
    ),
)
WORDS = {
    Problem.WRONG_PASSWORD: Words(
        Text("密码不对", "The password does not open this store"),
        Text(
            "没有任何改动。请检查 --password-file 的第一行或环境变量 ZOUFANG_PASSWORD",
            "Nothing was changed. Check the first line of --password-file, or ZOUFANG_PASSWORD",
        ),
    ),
    Problem.PASSWORD_TOO_SHORT: Words(
        Text("密码太短", "The password is too short"), Text("至少 {} 个字符", "Use {} characters or more")
    ),
    Problem.WAIT_BEFORE_RETRY: Words(
        Text("密码连续输错，请等 {} 秒", "Too many wrong passwords: wait {} s"),
        Text("数据是安全的。时间到之前不会核对密码", "The data are safe. Until then no password is looked at"),
    ),
    Problem.STORE_DAMAGED: _STILL_THERE,
    Problem.STORE_NEWER: Words(
        Text("数据是更新版本的走访写的（{}）", "The store was written by a newer version of Zoufang ({})"),
        Text("没有任何改动。请升级本程序后再打开", "Nothing was changed. Update this program and try again"),
    ),
    Problem.STORE_BUSY: Words(
        Text("别的程序正在使用数据", "Another program is using the store"),
        Text(
            "没有任何改动。等它做完，或关闭走访窗口后再试",
            "Nothing was changed. Wait for it, or close the window of Zoufang",
        ),
    ),
    Problem.DISK_FULL: Words(
        Text("磁盘已满，或无法写入：{}", "The disk is full or does not take the data: {}"),
        Text(
            "以前保存的都安全，这一次没有写入。请腾出空间后再试",
            "What was saved before is safe; nothing of this was kept. Free some space",
        ),
    ),
    Problem.FOLDER_READ_ONLY: Words(
        Text("不能写入：{}", "Cannot be written to: {}"),
        Text(
            "没有任何改动。请检查写入权限和磁盘写保护",
            "Nothing was changed. Check that you may write there and the drive is not protected",
        ),
    ),
    Problem.FILE_NOT_READABLE: Words(
        Text("文件读不了：{}", "This file cannot be read: {}"),
        Text(
            "没有任何改动。请检查文件是否存在、格式是否正确",
            "Nothing was changed. Check that it is there and has the right format",
        ),
    ),
    Problem.NOT_A_PICTURE: Words(
        Text("不是能读的图片：{}", "Not a picture that can be read: {}"), Text("请用 JPEG 或 PNG", "Use JPEG or PNG")
    ),
    Problem.PICTURE_IS_HEIC: Words(
        Text("HEIC 图片读不了：{}", "HEIC pictures cannot be read: {}"), Text("请另存为 JPEG", "Save it as JPEG")
    ),
    Problem.PICTURE_TOO_LARGE: Words(
        Text("图片太大：{}", "The picture is too large: {}"), Text("请用一亿像素以下的", "Use one below 100 megapixels")
    ),
    Problem.NOT_FOUND: Words(Text("找不到：{}", "Not found: {}"), Text("请核对编码", "Check the code")),
    Problem.ALREADY_COMPLETED: Words(Text("这次拜访已完成，不能再改", "This visit is completed and cannot be changed")),
    Problem.ANSWER_MISSING: Words(Text("还缺一项", "This still needs an answer")),
    Problem.REASON_MISSING: Words(Text("还缺原因", "A reason is missing")),
    Problem.TARGET_NOT_BETTER: Words(Text("目标必须好于现状", "The target must be better than the present state")),
    Problem.TOO_MANY_MEASURES: Words(Text("最多三项措施", "Choose three measures at most")),
    Problem.CAUSE_MISSING: Words(Text("未达成时要写原因", "A step that was not reached needs a cause")),
    Problem.READ_ONLY_FIELD: Words(Text("该字段由总部维护，这里不能改", "Head office keeps this field")),
    Problem.BAD_VALUE: Words(Text("这个值不行", "This value is not possible")),
    Problem.CHANGED_AGAIN: Words(Text("这个字段后来又改过，没有撤回", "The field was changed again since")),
    Problem.VISIT_BEGUN: Words(Text("这次拜访已经开始或结束，计划不再改动它", "This visit has begun or ended")),
    Problem.VISIT_FIXED: Words(Text("这次拜访已锁定在当天，请先解锁", "This visit is locked to its day")),
    Problem.DAY_PASSED: Words(Text("这一天已经过去", "This day is over")),
    Problem.TWICE_A_DAY: Words(Text("这户当天已有拜访", "This shop already has a visit on that day")),
    Problem.NO_DAY_LEFT: Words(Text("找不到可用的工作日", "No working day was found for this visit")),
}
EXIT_CODES = {
    Problem.WRONG_PASSWORD: ExitCode.WRONG_PASSWORD,
    Problem.WAIT_BEFORE_RETRY: ExitCode.WRONG_PASSWORD,
    Problem.STORE_DAMAGED: ExitCode.STORE_DAMAGED,
}
"""Every other problem ends with BAD_USAGE: it could not be done, and nothing was changed."""


def of_trouble(trouble: TroubleError, folder: DataFolder, language: Language) -> str:
    """Return the trouble in one line, its detail included."""
    words = WORDS[trouble.problem]
    if trouble.problem is Problem.STORE_DAMAGED:
        words = _of_damage(Path(trouble.detail), folder)
    elif trouble.problem is Problem.NOT_FOUND and trouble.detail == str(folder.root):
        words = _NO_STORE
    return _line(words, trouble.detail, language)


def of_refusal(refused: RuleError, language: Language) -> str:
    """Return every reason of a refusal in one line."""
    lines = (_line(WORDS[refusal.problem], refusal.subject, language) for refusal in refused.refusals)
    return " ".join(lines)


def of_system(error: OSError) -> CommandError:
    """Return the words for an error of the file system that no command expected."""
    if isinstance(error, FileNotFoundError) and error.filename and not Path(error.filename).parent.is_dir():
        missing = Path(error.filename).parent
        return CommandError(
            Text(f"没有这个文件夹：{missing}。没有任何改动", f"There is no folder {missing}. Nothing was changed")
        )
    why = _WHY.get(type(error)) or Text(f"系统说“{error.strerror or error}”", str(error.strerror or error))
    of = "" if error.filename is None else f"{error.filename}"
    return CommandError(
        Text(
            f"系统拒绝了：{of}{'：' if of else ''}{why.zh}。以前保存的都安全",
            f"The system refuses: {of}{': ' if of else ''}{why.en}. What was saved before is safe",
        )
    )


def _of_damage(place: Path, folder: DataFolder) -> Words:
    if place.name == folder.vault.name:
        return _KEY_BROKEN
    if place.is_dir():
        return _MOVED_ASIDE
    return _GONE if place == folder.store and not place.exists() else _STILL_THERE


def _line(words: Words, detail: str, language: Language) -> str:
    happened, advice = (text.of(language) for text in (words.happened, words.advice))
    if "{}" not in happened + advice and detail:
        happened = f"{happened} ({detail})"
    stop = "。" if language is Language.ZH else ". "
    parts = [part.replace("{}", detail) for part in (happened, advice) if part]
    return stop.join(parts) + stop.strip()
