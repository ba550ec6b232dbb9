"""The project's own files as architecture tests read them; it judges nothing."""

import ast
import gc
import subprocess
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
PACKAGE = CHECKOUT / "src" / "duedesk"


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file. `place` is its path within the checkout, or within the package for those of `package()`."""

    place: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """Give the room a module of the package stands in; its own name for those that stand in the hall."""
        return self.place.split("/")[0].removesuffix(".py")


def parse(text: str, place: str = "desk/planted.py") -> Module:
    """Make a module of a text, for rules to be tried on."""
    return Module(place, text, ast.parse(text))


@cache
def package() -> tuple[Module, ...]:
    """Give every module of the program."""
    within = PACKAGE.relative_to(CHECKOUT).as_posix() + "/"
    return tuple(
        replace(module, place=module.place.removeprefix(within))
        for module in python_files()
        if module.place.startswith(within)
    )


@cache
def python_files() -> tuple[Module, ...]:
    """Give every Python file of the checkout: program, tests and packaging."""
    collects = gc.isenabled()
    gc.collect()
    gc.disable()  # all trees are kept: looking through them again and again takes longer than making them
    try:
        return tuple(
            parse((CHECKOUT / place).read_text(encoding="utf-8"), place)
            for place in project_files()
            if place.endswith(".py")
        )
    finally:
        gc.freeze()
        if collects:
            gc.enable()


@cache
def project_files() -> tuple[str, ...]:
    """Give what belongs to the project: what git knows, else what stands in the checkout and is not ignored."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=True).stdout
        places = [place for place in listed.decode().split("\0") if place and (CHECKOUT / place).is_file()]
    except (OSError, subprocess.CalledProcessError):
        places = []
    return tuple(sorted(places or _walk(CHECKOUT)))


def _walk(folder: Path) -> list[str]:
    ignored = [line.strip("/") for line in (CHECKOUT / ".gitignore").read_text(encoding="utf-8").split()] + [".git"]
    places: list[str] = []
    for found in folder.iterdir():
        if any(fnmatch(found.name, pattern) for pattern in ignored):
            continue
        places += _walk(found) if found.is_dir() else [found.relative_to(CHECKOUT).as_posix()]
    return places


def dotted(node: ast.expr) -> str:
    """Give `a.b.c` of a name or an attribute of one; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        owner = dotted(node.value)
        return f"{owner}.{node.attr}" if owner else ""
    return ""


def imported_names(tree: ast.Module) -> dict[str, str]:
    """Give what each imported name stands for: `moment` for `from datetime import datetime as moment`, in full."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def in_full(node: ast.expr, names: dict[str, str]) -> str:
    """Give a dotted name with its first part as it was imported."""
    first, dot, rest = dotted(node).partition(".")
    return names.get(first, first) + dot + rest
