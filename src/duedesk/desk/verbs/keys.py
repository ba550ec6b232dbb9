"""The commands of a page while a panel is open beside its list: the panel's own, and no others."""

from PySide6.QtWidgets import QWidget

from duedesk.desk.page import PageCommand
from duedesk.desk.verbs.panel import VerbPanel


def panel_commands(panel: QWidget | None) -> tuple[PageCommand, ...]:
    """Give what can be done in a panel; nothing where there is none of a verb."""
    if not isinstance(panel, VerbPanel):
        return ()
    return (
        PageCommand(panel.do_button.accessibleName(), panel.do, ("Ctrl+Return",)),
        *panel.commands(),
        PageCommand("Leave", panel.leave, heard="Esc"),
    )
