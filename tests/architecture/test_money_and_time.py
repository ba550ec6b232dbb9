"""Amounts are exact, numbers in signals are whole, and the clock is asked at the launch alone."""

import ast
import re
import sys
from collections.abc import Iterator

import pytest

from architecture.source import Module, dotted, imported_names, in_full, package, parse

MONEY_ROOMS = {"domain", "store", "actions", "exchange"}

FLOATS_THAT_ARE_NO_MONEY = {
    "actions/demo/": "how often a thing happens in the sample book; its amounts are whole units",
    "exchange/csv_file.py": "how likely it is that a sign parts the columns",
    "exchange/encoding.py": "how much of a text looks like another encoding",
    "exchange/serials.py": "a moment of Excel is a count of days with a fraction",
    "exchange/sheet_stream.py": "the height of a row in points",
    "exchange/workbooks/": "shares of a colour, and inches on paper",
}
"""Where a float may stand in a room of money, and why."""

TAKES_NO_AMOUNTS = {"get_close_matches", "serial_moment"}
"""What a float may be handed to: how near a mistyped name has to be; a moment of Excel."""

ASKS_THE_CLOCK_MAY = {"launch.py", "__main__.py"}

CLOCKS = re.compile(
    r"""(^|\.)(
        datetime\.(now|utcnow|today) | date\.today | time\.(time|time_ns|localtime|gmtime|ctime|strftime|asctime)
        | QDate\.currentDate | QTime\.currentTime | QDateTime\.current\w+ | func\.(now|current_\w+|localtime\w*)
    )$""",
    re.VERBOSE,
)
SQL_CLOCKS = re.compile(
    r"\bcurrent_(timestamp|date|time)\b|\bnow\(\)|'now'|\b(statement|clock)_timestamp\b", re.IGNORECASE
)


def floats(module: Module) -> Iterator[str]:
    """Name each float, a literal or the type, but for what is handed to a function that takes no amounts."""
    harmless = {
        part
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and dotted(node.func) in TAKES_NO_AMOUNTS
        for part in ast.walk(node)
    }
    for node in ast.walk(module.tree):
        if node in harmless:
            continue
        if isinstance(node, ast.Name) and node.id == "float":
            yield f"{module.place}:{node.lineno} float"
        elif isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield f"{module.place}:{node.lineno} {node.value}"


def amounts_from_floats(module: Module) -> Iterator[str]:
    """Name each Decimal that is made from a float."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        name = dotted(node.func)
        if name.endswith("Decimal.from_float"):
            yield f"{module.place}:{node.lineno} {name}"
        elif name.rpartition(".")[2] in {"Decimal", "to_units"}:
            inner = [part for argument in node.args for part in ast.walk(argument)]
            if any(isinstance(part, ast.Constant) and isinstance(part.value, float) for part in inner):
                yield f"{module.place}:{node.lineno} {name} of a float"
            if any(isinstance(part, ast.Name) and part.id == "float" for part in inner):
                yield f"{module.place}:{node.lineno} {name} of a float"


def narrow_signals(module: Module) -> Iterator[str]:
    """Name each Qt signal that would cut a number to 32 bits or round it."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] == "Signal":
            for part in (inner for argument in node.args for inner in ast.walk(argument)):
                narrow = isinstance(part, ast.Name) and part.id in {"int", "float"}
                spelt = isinstance(part, ast.Constant) and part.value in {"int", "float", "double", "long", "uint"}
                if narrow or spelt:
                    yield f"{module.place}:{node.lineno} {ast.unparse(node)}"


def clocks(module: Module) -> Iterator[str]:
    """Name each place that asks the machine or the database what time it is."""
    names = imported_names(module.tree)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute | ast.Name) and CLOCKS.search(in_full(node, names)):
            yield f"{module.place}:{node.lineno} {ast.unparse(node)}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_CLOCKS.search(node.value):
            yield f"{module.place}:{node.lineno} {node.value[:60]!r}"


def test_no_float_stands_where_money_is() -> None:
    found = [
        one
        for module in package()
        if module.room in MONEY_ROOMS and not module.place.startswith(tuple(FLOATS_THAT_ARE_NO_MONEY))
        for one in floats(module)
    ]

    assert found == []


def test_every_exception_is_still_needed() -> None:
    used = {
        place
        for place in FLOATS_THAT_ARE_NO_MONEY
        for one in package()
        if one.place.startswith(place) and [*floats(one)]
    }

    assert used == FLOATS_THAT_ARE_NO_MONEY.keys()


def test_no_amount_is_made_from_a_float() -> None:
    assert [one for module in package() for one in amounts_from_floats(module)] == []


def test_no_signal_cuts_a_number() -> None:
    assert [one for module in package() for one in narrow_signals(module)] == []


def test_only_the_launch_asks_the_clock() -> None:
    assert [one for module in package() if module.place not in ASKS_THE_CLOCK_MAY for one in clocks(module)] == []


def test_the_domain_is_standard_library_only() -> None:
    outside = [
        f"{module.place} {name}"
        for module in package()
        if module.room == "domain"
        for node in ast.walk(module.tree)
        for name in _imports(node)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("duedesk.domain")
    ]

    assert outside == []


def test_charts_never_touch_pyplot() -> None:
    # pyplot keeps every figure in a list of its own and asks for a window.
    found = [module.place for module in package() for node in ast.walk(module.tree) if "pyplot" in str(_imports(node))]

    assert found == []


@pytest.mark.parametrize(
    "line",
    ["total = 0.1", "total: float = 0", "float(text)", "isinstance(cell, float)", "rate = 1e-3", "x = 2j"],
)
def test_a_planted_float_is_caught(line: str) -> None:
    assert [*floats(parse(line))]


@pytest.mark.parametrize("line", ["get_close_matches(name, names, 1, 0.7)", "serial_moment(float(text))"])
def test_a_float_that_cannot_be_an_amount_is_not(line: str) -> None:
    assert [*floats(parse(line))] == []


@pytest.mark.parametrize(
    "line", ["Decimal(0.1)", "decimal.Decimal(-19.99)", "Decimal.from_float(x)", "Decimal(float(x))", "to_units(1.5)"]
)
def test_a_planted_amount_from_a_float_is_caught(line: str) -> None:
    assert [*amounts_from_floats(parse(line))]


@pytest.mark.parametrize(
    "line",
    ["Signal(int)", "chosen = QtCore.Signal(str, int)", "Signal([int], [str])", 'Signal("int")', "Signal(float)"],
)
def test_a_planted_narrow_signal_is_caught(line: str) -> None:
    assert [*narrow_signals(parse(line))]


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import date\nday = date.today()",
        "import datetime\nday = datetime.date.today()",
        "import datetime as d\nmoment = d.datetime.now(d.UTC)",
        "from datetime import datetime as moment\nmoment.now()",
        "from time import time\nbegan = time()",
        "import time\nbegan = time.time()",
        "import time as t\nt.localtime()",
        "from functools import partial\nfrom datetime import date\nask = partial(date.today)",
        "from PySide6.QtCore import QDate\nQDate.currentDate()",
        "from PySide6 import QtCore\nQtCore.QDateTime.currentDateTimeUtc()",
        "from sqlalchemy import func\nfunc.now()",
        "sql = 'UPDATE invoice SET posted_at = CURRENT_TIMESTAMP'",
        "sql = \"SELECT date('now')\"",
    ],
)
def test_a_planted_clock_is_caught(text: str) -> None:
    assert [*clocks(parse(text))]


@pytest.mark.parametrize(
    "text", ["world.today()", "self._world.now()", "import time\ntime.monotonic()", "datetime.combine(day, hour)"]
)
def test_a_clock_that_was_handed_down_is_not(text: str) -> None:
    assert [*clocks(parse(text))] == []


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []
