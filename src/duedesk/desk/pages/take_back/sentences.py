"""What the page that takes a workbook back says, and its rows; all of it worked out behind the window."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from duedesk.actions.workbook_compared import Compared
from duedesk.desk import format as written
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.domain.catalog import Kind
from duedesk.domain.errors import Problem
from duedesk.domain.reports.taking_back import Difference, Fate, What, counts

Place = tuple[str, int, What]

_HOW = (
    "What finance typed into the blue columns of open items, or of an aging, becomes notes, promises and disputes; it "
    "is shown against the book first. A workbook (.xlsx, .ods) or its rows (.csv) can be dropped here."
)
NOTHING_YET = ("Take back a workbook", _HOW)
_BECOMES = {
    Fate.TAKE: "Take over",
    Fate.ALREADY: "Stands so",
    Fate.MEANWHILE: "Changed since",
    Fate.REFUSED: "Refused",
}
LEFT_OUT = "Left out"


def _column(label: str, width: int, shown: Shown = Shown.TEXT, *, stretches: bool = False) -> Column:
    return Column(label, label, Kind.STRING, shown, width, stretches=stretches)


_IN_THE_BOOK = 4
_MOST_SAID = 400
"""Letters of a text that are said of a row in hand; a comment may have thousands."""
_COLUMNS = (
    _column("Row", 48, Shown.NUMBER),
    _column("Invoice", 116, Shown.NUMBER),
    _column("Account", 150),
    _column("What", 92, Shown.NUMBER),
    _column("In the book", 170),
    _column("In the workbook", 210),
    _column("Becomes", 112, Shown.NUMBER),
    _column("Why", 200, stretches=True),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the page: a difference, or what could not be read."""

    texts: tuple[str, ...]
    difference: Difference | None = None


def lines_of(compared: Compared, left_out: Set[Place], *, meanwhile: bool, is_done: bool = False) -> list[Line]:
    """Give the rows: what could not be read, then what is or would be taken over, and in the end what stands so."""
    found = sorted(compared.found, key=lambda one: _ORDER[one.fate])
    differences = [Line(_texts(one, left_out, meanwhile=meanwhile, is_done=is_done), one) for one in found]
    return [*(Line(_unread(problem)) for problem in compared.typed.problems), *differences]


_ORDER = {Fate.TAKE: 0, Fate.MEANWHILE: 1, Fate.REFUSED: 2, Fate.ALREADY: 3}


def is_taken(one: Difference, left_out: Set[Place], *, meanwhile: bool) -> bool:
    """Tell whether a difference is to be taken over."""
    wanted = one.fate is Fate.TAKE or (meanwhile and one.fate is Fate.MEANWHILE)
    return wanted and one.place not in left_out


def columns_of(lines: list[Line]) -> tuple[Column, ...]:
    """Give the columns of a table; where nothing stands in the book in their place, nothing is said of that."""
    return _COLUMNS if _is_in_the_book(lines) else (*_COLUMNS[:_IN_THE_BOOK], *_COLUMNS[_IN_THE_BOOK + 1 :])


def rows_of(lines: list[Line]) -> list[ShownRow]:
    """Give the rows of a table."""
    has_book, rows = _is_in_the_book(lines), []
    for place, line in enumerate(lines):
        texts = line.texts if has_book else (*line.texts[:_IN_THE_BOOK], *line.texts[_IN_THE_BOOK + 1 :])
        rows.append(ShownRow(place, texts, texts))
    return rows


def whole_of(line: Line) -> str:
    """Say a row whole: what stands in the book, what in the workbook, and why it becomes what it does."""
    _, number, account, what, then, now, becomes, why = line.texts
    words = {"In the book": then, "In the workbook": now, becomes: why}
    said = (f"{label}: {_shortened(text)}" for label, text in words.items() if text)
    return "\n".join((" · ".join(filter(None, (number, account, what))), *said))


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_SAID else f"{text[: _MOST_SAID - 1]}…"


def _is_in_the_book(lines: list[Line]) -> bool:
    return any(line.texts[_IN_THE_BOOK] for line in lines)


def head_of(compared: Compared) -> str:
    """Say which workbook it is, when it was made and how much was typed."""
    typed = compared.typed
    made = "" if typed.made_at is None else f", made {written.moment(typed.made_at)}"
    return f"{typed.file}{made}: something typed in {written.count(len(typed.rows))} of its {_rows(typed.seen)}"


def why_nothing(compared: Compared) -> tuple[str, str] | None:
    """Say why there is nothing to show; None where there is."""
    if compared.found or compared.typed.problems:
        return None
    return "Nothing was typed into this workbook", "Its blue columns are empty; nothing is to be taken over."


def foot_of(compared: Compared, *, is_done: bool) -> str:
    """Say how many differences there are, by what becomes of them."""
    told = counts(compared.found)
    parts = [
        f"{count:,} {words}"
        for count, words in (
            (told[Fate.TAKE], "taken over or left out" if is_done else "new"),
            (told[Fate.MEANWHILE], "changed meanwhile"),
            (told[Fate.REFUSED], "refused"),
            (told[Fate.ALREADY], "stand so"),
            (len(compared.typed.problems), "cannot be read"),
        )
        if count
    ]
    return " · ".join(parts) or "Nothing was typed"


def _texts(one: Difference, left_out: Set[Place], *, meanwhile: bool, is_done: bool) -> tuple[str, ...]:
    becomes = _BECOMES[one.fate]
    if one.fate in {Fate.TAKE, Fate.MEANWHILE}:
        taken = is_taken(one, left_out, meanwhile=meanwhile)
        becomes = LEFT_OUT if one.place in left_out else becomes if not taken else _taken(is_done=is_done)
    now = " ".join(one.now.split())
    what = one.what.value.capitalize()
    return (str(one.row.row), one.row.number, one.account, what, one.then, now, becomes, one.remark)


def _taken(*, is_done: bool) -> str:
    return "Taken over" if is_done else "Take over"


def _unread(problem: Problem) -> tuple[str, ...]:
    why = f"{problem.text} {problem.remedy}".strip()
    return (str(problem.row or ""), "", "", problem.column, "", "", "Cannot be read", why)


def _rows(count: int) -> str:
    return written.plural(count, "row")


def chosen(compared: Compared, left_out: Set[Place], *, meanwhile: bool) -> Iterator[Difference]:
    """Give what is to be taken over."""
    return (one for one in compared.found if is_taken(one, left_out, meanwhile=meanwhile))
