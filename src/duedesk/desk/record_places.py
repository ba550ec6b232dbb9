"""Where a record is shown, by its object and key, as far as there is a page for it; it goes nowhere itself."""

from datetime import date

from duedesk.desk.navigation import (
    Destination,
    ShowAccount,
    ShowCreditMemo,
    ShowInvoice,
    ShowInvoices,
    ShowPayment,
)
from duedesk.domain.filters import OPEN, Compare, Filter, Operator

Reachable = frozenset[type[Destination]]
"""The kinds of destination that have a page."""


def place_of(object_name: str, key: int, as_of: date, reachable: Reachable, *, called: str = "") -> Destination | None:
    """Give where a record is shown; None where there is no page for its kind.

    An account without a page of its own is shown by its open invoices, under what it is `called`.
    """
    match object_name:
        case "Invoice" if ShowInvoice in reachable:
            return ShowInvoice(key, as_of)
        case "Payment" if ShowPayment in reachable:
            return ShowPayment(key, as_of)
        case "CreditMemo" if ShowCreditMemo in reachable:
            return ShowCreditMemo(key, as_of)
        case "Account" if ShowAccount in reachable:
            return ShowAccount(key, as_of)
        case "Account" if ShowInvoices in reachable:
            of_account = Compare("BillingAccount.RecordKey", Operator.EQ, key)
            return ShowInvoices(Filter(as_of).narrowed(OPEN, of_account), f"{called}, all open".lstrip(", "))
        case _:
            return None
