"""The page that brings files in: what, from where, how; a dry run first, then the import."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QHBoxLayout, QWidget
from typing_extensions import override

from app.lists.profiles import ProfileError
from app.lists.reasons import FileRefusedError
from app.lists.targets import OF_THE_LAPTOP, Target
from app.runtime.cancel import CancelledError
from app.ui.look.messages import Messages
from app.ui.look.theme import current_theme
from app.ui.look.translations import current_language
from app.ui.pages.data_in.file_drop import FileDrop
from app.ui.pages.data_in.import_view_model import NEXT_TARGETS, ImportViewModel
from app.ui.pages.data_in.result_card import ResultCard
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.labels import TextLabel
from app.ui.widgets.message_bar import MessageBar
from app.ui.widgets.page_title import PageTitle
from app.ui.widgets.painting import is_language_event
from app.ui.widgets.segmented_choice import Choice, SegmentedChoice
from app.ui.widgets.tones import Tone

_OWN = "own"


class ImportPage(QWidget):
    """The choice at the left, what comes out of it at the right."""

    title_changed = Signal(object)
    open_page_requested = Signal(object)

    def __init__(self, view_model: ImportViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view_model = view_model
        self._messages = Messages(self)
        self._build()
        self._wire()
        self._retranslate()

    def shown(self) -> None:
        """Read the profiles."""
        self._tell_title()
        self._view_model.learn()

    def _build(self) -> None:
        self._card = Card(scroll=True)
        self._bar = MessageBar()
        self._bar.setObjectName("importMessage")
        self._labels = tuple(TextLabel("", "strong") for _ in range(3))
        self._target = SegmentedChoice(self._target_choices())
        self._target.setObjectName("importTarget")
        self._target_words = TextLabel("", "hint", wrap=True)
        self._drop = FileDrop()
        self._profile = QComboBox()
        self._profile.setObjectName("importProfile")
        self._profile_words = TextLabel("", "hint", wrap=True)
        self._check = Button("", "primary")
        self._check.setObjectName("importCheck")
        self._import = Button("", icon="import")
        self._import.setObjectName("importRun")
        self._labels[1].setBuddy(self._drop)
        self._labels[2].setBuddy(self._profile)
        column = self._card.body
        column.addWidget(self._bar)
        for label, *widgets in (
            (self._labels[0], self._target, self._target_words),
            (self._labels[1], self._drop),
            (self._labels[2], self._profile, self._profile_words),
        ):
            column.addWidget(label)
            for widget in widgets:
                column.addWidget(widget)
            column.addSpacing(current_theme().size("gap_small"))
        column.addStretch(1)
        self._card.add_footer_stretch()
        self._card.add_footer_widget(self._import)
        self._card.add_footer_widget(self._check)
        self._result = ResultCard(self._view_model)
        theme = current_theme()
        row = QHBoxLayout(self)
        side = theme.size("pad")
        row.setContentsMargins(side, side, side, side)
        row.setSpacing(theme.size("gap"))
        row.addWidget(self._card, 5)
        row.addWidget(self._result, 7)

    def _wire(self) -> None:
        model = self._view_model
        model.changed.connect(self._render)
        model.refused_saved.connect(self._on_refused_saved)
        self._target.chosen.connect(self._on_target)
        self._drop.chosen.connect(model.choose_file)
        self._profile.activated.connect(self._on_profile)
        self._check.clicked.connect(model.check)
        self._import.clicked.connect(model.run)
        self._result.next_requested.connect(self._on_next)

    @Slot()
    def _render(self) -> None:
        model = self._view_model
        leads_keyboard = QApplication.focusWidget() in {self._check, self._import, self._result.stop}
        self._result.render_result()
        self._target.set_value(model.target.value)
        self._target.setEnabled(not model.is_busy)
        self._drop.set_file(model.file)
        self._drop.setEnabled(not model.is_busy)
        self._profile.setEnabled(not model.is_busy)
        self._render_profiles()
        if leads_keyboard and model.is_busy:
            self._result.stop.setFocus()
        self._check.setEnabled(model.is_ready)
        self._import.setEnabled(model.is_ready)
        self._check.set_kind("plain" if model.was_checked else "primary")
        self._import.set_kind("primary" if model.was_checked else "plain")
        self._render_words()
        self._render_error()
        if leads_keyboard and not model.is_busy:
            self._next_button().setFocus()

    def _next_button(self) -> QWidget:
        """Return what a person wants next; what they pressed last may be gone, and with it the keyboard's place."""
        model = self._view_model
        if model.result is None or model.error is not None:
            return self._check
        return self._import if model.result.dry_run else self._result.next

    def _render_profiles(self) -> None:
        language = current_language()
        wanted = [(choice.label.of(language), choice.key) for choice in self._view_model.profiles]
        wanted.append((self.tr("Another profile file…"), _OWN))
        there = [(self._profile.itemText(n), self._profile.itemData(n)) for n in range(self._profile.count())]
        if wanted != there:
            self._profile.clear()
            for text, key in wanted:
                self._profile.addItem(text, key)
        self._profile.setCurrentIndex(max(0, self._profile.findData(self._view_model.profile)))

    def _render_words(self) -> None:
        words = {
            Target.CUSTOMERS: self.tr("One row a shop. Values you entered yourself are not overwritten."),
            Target.PRODUCTS: self.tr("One row a product."),
            Target.ORDERS: self.tr("One row a line of an order; customers and products must be here before."),
        }
        self._target_words.setText(words[self._view_model.target])

    def _render_error(self) -> None:
        error = self._view_model.error
        if error is None:
            self._bar.clear()
        elif isinstance(error, CancelledError):
            self._bar.show_message(self.tr("Stopped. Nothing was changed."), Tone.BLUE)
        elif isinstance(error, FileRefusedError):
            self._bar.show_message(error.cause.text.of(current_language()), Tone.RED)
        elif isinstance(error, ProfileError):
            words = self.tr("This mapping profile cannot be used: %1").replace("%1", error.text.of(current_language()))
            self._bar.show_message(words, Tone.RED)
        else:
            self._bar.show_message(self._messages.of_error(error).whole, Tone.RED)

    def _target_choices(self) -> tuple[Choice, ...]:
        labels = (self.tr("Customers"), self.tr("Products"), self.tr("Orders"))
        named = zip(OF_THE_LAPTOP, labels, strict=True)
        return tuple(Choice(target.value, label, Tone.PRIMARY) for target, label in named)

    def _retranslate(self) -> None:
        self._view_model.set_language(current_language())
        self._card.set_title(self.tr("From a file"))
        for label, text in zip(
            self._labels,
            (self.tr("1. What is in the file?"), self.tr("2. Which file?"), self.tr("3. How are its columns read?")),
            strict=True,
        ):
            label.setText(text)
        self._target.set_choices(self._target_choices())
        self._target.set_name(self.tr("What is in the file?"))
        self._profile.setAccessibleName(self.tr("Mapping profile"))
        self._profile_words.setText(
            self.tr("A mapping profile says which column fills which field, in which unit and form of date.")
        )
        self._check.setText(self.tr("Check (dry run)"))
        self._import.setText(self.tr("Import"))
        self._tell_title()
        self._render()

    def _tell_title(self) -> None:
        self.title_changed.emit(PageTitle(self.tr("Import data"), self.tr("Customers, products and orders from files")))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_event(event) and hasattr(self, "_result"):
            self._retranslate()

    @Slot(object)
    def _on_target(self, key: str | None) -> None:
        if key is None:
            self._render()
        else:
            self._view_model.choose_target(Target(key))

    @Slot(int)
    def _on_profile(self, place: int) -> None:
        key = self._profile.itemData(place)
        if key != _OWN:
            self._view_model.choose_profile(key)
            return
        kinds = self.tr("Mapping profiles (*.toml)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a mapping profile"), "", kinds)
        if name:
            self._view_model.choose_own_profile(Path(name))
        else:
            self._render()

    @Slot(object)
    def _on_refused_saved(self, file: object) -> None:
        self._bar.show_message(self.tr("The refused rows were saved: %1").replace("%1", str(file)), Tone.GREEN)

    @Slot()
    def _on_next(self) -> None:
        self._drop.setFocus()  # the button that was pressed goes away
        following = NEXT_TARGETS.get(self._view_model.target)
        if following is None:
            self.open_page_requested.emit("today")
        else:
            self._view_model.choose_target(following)
