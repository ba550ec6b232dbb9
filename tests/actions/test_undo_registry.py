"""Every action there is has an opposite, or says why it has none; a new one that does neither is found here."""

import ast
from collections.abc import Iterator

from architecture.source import package
from duedesk.actions.undoing.registry import CANNOT, OPPOSITES
from duedesk.domain.access import DUTIES


def _texts(node: ast.expr, place: str) -> Iterator[str]:
    match node:
        case ast.Constant(str() as text):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body, place)
            yield from _texts(orelse, place)
        case ast.JoinedStr(values=[ast.Constant("undo_"), *_]):
            pass  # it goes by the name of its first verb
        case _:
            raise AssertionError(f"{place}, line {node.lineno}: the name of an action is written out where it is taken")


def actions() -> set[str]:
    """Give the names under which the program journals what it does."""
    found: set[str] = set()
    for module in package():
        if not module.place.startswith("actions/") or module.place == "actions/deed.py":
            continue
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call):
                continue
            match node.func:
                case ast.Name("deed"):
                    found.update(_texts(node.args[1], module.place))
                case ast.Attribute(ast.Name("journal"), "record"):
                    (named,) = [word.value for word in node.keywords if word.arg == "action"]
                    found.update(_texts(named, module.place))
    return found


def test_every_action_has_an_opposite_or_says_why_not() -> None:
    known = OPPOSITES.keys() | CANNOT.keys()
    assert actions() - known == set(), "put it into actions/undoing/registry.py"
    assert known - actions() == set(), "nothing is journaled under that name"
    assert OPPOSITES.keys().isdisjoint(CANNOT)


def test_every_action_is_somebodys_duty() -> None:
    duties = {action for duty in DUTIES for action in duty.actions}
    assert actions() - duties == set(), "put it into domain/access.py"


def test_the_walk_finds_actions() -> None:
    assert {"add_note", "import", "take_away"} <= actions()
