"""Every action: its opposite, or why it has none. A test holds this against the actions there are."""

from collections.abc import Mapping

from duedesk.actions.undoing import (
    calls,
    cash,
    disputing,
    dunning,
    following,
    invoices,
    letters,
    reporting,
    sharing,
    taking_back,
)
from duedesk.actions.undoing.opposite import Opposite

OPPOSITES: Mapping[str, Opposite] = {
    **invoices.OPPOSITES,
    **cash.OPPOSITES,
    **disputing.OPPOSITES,
    **dunning.OPPOSITES,
    **letters.OPPOSITES,
    **following.OPPOSITES,
    **calls.OPPOSITES,
    **sharing.OPPOSITES,
    **taking_back.OPPOSITES,
    **reporting.OPPOSITES,
}

_SETTINGS = "Settings are put back by hand: the journal says what they were."
_PEOPLE = "Users, groups and sharing rules are put back by hand: the journal says what they were."

CANNOT: Mapping[str, str] = {
    "cancel_letter": "What is cancelled stays cancelled: the next run proposes its invoices again.",
    "cancel_memo": "Make the credit memo anew.",
    "cancel_payment": "What is canceled stays canceled; record the payment anew.",
    "cancel_refund": "What is canceled stays canceled; give the money back by a new refund.",
    "give_back": "Take the workbook back once more.",
    "import": "What came in by a file is voided or canceled, not undone.",
    "import_rates": "Import the rates that are right: they take the place of the others.",
    "import_reference_rates": "Import the rates that are right: they take the place of the others.",
    "make_demo": "A sample book is not undone; make another one.",
    **dict.fromkeys(("claim_report", "note_production"), "A file that was written is deleted by hand."),
    "reject": "What was turned down is asked for anew.",
    "save_letter_text": "Every version is kept: save the earlier one again.",
    **dict.fromkeys(("save_letterhead", "save_letter_style", "save_mail_server"), _SETTINGS),
    "queue_delivery": "Withdraw the deliveries that have not left yet.",
    **dict.fromkeys(("deliver", "note_delivery"), "What was mailed has left the house."),
    "note_bounces": "Let the letter be sent again, and clear the mark of the contact.",
    "was_sent": "What was said to be sent stays so; a letter is cancelled if it is wrong.",
    "send_again": "Withdraw the delivery that waits.",
    "withdraw_delivery": "Queue the letter again.",
    "set_visibility": _SETTINGS,
    **dict.fromkeys(("save_user", "save_group", "set_members", "deactivate", "save_rule", "delete_rule"), _PEOPLE),
    **dict.fromkeys(("start_bulk_run", "bulk_run"), "It leaves what it did under the verbs' own names: undo those."),
    **dict.fromkeys(("start_batch_run", "batch_run"), "Void what the run posted: its invoices name it."),
    "stop_batch_run": "What was left are drafts as before: start another run.",
    "save_number_series": "What a series has numbered stays so; change the series again.",
    "set_write_off_limit": _SETTINGS,
    "set_loss_rates": _SETTINGS,
    "choose_late_interest": _SETTINGS,
    "set_least_interest": _SETTINGS,
    "set_send_guard": _SETTINGS,
    "void": "What is voided stays voided; draft the invoice anew.",
    "void_memo": "What is voided stays voided; make the credit memo anew.",
}
"""Why an action cannot be undone, and what is done instead."""
