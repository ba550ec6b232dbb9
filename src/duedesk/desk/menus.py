"""The menus as values: every command has a name, a place, a key where it has one, and what it does; no rules here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar, QWidget

from duedesk.desk.page import PageCommand

EDIT_MENU, UNDO, REDO = "&Edit", "&Undo…", "&Redo…"
"""Where undoing stands, and the two commands as they are made: they are renamed by what they would do."""

PAGE_MENU, BEFORE_PAGE_MENU = "&Actions", "&Go"
"""The menu of the page in front, and the menu that follows it."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. Commands of the same `choice` are alternatives, of which one is ticked."""

    menu: str
    text: str
    run: Callable[[], None]
    keys: tuple[str, ...] = ()
    choice: str = ""
    ticked: bool = False
    follows_rule: bool = False
    """A line is drawn above it."""
    needs_book: bool = False


class Menus:
    """The menu bar of a window, built from commands. It tells why one is barred; nothing as the next one begins."""

    def __init__(self, window: QMainWindow, tell: Callable[[str], None]) -> None:
        self._window = window
        self._tell = tell
        self._menus: dict[str, QMenu] = {}
        self._choices: dict[str, QActionGroup] = {}
        self._actions: list[tuple[Command, QAction]] = []
        self._page_actions: list[tuple[PageCommand, QAction]] = []

    @property
    def commands(self) -> tuple[Command, ...]:
        """Give all commands in the order of the menus."""
        return tuple(command for command, _ in self._actions)

    def build(self, commands: Iterable[Command]) -> None:
        """Build the menu bar anew."""
        bar = self._window.menuBar()
        bar.clear()
        self._menus.clear()
        self._choices.clear()
        for _, old in self._actions:
            old.deleteLater()
        self._actions.clear()
        for command in commands:
            if command.menu == BEFORE_PAGE_MENU and PAGE_MENU not in self._menus:
                self._add_page_menu(bar)
            menu = self._menus.get(command.menu)
            if menu is None:
                menu = self._menus[command.menu] = bar.addMenu(command.menu)
            if command.follows_rule:
                menu.addSeparator()
            menu.addAction(self._action(command))

    def menu(self, name: str) -> QMenu:
        """Give a menu by its name."""
        return self._menus[name]

    def rename(self, text: str, shown: str) -> None:
        """Write a command otherwise, which is known by the text it was made with."""
        for command, action in self._actions:
            if command.text == text:
                action.setText(shown)

    def show_page_commands(self, commands: Sequence[PageCommand]) -> None:
        """Offer the commands of the page in front, in place of those of the page before."""
        menu = self._menus[PAGE_MENU]
        for _, old in self._page_actions:
            old.deleteLater()
        menu.clear()
        self._page_actions = [(command, self._page_action(command)) for command in commands]
        for command, action in self._page_actions:
            if command.follows_rule:
                menu.addSeparator()
            menu.addAction(action)
        menu.menuAction().setVisible(bool(commands))

    def set_has_book(self, *, has_book: bool) -> None:
        """Offer what needs a book only where there is one."""
        for command, action in self._actions:
            action.setEnabled(has_book or not command.needs_book)

    def _add_page_menu(self, bar: QMenuBar) -> None:
        menu = self._menus[PAGE_MENU] = bar.addMenu(PAGE_MENU)
        menu.aboutToShow.connect(self._bar_page_commands)
        menu.aboutToHide.connect(self._open_page_commands)

    def _bar_page_commands(self) -> None:
        """Say beside each command that cannot be given now why it cannot."""
        for command, action in self._page_actions:
            _show_barred(action, command, command.barred())

    def _open_page_commands(self) -> None:
        """Let every key be heard again: one whose command is barred then tells why."""
        for command, action in self._page_actions:
            _show_barred(action, command, "")

    def _page_action(self, command: PageCommand) -> QAction:
        action = _action_of(command, self._window, self._tell)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        return action

    def _action(self, command: Command) -> QAction:
        action = QAction(command.text, self._window)
        action.setShortcuts([QKeySequence(key) for key in command.keys])

        def run(*_: object) -> None:
            self._tell("")
            command.run()

        action.triggered.connect(run)
        if command.choice:
            group = self._choices.get(command.choice)
            if group is None:
                group = self._choices[command.choice] = QActionGroup(self._window)
            group.addAction(action)
            action.setCheckable(True)
            action.setChecked(command.ticked)
        self._actions.append((command, action))
        return action


def command_menu(parent: QWidget, commands: Iterable[PageCommand]) -> QMenu:
    """Make a menu of a page's commands for the place that was clicked; their keys are shown, and heard elsewhere."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for command in commands:
        if command.follows_rule:
            menu.addSeparator()
        action = _action_of(command, menu, _say_nothing)
        _show_barred(action, command, command.barred(), keys=command.heard or " ".join(command.keys))
        menu.addAction(action)
    return menu


def _say_nothing(_: str) -> None:
    """What is barred in a menu that is open cannot be chosen there."""


def _action_of(command: PageCommand, parent: QObject, tell: Callable[[str], None]) -> QAction:
    action = QAction(parent)
    _show_barred(action, command, "")

    def run(*_: object) -> None:
        reason = command.barred()
        if reason:
            tell(f"{_in_words(command.text)}: {reason}.")
        else:
            tell("")
            command.run()

    action.triggered.connect(run)
    return action


def _show_barred(action: QAction, command: PageCommand, reason: str, *, keys: str = "") -> None:
    """Write a command, why it cannot be given, and its keys: behind a tab they are shown, and are none."""
    text = f"{command.text}  –  {reason}" if reason else command.text
    keys = keys or command.heard
    action.setText(f"{text}\t{keys}" if keys else text)
    action.setEnabled(not reason)


def _in_words(text: str) -> str:
    return text.replace("&", "").rstrip("…")
