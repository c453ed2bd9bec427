"""Where the password comes from: a file, the environment or a prompt; never from the command line."""

import getpass
import os
import sys
from pathlib import Path

from app.cli.output import CommandError, ExitCode
from app.domain.text import Text

VARIABLE = "ZOUFANG_PASSWORD"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HOW = Text(
    f"请用 --password-file FILE（第一行是密码）或环境变量 {VARIABLE} 给出密码",
    f"Give it by --password-file FILE (its first line) or in {VARIABLE}",
)


def given_password(file: Path | None) -> str | None:
    """Return the password of the file or the environment, None where neither is set.

    Raises CommandError if the file cannot be read or its first line is empty.
    """
    if file is not None:
        return _first_line(file)
    return os.environ.get(VARIABLE) or None


def ask_password(file: Path | None, *, twice: bool = False) -> str:
    """Return the password, asking for it at the terminal if it was not given.

    Raises CommandError where nobody can be asked, nothing was typed or the two entries differ.
    """
    given = given_password(file)
    if given is not None:
        return given
    if sys.stdin is None or not sys.stdin.isatty():  # pyright: ignore[reportUnnecessaryComparison] - pythonw
        raise _no_password(Text(f"没有密码，也没有终端可以询问。{_HOW.zh}", f"No password, and no terminal. {_HOW.en}"))
    try:
        password = getpass.getpass("密码 / Password: ")
        again = getpass.getpass("再输一次 / Again: ") if twice else password
    except EOFError:
        raise _no_password(Text(f"没有输入密码。{_HOW.zh}", f"No password was typed. {_HOW.en}")) from None
    if password != again:
        raise _no_password(Text("两次输入不一样", "The two entries differ"))
    return password


def _first_line(file: Path) -> str:
    try:
        content = file.read_bytes()
        # Windows PowerShell writes UTF-16 where one would not expect it.
        text = content.decode("utf-16" if content.startswith(_UTF16) else "utf-8-sig")
    except OSError as error:
        raise _no_password(
            Text(
                f"密码文件读不了：{file}（{error.strerror}）",
                f"The password file cannot be read: {file} ({error.strerror})",
            )
        ) from None
    except UnicodeDecodeError:
        raise _no_password(
            Text(f"密码文件不是 UTF-8 编码：{file}", f"The password file is not in UTF-8: {file}")
        ) from None
    line = text.split("\n", 1)[0].rstrip("\r")
    if not line:
        raise _no_password(
            Text(f"密码文件的第一行是空的：{file}", f"The first line of the password file is empty: {file}")
        )
    return line


def _no_password(text: Text) -> CommandError:
    return CommandError(text, ExitCode.WRONG_PASSWORD)
