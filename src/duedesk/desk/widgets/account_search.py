"""A field for free text that offers the accounts it may mean; which accounts there are is asked of the book."""

from collections.abc import Callable, Sequence
from enum import Enum, auto

from PySide6.QtCore import QEvent, QModelIndex, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from duedesk.desk.background import Tasks
from duedesk.desk.widgets.escape import is_escape_asked_for
from duedesk.store.queries.accounts import AccountRow

PAUSE_MS = 180
"""Typing is taken as finished after this long: one question, not one a key."""

_OFFERED = 8


_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_WALK = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class _Then(Enum):
    """What was asked for by keys before the accounts were there."""

    OFFER = auto()
    HIGHLIGHT = auto()
    TAKE = auto()


class AccountSearch(QLineEdit):
    """Tells what was typed; choosing an offered account tells that instead, and empties the field."""

    searched = Signal(object)
    """Other text to search for."""
    account_chosen = Signal(object)
    """An AccountRow was chosen."""
    left = Signal()
    """The reader is done here and goes on to the list."""

    has_list = True
    """Below it is a list, to which Down leads; else Down leads into the accounts that are offered."""

    def __init__(self, tasks: Tasks, suggest: Callable[[str], Sequence[AccountRow]]) -> None:
        super().__init__()
        self._tasks = tasks
        self._suggest = suggest
        self._told = ""
        self._offered: tuple[AccountRow, ...] = ()
        self._then = _Then.OFFER
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_OFFERED)
        completer.setWidget(self)
        completer.activated[QModelIndex].connect(self._take)  # type: ignore[index] # the stub knows one overload
        self._popup = QListView(self)
        self._popup.setProperty("offers", True)  # noqa: FBT003 - Qt's own signature
        self._popup.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        completer.setPopup(self._popup)
        self._completer = completer
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textEdited.connect(self._on_edited)
        self.setClearButtonEnabled(True)

    def set_search(self, text: str) -> None:
        """Show a text without telling anyone."""
        self._pause.stop()
        self._told = text
        if self.text() != text:
            self.setText(text)

    def event(self, event: QEvent) -> bool:
        """Keep Esc while there is something to clear."""
        if is_escape_asked_for(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search at once on Enter, go on to the list on Down, clear on Esc; walk through accounts and take one."""
        key = event.key()
        if self._popup.isVisible() and key in {*_ENTER, *_WALK, Qt.Key.Key_Escape}:
            self._to_offer(event)
        elif key == Qt.Key.Key_Down and not self.has_list:
            self._then = _Then.HIGHLIGHT
            self._told = ""
            self._tell()
        elif key in _ENTER and self._then is _Then.HIGHLIGHT:
            self._then = _Then.TAKE
        elif key in {*_ENTER, Qt.Key.Key_Down}:
            self._tell()
            self.left.emit()
        elif key == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self._tell()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def _to_offer(self, event: QKeyEvent) -> None:
        """Walk through the accounts and take the one in hand, even where the keys come here and not to their list."""
        key, highlighted = Qt.Key(event.key()), self._popup.selectionModel().selectedIndexes()
        if key in _WALK:
            self._highlight((highlighted[0].row() + _WALK[key]) % len(self._offered) if highlighted else 0)
        elif key in _ENTER and highlighted:
            self._popup.hide()
            self._take(highlighted[0])
        else:
            event.ignore()  # the list of accounts takes these itself

    def _highlight(self, row: int) -> None:
        self._popup.setCurrentIndex(self._completer.completionModel().index(row, 0))

    def _on_edited(self) -> None:
        self._then = _Then.OFFER
        self._pause.start()

    def _tell(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text == self._told:
            return
        self._told = text
        self.searched.emit(text)
        if text:
            suggest = self._suggest
            self._tasks.read(self, lambda: tuple(suggest(text)), self._offer, slot="accounts")
        else:
            self._popup.hide()

    def _offer(self, accounts: tuple[AccountRow, ...]) -> None:
        self._offered = accounts
        self._names.setStringList([_in_words(account) for account in accounts])
        then, self._then = self._then, _Then.OFFER
        if accounts and self.hasFocus() and self._told:
            if then is _Then.TAKE:
                self._choose(accounts[0])
                return
            self._completer.complete()
            if then is _Then.HIGHLIGHT:
                self._highlight(0)
        else:
            self._popup.hide()
            if then is _Then.TAKE:
                self.left.emit()

    def _take(self, index: QModelIndex) -> None:
        self._choose(self._offered[index.row()])

    def _choose(self, account: AccountRow) -> None:
        self.set_search("")
        self.account_chosen.emit(account)


class AccountPicker(AccountSearch):
    """A field for one account: what is typed is looked up, and only an account that was offered is taken."""

    picked = Signal(object)
    """Another account: its AccountRow."""

    def __init__(self, tasks: Tasks, suggest: Callable[[str], Sequence[AccountRow]]) -> None:
        super().__init__(tasks, suggest)
        self._chosen: tuple[int | None, str] = (None, "")
        self.setClearButtonEnabled(False)
        self.account_chosen.connect(self._pick)

    @property
    def key(self) -> int | None:
        """Give the key of the account."""
        return self._chosen[0]

    def set_account(self, key: int, name: str) -> None:
        """Show an account without telling anyone."""
        self._chosen = key, name
        self.set_search(name)
        self.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the whole name, so that typing replaces it."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the account that is chosen: what was typed and not chosen is none."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.set_search(self._chosen[1])

    def _pick(self, account: AccountRow) -> None:
        self.set_account(account.key, account.name)
        self.picked.emit(account)


def _in_words(account: AccountRow) -> str:
    return "  ·  ".join(part for part in (account.name, account.number, account.country) if part)
