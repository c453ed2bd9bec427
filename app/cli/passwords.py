"""Where the password comes from: a file, the environment or a prompt; never from the command line."""

import getpass
import os
import sys
from pathlib import Path

from app.domain.problems import Problem, TroubleError

VARIABLE = "ZOUFANG_PASSWORD"


def given_password(file: Path | None) -> str | None:
    """Return the password of the file or the environment, None where neither is set."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8-sig").splitlines()[0]
        except (OSError, UnicodeDecodeError, IndexError) as error:
            raise TroubleError(Problem.FILE_NOT_READABLE, str(file)) from error
    return os.environ.get(VARIABLE)


def ask_password(file: Path | None, *, twice: bool = False) -> str:
    """Return the password, asking for it at the terminal if it was not given.

    Raises TroubleError with WRONG_PASSWORD where nobody can be asked or the two entries differ.
    """
    given = given_password(file)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise TroubleError(Problem.WRONG_PASSWORD, f"no password: use --password-file or {VARIABLE}")
    password = getpass.getpass("Password / 密码: ")
    if twice and getpass.getpass("Again / 再输一次: ") != password:
        raise TroubleError(Problem.WRONG_PASSWORD, "the two entries differ")
    return password
