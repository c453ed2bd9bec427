"""What a round left of the photos and why, what the disk lacks: in words for the command line."""

from app.bootstrap.sync_rounds import SyncRounds
from app.cli.output import Output
from app.cli.sync_ahead_words import size_text
from app.domain.precheck import Held, Room


def photo_lines(rounds: SyncRounds, output: Output) -> list[str]:
    """Return why photos wait although a round was made."""
    if rounds.lane is None or rounds.held_for is not Held.DATA_PLAN:
        return []
    left = size_text(rounds.photo_cap() or 0)
    return [
        output.say(
            f"  按流量计费的网络，今天还可上传 {left} 原图（小图先传）；其余等换了网络或明天再上传"
            "（现在就全部上传：--all-photos）",
            f"  This network is paid by volume: {left} of originals are left today (small pictures go first); the "
            "rest waits for another network or for tomorrow (all of them now: --all-photos)",
        )
    ]


def battery_lines(rounds: SyncRounds, output: Output) -> list[str]:
    """Return the hint that the battery is low; a person waits for this round, so everything goes all the same."""
    battery = rounds.laptop.battery()
    if battery is None or not battery.is_low:
        return []
    return [
        output.say(
            f"  电池只剩 {battery.percent} %，请接上电源",
            f"  Only {battery.percent} % of the battery are left: plug the charger in",
        )
    ]


def room_lines(room: Room | None, output: Output) -> list[str]:
    """Return how much the disk lacks for what would come."""
    if room is None:
        return []
    free, needed = size_text(room.free), size_text(room.needed)
    return [
        output.say(
            f"  磁盘剩余 {free}，接收更新需要 {needed}：请清理磁盘后再同步一次",
            f"  {free} are free on this disk and {needed} are needed to receive: make room, then sync again",
        )
    ]
