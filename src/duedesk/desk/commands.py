"""Which commands the window has, and their keys; what they do is the window's and the pages' matter."""

from functools import partial
from typing import TYPE_CHECKING

from duedesk.desk.day_entry import KEYS_IN_WORDS
from duedesk.desk.menus import EDIT_MENU, REDO, UNDO, Command
from duedesk.desk.navigation import Destination, ShowIssued, ShowLetterTexts, ShowPolicies, ShowTakeBack
from duedesk.desk.open_book import FIND_KEY
from duedesk.desk.router import rail_routes
from duedesk.desk.theme import LookChoice
from duedesk.desk.widgets.key_list import KeyGroup, show_keys
from duedesk.desk.widgets.messages import tell
from duedesk.desk.widgets.top_line import BACK_KEY

if TYPE_CHECKING:  # the window builds its menus from this
    from duedesk.desk.main_window import MainWindow

_LOOKS = {LookChoice.SYSTEM: "Look of the system", LookChoice.LIGHT: "Light", LookChoice.DARK: "Dark"}

_CAME_BACK = ShowIssued("Deliveries", came_back=True)

_OF_DUNNING: tuple[tuple[str, Destination, str], ...] = (
    ("Letters i&ssued", ShowIssued("Letters"), "Ctrl+Shift+L"),
    ("&Deliveries", ShowIssued("Deliveries"), "Ctrl+Shift+M"),
    ("Dunning &policies", ShowPolicies(), "Ctrl+Shift+P"),
    ("Letter te&xts", ShowLetterTexts(), "Ctrl+Shift+W"),
)
"""What belongs to dunning and has no place in the rail, with its keys."""

_TABLE_KEYS = (
    ("Enter", "open what is selected"),
    ("Ctrl+C", "copy the selected rows for Excel"),
    ("Ctrl+A", "select all rows"),
    ("Home  End", "first or last row"),
)


def commands_of(window: "MainWindow", look: LookChoice) -> tuple[Command, ...]:
    """Give the commands of a window, `look` being the one in force."""
    return (
        Command("&File", "&Open book…", window.open_asked.emit, ("Ctrl+O",)),
        Command("&File", "New &sample book…", window.sample_asked.emit),
        *(
            (Command("&File", "&Import…", window.import_asked.emit, ("Ctrl+Shift+I",), follows_rule=True),)
            if window.can_import
            else ()
        ),
        Command(
            "&File", "Take &back a workbook…", partial(window.go, ShowTakeBack()), ("Ctrl+Shift+K",), needs_book=True
        ),
        Command("&File", "&Mail that came back…", partial(window.go, _CAME_BACK), needs_book=True),
        Command("&File", "Se&ttings", window.show_settings, ("Ctrl+,",), follows_rule=True, needs_book=True),
        Command("&File", "&Quit", lambda: _close(window), ("Ctrl+Q",), follows_rule=True),
        Command(EDIT_MENU, UNDO, window.undo, ("Ctrl+Z",), needs_book=True),
        Command(EDIT_MENU, REDO, window.redo, ("Ctrl+Shift+Z", "Ctrl+Y"), needs_book=True),
        Command("&View", "&As-of date", window.focus_day, ("Ctrl+D",), needs_book=True),
        Command("&View", "&Known-on date", window.focus_known, ("Ctrl+Shift+D",), needs_book=True),
        Command("&View", "Ba&ck to today", window.go_back_to_today, (BACK_KEY,), needs_book=True),
        Command("&View", "As of &today", window.stand_on_today, ("Ctrl+T",), needs_book=True),
        Command("&View", "Find any&thing…", window.find_anything, (FIND_KEY,), follows_rule=True, needs_book=True),
        Command("&View", "&Find in this list", window.focus_filter, ("Ctrl+F",), needs_book=True),
        Command("&View", "E&xplain this number", window.explain, ("Ctrl+I",), needs_book=True),
        Command("&View", "&Refresh", window.refresh, ("F5",), needs_book=True),
        *(_look(window, one, ticked=one is look) for one in LookChoice),
        Command("&Go", "&Back", window.go_back, ("Esc", "Alt+Left"), needs_book=True),
        Command("&Go", "&Query", window.show_query, ("Ctrl+Shift+Q",), needs_book=True),
        Command("&Go", "&Batch runs", window.show_batch_runs, ("Ctrl+Shift+B",), needs_book=True),
        Command("&Go", "What &changed since…", window.show_changes, ("Ctrl+Shift+H",), needs_book=True),
        *(_page(window, at, route.rail) for at, route in enumerate(rail_routes())),
        *(
            Command("&Go", text, partial(window.go, to), (key,), follows_rule=at == 0, needs_book=True)
            for at, (text, to, key) in enumerate(_OF_DUNNING)
        ),
        Command("&Help", "&Keys", partial(_tell_keys, window), ("F1",)),
        Command("&Help", "&About Duedesk", partial(_tell_about, window)),
    )


def _look(window: "MainWindow", choice: LookChoice, *, ticked: bool) -> Command:
    return Command(
        "&View",
        _LOOKS[choice],
        partial(window.look_asked.emit, choice),
        choice="look",
        ticked=ticked,
        follows_rule=choice is LookChoice.SYSTEM,
    )


def _page(window: "MainWindow", place: int, name: str) -> Command:
    keys = (f"Ctrl+{place + 1}",)
    return Command("&Go", name, partial(window.go_to_rail, place), keys, follows_rule=place == 0, needs_book=True)


def _close(window: "MainWindow") -> None:
    window.close()


def _tell_keys(window: "MainWindow") -> None:
    commands = [
        (" or ".join(command.keys), command.text.replace("&", "").rstrip("…"))
        for command in window.menus.commands
        if command.keys
    ]
    on_page = [
        (command.heard or " or ".join(command.keys), command.text.replace("&", ""))
        for command in (window.page.commands() if window.page is not None else ())
    ]
    show_keys(
        window,
        (
            KeyGroup("Everywhere", tuple(commands)),
            KeyGroup("On this page", tuple(on_page)),
            KeyGroup("In a list", _TABLE_KEYS),
            KeyGroup("In a date", KEYS_IN_WORDS),
        ),
    )


def _tell_about(window: "MainWindow") -> None:
    from duedesk import __version__  # noqa: PLC0415 - only this box needs it

    tell(
        window,
        "About Duedesk",
        f"Duedesk {__version__}\n\nThe desktop workstation of a collections clerk. MIT licence.",
    )
