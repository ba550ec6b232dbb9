"""`duedesk roll-forward`: how the balance before a period became that at its end, proved against agings."""

import argparse
from collections.abc import Iterator

from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_options import currency
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json, add_known_on
from duedesk.cli.terminal import AT_FAULT, DONE, Terminal, Verbs
from duedesk.domain.days import in_words, parse_day
from duedesk.domain.money import grouped, plain
from duedesk.domain.roll_forward import MOVEMENTS, RollForward
from duedesk.store.queries.roll_forward import roll_forward, total_of

RULE = "opening + movements = closing"


def add_parser(verbs: Verbs) -> None:
    """Add `roll-forward`."""
    parser = verbs.add_parser(
        "roll-forward",
        description="How a balance moved in a period: invoiced, paid, credited, written off, refunded, voided; by "
        "currency, or by account as well. Both days are within it; the opening balance is that at the end of the day "
        "before the first.",
    )
    add_book(parser)
    parser.add_argument(
        "--from", dest="first_day", metavar="D", type=parse_day, required=True, help="the first day of the period"
    )
    parser.add_argument("--to", dest="end", metavar="D", type=parse_day, help="its last day (today)")
    add_known_on(parser)
    parser.add_argument("--currency", metavar="C", type=currency, help="only this currency")
    parser.add_argument("--by-account", action="store_true", help="one row an account and currency")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    end = options.end or terminal.world.today()
    with opened_book(options, terminal) as workspace:
        rows = workspace.ask(
            roll_forward, options.first_day, end, options.known_on, options.currency, by_account=options.by_account
        )
        name = workspace.book.name
    wrong = [one for one in rows if one.difference]
    if options.json:
        write_json(
            terminal,
            {
                "from": options.first_day.isoformat(),
                "to": end.isoformat(),
                "rows": [_json(one, by_account=options.by_account) for one in rows],
                "totals": [_json(one, by_account=False) for one in total_of(rows)],
            },
        )
    else:
        terminal.say(f"{name} from {in_words(options.first_day)} to {in_words(end)}")
        terminal.say("")
        for line in _lines(rows, by_account=options.by_account) if rows else ("Nothing was open and nothing moved.",):
            terminal.say(line)
        terminal.say("")
        if not wrong:
            terminal.say(f"{RULE}: holds")
    for one in wrong:
        amount = f"{grouped(one.difference, one.currency)} {one.currency}"
        terminal.complain(f"{RULE}: does not hold for {one.name or one.currency}, by {amount}")
    return AT_FAULT if wrong else DONE


def _json(one: RollForward, *, by_account: bool) -> Json:
    who: dict[str, Json] = {"key": one.key, "name": one.name, "number": one.number or None} if by_account else {}
    moved = {name: plain(amount, one.currency) for (name, _), amount in zip(MOVEMENTS, one.moved, strict=True)}
    return {
        **who,
        "currency": one.currency,
        "opening": plain(one.opening, one.currency),
        **moved,
        "closing": plain(one.closing, one.currency),
    }


def _lines(rows: tuple[RollForward, ...], *, by_account: bool) -> Iterator[str]:
    shown = [place for place in range(len(MOVEMENTS)) if any(one.moved[place] for one in rows)]
    totals = total_of(rows) if by_account else ()
    columns = [
        *([Column("Account"), Column("Number")] if by_account else []),
        Column("Currency"),
        Column("Opening", is_figure=True),
        *(Column(MOVEMENTS[place][1], is_figure=True) for place in shown),
        Column("Closing", is_figure=True),
    ]

    def cells(one: RollForward) -> list[str]:
        who = [one.name, one.number] if by_account else []
        figures = (one.opening, *(one.moved[place] for place in shown), one.closing)
        return [*who, one.currency, *(grouped(amount, one.currency) for amount in figures)]

    lines = list(table(columns, [cells(one) for one in (*rows, *totals)]))
    yield from lines[: len(rows) + 1]
    if totals:
        yield ""
        yield from lines[len(rows) + 1 :]
