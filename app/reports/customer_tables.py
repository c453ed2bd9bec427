"""The tables of the customer's sheet: classes, best sellers, slow and missing items, next order, agreed steps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.customer_summary import CustomerSummary, SkuRemark
from app.reports import words
from app.reports.blocks import Align
from app.reports.customer_head import section_title
from app.reports.formats import Formats, change, count, percent, weekly
from app.reports.line_breaking import Run
from app.reports.paper import paper
from app.reports.tables import Cell, Column, Table, cell, table


@dataclass(frozen=True, slots=True)
class CustomerTables:
    """Lays out the tables of one summary with rows as high as `padding` makes them."""

    summary: CustomerSummary
    padding: float

    def classes(self, width: float) -> Table:
        """Return the purchases by class."""
        formats = Formats.of(self.summary)
        columns = (
            self._column(words.CLASS, 4.6),
            self._column(words.QUANTITY, 2.0, Align.RIGHT),
            self._column(words.SHARE, 2.4, Align.RIGHT),
            self._column(words.AMOUNT, 3.0, Align.RIGHT),
        )
        rows = [
            (
                cell(line.name),
                cell(count(line.quantity)),
                cell(percent(line.share)),
                cell(formats.money_text(line.amount)),
            )
            for line in self.summary.classes
        ]
        return self._table(self._words(words.BY_CLASS), self._words(words.THREE_MONTHS), columns, rows, width)

    def top_skus(self, width: float) -> Table:
        """Return the SKUs bought most."""
        columns = (
            self._column(words.SKU, 7.4),
            self._column(words.QUANTITY, 2.1, Align.RIGHT),
            self._column(words.CHANGE, 2.7, Align.RIGHT),
        )
        rows = [
            (_sku(sku.name, sku.class_name), cell(count(sku.quantity)), cell(change(sku.change)))
            for sku in self.summary.top_skus
        ]
        return self._table(self._words(words.TOP_SKUS), self._words(words.THREE_MONTHS), columns, rows, width)

    def slow(self, width: float) -> Table:
        """Return the SKUs that move slowly."""
        return self._remarks(self._words(words.SLOW), self.summary.slow, width)

    def out_of_stock(self, width: float) -> Table:
        """Return the SKUs that are out of stock."""
        return self._remarks(self._words(words.OUT_OF_STOCK), self.summary.out_of_stock, width)

    def suggestions(self, width: float) -> Table:
        """Return what could be ordered next, with the total in the last row."""
        look = paper()
        columns = (
            self._column(words.SKU, 5.6),
            self._column(words.ON_HAND, 1.7, Align.RIGHT),
            self._column(words.WEEKLY, 2.2, Align.RIGHT),
            self._column(words.SUGGESTED, 2.0, Align.RIGHT),
            replace(self._column(words.NOTE, 6.0), indent=2 * look.padding_x),
        )
        rows = [
            (
                _sku(line.name, line.class_name),
                cell(count(line.on_hand)),
                cell(weekly(line.weekly_expected)),
                cell(count(line.suggested), look.strong),
                cell(line.note),
            )
            for line in self.summary.suggestions
        ]
        total = sum(line.suggested for line in self.summary.suggestions)
        rows.append((cell(self._words(words.TOTAL)), cell(""), cell(""), cell(count(total), look.strong), cell("")))
        note = self._words(words.SUGGESTION_NOTE).format(unit=self.summary.unit.many)
        notes = words.SEPARATOR.of(self.summary.language).join(part for part in (self.summary.next_order, note) if part)
        return self._table(self._words(words.SUGGESTION), notes, columns, rows, width)

    def steps(self, width: float) -> Table:
        """Return what shop and manager agreed on."""
        formats = Formats.of(self.summary)
        columns = (
            self._column(words.WHAT, 9.0),
            self._column(words.WHO, 2.8),
            self._column(words.DUE, 2.1),
            self._column(words.STATE, 2.3),
        )
        rows = [
            (
                cell(step.what),
                cell(step.who),
                cell(formats.short_day(step.due, self.summary.visit_date)),
                cell(step.state),
            )
            for step in self.summary.steps
        ]
        return self._table(self._words(words.AGREED), "", columns, rows, width)

    def reminders(self, reminders: Sequence[str], width: float) -> Table:
        """Return the reminders for this shop, one a row."""
        columns = (Column("", 1.0),)
        return self._table(self._words(words.REMINDERS), "", columns, [(cell(r),) for r in reminders], width)

    def _remarks(self, title: str, remarks: Sequence[SkuRemark], width: float) -> Table:
        columns = (Column("", 5.0), Column("", 5.0))
        rows = [(_sku(item.name, item.class_name), cell(item.remark or words.NONE)) for item in remarks]
        return self._table(title, "", columns, rows, width)

    def _table(
        self, title: str, note: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: float
    ) -> Table:
        again = self._words(words.CONTINUED).format(title=title)
        titles = (section_title(title, note, width), section_title(again, note, width))
        return table(titles, columns, rows, width, self.padding)

    def _column(self, title: words.Text, share: float, align: Align = Align.LEFT) -> Column:
        return Column(self._words(title), share, align)

    def _words(self, words_of: words.Text) -> str:
        return words_of.of(self.summary.language)


def _sku(name: str, class_name: str) -> Cell:
    look = paper()
    if not class_name:
        return (Run(name, look.strong),)
    return (Run(name, look.strong), Run(f" {class_name}", look.note))
