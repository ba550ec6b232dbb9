"""How a workbook that came back differs from the book, and what became of it, as text and as JSON; it asks nothing."""

from collections.abc import Sequence

from duedesk.cli.json_text import Json
from duedesk.cli.layout import Column, table
from duedesk.cli.lists.record_text import counted
from duedesk.cli.terminal import Terminal
from duedesk.domain.errors import Problem
from duedesk.domain.money import plain
from duedesk.domain.reports.taking_back import Difference, Fate, Typed, What

_SHOWN = 200
_BECOMES = {
    Fate.TAKE: "take over",
    Fate.ALREADY: "stands so",
    Fate.MEANWHILE: "changed meanwhile",
    Fate.REFUSED: "refused",
}


def say_differences(terminal: Terminal, found: Sequence[Difference]) -> None:
    """List differences, those that stand so already last and only counted."""
    told = [one for one in found if one.fate is not Fate.ALREADY]
    columns = (
        Column("Row", is_figure=True),
        *(Column(name) for name in ("Invoice", "Account", "", "In the book", "In the workbook", "Becomes", "")),
    )
    rows = (
        (
            str(one.row.row),
            one.row.number,
            one.account,
            one.what.value,
            one.then,
            one.now,
            _BECOMES[one.fate],
            one.remark,
        )
        for one in told[:_SHOWN]
    )
    for line in table(columns, rows) if told else ():
        terminal.say(line)
    if len(told) > _SHOWN:
        terminal.say(f"and {len(told) - _SHOWN:,} more; --json gives all of them")
    if len(told) < len(found):
        terminal.say(f"{len(found) - len(told):,} of {counted(len(found), 'difference')} stand so in the book already.")


def say_problems(terminal: Terminal, problems: Sequence[Problem]) -> None:
    """List what could not be read, each with its sheet, row and column."""
    for problem in problems[:_SHOWN]:
        terminal.say(str(problem))


def typed_json(typed: Typed) -> dict[str, Json]:
    """Give a workbook and what could not be read of it as JSON."""
    return {
        "file": typed.file,
        "made_at": typed.made_at.isoformat() if typed.made_at else None,
        "rows": typed.seen,
        "problems": [
            {"place": one.file, "row": one.row, "column": one.column, "text": one.text, "remedy": one.remedy}
            for one in typed.problems
        ],
    }


def difference_json(one: Difference, *, became: str | None = None) -> Json:
    """Give a difference as JSON."""
    row = one.row
    typed: dict[str, Json] = {"text": row.comment if one.what is What.COMMENT else row.reason}
    if one.what is What.PROMISE:
        amount = None if row.amount is None else plain(row.amount, "")
        typed = {"by": row.day.isoformat() if row.day else None, "amount": amount}
    return {
        "place": row.file,
        "row": row.row,
        "invoice": row.number,
        "account": one.account or None,
        "what": one.what.value,
        "in_book": one.then or None,
        **typed,
        "becomes": became or one.fate.value,
        "remark": one.remark or None,
    }
