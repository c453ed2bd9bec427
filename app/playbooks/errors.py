"""What is wrong with a playbook file, said with file and line."""

from dataclasses import dataclass

from typing_extensions import override


@dataclass(frozen=True, slots=True, order=True)
class PlaybookProblem:
    """One thing that is wrong in a file."""

    file: str
    line: int
    what: str

    @override
    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class PlaybookError(Exception):
    """A playbook cannot be used; carries every problem found."""

    def __init__(self, *problems: PlaybookProblem) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(p) for p in self.problems))
