"""What `duedesk show` says of an invoice: its lines, what was applied to it and its history."""

from collections.abc import Iterator
from decimal import Decimal

from duedesk.actions.following.views import note_view
from duedesk.actions.workspace import Workspace
from duedesk.cli.figures.outlook_text import ToldOutlook, outlook_of
from duedesk.cli.json_text import Json, plain_number, write_json
from duedesk.cli.layout import Column, aligned, table
from duedesk.cli.lists.record_json import WholeRecords
from duedesk.cli.lists.record_text import counted, history_json, history_lines, moment, shown_value
from duedesk.cli.terminal import DONE, Terminal
from duedesk.domain.days import in_words
from duedesk.domain.filters import Compare, Filter, Operator
from duedesk.domain.money import grouped
from duedesk.store.queries.records.invoice import InvoiceRecord, invoice_record


def show_invoice(terminal: Terminal, workspace: Workspace, key: int, asked: Filter, *, as_json: bool) -> int:
    """Show an invoice as of the day asked, and keep that it was looked at."""
    record = workspace.ask(invoice_record, key, as_of=asked.as_of, known_on=asked.known_on)
    outlook = outlook_of(workspace, key, asked)
    if as_json:
        write_json(terminal, _document(WholeRecords(workspace, asked, record.currency), record, outlook))
    else:
        for line in _lines(record, asked, outlook):
            terminal.say(line)
    note_view(workspace, "Invoice", key)
    return DONE


def _document(whole: WholeRecords, record: InvoiceRecord, outlook: ToldOutlook) -> Json:
    asked = whole.asked
    its_own = Compare("Invoice.RecordKey", Operator.EQ, record.key)
    stood = [its_own, Compare("EffectiveDate", Operator.LE, asked.as_of)]
    if asked.known_on is not None:
        stood.append(Compare("CreatedDate", Operator.LE, asked.known_on))
    return {
        "object": "Invoice",
        "as_of": asked.as_of.isoformat(),
        "fields": whole.one(record.key),
        "account": {"name": record.account, "number": record.account_number},
        "outlook": outlook.document,
        "lines": whole.all("InvoiceLine", its_own),
        "applications": [*whole.all("PaymentLineInvoice", *stood), *whole.all("CreditMemoInvApplication", *stood)],
        "history": [history_json(one) for one in record.history],
    }


def _lines(record: InvoiceRecord, asked: Filter, outlook: ToldOutlook) -> Iterator[str]:
    states = dict.fromkeys(state for state in (record.status, record.settlement_status) if state != "Not Applicable")
    yield f"Invoice {record.number or f'#{record.key}'}: {', '.join(states)}"
    number = "" if record.account_number == record.account else record.account_number
    yield f"{record.account} {number}"
    yield f"as of {in_words(asked.as_of)}" + (f", as known on {moment(asked.known_on)}" if asked.known_on else "")
    yield ""
    yield from aligned((*_head(record), *outlook.lines))
    for title, lines in (
        ("Lines", _line_table(record)),
        ("Payments and credits", _movement_table(record)),
        (
            "History",
            history_lines(record.history),
        ),
        ("Details", aligned(_details(record))),
    ):
        shown = list(lines)
        if shown:
            yield from ("", title, *(f"  {line}" for line in shown))


def _head(record: InvoiceRecord) -> Iterator[tuple[str, str]]:
    if record.invoice_date is not None:
        yield "Invoice date", record.invoice_date.isoformat()
    if record.due_date is not None:
        yield (
            "Due",
            record.due_date.isoformat() + (" (derived, the source gave none)" if record.is_due_date_derived else ""),
        )
    if record.days_overdue is not None and record.days_overdue > 0:
        yield "Overdue", counted(record.days_overdue, "day")
    yield "Total", f"{record.currency} {grouped(record.total, record.currency)}"
    yield "Balance", f"{record.currency} {grouped(record.balance, record.currency)}"


def _line_table(record: InvoiceRecord) -> Iterator[str]:
    if not record.lines:
        return
    columns = (
        Column("Line"),
        Column("Type"),
        Column("Quantity", is_figure=True),
        Column("Unit price", is_figure=True),
        Column("Amount", is_figure=True),
        Column("Tax", is_figure=True),
        Column("Description"),
    )

    def amount(held: Decimal | None) -> str:
        return "" if held is None else grouped(held, record.currency)

    yield from table(
        columns,
        (
            (
                line.name,
                line.type,
                "" if line.quantity is None else plain_number(line.quantity),
                amount(line.unit_price),
                amount(line.amount),
                amount(line.tax),
                line.description,
            )
            for line in record.lines
        ),
    )


def _movement_table(record: InvoiceRecord) -> Iterator[str]:
    if not record.movements:
        return
    columns = (
        Column("Date"),
        Column("What"),
        Column("Number"),
        Column("Amount", is_figure=True),
        Column("Balance", is_figure=True),
        Column("Comments"),
    )
    yield from table(
        columns,
        (
            (
                step.on.isoformat(),
                step.what,
                step.number,
                grouped(step.amount, record.currency),
                grouped(step.balance, record.currency),
                step.comments,
            )
            for step in record.movements
        ),
    )


def _details(record: InvoiceRecord) -> Iterator[tuple[str, str]]:
    for held in record.fields:
        shown = shown_value(held.field, held.value, record.currency)
        if shown:
            yield held.field.label, shown
