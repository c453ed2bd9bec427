"""The main window and its pages, each made when it is first wanted."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from app.bootstrap.later import Later
from app.bootstrap.sync_door import SyncDoor
from app.bootstrap.sync_papers import SyncPapers
from app.services.maintenance import Maintenance
from app.ui.shell.backup_keeper import BackupKeeper
from app.ui.shell.main_window import MainWindow, WindowParts
from app.ui.shell.password_gate_view_model import PasswordGate
from app.ui.shell.status_view_model import StatusViewModel
from app.ui.shell.sync_controller import SyncController
from app.ui.shell.welcome_view_model import Welcome
from app.ui.shell.window_memory import WindowMemory

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from app.bootstrap.application import Application
    from app.bootstrap.window import Desk
    from app.services.assortments import Assortments
    from app.services.briefs import Briefs
    from app.services.plans import Plans
    from app.services.visits import Visits
    from app.ui.assortment.assortment_panel import AssortmentPanel
    from app.ui.pages.visit.step import VisitStep
    from app.ui.pages.visit.visit_view_model import VisitViewModel
    from app.ui.tasks.task_board import TaskBoard
    from app.ui.territory.territory_view import TerritoryView

# A page is imported when it is first shown: the first one must be up fast.
# ruff: noqa: PLC0415


def build_window(desk: "Desk", application: "Application") -> MainWindow:
    """Return the main window on an open store."""
    maintenance = Maintenance(application.database, application.folder)
    home = desk.make_home()
    keeper = BackupKeeper(maintenance, desk.tasks, home)
    door = SyncDoor(application, use_keyring=desk.use_keyring, photo_megabytes=desk.link.photo_megabytes)
    sync = SyncController(door, desk.tasks, desk.bus, home, lease=door.lease())
    desk.link.follow(sync)
    desk.link.came_back.connect(sync.line_is_back)
    status = StatusViewModel(maintenance, desk.tasks, desk.bus, home, application.clock.as_of)
    sync.enrolled.connect(status.learn)
    sync.wiped.connect(desk.on_wiped)
    sync.given_back.connect(desk.on_given_back)
    return MainWindow(
        WindowParts(
            pages=Pages(desk, application, maintenance, keeper, sync).factories(),
            search=_search_box(desk, application),
            status=status,
            keeper=keeper,
            lock=PasswordGate(maintenance.confirm_password, maintenance.seconds_to_wait, desk.tasks, parent=home),
            welcome=Welcome(application.open_visit, desk.tasks, closed_cleanly=application.closed_cleanly, parent=home),
            preferences=desk.preferences,
            tasks=desk.tasks,
            memory=WindowMemory(application.folder.root / "window.ini"),
            sync=sync,
            lease_page=partial(_lease_page, sync),
        )
    )


def _lease_page(sync: SyncController) -> QWidget:
    from app.ui.pages.sync.lease_page import LeasePage

    return LeasePage(sync)


def _search_box(desk: "Desk", application: "Application") -> QWidget:
    from app.ui.shell.search_box import SearchBox
    from app.ui.shell.search_view_model import SearchViewModel

    return SearchBox(SearchViewModel(application.search, desk.tasks, desk.bus))


class Pages:
    """Makes each page with its view-model."""

    def __init__(
        self,
        desk: "Desk",
        application: "Application",
        maintenance: Maintenance,
        keeper: BackupKeeper,
        sync: SyncController,
    ) -> None:
        self._desk = desk
        self._application = application
        self._maintenance = maintenance
        self._keeper = keeper
        self._sync = sync

    def factories(self) -> Mapping[str, Callable[[], QWidget]]:
        """Return what makes each page, by its key."""
        return {
            "today": self.today,
            "plan": self.plan,
            "customers": self.customers,
            "visit": self.visit,
            "forecast": self.forecast,
            "effects": self.effects,
            "data_in": self.data_in,
            "sync": self.sync,
            "settings": self.settings,
            "product": self.product,
        }

    def today(self) -> QWidget:
        """Make Today."""
        from app.ui.pages.today.today_page import TodayPage
        from app.ui.pages.today.today_view_model import TodayViewModel

        app, desk = self._application, self._desk
        briefs = cast("Briefs", Later(lambda: app.briefs))
        visits = cast("Visits", Later(lambda: app.visits))
        model = TodayViewModel(app.days, briefs, visits, app.search, app.clock, desk.tasks, desk.bus)
        return TodayPage(model, app.playbook, self._task_board())

    def plan(self) -> QWidget:
        """Make the visit plan."""
        from app.bootstrap.plan_sheets import PlanSheets
        from app.ui.pages.plan.plan_page import PlanPage
        from app.ui.pages.plan.plan_view_model import PlanViewModel
        from app.ui.pages.plan.sheet_exports import SheetExports

        app, desk = self._application, self._desk
        plans = cast("Plans", Later(lambda: app.plans))
        model = PlanViewModel(plans, app.days, app.clock, desk.tasks, desk.bus)
        return PlanPage(model, app.playbook, SheetExports(PlanSheets(app).write, desk.tasks), self.territory)

    def _task_board(self) -> "TaskBoard":
        from app.ui.tasks.task_board import TaskBoard

        return TaskBoard(self._application.tasks, self._desk.tasks, self._desk.bus)

    def customers(self) -> QWidget:
        """Make the customers page."""
        from app.ui.pages.customers.customer_list_view_model import CustomerListViewModel
        from app.ui.pages.customers.customers_page import CustomersPage
        from app.ui.pages.customers.profile_view_model import ProfileViewModel
        from app.ui.pages.customers.proposal_board import ProposalBoard

        app, desk = self._application, self._desk
        return CustomersPage(
            CustomerListViewModel(app.customers, app.clock, desk.tasks, desk.bus),
            ProfileViewModel(app.customer_profiles, app.customers, app.visits, app.clock, desk.tasks, desk.bus),
            app.playbook,
            app.clock,
            ProposalBoard(app.proposals, app.clock, desk.tasks, desk.bus),
            self._assortment_panel,
            self.territory,
        )

    def territory(self) -> "TerritoryView":
        """Make the map of the territory, for a page that shows it."""
        from app.ui.territory.territory_view import TerritoryView
        from app.ui.territory.territory_view_model import TerritoryViewModel

        app, desk = self._application, self._desk
        plans = cast("Plans", Later(lambda: app.plans))

        def ask_risks(shops: "Iterable[UUID]", day: "date") -> "dict[UUID, int | None]":
            return app.briefs.main_at_risk(shops, day)  # the guidance is made when somebody asks

        model = TerritoryViewModel(plans, app.clock, desk.tasks, desk.bus, ask_risks)
        return TerritoryView(model, app.playbook)

    def _assortment_panel(self, *, is_folded: bool = False) -> "AssortmentPanel":
        from app.ui.assortment.assortment_panel import AssortmentPanel

        app = self._application
        return AssortmentPanel(
            cast("Assortments", Later(lambda: app.assortments)), self._desk.tasks, is_folded=is_folded
        )

    def visit(self) -> QWidget:
        """Make the visit page with its eight steps."""
        from app.ui.pages.visit.visit_page import VisitPage
        from app.ui.pages.visit.visit_view_model import VisitViewModel

        model = VisitViewModel(self._application.visits, self._desk.tasks, self._desk.bus, self._application.clock)
        board = self._task_board()
        return VisitPage(model, self._steps(model, board), board)

    def _steps(self, model: "VisitViewModel", board: "TaskBoard") -> list["VisitStep"]:
        from app.ui.pages.visit.photo_desk import PhotoDesk
        from app.ui.pages.visit.step_advice import StepAdvice
        from app.ui.pages.visit.step_arrival import StepArrival
        from app.ui.pages.visit.step_brief import StepBrief
        from app.ui.pages.visit.step_diagnosis import StepDiagnosis
        from app.ui.pages.visit.step_improvement import StepImprovement
        from app.ui.pages.visit.step_shelf import StepShelf
        from app.ui.pages.visit.step_stock import StepStock
        from app.ui.pages.visit.step_wrap_up import StepWrapUp
        from app.ui.pages.visit.task_section import TaskSection

        app, tasks, draft, playbook = self._application, self._desk.tasks, model.draft, self._application.playbook
        photos = PhotoDesk(draft, app.photos, tasks, model, self._desk.bus)
        return [
            StepBrief(draft, app.briefs, tasks, playbook, TaskSection(draft, board, photos)),
            StepArrival(model, playbook),
            StepStock(draft, app.stock_sheets, tasks, playbook),
            StepShelf(draft, app.shelf_reading, app.photos, photos, tasks, playbook),
            StepDiagnosis(draft, app.diagnoses, photos, tasks, playbook),
            StepAdvice(draft, app.guidance, tasks, playbook, self._assortment_panel(is_folded=True)),
            StepImprovement(draft, app.improvements, tasks, playbook),
            StepWrapUp(model, app.wrap_ups, app.summaries, tasks, playbook, TaskSection(draft, board, photos)),
        ]

    def effects(self) -> QWidget:
        """Make the marketing-effect page."""
        from app.ui.pages.effects.effects_page import EffectsPage
        from app.ui.pages.effects.effects_view_model import EffectsViewModel

        app, desk = self._application, self._desk
        return EffectsPage(EffectsViewModel(app.kpis, desk.tasks, desk.bus), app.playbook)

    def forecast(self) -> QWidget:
        """Make the forecast page."""
        from app.ui.pages.forecast.forecast_page import ForecastPage
        from app.ui.pages.forecast.forecast_view_model import ForecastViewModel
        from app.ui.pages.forecast.kinds_view_model import KindsViewModel
        from app.ui.pages.forecast.track_view_model import TrackViewModel

        app, desk, sync = self._application, self._desk, self._sync
        model = ForecastViewModel(
            app.forecast_desk, self._maintenance, desk.tasks, desk.bus, app.clock, lambda: sync.is_member
        )
        track = TrackViewModel(app.forecast_desk, desk.tasks, desk.bus)
        kinds = KindsViewModel(app.forecast_desk.kinds, desk.tasks, desk.bus)
        return ForecastPage(model, track, kinds, app.playbook)

    def data_in(self) -> QWidget:
        """Make the import page."""
        from app.ui.look.translations import current_language
        from app.ui.pages.data_in.import_page import ImportPage
        from app.ui.pages.data_in.import_view_model import ImportViewModel

        model = ImportViewModel(self._application.imports, self._desk.tasks, self._desk.bus, current_language())
        return ImportPage(model)

    def sync(self) -> QWidget:
        """Make the sync page."""
        from app.bootstrap.archive_words import ArchiveWords
        from app.services.stuck_photos import StuckPhotos
        from app.services.sync_inbox import SyncInbox
        from app.ui.pages.sync.link_box import LinkBox
        from app.ui.pages.sync.receipt_view_model import ReceiptViewModel
        from app.ui.pages.sync.sync_inbox_view_model import SyncInboxViewModel
        from app.ui.pages.sync.sync_page import SyncPage

        app, desk = self._application, self._desk
        photos = StuckPhotos(app.database, app.photo_files)
        inbox = SyncInboxViewModel(SyncInbox(app.database, app.clock), photos, self._sync, desk.tasks)
        receipts = ReceiptViewModel(SyncPapers(app), self._sync, desk.tasks, app.clock.today)
        link = LinkBox(desk.link, desk.preferences)
        return SyncPage(self._sync, inbox, receipts, link, ArchiveWords(app.playbook))

    def product(self) -> QWidget:
        """Make the page of one SKU."""
        from app.ui.pages.products.product_page import ProductPage
        from app.ui.pages.products.product_view_model import ProductViewModel

        app, desk = self._application, self._desk
        return ProductPage(ProductViewModel(app.product_cards, desk.tasks, desk.bus), app.playbook)

    def settings(self) -> QWidget:
        """Make the settings page."""
        from app.ui.pages.settings.settings_page import SettingsPage
        from app.ui.pages.settings.settings_view_model import SettingsViewModel
        from app.ui.pages.sync.give_back_card import GiveBackCard

        desk = self._desk

        def flush() -> None:
            if desk.window is not None:
                desk.window.flush()

        model = SettingsViewModel(self._maintenance, desk.preferences, desk.tasks)
        return SettingsPage(model, self._keeper, GiveBackCard(self._sync, flush))
