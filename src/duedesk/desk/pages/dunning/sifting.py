"""What a clerk decides on the letters that are proposed, step by step and undone step by step; nothing is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from duedesk.domain.dunning.proposal import Proposal, ProposedLetter
from duedesk.domain.dunning.triage import Decision, Triage


@dataclass(slots=True)
class Sifting:
    """The decisions so far, each state of them kept so that it can be gone back to."""

    by: str = ""
    _states: list[Triage] = field(default_factory=list)

    @property
    def now(self) -> Triage:
        """Give all decisions."""
        return self._states[-1] if self._states else Triage(by=self.by)

    @property
    def has_any(self) -> bool:
        """Tell whether anything was decided that can be taken back."""
        return bool(self._states)

    def take_back(self) -> None:
        """Go back to what was decided one step before."""
        if self._states:
            self._states.pop()

    def forget(self) -> None:
        """Decide nothing."""
        self._states.clear()

    def take_out(self, keys: Iterable[str], words: str = "", until: date | None = None) -> None:
        """Take letters out for a reason, or postpone them to a day."""
        self._step("letters", dict.fromkeys(keys, Decision(words, self.by, until)))

    def put_back(self, keys: Iterable[str]) -> None:
        """Send letters after all."""
        self._step("letters", dict.fromkeys(keys))

    def set_level(self, letters: Iterable[ProposedLetter], level: int) -> None:
        """Give letters another level; the one that is proposed is no decision."""
        self._step("levels", {one.key: None if one.level == level else level for one in letters})

    def set_channel(self, letters: Iterable[ProposedLetter], channel: str) -> None:
        """Send letters another way."""
        self._step("channels", {one.key: None if one.channel == channel else channel for one in letters})

    def set_address(self, key: str, address: str) -> None:
        """Send a letter elsewhere; nothing sends it where it is proposed to go."""
        self._step("addresses", {key: address or None})

    def set_note(self, keys: Iterable[str], note: str) -> None:
        """Note something on letters; nothing takes the note away."""
        self._step("notes", dict.fromkeys(keys, note or None))

    def waive(self, keys: Iterable[str], reason: str) -> None:
        """Let letters charge neither fee nor interest, for a reason; none lets them charge again."""
        self._step("waivers", dict.fromkeys(keys, reason or None))

    def take_out_item(self, invoice: int, words: str = "", until: date | None = None) -> None:
        """Take one invoice out of its letter for a reason, or postpone it to a day."""
        self._step("invoices", {invoice: Decision(words, self.by, until)})

    def put_back_item(self, invoice: int) -> None:
        """Put one invoice back into its letter."""
        self._step("invoices", {invoice: None})

    def drop_unknown(self, proposal: Proposal) -> None:
        """Forget what was decided on letters that are proposed no more."""
        self._states = [_fitting(state, proposal) for state in self._states]

    def _step(self, part: str, said: dict[Any, Any]) -> None:
        held = {**getattr(self.now, part), **said}
        changes: dict[str, Any] = {part: {key: value for key, value in held.items() if value is not None}}
        changed = replace(self.now, **changes)
        if changed != self.now:
            self._states.append(changed)


def _fitting(state: Triage, proposal: Proposal) -> Triage:
    there = proposal.by_key
    parts = ("letters", "levels", "channels", "addresses", "notes", "waivers")
    kept: dict[str, Any] = {
        part: {key: one for key, one in getattr(state, part).items() if key in there} for part in parts
    }
    items = {item.invoice_key for _, item in proposal.items}
    kept["invoices"] = {key: one for key, one in state.invoices.items() if key in items}
    return replace(state, **kept)
