"""What the sample's clerks decided on letters: a policy for resellers, holds and promises; no letter is made here."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from duedesk.actions.demo.contests import RECORDED_BY
from duedesk.store.bulk import Keys, insert_rows
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.dunning import (
    dunning_hold,
    dunning_level,
    dunning_level_amount,
    dunning_policy,
    payment_promise,
)
from duedesk.store.tables.ledger import invoice

_LEVELS = (
    (1, "Reminder to resellers", 10, 5, 0, 10, "mail", "friendly", None),
    (2, "Second reminder to resellers", 30, 0, 14, 10, "mail", "firm", None),
    (3, "Hand-over", 60, 0, 14, 7, "print", "final", "hand-over"),
)
"""Number, name, days overdue, grace, interval, deadline, channel, tone, what happens at the end."""

_FEES = {2: {"EUR": 5_0000, "JPY": 800_0000, "USD": 5_0000}, 3: {"EUR": 15_0000, "JPY": 2_400_0000, "USD": 15_0000}}
_HOLDS = (
    ("Under clarification", "The delivery note is being looked for", 14),
    ("Payment plan", "Three instalments agreed with their bookkeeper", 60),
    ("Goods on their way", "The rest is delivered next week", 10),
)
_PROMISES = (("Comes with Friday's run", 4), ("Promised by phone", 9), ("Waits for their own customer", -6))
_EVERY = 7
_MOST = 12
"""So many invoices are looked at for a hold or a promise, however large the book is."""


def decide_on_letters(connection: Connection, now: datetime, journal_id: int, as_of: date) -> None:
    """Write the policy, holds and promises of a sample book whose figures are stated."""
    for table in (dunning_policy, dunning_level, dunning_level_amount):  # those that every book begins with
        connection.execute(update(table).values(journal_id=journal_id))
    _write_policy(connection, journal_id, as_of)
    overdue = connection.execute(
        select(invoice.c.id, invoice.c.document_number, invoice.c.currency_iso_code, invoice.c.balance)
        .where(
            invoice.c.balance != NOTHING,
            invoice.c.due_date < as_of - timedelta(days=10),
            invoice.c.due_date > as_of - timedelta(days=120),
        )
        .order_by(invoice.c.due_date.desc(), invoice.c.id)
        .limit(_EVERY * _MOST)
    ).all()
    chosen = overdue[::_EVERY]
    _write_holds(connection, now, [row.id for row in chosen[::2]], journal_id, as_of)
    for place, row in enumerate(chosen[1::2]):
        words, days = _PROMISES[place % len(_PROMISES)]
        received = as_of - timedelta(days=10 if days < 0 else 2)
        values = {
            "name": f"{row.document_number}/P1",
            "invoice_id": row.id,
            "currency_iso_code": row.currency_iso_code,
            "promised_amount": row.balance,
            "promise_date": as_of + timedelta(days=days),
            "received_date": received,
            "description": words,
            "recorded_at": now - timedelta(days=(as_of - received).days),
            "recorded_by": RECORDED_BY,
            "journal_id": journal_id,
        }
        connection.execute(insert(payment_promise).values(**values))


def _write_policy(connection: Connection, journal_id: int, as_of: date) -> None:
    keys = Keys(connection)
    moment = f"{as_of.isoformat()}T08:00:00.000000Z"
    (policy,) = keys.take(dunning_policy, 1)
    head = ("id", "name", "description", "letter_per", "catches_up", "promise_grace_days", "account_type")
    said = "They wait longer, pay a fee from the second letter on, and skip no level but by age"
    row = (policy, "Resellers", said, "account", "deserved level", 3, "Reseller", moment, journal_id)
    insert_rows(connection, dunning_policy, (*head, "created_date", "journal_id"), [row])
    columns = (
        *("id", "dunning_policy_id", "number", "name", "days_overdue", "grace_days", "interval_days", "deadline_days"),
        *("channel", "tone", "at_the_end", "fee_kind", "fee_per", "may_be_jumped_to", "created_date", "journal_id"),
    )
    for number, name, days, grace, interval, deadline, channel, tone, end in _LEVELS:
        (level,) = keys.take(dunning_level, 1)
        fee = ("fixed", "letter") if number in _FEES else (None, None)
        said_of = (number, name, days, grace, interval, deadline, channel, tone, end)
        values = (level, policy, *said_of, *fee, number < 3, moment, journal_id)
        insert_rows(connection, dunning_level, columns, [values])
        amounts = [(level, code, fee, moment, journal_id) for code, fee in _FEES.get(number, {}).items()]
        named = ("dunning_level_id", "currency_iso_code", "fee_amount", "created_date", "journal_id")
        insert_rows(connection, dunning_level_amount, named, amounts)


def _write_holds(connection: Connection, now: datetime, invoices: Sequence[int], journal_id: int, as_of: date) -> None:
    for place, (key, invoice_key) in enumerate(
        zip(Keys(connection).take(dunning_hold, len(invoices)), invoices, strict=True)
    ):
        reason, words, days = _HOLDS[place % len(_HOLDS)]
        values = {
            "id": key,
            "name": f"H-{key:05d}",
            "invoice_id": invoice_key,
            "reason_code": reason,
            "description": words,
            "start_date": as_of - timedelta(days=3),
            "end_date": as_of + timedelta(days=days),
            "recorded_at": now - timedelta(days=3),
            "recorded_by": RECORDED_BY,
            "journal_id": journal_id,
        }
        connection.execute(insert(dunning_hold).values(**values))
