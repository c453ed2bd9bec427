"""The frame of the papers that a manager carries: page numbers, a line at the foot, upright or on its side."""

from dataclasses import dataclass

from app.domain.text import Language
from app.reports import fonts, plan_words
from app.reports.blocks import Align, Block, LineMark, Placed, beside, text
from app.reports.drawing import draw
from app.reports.pages import Pages
from app.reports.paper import PAGE_HEIGHT, PAGE_WIDTH, paper
from app.runtime.memory import give_back

_LANGUAGES = {Language.ZH: "zh-CN", Language.EN: "en"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A4 upright or on its side, in points."""

    width: float
    height: float

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * paper().margin_side

    @property
    def footer_top(self) -> float:
        """From where on the foot stands, measured from the top edge."""
        return self.height - (PAGE_HEIGHT - paper().footer_top)

    def pages(self, running_head: Block) -> Pages:
        """Return empty pages of this sheet."""
        return Pages(running_head=running_head, footer_top=self.footer_top)

    def pdf(self, pages: Pages, title: str, language: Language, foot: str) -> bytes:
        """Return the pages as a PDF with a foot and page numbers; the caller holds `fonts.PDF_LOCK`."""
        pdf = draw(
            pages.finished,
            title,
            _LANGUAGES[language],
            lambda page, of: self._footer(foot, plan_words.PAGE.of(language).format(page=page, pages=of)),
            (self.width, self.height),
        )
        fonts.let_go()
        give_back()
        return pdf

    def _footer(self, foot: str, number: str) -> Placed:
        look = paper()
        said = text(foot, look.note, self.inner * 0.85)
        counted = text(number, look.note, self.inner, Align.RIGHT)
        lines = beside(((0.0, said), (0.0, counted)))
        rule = LineMark(0.0, 0.0, self.inner, 0.0, 0.6, look.line)
        whole = Block(lines.height, (rule,), (Placed(0.0, look.padding_x, lines),))
        return Placed(look.margin_side, self.footer_top, whole)


UPRIGHT = Sheet(PAGE_WIDTH, PAGE_HEIGHT)
ON_ITS_SIDE = Sheet(PAGE_HEIGHT, PAGE_WIDTH)
