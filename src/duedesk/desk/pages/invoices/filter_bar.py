"""The bar above the list of invoices: chips, days, an account, a text and the filter builder make a Narrowing of it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.filtering.asking import Offered, offered, picked_in
from duedesk.desk.filtering.words import said
from duedesk.desk.page import Desk
from duedesk.desk.pages.invoices.narrowing import EVERYTHING, Narrowing, narrowed_to
from duedesk.desk.pages.invoices.quick_chips import FOLDS, QuickChips, day_field, days_in
from duedesk.desk.widgets.account_search import PAUSE_MS, AccountSearch
from duedesk.desk.widgets.buttons import button, removable_chip
from duedesk.desk.widgets.labels import Role, plain_label, set_tooltip
from duedesk.domain.filters import Condition, Filter
from duedesk.resources import Look
from duedesk.store.queries.accounts import AccountRow, suggest_accounts

if TYPE_CHECKING:  # it reads text, and what reads text is loaded when it is first needed
    from duedesk.desk.filtering.builder import FilterBuilder

_TELLS_KEY = 196
"""Pixels of the search from which on it tells its key."""

_LONGEST_CHIP, _LONGEST_CONDITION, _LONGEST_VIEW, _SHORTEST_VIEW = 60, 100, 18, 5
"""Letters of a chip, and of the name of a view; they may be longer."""

_LEAST_WIDTH = 640
_SEARCH, _SHORT_SEARCH = 140, 88
"""Pixels that the search has at least; beside “Clear”, and before chips are folded or cut, it gives way."""

_GAPS = 74
"""Pixels between the things on the line, and the dash between the days."""


class FilterBar(QWidget):
    """Shows a Narrowing and tells each other one."""

    narrowed = Signal(object)
    """Another Narrowing."""
    left = Signal()
    """The reader goes on to the list."""
    views_asked = Signal(object)
    """The saved views are to be offered below a widget."""

    def __init__(self, desk: Desk, question: Callable[[Narrowing], Filter] | None = None) -> None:
        """Make a bar; `question` gives what a Narrowing asks where the reader stands, for the builder to count."""
        super().__init__()
        self._desk = desk
        self._question = question or (lambda narrowing: narrowing.filter(desk.workspace.world.today()))
        self._narrowing, self._view = Narrowing(), ""
        self._names: dict[tuple[str, int], str] = {}
        self.builder: FilterBuilder | None = None
        self.chips = QuickChips(desk.look)
        self.chips.state_pressed.connect(lambda state: self._change(self._narrowing.toggled(state)))
        self.chips.bucket_pressed.connect(lambda place: self._change(self._narrowing.with_bucket(place)))
        self._days_label = plain_label("Days overdue", Role.QUIET)
        self._days_from = day_field("from", "Days overdue from")
        self._days_to = day_field("to", "Days overdue to")
        self._days_pause = QTimer(self)
        self._days_pause.setSingleShot(True)
        self._days_pause.setInterval(PAUSE_MS)
        self._days_pause.timeout.connect(self._take_days)
        for field in (self._days_from, self._days_to):
            field.textEdited.connect(lambda _: self._days_pause.start())
            field.editingFinished.connect(self._take_days)
        self.search = AccountSearch(desk.tasks, self._suggest)
        self.search.setAccessibleName("Account or number")
        self.search.setMinimumWidth(_SEARCH)
        self.search.searched.connect(lambda text: self._change(replace(self._narrowing, text=text)))
        self.search.account_chosen.connect(self._take_account)
        self.search.left.connect(self.left)
        self._clear = button("Clear", lambda: self._change(Narrowing()), link=True)
        self.filter_button = button("+ Filter", self.open_builder)
        self.filter_button.setCheckable(True)  # it looks pressed while the builder is open
        self.views = button("Views ▾")
        self.views.setAccessibleName("Views")
        self.views.clicked.connect(lambda *_: self.views_asked.emit(self.views))
        self._narrowed_to = QWidget()
        self._narrowed_chips = QHBoxLayout(self._narrowed_to)
        self._narrowed_chips.setContentsMargins(0, 0, 0, 0)
        self._narrowed_chips.setSpacing(6)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._line = self._lay_out()
        self._column.addLayout(self._line)
        self._column.addWidget(self._narrowed_to)
        self._show()

    @property
    def narrowing(self) -> Narrowing:
        """Give what the list is narrowed to."""
        return self._narrowing

    def set_narrowing(self, narrowing: Narrowing) -> None:
        """Show a narrowing without telling anyone."""
        self._narrowing = narrowing
        self._show()

    def name_view(self, name: str) -> None:
        """Say which view is shown; nothing where it is none."""
        self._view = name
        self.views.setAccessibleName(f"Views: {name}" if name else "Views")
        self._fold()

    def name_records(self) -> None:
        """Read what the records are called that the condition names by their keys, and say it."""
        where, workspace = self._narrowing.where, self._desk.workspace
        if any(picked_in(where)):
            self._desk.tasks.read(self, lambda: offered(workspace, [where]), self._take_names, slot="names")

    def _take_names(self, read: Offered) -> None:
        self._names |= read.names
        self._show_narrowed_to()

    def open_builder(self) -> None:
        """Open the builder with whatever the list is narrowed to; close it where it is open."""
        if self.builder is not None and not self.builder.isHidden():
            self.close_builder()
            return
        if self.builder is None:
            from duedesk.desk.filtering.builder import FilterBuilder  # noqa: PLC0415 - loaded when first needed

            self.builder = FilterBuilder(self._desk, lambda condition: self._question(self._built(condition)))
            self.builder.asked.connect(self._take_built)
            self.builder.left.connect(self.close_builder)
            self._column.addWidget(self.builder)
        self.builder.show()
        self.filter_button.setChecked(True)
        self.builder.open(self._question(self._narrowing).where)

    def close_builder(self) -> None:
        """Close the builder; the list stays as it is."""
        if self.builder is not None and not self.builder.isHidden():
            self.builder.hide()
            self.filter_button.setChecked(False)
            self.left.emit()

    def why_not_building(self) -> str:
        """Say that the builder is not open; nothing where it is."""
        return "no filter is being built" if self.builder is None or self.builder.isHidden() else ""

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.chips.set_look(look)
        if self.builder is not None:
            self.builder.set_look(look)

    def minimumSizeHint(self) -> QSize:
        """Allow whatever room the folded chips need."""
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the chips so that all fits, and say the key of the search where there is room for it."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Fold the chips no further than must be; “Clear” comes and goes without that, at the cost of the search."""
        self._say_view(_LONGEST_VIEW)
        fixed = (self._days_from, self._days_to, self.filter_button, self.views)
        others = sum(min(one.sizeHint().width(), one.maximumWidth()) for one in fixed) + _GAPS
        clear = self._clear.sizeHint().width()
        label = self._days_label.sizeHint().width()
        taken = {fold: others + self.chips.needed(fold) + (label if fold.label else 0) for fold in FOLDS}
        least = max(_SEARCH, _SHORT_SEARCH + clear)
        fold = next((fold for fold in FOLDS if taken[fold] + least <= self.width()), FOLDS[-1])
        self.chips.fold(fold)
        self._days_label.setVisible(fold.label)
        self._days_from.setPlaceholderText("from" if fold.label else "days")
        if taken[fold] + least > self.width():
            self._say_view(_SHORTEST_VIEW)
        room = self.width() - taken[fold] - (0 if self._clear.isHidden() else clear)
        self.search.setMinimumWidth(_SEARCH if room >= _SEARCH else _SHORT_SEARCH)
        self.search.setPlaceholderText(
            "Account, number   Ctrl+F" if room > _TELLS_KEY else "Account, number" if room >= _SEARCH else "Account"
        )

    def _say_view(self, letters: int) -> None:
        shown = self._view if len(self._view) <= letters else f"{self._view[:letters].rstrip()}…"
        self.views.setText(f"{shown or 'Views'} ▾".replace("&", "&&"))
        set_tooltip(self.views, self._view if shown != self._view else "")

    def _built(self, condition: Condition | None) -> Narrowing:
        """Give the narrowing to a condition; what is typed into the search stays."""
        made = narrowed_to(condition, self._narrowing.text)
        before = self._narrowing.asked
        kept = replace(before, where=None) if before is not None and before.search else None
        return replace(made, asked=kept, title=self._narrowing.title if kept is not None else "")

    def _take_built(self, condition: Condition | None) -> None:
        if self.builder is not None:
            self._names |= self.builder.names
        if condition != self._question(self._narrowing).where:
            self._change(self._built(condition))
        self.close_builder()

    def _suggest(self, text: str) -> tuple[AccountRow, ...]:
        """Ask for accounts; called behind the window."""
        return self._desk.workspace.ask(suggest_accounts, text)

    def _lay_out(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.chips)
        line.addSpacing(4)
        for widget in (self._days_label, self._days_from, plain_label("–", Role.QUIET), self._days_to):
            line.addWidget(widget)
        line.addSpacing(4)
        line.addWidget(self.search, 1)
        for command in (self._clear, self.filter_button, self.views):
            line.addWidget(command)
        return line

    def _take_account(self, account: AccountRow) -> None:
        self._change(replace(self._narrowing, account=account, text=""))
        self.left.emit()

    def _take_days(self) -> None:
        self._days_pause.stop()
        days_from, days_to = (days_in(field) for field in (self._days_from, self._days_to))
        if (days_from, days_to) != (self._narrowing.days_from, self._narrowing.days_to):
            self._change(replace(self._narrowing, days_from=days_from, days_to=days_to))

    def _change(self, narrowing: Narrowing) -> None:
        self._narrowing = narrowing
        self._show()
        self.narrowed.emit(narrowing)

    def _show(self) -> None:
        shown = self._narrowing
        self.chips.show_narrowing(shown)
        for field, days in ((self._days_from, shown.days_from), (self._days_to, shown.days_to)):
            if days_in(field) != days:
                field.setText("" if days is None else str(days))
        if self.search.text().strip() != shown.text:
            self.search.set_search(shown.text)
        self._clear.setVisible(shown not in {Narrowing(), EVERYTHING})
        self._show_narrowed_to()
        self._fold()

    def _show_narrowed_to(self) -> None:
        while (item := self._narrowed_chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        parts: list[tuple[str, Narrowing]] = []
        if self._narrowing.asked is not None:
            wider = replace(self._narrowing, asked=None, title="")
            parts.append((self._narrowing.title or "Narrowed", wider))
        if self._narrowing.account is not None:
            parts.append((self._narrowing.account.name, replace(self._narrowing, account=None)))
        if self._narrowing.where is not None:
            parts.append((said(self._narrowing.where, self._names), replace(self._narrowing, where=None)))
        for text, wider in parts:
            longest = _LONGEST_CHIP if wider.where == self._narrowing.where else _LONGEST_CONDITION
            shown = text if len(text) <= longest else f"{text[:longest]}…"
            taken_off = removable_chip(shown, partial(self._change, wider))
            set_tooltip(taken_off, text if shown != text else "")
            self._narrowed_chips.addWidget(taken_off, 0, Qt.AlignmentFlag.AlignLeft)
        self._narrowed_chips.addStretch(1)
        self._narrowed_to.setVisible(bool(parts))
