"""The section of reference rates: those that are known, which are missing, and the panel that takes in a file."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from duedesk.actions.interest.rates import import_reference_rates
from duedesk.actions.interest.rules import late_rules
from duedesk.actions.workspace import Workspace
from duedesk.desk import format as written
from duedesk.desk.pages.settings.section import Content, Entry, Section, Store, figure_column, text_column
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.choice import Choice
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.interest.reference_rates import RateTable, half_year, next_half_year, percent_in_words
from duedesk.exchange.reference_rate_file import Told

_FILES = "CSV files (*.csv *.txt);;All files (*)"


@dataclass(frozen=True, slots=True)
class _Beside:
    series: tuple[tuple[str, object], ...]


class ReferenceRatesSection(Section):
    """Reference rates by half-year, the newest first; above them what is missing."""

    name = "Reference rates"
    nouns = ("rate", "rates")
    new = "Import rates…"
    remark = "What late interest stands on. Each holds for its half-year; the days of one without a rate wait for it."
    concerns = ("ReferenceRate",)
    columns = (
        text_column("From", "From", 110),
        text_column("Series", "Series", 90),
        figure_column("Percent", "Percent", 100),
        text_column("Source", "Source", 260, stretches=True),
    )

    def read(self, workspace: Workspace) -> Content:
        """Read the rates, and say which are missing."""
        rates, today = workspace.ask(late_rules).rates, workspace.world.today()
        missing = tuple(
            Entry((written.day(start), code, "missing", f"{one.name}: not known yet"))
            for code, one in rates.series.items()
            if one.by_half_year and rates.of(code)
            for start in rates.missing(code, next_half_year(rates.of(code)[-1].start), half_year(today))
        )
        known = sorted(
            (rate for code in rates.series for rate in rates.of(code)),
            key=lambda one: (-one.start.toordinal(), one.series),
        )
        entries = tuple(
            Entry(
                (
                    written.day(one.start),
                    one.series,
                    percent_in_words(one.percent),
                    f"{one.source} · taken in here" if one.is_own else one.source,
                )
            )
            for one in known
        )
        return Content((*missing, *entries), _Beside(_series(rates)), " ".join((*rates.warnings(today), self.remark)))

    def form(self, entry: Entry | None, content: Content) -> VerbPanel:
        """Make the panel that takes in a file: a rate is corrected by another file."""
        series = content.beside.series if isinstance(content.beside, _Beside) else ()
        return ReferenceRatesForm(series, "" if entry is None else entry.texts[1])


class ReferenceRatesForm(VerbPanel):
    """A file, and whose rates they are and who says so where it does not say it."""

    def __init__(self, series: tuple[tuple[str, object], ...], of: str = "") -> None:
        super().__init__("Import reference rates", "Import", "A CSV file with StartDate and Percent.")
        self.file = QLineEdit()
        self.file.setPlaceholderText("A CSV file")
        self.series = Choice((("As its column Series says", ""), *series), of)
        self.source = QLineEdit()
        self.source.setMaxLength(255)
        self.source.setPlaceholderText("Bundesanzeiger, 30 Jun 2026")
        self.add_field("File", self.file)
        self.choose = button("Choose a file…", self.ask_file)
        self.fields.addWidget(self.choose)
        self.add_field("Series", self.series)
        self.add_field("Source", self.source, "Who says so, where no column Source does.")

    def first_field(self) -> QWidget:
        """Begin at the file."""
        return self.choose

    def has_input(self) -> bool:
        """Tell whether a file was chosen."""
        return bool(self.file.text().strip())

    def ask_file(self) -> None:
        """Let the reader choose a file."""
        chosen, _ = QFileDialog.getOpenFileName(self, "Import reference rates", "", _FILES)
        if chosen:
            self.file.setText(chosen)
            self.source.setFocus()

    def gather(self) -> Store:
        """Give what takes the file in; RequestError where none was named."""
        named = self.file.text().strip()
        if not named:
            raise RequestError("No file is chosen.", "Choose one.")
        return partial(_taken_in, Path(named), Told(str(self.series.currentData()), self.source.text()))


def _series(rates: RateTable) -> tuple[tuple[str, object], ...]:
    return tuple((f"{code}: {one.name}", code) for code, one in rates.series.items())


def _taken_in(file: Path, told: Told, workspace: Workspace) -> Changes:
    """Take a file in; RequestError names the first row at fault where there is one."""
    done = import_reference_rates(workspace, file, told)
    if done.problems:
        first, more = done.problems[0], len(done.problems) - 1
        also = f" {more:,} more {'row is' if more == 1 else 'rows are'} at fault." if more else ""
        column = f", {first.column}" if first.column else ""
        raise RequestError(f"Row {first.row}{column}: {first.text}", f"{first.remedy}{also} Nothing was taken.")
    return done.changes
