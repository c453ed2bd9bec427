"""Charts to keep or to send: matplotlib Figures of one customer's purchases, saved as PNG or SVG with our font."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine

from app.domain.customer_summary import MonthLine
from app.domain.text import Language
from app.reports import words
from app.reports.fonts import BOLD, FILES, REGULAR
from app.reports.formats import count
from app.reports.paper import paper
from app.runtime import resources

_BAR_WIDTH = 0.5
_DASH_HALF = 0.37
_INCHES = (9.0, 4.2)
_EDGE = 0.12
_DOTS_AN_INCH = 200


def purchase_figure(months: Sequence[MonthLine], title: str, unit: str, language: Language) -> Figure:
    """Return the chart of the months: bars for this year, dark dashes for the same months of last year.

    The title is the shop's name; what the chart shows is written behind it.
    """
    look = paper()
    figure = Figure(figsize=_INCHES, layout=ConstrainedLayoutEngine(w_pad=_EDGE, h_pad=_EDGE), facecolor=look.white)
    axes = figure.add_subplot()
    _draw_months(axes, months, language)
    _write_figures(axes, months)
    _dress(axes, months)
    shown = (title, words.MONTHS.of(language).format(unit=unit), words.month_under_way(months, language))
    heading = "  ".join(part for part in shown if part)
    axes.set_title(heading, loc="left", fontproperties=_font(BOLD, look.heading.size), color=look.ink)
    figure.legend(
        prop=_font(REGULAR, look.note.size),
        labelcolor=look.muted,
        frameon=False,
        loc="outside lower right",
        ncols=2,
        reverse=True,
    )
    return figure


def save_figure(figure: Figure, path: Path) -> None:
    """Save the figure; the ending of the name says how (.png or .svg)."""
    undated = {"Date": None} if path.suffix.lower() == ".svg" else None
    figure.savefig(path, dpi=_DOTS_AN_INCH, metadata=undated)


def _draw_months(axes: Axes, months: Sequence[MonthLine], language: Language) -> None:
    look = paper()
    bars = [(place, month.quantity) for place, month in enumerate(months) if month.quantity is not None]
    dashes = [(place, month.last_year) for place, month in enumerate(months) if month.last_year is not None]
    axes.bar(
        [place for place, _ in bars],
        [value for _, value in bars],
        width=_BAR_WIDTH,
        color=[look.bar if month.until is None else look.white for month in months if month.quantity is not None],
        edgecolor=[look.bar if month.until is None else look.ink for month in months if month.quantity is not None],
        label=words.THIS_YEAR_BARS.of(language),
    )
    axes.hlines(
        [value for _, value in dashes],
        [place - _DASH_HALF for place, _ in dashes],
        [place + _DASH_HALF for place, _ in dashes],
        color=look.ink,
        linewidth=2,
        label=words.LAST_YEAR_DASHES.of(language),
    )


def _write_figures(axes: Axes, months: Sequence[MonthLine]) -> None:
    look = paper()
    for place, month in enumerate(months):
        axes.annotate(
            count(month.quantity),
            (place, month.quantity or 0),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            fontproperties=_font(REGULAR, look.note.size),
            color=look.ink,
            bbox={"facecolor": look.white, "edgecolor": "none", "pad": 0.6},
            zorder=3,
        )


def _dress(axes: Axes, months: Sequence[MonthLine]) -> None:
    look = paper()
    labels = [month.label for month in months]
    axes.set_xticks(range(len(months)), labels, fontproperties=_font(REGULAR, look.note.size))
    axes.set_yticks([])
    axes.set_xlim(-0.6, max(len(months), 1) - 0.4)
    axes.margins(y=0.12)
    axes.set_ylim(bottom=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(look.ink)
    axes.tick_params(length=0, labelcolor=look.muted)


@cache
def _font(name: str, size: float) -> FontProperties:
    return FontProperties(fname=str(resources.path(FILES[name])), size=size)
