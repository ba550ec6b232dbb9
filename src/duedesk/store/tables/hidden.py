"""What payments and credit memos a reader sees left on invoices the reader does not see: a view, empty for most.

A question about what is unapplied needs it: the cash is gone, though the invoice it went to is not shown.
"""

from sqlalchemy import Text, column
from sqlalchemy import table as named

from duedesk.store.tables.columns import Amount, Day, Key, Moment

hidden_application = named(
    "hidden_application",
    column("payment_id", Key),
    column("credit_memo_id", Key),
    column("account_id", Key),
    column("currency_iso_code", Text),
    column("kind", Text),
    column("effective_date", Day),
    column("recorded_at", Moment),
    column("impact_amount", Amount),
)
