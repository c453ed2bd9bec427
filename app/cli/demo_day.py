"""Plays a day in the real window without a screen: three shops visited, the first of them through all eight steps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QLineEdit

from app.bootstrap.application import Application
from app.cli.output import ExitCode
from app.cli.practice_story import drawn_shelf
from app.cli.stage import Stage
from app.domain.text import Language
from app.domain.visit import MUST_CHECK, Step
from app.reports.customer_pdf import write_customer_pdf
from app.reports.fitting import fitted
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.day_sheet import DayStop
from app.ui.pages.visit.visit_page import VisitPage
from app.ui.widgets.photo_strip import PhotoStrip
from app.ui.widgets.segmented_choice import SegmentedChoice
from app.ui.widgets.table_view import TableView

_SIZE = (1366, 768)
_COUNTS = "6", "12", "3", "0", "9", "4"
_STATES = "BABBCBABBBAABA"
_YES_NO = (
    "fixture_ok", "position_ok", "in_order", "fresh",
    "license_shown", "minors_sign", "tags_complete", "price_as_tagged",
)  # fmt: skip


def play_day(
    folder: DataFolder, clock: Clock, password: str, language: Language, out: Path, say: Callable[[str], None]
) -> int:
    """Play the day, leave pictures and the customer's PDF in `out`, and say one line for each step."""
    stage = Stage(folder, clock, language)
    stage.open(password, *_SIZE)
    day = _Day(stage, out, language, say)
    day.play()
    stage.close()
    day.tell("the window is closed; the store was backed up and verified", "窗口已关闭，数据已备份并验证")
    say(f"{out}")
    return ExitCode.DONE


@dataclass
class _Day:
    stage: Stage
    out: Path
    language: Language
    say: Callable[[str], None]
    number: int = field(default=0)

    def play(self) -> None:
        self.stage.go("today")
        stops = self.application.days.show(self.application.clock.today()).stops
        self.shot("today", f"Today: {len(stops)} shops", f"今日：{len(stops)} 户")
        full, short, third = self.three_shops(stops)
        self.visit(full.customer_id, full.name)
        self.full_visit()
        self.short_visit(short.customer_id, short.name)
        self.short_visit(third.customer_id, third.name)
        self.stage.workspace.open_customer(full.customer_id)
        self.stage.settle()
        self.shot("customer", f"the profile of {full.name}", f"客户档案：{full.name}")
        self.stage.go("today")
        done = self.application.days.show(self.application.clock.today()).done
        self.shot("evening", f"Today in the evening: {done} visited", f"傍晚的今日：已访 {done} 户")
        self.save_pdf(full.customer_id, full.name)

    def three_shops(self, stops: Sequence[DayStop]) -> tuple[DayStop, DayStop, DayStop]:
        """Choose the shop that bought most in four weeks for the full visit, and the first two others."""
        briefs = self.application.briefs
        bought = {stop.customer_id: briefs.brief(stop.customer_id).brief.four_weeks.this or 0 for stop in stops}
        full = max(stops, key=lambda stop: bought[stop.customer_id])
        short, third = [stop for stop in stops if stop is not full][:2]
        return full, short, third

    @property
    def application(self) -> Application:
        found = self.stage.desk.application
        assert found is not None  # noqa: S101 - the window is open
        return found

    @property
    def page(self) -> VisitPage:
        found = self.stage.workspace.page("visit")
        assert isinstance(found, VisitPage)  # noqa: S101 - the page of that key
        return found

    def full_visit(self) -> None:
        self.shot("visit-1-brief", "1 brief read", "1 看过访前简报")
        self.arrive()
        self.count_stock()
        self.check_shelf()
        self.diagnose()
        self.advise()
        self.plan()
        self.wrap_up()

    def short_visit(self, customer_id: object, name: str) -> None:
        self.visit(customer_id, name)
        self.arrive(quiet=True)
        self.step(Step.STOCK)
        self.type_counts(_COUNTS[:3])
        self.step(Step.SHELF)
        for check in MUST_CHECK:
            self.choose(check, "1")
        self.step(Step.WRAP_UP)
        self.stage.press("finishVisit", self.page.step_widget(Step.WRAP_UP))
        self.tell(f"{name}: a short visit, finished", f"{name}：短访完成")

    def visit(self, customer_id: object, name: str) -> None:
        visit = self.application.visits.plan(customer_id, self.application.clock.today())  # pyright: ignore[reportArgumentType]
        self.stage.workspace.open_visit(visit)
        self.stage.settle()
        self.tell(f"entering {name}", f"走进 {name}")

    def arrive(self, *, quiet: bool = False) -> None:
        self.step(Step.ARRIVAL)
        self.stage.press("arrivedNow")
        self.choose("met", "1")
        if not quiet:
            self.shot("visit-2-arrival", "2 arrived, owner met", "2 到店，见到店主")

    def count_stock(self) -> None:
        self.step(Step.STOCK)
        self.type_counts(_COUNTS)
        self.shot("visit-3-stock", f"3 counted {len(_COUNTS)} SKUs by keyboard", f"3 键盘清点 {len(_COUNTS)} 个品规")

    def check_shelf(self) -> None:
        self.step(Step.SHELF)
        for name, count in (("sku_on_sale", "21"), ("sku_shown", "19"), ("sku_tagged", "17"), ("slots", "24")):
            self.stage.type(count, self.stage.find(name))
        for name in _YES_NO:
            self.choose(name, "2" if name == "tags_complete" else "1")
        self.drop_photo()
        self.shot("visit-4-shelf", "4 shelf and price tags checked, a photo dropped in", "4 查陈列与价签，拖入照片")

    def drop_photo(self) -> None:
        file = self.out / "shelf-drawing.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(drawn_shelf("demo"))
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file))])
        strip = self.stage.find("photoStrip")
        assert isinstance(strip, PhotoStrip)  # noqa: S101 - the strip of the step
        strip.take(mime)
        self.stage.settle()

    def diagnose(self) -> None:
        self.step(Step.DIAGNOSIS)
        for number, state in enumerate(_STATES, 1):
            self.choose(f"stateD{number:02d}", state)
            self.give_reason(f"reasonD{number:02d}")
        self.shot("visit-5-diagnosis", "5 the 14 items judged with A, B and C", "5 判完 14 项")

    def give_reason(self, name: str) -> None:
        found = self.page.step_widget(Step.DIAGNOSIS).findChild(QLineEdit, name)
        if found is not None and found.isVisible():
            found.setFocus()
            self.stage.type("seen in the shop", found)
            self.stage.settle()

    def advise(self) -> None:
        self.step(Step.ADVICE)
        self.shot("visit-6-advice", "6 order guidance with its reasons", "6 订货建议与理由")
        self.stage.press("nextStep", self.page.step_widget(Step.ADVICE))

    def plan(self) -> None:
        self.step(Step.IMPROVEMENT)
        self.choose("targetD05", "B")
        self.stage.press("measureD05-2")
        self.shot("visit-7-improvement", "7 one item to lift from C to B", "7 一项从 C 提到 B")

    def wrap_up(self) -> None:
        self.step(Step.WRAP_UP)
        self.stage.press("addPromise")
        self.stage.type("New price tags for the lower shelf", self.stage.find("promiseText"))
        self.stage.press("readBack")
        self.stage.settle()
        self.shot("visit-8-wrap-up", "8 agreed and read back, beside it the sheet", "8 约定并复述，旁边是客户小结")
        self.stage.press("finishVisit", self.page.step_widget(Step.WRAP_UP))
        self.shot("visit-ended", "finished: saved here, waiting to be sent", "拜访完成：已存本机，待上传")

    def save_pdf(self, customer_id: object, name: str) -> None:
        summary = self.application.summaries.summary(customer_id, language=self.language)  # pyright: ignore[reportArgumentType]
        file = self.out / "customer-summary.pdf"
        write_customer_pdf(fitted(summary), file)
        self.tell(f"the sheet of {name}: {file}", f"{name} 的小结：{file}")

    def step(self, step: Step) -> None:
        self.page.model.go(step)
        self.stage.settle()

    def type_counts(self, counts: tuple[str, ...]) -> None:
        table = self.stage.find("stockTable")
        assert isinstance(table, TableView)  # noqa: S101 - the table of the step
        table.setFocus()
        for count in counts:
            self.stage.type(count)
            self.stage.key(Qt.Key.Key_Return)
        self.stage.settle()

    def choose(self, name: str, key: str) -> None:
        widget = self.stage.find(name)
        found = widget if isinstance(widget, SegmentedChoice) else widget.findChild(SegmentedChoice)
        assert found is not None  # noqa: S101 - every answer of the visit is such a choice
        self.stage.type(key, found)
        self.stage.settle()

    def shot(self, name: str, en: str, zh: str) -> None:
        self.number += 1
        file = self.stage.picture(self.out / f"{self.number:02d}-{name}.png")
        self.tell(f"{en} → {file.name}", f"{zh} → {file.name}")

    def tell(self, en: str, zh: str) -> None:
        self.say(zh if self.language is Language.ZH else en)
