"""What pays, named in a terminal: a payment or a credit memo by its number; it changes neither."""

from dataclasses import dataclass
from datetime import date, datetime

from duedesk.actions.cash.applying import Source as SourceName
from duedesk.actions.workspace import Workspace
from duedesk.cli.cash.cash_json import memo_json, payment_json
from duedesk.cli.json_text import Json
from duedesk.store.queries.called import record_called
from duedesk.store.queries.records.credit_memo import MemoRecord, memo_record
from duedesk.store.queries.records.payment import PaymentRecord, payment_record

SourceRecord = PaymentRecord | MemoRecord


@dataclass(frozen=True, slots=True)
class Source:
    """A payment or a credit memo."""

    object: SourceName
    key: int


def source_called(workspace: Workspace, called: str) -> Source:
    """Find what pays by its number or Id; RequestError where there is none."""
    name, key = workspace.ask(record_called, called, among=("Payment", "CreditMemo"))
    return Source("Payment" if name == "Payment" else "CreditMemo", key)


def source_record(workspace: Workspace, source: Source, as_of: date, known_on: datetime | None = None) -> SourceRecord:
    """Read it as of a day."""
    if source.object == "Payment":
        return workspace.ask(payment_record, source.key, as_of=as_of, known_on=known_on)
    return workspace.ask(memo_record, source.key, as_of=as_of, known_on=known_on)


def source_json(workspace: Workspace, source: Source, on: date | None) -> dict[str, Json]:
    """Give it as it stands after something was done to it on a day."""
    day = max(workspace.world.today(), on or workspace.world.today())
    record = source_record(workspace, source, day)
    return {"payment" if source.object == "Payment" else "credit_memo": record_json(record)}


def record_json(record: SourceRecord) -> dict[str, Json]:
    """Give a payment or a credit memo as it was read."""
    return payment_json(record) if isinstance(record, PaymentRecord) else memo_json(record)
