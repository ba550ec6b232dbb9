"""Every action: its opposite, or why it has none. A test holds this against the actions there are."""

from collections.abc import Mapping

from duedesk.actions.undoing import calls, following
from duedesk.actions.undoing.opposite import Opposite

OPPOSITES: Mapping[str, Opposite] = {**following.OPPOSITES, **calls.OPPOSITES}

_SETTINGS = "Settings are put back by hand: the journal says what they were."

CANNOT: Mapping[str, str] = {
    "import": "What came in by a file is voided or canceled, not undone.",
    "make_demo": "A sample book is not undone; make another one.",
    "save_letterhead": _SETTINGS,
    "save_number_series": "What a series has numbered stays so; change the series again.",
}
"""Why an action cannot be undone, and what is done instead."""
