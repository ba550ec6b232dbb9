"""`duedesk changes`: what moved the figures between two moments: each event, by how much, and that the sum is exact."""

import argparse
from collections.abc import Iterator

from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.lists.record_text import counted, moment
from duedesk.cli.options import add_as_of, add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.changed_since import Change, ChangesRequest, Moved, sums
from duedesk.domain.days import in_words, parse_moment, write_moment
from duedesk.domain.money import grouped, plain
from duedesk.store.queries.accounts import find_account
from duedesk.store.queries.changes.since import changed_since

_BACK_DATED = "back-dated"


def add_parser(verbs: Verbs) -> None:
    """Add `changes`."""
    parser = verbs.add_parser(
        "changes",
        description="The events recorded after one moment and by another that moved a balance. They sum up to what "
        "the aging as known then and the aging as known now differ by.",
    )
    add_book(parser)
    parser.add_argument(
        "--since", metavar="M", type=parse_moment, required=True, help="what was known then: a day means its end (UTC)"
    )
    parser.add_argument("--until", metavar="M", type=parse_moment, help="what was known in the end (all by now)")
    add_as_of(parser)
    parser.add_argument("--account", metavar="A", type=words, help="only this account: its Id, number or name")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        request = _request(options, terminal, workspace)
        found, name = workspace.ask(changed_since, request), workspace.book.name
    if options.json:
        write_json(terminal, as_json(request, found))
    else:
        for line in _lines(request, found, name):
            terminal.say(line)
    return DONE


def _request(options: argparse.Namespace, terminal: Terminal, workspace: Workspace) -> ChangesRequest:
    account = None if options.account is None else workspace.ask(find_account, options.account).key
    return ChangesRequest(options.as_of or terminal.world.today(), options.since, options.until, account)


def as_json(request: ChangesRequest, found: tuple[Change, ...]) -> Json:
    """Give the changes as the document that `--json` prints."""
    return {
        "as_of": request.as_of.isoformat(),
        "since": write_moment(request.since),
        "until": None if request.until is None else write_moment(request.until),
        "buckets": request.buckets.keys,
        "changes": [_change(one) for one in found],
        "totals": [
            {"currency": one.currency, "count": one.count, "back_dated": one.back_dated, **_figures(one)}
            for one in sums(found)
        ],
    }


def _change(one: Change) -> Json:
    return {
        "recorded_at": write_moment(one.recorded_at),
        "effective_date": one.on.isoformat(),
        "back_dated": one.is_back_dated,
        "event": one.kind.value,
        "what": one.what,
        "by": one.who,
        "object": one.object,
        "record": one.number,
        "account": one.account,
        "account_number": one.account_number,
        "currency": one.currency,
        **_figures(one),
    }


def _figures(one: Change | Moved) -> dict[str, Json]:
    return {
        "buckets": [plain(amount, one.currency) for amount in one.buckets],
        "unapplied": plain(one.unapplied, one.currency),
        "balance": plain(one.balance, one.currency),
    }


def _lines(request: ChangesRequest, found: tuple[Change, ...], book: str) -> Iterator[str]:
    until = "now" if request.until is None else moment(request.until)
    yield f"{book} as of {in_words(request.as_of)}: what was recorded after {moment(request.since)}, by {until}"
    yield ""
    if not found:
        yield "Nothing moved a figure."
        return
    columns = [
        *map(Column, ("Recorded", "Effective", "", "What", "Record", "Account", "Currency")),
        *(Column(heading, is_figure=True) for heading in ("Open", "Unapplied", "Balance")),
        Column("By"),
    ]
    yield from table(columns, map(_row, found))
    yield ""
    for one in sums(found):
        late = f", {one.back_dated:,} of them {_BACK_DATED}" if one.back_dated else ""
        moved = grouped(one.balance, one.currency)
        yield f"{one.currency}: {counted(one.count, 'event')}{late}; the balance moved by {moved}"


def _row(one: Change) -> tuple[str, ...]:
    figures = (grouped(amount, one.currency) for amount in (one.open, one.unapplied, one.balance))
    mark = _BACK_DATED if one.is_back_dated else ""
    said = (moment(one.recorded_at), one.on.isoformat(), mark, one.what, one.number, one.account, one.currency)
    return (*said, *figures, one.who)
