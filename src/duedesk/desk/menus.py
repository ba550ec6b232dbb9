"""The menus as values: every command has a name, a place, a key where it has one, and what it does; no rules here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu


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
    """The menu bar of a window, built from commands."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._menus: dict[str, QMenu] = {}
        self._choices: dict[str, QActionGroup] = {}
        self._actions: list[tuple[Command, QAction]] = []

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
            menu = self._menus.get(command.menu)
            if menu is None:
                menu = self._menus[command.menu] = bar.addMenu(command.menu)
            if command.follows_rule:
                menu.addSeparator()
            menu.addAction(self._action(command))

    def set_has_book(self, *, has_book: bool) -> None:
        """Offer what needs a book only where there is one."""
        for command, action in self._actions:
            action.setEnabled(has_book or not command.needs_book)

    def _action(self, command: Command) -> QAction:
        action = QAction(command.text, self._window)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.triggered.connect(lambda *_: command.run())
        if command.choice:
            group = self._choices.get(command.choice)
            if group is None:
                group = self._choices[command.choice] = QActionGroup(self._window)
            group.addAction(action)
            action.setCheckable(True)
            action.setChecked(command.ticked)
        self._actions.append((command, action))
        return action
