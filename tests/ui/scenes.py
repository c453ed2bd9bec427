"""Every page, step and dialog of the real program, each opened as a person would."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QRadioButton, QWidget

from app.domain.visit import STEPS, Step
from app.ui.pages.forecast.desk_table import DeskTable
from app.ui.pages.forecast.forecast_page import ForecastPage
from app.ui.pages.plan.plan_page import PlanPage
from app.ui.pages.plan.plan_shown import Span
from app.ui.shell.closing_view_model import ClosingStage
from app.ui.shell.crash_dialog import CrashDialog
from app.ui.shell.main_window import MainWindow
from app.ui.widgets.photo_tile import PhotoTile
from tests.journeys.visit_hands import visit_page
from tests.real_program import Program, main_visit

Scene = Callable[[Program], QWidget]


def _page(key: str) -> Scene:
    def show(program: Program) -> QWidget:
        program.go(key)
        return program.window

    return show


def _step(step: Step) -> Scene:
    def show(program: Program) -> QWidget:
        _, visit = _main(program)
        if program.workspace.shown_key != "visit" or visit_page(program).model.visit_id != visit:
            program.workspace.open_visit(visit)
            program.rest()
        visit_page(program).model.go(step)
        program.wait(lambda: visit_page(program).step_widget(step).isVisible(), f"the step {step.value}")
        program.rest()
        return program.window

    return show


def _main(program: Program) -> tuple[object, object]:
    """Return customer and visit of the main shop; looked up once, while nobody minds a session on this thread."""
    known = program.remembered.get("main")
    if known is None:
        application = program.desk.application
        assert application is not None
        known = program.remembered["main"] = main_visit(application)
        program.sessions_on_gui_thread.clear()
    assert isinstance(known, tuple)
    return known


def customers(program: Program) -> QWidget:
    """Look at the list of all customers."""
    program.go("customers")
    for back in ("backToList", "leaveMap"):
        if program.is_shown(back):
            program.click(back)
    program.find(QLineEdit, "listFilter")
    program.rest()
    return program.window


def territory(program: Program) -> QWidget:
    """Look at all customers on the map."""
    customers(program)
    program.click("showMap")
    program.rest()
    return program.window


def territory_in_plan(program: Program) -> QWidget:
    """Look at the territory from the plan."""
    program.go("plan")
    if not program.is_shown("mapSpan"):
        program.rest()
        program.click(program.find(QWidget, "planSpan").findChildren(QRadioButton)[-1])
    program.rest()
    return program.window


def customer(program: Program) -> QWidget:
    """Open the profile of the main shop."""
    program.workspace.open_customer(_main(program)[0])
    program.rest()
    return program.window


def customer_being_edited(program: Program) -> QWidget:
    """Open the archive of the main shop for changes."""
    customer(program)
    if not program.find(QWidget, "editArchive").isChecked():  # type: ignore[attr-defined]
        program.click("editArchive")
    return program.window


def adding_a_shop(program: Program) -> QWidget:
    """Look for a shop to add to the day."""
    program.go("today")
    program.click("addShop")
    program.find(QLineEdit, "addSearch")
    program.rest()
    return program.window


def tasks(program: Program) -> QWidget:
    """Look at the tasks of head office, and begin to say why one cannot be done."""
    program.go("today")
    if not program.is_shown("tasksBack"):
        program.click("openTasks")
    program.find(QWidget, "ownTasks")
    if not program.is_shown("taskWords"):
        program.click("cannotTask")
    program.rest()
    return program.window


def task_in_a_visit(program: Program) -> QWidget:
    """Report a task of the shop with its evidence."""
    _step(Step.BRIEF)(program)
    if not program.is_shown("taskWords"):
        program.click("doneTask")
    program.find(QWidget, "pickPhoto")
    program.rest()
    return program.window


def plan_of(span: Span) -> Scene:
    """Look at the plan of the month, the week or the day: that of today was filled when Today was shown first."""

    def show(program: Program) -> QWidget:
        program.go("today")
        page = program.go("plan")
        assert isinstance(page, PlanPage)
        page.show_span(span)
        page.model.go_today()
        program.rest()
        return program.window

    return show


def plan_dialog(button: str, dialog: str) -> Scene:
    """Open the set-up or the statistics of the plan."""

    def show(program: Program) -> QWidget:
        window = plan_of(Span.MONTH)(program)
        if not program.is_shown(button):
            window.resize(1366, 768)
            program.lay_out()
        program.click(button)
        found = program.find(QDialog, dialog)
        program.rest()
        return found

    return show


def proposals(program: Program) -> QWidget:
    """Look through the changes that head office decides."""
    application = program.desk.application
    assert application is not None
    customer = _main(program)[0]
    if "proposed" not in program.remembered:
        program.remembered["proposed"] = application.customers.change_field(customer, "shop_name", "老周")  # type: ignore[arg-type]
        program.sessions_on_gui_thread.clear()
    program.workspace.open_customer(customer)
    program.rest()
    program.click("profileProposals")
    program.find(QWidget, "proposalChange")
    program.rest()
    return program.window


def ending_otherwise(program: Program) -> QWidget:
    """Say at the door that the visit moves to another day."""
    _step(Step.ARRIVAL)(program)
    if not program.is_shown("endNote"):
        program.click("outcome_moved")
    program.find(QWidget, "movedTo")
    return program.window


def agreeing(program: Program) -> QWidget:
    """Stand in the wrap-up with a step that is agreed."""
    _step(Step.WRAP_UP)(program)
    program.find(QWidget, "promiseText")
    return program.window


def photo_in_large(program: Program) -> QWidget:
    """Look at a photo."""
    _step(Step.SHELF)(program)
    strip = program.find(QWidget, "photoStrip")
    program.wait(lambda: bool(strip.findChildren(PhotoTile)), "the photos")
    program.click(strip.findChildren(PhotoTile)[0])
    return program.find(QDialog, "photoViewer")


def searching(program: Program) -> QWidget:
    """Type into the one search box and have its answers."""
    program.go("today")
    program.key(Qt.Key.Key_K, ctrl=True)
    program.type("lz")
    program.find(QWidget, "searchResults")
    program.rest()
    return program.window


def product(program: Program) -> QWidget:
    """Open a SKU from the search box."""
    program.go("today")
    program.key(Qt.Key.Key_K, ctrl=True)
    program.type("910001")
    program.find(QWidget, "searchResults")
    program.rest()
    program.key(Qt.Key.Key_Return)
    program.find(QWidget, "productBuyers")
    program.rest()
    return program.window


def forecast(program: Program) -> QWidget:
    """Correct a SKU of the month to come, and be asked why."""
    page = program.go("forecast")
    assert isinstance(page, ForecastPage)
    page.show_desk()
    if page.desk.side.is_asking:
        page.desk.go_back()
    program.rest()
    table = program.find(DeskTable, "deskTable")
    table.go_to(table.first_row())
    if not program.is_shown("reasonNote"):
        table.setFocus()
        program.type("70")
        program.key(Qt.Key.Key_Return, Qt.Key.Key_Up)
    program.find(QLineEdit, "reasonNote")
    program.rest()
    return program.window


def forecast_to_submit(program: Program) -> QWidget:
    """Say why a SKU was corrected, and be told what submitting a month freezes."""
    forecast(program)
    program.click("deskSubmit")
    if not program.is_shown("submitNow"):
        program.key(Qt.Key.Key_1)
    program.find(QWidget, "submitNow")
    program.rest()
    return program.window


def forecast_kinds(program: Program) -> QWidget:
    """Call a stable brand difficult, and be asked why."""
    page = program.go("forecast")
    assert isinstance(page, ForecastPage)
    page.show_kinds()
    program.rest()
    page.of_kinds.focus_table()
    program.key(Qt.Key.Key_Space)
    program.find(QLineEdit, "kindNote")
    return program.window


def follow_up(program: Program) -> QWidget:
    """Hold the forecast of the last month against what came."""
    page = program.go("forecast")
    assert isinstance(page, ForecastPage)
    page.show_tracking()
    program.rest()
    program.find(QWidget, "trackTable")
    return program.window


def help_sheet(program: Program) -> QWidget:
    """Read the keys."""
    program.go("today")
    program.key(Qt.Key.Key_F1)
    return program.find(QDialog, "helpSheet")


def a_bug_told(program: Program) -> QWidget:
    """Be told of a bug."""
    program.go("today")
    dialog = CrashDialog(program.folder.logs, program.window)
    dialog.show_bug("ValueError in a_place:1")
    return program.find(QDialog, "crashDialog")


def leaving_with_words_unsaved(program: Program) -> QWidget:
    """Be asked before the last words are left behind (here the disk is only said to be full)."""
    program.go("today")
    window = program.window
    assert isinstance(window, MainWindow)
    window.closing._go(ClosingStage.UNSAVED)
    program.find(QWidget, "closingStay")
    return window


def locked(program: Program) -> QWidget:
    """Lock the window."""
    program.go("today")
    program.key(Qt.Key.Key_L, ctrl=True)
    program.find(QLineEdit, "lockPassword")
    return program.window


SCENES: dict[str, Scene] = {
    "today": _page("today"),
    "plan": plan_of(Span.MONTH),
    "plan of a week": plan_of(Span.WEEK),
    "plan of a day": plan_of(Span.DAY),
    "plan set up": plan_dialog("planSetup", "setupDialog"),
    "plan statistics": plan_dialog("planStatistics", "statisticsDialog"),
    "adding a shop": adding_a_shop,
    "tasks": tasks,
    "task in a visit": task_in_a_visit,
    "customers": customers,
    "territory": territory,
    "customer": customer,
    "customer being edited": customer_being_edited,
    **{f"step {step.number} {step.value}": _step(step) for step in STEPS},
    "proposals": proposals,
    "ending otherwise": ending_otherwise,
    "agreeing": agreeing,
    "photo in large": photo_in_large,
    "effects": _page("effects"),
    "forecast": forecast,
    "forecast to submit": forecast_to_submit,
    "forecast kinds": forecast_kinds,
    "follow-up": follow_up,
    "data in": _page("data_in"),
    "sync": _page("sync"),
    "settings": _page("settings"),
    "status": _page("status"),
    "searching": searching,
    "product": product,
    "help": help_sheet,
    "locked": locked,
    "a bug told": a_bug_told,
    "leaving with words unsaved": leaving_with_words_unsaved,
}


def leave(program: Program, password: str) -> None:
    """Come back to a plain window after a scene."""
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            dialog.reject()
            if dialog.objectName() == "crashDialog":  # the others belong to the program
                dialog.deleteLater()
    _ = program.focused  # a window manager gives the keyboard back when a dialog closes
    if program.is_shown("lockPassword"):
        program.type(password, into="lockPassword")
        program.key(Qt.Key.Key_Return)
        program.wait(lambda: not program.is_shown("lockPassword"), "the lock to open")
    if program.is_shown("closingStay"):
        program.click("closingStay")
    if program.is_shown("addSearch"):
        program.click("addBack")
    for close in ("cancelTask", "tasksBack", "leaveProposals", "submitLater"):
        if program.is_shown(close):
            program.click(close)
    if program.is_shown("searchResults"):
        program.key(Qt.Key.Key_Escape)
    program.rest()
