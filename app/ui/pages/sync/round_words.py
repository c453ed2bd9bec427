"""What the card of the round says in sentences: the last round, a pause, what this laptop has for the next one."""

from PySide6.QtCore import QObject

from app.domain.precheck import Held, Room
from app.domain.quantities import minutes_left
from app.domain.sync_pause import Pause, PauseFor
from app.runtime.power import Battery
from app.services.sync_facts import Ended, Lane, Membership, RoundEnd, SyncStanding
from app.ui.look.formats import format_count, format_size
from app.ui.look.sentences import joined
from app.ui.pages.sync.sync_words import SyncWords
from app.ui.shell.sync_controller import SyncController
from app.ui.shell.waiting_words import WaitingWords


class RoundWords(QObject):
    """Reads the controller and puts it into the language shown."""

    def __init__(self, sync: SyncController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sync = sync
        self._words = SyncWords(self)
        self._counts = WaitingWords(self)

    def whole(self) -> str:
        """Return all that there is to say now, empty before anything is known."""
        sync, standing = self._sync, self._sync.standing
        if standing is None:
            return ""
        if standing.membership is Membership.PRACTICE:
            return self.tr("These are practice data; they are never sent to head office.")
        if not sync.is_member:
            return self.tr("This laptop is not enrolled at head office. Everything is kept here, and work goes on.")
        if sync.is_running:
            return self._under_way()
        said = [] if sync.last is None else self._last_round(sync.last, standing)
        if sync.is_paused and sync.pause_chosen is not None:
            said = self._paused(sync.pause_chosen, said, standing)
        elif sync.is_pause_over:
            said = [self.tr("The pause of the other day is over: sync goes on by itself.")]
        return joined([*said, *self._laptop(standing), *self._lease()])

    def pause(self, pause: Pause) -> str:
        """Say until when nothing goes by itself, and that nothing is in danger."""
        safe = self.tr("Everything is safe on this laptop; Sync now still works.")
        words = self.tr("Paused until you go on, or start the program on a later day: nothing is sent by itself.")
        if pause.kind is PauseFor.TOMORROW:
            words = self.tr("Paused until tomorrow: nothing is sent by itself.")
        elif pause.until is not None:
            until = f"{pause.until.astimezone():%H:%M}"
            words = self.tr("Paused until %1: nothing is sent by itself.").replace("%1", until)
        return joined((words, safe))

    def _paused(self, pause: Pause, last_round: list[str], standing: SyncStanding) -> list[str]:
        """Say what became of the round that the person asked for meanwhile, and that the pause goes on."""
        result = last_round if self._sync.was_started_in_pause else []
        rest = [words for words in self._still_waiting(standing) if words not in result]
        return [*result, self.pause(pause), *rest]

    def waiting(self, records: int, photos: int) -> str:
        """Say what waits: 14 records waiting."""
        return self.tr("%1 waiting").replace("%1", self._counts.counted(records, photos))

    def _last_round(self, end: RoundEnd, standing: SyncStanding) -> list[str]:
        said = [self._words.ended(end.ended)]
        if end.ended is Ended.OFFLINE:
            said = self._offline(end, standing)
        elif end.ended is Ended.DONE and (rest := self._still_waiting(standing)):
            said = [self.tr("Head office has confirmed what was sent."), *rest]
        if end.photos_held and end.held_for is Held.BATTERY:
            said.append(self.tr("Large photos wait for the charger; Sync now sends them all the same."))
        elif end.photos_held:
            said.append(self.tr("Large photos wait for a network without a phone's data plan, or for tomorrow."))
        return [*said, *end.messages]

    def _offline(self, end: RoundEnd, standing: SyncStanding) -> list[str]:
        count = self._counts.of(standing)
        said = [self._words.ended(Ended.OFFLINE)]
        if end.was_cut and count:
            said = [self.tr("The line was lost; %1 wait here and go on by themselves.").replace("%1", count)]
        elif end.was_cut:
            said = [self.tr("The line was lost; the rest comes by itself.")]
        if standing.due is not None and not self._sync.is_paused:
            at = self.tr("Next try at %1.").replace("%1", f"{standing.due.astimezone():%H:%M}")
            said.append(self.tr("Next try within a minute.") if self._sync.is_due_soon else at)
        return said

    def _still_waiting(self, standing: SyncStanding) -> list[str]:
        count = self._counts.of(standing)
        return [self.tr("Still waiting: %1.").replace("%1", count)] if count else []

    def _laptop(self, standing: SyncStanding) -> list[str]:
        """Say what of this laptop stands in the way of a whole round."""
        room, battery = standing.room, standing.battery
        met = None if self._sync.last is None else self._sync.last.room
        if room is not None and met is not None:  # head office reckoned more than what is always needed
            room = Room(room.free, met.needed)
        said: list[str] = []
        if room is not None and not room.suffices:
            words = self.tr(
                "%1 are free on this disk and %2 are needed to receive. What waits goes up all the same; "
                "make room, then sync again."
            )
            said.append(words.replace("%1", format_size(room.free)).replace("%2", format_size(room.needed)))
        if battery is not None and battery.is_low:
            said.append(self._battery(battery, standing))
        return said

    def _battery(self, battery: Battery, standing: SyncStanding) -> str:
        low = self.tr("Only %1 % of the battery are left.").replace("%1", format_count(battery.percent))
        if standing.photos_waiting == 0:
            return low
        rest = self.tr("Until the charger is plugged in, large photos go only when you press Sync now.")
        return joined((low, rest))

    def _lease(self) -> list[str]:
        lease = self._sync.lease
        if not lease.ends_soon or lease.until is None:
            return []
        words = self.tr("Sync before %1: after that the data stay closed until head office was reached.")
        return [words.replace("%1", f"{lease.until.astimezone():%Y-%m-%d %H:%M}")]

    def _under_way(self) -> str:
        step = self._sync.step
        active = next((lane for lane in (step.up, step.down, step.photos) if lane.is_under_way), None)
        calm = self.tr("You can leave this page and work on; after a cut it goes on by itself.")
        if active is None:
            return joined((self.tr("Reaching head office…"), calm))
        parts = (self._rate(active, is_up=active is not step.down), self._left(active))
        pace = " · ".join(part for part in parts if part)
        return self.tr("%1. %2").replace("%1", pace).replace("%2", calm) if pace else calm

    def _rate(self, lane: Lane, *, is_up: bool) -> str:
        if lane.rate is None:
            return ""
        words = self.tr("Up %1/s") if is_up else self.tr("Down %1/s")
        return words.replace("%1", format_size(round(lane.rate)))

    def _left(self, lane: Lane) -> str:
        if lane.seconds_left is None:
            return ""
        minutes = minutes_left(lane.seconds_left)
        words = self.tr("about %1 min left") if minutes else self.tr("less than a minute left")
        return words.replace("%1", format_count(minutes))
