"""Payments and credit memos for machines: what they bring, where they lie, what is left; amounts are text."""

from duedesk.cli.json_text import Json
from duedesk.domain.money import plain
from duedesk.store.queries.records.applications import AppliedPart
from duedesk.store.queries.records.credit_memo import Approval, MemoRecord
from duedesk.store.queries.records.payment import PaymentRecord


def payment_json(record: PaymentRecord) -> dict[str, Json]:
    """Give a payment as it stands."""
    code = record.currency
    return {
        "key": record.key,
        "number": record.number,
        "account": record.account,
        "status": record.status,
        "effective_date": record.effective_date.isoformat(),
        "currency": code,
        "amount": plain(record.amount, code),
        "applied": plain(record.applied, code),
        "refunded": plain(record.refunded, code),
        "balance": plain(record.balance, code),
        "applications": [_part(part, code) for part in record.applications],
        "refunds": [
            {
                "number": one.number,
                "status": one.status,
                "on": one.on.isoformat(),
                "amount": plain(one.amount, code),
                "reference": one.reference,
            }
            for one in record.refunds
        ],
    }


def memo_json(record: MemoRecord) -> dict[str, Json]:
    """Give a credit memo as it stands."""
    code = record.currency
    return {
        "key": record.key,
        "number": record.number,
        "account": record.account,
        "status": record.status,
        "category": record.category,
        "reason": record.reason,
        "invoice": record.source_invoice or None,
        "effective_date": record.effective_date.isoformat(),
        "currency": code,
        "total": plain(record.total, code),
        "tax": plain(record.tax, code),
        "applied": plain(record.applied, code),
        "balance": plain(record.balance, code),
        "lines": [
            {"name": line.name, "type": line.type, "amount": plain(line.amount, code), "tax": plain(line.tax, code)}
            for line in record.lines
        ],
        "applications": [_part(part, code) for part in record.applications],
        "request": record.approval.key if record.approval else None,
    }


def approval_json(one: Approval) -> Json:
    """Give a request for approval."""
    return {
        "request": one.key,
        "status": one.status,
        "invoice": one.invoice,
        "account": one.account,
        "currency": one.currency,
        "amount": plain(one.amount, one.currency),
        "reason": one.reason,
        "requested_by": one.requested_by,
        "decided_by": one.decided_by or None,
        "comments": one.comments,
    }


def _part(part: AppliedPart, code: str) -> Json:
    return {
        "number": part.number,
        "type": part.type,
        "invoice": part.invoice,
        "on": part.on.isoformat(),
        "amount": plain(part.amount, code),
        "left": plain(part.left, code),
        "comments": part.comments,
    }
