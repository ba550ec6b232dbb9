"""What holds of dunning in a file: policies and their levels, holds and promises; letters stay where they are."""

from typing import ClassVar

from sqlalchemy import select

from duedesk.actions.importing.links import Warn
from duedesk.actions.importing.plain_rows import PlainRows
from duedesk.actions.importing.report import RowFault
from duedesk.actions.importing.waiting import Values
from duedesk.domain.dunning.policy import check_policy
from duedesk.domain.errors import Problem, RequestError
from duedesk.exchange.reading import Record
from duedesk.store.queries.dunning.policies import policies
from duedesk.store.tables.dunning import dunning_level
from duedesk.store.tables.ledger import invoice


class PolicyRows(PlainRows):
    """Dunning policies; one that the book has by name is left as it is, and none becomes the default by a file."""

    object_name = "DunningPolicy"
    needs = ("Name",)
    instead: ClassVar = {"letter_per": "account", "catches_up": "one level"}

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:  # noqa: ARG002 - one signature for all
        """Take a policy under a name and for a type of accounts that no other has."""
        if self.stands(values, "name"):
            return False
        if values.get("is_default"):
            warn(
                "it does not become the default by a file; `duedesk policy NAME --default` makes it that.", "IsDefault"
            )
        values["is_default"] = False
        if values.get("account_type") is not None and self.stands(values, "account_type"):
            warn("accounts of that type have another policy; the type is left empty.", "AccountType")
            values["account_type"] = None
        return True


class LevelRows(PlainRows):
    """Levels of policies; with those of the file each policy has to make sense."""

    object_name = "DunningLevel"
    needs = ("DunningPolicyId", "Number", "Name", "DaysOverdue")
    instead: ClassVar = {"channel": "print", "tone": "friendly"}

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:  # noqa: ARG002 - one signature for all
        """Leave a level that the policy has already."""
        values["is_courtesy"] = values.get("number") == 0
        return not self.stands(values, "dunning_policy_id", "number")

    def end(self) -> list[Problem]:
        """Give what is wrong with the policies that the file gave levels to."""
        problems = super().end()
        connection = self.shared.connection
        own = select(dunning_level.c.dunning_policy_id).where(dunning_level.c.journal_id == self.shared.journal_id)
        touched = set(connection.scalars(own))
        for one in policies(connection):
            if one.key in touched:
                try:
                    check_policy(one)
                except RequestError as error:
                    problems.append(Problem(self.file.source.name, f"{one.name}: {error.message}", error.hint))
        return problems


class LevelAmountRows(PlainRows):
    """Minimums and fees of levels by currency."""

    object_name = "DunningLevelAmount"
    needs = ("DunningLevelId", "CurrencyIsoCode")
    instead: ClassVar = {"minimum_amount": 0, "fee_amount": 0}

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:  # noqa: ARG002 - one signature for all
        """Leave the amounts of a currency that the level has already."""
        return not self.stands(values, "dunning_level_id", "currency_iso_code")


class HoldRows(PlainRows):
    """Holds; whoever brings them in has recorded them."""

    object_name = "DunningHold"
    needs = ("ReasonCode", "StartDate", "EndDate")

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:  # noqa: ARG002 - one signature for all
        """Hold a row against what a hold is: of an invoice or of an account, from a day to a later one."""
        if (values.get("invoice_id") is None) == (values.get("account_id") is None):
            raise RowFault("a hold is of an invoice or of an account, of one of both.", "Name one of them.")
        first, last = record.day("StartDate"), record.day("EndDate")
        if first is not None and last is not None and last < first:
            raise RowFault("the hold ends before it begins.", "Correct one of the days.")
        return _recorded(self, values, record)


class PromiseRows(PlainRows):
    """Promises to pay; whoever brings them in has recorded them."""

    object_name = "PaymentPromise"
    needs = ("InvoiceId", "PromisedAmount", "PromiseDate")

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:  # noqa: ARG002 - one signature for all
        """Hold a row against what a promise is: an amount of an invoice, in its currency, for a day to come then."""
        code = select(invoice.c.currency_iso_code).where(invoice.c.id == values.get("invoice_id"))
        values["currency_iso_code"] = self.shared.connection.scalar(code) or values.get("currency_iso_code")
        amount, day = record.amount("PromisedAmount"), record.day("PromiseDate")
        if amount is not None and amount <= 0:
            raise RowFault("a promise is of an amount above 0.", "Correct it.")
        received = record.day("ReceivedDate") or (None if day is None else min(day, self.shared.moment.date()))
        if day is not None and received is not None and day < received:
            raise RowFault("it is promised for a day before it was given.", "Correct one of the days.")
        values["received_date"] = None if received is None else received.isoformat()
        return _recorded(self, values, record)


def _recorded(rows: PlainRows, values: Values, record: Record) -> bool:
    """Say by whom and when it was recorded, and leave one of a name that the book has."""
    values["recorded_by"] = rows.shared.user
    values["recorded_at"] = values.get("recorded_at") or rows.shared.now
    if values.get("name") is None:
        values["name"] = record.text("Id")
    if values.get("name") is None:
        raise RowFault("it has no name and no Id.", "Give it one.")
    return not rows.stands(values, "name")
