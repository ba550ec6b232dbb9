"""`duedesk sharing`: what clerks may do with what others own, and the rules that share what a group owns."""

import argparse

from duedesk.actions.access.sharing import GIVEN, RuleDraft, delete_rule, save_rule, set_visibility
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.access import HOW_FAR_IT_HOLDS, Level, Visibility
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.store.queries.access import owner_key, sharing_rules, who_am_i


def add_parser(verbs: Verbs) -> None:
    """Add `sharing`."""
    parser = verbs.add_parser(
        "sharing", description=f"The default and the sharing rules of the book, shown or set. {HOW_FAR_IT_HOLDS}"
    )
    add_book(parser)
    parser.add_argument("--default", choices=Visibility, type=Visibility, help="for what others own")
    parser.add_argument("--rule", metavar="NAME", type=words, help="the rule that the other options make or change")
    parser.add_argument("--owned-by", metavar="WHO", type=words, help="what this user or group owns ...")
    parser.add_argument("--with", dest="who", metavar="WHO", type=words, help="... is shared with this one ...")
    parser.add_argument("--level", choices=GIVEN, type=Level, help="... so far (Read)")
    parser.add_argument("--delete", action="store_true", help="take the rule away")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        done = [set_visibility(workspace, options.default)] if options.default is not None else []
        if options.rule is not None:
            done.append(_change_rule(options, workspace))
        elif options.owned_by or options.who or options.level or options.delete:
            raise RequestError("Say which rule.", "--rule NAME names it.")
        default, rules = workspace.ask(who_am_i).visibility, workspace.ask(sharing_rules)
    said = [one.summary for one in done if one.summary]
    if options.json:
        shown = [
            {"name": one.name, "owned_by": one.owned_by, "shared_with": one.shared_with, "level": one.level}
            for one in rules
        ]
        write_json(terminal, {"done": said, "default": default, "rules": shown, "holds": HOW_FAR_IT_HOLDS})
        return DONE
    for sentence in said:
        terminal.say(sentence)
    if not done:
        terminal.say(f"Default: {default}")
        columns = tuple(map(Column, ("Rule", "Owned by", "Shared with", "Access")))
        for line in table(columns, ((one.name, one.owned_by, one.shared_with, one.level) for one in rules)):
            terminal.say(line)
        terminal.say(HOW_FAR_IT_HOLDS)
    return DONE


def _change_rule(options: argparse.Namespace, workspace: Workspace) -> Changes:
    there = next((one for one in workspace.ask(sharing_rules) if one.name == options.rule), None)
    if options.delete:
        if there is None:
            raise RequestError(f"There is no sharing rule “{options.rule}”.")
        return delete_rule(workspace, there.key)
    if there is None and not (options.owned_by and options.who):
        raise RequestError(f"There is no sharing rule “{options.rule}”.", "Say --owned-by and --with to make it.")
    owned_by = workspace.ask(owner_key, options.owned_by) if options.owned_by else there.owned_by_key if there else 0
    who = workspace.ask(owner_key, options.who) if options.who else there.shared_with_key if there else 0
    level = options.level or (there.level if there else Level.READ)
    return save_rule(workspace, RuleDraft(options.rule, owned_by, who, level), key=there.key if there else None).changes
