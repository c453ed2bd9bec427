"""The open store with every use-case wired to it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from app.domain.playbook import Playbook
from app.domain.problems import Problem, TroubleError
from app.domain.text import Language
from app.playbooks import load_playbook
from app.runtime.clock import Clock
from app.runtime.paths import DataFolder
from app.services.days import Days
from app.services.search import Search
from app.services.visit_under_way import is_visit_under_way
from app.storage.database import Database
from app.storage.facts import MANAGER, PRACTICE_DAY, read_fact
from app.storage.store import OpenedStore, close_store, open_store
from app.storage.vault import Vault

if TYPE_CHECKING:
    from app.domain.order_advice import OrderAdvisor
    from app.services.assortments import Assortments
    from app.services.briefs import Briefs
    from app.services.customer_profile import CustomerProfiles
    from app.services.customers import Customers
    from app.services.diagnoses import Diagnoses
    from app.services.forecast_desk import ForecastDesk
    from app.services.forecasts import Forecasts
    from app.services.guidance import Guidance
    from app.services.imports.service import Imports
    from app.services.improvements import Improvements
    from app.services.kpis import Kpis
    from app.services.photos import Photos
    from app.services.plan_papers import PlanPapers
    from app.services.plans import Plans
    from app.services.product_cards import ProductCards
    from app.services.proposals import Proposals
    from app.services.shelf_reading import ShelfReading
    from app.services.stock_sheets import StockSheets
    from app.services.summaries import Summaries
    from app.services.tasks import Tasks
    from app.services.visit_reading import RestoredVisit
    from app.services.visits import Visits
    from app.services.wrap_ups import WrapUps
    from app.storage.photo_files import PhotoFiles

# Today is shown before SQLAlchemy and what other pages need are imported: a service brings its own at its first use.
# ruff: noqa: PLC0415


@dataclass(frozen=True)
class Application:
    """An open store with every use-case wired to it."""

    folder: DataFolder
    clock: Clock
    language: Language
    database: Database
    closed_cleanly: bool

    @cached_property
    def playbook(self) -> Playbook:
        """The lists, items and texts of the trade."""
        return load_playbook(cache=self.folder.cache)

    @cached_property
    def days(self) -> Days:
        """The shops of a day."""
        return Days(self.database, self.clock, self.playbook)

    @cached_property
    def plan_papers(self) -> "PlanPapers":
        """What the papers of the plan are printed from."""
        from app.services.plan_papers import PlanPapers

        return PlanPapers(self.database, self.clock, self.playbook)

    @cached_property
    def visits(self) -> "Visits":
        """The visits, field by field."""
        from app.services.visits import Visits

        return Visits(self.database, self.clock, self.playbook)

    @cached_property
    def briefs(self) -> "Briefs":
        """What to know before entering a shop."""
        from app.services.briefs import Briefs

        return Briefs(self.database, self.clock, self.playbook, self.advisor)

    @cached_property
    def stock_sheets(self) -> "StockSheets":
        """What to count at a shop, with the last values beside."""
        from app.services.stock_sheets import StockSheets

        return StockSheets(self.database)

    @cached_property
    def shelf_reading(self) -> "ShelfReading":
        """The last look at a shop's shelf."""
        from app.services.shelf_reading import ShelfReading

        return ShelfReading(self.database)

    @cached_property
    def photos(self) -> "Photos":
        """The photos of visits."""
        from app.services.photos import Photos

        return Photos(self.database, self.photo_files, self.clock)

    @cached_property
    def advisor(self) -> "OrderAdvisor":
        """The engine of the order guidance."""
        from app.services.guidance import order_advisor

        return order_advisor(self.playbook)

    @cached_property
    def guidance(self) -> "Guidance":
        """What to suggest for the next order."""
        from app.services.guidance import Guidance

        return Guidance(self.database, self.clock, self.playbook, self.advisor)

    @cached_property
    def assortments(self) -> "Assortments":
        """What a shop could add, drop or take instead."""
        from app.services.assortments import Assortments

        return Assortments(self.database, self.clock, self.playbook)

    @cached_property
    def forecasts(self) -> "Forecasts":
        """What will be asked for in the months to come."""
        from app.services.forecasts import Forecasts

        return Forecasts(self.database)

    @cached_property
    def forecast_desk(self) -> "ForecastDesk":
        """The manager's monthly forecast: corrections, submission, follow-up."""
        from app.services.forecast_desk import ForecastDesk

        return ForecastDesk(self.database, self.clock, self.playbook, self.manager)

    def rest(self) -> None:
        """Let go of what is large and was not asked for since the last call; the window calls it every minute."""
        if "forecast_desk" in self.__dict__:
            self.forecast_desk.rest()

    @cached_property
    def kpis(self) -> "Kpis":
        """The figures of a month, and their targets."""
        from app.services.kpis import Kpis

        standard = self.playbook.parameters.forecast.target_accuracy_pct / 100
        return Kpis(self.database, self.clock, self.forecast_desk, standard)

    @cached_property
    def plans(self) -> "Plans":
        """The month of visits: computed, kept, changed by hand."""
        from app.services.plans import Plans

        return Plans(self.database, self.clock, self.playbook)

    @cached_property
    def diagnoses(self) -> "Diagnoses":
        """What the data say about the fourteen items, and how they were judged before."""
        from app.services.diagnoses import Diagnoses

        return Diagnoses(self.database, self.playbook)

    @cached_property
    def improvements(self) -> "Improvements":
        """Earlier plans, and which items are worth one."""
        from app.services.improvements import Improvements

        return Improvements(self.database, self.playbook)

    @cached_property
    def summaries(self) -> "Summaries":
        """What the customer's PDF says."""
        from app.services.summaries import Summaries

        return Summaries(self.database, self.clock, self.playbook, self.advisor)

    @cached_property
    def wrap_ups(self) -> "WrapUps":
        """What is read back to the shopkeeper at the end of a visit."""
        from app.services.wrap_ups import WrapUps

        return WrapUps(self.database, self.clock, self.playbook, self.advisor)

    @cached_property
    def customers(self) -> "Customers":
        """The list of customers and their archive."""
        from app.services.customers import Customers

        return Customers(self.database, self.clock, self.playbook)

    @cached_property
    def customer_profiles(self) -> "CustomerProfiles":
        """One customer as the profile page shows it."""
        from app.services.customer_profile import CustomerProfiles

        return CustomerProfiles(self.database, self.clock, self.playbook)

    @cached_property
    def tasks(self) -> "Tasks":
        """The tasks of head office."""
        from app.services.tasks import Tasks

        return Tasks(self.database, self.clock)

    @cached_property
    def proposals(self) -> "Proposals":
        """The changes of the archive that head office decides."""
        from app.services.proposals import Proposals

        return Proposals(self.database, self.clock, self.playbook)

    @cached_property
    def product_cards(self) -> "ProductCards":
        """One SKU with what the territory buys of it."""
        from app.services.product_cards import ProductCards

        return ProductCards(self.database, self.clock)

    @cached_property
    def search(self) -> Search:
        """The one search box."""
        return Search(self.database)

    @cached_property
    def imports(self) -> "Imports":
        """Bringing files of head office in."""
        from app.services.imports.service import Imports

        return Imports(self.database, self.playbook)

    @cached_property
    def photo_files(self) -> "PhotoFiles":
        """The encrypted photo files."""
        from app.storage.photo_files import PhotoFiles

        return PhotoFiles(self.folder.photos, self.database.key)

    def open_visit(self) -> "RestoredVisit | None":
        """Return the visit that was under way when the program ended last; None if none was."""
        return self.visits.open_visit() if is_visit_under_way(self.database) else None

    def warm_up(self) -> None:
        """Read what the first page needs, away from the GUI thread."""
        _ = self.playbook.enumerations

    @cached_property
    def manager(self) -> str:
        """The name under which changes are recorded."""
        return read_fact(self.database, MANAGER) or "manager"


def create_store(folder: DataFolder, password: str, *, use_keyring: bool = True) -> None:
    """Set the password and make an empty store. Raises TroubleError if there is one already."""
    if folder.exists or folder.store.exists():
        raise TroubleError(Problem.STORE_BUSY, str(folder.root))
    folder.root.mkdir(parents=True, exist_ok=True)
    key = Vault(folder.vault, use_keyring=use_keyring).create(password)
    close_store(open_store(folder, key, create=True).database)


def unlock_application(
    folder: DataFolder, clock: Clock, *, password: Callable[[], str], language: Language
) -> Application:
    """Open the store by the keyring or the password and wire the program to it."""
    if not folder.exists:
        raise TroubleError(Problem.NOT_FOUND, str(folder.root))
    vault = Vault(folder.vault)
    key = vault.unlock_from_keyring() or vault.unlock(password())
    return assemble(folder, clock, language, open_store(folder, key))


def assemble(folder: DataFolder, clock: Clock, language: Language, opened: OpenedStore) -> Application:
    """Wire every use-case to an open store, on its practice day if it has one and no other day was asked for."""
    return on_practice_day(Application(folder, clock, language, opened.database, opened.closed_cleanly))


def on_practice_day(application: Application) -> Application:
    """Return the program on the day that the store remembers, as it is where there is none or a day was asked for."""
    day = read_fact(application.database, PRACTICE_DAY) if application.clock.as_of is None else None
    return application if day is None else replace(application, clock=Clock(as_of=date.fromisoformat(day)))


def close_application(application: Application) -> None:
    """Close the store in order."""
    close_store(application.database)
