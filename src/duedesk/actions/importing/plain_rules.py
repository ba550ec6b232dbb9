"""What holds of the simple objects of an export: batch runs, items of terms, members of groups, shares, notes."""

from typing import ClassVar

from sqlalchemy import func, select, update

from duedesk.actions.importing.links import Warn
from duedesk.actions.importing.plain_rows import PlainRows
from duedesk.actions.importing.waiting import Values
from duedesk.domain.errors import Problem
from duedesk.exchange.reading import Record
from duedesk.store.tables.party import payment_term, payment_term_item


class BatchRunRows(PlainRows):
    """Runs of another system: what they came to is kept, they are not run again."""

    object_name = "InvoiceBatchRun"
    instead: ClassVar = {
        "status": "Completed",
        "total_draft_invoices": 0,
        "total_posted_invoices": 0,
        "total_invoices_failed": 0,
    }


class TermItemRows(PlainRows):
    """Items of payment terms; a term of one item of days is known by its days too."""

    object_name = "PaymentTermItem"
    needs = ("PaymentTermId",)
    instead: ClassVar = {
        "name": "Item",
        "type": "Period-Based",
        "payment_timeframe": "Standard",
        "period": 0,
        "period_unit": "Days",
        "added_days": 0,
    }

    def end(self) -> list[Problem]:
        """Give each term whose days nobody said those of its only item."""
        problems = super().end()
        item = payment_term_item.c
        only = (
            select(item.payment_term_id, func.max(item.period).label("days"))
            .group_by(item.payment_term_id)
            .having(func.count() == 1, func.max(item.period_unit) == "Days", func.count(item.day_of_month) == 0)
            .subquery("only")
        )
        found = self.shared.connection.execute(
            select(payment_term.c.id, only.c.days)
            .join(only, only.c.payment_term_id == payment_term.c.id)
            .where(payment_term.c.period == 0, payment_term.c.journal_id == self.shared.journal_id, only.c.days > 0)
        )
        for key, days in found.all():
            self.shared.connection.execute(update(payment_term).where(payment_term.c.id == key).values(period=days))
            self.shared.links.set_days(key, days)
        return problems


class MemberRows(PlainRows):
    """Members of groups."""

    object_name = "GroupMember"
    needs = ("GroupId", "UserOrGroupId")

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:  # noqa: ARG002 - one signature for all
        """Leave who is a member already."""
        return not self.stands(values, "group_id", "user_or_group_id")


class SharingRuleRows(PlainRows):
    """Rules that share what a group owns."""

    object_name = "InvoiceOwnerSharingRule"
    needs = ("Name", "GroupId", "UserOrGroupId", "InvoiceAccessLevel")


class ShareRows(PlainRows):
    """Invoices shared by hand; what follows from owners and rules follows here too, and is left out."""

    object_name = "InvoiceShare"
    needs = ("ParentId", "UserOrGroupId", "AccessLevel")

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:  # noqa: ARG002 - one signature for all
        """Take what was shared by hand alone."""
        if record.text("RowCause") == "Manual" and values.get("access_level") is not None:
            return not self.stands(values, "parent_id", "user_or_group_id")
        self.shared.tally.note(f"{self.file.source.name}: shares that follow from owners and rules are left out.")
        return False


class FeedRows(PlainRows):
    """Notes on invoices; of files only the title came along, so that they are left out."""

    object_name = "InvoiceFeed"
    needs = ("ParentId", "Body", "InsertedBy")

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:  # noqa: ARG002 - one signature for all
        """Take notes alone, by the name of who wrote them."""
        if record.text("Type") != "TextPost":
            self.shared.tally.note(f"{self.file.source.name}: what is no note is left out; attach files in the desk.")
            return False
        by = record.text("InsertedBy")
        values["inserted_by"] = self.shared.links.owner_name(by) if by is not None else self.shared.user
        values.pop("external_id")
        return not self.stands(values, "parent_id", "inserted_by", "created_date", "body")
