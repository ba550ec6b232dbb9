"""The rooms know only whom they may: the contracts of pyproject.toml hold, and each is seen to bite."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from architecture.source import CHECKOUT

PLANTED = (
    ("exchange/planted.py", "import duedesk.store.book"),
    ("domain/planted.py", "import sqlalchemy"),
    ("store/planted.py", "import openpyxl"),
    ("charts/planted.py", "import PySide6.QtGui"),
    ("exchange/planted_too.py", "import typst"),
    ("documents/planted.py", "import matplotlib"),
    ("charts/planted_too.py", "import openpyxl"),
    ("language/planted.py", "import sqlalchemy"),
    ("connect/planted.py", "import psycopg"),
    ("store/planted_too.py", "import keyring"),
    ("actions/planted.py", "import PySide6.QtCore"),
    ("cli/planted.py", "import duedesk.store.tables.ledger"),
    ("desk/pages/planted/page.py", "import duedesk.desk.pages.invoices"),
)
"""A line against each contract, and where it is planted."""


def lint(folder: Path) -> tuple[int, str]:
    program = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    done = subprocess.run(
        [program, "--no-cache", "--no-logo"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def verdicts(told: str) -> dict[str, str]:
    """Give what was said of each contract of pyproject.toml; long names are told on several lines."""
    one_line = " ".join(told.split())
    contracts = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    found = {one["name"]: re.search(re.escape(one["name"]) + " (KEPT|BROKEN)", one_line) for one in contracts}
    return {name: verdict[1] if verdict else "NOT TOLD" for name, verdict in found.items()}


def test_every_room_keeps_its_contract() -> None:
    code, told = lint(CHECKOUT)

    assert code == 0, told
    assert set(verdicts(told).values()) == {"KEPT"}, told


def test_a_planted_import_breaks_its_contract(tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(CHECKOUT / "pyproject.toml", tmp_path / "pyproject.toml")
    for place, line in PLANTED:
        file = tmp_path / "src" / "duedesk" / place
        file.parent.mkdir(exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.write_text(line)

    code, told = lint(tmp_path)

    assert code == 1
    assert {name: verdict for name, verdict in verdicts(told).items() if verdict != "BROKEN"} == {}, told


def test_a_room_that_is_not_on_the_map_is_refused(tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(CHECKOUT / "pyproject.toml", tmp_path / "pyproject.toml")
    (tmp_path / "src" / "duedesk" / "attic").mkdir()
    (tmp_path / "src" / "duedesk" / "attic" / "__init__.py").touch()

    code, told = lint(tmp_path)

    assert code == 1
    assert "attic" in told
