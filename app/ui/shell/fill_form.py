"""After the store was made: enrol it at head office, import files, load the demo territory, or leave it empty."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.text import Language
from app.ui.look.formats import format_count
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.shell.start_form import FormFrame
from app.ui.shell.startup_view_model import Demo, Stage, StartUp
from app.ui.widgets.buttons import Button, ButtonKind
from app.ui.widgets.labels import TextLabel, make_divider
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.progress_line import ProgressLine


class FillForm(FormFrame):
    """Four ways to begin; the demo shows how far it is and can be stopped."""

    def __init__(self, view_model: StartUp, parent: QWidget | None = None) -> None:
        super().__init__("fillForm", parent)
        self._view_model = view_model
        self._messages = Messages(self)
        self._build()
        self._wire()
        self._retranslate()

    def _build(self) -> None:
        self._enrol = _Way("fillEnrol", "primary")
        self._import = _Way("fillImport", "plain")
        self._demo = _Way("fillDemo", "plain")
        self._empty = _Way("fillEmpty", "plain")
        self._progress = ProgressLine()
        self._progress.setObjectName("fillProgress")
        self._stop = Button(small=True)
        self._stop.setObjectName("fillStop")
        self._ways = (self._enrol, self._import, self._demo, self._empty)
        for way in self._ways:
            self.body.addWidget(way)
            self.body.addWidget(make_divider())
        self.body.addWidget(self._progress)
        self.body.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._enrol.button)

    def _wire(self) -> None:
        self._view_model.changed.connect(self._render)
        self._enrol.button.clicked.connect(self._on_enrol)
        self._import.button.clicked.connect(self._on_import)
        self._demo.button.clicked.connect(self._on_demo)
        self._empty.button.clicked.connect(self._on_empty)
        self._stop.clicked.connect(self._view_model.stop_filling)

    @Slot()
    def _render(self) -> None:
        progress = self._view_model.progress
        for way in self._ways:
            way.setEnabled(progress is None and not self._view_model.is_busy)
        self._demo.setVisible(self._view_model.has_demo)
        self._progress.setVisible(progress is not None)
        self._stop.setVisible(progress is not None)
        if progress is not None:
            count = f"{format_count(progress.done)} / {format_count(progress.total)}" if progress.total else ""
            self._progress.set_progress(progress.done / progress.total if progress.total else 0, count)
        error = self._view_model.error if self._view_model.stage is Stage.FILL else None
        self.show_trouble(self._messages.of_error(error).whole if error is not None else "")

    def _retranslate(self) -> None:
        self.set_words(
            self.tr("The store is ready. What shall be in it?"),
            self.tr("Your own files can be brought in at any time later, on the page Import data."),
        )
        self._enrol.set_words(
            self.tr("From your company's head office"),
            self.tr(
                "With the address and the one-time code, or its picture, that head office gave you. Your customers, "
                "products and tasks then come by themselves."
            ),
            self.tr("Enrol with head office"),
        )
        self._import.set_words(
            self.tr("Your own data"),
            self.tr("Customers, products and orders from CSV or Excel files. A dry run shows first what would happen."),
            self.tr("Import files"),
        )
        self._demo_here = Demo.INVENTED if current_language() is Language.ZH else Demo.REAL
        words = {
            Demo.REAL: self.tr(
                "Real shops and orders of a territory in Iowa, USA, to try everything out. It stands on its own "
                "practice day in 2022. Works offline."
            ),
            Demo.INVENTED: self.tr(
                "A small invented territory in Chinese, to try everything out. It stands on its own practice day. "
                "Works offline."
            ),
        }
        # Said before it is chosen: a practice store stays one.
        never = self.tr("A practice store can never be enrolled with head office.")
        about = f"{words[self._demo_here]} {never}"
        self._demo.set_words(self.tr("The demo territory"), about, self.tr("Load the demo"))
        self._empty.set_words(
            self.tr("Nothing yet"),
            self.tr("An empty store, filled later."),
            self.tr("Start empty"),
        )
        self._progress.set_label(self.tr("Loading the demo territory"))
        self._stop.setText(self.tr("Stop"))
        self._render()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event):
            self._retranslate()

    @Slot()
    def _on_demo(self) -> None:
        self._view_model.fill_with_demo(self._demo_here)

    @Slot()
    def _on_enrol(self) -> None:
        self._view_model.fill_later("sync")

    @Slot()
    def _on_import(self) -> None:
        self._view_model.fill_later("data_in")

    @Slot()
    def _on_empty(self) -> None:
        self._view_model.fill_later()


class _Way(QWidget):
    """One way to begin: its name, what it means, its button."""

    def __init__(self, name: str, kind: ButtonKind) -> None:
        super().__init__()
        self.button = Button("", kind)
        self.button.setObjectName(name)
        self._name = TextLabel("", "strong", wrap=True)
        self._words = TextLabel("", "muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(current_theme().size("gap_tiny"))
        words.addWidget(self._name)
        words.addWidget(self._words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().size("gap"))
        row.addLayout(words, 1)
        row.addWidget(self.button)

    def set_words(self, name: str, words: str, action: str) -> None:
        """Change the words."""
        self._name.setText(name)
        self._words.setText(words)
        self.button.setText(action)
        self.button.setAccessibleDescription(words)
