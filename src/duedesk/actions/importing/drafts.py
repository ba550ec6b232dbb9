"""What the rows of a file say of one invoice, held against the rules of an invoice; the book is not asked yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count

from duedesk.actions.importing.lines import LineDraft, draft_line, sums
from duedesk.actions.importing.report import RowFault
from duedesk.actions.importing.rows import FileRows, money
from duedesk.domain.errors import Problem, Severity
from duedesk.domain.invoice import OWED_STATUSES
from duedesk.domain.money import ZERO
from duedesk.exchange.cells import quoted
from duedesk.exchange.reading import ReadRow, Record

_TOTALS = ("TotalAmountWithTax", "TotalAmount")


@dataclass(slots=True)
class InvoiceDraft:
    """An invoice that can be taken, as far as its own rows tell."""

    reads: list[ReadRow]
    record: Record
    external_id: str | None
    number: str | None
    status: str
    currency: str
    invoice_date: date | None
    due_date: date | None
    net: Decimal | None
    tax: Decimal | None
    total: Decimal | None
    balance: Decimal | None
    lines: list[LineDraft]
    warnings: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Name it in a sentence."""
        return quoted(self.number or self.external_id or "")

    @property
    def is_posted(self) -> bool:
        """Tell whether it stands or stood in the ledger."""
        return self.status in OWED_STATUSES or self.status == "Voided"


class InvoiceDrafts:
    """Makes drafts of one file's rows; numbers that come twice are known from here on."""

    def __init__(self, file: FileRows) -> None:
        self._file = file
        section = next((one for one in file.source.sections if one.name == "Invoice"), None)
        has_lines = file.has("InvoiceLine")
        self.defines = has_lines or (section is not None and any(section.has(name) for name in _TOTALS))
        """The rows say what invoices are; where they do not, they only refer to invoices of the book."""
        self.due_column = file.column("Invoice", "DueDate")
        self.balance_column = file.column("Invoice", "Balance")
        self._number_column = file.column("Invoice", "DocumentNumber")
        self._total_column = file.column("Invoice", "TotalAmountWithTax") or file.column("Invoice", "TotalAmount")
        self._accepts_zero = file.source.options.zero_totals == "accept"
        self._letter_case = file.source.options.letter_case
        self._rows: dict[str, int] = {}
        self._rows_of_ids: dict[str, int] = {}
        self._in_capitals: dict[str, str] = {}
        self._passed: list[tuple[str, int]] = []

    def name(self, read: ReadRow) -> str | None:
        """Give the name by which rows that are lines of one invoice belong together."""
        record = self._file.record(read, "Invoice")
        return None if record is None else record.text("DocumentNumber") or record.text("Id")

    def draft(self, reads: list[ReadRow]) -> InvoiceDraft:
        """Work out the invoice of a row, or of rows that are its lines; RowFault where it cannot be one."""
        first = reads[0]
        record = self._file.record(first, "Invoice")
        if record is None:
            raise RowFault("the row says nothing of an invoice.", "Leave it out.")
        number, external_id = record.text("DocumentNumber"), record.text("Id")
        status = record.text("Status") or "Posted"
        is_posted = status in OWED_STATUSES or status == "Voided"
        if number is None and (is_posted or external_id is None) and not (external_id and not self.defines):
            raise RowFault("the row has no invoice number.", "Give it one.", column=self._number_column)
        currency = first.currency
        if currency is None:
            column = self._file.column("Invoice", "CurrencyIsoCode")
            raise RowFault("the row says no currency.", "Give its code, such as EUR.", column=column)
        lines = self._lines(reads, currency)
        net, tax, total = self._amounts(record, lines, currency, is_posted=is_posted)
        draft = InvoiceDraft(
            reads,
            record,
            external_id,
            number,
            status,
            currency,
            record.day("InvoiceDate"),
            record.day("DueDate"),
            net,
            tax,
            total,
            self._balance(record, total, currency),
            lines,
        )
        if self.defines:
            self._check_dates(draft)
            self._check_lines_agree(draft)
            self._check_first(draft)
        return draft

    def _amounts(
        self, record: Record, lines: Sequence[LineDraft], currency: str, *, is_posted: bool
    ) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        """Give net, tax and total, each worked out from the others where it is missing."""
        if not self.defines:
            return None, None, None
        net, tax = record.amount("TotalAmount"), record.amount("TotalTaxAmount")
        total = record.amount("TotalAmountWithTax")
        if lines:
            net, tax, total = _with_lines(lines, net, tax, total, currency)
        if total is None:
            if net is None or (tax is None and record.has("TotalAmountWithTax")):
                raise RowFault("the invoice has no total.", "Give it.", column=self._total_column)
            total = net + (tax or ZERO)
        if net is None:
            net = total - (tax or ZERO)
        if tax is None:
            tax = total - net
        self._check_total(net, tax, total, currency, is_posted=is_posted)
        return net, tax, total

    def _check_total(self, net: Decimal, tax: Decimal, total: Decimal, currency: str, *, is_posted: bool) -> None:
        column = self._total_column
        if net + tax != total:
            difference = money(abs(total - net - tax), currency)
            raise RowFault(
                f"{money(net, currency)} and {money(tax, currency)} tax make {money(net + tax, currency)}, "
                f"not {money(total, currency)}: the difference is {difference}.",
                "Correct the amount that is wrong.",
                column=column,
            )
        if total < ZERO:
            raise RowFault(
                f"the total is {money(total, currency)}; an invoice is more than nothing.",
                "A credit comes in as a credit memo: [credit_memo] in a mapping.",
                column=column,
            )
        if total == ZERO and is_posted and not self._accepts_zero:
            raise RowFault(
                "the total is nothing.",
                "To take such invoices as settled, say --zero-totals accept (zero_totals in [source] of the mapping).",
                column=column,
            )
        if net < ZERO or tax < ZERO:
            raise RowFault(
                f"{money(min(net, tax), currency)} is less than nothing.", "Correct the net or the tax.", column=column
            )

    def _balance(self, record: Record, total: Decimal | None, currency: str) -> Decimal | None:
        balance = record.amount("Balance")
        if balance is not None and balance < ZERO:
            raise RowFault(
                f"{money(balance, currency)} is open: the invoice is overpaid.",
                "Give the payment, and what is too much of it stays unapplied; a balance is never less than nothing.",
                column=self.balance_column,
            )
        if balance is not None and total is not None and balance > total:
            raise RowFault(
                f"{money(balance, currency)} is open of an invoice of {money(total, currency)}.",
                "Correct one of them; fees and interest come in as invoices of their own.",
                column=self.balance_column,
            )
        return balance

    def _check_dates(self, draft: InvoiceDraft) -> None:
        if draft.invoice_date is None and draft.is_posted:
            column = self._file.column("Invoice", "InvoiceDate")
            raise RowFault("the invoice has no date.", "Give it.", column=column)
        if draft.due_date is not None and draft.invoice_date is not None and draft.due_date < draft.invoice_date:
            warn = self._file.warner(draft.reads[0], draft.warnings)
            warn(f"it is due on {draft.due_date}, before its date, {draft.invoice_date}.", self.due_column)

    def _lines(self, reads: Sequence[ReadRow], currency: str) -> list[LineDraft]:
        if not self._file.has("InvoiceLine"):
            return []
        records = [self._file.record(read, "InvoiceLine") for read in reads]
        return [draft_line(record, currency, self._file) for record in records if record is not None]

    def _check_lines_agree(self, draft: InvoiceDraft) -> None:
        """Rows that are lines of one invoice must say the same of it."""
        for read in draft.reads[1:]:
            other = self._file.record(read, "Invoice")
            for name in ("TotalAmountWithTax", "InvoiceDate", "DueDate"):
                said, first = (None if other is None else other.value(name)), draft.record.value(name)
                if said is not None and said != first:
                    raise RowFault(
                        f"row {read.row.number} says {said} of {quoted(draft.number or '')}, "
                        f"row {draft.reads[0].row.number} {first}.",
                        "Rows of one invoice must agree.",
                        column=self._file.column("Invoice", name),
                    )

    def _check_first(self, draft: InvoiceDraft) -> None:
        """Refuse a number or Id that stood in an earlier row; ask where only the size of letters differs."""
        row = draft.reads[0].row.number
        self._keep_passed()
        for name, rows in ((draft.external_id, self._rows_of_ids), (draft.number, self._rows)):
            if name is not None and name in rows:
                raise RowFault(
                    f"{quoted(name)} stands in row {rows[name]} already.",
                    "An invoice has one row; leave one of them out.",
                    column=self._number_column,
                )
        if draft.number is not None:
            if self._letter_case != "distinct":
                self._check_case(draft.number)
            self._rows[draft.number] = row
        if draft.external_id is not None:
            self._rows_of_ids[draft.external_id] = row

    def has_any(self, numbers: Sequence[str]) -> bool:
        """Tell whether one of these numbers stands twice, or in an earlier row, in whatever capitals."""
        self._keep_passed()
        if len(set(numbers)) < len(numbers) or not self._rows.keys().isdisjoint(numbers):
            return True
        if self._letter_case == "distinct" or (not self._in_capitals and _are_capitals(numbers)):
            return False
        capitals = [number.upper() for number in numbers]
        if self._in_capitals and not self._in_capitals.keys().isdisjoint(capitals):
            return True
        if capitals == list(numbers):
            return False
        return len(set(capitals)) < len(capitals) or not self._rows.keys().isdisjoint(capitals)

    def keep(self, numbers: Sequence[str], first_row: int) -> None:
        """Take note of numbers that stand row after row, none of which `has_any` knew."""
        self._keep_passed()
        self._rows.update(zip(numbers, count(first_row), strict=False))
        if self._letter_case != "distinct" and not _are_capitals(numbers):
            capitals = map(str.upper, numbers)
            self._in_capitals.update((one, said) for one, said in zip(capitals, numbers, strict=True) if one != said)

    def pass_by(self, numbers: str, first_row: int) -> bool:
        """Take note of numbers, a line each, that stand in the book one behind the other, as did all that passed by.

        Before other rows come, none of them can come twice, and nothing is done. False where one may.
        """
        if self._letter_case != "distinct" and numbers != numbers.upper():
            return False
        if not self._rows and not self._rows_of_ids:
            self._passed.append((numbers, first_row))
            return True
        each = numbers.split("\n")
        if self.has_any(each):
            return False
        self.keep(each, first_row)
        return True

    def _keep_passed(self) -> None:
        passed, self._passed = self._passed, []
        for numbers, first_row in passed:
            self._rows.update(zip(numbers.split("\n"), count(first_row), strict=False))

    def _check_case(self, number: str) -> None:
        capitals = number.upper()
        other = self._in_capitals.get(capitals)
        if other is None and number != capitals and capitals in self._rows:
            other = capitals
        if number != capitals:  # only these are kept: most ledgers write capitals and digits
            self._in_capitals.setdefault(capitals, number)
        if other is None or other == number:
            return
        said = f"{quoted(number)} and {quoted(other)} in row {self._rows[other]} differ only in capital letters."
        if self._letter_case == "same":
            raise RowFault(said, "Leave one of them out.", column=self._number_column)
        raise RowFault(
            said,
            "Say --letter-case distinct if they are two invoices, --letter-case same if they are one.",
            column=self._number_column,
            severity=Severity.QUESTION,
        )


def _are_capitals(numbers: Sequence[str]) -> bool:
    together = "\n".join(numbers)
    return together == together.upper()


def _with_lines(
    lines: Sequence[LineDraft], net: Decimal | None, tax: Decimal | None, total: Decimal | None, currency: str
) -> tuple[Decimal, Decimal, Decimal]:
    """Hold the totals against the lines, and work them out from these where they are missing."""
    of_lines, tax_of_lines = sums(lines)
    for said, added, what in (
        (net, of_lines, "before tax"),
        (tax, tax_of_lines, "in tax"),
        (total, of_lines + tax_of_lines, "with tax"),
    ):
        if said is not None and said != added:
            raise RowFault(
                f"its lines add up to {money(added, currency)} {what}, the invoice says {money(said, currency)}.",
                "Give all lines of the invoice, one after the other.",
            )
    return of_lines, tax_of_lines, of_lines + tax_of_lines
