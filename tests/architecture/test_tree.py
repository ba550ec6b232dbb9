"""The tree holds what it should: the agreed top level, nothing of one machine, no lock file and no registry's host."""

import re
from collections.abc import Iterator

import pytest

from architecture.source import CHECKOUT, project_files

TOP_LEVEL = {"pyproject.toml", "README.md", "LICENSE", "src", "resources", "tests", "packaging"}
"""And what begins with a dot."""

LARGEST_FILE = 3_000_000

MACHINE_PATHS = re.compile(
    "|".join(["/" + "work/", "/" + "root/", "/" + "home/[a-z]", "/" + "Users/[a-z]", r"C:\\" + "Users"])
)
REGISTRIES = re.compile(
    "|".join(
        ["py" + r"pi\.(org|python)", "python" + r"hosted\.org", "anaconda" + r"\.(org|cloud)", "npm" + r"js\.(org|com)"]
    )
    + "|--(extra-)?index"
    + "-url|index"
    + "-url ="
)
LOCKS = re.compile(r"(^|/)([\w.-]+\.lock|package-lock\.json|npm-shrinkwrap\.json|go\.sum|pnpm-lock\.yaml)$")


def unwanted(text: str) -> Iterator[str]:
    """Name each line that only one machine understands, or that names where packages come from."""
    for number, line in enumerate(text.splitlines(), start=1):
        if MACHINE_PATHS.search(line) or REGISTRIES.search(line):
            yield f"{number}: {line.strip()[:100]}"


def test_the_top_level_is_the_agreed_one() -> None:
    top = {place.split("/")[0] for place in project_files()}

    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL


def test_no_file_is_a_lock_file() -> None:
    assert [place for place in project_files() if LOCKS.search(place)] == []


def test_no_text_speaks_of_one_machine_or_of_a_registry() -> None:
    found = []
    for place in project_files():
        try:
            text = (CHECKOUT / place).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, or a file whose bytes are the point of it
        found += [f"{place}:{one}" for one in unwanted(text)]

    assert found == []


def test_no_file_is_too_large_for_a_repository() -> None:
    sizes = {place: (CHECKOUT / place).stat().st_size for place in project_files()}

    assert {place: size for place, size in sizes.items() if size > LARGEST_FILE} == {}


@pytest.mark.parametrize(
    "line",
    [
        "see /" + "home/ana/books",
        "cd /" + "work/main",
        "https://py" + "pi.org/simple",
        "--extra-index" + "-url x",
        "C:\\" + "Users",
    ],
)
def test_a_planted_line_is_caught(line: str) -> None:
    assert [*unwanted(line)]


@pytest.mark.parametrize("place", ["uv" + ".lock", "packaging/poetry" + ".lock", "package-lock" + ".json"])
def test_a_planted_lock_file_is_caught(place: str) -> None:
    assert LOCKS.search(place)
