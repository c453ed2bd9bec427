"""The pages one after another, each in four looks."""

from collections.abc import Callable
from pathlib import Path

from app.bootstrap.application import Application, assemble, close_application
from app.cli.practice_story import main_visit, tell_story
from app.cli.stage import Stage
from app.domain.text import Language
from app.domain.visit import STEPS
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.forecast_views import Correction
from app.services.sample_territories import PRACTICE_TERRITORY, load_territory
from app.storage.store import open_store
from app.storage.vault import Argon2Cost, Vault
from app.ui.look.theme import Scheme
from app.ui.pages.forecast.forecast_page import ForecastPage
from app.ui.pages.plan.plan_page import PlanPage
from app.ui.pages.plan.plan_shown import Span, Spot
from app.ui.pages.visit.visit_page import VisitPage

_PASSWORD = "pictures only"  # noqa: S105 - a store of invented data that lives for a minute
_TARGETS = {
    "F05:volume:month:": 11_500.0,
    "F05:key:month:": 780.0,
    "F05:value:month:": 10_200.0,
    "F05:volume:year:": 172_000.0,
    "F08::month:": 0.06,
}
_LOOKS = tuple((scheme, language) for language in Language for scheme in (Scheme.LIGHT, Scheme.DARK))


def render_scenes(work: Path, out: Path, size: tuple[int, int], only: str | None) -> int:
    """Render every page whose name holds `only` into PNG files; returns how many pictures were made."""
    folder, clock = DataFolder(work / "store"), Clock(as_of=PRACTICE_TERRITORY.today)
    _build(folder, clock)
    stage = Stage(folder, clock, Language.ZH)
    pictures = _Pictures(stage, out, only)
    stage.desk.start.start(None)
    stage.settle()
    pictures.take("unlock", of_start=True)
    stage.open(_PASSWORD, *size)
    for name, show in _scenes(stage):
        if pictures.wanted(name):
            show()
            pictures.take(name)
    stage.close()
    return pictures.count


def _build(folder: DataFolder, clock: Clock) -> None:
    folder.root.mkdir(parents=True)
    key = Vault(folder.vault, use_keyring=False, cost=Argon2Cost(1, 64, 1)).create(_PASSWORD)
    application = assemble(folder, clock, Language.ZH, open_store(folder, key, create=True))
    load_territory(application.database, application.imports, PRACTICE_TERRITORY)
    tell_story(application)
    _correct_forecast(application)
    close_application(application)


def _correct_forecast(application: Application) -> None:
    """Correct three SKUs of the month that is forecast now, one of them without saying why."""
    desk = application.forecast_desk
    view = desk.overview()
    for row, reason, percent in zip(view.rows, ("festival", "event", ""), (108, 88, 115), strict=False):
        value = round(row.model_value * percent / 100)
        desk.correct(view.month, row.product_id, None, Correction(value, 0.0, reason))


def _scenes(stage: Stage) -> list[tuple[str, Callable[[], object]]]:
    application = stage.desk.application
    assert application is not None  # noqa: S101 - the window is open
    customer, visit = main_visit(application)

    def open_step(step: object) -> None:
        workspace = stage.workspace
        page = workspace.page("visit")
        if not isinstance(page, VisitPage) or page.model.visit_id != visit:
            workspace.open_visit(visit)
            stage.settle()
        page = workspace.page("visit")
        assert isinstance(page, VisitPage)  # noqa: S101 - the page of that key
        page.model.go(step)  # pyright: ignore[reportArgumentType]
        stage.settle()

    def open_customer() -> None:
        stage.workspace.open_customer(customer)
        stage.settle()

    def open_product() -> None:
        found = application.search.find("910001", 1)
        stage.workspace.open_product(found.products[0].id)
        stage.settle()

    def open_effects() -> None:
        month = application.clock.today().replace(day=1)
        for line in application.kpis.month(month, with_forecast=False).lines:
            if line.key in _TARGETS:
                application.kpis.set_target(month, line, _TARGETS[line.key])
        stage.go("effects")

    def open_forecast() -> ForecastPage:
        page = stage.go("forecast")
        assert isinstance(page, ForecastPage)  # noqa: S101 - the page of that key
        page.show_desk()
        stage.wait(lambda: page.model.story is not None, what="the months of the first SKU")
        stage.settle()
        return page

    def open_tracking() -> None:
        page = open_forecast()
        page.show_tracking()
        stage.wait(lambda: bool(page.track.points), what="the months of the largest miss")
        stage.settle()

    scenes: list[tuple[str, Callable[[], object]]] = [
        ("today", lambda: stage.go("today")),
        ("plan", lambda: _open_plan(stage, application, Span.MONTH)),
        ("plan-week", lambda: _open_plan(stage, application, Span.WEEK)),
        ("plan-day", lambda: _open_plan(stage, application, Span.DAY)),
        ("plan-map", lambda: _open_map(stage, application)),
        ("customers", lambda: stage.go("customers")),
    ]
    scenes += [(f"visit-{step.number}-{step.value}", _bound(open_step, step)) for step in STEPS]
    scenes += [
        ("customer", open_customer),
        ("product", open_product),
        ("forecast", open_forecast),
        ("forecast-tracking", open_tracking),
        ("effects", open_effects),
        ("data-in", lambda: stage.go("data_in")),
        ("settings", lambda: stage.go("settings")),
        ("status", lambda: stage.go("status")),
    ]
    return scenes


def _open_map(stage: Stage, application: Application) -> None:
    _open_plan(stage, application, Span.WEEK)  # a day with stops is chosen
    page = stage.workspace.page("plan")
    assert isinstance(page, PlanPage)  # noqa: S101 - the page of that key
    page.show_map()
    stage.settle()


def _open_plan(stage: Stage, application: Application, span: Span) -> None:
    _keep_month(application)
    page = stage.go("plan")
    assert isinstance(page, PlanPage)  # noqa: S101 - the page of that key
    page.show_span(span)
    busy = next((day for day in page.model.days if day.day > page.model.today and day.stops), None)
    if span is not Span.MONTH and busy is not None:
        page.model.go_to(Spot(busy.day, busy.stops[1].visit_id))
    stage.settle()


def _keep_month(application: Application) -> None:
    """Plan the month once, so that there is something to see."""
    month = application.clock.today().replace(day=1)
    if not application.plans.month(month).is_planned:
        application.plans.keep(application.plans.make(month, lambda _share: None, lambda: False))


def _bound(show: Callable[[object], None], step: object) -> Callable[[], None]:
    return lambda: show(step)


class _Pictures:
    def __init__(self, stage: Stage, out: Path, only: str | None) -> None:
        self._stage = stage
        self._out = out
        self._only = only
        self.count = 0

    def wanted(self, name: str) -> bool:
        return self._only is None or self._only in name

    def take(self, name: str, *, of_start: bool = False) -> None:
        if not self.wanted(name):
            return
        for scheme, language in _LOOKS:
            self._stage.look(scheme, language)
            shown = self._stage.desk.start.window if of_start else None
            self._stage.picture(self._out / f"{name}-{language.value}-{scheme.value}.png", shown)
            self.count += 1
