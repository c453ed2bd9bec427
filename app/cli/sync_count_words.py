"""The words of sync in the glossary, with their counts, as the command line says them: alike in every command."""

from app.domain.text import Text
from app.sync.overview import Overview


def amount(records: int, photos: int) -> Text:
    """Name records and photos, photos only where there are any: 14 records, 4 photos."""
    zh, en = f"{records} 条记录", f"{records} record" if records == 1 else f"{records} records"
    if not photos:
        return Text(zh, en)
    return Text(f"{zh}、{photos} 张照片", f"{en}, {photos} photo" if photos == 1 else f"{en}, {photos} photos")


def waiting(records: int, photos: int) -> Text:
    """Say what waits: saved here, and head office has not confirmed it."""
    if not records and not photos:
        return Text("没有待上传", "Nothing waits")
    told = amount(records, photos)
    return Text(f"待上传 {told.zh}", f"Waiting: {told.en}")


def standing(view: Overview) -> Text:
    """Say what waits and, where there is something, what needs this person: refused, clashes, photos that are stuck."""
    parts = [waiting(view.work, view.photos_waiting)]
    for count, zh, en in (
        (view.refused, "退回 {} 条", "refused: {}"),
        (view.conflicts, "冲突待定 {} 处", "clashes to decide: {}"),
        (view.photos_stuck, "退回照片 {} 张", "photos refused: {}"),
    ):
        if count:
            parts.append(Text(zh.format(count), en.format(count)))
    return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))
