"""What the desk remembers of its own shape: window, columns, look; nothing of the business is kept here."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from duedesk.desk.theme import LookChoice


class Settings:
    """A small file of the user's; what it holds may be missing or spoiled, and is then as if it had never been set."""

    def __init__(self, file: Path) -> None:
        self._kept = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def look(self) -> LookChoice:
        """Give which look is asked for."""
        try:
            return LookChoice(str(self._kept.value("window/look", "")))
        except ValueError:
            return LookChoice.SYSTEM

    @look.setter
    def look(self, choice: LookChoice) -> None:
        self._kept.setValue("window/look", choice.value)

    def state(self, name: str) -> QByteArray:
        """Give a state that a widget saved; empty where there is none."""
        held = self._kept.value(name)
        return held if isinstance(held, QByteArray) else QByteArray()

    def keep_state(self, name: str, state: QByteArray) -> None:
        """Keep the state of a widget."""
        self._kept.setValue(name, state)

    def words(self, name: str) -> tuple[str, ...]:
        """Give a list of words; empty where there is none."""
        held = self._kept.value(name)
        if isinstance(held, str):
            return tuple(held.split(" ")) if held else ()
        return ()

    def keep_words(self, name: str, words: tuple[str, ...]) -> None:
        """Keep a list of words that hold no spaces."""
        self._kept.setValue(name, " ".join(words))

    def text(self, name: str) -> str:
        """Give a text; empty where there is none."""
        held = self._kept.value(name)
        return held if isinstance(held, str) else ""

    def keep_text(self, name: str, text: str) -> None:
        """Keep a text."""
        self._kept.setValue(name, text)

    def write(self) -> None:
        """Write the file now."""
        self._kept.sync()
