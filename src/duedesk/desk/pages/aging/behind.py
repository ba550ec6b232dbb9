"""What stands behind a figure of an aging, as the Filter that finds it and as words; it asks nothing."""

from dataclasses import replace
from datetime import date

from duedesk.desk.navigation import ShowInvoices
from duedesk.domain.aging import AgingRequest, AgingRow, Basis
from duedesk.domain.days import in_words
from duedesk.domain.filters import Compare, Filter, Operator, in_bucket, in_group
from duedesk.domain.grouping import CURRENCY


def behind_row(request: AgingRequest, row: AgingRow, bucket: int | None) -> ShowInvoices:
    """Give the open invoices of a row of the first level, of one bucket or of all where it is None."""
    path = request.by[0]
    if path == CURRENCY:
        return behind_total(request, row.currency, bucket)
    return _found(request, row.currency, bucket, (in_group(path, row.key),), row.name)


def behind_total(request: AgingRequest, currency: str, bucket: int | None) -> ShowInvoices:
    """Give the open invoices of a currency, of one bucket or of all where it is None."""
    return _found(request, currency, bucket, (), "")


def behind_bar(request: AgingRequest, day: date, currency: str, bucket: int) -> ShowInvoices:
    """Give what was open in a bucket on the day of a bar; the Filter stands on that day."""
    return behind_total(replace(request, as_of=day), currency, bucket)


def _found(
    request: AgingRequest, currency: str, bucket: int | None, whose: tuple[Compare, ...], name: str
) -> ShowInvoices:
    in_currency = Compare("CurrencyIsoCode", Operator.EQ, currency)
    asked = Filter(request.as_of, known_on=request.known_on).narrowed(
        *in_bucket(request.buckets, bucket, request.basis), *whose, in_currency
    )
    parts = (name, bucket_in_words(request, bucket), currency, _known(request))
    return ShowInvoices(asked, " · ".join(part for part in parts if part))


def bucket_in_words(request: AgingRequest, bucket: int | None) -> str:
    """Say which invoices a bucket holds: `not due`, `31–60 days overdue`, `over 90 days old`."""
    if bucket is None:
        return "all open"
    label = request.buckets.labels[bucket]
    if bucket == 0:
        return "not due" if request.basis is Basis.DUE else "dated that day"
    days = f"{label[0].lower()}{label[1:]} days"
    return f"{days} overdue" if request.basis is Basis.DUE else f"{days} old"


def _known(request: AgingRequest) -> str:
    return "" if request.known_on is None else f"known on {in_words(request.known_on.date())}"
