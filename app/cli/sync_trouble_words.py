"""Why something that needs head office could not be done, in words of both languages."""

from app.cli.output import CommandError
from app.domain.text import Text
from app.sync.trouble import (
    AnotherPerson,
    NoConnection,
    NotEnrolled,
    PracticeStore,
    Refused,
    RoundUnderWay,
    SecretsMissing,
    SyncError,
)

_WORDS: dict[type[SyncError], Text] = {
    NoConnection: Text(
        "连不上总部。已录入的都在本机，有网络时再试",
        "Head office cannot be reached. Everything entered is kept here; try again with a network",
    ),
    NotEnrolled: Text(
        "这台电脑还没有在总部登记。请用 zoufang enrol 和总部给的登记码登记",
        "This laptop is not enrolled at head office. Use `zoufang enrol` with the code from head office",
    ),
    PracticeStore: Text("这是练习数据，永远不会发给总部", "This is a practice store; it never goes to head office"),
    SecretsMissing: Text(
        "系统钥匙串里没有这台电脑的密钥了，请重新登记",
        "The keys of this laptop are gone from the keyring: enrol it again",
    ),
    RoundUnderWay: Text("另一个同步正在进行", "Another sync of this store is under way"),
    AnotherPerson: Text(
        "这个登记码是另一位客户经理的；本机存有别人的工作，没有改动",
        "The code belongs to another manager than the one whose work lies here; nothing was changed",
    ),
}
_OTHER = Text("总部没有受理", "Head office did not take it")


def sync_trouble(error: SyncError) -> CommandError:
    """Return the error of a command with its words."""
    if isinstance(error, Refused):
        code = error.trouble.error
        return CommandError(Text(f"{_OTHER.zh}（{code}）", f"{_OTHER.en} ({code})"))
    return CommandError(_WORDS.get(type(error), _OTHER))
