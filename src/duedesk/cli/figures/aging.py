"""`duedesk aging`: who owes what and how late it is, as text or JSON; the figures come from one query."""

import argparse
from collections.abc import Iterator

from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_aging_request, add_aging_shape, add_json, aging_request
from duedesk.cli.terminal import AT_FAULT, DONE, Terminal, Verbs
from duedesk.domain.aging import Aging, AgingRequest, AgingRow, Basis
from duedesk.domain.days import in_words
from duedesk.domain.grouping import CURRENCY, label_of, owners_now
from duedesk.domain.grouping import in_words as grouping_in_words
from duedesk.domain.money import grouped, plain
from duedesk.domain.rates import Rate, known_now
from duedesk.store.queries.rates import aging_in

_RULE = "not due + buckets + unapplied = balance"


def add_parser(verbs: Verbs) -> None:
    """Add `aging`."""
    parser = verbs.add_parser(
        "aging", description="Who owes what, by days overdue, on any day and as it was known on any other."
    )
    add_book(parser)
    add_aging_request(parser)
    add_aging_shape(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    request = aging_request(options, terminal)
    with opened_book(options, terminal) as workspace:
        answer, name = workspace.ask(aging_in, request, options.to), workspace.book.name
    if options.json:
        write_json(terminal, as_json(answer, options.to))
    else:
        for line in _lines(answer, name, options.to):
            terminal.say(line)
    for row in answer.mismatches if options.json else ():
        terminal.complain(_mismatch(row, request))
    return AT_FAULT if answer.mismatches else DONE


def as_json(answer: Aging, to: str | None = None) -> Json:
    """Give an aging as the document that `--json` prints; `to` is the currency it was converted to."""
    request = answer.request
    rates: dict[str, Json] = {"converted_to": to, "rates": list(map(_rate, answer.rates))} if to else {}
    return {
        "as_of": request.as_of.isoformat(),
        "basis": request.basis.value,
        "buckets": request.buckets.keys,
        **rates,
        "rows": [_row(row, request) for row in answer.rows],
        "totals": [{"currency": row.currency, **_figures(row, request)} for row in answer.totals],
    }


def _rate(one: Rate) -> Json:
    return {"from": one.from_currency, "to": one.to_currency, "rate": f"{one.rate:f}", "on": one.on.isoformat()}


def _row(row: AgingRow, request: AgingRequest) -> dict[str, Json]:
    parts: dict[str, Json] = {"parts": [_row(part, request) for part in row.parts]} if row.parts else {}
    return {"key": row.key, "name": row.name, "currency": row.currency, **_figures(row, request), **parts}


def _figures(row: AgingRow, request: AgingRequest) -> dict[str, Json]:
    disputed: dict[str, Json] = {"disputed": plain(row.disputed, row.currency)} if request.apart_disputed else {}
    return {
        "buckets": [plain(amount, row.currency) for amount in row.buckets],
        **disputed,
        "unapplied": plain(row.unapplied, row.currency),
        "balance": plain(row.balance, row.currency),
    }


def _lines(answer: Aging, book: str, to: str | None) -> Iterator[str]:
    request = answer.request
    by = f"by {grouping_in_words(request.by)}, age from the {'due' if request.basis is Basis.DUE else 'invoice'} date"
    known = f", as known on {request.known_on:%Y-%m-%d %H:%M} UTC" if request.known_on else ""
    into = f", in {to}" if to else ""
    yield f"{book} as of {in_words(request.as_of)}, {by}{known}{into}"
    yield ""
    if not answer.rows:
        yield "Nothing is open."
    else:
        yield from _table(answer)
    yield ""
    mismatches = [_mismatch(row, request) for row in answer.mismatches]
    is_rounded = any(row.rounding for row in (*answer.rows, *answer.totals))
    yield from mismatches or (f"{rule_of(request)}: {'holds before rounding' if is_rounded else 'holds'}",)
    yield from owners_now(request.by, request.known_on)
    yield from _told_of_rates(answer)


def _told_of_rates(answer: Aging) -> Iterator[str]:
    """Say at which rates it was converted, which of them are old, and that rounding parts figures."""
    for one in answer.rates:
        yield one.words
    yield from filter(None, (one.staleness(answer.request.as_of) for one in answer.rates))
    yield from known_now(answer.request.known_on) if answer.rates else ()
    if any(row.rounding for row in (*answer.rows, *answer.totals)):
        yield "Each figure is rounded for itself; their sum may be a little off the balance."


def rule_of(request: AgingRequest) -> str:
    """Say the rule as it holds for the figures that are asked for."""
    rule = _RULE if request.basis is Basis.DUE else _RULE.removeprefix("not due + ")
    return rule.replace("buckets", "buckets + disputed") if request.apart_disputed else rule


def _table(answer: Aging) -> Iterator[str]:
    request = answer.request
    lines_of = [(row, name) for row in answer.rows for row, name in _with_parts(row)]
    has_numbers = any(row.number for row, _ in lines_of)
    beside = ("Disputed", "Unapplied", "Balance") if request.apart_disputed else ("Unapplied", "Balance")
    is_named = bool(answer.rates) or not request.is_by_currency
    columns = [
        *([Column(" / ".join(map(label_of, request.by)))] if is_named else []),
        *([Column("Number")] if has_numbers else []),
        Column("In" if is_named and CURRENCY in request.by else "Currency"),
        *(Column(label, is_figure=True) for label in (*request.labels, *beside)),
    ]
    words = len(columns) - len(request.buckets) - len(beside)

    def cells_of(row: AgingRow, name: str) -> list[str]:
        said = [name, *([row.number] if has_numbers else []), row.currency][-words:]
        disputed = (row.disputed,) if request.apart_disputed else ()
        figures = (*row.buckets, *disputed, row.unapplied, row.balance)
        return [*said, *(grouped(amount, row.currency) for amount in figures)]

    rows = [cells_of(row, name) for row, name in lines_of]
    totals = [] if not is_named else [cells_of(row, "Total") for row in answer.totals]
    lines = list(table(columns, [*rows, *totals]))
    yield lines[0]
    yield from lines[1 : len(rows) + 1]
    if totals:
        yield ""
        yield from lines[len(rows) + 1 :]


def _with_parts(row: AgingRow) -> Iterator[tuple[AgingRow, str]]:
    """Give a row and those of its second level, set in."""
    yield row, row.name
    for part in row.parts:
        yield part, f"  {part.name}"


def _mismatch(row: AgingRow, request: AgingRequest) -> str:
    made, stated = (grouped(amount, row.currency) for amount in (row.open + row.unapplied, row.balance))
    return f"{rule_of(request)}: does not hold for {row.name} in {row.currency}: {made}, but the documents say {stated}"
