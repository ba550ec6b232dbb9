"""The workbook of disputes and promises: what is contested, and what was promised, kept and broken."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from duedesk.domain.reports.collecting import (
    BROKEN,
    KEPT,
    OPEN,
    RESOLVED,
    WITHDRAWN,
    ReportedDispute,
    ReportedPromise,
)
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import Column, Controls, Figure, Heading, Input, Kind, Row, Summary, TableSheet

_CURRENCY = Column("Currency", Kind.TEXT, "The currency of all amounts of the row.")
_DISPUTES = (
    Column("Dispute", Kind.ID, "The number of the dispute."),
    Column("Invoice", Kind.ID, "The invoice that is contested."),
    Column("Account number", Kind.ID, "The number of the account."),
    Column("Account", Kind.TEXT, "The account."),
    Column("Owner", Kind.TEXT, "Whose invoice it is."),
    Column("Reason", Kind.TEXT, "Why it is contested."),
    Column("Received", Kind.DAY, "The day it was received."),
    Column("State", Kind.TEXT, "Open, or resolved."),
    Column("Days", Kind.COUNT, "Days it has been open, or was.",
           formula='IF([@Resolved on]="",AsOf,[@Resolved on])-[@Received]'),
    Column("Resolved on", Kind.DAY, "The day it was resolved."),
    Column("Resolution", Kind.TEXT, "How it ended."),
    _CURRENCY,
    Column("Amount", Kind.MONEY, "What was contested when it was received.", total=True),
    Column("Balance", Kind.MONEY, "What is open of the invoice.", total=True),
    Column("Contested", Kind.MONEY, "What of that is contested now; of several disputes the oldest comes first.",
           total=True),
    Column("Said", Kind.TEXT, "What the customer said."),
    Column("Answer", Kind.TEXT, "What was said when it was resolved."),
    Column("Recorded by", Kind.TEXT, "Who recorded it."),
)  # fmt: skip
_PROMISES = (
    Column("Promise", Kind.ID, "The number of the promise."),
    Column("Invoice", Kind.ID, "The invoice that is to be paid."),
    Column("Account number", Kind.ID, "The number of the account."),
    Column("Account", Kind.TEXT, "The account."),
    Column("Contact", Kind.TEXT, "Who promised."),
    Column("Owner", Kind.TEXT, "Whose invoice it is."),
    Column("Received", Kind.DAY, "The day the promise was given."),
    Column("Promised for", Kind.DAY, "The day it was promised for."),
    Column("Days past", Kind.COUNT, "Days from then to the as-of date; below nothing: days to go.",
           formula="AsOf-[@Promised for]"),
    Column("State", Kind.TEXT, "Open, kept, broken or withdrawn. Kept is what is wholly paid, late or not."),
    Column("In time", Kind.TEXT, "Whether all of it was paid by its day."),
    _CURRENCY,
    Column("Amount", Kind.MONEY, "What was promised.", total=True),
    Column("Paid", Kind.MONEY, "What of it was paid since.", total=True),
    Column("Paid in time", Kind.MONEY, "What of it was paid by its day.", total=True),
    Column("Missing", Kind.MONEY, "What of it is not paid.", formula="[@Amount]-[@Paid]", total=True),
    Column("Withdrawn on", Kind.DAY, "The day it was withdrawn."),
    Column("Said", Kind.TEXT, "What was said."),
    Column("Recorded by", Kind.TEXT, "Who recorded it."),
)  # fmt: skip
_NOT_DECIDED = "What is open or withdrawn does not count."
_NOTE = "Days follow; amounts and states stay as they were."


def write_disputes(
    path: Path,
    disputes: Iterable[ReportedDispute],
    promises: Iterable[ReportedPromise],
    contested: Mapping[str, Decimal],
    *,
    heading: Heading,
    making: Making,
    one_sheet_per: str = "",
) -> WorkbookFacts:
    """Write both; `contested` is what the aging has as disputed, by currency."""
    as_of = heading.as_of
    if as_of is None:
        raise ValueError("Disputes stand on a day.")
    with ReportBook(path, heading, making) as book:
        _disputes(book, disputes, contested, as_of, one_sheet_per)
        _promises(book, promises, as_of)
    return book.facts


def _disputes(
    book: ReportBook,
    disputes: Iterable[ReportedDispute],
    contested: Mapping[str, Decimal],
    as_of: date,
    one_sheet_per: str,
) -> None:
    spec = TableSheet(
        "Disputes",
        "Disputes",
        _DISPUTES,
        lines_by=("Reason",),
        tally_by=("State",),
        one_sheet_per=one_sheet_per,
        explanation="A row is a dispute that was received by the as-of date.",
    )
    table = book.table(spec, (_dispute(one, as_of) for one in disputes))
    summary = Summary(
        "Contested",
        (
            Figure("Open", where=(("State", OPEN),), kind=Kind.COUNT),
            Figure("Resolved", where=(("State", RESOLVED),), kind=Kind.COUNT),
            Figure("Amount", of="Amount"),
            Figure("Contested", of="Contested", bold=True),
        ),
        inputs=(Input("AsOf", "As of", as_of, Kind.DAY, _NOTE),),
        sort=lambda texts: tuple(map(str, texts)),
        explanation="Disputes by their reason, and what is contested now of what is open.",
    )
    book.summary(summary, table, Controls({(currency, "Contested"): amount for currency, amount in contested.items()}))


def _kept_rate(heading: str, kept: str, broken: str, explanation: str) -> Figure:
    """Give the share of what is kept, of what was kept or broken."""

    def gives(figures: Mapping[str, Decimal]) -> Decimal | None:
        due = figures[kept] + figures[broken]
        return (figures[kept] / due).quantize(Decimal("0.000001")) if due else None

    formula = f'IF([@{kept}]+[@{broken}]=0,"",[@{kept}]/([@{kept}]+[@{broken}]))'
    return Figure(heading, kind=Kind.PERCENT, formula=formula, gives=gives, explanation=explanation)


def _promises(book: ReportBook, promises: Iterable[ReportedPromise], as_of: date) -> None:
    spec = TableSheet(
        "Promises",
        "Promises",
        _PROMISES,
        lines_by=("Owner",),
        tally_by=("State",),
        explanation="A row is a promise that was given by the as-of date.",
    )
    table = book.table(spec, (_promise(one, as_of) for one in promises))
    states = (OPEN, KEPT, BROKEN, WITHDRAWN)
    summary = Summary(
        "Promised",
        (
            Figure("Promises", kind=Kind.COUNT),
            *(Figure(state, of="Amount", where=(("State", state),)) for state in states),
            Figure("Amount", of="Amount", bold=True),
            Figure("Paid", of="Paid"),
            Figure("Paid in time", of="Paid in time"),
            Figure("Times kept", where=(("State", KEPT),), kind=Kind.COUNT),
            Figure("Times broken", where=(("State", BROKEN),), kind=Kind.COUNT),
            _kept_rate("Kept, of amounts", KEPT, BROKEN, f"Kept / (kept + broken), by amount. {_NOT_DECIDED}"),
            _kept_rate("Kept, of promises", "Times kept", "Times broken", f"The same by number. {_NOT_DECIDED}"),
        ),
        parts=states,
        whole="Amount",
        sort=lambda texts: tuple(map(str, texts)),
        explanation="Promises by the owner of their invoice, and how many of them were kept.",
    )
    book.summary(summary, table)


def _dispute(one: ReportedDispute, as_of: date) -> Row:
    return (
        one.name,
        one.invoice,
        one.account_number,
        one.account,
        one.owner,
        one.reason,
        one.received,
        one.state,
        ((one.resolved_on or as_of) - one.received).days,
        one.resolved_on,
        one.resolution,
        one.currency,
        one.amount,
        one.balance,
        one.contested,
        one.words,
        one.resolution_words,
        one.recorded_by,
    )


def _promise(one: ReportedPromise, as_of: date) -> Row:
    return (
        one.name,
        one.invoice,
        one.account_number,
        one.account,
        one.contact,
        one.owner,
        one.received,
        one.day,
        (as_of - one.day).days,
        one.state,
        "Yes" if one.is_in_time else "No" if one.day < as_of else "",
        one.currency,
        one.amount,
        one.paid,
        one.paid_in_time,
        one.amount - one.paid,
        one.withdrawn_on,
        one.words,
        one.recorded_by,
    )
