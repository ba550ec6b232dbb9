"""`duedesk undo`: undoes the last thing you did by its opposite; it says what that is, and does it only when told."""

import argparse

from duedesk.actions.undo import UndoPlan, redo_plan, undo, undo_plan
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.options import add_json
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import Question, RequestError


def add_parser(verbs: Verbs) -> None:
    """Add `undo`."""
    parser = verbs.add_parser(
        "undo",
        description="Say how the last thing you did would be undone; with --yes, do it. Nothing is taken out of the "
        "book: the opposite is an action of its own, dated today.",
    )
    add_book(parser)
    parser.add_argument("--yes", action="store_true", help="do it")
    parser.add_argument("--redo", action="store_true", help="do again what was undone last")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        plan = (redo_plan if options.redo else undo_plan)(workspace)
        if plan is None:
            raise RequestError(f"There is nothing to {'do again' if options.redo else 'undo'}.")
        if not plan.is_possible:
            raise RequestError(plan.sentence)
        if not options.yes:
            if options.json:
                write_json(terminal, _json(plan, None))
            raise Question(f"{plan.done}: {plan.sentence}", "Say --yes to do that.")
        done = undo(workspace, plan)
    if options.json:
        write_json(terminal, _json(plan, done.summary))
    else:
        terminal.say(done.summary)
    return DONE


def _json(plan: UndoPlan, done: str | None) -> dict[str, str | int | None]:
    return {"journal": plan.entry, "undoes": plan.done, "will": plan.sentence, "done": done}
