"""Posting one draft: what it will set is shown before it is set, and what negative lines shall become is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.records.clearing import clear
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.date_field import DateField
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.tick import Tick
from duedesk.domain.numbering import SeriesKind
from duedesk.store.queries.records.posting_outlook import PostingOutlook

_MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class PostAsked:
    """Post it on a day; negative lines become a credit memo where that is asked."""

    on: date
    converts: bool


class PostPanel(VerbPanel):
    """What posting sets, by name; it is asked again for another day."""

    day_changed = Signal(object)
    """What would it set on another day: a date."""

    def __init__(self, on: date, today: Callable[[], date]) -> None:
        super().__init__("Post", "Post", "Once posted, an invoice is neither edited nor deleted: it can be voided.")
        self.day = DateField(on, today)
        self.day.day_changed.connect(self.day_changed)
        self.converts = Tick("Turn negative lines into a credit memo")
        self.converts.setVisible(False)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self.shown: dict[str, str] = {}
        self.add_field("Posted on", self.day)
        self.fields.addLayout(self._facts)
        self.fields.addSpacing(8)
        self.fields.addWidget(self.converts)

    def first_field(self) -> QWidget | None:
        """Begin on the command: nothing has to be typed."""
        return None

    def gather(self) -> PostAsked:
        """Give the day, and whether negative lines become a credit memo."""
        return PostAsked(self.day.day, converts=self.converts.isVisibleTo(self) and self.converts.isChecked())

    def show_outlook(self, outlook: PostingOutlook) -> None:
        """Show what would be set."""
        self.title.setText(f"Post {outlook.named[0].lower()}{outlook.named[1:]}")
        self.shown = dict(_facts_of(outlook))
        clear(self._facts)
        for row, (name, text) in enumerate(self.shown.items()):
            self._facts.addWidget(plain_label(name, Role.QUIET), row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(plain_label(text, wraps=True), row, 1)
        self.converts.setVisible(bool(outlook.negative))
        self.converts.setChecked(outlook.total < 0)


def _facts_of(outlook: PostingOutlook) -> list[tuple[str, str]]:
    facts = [
        ("Total", written.money(outlook.total, outlook.currency)),
        ("Number", _number(outlook)),
        ("Invoice date", written.day(outlook.invoice_date)),
        ("Due", written.day(outlook.due_date) + (f", {outlook.term}" if outlook.term else "")),
    ]
    if len(outlook.parts) > 1:
        parts = [f"{written.day(part.due)}  {written.amount(part.amount, outlook.currency)}" for part in outlook.parts]
        more = [f"and {len(parts) - _MOST_PARTS} more"] if len(parts) > _MOST_PARTS else []
        facts.append(("Instalments", "\n".join([*parts[:_MOST_PARTS], *more])))
    if outlook.discount is not None:
        amount = written.amount(outlook.discount.amount, outlook.currency)
        facts.append(("Discount", f"{amount} until {written.day(outlook.discount.until)}"))
    if outlook.negative:
        facts.append(("Negative lines", written.money(outlook.negative, outlook.currency)))
    return facts


def _number(outlook: PostingOutlook) -> str:
    if outlook.number:
        return f"{outlook.number}, as it is"
    name = f"{outlook.series_name}: " if outlook.series_name else ""
    prefix = outlook.series.prefix_on(outlook.invoice_date)
    how = "random, unique" if outlook.series.kind is SeriesKind.RANDOM else "the next"
    return f"{name}{prefix}{'·' * outlook.series.digits}, {how}"
