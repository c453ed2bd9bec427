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
    TrustFlaw,
    Untrusted,
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
TRUST_WORDS: dict[TrustFlaw, Text] = {
    TrustFlaw.AUTHORITY: Text(
        "证书不是总部的机构签发的。可能是网络的登录页面，或有代理在中间读取内容；请换个网络，或找信息部门",
        "Its certificate does not come from head office's authority: perhaps the login page of a network, or a proxy "
        "that reads along. Use another network, or tell your IT",
    ),
    TrustFlaw.TIME: Text(
        "证书已过期或尚未生效。请先检查本机日期，再找信息部门",
        "Its certificate has ended or has not begun. Check the date of this laptop first, then tell your IT",
    ),
    TrustFlaw.NAME: Text(
        "证书是给另一个地址的。请检查总部地址", "Its certificate is for another name. Check the address of head office"
    ),
    TrustFlaw.KEY: Text(
        "证书的密钥不在登记时给定的密钥之中。请找信息部门",
        "The key of its certificate is not one of those given at enrolment. Tell your IT",
    ),
    TrustFlaw.OLD_TLS: Text("对方只会 TLS 1.2 以前的旧协议", "It speaks no TLS 1.2 or newer"),
    TrustFlaw.PLAIN: Text("总部地址必须以 https:// 开头", "The address of head office must begin with https://"),
}
UNTRUSTED = Text("对方不能证明自己是总部，什么也没有发出", "What answered is not head office; nothing was sent")
_OTHER = Text("总部没有受理", "Head office did not take it")
_REFUSED: dict[str, Text] = {
    "token": Text(
        "总部不认这台电脑的登记了，请向总部要新的登记码，再用 zoufang enrol 登记",
        "Head office does not know this laptop any more: ask for a new code and use `zoufang enrol`",
    ),
    "revoked": Text(
        "总部已停用这台电脑，请联系总部", "Head office has closed this laptop's access. Please ask head office"
    ),
    "upgrade_required": Text("程序版本太旧，请先更新程序", "This program is too old for head office: update it first"),
    "busy": Text("总部正忙，请过几分钟再试", "Head office is busy: try again in some minutes"),
    "slow_down": Text("今天与总部往来太多，请过一会儿再试", "Too many calls today: try again later"),
    "epoch_changed": Text("总部刚从备份恢复，请先同步一次", "Head office was restored from a backup: sync once first"),
}
_WRONG_CODE = Text(
    "总部不认这个登记码：请核对有没有输错；每个码只能用一次，一天内有效，可向总部要新的",
    "Head office does not take this code. Check it for typing errors; each works once and for a day, so ask for a new "
    "one if need be",
)


def enrol_trouble(error: SyncError) -> CommandError:
    """Return the error of an enrolment with its words: there a refused token is the one-time code."""
    if isinstance(error, Refused) and error.trouble.error in {"token", "not_found", "malformed"}:
        return CommandError(_WRONG_CODE)
    return sync_trouble(error)


def sync_trouble(error: SyncError) -> CommandError:
    """Return the error of a command with its words."""
    if isinstance(error, Refused):
        code = error.trouble.error
        return CommandError(_REFUSED.get(code) or Text(f"{_OTHER.zh}（{code}）", f"{_OTHER.en} ({code})"))
    if isinstance(error, Untrusted):
        why = TRUST_WORDS[error.flaw]
        return CommandError(Text(f"{UNTRUSTED.zh}。{why.zh}", f"{UNTRUSTED.en}. {why.en}"))
    return CommandError(_WORDS.get(type(error), _OTHER))
