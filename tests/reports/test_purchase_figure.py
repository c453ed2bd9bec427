"""The chart of purchases that can be saved as a picture."""

import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from app.domain.customer_summary import CustomerSummary, MonthLine
from app.domain.text import Language
from app.reports.charts import purchase_figure, save_figure
from app.runtime import resources

ROOT = Path(__file__).resolve().parents[2]


def texts_of(figure: Figure) -> list[Text]:
    figure.draw_without_rendering()
    return [text for text in figure.findobj(Text) if text.get_text() and text.get_visible()]


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_the_chart_is_saved_as_a_picture(chinese_summary: CustomerSummary, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"购进.{ending}"
    save_figure(purchase_figure(chinese_summary.months, "老周食杂店", "条", Language.ZH), path)
    if ending == "png":
        with Image.open(path) as picture:
            assert picture.size == (1800, 840)
    else:
        assert "<svg" in path.read_text(encoding="utf-8")


def test_every_text_is_written_in_the_bundled_font(chinese_summary: CustomerSummary) -> None:
    figure = purchase_figure(chinese_summary.months, "𬭎𫖯镕堃喆商店", "条", Language.ZH)
    texts = texts_of(figure)
    fonts_folder = str(resources.path("fonts"))
    assert {text.get_text() for text in texts} >= {
        "12月",
        "62",
        "去年同月",
        "近十二个月",
        "𬭎𫖯镕堃喆商店  每月购进（条）",
    }
    for text in texts:
        assert str(text.get_fontproperties().get_file()).startswith(fonts_folder), text


def test_a_month_of_which_nothing_is_known_has_a_dash_and_no_bar() -> None:
    figure = purchase_figure((MonthLine("Oct", None, 5), MonthLine("Nov", 0)), "Shop", "bottles", Language.EN)
    written = [text.get_text() for text in texts_of(figure)]
    assert "—" in written
    assert "0" in written
    assert len(figure.axes[0].patches) == 1


def test_no_months_give_an_empty_chart_and_no_error(tmp_path: Path) -> None:
    save_figure(purchase_figure((), "Shop", "bottles", Language.EN), tmp_path / "empty.png")
    assert (tmp_path / "empty.png").stat().st_size > 0


def test_drawing_never_loads_pyplot_and_the_pdf_never_loads_matplotlib() -> None:
    program = (
        "import sys; import app.reports.customer_pdf, app.reports.preview; assert 'matplotlib' not in sys.modules;"
        "import app.reports.charts; assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
