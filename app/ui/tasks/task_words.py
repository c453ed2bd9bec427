"""The words of tasks: how urgent one is, how far it is, who gave it, what was done to it just now."""

from datetime import date

from PySide6.QtCore import QObject

from app.domain.tasks import Due, TaskState
from app.services.tasks_reading import TaskLine
from app.ui.look.formats import format_iso, format_short_date, format_time
from app.ui.tasks.task_board import TaskNotice
from app.ui.widgets.tones import Tone


class TaskWords(QObject):
    """Puts tasks into the language shown."""

    def chip(self, line: TaskLine) -> tuple[str, Tone]:
        """Return how urgent an open task is, or what became of it."""
        match line.state:
            case TaskState.DONE:
                return self.tr("done"), Tone.GREEN
            case TaskState.CANNOT:
                return self.tr("cannot be done"), Tone.AMBER
            case TaskState.CANCELLED:
                return self.tr("called off"), Tone.GREY
            case TaskState.ASSIGNED | TaskState.ACCEPTED:
                return self._due(line)

    def _due(self, line: TaskLine) -> tuple[str, Tone]:
        day = "" if line.due_on is None else self._day(line.due_on, line.assigned_on)
        match line.due:
            case Due.OVERDUE:
                return self.tr("overdue since %1").replace("%1", day), Tone.RED
            case Due.TODAY:
                return self.tr("due today"), Tone.AMBER
            case Due.SOON:
                return self.tr("due %1").replace("%1", day), Tone.AMBER
            case Due.LATER:
                return self.tr("due %1").replace("%1", day), Tone.BLUE
            case Due.NONE:
                return self.tr("no due day"), Tone.GREY

    def origin(self, line: TaskLine, *, with_shop: bool) -> str:
        """Return in one line how far it is, its kind, its shop, who gave it and when."""
        given = (
            self.tr("from %1, %2").replace("%1", line.assigned_by).replace("%2", format_short_date(line.assigned_on))
        )
        parts = [self._stage(line), line.shop if with_shop else "", line.kind, given]
        return self.tr(" · ").join(part for part in parts if part)

    def _stage(self, line: TaskLine) -> str:
        if line.state is TaskState.ASSIGNED:
            return self.tr("not accepted yet")
        if line.state is TaskState.ACCEPTED:
            return self.tr("accepted")
        if line.state is TaskState.CANCELLED:
            return ""
        if line.is_waiting:
            return self.tr("waits to be sent")
        return self.tr("reported")

    def report(self, line: TaskLine) -> str:
        """Return what was reported, with its evidence."""
        parts = [line.reason or line.note]
        if line.photos:
            parts.append(self.tr("%n photo(s) as evidence", "", line.photos))
        if line.reported_at is not None:
            at = line.reported_at
            moment = f"{format_short_date(at.date())} {format_time(at)}"
            parts.append(self.tr("reported %1").replace("%1", moment))
        return self.tr(" · ").join(part for part in parts if part)

    def notice(self, notice: TaskNotice) -> str:
        """Return what was just done."""
        words = {
            TaskState.ACCEPTED: self.tr("Accepted: %1"),
            TaskState.DONE: self.tr("Reported done: %1"),
            TaskState.CANNOT: self.tr("Reported that it cannot be done: %1"),
        }
        return words.get(notice.state, "%1").replace("%1", notice.title)

    def refused(self) -> str:
        """Return why a step was refused."""
        return self.tr("Head office has it already, or the task was changed meanwhile; this is how it stands now.")

    def _day(self, day: date, near: date) -> str:
        return format_short_date(day) if day.year == near.year else format_iso(day)
