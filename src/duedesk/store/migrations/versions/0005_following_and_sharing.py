"""History, changes, notes and files, views of records and of lists, shares and sharing rules."""

import sqlalchemy as sa
from alembic import op

from duedesk.store.tables.columns import Flag, Key, Moment

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    _make_invoice_share()
    _make_invoice_owner_sharing_rule()
    _make_history_entry()
    _make_record_change()
    _make_stored_file()
    _make_invoice_feed()
    _make_record_view()
    _make_saved_view()


def _make_invoice_share() -> None:
    op.create_table(
        "invoice_share",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("parent_id", Key, sa.ForeignKey("invoice.id", name="fk_invoice_share_parent_id"), nullable=False),
        sa.Column(
            "user_or_group_id", Key, sa.ForeignKey("owner.id", name="fk_invoice_share_user_or_group_id"), nullable=False
        ),
        sa.Column("access_level", sa.Text, nullable=False),
        sa.Column("row_cause", sa.Text, nullable=False),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_invoice_share_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_invoice_share"),
        sa.CheckConstraint("access_level IN ('Read', 'Edit')", name=op.f("ck_invoice_share_access_level")),
        sa.CheckConstraint("row_cause IN ('Manual')", name=op.f("ck_invoice_share_row_cause")),
        sqlite_strict=True,
    )
    op.create_index("ix_invoice_share_user_or_group_id", "invoice_share", ["user_or_group_id"])
    op.create_index("uq_invoice_share_external_id", "invoice_share", ["external_id"], unique=True)
    op.create_index("uq_invoice_share_parent_id", "invoice_share", ["parent_id", "user_or_group_id"], unique=True)


def _make_invoice_owner_sharing_rule() -> None:
    op.create_table(
        "invoice_owner_sharing_rule",
        sa.Column("id", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column(
            "group_id", Key, sa.ForeignKey("owner.id", name="fk_invoice_owner_sharing_rule_group_id"), nullable=False
        ),
        sa.Column(
            "user_or_group_id",
            Key,
            sa.ForeignKey("owner.id", name="fk_invoice_owner_sharing_rule_user_or_group_id"),
            nullable=False,
        ),
        sa.Column("invoice_access_level", sa.Text, nullable=False),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column(
            "journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_invoice_owner_sharing_rule_journal_id")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invoice_owner_sharing_rule"),
        sa.CheckConstraint(
            "invoice_access_level IN ('Read', 'Edit')", name=op.f("ck_invoice_owner_sharing_rule_invoice_access_level")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_invoice_owner_sharing_rule_external_id", "invoice_owner_sharing_rule", ["external_id"], unique=True
    )
    op.create_index("uq_invoice_owner_sharing_rule_name", "invoice_owner_sharing_rule", ["name"], unique=True)


def _make_history_entry() -> None:
    op.create_table(
        "history_entry",
        sa.Column("id", Key, nullable=False),
        sa.Column("object_name", sa.Text, nullable=False),
        sa.Column("record_key", Key, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("data_type", sa.Text, nullable=False),
        sa.Column("old_value", sa.Text),
        sa.Column("new_value", sa.Text),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column(
            "journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_history_entry_journal_id"), nullable=False
        ),
        sa.Column("previous_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_history_entry"),
        sa.CheckConstraint(
            "object_name IN ('Invoice', 'Payment', 'CreditMemo')", name=op.f("ck_history_entry_object_name")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_history_entry_record_key", "history_entry", ["record_key", "object_name"])
    op.create_index("uq_history_entry_hash", "history_entry", ["hash"], unique=True)


def _make_record_change() -> None:
    op.create_table(
        "record_change",
        sa.Column("id", Key, nullable=False),
        sa.Column("object_name", sa.Text, nullable=False),
        sa.Column("record_key", Key, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column(
            "journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_record_change_journal_id"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name="pk_record_change"),
        sa.CheckConstraint("change IN ('created', 'updated', 'deleted')", name=op.f("ck_record_change_change")),
        sqlite_strict=True,
    )
    op.create_index("ix_record_change_changed_at", "record_change", ["changed_at", "object_name"])
    op.create_index("ix_record_change_journal_id", "record_change", ["journal_id"])
    op.create_index("ix_record_change_record_key", "record_change", ["record_key", "object_name"])


def _make_stored_file() -> None:
    op.create_table(
        "stored_file",
        sa.Column("id", Key, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False, server_default="0"),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stored_file"),
        sqlite_strict=True,
    )
    op.create_index("uq_stored_file_sha256", "stored_file", ["sha256", "name"], unique=True)


def _make_invoice_feed() -> None:
    op.create_table(
        "invoice_feed",
        sa.Column("id", Key, nullable=False),
        sa.Column("parent_id", Key, sa.ForeignKey("invoice.id", name="fk_invoice_feed_parent_id"), nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("body", sa.Text),
        sa.Column("inserted_by", sa.Text, nullable=False),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("related_record_id", Key, sa.ForeignKey("stored_file.id", name="fk_invoice_feed_related_record_id")),
        sa.Column("is_deleted", Flag, nullable=False, server_default="0"),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_invoice_feed_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_invoice_feed"),
        sa.CheckConstraint("type IN ('TextPost', 'ContentPost')", name=op.f("ck_invoice_feed_type")),
        sqlite_strict=True,
    )
    op.create_index("ix_invoice_feed_parent_id", "invoice_feed", ["parent_id", "created_date"])


def _make_record_view() -> None:
    op.create_table(
        "record_view",
        sa.Column("id", Key, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("object_name", sa.Text, nullable=False),
        sa.Column("record_key", Key, nullable=False),
        sa.Column("last_viewed_date", Moment),
        sa.Column("last_referenced_date", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_record_view"),
        sqlite_strict=True,
    )
    op.create_index("ix_record_view_last_viewed_date", "record_view", ["user_name", "last_viewed_date"])
    op.create_index("uq_record_view_user_name", "record_view", ["user_name", "object_name", "record_key"], unique=True)


def _make_saved_view() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", Key, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("is_shared", Flag, nullable=False, server_default="0"),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("created_date", Moment, nullable=False),
        sa.Column("journal_id", Key, sa.ForeignKey("journal_entry.id", name="fk_saved_view_journal_id")),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
        sqlite_strict=True,
    )
    op.create_index("uq_saved_view_name", "saved_view", ["user_name", "name"], unique=True)
