"""The columns that finance types into, which are read in again; alike in every workbook that has them."""

from duedesk.domain.disputes import REASONS
from duedesk.domain.reports.taking_back import COMMENT, DISPUTE_REASON, PROMISED_AMOUNT, PROMISED_FOR
from duedesk.exchange.workbooks.specs import Column, Kind

MARKED_COLUMNS = (
    Column(COMMENT, Kind.TEXT, "What is to be noted on the invoice.", marked=True, width=36),
    Column(PROMISED_FOR, Kind.DAY, "The day the customer promises to pay.", marked=True),
    Column(PROMISED_AMOUNT, Kind.MONEY, "What is promised; empty for all that is open.", marked=True, width=18),
    Column(
        DISPUTE_REASON,
        Kind.TEXT,
        "Why the customer contests it: one of the list, or a reason of your own.",
        marked=True,
        choices=REASONS,
        width=20,
    ),
)
MARKED_NOTE = (
    f"The blue columns {COMMENT}, {PROMISED_FOR}, {PROMISED_AMOUNT} and {DISPUTE_REASON} are for you to fill in: "
    "Duedesk reads them in again, finds each item by its number and shows what it would take over. "
    "They are not printed unless you clear the print area."
)
