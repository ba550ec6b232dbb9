"""Short ways to put records into a book for a test: what a test does not say gets a plain, fixed value.

Every maker writes as the program does (bulk rows in stored form) and gives the record's key; call `settle` at the end.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import Connection, Table

from duedesk.domain.days import write_moment
from duedesk.domain.money import to_units
from duedesk.domain.names import fold
from duedesk.domain.rates import rate_to_units
from duedesk.store.bulk import Keys, StoredValue, insert_rows
from duedesk.store.settlement import restate
from duedesk.store.tables import crediting, disputes, instalments, ledger, party, rates


def _at(day: str, hour: int = 9) -> str:
    return write_moment(datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=hour))


def _units(amount: str) -> int:
    return to_units(Decimal(amount))


@dataclass
class Builder:
    """Puts records into the book of one writing connection."""

    connection: Connection
    keys: Keys = field(init=False)

    def __post_init__(self) -> None:
        self.keys = Keys(self.connection)

    def account(self, name: str = "Acme Ltd", number: str | None = None, owner: int | None = None) -> int:
        """An account, by name."""
        return self._add(
            party.account,
            account_number=number,
            name=name,
            folded_name=fold(name),
            owner_id=owner,
            created_date=_at("2024-01-01"),
        )

    def owner(self, name: str) -> int:
        """A user who owns records."""
        return self._add(party.owner, name=name, type="User", created_date=_at("2024-01-01"))

    def invoice(
        self,
        number: str | None,
        account: int,
        total: str,
        *,
        on: str,
        due: str | None = None,
        currency: str = "EUR",
        status: str = "Posted",
        recorded: str | None = None,
        voided: str | None = None,
        owner: int | None = None,
        contact: int | None = None,
        journal_id: int | None = None,
    ) -> int:
        """An invoice dated `on`, due on the same day unless told; a voided one says when by `voided`."""
        posted = status in {"Posted", "Voided"}
        return self._add(
            ledger.invoice,
            document_number=number,
            billing_account_id=account,
            owner_id=owner,
            bill_to_contact_id=contact,
            status=status,
            settlement_status="Not Settled" if status == "Posted" else "Not Applicable",
            currency_iso_code=currency,
            invoice_date=on,
            due_date=due or on,
            posted_date=on if posted else None,
            posted_at=_at(recorded or on) if posted else None,
            voided_date=voided,
            voided_at=_at(voided) if voided else None,
            total_amount=_units(total),
            total_amount_with_tax=_units(total),
            created_date=_at(recorded or on),
            journal_id=journal_id,
        )

    def line(
        self,
        invoice: int,
        amount: str,
        *,
        name: str = "Service",
        kind: str = "Charge",
        service: tuple[str, str] | tuple[()] = (),
        related: int | None = None,
    ) -> int:
        """A line of an invoice, with the first and last day of its service."""
        first, last = service or (None, None)
        return self._add(
            ledger.invoice_line,
            invoice_id=invoice,
            name=name,
            type=kind,
            line_amount=_units(amount),
            invoice_line_start_date=first,
            invoice_line_end_date=last,
            related_line_id=related,
            created_date=_at("2024-01-01"),
        )

    def payment(
        self,
        account: int,
        amount: str,
        *,
        on: str,
        number: str | None = None,
        currency: str = "EUR",
        recorded: str | None = None,
        canceled: str | None = None,
    ) -> int:
        """A payment received on a day; a canceled one says when."""
        return self._add(
            ledger.payment,
            payment_number=number,
            account_id=account,
            status="Canceled" if canceled else "Processed",
            type="Sale",
            processing_mode="External",
            currency_iso_code=currency,
            effective_date=on,
            amount=_units(amount),
            cancellation_effective_date=canceled,
            cancellation_date=_at(canceled) if canceled else None,
            created_date=_at(recorded or on),
        )

    def credit_memo(
        self,
        account: int,
        amount: str,
        *,
        on: str,
        number: str | None = None,
        currency: str = "EUR",
        recorded: str | None = None,
        voided: str | None = None,
    ) -> int:
        """A posted credit memo."""
        return self._add(
            ledger.credit_memo,
            document_number=number,
            billing_account_id=account,
            status="Voided" if voided else "Posted",
            currency_iso_code=currency,
            effective_date=on,
            credit_date=on,
            posted_at=_at(recorded or on),
            voided_date=voided,
            voided_at=_at(voided) if voided else None,
            total_amount=_units(amount),
            total_amount_with_tax=_units(amount),
            created_date=_at(recorded or on),
        )

    def apply(
        self,
        invoice: int,
        amount: str,
        *,
        on: str,
        account: int,
        payment: int | None = None,
        credit_memo: int | None = None,
        takes_back: int | None = None,
        currency: str = "EUR",
        recorded: str | None = None,
    ) -> int:
        """An application of a payment or a credit memo; with `takes_back` it takes that one off again."""
        units = _units(amount)
        return self._add(
            ledger.application,
            kind="payment" if payment is not None else "credit",
            type="Applied" if takes_back is None else "Unapplied",
            invoice_id=invoice,
            payment_id=payment,
            credit_memo_id=credit_memo,
            account_id=account,
            currency_iso_code=currency,
            amount=units,
            impact_amount=units if takes_back is not None else -units,
            effective_date=on,
            recorded_at=_at(recorded or on),
            reverses_id=takes_back,
        )

    def pay(self, invoice: int, amount: str, *, on: str, account: int, currency: str = "EUR") -> int:
        """A payment received and wholly applied on one day."""
        payment = self.payment(account, amount, on=on, currency=currency)
        return self.apply(invoice, amount, on=on, account=account, payment=payment, currency=currency)

    def memo_line(self, memo: int, amount: str, *, name: str = "Returned goods") -> int:
        """A charge line of a credit memo."""
        return self._add(
            crediting.credit_memo_line,
            credit_memo_id=memo,
            name=name,
            type="Charge",
            line_amount=_units(amount),
            created_date=_at("2024-01-01"),
        )

    def refund(
        self,
        payment: int,
        account: int,
        amount: str,
        *,
        on: str,
        currency: str = "EUR",
        number: str | None = None,
        recorded: str | None = None,
        canceled: str | None = None,
    ) -> int:
        """A part of a payment given back on a day; a canceled one says when."""
        return self._add(
            crediting.refund,
            refund_number=number,
            account_id=account,
            payment_id=payment,
            status="Canceled" if canceled else "Processed",
            type="Referenced",
            processing_mode="External",
            currency_iso_code=currency,
            effective_date=on,
            amount=_units(amount),
            cancellation_effective_date=canceled,
            cancellation_date=_at(canceled) if canceled else None,
            created_date=_at(recorded or on),
        )

    def instalments(self, invoice: int, parts: list[tuple[str, str]], *, currency: str = "EUR") -> int:
        """A payment schedule: the day each instalment is due, and its amount, in order."""
        total = sum(_units(amount) for _, amount in parts)
        schedule = self._add(
            instalments.payment_schedule,
            invoice_id=invoice,
            status="Ready",
            currency_iso_code=currency,
            total_requested_amount=total,
            created_date=_at("2024-01-01"),
        )
        later = total
        for position, (day, amount) in enumerate(parts, 1):
            later -= _units(amount)
            self._add(
                instalments.payment_schedule_item,
                payment_schedule_id=schedule,
                invoice_id=invoice,
                position=position,
                currency_iso_code=currency,
                target_payment_processing_date=day,
                requested_amount=_units(amount),
                later_amount=later,
            )
        return schedule

    def dispute(
        self, invoice: int, amount: str, *, on: str, recorded: str | None = None, resolved: str | None = None,
        currency: str = "EUR", reason: str = "Price",
    ) -> int:  # fmt: skip
        """A dispute received on a day; a resolved one says when."""
        return self._add(
            disputes.dispute,
            name=f"D-{invoice}-{on}-{amount}",
            invoice_id=invoice,
            currency_iso_code=currency,
            disputed_amount=_units(amount),
            reason_code=reason,
            received_date=on,
            recorded_at=_at(recorded or on),
            recorded_by="Ana Reyes",
            resolved_on=resolved,
            resolved_at=_at(resolved) if resolved else None,
            resolved_by="Ana Reyes" if resolved else None,
            resolution="Credited" if resolved else None,
        )

    def rate(self, currency: str, rate: str, *, on: str, base: str = "EUR") -> int:
        """A rate of exchange: what one of the base buys from a day on."""
        return self._add(
            rates.dated_conversion_rate,
            base_iso_code=base,
            iso_code=currency,
            start_date=on,
            conversion_rate=rate_to_units(Decimal(rate)),
        )

    def settle(self) -> None:
        """State what the applications make of everything."""
        restate(self.connection)

    def _add(self, table: Table, **values: StoredValue) -> int:
        key = self.keys.take(table, 1)[0]
        insert_rows(self.connection, table, ["id", *values], [(key, *values.values())])
        return key
