"""The columns of the forecast table, in their order, and what each is sorted by."""

from enum import Enum

from app.ui.pages.forecast.desk_lines import SortBy


class Column(Enum):
    """The columns; those of the months to come carry their place."""

    NAME = "name"
    KIND = "kind"
    LAST = "last"
    YEAR = "year"
    MODEL = "model"
    RANGE = "range"
    ERROR = "error"
    OWN = "own"
    FINAL = "final"
    CHANGE = "change"
    PLAN = "plan"
    ALLOWED = "allowed"
    AHEAD_1 = 0
    AHEAD_2 = 1
    AHEAD_3 = 2
    AHEAD_4 = 3
    AHEAD_5 = 4
    AHEAD_6 = 5
    SUM = "sum"


AHEAD = (Column.AHEAD_1, Column.AHEAD_2, Column.AHEAD_3, Column.AHEAD_4, Column.AHEAD_5, Column.AHEAD_6)
MONTH_COLUMNS = (
    Column.NAME, Column.KIND, Column.LAST, Column.YEAR, Column.MODEL, Column.RANGE, Column.ERROR, Column.OWN,
    Column.FINAL, Column.CHANGE, Column.PLAN, Column.ALLOWED,
)  # fmt: skip
SORTS = {
    Column.NAME: SortBy.NAME,
    Column.LAST: SortBy.LAST,
    Column.YEAR: SortBy.YEAR,
    Column.MODEL: SortBy.MODEL,
    Column.ERROR: SortBy.ERROR,
    Column.FINAL: SortBy.FINAL,
    Column.CHANGE: SortBy.CHANGE,
}
