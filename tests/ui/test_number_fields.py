"""The boxes of Qt for numbers, dates and times show their text clear of their frame, in every size of text."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDateEdit,
    QDateTimeEdit,
    QDoubleSpinBox,
    QSpinBox,
    QTimeEdit,
)
from pytestqt.qtbot import QtBot

from app.ui.look.theme import Theme

_CLEAR = 3
"""Pixels inside the frame in which there is no text."""


@pytest.mark.parametrize("kind", [QSpinBox, QDoubleSpinBox, QTimeEdit, QDateEdit, QDateTimeEdit])
@pytest.mark.parametrize("scale", [1.0, 1.4])
def test_the_text_is_clear_of_the_frame(qtbot: QtBot, theme: Theme, kind: type[QAbstractSpinBox], scale: float) -> None:
    theme.set_text_scale(scale)
    box = kind()
    qtbot.addWidget(box)
    box.setDisabled(True)  # no cursor, no focus line
    box.resize(box.sizeHint())
    box.show()
    qtbot.waitExposed(box)
    assert box.height() >= box.fontMetrics().height() + 2 * _CLEAR
    shown = box.grab().toImage()
    ground = QColor(shown.pixel(shown.width() // 2, _CLEAR))
    middle = range(shown.height() // 4, 3 * shown.height() // 4)
    edge = {QColor(shown.pixel(x, y)).name() for x in range(2, 2 + _CLEAR) for y in middle}
    assert edge == {ground.name()}
