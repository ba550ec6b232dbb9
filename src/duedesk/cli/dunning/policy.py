"""`duedesk policy`: dunning policies listed, made and changed from a file, given to accounts and invoices, deleted."""

import argparse
from pathlib import Path

from duedesk.actions.dunning.policies import save_policy
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_options import tell
from duedesk.cli.dunning.policy_file import read_given
from duedesk.cli.dunning.policy_given import NONE, change_policy
from duedesk.cli.dunning.policy_text import policy_json, policy_lines
from duedesk.cli.dunning.policy_try import try_it
from duedesk.cli.json_text import write_json
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.store.queries.dunning.policies import policies, policy_called


def add_parser(verbs: Verbs) -> None:
    """Add `policy`."""
    parser = verbs.add_parser(
        "policy",
        description="List the dunning policies; with a name show one, make or change it from a file, or give it to "
        "accounts and invoices.",
        epilog="`duedesk policy NAME --json > F.json` writes what --set reads; TOML is read as well.",
    )
    add_book(parser)
    parser.add_argument("name", metavar="NAME", nargs="?", type=words, help=f"the policy; “{NONE}” takes one away")
    parser.add_argument("--set", metavar="F", type=Path, help="make it, or change it, as this file says (TOML, JSON)")
    parser.add_argument(
        "--try", dest="try_it", action="store_true", help="with --set, only tell what tomorrow's run would be by it"
    )
    doing = parser.add_mutually_exclusive_group()
    doing.add_argument("--default", action="store_true", help="what no account or invoice says otherwise has it")
    doing.add_argument("--on", action="store_true", help="use it again")
    doing.add_argument("--off", action="store_true", help="use it no more")
    doing.add_argument("--delete", action="store_true", help="delete it, where nothing has it")
    doing.add_argument("--account", metavar="A", type=words, nargs="+", help="give it to accounts")
    doing.add_argument("--invoice", metavar="I", type=words, nargs="+", help="give it to invoices")
    add_json(parser)
    parser.set_defaults(run=_policy)


def _policy(options: argparse.Namespace, terminal: Terminal) -> int:
    changes = bool(options.default or options.on or options.off or options.delete or options.account or options.invoice)
    if options.name is None and (changes or options.set is not None):
        raise RequestError("Which policy?", "`duedesk policy` lists them.")
    if options.try_it and options.set is None:
        raise RequestError("Which policy is to be tried?", "--set FILE says it.")
    with opened_book(options, terminal) as workspace:
        done = None
        if options.set is not None:
            wanted = read_given(options, workspace)
            if options.try_it:
                return try_it(options, terminal, workspace, wanted)
            done = save_policy(workspace, wanted)
        elif changes:
            done = change_policy(options, workspace)
        if done is not None and (options.delete or options.name.casefold() == NONE):
            return tell(options, terminal, done)
        found = policies if options.name is None else None
        shown = workspace.ask(found) if found else (workspace.ask(policy_called, options.name),)
    if options.json:
        documents = [policy_json(one) for one in shown]
        if options.name is not None and done is None:
            write_json(terminal, documents[0])
        else:
            write_json(terminal, {"done": done.summary if done else None, "policies": documents})
        return DONE
    if done is not None:
        terminal.say(f"{done.summary}.")
    for place, one in enumerate(shown):
        for line in (*([""] if place else []), *policy_lines(one)):
            terminal.say(line)
    return DONE
