"""A reader finds their way: small files, short functions, a sentence at each head, no drawers, nothing put off."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from architecture.source import CHECKOUT, PACKAGE, Module, imported_names, package, parse, project_files, python_files

FILE_LINES = 400
FUNCTION_LINES = 50
CLASS_LINES = 300
PROJECT_IMPORTS = 12

RECORDS = "src/duedesk/store/migrations/versions/"
"""A released migration is a record of what was done, kept as it was written: its functions may be long."""

LONG_TEXTS = {"src/duedesk/desk/theme.py": "style_sheet"}
"""Functions that hold one text and nothing else: a style sheet is read from top to bottom as it is."""

LISTS = {"domain/objects/__init__.py", "store/tables/__init__.py"}
"""What lists all there is of a kind, a line each, and does nothing else, may name as many as there are."""

DRAWERS = {"util", "utils", "helper", "helpers", "common", "core", "manager", "managers", "misc"}
DRAWERS |= {"service", "services", "base", "stuff", "various", "tools"}

PUT_OFF = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "HA" + "CK", "WI" + "P"]) + r")\b")


def drawers(place: str) -> Iterator[str]:
    """Name each part of a path that says nothing of what is in it."""
    for part in place.split("/"):
        stem = part.split(".")[0].lower()
        if stem in DRAWERS or stem.rpartition("_")[2] in DRAWERS:
            yield f"{place}: {part}"


def drawer_classes(module: Module) -> Iterator[str]:
    """Name each class that is called after a drawer."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and re.search(r"(Util|Helper|Manager|Service|Misc|Common)s?$", node.name):
            yield f"{module.place}:{node.lineno} {node.name}"


def overlong(module: Module) -> Iterator[str]:
    """Name the file, the functions and the classes that are longer than one can hold in mind."""
    length = len(module.text.splitlines())
    if length > FILE_LINES:
        yield f"{module.place}: {length} lines"
    for node in ast.walk(module.tree):
        most = _most_lines(node, module)
        if most is not None and isinstance(node, ast.stmt) and node.end_lineno is not None:
            lines = node.end_lineno - node.lineno + 1
            if lines > most:
                yield f"{module.place}:{node.lineno} {getattr(node, 'name', '')}: {lines} lines"


def _most_lines(node: ast.AST, module: Module) -> int | None:
    if isinstance(node, ast.ClassDef):
        return CLASS_LINES
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or module.place.startswith(RECORDS):
        return None
    return None if LONG_TEXTS.get(module.place) == node.name else FUNCTION_LINES


def project_imports(module: Module) -> set[str]:
    """Give the modules of the program that a module imports."""
    names = set(imported_names(module.tree).values())
    return {name if _is_module(name) else name.rpartition(".")[0] for name in names if name.startswith("duedesk.")}


@cache
def _is_module(name: str) -> bool:
    place = PACKAGE.parent.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()


def test_nothing_is_longer_than_one_can_hold_in_mind() -> None:
    assert [one for module in python_files() for one in overlong(module)] == []


def test_no_module_leans_on_too_many() -> None:
    leaning = {module.place: len(project_imports(module)) for module in package() if module.place not in LISTS}

    assert {place: count for place, count in leaning.items() if count > PROJECT_IMPORTS} == {}


def test_every_module_begins_with_a_sentence() -> None:
    silent = [
        module.place for module in python_files() if not re.match(r"\S.*[.:!?]", ast.get_docstring(module.tree) or "")
    ]

    assert silent == []


def test_there_are_no_drawers() -> None:
    assert [one for place in project_files() for one in drawers(place)] == []
    assert [one for module in python_files() for one in drawer_classes(module)] == []


def test_nothing_is_put_off() -> None:
    found = [
        f"{place}:{number} {line.strip()}"
        for place in project_files()
        if place.endswith((".py", ".md", ".toml", ".typ", ".cfg", ".sh", ".yml"))
        for number, line in enumerate((CHECKOUT / place).read_text(encoding="utf-8").splitlines(), start=1)
        if PUT_OFF.search(line)
    ]

    assert found == []


def test_no_function_is_a_stub() -> None:
    stubs = [
        f"{module.place}:{node.lineno}"
        for module in package()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Raise) and node.exc is not None and "NotImplementedError" in ast.unparse(node.exc)
    ]

    assert stubs == []


@pytest.mark.parametrize(
    "place", ["src/duedesk/utils.py", "tests/common/test_a.py", "src/a/text_helpers.py", "a/Misc/b.md"]
)
def test_a_planted_drawer_is_caught(place: str) -> None:
    assert [*drawers(place)]


@pytest.mark.parametrize("place", ["src/duedesk/domain/based_on.py", "resources/demo/names.toml", "src/a/database.py"])
def test_a_name_that_says_something_is_no_drawer(place: str) -> None:
    assert [*drawers(place)] == []


@pytest.mark.parametrize(
    "text",
    [
        "pass\n" * 401,
        "def grow():\n" + "    pass\n" * 50,
        "class Whole:\n" + "    x = 1\n" * 300,
        "class PageManager: pass",
    ],
)
def test_planted_length_and_names_are_caught(text: str) -> None:
    assert [*overlong(parse(text)), *drawer_classes(parse(text))]
