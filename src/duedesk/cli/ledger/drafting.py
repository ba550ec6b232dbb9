"""`duedesk draft`: makes, edits, submits and deletes draft invoices, from options or a small file of lines."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from duedesk.actions.invoices.drafting import create_draft, delete_drafts, edit_draft, submit
from duedesk.actions.invoices.lines import set_lines
from duedesk.actions.invoices.written_drafts import read_changes, read_draft, read_lines
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.ledger.invoice_names import add_invoices, invoice_keys
from duedesk.cli.ledger.invoice_outcome import say_done
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.exchange.draft_file import DraftFile, read_draft_file

_ACTIONS = ("new", "edit", "delete", "submit")
_EPILOG = """\
A draft on one line, and the same from a file:
  duedesk draft new --set BillingAccountId='Acme Ltd' --line "Name=Hosting; Quantity=2; UnitPrice=49.50; TaxRate=19"
  duedesk draft new --from november.toml
A file says fields by API name, and lines below [[Lines]]. RelatedLineId is the name of the line's charge.
UnitPrice and LineAmount are before tax. With TaxLocaleType=Gross give GrossUnitPrice, the price with its tax, instead
of UnitPrice; the tax is taken out of it. LineAmount is before tax there too."""


def add_parser(verbs: Verbs) -> None:
    """Add `draft`."""
    parser = verbs.add_parser(
        "draft",
        description="Make a draft invoice, edit, submit or delete drafts. What is posted can be neither.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_book(parser)
    parser.add_argument("action", choices=_ACTIONS, help="what to do")
    add_invoices(parser)
    parser.add_argument("--from", dest="file", metavar="F", type=Path, help="a TOML or JSON file that says it")
    parser.add_argument(
        "--set", dest="values", metavar="FIELD=VALUE", action="append", type=words, default=[], help="a field"
    )
    parser.add_argument(
        "--line", dest="lines", metavar="L", action="append", type=words, default=[], help="a line: FIELD=VALUE; ..."
    )
    parser.add_argument("--version", metavar="N", type=int, help="edit only if nobody changed it since")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    said = _said(options)
    with opened_book(options, terminal) as workspace:
        if options.action == "new":
            if options.invoices:
                raise RequestError("A new draft has no name yet.", "Name its account: --set BillingAccountId=...")
            made = create_draft(workspace, workspace.ask(read_draft, said.fields, said.lines or ()))
            say_done(options, terminal, workspace, made.changes, [made.key])
            return DONE
        keys = invoice_keys(options, terminal, workspace)
        if options.action != "edit" and (said.fields or said.lines is not None):
            raise RequestError("Only a new draft, or one that is edited, is told fields and lines.")
        changes = _do(options, workspace, keys, said)
        say_done(options, terminal, workspace, changes, [] if options.action == "delete" else keys)
    return DONE


def _do(options: argparse.Namespace, workspace: Workspace, keys: list[int], said: DraftFile) -> Changes:
    if options.action == "delete":
        return delete_drafts(workspace, keys)
    if options.action == "submit":
        return submit(workspace, keys)
    if len(keys) > 1:
        raise RequestError("One draft is edited at a time.")
    if not said.fields and said.lines is None:
        raise RequestError("There is nothing to edit.", "Say --set FIELD=VALUE, --line or --from.")
    changes = Changes()
    version = options.version
    if said.fields:
        changes = edit_draft(workspace, keys[0], workspace.ask(read_changes, said.fields), version=version)
        version = None if version is None else version + bool(changes.objects)
    if said.lines is not None:
        changes = set_lines(workspace, keys[0], workspace.ask(read_lines, said.lines), version=version)
    return changes


def _said(options: argparse.Namespace) -> DraftFile:
    file = DraftFile({}) if options.file is None else read_draft_file(options.file)
    lines = [_fields(line.split(";")) for line in options.lines]
    return DraftFile({**file.fields, **_fields(options.values)}, tuple(lines) if lines else file.lines)


def _fields(said: list[str]) -> Mapping[str, str]:
    fields: dict[str, str] = {}
    for one in said:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise RequestError(f"“{one.strip()}” sets nothing.", "Write FIELD=VALUE: Name=Hosting.")
        fields[name.strip()] = value.strip()
    return fields
