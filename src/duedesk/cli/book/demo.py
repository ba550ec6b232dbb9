"""`duedesk demo`: makes a sample book; what happens in it is told elsewhere."""

import argparse

from duedesk.actions.demo import make_demo
from duedesk.actions.recent import remember_book
from duedesk.cli.lists.record_text import counted
from duedesk.cli.options import add_as_of
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.store.queries.overview import overview


def add_parser(verbs: Verbs) -> None:
    """Add `demo`."""
    parser = verbs.add_parser(
        "demo", description="Make a sample book of two years: the same for the same seed, day and number of invoices."
    )
    parser.add_argument("book", metavar="BOOK", help="the new book: a file, or postgresql://user@host/database")
    parser.add_argument("--invoices", metavar="N", type=int, default=2000, help="how many (2000)")
    parser.add_argument("--seed", metavar="S", type=int, default=1, help="another seed, another book (1)")
    parser.add_argument("--no-letters", action="store_true", help="without the dunning letters of its last weeks")
    add_as_of(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    def progress(done: int, total: int) -> None:
        terminal.progress(f"making the sample: {done:,} of {counted(total, 'invoice')}")

    workspace = make_demo(
        options.book,
        terminal.world,
        invoices=options.invoices,
        seed=options.seed,
        as_of=options.as_of,
        with_letters=not options.no_letters,
        progress=progress,
    )
    try:
        remember_book(options.book)
        there, name = workspace.ask(overview), workspace.book.name
    finally:
        workspace.close()
    terminal.clear_progress()
    made = f"{counted(there.invoices, 'invoice')} for {counted(there.accounts, 'account')}"
    until = f" until {there.last_day.isoformat()}" if there.last_day else ""
    terminal.say(f"{name}: {made} in {', '.join(there.currencies)}{until}")
    return DONE
