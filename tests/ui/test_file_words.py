"""A file that cannot be written is told in words that say what to do, whatever paper or list it was."""

import errno

import pytest

from app.ui.look.messages import Messages


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (PermissionError(errno.EACCES, "Permission denied"), "open in another program"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), "no longer there"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
def test_why_a_file_was_not_written_is_told(error: OSError, said: str) -> None:
    words = Messages().of_error(error)
    assert said in words.happened
    assert words.advice
