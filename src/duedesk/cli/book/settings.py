"""`duedesk settings`: shows and sets what letters say of the sender, limits and loss rates; nothing of one user's."""

import argparse

from duedesk.cli.book.settings_held import BETWEEN_LINES, set_setting, setting_held, settings_held
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.layout import aligned
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs


def add_parser(verbs: Verbs) -> None:
    """Add `settings`."""
    parser = verbs.add_parser(
        "settings",
        description="What letters say of the sender, up to which amount a write-off needs no approval, and what an "
        "allowance expects to lose from so many days overdue on, in per cent (loss_rates 0:0.3,1:1.6,31:3.6): all of "
        f"it, one of it, or one of it set anew. Lines stand apart by “{BETWEEN_LINES}”; an empty value clears.",
    )
    add_book(parser)
    parser.add_argument(
        "name",
        metavar="NAME",
        nargs="?",
        help="letterhead.name, letterhead.bank_lines, write_off_limit.EUR, loss_rates, ...",
    )
    parser.add_argument("value", metavar="VALUE", type=words, nargs="?", help="what it shall be")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        if options.name is None:
            shown = settings_held(workspace)
        else:
            held = setting_held(workspace, options.name)
            if options.value is not None:
                set_setting(workspace, options.name, options.value)
                held = setting_held(workspace, options.name)
            shown = {options.name: held}
    if options.json:
        write_json(terminal, {"settings": [{"name": name, "value": value} for name, value in shown.items()]})
    elif options.name:
        terminal.say(shown[options.name])
    else:
        for line in aligned(shown.items()):
            terminal.say(line)
    return DONE
