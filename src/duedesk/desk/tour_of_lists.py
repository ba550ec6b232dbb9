"""Where the tour goes beside the pages of records: what finds anything, queries, batch runs and settings."""

from duedesk.desk.navigation import ShowBatchRuns, ShowInvoices, ShowQuery, ShowSettings
from duedesk.desk.router import reachable
from duedesk.desk.tour_stops import Stop

_LIST = "SELECT PaymentNumber, Account.Name, EffectiveDate, Amount, Balance\nFROM Payment\nORDER BY EffectiveDate DESC"
_GROUPS = (
    "SELECT BillingAccount.Name, CurrencyIsoCode, COUNT(RecordKey) invoices, SUM(Balance) open\nFROM Invoice\n"
    "WHERE Balance > 0\nGROUP BY BillingAccount.Name, CurrencyIsoCode\nORDER BY open DESC"
)
_AT_FAULT = "SELECT Balanc FROM Invoice"


def list_stops(*, is_empty: bool = False) -> tuple[Stop, ...]:
    """Give the stops; of an empty book only those that say what to do next."""
    stops: tuple[Stop, ...] = (
        Stop("find", ShowInvoices(), find="inv"),
        Stop("find-query", ShowInvoices(), find=_AT_FAULT),
        Stop("invoices-new-draft", ShowInvoices(), "Ctrl+N"),
        Stop("invoices-filter", ShowInvoices(), "Ctrl+Shift+F"),
        Stop("query", ShowQuery(_LIST)),
        Stop("query-groups", ShowQuery(_GROUPS)),
        Stop("query-saved", ShowQuery(_GROUPS), "Ctrl+S"),
        Stop("batch-runs", ShowBatchRuns()),
        Stop("settings", ShowSettings("Users")),
        Stop("settings-sharing", ShowSettings("Sharing")),
        Stop("settings-rates", ShowSettings("Rates of exchange"), "Ctrl+N"),
        Stop("settings-late-interest", ShowSettings("Late interest"), "Enter"),
        Stop("settings-mail", ShowSettings("Mail"), "Enter"),
        Stop("settings-automation", ShowSettings("Automation")),
        Stop("settings-term", ShowSettings("Payment terms"), "Ctrl+N"),
    )
    if is_empty:
        stops = tuple(stop for stop in stops if stop.name in {"find", "batch-runs", "settings"})
    return tuple(stop for stop in stops if type(stop.destination) in reachable())
