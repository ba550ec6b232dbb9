"""Text from outside is shown as it is: no label, tooltip or box takes it for markup."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from duedesk.desk.widgets.buttons import button, removable_chip
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_role, set_tooltip, tooltip
from duedesk.resources import Look

EVIL = '<img src="file:///etc/hostname"><b>Harbor</b> & Finch'


@pytest.mark.usefixtures("light")
def test_a_label_shows_markup_as_text(qtbot: QtBot) -> None:
    for label in (plain_label(EVIL), plain_label(EVIL, wraps=True, selectable=True), elided_label(EVIL)):
        qtbot.addWidget(label)
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert label.text() == EVIL


def test_a_tooltip_shows_markup_as_text(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tooltip(widget, EVIL)

    assert "<img" not in widget.toolTip()
    assert "&lt;b&gt;Harbor&lt;/b&gt; &amp; Finch" in widget.toolTip()
    assert tooltip("") == ""


def test_an_ampersand_in_a_button_is_no_shortcut(qtbot: QtBot) -> None:
    for made in (button("Harbor & Finch"), removable_chip("Harbor & Finch", lambda: None)):
        qtbot.addWidget(made)
        assert "Harbor && Finch" in made.text()
        assert made.shortcut().isEmpty()


def test_a_line_that_does_not_fit_is_cut_and_told_whole(qtbot: QtBot, light: Look) -> None:
    label = elided_label("Sociedad Anónima de Suministros y Servicios Integrales del Noroeste")
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert "Noroeste" in label.toolTip()

    label.resize(900, 20)
    assert label.toolTip() == ""
    label.setText("Tromsø Fisk AS")
    assert label.minimumSizeHint().width() < 120
    assert not label.grab().isNull()


@pytest.mark.usefixtures("light")
def test_a_label_can_take_another_role(qtbot: QtBot, light: Look) -> None:
    label = plain_label("95 days overdue", Role.QUIET)
    qtbot.addWidget(label)
    label.ensurePolished()
    assert _colour(label) == light.quiet_text

    set_role(label, Role.OVERDUE)
    assert _colour(label) == light.overdue
    set_role(label, Role.OVERDUE)
    assert _colour(label) == light.overdue


def test_a_button_does_what_it_says(qtbot: QtBot) -> None:
    done: list[str] = []
    pressed: QPushButton = button("Open", lambda: done.append("opened"), primary=True)
    qtbot.addWidget(pressed)
    pressed.click()

    assert done == ["opened"]
    assert pressed.property("primary")


def _colour(label: QLabel) -> str:
    return label.palette().color(label.foregroundRole()).name().upper()
