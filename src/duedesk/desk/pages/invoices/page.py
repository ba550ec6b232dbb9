"""The list of invoices: what it is narrowed to, its totals and a preview of the one in hand; it makes no letters."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from duedesk.desk.navigation import ShowImport, ShowInvoice, ShowInvoices, ShowLetter, ViewOfList
from duedesk.desk.page import Desk, FootLine, Page, PageCommand
from duedesk.desk.pages.invoices.body import Body
from duedesk.desk.pages.invoices.emptiness import Next, why_empty
from duedesk.desk.pages.invoices.filter_bar import FilterBar
from duedesk.desk.pages.invoices.foot_words import about_foot, foot_line
from duedesk.desk.pages.invoices.narrowing import EVERYTHING, OLDEST_FIRST, Narrowing, bucket_of_account, narrowed_to
from duedesk.desk.pages.invoices.questions import BookFacts, Previewed, Totals, book_facts, letter_of, previewed, totals
from duedesk.desk.pages.invoices.viewing import ListViewing
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.domain.changes import Changes
from duedesk.domain.filters import Filter

_PREVIEW_FITS = 1100
"""Pixels of the page below which the preview gives way to the list."""

_FELT_MS = 200
"""A wait longer than this is told."""


@dataclass(frozen=True, slots=True)
class _Bookmark:
    narrowing: Narrowing
    key: int | None
    view: ViewOfList | None = None


class InvoicesPage(Page):
    """The bar, the list, the preview."""

    title = "Invoices"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self._order = OLDEST_FIRST
        self._totals: Totals = ()
        self._summed: Filter | None = None
        self._book: BookFacts | None = None
        self._in_hand: Previewed | None = None
        self._waits = False
        self._felt = QTimer(self)
        self._felt.setSingleShot(True)
        self._felt.setInterval(_FELT_MS)
        self._felt.timeout.connect(lambda: self.footed.emit(FootLine("Reading…")))
        self.bar = FilterBar(desk, self._question)
        self.body = Body(self, self.commands)
        self.card, self.table, self.preview = self.body.card, self.body.table, self.body.preview
        self._order = self.table.orders.remembered("Invoice") or OLDEST_FIRST
        self.viewing = ListViewing(self, self.body.side, self.bar.views, self._listed)
        self._begins, self._is_other = True, False
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.bar)
        column.addWidget(self.body, 1)
        self.bar.narrowed.connect(self._on_narrowed)
        self.bar.left.connect(self.table.setFocus)
        self.bar.views_asked.connect(lambda _: self.viewing.offer())
        self.viewing.named.connect(self.bar.name_view)
        self.table.listed.connect(self._on_listed)
        self.table.opened.connect(self._open)
        self.table.drag_out(lambda key: letter_of(desk.workspace, key, self.as_of))
        self.table.sums.changed.connect(self._say_foot)
        self.table.sums.changed.connect(self.commands_changed)
        self.table.current_changed.connect(self._on_current)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_group())
        self.body.bulk.opened.connect(self._open)
        self.body.drafting.made.connect(self._open)
        self.preview.open_asked.connect(lambda: self._open(self.table.current_key))
        self.preview.letter_asked.connect(self._write)
        self.preview.bucket_asked.connect(self._show_bucket)

    @property
    def narrowing(self) -> Narrowing:
        """Give what the list is narrowed to."""
        return self.bar.narrowing

    def show_invoices(self, asked: Filter | None, title: str, view: ViewOfList | None = None) -> None:
        """Narrow the list to what a click elsewhere or a saved view asked for; None shows it as it was left.

        Shown for the first time it begins with the view of the person's choice.
        """
        if asked is not None and view is not None:
            self._show_view(asked, view)
        elif asked is not None:
            self.viewing.show(None)
            self.bar.set_narrowing(Narrowing(states=frozenset(), asked=asked, title=title))
            self._order = asked.order_by or OLDEST_FIRST
        elif self._begins:
            self.viewing.begin_with_first(self._begin_with)
        self._begins = False
        self.refresh()

    def stand_on(self, as_of: date, known_on: datetime | None) -> None:
        """Stand elsewhere in time; a panel closes that speaks of another day's list, or would write into the past."""
        moves = as_of != self.as_of
        super().stand_on(as_of, known_on)
        if self.barred():
            self.body.side.close_panel()
        elif moves:
            self.body.bulk.leave_with_day()

    def show_narrowing(self, narrowing: Narrowing) -> None:
        """Narrow the list."""
        self.bar.set_narrowing(narrowing)
        self._list()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the list, its totals and the proof again."""
        if changes is not None and not changes.concern("Invoice", "Account", "Payment", "CreditMemo"):
            return
        self._list()
        workspace, as_of, known_on = self.desk.workspace, self.as_of, self.known_on
        self.desk.tasks.read(self, lambda: book_facts(workspace, as_of, known_on), self._take_book, slot="book")
        self._preview(self.table.current_key)

    def begin(self) -> None:
        """Begin in the list."""
        self.table.setFocus()

    def focus_filter(self) -> None:
        """Put the cursor into the search."""
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def bookmark(self) -> object:
        """Remember the narrowing and the invoice in hand."""
        return _Bookmark(self.narrowing, self.table.current_key, self.viewing.view)

    def return_to(self, bookmark: object) -> None:
        """Stand where the reader left."""
        if isinstance(bookmark, _Bookmark):
            self.bar.set_narrowing(bookmark.narrowing)
            self.viewing.show(bookmark.view)
            self._list(keep=bookmark.key)

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the list and the invoice in hand, or in the panel beside it."""
        if in_panel := self.body.panel_commands():
            return in_panel
        opening = PageCommand("&Open the invoice", lambda: self._open(self.table.current_key), heard="Enter")
        writing = PageCommand("&Letter to the account", self._write, ("L",), barred=self.barred)
        return (
            *((opening,) if self.can_go(ShowInvoice) else ()),
            *((writing,) if self.can_go(ShowLetter) else ()),
            *self.body.commands(),
            *self.viewing.commands(),
            *self.about_figures(),
            *self.about_foot(),
            *self.table.commands(),
            PageCommand("&Filter…", self.bar.open_builder, ("Ctrl+Shift+F",), follows_rule=True),
            PageCommand("Leave the filter", self.bar.close_builder, heard="Esc", barred=self.bar.why_not_building),
            PageCommand("Clear the &bar", lambda: self.show_narrowing(Narrowing()), ("Ctrl+Shift+X",)),
        )

    def about_foot(self) -> tuple[PageCommand, ...]:
        """Give what tells how the sums and averages at the foot are made up."""
        return about_foot(self, self._summed, self._totals, self.table)

    def account_in_hand(self) -> tuple[int, str] | None:
        """Give the account that the list is narrowed to."""
        account = self.narrowing.account
        return None if account is None else (account.key, account.name)

    def can_leave(self) -> bool:
        """Tell whether nothing would be lost."""
        return self.body.can_leave()

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.bar.set_look(self.desk.look)
        self.body.set_look(self.desk.look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the preview where there is room for it."""
        super().resizeEvent(event)
        self._fit_preview()

    def _list(self, keep: int | None = None) -> None:
        asked, workspace = self._question(self.narrowing), self.desk.workspace
        self.body.drafting.account = self.narrowing.account
        self._waits = True
        self._felt.start()
        there = None if self._is_other else self.table.current_key  # another list is read from its top
        self._is_other = False
        self.table.show_filter(asked, keep=there if keep is None else keep)
        self.desk.tasks.read(self, lambda: totals(workspace, asked), partial(self._take_totals, asked), slot="totals")

    def _question(self, narrowing: Narrowing) -> Filter:
        return narrowing.filter(self.as_of, self._order, known_on=self.known_on)

    def _take_totals(self, asked: Filter, found: Totals) -> None:
        explained = self._summed, [one.currency for one in self._totals]
        self._summed, self._totals = asked, found
        self._say_foot()
        if explained != (asked, [one.currency for one in found]):
            self.commands_changed.emit()

    def _take_book(self, facts: BookFacts) -> None:
        self._book = facts
        self._say_foot()
        self._show_list_or_why_not()

    def _on_narrowed(self, narrowing: Narrowing) -> None:
        if narrowing == Narrowing():
            self.viewing.show(None)
        self._list()

    def _on_listed(self) -> None:
        self._felt.stop()
        self._waits = False
        if self.table.records.asked is not None:
            self._order = self.table.records.asked.order_by
        self._say_foot()
        self._show_list_or_why_not()

    def _listed(self) -> tuple[Filter, tuple[str, ...], str]:
        paths = tuple(column.path for column in self.table.columns.in_sight())
        return self._question(self.narrowing), paths, self.table.group_by

    def _begin_with(self, first: ShowInvoices) -> None:
        if first.asked is not None and first.view is not None:
            self._show_view(first.asked, first.view)
            self._list()

    def _show_view(self, asked: Filter, view: ViewOfList) -> None:
        self.bar.set_narrowing(narrowed_to(asked.where, asked.search))
        self.bar.name_records()
        self._order = asked.order_by or OLDEST_FIRST
        self.table.columns.show_columns(view.columns)
        self.table.columns.group_by = view.group_by
        self._is_other = True
        self.viewing.show(view)

    def _say_foot(self) -> None:
        if not self._waits:
            found = len(self.table.records.keys)
            self.footed.emit(
                foot_line(found, self._totals, self._book, self.table.sums.now, self.table.selected_group())
            )

    def _show_list_or_why_not(self) -> None:
        if self.table.records.rowCount():
            self.card.show_table()
            self._fit_preview()
        elif self._book is not None and not self._waits:
            reason = why_empty(self.narrowing, self._book, self.as_of, can_import=self.can_go(ShowImport))
            ways = tuple((text, partial(self._go_on, way)) for text, way in reason.ways)
            self.card.show_empty(reason.sentence, reason.hint, ways)
            self._fit_preview()

    def _fit_preview(self) -> None:
        shows = self.width() >= _PREVIEW_FITS and not self.card.is_empty
        if shows != self.body.side.shows_usual:
            self.body.side.show_usual(shows=shows)
            self._preview(self.table.current_key)

    def _go_on(self, way: Next) -> None:
        match way:
            case Next.IMPORT:
                self.go(ShowImport())
            case Next.SHOW_ALL:
                self.show_narrowing(EVERYTHING)
            case Next.GO_TO_LAST_DAY:
                if self._book is not None and self._book.last_day is not None:
                    self.day_asked.emit(self._book.last_day)

    def _on_current(self, key: int | None) -> None:
        self._preview(key)

    def _preview(self, key: int | None) -> None:
        if key is None:
            self._show_group()
        elif self.body.side.shows_usual:
            workspace, as_of, known_on = self.desk.workspace, self.as_of, self.known_on
            self.desk.tasks.read(
                self,
                lambda: previewed(workspace, key, as_of, known_on),
                partial(self._take_preview, key),
                failed=lambda _: self._clear_preview(),  # on that day it was not in the book, or it is gone
                slot="preview",
            )

    def _clear_preview(self) -> None:
        self._in_hand = None
        self.preview.clear()

    def _show_group(self) -> None:
        head = self.table.records.head(self.table.currentIndex().row())
        if self.table.current_key is None:
            self._clear_preview()
        if head is not None:
            self.preview.show_group(head)

    def _take_preview(self, key: int, shown: Previewed) -> None:
        if key == self.table.current_key:
            self._in_hand = shown
            self.preview.show_invoice(shown)

    def _open(self, key: int | None) -> None:
        if key is not None and self.can_go(ShowInvoice):
            self.go(ShowInvoice(key, self.as_of, self.known_on))

    def _write(self) -> None:
        if self._in_hand is not None and self.can_go(ShowLetter):
            self.go(ShowLetter(self._in_hand.record.account_key, self.as_of))

    def _show_bucket(self, place: int) -> None:
        if self._in_hand is not None:
            record = self._in_hand.record
            asked, title = bucket_of_account(self.as_of, record.account_key, record.account, place, self.known_on)
            self.go(ShowInvoices(asked, title))
