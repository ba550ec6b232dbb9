"""The grammar of conditions, orders and queries, and what is said where a text does not follow it; it knows no field.

One grammar serves `--where`, `--order-by` and `query`: the useful part of SOQL. Lark is loaded when a text is read.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from lark import Lark, Token, Tree, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from duedesk.domain.errors import RequestError
from duedesk.domain.literals import unstorable
from duedesk.domain.query import Function

Node = Tree[Token]

_GRAMMAR = r"""
query: _SELECT selection _FROM PATH [where] [group_by] [having] [order_by] [limit] [offset]
selection: item (_COMMA item)*
item: term (_AS? PATH)?
where: _WHERE any_of
group_by: _GROUP _BY term (_COMMA term)*
having: _HAVING any_of
order_by: _ORDER _BY orders
limit: _LIMIT NUMBER
offset: _OFFSET NUMBER

orders: order (_COMMA order)*
order: term [WAY] [_NULLS EDGE]

?any_of: all_of (_OR all_of)*
?all_of: factor (_AND factor)*
?factor: _NOT factor -> negation
       | _LPAR any_of _RPAR
       | comparison
?comparison: term SIGN value -> compare
           | term _IN values -> among
           | term _WITHIN _LPAR value _COMMA value _RPAR -> within
           | term _NOT_IN values -> not_among
           | term _LIKE value -> like
           | term _NOT_LIKE value -> not_like

term: PATH
    | FUNCTION _LPAR [PATH] _RPAR
values: _LPAR value (_COMMA value)* _RPAR
value: STRING | NUMBER | WORD

STRING: /'(?:[^'\\]|\\.|'')*'/s
NUMBER: /[-+]?\d[\d.:TZ+-]*/
SIGN: /<=|>=|!=|<>|=|<|>/
PATH: /(?!(?:SELECT|FROM|WHERE)(?![\w.]))[A-Za-z_][\w.]*/i
WORD: /[A-Za-z_][\w.]*(:\d+)?/
FUNCTION.3: /(FUNCTIONS)(?=\s*\()/i
WAY.2: /(ASC|DESC)(?![\w.])/i
EDGE.2: /(FIRST|LAST)(?![\w.])/i
_SELECT.2: /SELECT(?![\w.])/i
_FROM.2: /FROM(?![\w.])/i
_AS.2: /AS(?![\w.])/i
_WHERE.2: /WHERE(?![\w.])/i
_GROUP.2: /GROUP(?![\w.])/i
_ORDER.2: /ORDER(?![\w.])/i
_BY.2: /BY(?![\w.])/i
_HAVING.2: /HAVING(?![\w.])/i
_LIMIT.2: /LIMIT(?![\w.])/i
_OFFSET.2: /OFFSET(?![\w.])/i
_NULLS.2: /NULLS(?![\w.])/i
_AND.2: /AND(?![\w.])/i
_OR.2: /OR(?![\w.])/i
_NOT_IN.4: /NOT\s+IN(?![\w.])/i
_NOT_LIKE.4: /NOT\s+LIKE(?![\w.])/i
_NOT.2: /NOT(?![\w.])/i
_IN.2: /IN(?![\w.])/i
_WITHIN.2: /WITHIN(?![\w.])/i
_LIKE.2: /LIKE(?![\w.])/i
_LPAR: "("
_RPAR: ")"
_COMMA: ","
%ignore /\s+/
"""

ALL_FIELDS = "FIELDS"
_FUNCTIONS = (*sorted(Function, key=len, reverse=True), ALL_FIELDS)  # the longest first: COUNT begins COUNT_DISTINCT
_DEEPEST = 50

_OPERATORS = {"SIGN", "_IN", "_NOT_IN", "_LIKE", "_NOT_LIKE"}
_VALUES = {"STRING", "NUMBER", "WORD"}
_SAID = {
    "_SELECT": "SELECT",
    "_COMMA": "a comma",
    "PATH": "a name",
    "_FROM": "FROM",
    "_AND": "AND",
    "_OR": "OR",
    "_WHERE": "WHERE",
    "_GROUP": "GROUP BY",
    "_BY": "BY",
    "_HAVING": "HAVING",
    "WAY": "ASC, DESC",
    "_NULLS": "NULLS FIRST, NULLS LAST",
    "EDGE": "FIRST, LAST",
    "_ORDER": "ORDER BY",
    "_LIMIT": "LIMIT",
    "_OFFSET": "OFFSET",
    "NUMBER": "a number",
    "$END": "the end",
}
"""What may stand next, in the order it is listed."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text as it was typed, and how places in it are named."""

    text: str

    def place(self, at: int) -> str:
        """Name a place: by the character, and by the line too where there are several."""
        before = self.text[:at]
        line = before.count("\n") + 1
        character = at - (before.rfind("\n") + 1) + 1
        return f"line {line}, character {character}" if "\n" in self.text.strip() else f"character {at + 1}"

    def wrong(self, error: RequestError, at: int) -> RequestError:
        """Give an error once more, with its place."""
        return RequestError(f"{error.message.removesuffix('.')}, at {self.place(at)}.", error.hint)

    def unexpected(self, at: int, seen: str, wanted: str) -> RequestError:
        """Say that something else should stand there."""
        found = f"“{seen}”" if seen else "the end"
        return RequestError(f"At {self.place(at)} there is {found} where {wanted} should stand.", f"In: {self.text}")


def parse(source: Source, what: str) -> Node:
    """Read a text as `any_of` (a condition), `orders` or `query`; RequestError names the place where it is none."""
    text = source.text
    lost = unstorable(text)
    if lost is not None:
        place = source.place(lost)
        raise RequestError(f"{place[0].upper()}{place[1:]} is none that a text can hold.")
    try:
        return _lark().parse(text, start=what)
    except UnexpectedCharacters as error:
        at = _position(error)
        place, seen = source.place(at), text[at : at + 10].rstrip()
        hint = "FIELDS(ALL) gives every field." if seen.startswith("*") else f"In: {text}"
        raise RequestError(f"{place[0].upper()}{place[1:]}, “{seen}”, cannot be read.", hint) from None
    except UnexpectedToken as error:
        is_end = error.token.type == "$END"
        at = len(text.rstrip()) if is_end else _position(error)
        raise source.unexpected(at, "" if is_end else str(error.token), _wanted(_accepted(text[:at], what))) from None


def branch(node: Node | Token) -> Node:
    """Give a part that the grammar says has parts."""
    if not isinstance(node, Tree):
        raise TypeError(f"“{node}” has no parts")
    return node


def leaf(node: Node | Token) -> Token:
    """Give the first word of a part."""
    while isinstance(node, Tree):
        node = node.children[0]
    return node


def start(node: Node | Token) -> int:
    """Give the place in the text at which a part begins."""
    return leaf(node).start_pos or 0


class _Nesting:
    """Follow how deep brackets and NOTs are nested, so that nothing is followed without end."""

    always_accept: ClassVar[Collection[str]] = ()

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Pass the tokens on; RequestError where they go too deep."""
        depth, nots, before = 0, 0, ""
        opened: list[int] = []
        for token in stream:
            if token.type == "_NOT":
                nots += 1
            elif token.type == "_LPAR":
                held = 0 if before in {"_IN", "_NOT_IN", "_WITHIN", "FUNCTION"} else nots + 1
                opened.append(held)
                depth, nots = depth + held, 0
            elif token.type == "_RPAR":
                depth -= opened.pop() if opened else 0
            else:
                nots = 0
            if depth + nots > _DEEPEST:
                raise RequestError(f"The condition is nested more than {_DEEPEST} deep.", "Take out brackets or NOTs.")
            before = token.type
            yield token


@cache
def _lark() -> Lark:
    grammar = _GRAMMAR.replace("FUNCTIONS", "|".join(_FUNCTIONS))
    starts = ["query", "any_of", "orders"]
    return Lark(grammar, parser="lalr", start=starts, maybe_placeholders=False, postlex=_Nesting())


def _position(error: UnexpectedInput) -> int:
    at: int | None = error.pos_in_stream
    return at or 0


def _accepted(text: str, what: str) -> Collection[str]:
    """Give what may stand behind a text; the error itself knows it only when all that was read is put together."""
    parser = _lark().parse_interactive(text, start=what)
    parser.exhaust_lexer()
    accepted: set[str] = parser.accepts()  # type: ignore[no-untyped-call] # Lark leaves it so
    return accepted


def _wanted(accepted: Collection[str]) -> str:
    """Say what may stand where something else does."""
    if set(accepted) >= _OPERATORS:
        return "=, !=, <, <=, >, >=, LIKE or IN"
    if set(accepted) >= _VALUES:
        return A_VALUE
    if "FUNCTION" in accepted:
        return "a field"
    if "_RPAR" in accepted:
        return "“)”"
    if "_LPAR" in accepted:
        return "“(”"
    *several, last = [one for name, words in _SAID.items() if name in accepted for one in words.split(", ")]
    return f"{', '.join(several)} or {last}" if several else last


A_VALUE = "a value; text stands in 'quotes'"
