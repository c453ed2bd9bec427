"""When a shop can be visited: its opening hours as they were written down, and the time tags of the archive."""

import re
from collections.abc import Collection, Sequence
from datetime import time

from app.domain.planning.problem import Span

_MINUTES = 24 * 60
_NOON = 12 * 60
_TIME = (
    r"(?P<{0}part>早上|早晨|凌晨|上午|中午|下午|晚上|晚|早)?\s*(?P<{0}h>[01]?\d|2[0-4])"
    r"(?:\s*[:：点时h]\s*(?P<{0}m>[0-5]\d)?(?P<{0}half>半)?\s*分?)?\s*(?P<{0}ap>am|pm)?"
)
_SPAN = re.compile(
    "(?<![\\d:：-])" + _TIME.format("a") + r"\s*(?:-|–|—|~|～|〜|至|到|to)+\s*" + _TIME.format("b") + "(?![\\d-])",
    re.IGNORECASE,
)
_AFTERNOON = frozenset(("下午", "晚上", "晚"))
_TAGGED = {
    "opens_late": ((0, 10 * 60),),
    "no_noon": ((11 * 60 + 30, 14 * 60),),
    "school_peak": ((0, 8 * 60 + 30), (11 * 60 + 30, 12 * 60 + 15), (16 * 60, 17 * 60 + 45)),
    "market_morning": ((0, 9 * 60 + 30),),
}
"""Which minutes of a day a tag takes away (proposed): before ten; noon; the ways to school; the market's morning."""


def open_spans(opening_hours: str | None, tags: Collection[str]) -> tuple[Span, ...]:
    """Return when a shop can be visited, in order; empty where nothing narrows the day.

    Opening hours are read from the words of the archive (`8:00-21:30`, `早上7点半到晚上10点`); what cannot be read
    narrows nothing. A tag that would leave no time at all is passed over.
    """
    spans = _read(opening_hours or "") or [(0, _MINUTES)]
    for tag in sorted(tags):
        left = _without(spans, _TAGGED.get(tag, ()))
        spans = left or spans
    if spans == [(0, _MINUTES)]:
        return ()
    return tuple(Span(_time(begins), _time(ends)) for begins, ends in spans)


def _read(words: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for found in _SPAN.finditer(words):
        begins, ends = _minute(found, "a"), _minute(found, "b")
        if ends <= begins and not found["bpart"] and not found["bap"] and ends + _NOON > begins and ends < _NOON:
            ends += _NOON  # 8-8: until eight in the evening
        if ends <= begins:
            ends = _MINUTES  # past midnight
        if begins < ends:
            spans.append((begins, min(ends, _MINUTES)))
    return _joined(spans)


def _minute(found: re.Match[str], which: str) -> int:
    hour, minute = int(found[f"{which}h"]), int(found[f"{which}m"] or (30 if found[f"{which}half"] else 0))
    late = found[f"{which}part"] in _AFTERNOON or (found[f"{which}ap"] or "").lower() == "pm"
    if late and hour < 12:  # noqa: PLR2004
        hour += 12
    elif (found[f"{which}ap"] or "").lower() == "am" and hour == 12:  # noqa: PLR2004
        hour = 0
    return hour * 60 + minute


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for begins, ends in sorted(spans):
        if joined and begins <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(ends, joined[-1][1])
        else:
            joined.append((begins, ends))
    return joined


def _without(spans: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    left = list(spans)
    for begins, ends in taken:
        left = [
            part for one in left for part in ((one[0], min(one[1], begins)), (max(one[0], ends), one[1]))
            if part[0] < part[1]
        ]  # fmt: skip
    return left


def _time(minute: int) -> time:
    return time.max.replace(microsecond=0) if minute >= _MINUTES else time(minute // 60, minute % 60)
