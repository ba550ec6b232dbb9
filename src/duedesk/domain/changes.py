"""What an action changed, so that each open page can ask whether that concerns it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """The objects an action wrote (`Invoice`, `Payment`, ...) and its place in the journal."""

    objects: frozenset[str] = frozenset()
    journal_id: int | None = None
    summary: str = ""

    def concern(self, *names: str) -> bool:
        """Tell whether any of the named objects changed."""
        return not self.objects.isdisjoint(names)


@dataclass(frozen=True, slots=True)
class Made:
    """A record that an action made, and what it changed."""

    key: int
    changes: Changes
