"""What `duedesk show` says of a payment or a credit memo: where it lies, what is left of it, what became of it."""

from collections.abc import Iterator

from duedesk.actions.following.views import note_view
from duedesk.actions.workspace import Workspace
from duedesk.cli.cash.source_option import Source, SourceRecord, record_json, source_record
from duedesk.cli.json_text import Json, json_value, write_json
from duedesk.cli.layout import Column, aligned, table
from duedesk.cli.lists.record_text import history_json, history_lines, moment, shown_value
from duedesk.cli.terminal import DONE, Terminal
from duedesk.domain.days import in_words
from duedesk.domain.filters import Filter
from duedesk.domain.money import grouped
from duedesk.store.queries.records.credit_memo import MemoRecord
from duedesk.store.queries.records.payment import PaymentRecord


def show_source(terminal: Terminal, workspace: Workspace, source: Source, asked: Filter, *, as_json: bool) -> int:
    """Show a payment or a credit memo as of the day asked, and keep that it was looked at."""
    record = source_record(workspace, source, asked.as_of, asked.known_on)
    if as_json:
        write_json(terminal, _document(source.object, record, asked))
    else:
        for line in _lines(record, asked):
            terminal.say(line)
    note_view(workspace, source.object, source.key)
    return DONE


def _document(name: str, record: SourceRecord, asked: Filter) -> Json:
    found = record_json(record)
    return {
        "object": name,
        "as_of": asked.as_of.isoformat(),
        "fields": {one.field.name: json_value(one.field, one.value, record.currency) for one in record.fields},
        "account": {"name": record.account, "number": record.account_number},
        **{part: found[part] for part in ("lines", "applications", "refunds") if part in found},
        "history": [history_json(one) for one in record.history],
    }


def _lines(record: SourceRecord, asked: Filter) -> Iterator[str]:
    kind = "Payment" if isinstance(record, PaymentRecord) else "Credit memo"
    yield f"{kind} {record.number or f'#{record.key}'}: {record.status}"
    yield f"{record.account} {'' if record.account_number == record.account else record.account_number}"
    yield f"as of {in_words(asked.as_of)}" + (f", as known on {moment(asked.known_on)}" if asked.known_on else "")
    yield ""
    yield from aligned(_head(record))
    for title, lines in (
        ("Lines", _memo_lines(record)),
        ("Invoices", _parts(record)),
        ("Refunds", _refunds(record)),
        ("History", history_lines(record.history)),
        ("Details", aligned(_details(record))),
    ):
        shown = list(lines)
        if shown:
            yield from ("", title, *(f"  {line}" for line in shown))


def _head(record: SourceRecord) -> Iterator[tuple[str, str]]:
    def money(label: str, amount: str) -> tuple[str, str]:
        return label, f"{record.currency} {amount}"

    code = record.currency
    yield "Effective", record.effective_date.isoformat()
    if isinstance(record, PaymentRecord):
        yield money("Amount", grouped(record.amount, code))
    else:
        yield money("Total", grouped(record.total, code))
    yield money("Applied", grouped(record.applied, code))
    if isinstance(record, PaymentRecord) and record.refunded:
        yield money("Given back", grouped(record.refunded, code))
    yield money("Unapplied", grouped(record.balance, code))


def _memo_lines(record: SourceRecord) -> Iterator[str]:
    if isinstance(record, PaymentRecord) or not record.lines:
        return
    columns = (Column("Line"), Column("Type"), Column("Amount", is_figure=True), Column("Tax", is_figure=True))
    code = record.currency
    rows = ((one.name, one.type, grouped(one.amount, code), grouped(one.tax, code)) for one in record.lines)
    yield from table(columns, rows)


def _parts(record: SourceRecord) -> Iterator[str]:
    code = record.currency
    rows = [
        (
            part.on.isoformat(),
            part.type,
            part.invoice,
            grouped(part.amount, code),
            grouped(part.left, code) if part.type == "Applied" else "",
            part.number,
            part.comments,
        )
        for part in record.applications
    ]
    if rows:
        columns = (
            Column("Date"),
            Column("What"),
            Column("Invoice"),
            Column("Amount", is_figure=True),
            Column("Still there", is_figure=True),
            Column("Number"),
            Column("Comments"),
        )
        yield from table(columns, rows)


def _refunds(record: SourceRecord) -> Iterator[str]:
    if isinstance(record, MemoRecord) or not record.refunds:
        return
    columns = (
        Column("Date"),
        Column("Number"),
        Column("Status"),
        Column("Amount", is_figure=True),
        Column("Reference"),
    )
    code = record.currency
    rows = (
        (one.on.isoformat(), one.number, one.status, grouped(one.amount, code), one.reference) for one in record.refunds
    )
    yield from table(columns, rows)


def _details(record: SourceRecord) -> Iterator[tuple[str, str]]:
    for held in record.fields:
        shown = shown_value(held.field, held.value, record.currency)
        if shown:
            yield held.field.label, shown
