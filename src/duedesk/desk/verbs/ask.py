"""The panel of a verb that needs a day, an amount, a reason or a word; which of them, a value says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from textwrap import fill

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.amount_field import AmountField
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.date_field import DateField
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.tick import Tick
from duedesk.domain.errors import RequestError


@dataclass(frozen=True, slots=True)
class AmountAsked:
    """An amount to be given, and what is proposed."""

    label: str
    currency: str
    proposed: Decimal | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class WordsAsked:
    """A text to be given: one line or several, or one of a list that does not bind."""

    label: str
    required: bool = False
    lines: int = 1
    choices: tuple[str, ...] = ()
    missing: str = "Something is missing."
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Asks:
    """What a panel asks for; None is not asked for. `facts` are lines that say what will happen, by name."""

    title: str
    do: str
    says: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    amount: AmountAsked | None = None
    reason: WordsAsked | None = None
    words: WordsAsked | None = None
    on: date | None = None
    on_label: str = "On"
    check: str = ""
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """What a reader said."""

    on: date | None = None
    amount: Decimal | None = None
    reason: str = ""
    words: str = ""
    is_checked: bool = False


_CHECK_LETTERS = 40
"""Letters of a line beside a box to be ticked: what is longer goes on below, where a panel would cut it."""


class AskPanel(VerbPanel):
    """Its fields in the order in which a reader thinks: how much, why, since when."""

    def __init__(self, asks: Asks, today: Callable[[], date]) -> None:
        super().__init__(asks.title, asks.do, asks.says)
        self._asks = asks
        for name, text in asks.facts:
            self._add_fact(name, text)
        self.amount = None if asks.amount is None else AmountField(asks.amount.currency, asks.amount.proposed)
        self.reason = None if asks.reason is None else _words_field(asks.reason)
        self.words = None if asks.words is None else _words_field(asks.words)
        self.day = None if asks.on is None else DateField(asks.on, today)
        self.check = Tick(fill(asks.check, _CHECK_LETTERS)) if asks.check else None
        if self.amount is not None and asks.amount is not None:
            self.add_field(f"{asks.amount.label}, {asks.amount.currency}", self.amount, asks.amount.remark)
        for widget, asked in ((self.reason, asks.reason), (self.words, asks.words)):
            if widget is not None and asked is not None:
                self.add_field(asked.label, widget)
        if self.day is not None:
            self.add_field(asks.on_label, self.day)
        if self.check is not None:
            self.check.setChecked(asks.is_checked)
            self.fields.addWidget(self.check)
        self._begun = self._typed()

    def first_field(self) -> QWidget | None:
        """Begin with the first thing that is asked for."""
        return next((one for one in (self.amount, self.reason, self.words) if one is not None), None)

    def gather(self) -> Answers:
        """Give what was said; RequestError where something is missing or no amount."""
        if self.amount is not None and self.amount.amount is None:
            raise RequestError(f"“{self.amount.text()}” is no amount." if self.amount.text() else "How much?")
        for widget, asked in ((self.reason, self._asks.reason), (self.words, self._asks.words)):
            if widget is not None and asked is not None and asked.required and not _text(widget):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                raise RequestError(asked.missing, asked.hint)
        return Answers(
            None if self.day is None else self.day.day,
            None if self.amount is None else self.amount.amount,
            _text(self.reason),
            _text(self.words),
            is_checked=self.check is not None and self.check.isChecked(),
        )

    def has_input(self) -> bool:
        """Tell whether something was typed."""
        return self._typed() != self._begun

    def _typed(self) -> tuple[str, str, str]:
        return ("" if self.amount is None else self.amount.text(), _text(self.reason), _text(self.words))

    def _add_fact(self, name: str, text: str) -> None:
        self.fields.addWidget(plain_label(name, Role.QUIET))
        self.fields.addWidget(plain_label(text, wraps=True, selectable=True))
        self.fields.addSpacing(6)


_Words = QLineEdit | QPlainTextEdit | Choice


def _words_field(asked: WordsAsked) -> _Words:
    if asked.choices:
        box = Choice([(words, words) for words in asked.choices])
        box.setEditable(True)
        box.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        box.setCurrentIndex(-1)
        box.setCurrentText("")
        return box
    if asked.lines == 1:
        line = QLineEdit()
        line.setMaxLength(1000)
        return line
    area = QPlainTextEdit()
    area.setTabChangesFocus(True)
    area.document().setDocumentMargin(5)
    area.setFixedHeight(area.fontMetrics().lineSpacing() * asked.lines + 12)
    return area


def _text(widget: _Words | None) -> str:
    match widget:
        case QLineEdit():
            return widget.text().strip()
        case Choice():
            return widget.currentText().strip()
        case QPlainTextEdit():
            return widget.toPlainText().strip()
        case _:
            return ""
