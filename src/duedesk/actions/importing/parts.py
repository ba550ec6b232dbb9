"""Files of what belongs to payments and credit memos: refunds, and lines of memos, held against what they belong to."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Row, func, or_, select

from duedesk.actions.importing.links import Warn
from duedesk.actions.importing.plain_rows import PlainRows
from duedesk.actions.importing.report import RowFault
from duedesk.actions.importing.rows import check_decimals, money
from duedesk.actions.importing.waiting import Values
from duedesk.domain.errors import Problem
from duedesk.domain.money import ZERO
from duedesk.exchange.reading import Record
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.crediting import credit_memo_line, refund
from duedesk.store.tables.ledger import credit_memo, payment


class MemoLineRows(PlainRows):
    """Lines of credit memos; a posted memo of an earlier import takes no more of them."""

    object_name = "CreditMemoLine"
    needs = ("CreditMemoId", "LineAmount")
    related = "RelatedLineId"
    instead: ClassVar = {"type": "Charge", "name": "Line", "tax_amount": 0}

    def __init__(self, *said: Any) -> None:
        super().__init__(*said)
        self._memo: Row[Any] | None = None

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:  # noqa: ARG002 - one signature for all
        """Hold a line against its memo."""
        memo = self._memo
        if memo is None or memo.id != values.get("credit_memo_id"):  # those of one memo mostly stand together
            found = select(credit_memo).where(credit_memo.c.id == values.get("credit_memo_id"))
            memo = self._memo = self.shared.connection.execute(found).first()
        if memo is None:
            return True  # what is missing is said
        if memo.posted_at is not None and memo.journal_id != self.shared.journal_id:
            raise RowFault(
                f"the credit memo {memo.document_number or ''} is posted, and takes no further lines.",
                "Import credit memos and their lines in one go.",
            )
        for name in ("LineAmount", "TaxAmount"):
            amount = record.amount(name)
            if amount is not None:
                check_decimals(amount, memo.currency_iso_code, self.file.column(self.object_name, name))
        if values["type"] == "Tax" and record.amount("TaxAmount") is None:
            values["tax_amount"] = values.get("line_amount") or 0
        return True

    def end(self) -> list[Problem]:
        """Give the memos of this import whose lines do not add up."""
        problems = super().end()
        line = credit_memo_line.c
        added = (
            select(
                line.credit_memo_id,
                func.coalesce(func.sum(line.line_amount).filter(line.type != "Tax"), NOTHING).label("net"),
                func.sum(line.tax_amount).label("tax"),
            )
            .where(line.journal_id == self.shared.journal_id)
            .group_by(line.credit_memo_id)
            .subquery("added")
        )
        memo = credit_memo.c
        query = (
            select(memo.document_number, memo.currency_iso_code, memo.total_amount, memo.total_tax_amount)
            .add_columns(added.c.net, added.c.tax)
            .join(added, added.c.credit_memo_id == memo.id)
            .where(or_(added.c.net != memo.total_amount, added.c.tax != memo.total_tax_amount))
            .limit(100)
        )
        for number, currency, net, tax, net_of_lines, tax_of_lines in self.shared.connection.execute(query):
            what, lines, said = "its lines add up", net_of_lines, net
            if lines == said:
                what, lines, said = "the tax on its lines adds up", tax_of_lines, tax
            text = f"Credit memo {number}: {what} to {money(lines, currency)}; it says {money(said, currency)}."
            problems.append(Problem(self.file.source.name, text, "Give all lines, or leave those of this memo out."))
        return problems


class RefundRows(PlainRows):
    """Refunds; together with what is applied they give back no more than the payment brought."""

    object_name = "Refund"
    needs = ("AccountId", "Amount", "EffectiveDate")
    instead: ClassVar = {"status": "Processed", "type": "Referenced", "processing_mode": "External"}

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:
        """Hold a refund against its payment."""
        paid = self.shared.connection.execute(select(payment).where(payment.c.id == values.get("payment_id"))).first()
        if paid is None:
            note = f"{self.file.source.name}: refunds that name no payment of the files are left out."
            self.shared.tally.note(note)
            warn("the refund names no payment, and is left out.", self.file.column(self.object_name, "PaymentID"))
            return False
        amount = record.amount("Amount")
        if amount is not None:
            column = self.file.column(self.object_name, "Amount")
            check_decimals(amount, paid.currency_iso_code, column)
            if amount <= ZERO:
                raise RowFault(f"the refund is of {money(amount, paid.currency_iso_code)}.", "Correct it.")
        currency = values.get("currency_iso_code") or paid.currency_iso_code
        if currency != paid.currency_iso_code:
            raise RowFault(f"the refund is in {currency}, its payment in {paid.currency_iso_code}.", "Correct one.")
        values["currency_iso_code"] = currency
        if values.get("account_id") not in {None, paid.account_id}:
            raise RowFault("the refund and its payment are of two accounts.", "Correct one of them.")
        values["account_id"] = paid.account_id
        self._complete_days(record, values, paid.effective_date, warn)
        self.shared.touched.payments.add(paid.id)
        return True

    def end(self) -> list[Problem]:
        """Give the payments of which more is given back than they brought."""
        problems = super().end()
        given = func.sum(refund.c.amount)
        query = (
            select(func.coalesce(payment.c.payment_number, payment.c.external_id), payment.c.currency_iso_code)
            .add_columns(payment.c.amount, given)
            .join(refund, refund.c.payment_id == payment.c.id)
            .where(refund.c.status == "Processed", payment.c.id.in_(self.shared.touched.payments))
            .group_by(payment.c.id)
            .having(given > payment.c.amount)
        )
        for number, currency, amount, back in self.shared.connection.execute(query):
            text = f"In all {money(back, currency)} of the payment {number} is given back; it is of "
            problems.append(Problem(self.file.source.name, f"{text}{money(amount, currency)}.", "Correct them."))
        return problems

    def _complete_days(self, record: Record, values: Values, earliest: date, warn: Warn) -> None:
        day = record.day("EffectiveDate")
        given = record.moment("Date")
        if day is None and given is not None:
            day = given.date()
        if day is None:
            return
        if day < earliest:
            warn(f"it is of {day}, before its payment; {earliest} is taken.", "")
            day = earliest
        values["effective_date"] = day.isoformat()
        if values["status"] == "Canceled":
            on = max(record.day("CancellationEffectiveDate") or day, day)
            values["cancellation_effective_date"] = on.isoformat()
            if values.get("cancellation_date") is None:
                values["cancellation_date"] = values["created_date"]
        else:
            values["cancellation_effective_date"] = values["cancellation_date"] = None
