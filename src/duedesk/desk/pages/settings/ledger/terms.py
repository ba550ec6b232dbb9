"""The section of payment terms: when an invoice is due, and what may be kept for paying early."""

from enum import Enum
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from duedesk.actions.invoices.terms import save_term
from duedesk.actions.workspace import Workspace
from duedesk.desk.amount_entry import read_figure
from duedesk.desk.pages.settings.section import Content, Entry, Section, Store, text_column
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.tick import Tick
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.payment_terms import END_OF_MONTH, MONTHS, Item, Term
from duedesk.store.queries.terms import NamedTerm, terms


class Due(Enum):
    """How the day is found by which an invoice is due."""

    DAYS = "Days after the invoice date"
    END_OF_MONTH = "End of the month, then days"
    DAY_OF_MONTH = "A day of the month"
    PARTS = "In several parts"


class TermsSection(Section):
    """Payment terms."""

    name = "Payment terms"
    nouns = ("payment term", "payment terms")
    new = "New payment term…"
    remark = "The term of an invoice, else of its account, else the default gives an invoice its due date at posting."
    nothing = "Without a term an invoice is due on its own date."
    concerns = ("PaymentTerm", "PaymentTermItem")
    columns = (
        text_column("Name", "Payment term", 150),
        text_column("Due", "Due", 180, stretches=True),
        text_column("Discount", "Discount", 150),
        text_column("IsDefault", "Default", 80),
        text_column("Status", "Status", 80),
    )

    def read(self, workspace: Workspace) -> Content:
        """Read the terms by name."""
        return Content(tuple(map(_entry, workspace.ask(terms))))

    def form(self, entry: Entry | None, content: Content) -> VerbPanel:  # noqa: ARG002 - one signature for all
        """Make the form of a term."""
        held = None if entry is None else entry.held
        return TermForm(held if isinstance(held, NamedTerm) else None)


class TermForm(VerbPanel):
    """Name, when it is due, discount. A term of several parts keeps them: they are set with `duedesk term`."""

    def __init__(self, held: NamedTerm | None) -> None:
        super().__init__("New payment term" if held is None else held.name, "Save")
        self._held = held
        term = Term(30) if held is None else held.term
        self._parts = term.items if len(term.items) > 1 else ()
        kind = _kind_of(term)
        item = term.items[0] if len(term.items) == 1 else Item(term.days)
        self.name = QLineEdit("" if held is None else held.name)
        self.name.setReadOnly(held is not None)
        kinds = [Due.PARTS] if self._parts else [Due.DAYS, Due.END_OF_MONTH, Due.DAY_OF_MONTH]
        self.kind = Choice([(one.value, one) for one in kinds], kind)
        self.months = QLineEdit(str(item.period) if item.unit == MONTHS else "0")
        self.days = QLineEdit(str(item.added_days if item.unit == MONTHS else item.period))
        self.day = QLineEdit(str(item.day_of_month or 15))
        self.percent = QLineEdit("" if term.discount_percent is None else f"{term.discount_percent.normalize():f}")
        self.within = QLineEdit("" if term.discount_days is None else str(term.discount_days))
        self.default = Tick("The default")
        self.default.setChecked(held is not None and held.is_default)
        self.add_field("Name", self.name)
        self.add_field("Due", self.kind, _in_words(term) if self._parts else "")
        self._rows = {
            field: self._add_row(name, field)
            for name, field in (("Months later", self.months), ("Days", self.days), ("Day of the month", self.day))
        }
        self.add_field("Discount in percent", self.percent)
        self.add_field("When paid within days", self.within)
        self.fields.addWidget(self.default)
        self.kind.currentIndexChanged.connect(lambda _: self._show_rows())
        self._show_rows()

    def first_field(self) -> QWidget:
        """Begin at the name of a new one."""
        return self.name if self._held is None else self.kind

    def gather(self) -> Store:
        """Give what stores the term; RequestError where a figure cannot be read."""
        percent, within = (
            read_figure(self.percent.text(), "discount"),
            read_figure(self.within.text(), "number of days"),
        )
        term = Term(0, self._items(), percent, None if within is None else int(within))
        if self.kind.currentData() is Due.DAYS:
            term = Term(_whole("number of days", self.days), (), term.discount_percent, term.discount_days)
        was_default = self._held is not None and self._held.is_default
        is_default = self.default.isChecked()
        told = None if is_default == was_default else is_default
        return partial(_save, name=self.name.text(), term=term, is_default=told)

    def _items(self) -> tuple[Item, ...]:
        match self.kind.currentData():
            case Due.PARTS:
                return self._parts
            case Due.END_OF_MONTH:
                months, days = _whole("number of months", self.months), _whole("number of days", self.days)
                return (Item(months, MONTHS, END_OF_MONTH, days),)
            case Due.DAY_OF_MONTH:
                months, day = _whole("number of months", self.months), _whole("day of a month", self.day)
                return (Item(months, MONTHS, day),)
            case _:
                return ()

    def _add_row(self, name: str, field: QLineEdit) -> tuple[QWidget, ...]:
        first = self.fields.count()
        self.add_field(name, field)
        items = [self.fields.itemAt(place) for place in range(first, self.fields.count())]
        return tuple(widget for item in items if item is not None and (widget := item.widget()) is not None)

    def _show_rows(self) -> None:
        kind = self.kind.currentData()
        wanted = {
            self.months: kind in {Due.END_OF_MONTH, Due.DAY_OF_MONTH},
            self.days: kind in {Due.DAYS, Due.END_OF_MONTH},
            self.day: kind is Due.DAY_OF_MONTH,
        }
        for field, widgets in self._rows.items():
            for widget in widgets:
                widget.setVisible(wanted[field])


def _kind_of(term: Term) -> Due:
    if len(term.items) > 1:
        return Due.PARTS
    if not term.items or term.items[0].unit != MONTHS:
        return Due.DAYS
    return Due.END_OF_MONTH if term.items[0].day_of_month == END_OF_MONTH else Due.DAY_OF_MONTH


def _entry(named: NamedTerm) -> Entry:
    term = named.term
    discount = ""
    if term.discount_percent is not None and term.discount_days is not None:
        discount = f"{term.discount_percent.normalize():f} % within {term.discount_days} days"
    texts = (named.name, _in_words(term), discount, "Yes" if named.is_default else "", named.status)
    return Entry(texts, named)


def _in_words(term: Term) -> str:
    items = term.items or (Item(term.days),)
    return "; ".join(_item_in_words(item) for item in items)


def _item_in_words(item: Item) -> str:
    share = "" if item.percentage is None else f"{item.percentage.normalize():f} % "
    if item.unit != MONTHS:
        return f"{share}{item.period} days after the invoice date"
    later = "" if item.period == 0 else f", {item.period} month{'' if item.period == 1 else 's'} later"
    added = f", then {item.added_days} days" if item.added_days else ""
    if item.day_of_month == END_OF_MONTH:
        return f"{share}End of the month{later}{added}"
    return f"{share}Day {item.day_of_month} of the month{later}{added}"


def _whole(what: str, field: QLineEdit) -> int:
    text = field.text().strip()
    if not text.isdecimal():
        raise RequestError(f"“{text}” is no {what}.", "Write a whole number.")
    return int(text)


def _save(workspace: Workspace, name: str, term: Term, is_default: bool | None) -> Changes:  # noqa: FBT001
    return save_term(workspace, name, term=term, is_default=is_default)
