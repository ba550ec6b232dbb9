"""Problems of an import as the rows of a table, and counted in words; it draws nothing."""

from collections.abc import Sequence

from duedesk.desk import format as written
from duedesk.desk.pages.importing.answers import spoken
from duedesk.desk.pages.importing.plan import Outcome
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.domain.catalog import Kind
from duedesk.domain.errors import Problem, Severity
from duedesk.domain.filters import Value

_WORDS = {Severity.QUESTION: "Question", Severity.ERROR: "Error", Severity.WARNING: "Warning"}
ORDER = tuple(_WORDS)

COLUMNS = (
    Column("Weight", "Weight", Kind.PICKLIST, Shown.STATUS, 84),
    Column("File", "File", Kind.STRING, Shown.TEXT, 100),
    Column("Row", "Row", Kind.INT, Shown.FIGURE, 56),
    Column("Column", "Column", Kind.STRING, Shown.TEXT, 96),
    Column("Problem", "Problem", Kind.STRING, Shown.TEXT, 120, stretches=True),
    Column("Remedy", "What to do", Kind.STRING, Shown.TEXT, 110),
)


def in_words(outcome: Outcome) -> str:
    """Say how many problems of which weight there are: `1 question, 2 errors, 3 warnings`."""
    counted = dict(outcome.problem_counts)
    return ", ".join(written.plural(counted[one], one.value) for one in ORDER if counted.get(one))


def heading(outcome: Outcome) -> str:
    """Say how many problems there are, and where only the first are listed."""
    all_of_them = sum(count for _, count in outcome.problem_counts)
    is_whole = len(outcome.problems) >= all_of_them
    return in_words(outcome) if is_whole else f"{in_words(outcome)}; the first are listed"


def columns_for(*, has_files: bool, has_remedies: bool) -> tuple[Column, ...]:
    """Give the columns of the table."""
    left_out = {"File"} if not has_files else set()
    return tuple(one for one in COLUMNS if one.path not in (left_out if has_remedies else left_out | {"Remedy"}))


def problem_row(place: int, problem: Problem, columns: Sequence[Column]) -> ShownRow:
    """Write a problem as a row of these columns."""
    row = "" if problem.row is None else written.count(problem.row)
    cells: dict[str, tuple[str, Value]] = {
        "Weight": (_WORDS[problem.severity], problem.severity.value),
        "File": (problem.file, problem.file),
        "Row": (row, problem.row),
        "Column": (problem.column, problem.column),
        "Problem": (problem.text, problem.text),
        "Remedy": (spoken(problem.remedy), problem.remedy),
    }
    shown = [cells[column.path] for column in columns]
    return ShownRow(place, tuple(text for text, _ in shown), tuple(value for _, value in shown))
