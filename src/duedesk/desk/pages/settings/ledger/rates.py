"""The section of rates of exchange: what one of the base buys from a day on, and the panel that takes in a file."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from duedesk.actions.rates import import_rates
from duedesk.actions.workspace import Workspace
from duedesk.desk import format as written
from duedesk.desk.pages.settings.section import Content, Entry, Section, Store, figure_column, text_column
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.buttons import button
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Question, RequestError
from duedesk.store.queries.rates import base_currency, listed_rates

SHOWN = 1_000
"""Rates that are listed, the newest first; the terminal lists them all."""

_FILES = "CSV files (*.csv *.txt);;All files (*)"


@dataclass(frozen=True, slots=True)
class _Beside:
    base: str | None


class RatesSection(Section):
    """Rates by day and currency."""

    name = "Rates of exchange"
    nouns = ("rate", "rates")
    new = "Import rates…"
    remark = "Agings are converted at the newest rate on or before their day. The same file twice changes nothing."
    nothing = "They come in from a CSV file: IsoCode, StartDate and ConversionRate, or the table of a central bank."
    concerns = ("DatedConversionRate",)
    columns = (
        text_column("From", "From", 120),
        text_column("Currency", "Currency", 110),
        figure_column("Rate", "Rate", 150),
        text_column("", "", 80, stretches=True),
    )

    def read(self, workspace: Workspace) -> Content:
        """Read the newest rates."""
        with workspace.book.reading() as connection:
            base = base_currency(connection)
            found = list(islice(listed_rates(connection), SHOWN))
        entries = tuple(Entry((written.day(one.on), one.currency, _shown(one.rate), "")) for one in found)
        remark = "" if base is None else f"What one {base} buys from a day on. {self.remark}"
        return Content(entries, _Beside(base), remark)

    def form(self, entry: Entry | None, content: Content) -> VerbPanel:
        """Make the panel that takes in a file: a rate is corrected by another file."""
        del entry
        return RatesForm(content.beside.base if isinstance(content.beside, _Beside) else None)


class RatesForm(VerbPanel):
    """A file, and what its rates stand over where neither it nor the book says so."""

    def __init__(self, base: str | None) -> None:
        super().__init__("Import rates", "Import", "Rates that are there and differ are corrected.")
        self._base = base
        self.file = QLineEdit()
        self.file.setPlaceholderText("A CSV file")
        self.base = QLineEdit(base or "")
        self.base.setMaxLength(3)
        self.base.setPlaceholderText("EUR")
        self.base.setEnabled(base is None)
        self.add_field("File", self.file)
        self.choose = button("Choose a file…", self.ask_file)
        self.fields.addWidget(self.choose)
        self.add_field("Base currency", self.base, "" if base else "Where the file does not say it.")

    def first_field(self) -> QWidget:
        """Begin at the file."""
        return self.choose

    def has_input(self) -> bool:
        """Tell whether a file was chosen."""
        return bool(self.file.text().strip())

    def ask_file(self) -> None:
        """Let the reader choose a file."""
        chosen, _ = QFileDialog.getOpenFileName(self, "Import rates", "", _FILES)
        if chosen:
            self.file.setText(chosen)
            self.do_button.setFocus()

    def gather(self) -> Store:
        """Give what takes the file in; RequestError where none was named."""
        named = self.file.text().strip()
        if not named:
            raise RequestError("No file is chosen.", "Choose one.")
        said = self.base.text().strip().upper() or None
        return partial(_taken_in, Path(named), said if self._base is None else None)


def _shown(rate: Decimal) -> str:
    """Write a rate so that the points stand below each other: four decimals, or more where it has more."""
    text = f"{rate:f}"
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals:0<4}"


def _taken_in(file: Path, base: str | None, workspace: Workspace) -> Changes:
    """Take a file in; RequestError names the first row at fault where there is one."""
    try:
        done = import_rates(workspace, file, base=base)
    except Question as question:
        hint = "Write its code of three letters below." if "--base" in question.hint else question.hint
        raise RequestError(question.message, hint) from None
    if done.problems:
        first, more = done.problems[0], len(done.problems) - 1
        also = f" {more:,} more {'row is' if more == 1 else 'rows are'} at fault." if more else ""
        raise RequestError(f"Row {first.row}, {first.column}: {first.text}", f"{first.remedy}{also} Nothing was taken.")
    return done.changes
