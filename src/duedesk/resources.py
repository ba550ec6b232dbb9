"""Find what is shipped beside the code: letters, looks, fonts; it reads files and makes nothing of them but a look."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


class LookName(StrEnum):
    """The two looks."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours by meaning, as #RRGGBB. `buckets` runs from not due to oldest.

    `late_steps` are more than four that are late, each a step darker: told apart up to nine buckets.
    """

    background: str
    panel: str
    line: str
    hover: str
    text: str
    quiet_text: str
    accent: str
    accent_tint: str
    overdue: str
    buckets: tuple[str, ...]
    late_steps: tuple[str, ...]

    def bucket(self, index: int, count: int) -> str:
        """Give the colour of one of `count` buckets: from the five, or from finer steps where there are more."""
        if index == 0:
            return self.buckets[0]
        late = self.buckets[1:] if count <= len(self.buckets) else self.late_steps
        place = (index - 1) * (len(late) - 1) / max(count - 2, 1)
        return late[round(place)]


def resource(*parts: str) -> Path:
    """Give the path of a shipped file: inside the installed package, else in the repository it is run from."""
    installed = _HERE / "_data"
    root = installed if installed.is_dir() else _HERE.parents[1] / "resources"
    return root.joinpath(*parts)


@cache
def look(name: LookName) -> Look:
    """Give a look by name."""
    import tomllib  # noqa: PLC0415 - not before the window is painted

    tokens = tomllib.loads(resource("looks", f"{name}.toml").read_text(encoding="utf-8"))
    several = {name: tuple(tokens[name]) for name in ("buckets", "late_steps")}
    return Look(**{**tokens, **several})
